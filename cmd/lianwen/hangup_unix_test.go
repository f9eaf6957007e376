//go:build unix

package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Fault 21: told to read the library again while it is still starting, serve goes
// on starting. Here it is told so between reading the library and building the
// index; that no channel is enabled comes after both.
func TestFault21HangupDuringStart(t *testing.T) {
	t.Parallel()
	config := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(config, []byte("data_dir = \""+filepath.Join(t.TempDir(), "data")+"\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("lianwen", "serve", "--config", config, "--log-level", "debug")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := ""
	in := bufio.NewReader(stderr)
	for !strings.Contains(said, "制度库已读入") {
		line, err := in.ReadString('\n')
		if said += line; err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
	}
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != exitError || !strings.Contains(string(rest), "没有启用任何渠道") {
		t.Errorf("%v\n%s%s", err, said, rest)
	}
}
