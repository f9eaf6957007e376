//go:build !windows

package duty

import (
	"context"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What the command has started in the background ends with it.
func TestShellEndsChildren(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	cmd := shell(ctx, "sleep 600 & echo $! > pid; wait")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	pid := 0
	for pid == 0 {
		raw, err := os.ReadFile("pid")
		if err == nil {
			pid, _ = strconv.Atoi(strings.TrimSpace(string(raw))) // until it is written whole
		}
		time.Sleep(time.Millisecond)
	}
	cancel()
	if err := cmd.Wait(); err == nil {
		t.Error("it ended by itself")
	}
	for syscall.Kill(pid, 0) == nil && !zombie(pid) {
		time.Sleep(time.Millisecond) // the test's own time limit ends a hang
	}
}

// zombie reports whether a process has ended and nobody has asked how.
func zombie(pid int) bool {
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(raw), ") Z ")
}
