package shelf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"lianwen/bot"
	"lianwen/corpus/convert"
)

// Twenty of five hundred files are broken: the others come in, each of the twenty is
// named with a reason.
func TestManyFilesSomeBroken(t *testing.T) {
	s := newShelf(t)
	var pairs []string
	for i := range 500 {
		name, text := fmt.Sprintf("%03d.txt", i), fmt.Sprintf("第%d号管理办法\n第一条 甲。\n第二条 乙。\n", i)
		switch i % 25 {
		case 7:
			text = []string{"", "没有条文的一段话。", "\x00\x01\x02", "PK\x03\x04坏了", "%PDF-1.7 坏了", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1坏了", "\x89PNG\r\n\x1a\n", "甲办法\n第一条 甲。\n第三条 丙。\n"}[i/25%8]
		}
		pairs = append(pairs, name, text)
	}
	plan := planned(t, s, papers(t, pairs...))
	read := plan.Papers
	sum := Summarize(read)
	if sum.Unread != 20 || sum.Rules[Add] != 480 {
		t.Fatalf("%+v", sum)
	}
	for _, p := range read {
		if p.Problem != "" && (!strings.HasSuffix(p.Problem, "。") || !strings.Contains(p.Problem, "请")) {
			t.Errorf("%s: %q says not what to do", p.File, p.Problem)
		}
	}
	published := 0
	if err := s.Publish(t.Context(), plan, func(*Draft) { published++ }); err != nil || published != 480 {
		t.Fatalf("%d published, %v", published, err)
	}
	if c, err := s.Library(); err != nil || len(c.Rules) != 480 || len(c.Faults) > 0 {
		t.Fatalf("%v", err)
	}
}

// A program that is killed between writing the old version aside and putting the new
// one in its place leaves a library that answers as before, and can go on.
func TestKilledBetween(t *testing.T) {
	s := newShelf(t)
	c := imported(t, s, "值班.txt", duty2024)
	if _, err := s.repeal(c.RuleByID("zbgzbf"), "2026-06-01"); err != nil {
		t.Fatal(err)
	}
	c, err := s.Library()
	if err != nil {
		t.Fatal(err)
	}
	if r := c.RuleByID("zbgzbf"); r == nil || r.Repealed || len(c.Rules) != 1 {
		t.Fatalf("%d rules, %+v", len(c.Rules), r)
	}
	if c = imported(t, s, "新值班.txt", duty2026); len(c.Rules) != 2 || c.RuleByID("zbgzbf").Effective != "2026-06-01" {
		t.Errorf("%d rules", len(c.Rules))
	}
}

func TestUnwritable(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "originals"), nil, 0o644); err != nil { // a file where a folder must be
		t.Fatal(err)
	}
	s := &Shelf{Dir: dir}
	err := s.Publish(t.Context(), planned(t, s, papers(t, "印章.txt", seals)), func(*Draft) { t.Error("published") })
	if bot.CodeOf(err) != bot.Unavailable || !strings.Contains(err.Error(), "originals：有一个同名的文件挡着") && !strings.Contains(err.Error(), "不是文件夹") {
		t.Errorf("%v", err)
	}
}

// Two imports do not meet: the second waits, and gives up when it is told to.
func TestLocked(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "值班.txt", duty2024)
	other := flock.New(filepath.Join(s.Dir, originalsDir, ".lock"))
	if err := other.Lock(); err != nil {
		t.Fatal(err)
	}
	plan := planned(t, s, papers(t, "印章.txt", seals))
	s.Wait = 200 * time.Millisecond
	if err := s.Publish(t.Context(), plan, func(*Draft) { t.Error("published") }); bot.CodeOf(err) != bot.Conflict {
		t.Errorf("beside another import: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Publish(ctx, plan, func(*Draft) { t.Error("published") }); !errors.Is(err, context.Canceled) {
		t.Errorf("told to stop: %v", err)
	}
	if err := other.Unlock(); err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(t.Context(), plan, func(*Draft) {}); err != nil {
		t.Error(err)
	}
}

// A file that is missing, no file, or may not be read is one problem, with a sentence.
func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	read, err := Read(t.Context(), []string{filepath.Join(dir, "没有.txt"), dir}, convert.Options{}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range read {
		if !strings.Contains(p.Problem, "请") || strings.Contains(p.Problem, "%!") {
			t.Errorf("%s: %q", p.File, p.Problem)
		}
	}
}
