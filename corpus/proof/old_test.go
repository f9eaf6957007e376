package proof

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"lianwen/corpus"
)

// sampleFiles are the files of the sample, to be changed.
func sampleFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(corpus.Sample(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(corpus.Sample(), p)
		files[p] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// wanted is a finding that an old text must give.
type wanted struct{ kind, where, part string }

func (w wanted) in(findings []Finding) bool {
	for _, f := range findings {
		if string(f.Kind) == w.kind && strings.Contains(" "+f.Where+" ", " "+w.where+" ") && strings.Contains(f.What, w.part) {
			return true
		}
	}
	return false
}

// Every mistake that a reader found in the sample, and that a rule can find, is found
// when the old text is put back.
func TestOldTexts(t *testing.T) {
	archive, err := txtar.ParseFile(filepath.Join("testdata", "old.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var all []wanted
	files := sampleFiles(t)
	for _, f := range archive.Files {
		text := string(f.Data)
		for strings.HasPrefix(text, "want: ") {
			line, rest, _ := strings.Cut(text, "\n")
			p := strings.SplitN(strings.TrimPrefix(line, "want: "), " ", 3)
			all, text = append(all, wanted{p[0], p[1], p[2]}), rest
		}
		putBack(t, files, f.Name, text)
	}
	c, err := corpus.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Faults) > 0 {
		t.Fatalf("the old texts cannot be read:\n%v", c.Faults)
	}
	findings := Check(c, files, today).Findings
	for _, w := range all {
		if !w.in(findings) {
			t.Errorf("not found: %+v", w)
		}
	}
	if len(all) < 80 {
		t.Errorf("%d findings wanted: the archive is not read", len(all))
	}
}

var articleStart = regexp.MustCompile(`(?m)^(?:第[一二三四五六七八九十百]+条 |#)`)

// putBack puts a text in the place of a file, of an article (rules/x.md#第一条) or a
// question (questions/x.toml#id) of it, or behind an article or all of it (+).
func putBack(t *testing.T, files fstest.MapFS, name, text string) {
	t.Helper()
	file, part, replaces := strings.Cut(name, "#")
	if !replaces {
		file, part, _ = strings.Cut(name, "+")
	}
	if file == name {
		files[file] = &fstest.MapFile{Data: []byte(text)}
		return
	}
	old := string(files[file].Data)
	from, to := len(old), len(old)
	switch {
	case strings.HasPrefix(file, "rules/"):
		if from = strings.Index(old, "\n"+part+" "); from < 0 {
			t.Fatalf("%s is not there", name)
		}
		from++
		if next := articleStart.FindStringIndex(old[from+len(part):]); next != nil {
			to = from + len(part) + next[0]
		}
	case strings.HasPrefix(file, "questions/"):
		id := strings.Index(old, `"`+part+`"`)
		if id < 0 {
			t.Fatalf("%s is not there", name)
		}
		from = strings.LastIndex(old[:id], "[[question]]")
		if next := strings.Index(old[id:], "[[question]]"); next >= 0 {
			to = id + next
		}
	}
	if !replaces {
		from = to
	}
	files[file] = &fstest.MapFile{Data: []byte(old[:from] + text + "\n" + old[to:])}
}

// What the rules never said before is missed when it is struck out everywhere.
func TestOldSilence(t *testing.T) {
	words := []string{"中国共产党的领导", "中央八项规定及其实施细则精神", "全面从严治党主体责任", "机关党委", "民族和宗教委员会"}
	files := sampleFiles(t)
	for name, f := range files {
		if strings.HasPrefix(name, "rules/") {
			text := string(f.Data)
			for _, w := range words {
				text = strings.ReplaceAll(text, w, "有关规定")
			}
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	c, err := corpus.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	findings := Check(c, files, today).Findings
	for _, w := range words {
		if !(wanted{"fact", "党的领导和中央八项规定", "没有一条写到「" + w + "」"}).in(findings) {
			t.Errorf("nobody misses %s", w)
		}
	}
}

// The options of the old questions that are all numbers, or of which one alone has 不.
func TestOldOptions(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("testdata", "old-options.txt"))
	if err != nil {
		t.Fatal(err)
	}
	findings := setOf(t, strings.Split(strings.TrimSpace(string(raw)), "\n")...)
	for _, part := range []string{"居中的数", "带「不」"} {
		if !(wanted{"options", "questions", part}).in(findings) {
			t.Errorf("not found: %s", part)
		}
	}
}
