package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// The key is made once, for its owner alone; a damaged one is refused with what
// to do.
func TestFault16InstallationKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "data")
	key, err := installationKey(dir)
	if err != nil || len(key) != keyBytes {
		t.Fatalf("%x, %v", key, err)
	}
	file := filepath.Join(dir, keyFile)
	if again, err := installationKey(dir); err != nil || !bytes.Equal(again, key) {
		t.Errorf("the second time: %x, %v; want %x", again, err, key)
	}
	if other, err := installationKey(t.TempDir()); err != nil || bytes.Equal(other, key) {
		t.Errorf("elsewhere: %x, %v", other, err)
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := installationKey(dir); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	for _, damaged := range []string{"", "00", strings.Repeat("00", keyBytes-1), strings.Repeat("0", 2*keyBytes-1) + "x"} {
		if err := os.WriteFile(file, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := installationKey(dir); err == nil || !strings.Contains(err.Error(), "asker.key 不是完整的密钥") {
			t.Errorf("%q: %v", damaged, err)
		}
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "planted")
	if err := os.Symlink(elsewhere, file); err != nil {
		t.Skip(err)
	}
	if _, err := installationKey(dir); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(elsewhere); err == nil {
		t.Error("the key was written through a link")
	}
}
