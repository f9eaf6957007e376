package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// The screen shown in the README is what the program prints: the lines typed
// there are typed here.
func TestReadmeScreen(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), "<!-- screen -->\n```\n")
	screen, _, ok := strings.Cut(rest, "```\n<!-- /screen -->")
	if !ok {
		t.Fatal("README.md has no <!-- screen -->")
	}
	var typed []string
	for line := range strings.Lines(screen) {
		if q, ok := strings.CutPrefix(strings.TrimSpace(line), "您："); ok {
			typed = append(typed, q)
		}
	}
	if len(typed) < 3 {
		t.Fatalf("only %d lines typed in the screen", len(typed))
	}
	t.Chdir(t.TempDir())
	if err := giveIndex("data"); err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	want.WriteString("$ go run ./cmd/lianwen chat\n廉问：直接提问，回复“帮助”看用法，“退出”结束。\n")
	var out, errs bytes.Buffer
	if code := run([]string{"chat"}, strings.NewReader(strings.Join(typed, "\n")), &out, &errs); code != exitOK {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	replies := strings.Split(strings.TrimSuffix(out.String(), "\n\n"), "\n\n")
	if len(replies) != len(typed) {
		t.Fatalf("%d replies to %d lines", len(replies), len(typed))
	}
	for i, q := range typed {
		want.WriteString("\n您：" + q + "\n" + replies[i] + "\n")
	}
	if screen != want.String() {
		t.Errorf("the README's screen should be:\n%s", want.String())
	}
}
