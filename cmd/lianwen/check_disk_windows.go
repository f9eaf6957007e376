package main

import (
	"errors"
	"os"
)

// writable tries: Windows does not tell.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".lianwen-check-")
	if err != nil {
		return plain(err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
