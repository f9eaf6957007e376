package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"lianwen/corpus"
)

// Judged questions whose articles have gone, and lines that cannot be read, keep nobody
// from starting; a file that is not there does.
func TestJudgedAtStart(t *testing.T) {
	c, err := corpus.Read(corpus.Sample())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "judged.jsonl")
	if err := os.WriteFile(file, []byte(`{"q":"不予立案的情形","want":["ti-an#12"]}`+"\n坏的\n"+`{"q":"旧的","want":["ti-an#999"]}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{streams: &streams{err: io.Discard}}
	if got, err := a.judged(&config{JudgedQuestions: file}, c); err != nil || len(got) != 1 || got[0].Q != "不予立案的情形" {
		t.Errorf("%v %v", got, err)
	}
	if _, err := a.judged(&config{JudgedQuestions: file + "x"}, c); err == nil {
		t.Error("a file that is not there is passed over")
	}
	if got, err := a.judged(&config{DataDir: t.TempDir()}, c); err != nil || len(got) != 0 {
		t.Errorf("%v %v", got, err)
	}
}
