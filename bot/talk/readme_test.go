package talk

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// The README's table of commands is made by commandTable.
func TestReadmeCommandTable(t *testing.T) {
	t.Parallel()
	table := commandTable()
	if n := strings.Count(table, "\n"); n < 10 || strings.Count(table, "|") != 5*n {
		t.Errorf("the table is not one of four columns with at least eight commands:\n%s", table)
	}
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(raw), "<!-- commands -->\n")
	if !ok {
		t.Fatal("README.md has no line <!-- commands -->")
	}
	got, _, ok := strings.Cut(rest, "<!-- /commands -->")
	if !ok {
		t.Fatal("README.md has no <!-- /commands --> after <!-- commands -->")
	}
	if strings.TrimSpace(got) != strings.TrimSpace(table) {
		t.Errorf("README.md's command table is not commandTable(). It should be:\n%s", table)
	}
}

// commandTable is the command table as Markdown, for the README.
func commandTable() string {
	var b strings.Builder
	b.WriteString("| 发送 | 得到 | 谁、在哪里 | 也可以说 |\n|---|---|---|---|\n")
	for _, c := range commands() {
		var plain []string
		for _, a := range c.aliases {
			if a != "?" {
				plain = append(plain, a)
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.usage, c.help, c.who(), strings.Join(plain, "、"))
	}
	return b.String()
}

// who is who may give a command, and where.
func (c command) who() string {
	switch {
	case c.staff:
		return "工作人员，私聊"
	case c.private != "":
		return "本人，私聊"
	}
	return "人人"
}
