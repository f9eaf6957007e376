//go:build !windows

package duty

import (
	"context"
	"os/exec"
)

// shell is a command line as the operator would type it.
func shell(ctx context.Context, line string) *exec.Cmd {
	return exec.CommandContext(ctx, "/bin/sh", "-c", line)
}
