//go:build !windows

package duty

import (
	"context"
	"os/exec"
	"syscall"
)

// shell is a command line as the operator would type it. What it starts ends with
// it when ctx does.
func shell(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", line)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}
