package duty

import (
	"log/slog"
	"os"
	"runtime"
	"strings"
	"testing"
)

// The operator's command is a line of the shell, with its redirections and
// quotes; what is told is not a part of it, whatever it says.
func TestAlarmCommand(t *testing.T) {
	t.Chdir(t.TempDir())
	line, fails := `echo "$ALERT_TEXT" > "told to you.txt"`, "exit 3"
	if runtime.GOOS == "windows" {
		line, fails = `echo "%ALERT_TEXT%"> "told to you.txt"`, "exit /b 3"
	}
	const text = "down; $(echo x)"
	a := NewAlarm(Ways{Command: line}, t.TempDir(), slog.New(slog.DiscardHandler))
	if err := a.command(t.Context(), text); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("told to you.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(raw), text) {
		t.Errorf("told %q, want %q", raw, text)
	}
	a.ways.Command = fails
	if err := a.command(t.Context(), text); err == nil {
		t.Error("a command that failed was taken for one that did not")
	}
}

// The command does not see our secrets.
func TestAlarmCommandSecrets(t *testing.T) {
	got := ordinary([]string{"PATH=/bin", "LIANWEN_LEDGER_URL=postgres://u:secret@h/x", "HOME=/root"})
	if strings.Join(got, " ") != "PATH=/bin HOME=/root" {
		t.Errorf("it gets %v", got)
	}
}
