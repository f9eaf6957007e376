package duty

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

func TestRevised(t *testing.T) {
	t.Parallel()
	rule := func(id, status, body string) string {
		return fmt.Sprintf("+++\nid = %q\ntitle = %q\neffective = 2026-01-01\nstatus = %q\n+++\n%s", id, strings.ToUpper(id)+"办法", status, body)
	}
	library := func(rules ...string) *corpus.Corpus {
		files := fstest.MapFS{}
		for i, r := range rules {
			files[fmt.Sprintf("rules/%d.md", i)] = &fstest.MapFile{Data: []byte(r)}
		}
		c, err := corpus.Read(files)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	const three = "第一条 会议由办公室召集。\n第二条 请假应当提前三日书面提出。\n第三条 会议记录当日归档。\n"
	long := ""
	for i := range 12 {
		long += fmt.Sprintf("第%s条 第%d件事由办公室负责。\n", corpus.FormatNumeral(i+1), i)
	}
	old := library(rule("a", "in-force", three))
	for _, tt := range []struct {
		name string
		now  *corpus.Corpus
		want string
	}{
		{"nothing", library(rule("a", "in-force", three)), ""},
		{"a word", library(rule("a", "in-force", strings.Replace(three, "三日", "五日", 1))), "《A办法》修改第二条"},
		{"one before the others", library(rule("a", "in-force", "第一条 目的是节约时间。\n第二条 会议由办公室召集。\n第三条 请假应当提前三日书面提出。\n第四条 会议记录当日归档。\n")), "《A办法》新增第一条，3 条只是条号变了"},
		{"one gone", library(rule("a", "in-force", "第一条 会议由办公室召集。\n第二条 请假应当提前三日书面提出。\n")), "《A办法》删去第三条"},
		{"another rule", library(rule("a", "in-force", three), rule("b", "in-force", three)), "新增《B办法》"},
		{"repealed", library(rule("a", "repealed", three), rule("b", "in-force", three)), "新增《B办法》；少了《A办法》"},
	} {
		if got := revised(old, tt.now); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := revised(library(rule("a", "in-force", long)), library(rule("a", "in-force", strings.ReplaceAll(long, "办公室", "秘书科")))); !strings.HasSuffix(got, "、第八条、等 12 条") {
		t.Errorf("%q", got)
	}
	var many []string
	for i := range 7 {
		many = append(many, rule(string(rune('b'+i)), "in-force", three))
	}
	if got := revised(old, library(many...)); !strings.HasSuffix(got, "；等 8 部") || strings.Count(got, "新增") != 5 {
		t.Errorf("%q", got)
	}
}
