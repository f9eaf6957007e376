//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// writable asks the system whether we may write into a folder.
func writable(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return plain(err)
	}
	if !info.IsDir() {
		return unix.ENOTDIR
	}
	return unix.Access(dir, unix.W_OK|unix.X_OK)
}
