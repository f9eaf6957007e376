package duty

import (
	"context"
	"os/exec"
	"syscall"
)

// shell is a command line as the operator would type it. cmd.exe takes it as it
// is: quoting it as an argument would change it.
func shell(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "cmd.exe")
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: `cmd.exe /d /s /c "` + line + `"`}
	return cmd
}
