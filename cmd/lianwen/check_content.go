package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lianwen/corpus"
	"lianwen/corpus/proof"
)

const contentHelp = "加 --content 的，只校对内容：各部制度和核对表（制度库的 facts.toml）是否一致，用词，以上和以内，题目的选项会不会泄底，" +
	"故事和依据的条是否相反，重复的问法，引用废止的，过时的日子，太长的。看不准的列为存疑，不影响退出码。"

// contentResult is what check --content --json prints; scripts depend on it.
type contentResult struct {
	OK       bool          `json:"ok"`       // all was read and nothing must be mended
	Problems []jsonProblem `json:"problems"` // of reading: what they are about was not looked at
	proof.Report
}

// checkContent reads the library against itself.
func (a *app) checkContent(asJSON bool) error {
	cfg, err := loadConfig(a.configPath)
	if err != nil {
		return err
	}
	if a.library != "" {
		cfg.Library = a.library
	}
	c, err := corpus.Open(cfg.Library)
	var unread corpus.Problems
	if errors.As(err, &unread) && asJSON { // in words it is said as by every command
		return a.printContent(contentResult{Problems: problemsOf(unread), Report: proof.Report{Findings: []proof.Finding{}, Accepted: []proof.Finding{}}}, asJSON)
	}
	if err != nil {
		return err
	}
	files, err := filesOf(cfg.Library)
	if err != nil {
		return err
	}
	res := contentResult{Problems: problemsOf(c.Faults), Report: proof.Check(c, files, corpus.DateOf(time.Now().In(cfg.location)))}
	res.OK = res.mustMend() == 0 && len(res.Problems) == 0
	return a.printContent(res, asJSON)
}

func (a *app) printContent(res contentResult, asJSON bool) (err error) {
	if asJSON {
		err = printJSON(a.out, res)
	} else {
		_, err = fmt.Fprint(a.out, res.text())
	}
	if err == nil && !res.OK {
		return exitCode(exitError)
	}
	return err
}

// filesOf are the files of the library at path, as corpus.Open takes it.
func filesOf(path string) (fs.FS, error) {
	if path == "" {
		return corpus.Sample(), nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("look at library %s: %w", path, err)
	}
	if !info.IsDir() {
		path = filepath.Dir(path)
	}
	return os.DirFS(path), nil
}

func (res contentResult) mustMend() (n int) {
	for _, f := range res.Findings {
		if f.Must {
			n++
		}
	}
	return n
}

func (res contentResult) text() string {
	var b strings.Builder
	if len(res.Problems) > 0 {
		b.WriteString("读不了，里面的没有看到：\n")
	}
	for _, p := range res.Problems {
		fmt.Fprintf(&b, "  %s: %s，%s\n", p.Where, p.What, p.Fix)
	}
	for _, kind := range proof.Kinds {
		n := 0
		for _, f := range res.Findings {
			if f.Kind != kind.Kind {
				continue
			}
			if n++; n == 1 {
				fmt.Fprintf(&b, "%s（%s）：\n", kind.Name, kind.Kind)
			}
			b.WriteString("  " + lineOf(f) + "\n")
		}
	}
	b.WriteString(res.verdict())
	l := res.Looked
	fmt.Fprintf(&b, "看了核对表 %d 条、用词 %d 条，条文 %d 条 %d 句，问法 %d 条，题 %d 道，故事 %d 则，提醒 %d 则，案例 %d 例；写明不改的 %d 处。\n",
		l.Facts, l.Terms, l.Articles, l.Sentences, l.Lines, l.Questions, l.Stories, l.Notices, l.Cases, len(res.Accepted))
	return b.String()
}

// verdict says how much there is to do.
func (res contentResult) verdict() string {
	must := res.mustMend() + len(res.Problems)
	switch doubtful := len(res.Findings) - res.mustMend(); {
	case must > 0:
		return fmt.Sprintf("有 %d 处要改，%d 处存疑。", must, doubtful)
	case doubtful > 0:
		return fmt.Sprintf("没有一定要改的，%d 处存疑：改，或者写进制度库的 %s。", doubtful, corpus.FactsFile)
	}
	return "没有问题。"
}

// lineOf is a finding for people; a doubtful one says how to accept it.
func lineOf(f proof.Finding) string {
	p := corpus.Problem{File: f.File, Line: f.Line, What: f.What, Fix: f.Fix}
	if f.Must {
		return p.String()
	}
	return p.String() + fmt.Sprintf("（存疑；不改的写 kind = %q，where = %q）", f.Kind, f.Where)
}
