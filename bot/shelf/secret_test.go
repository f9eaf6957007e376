package shelf

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/corpus/convert"
)

// A paper is not taken whose name, text or dropped headers bear what must not be kept,
// and it is said which; what it leaves as a note of another kind is no part of it.
func TestBears(t *testing.T) {
	t.Parallel()
	const rule = "用车办法\n第一条 用车应当登记。\n第二条 有疑问的问办公室，电话 0551-62815501。\n"
	note := func(kind convert.Kind, what string) []convert.Note { return []convert.Note{{Kind: kind, What: what}} }
	for what, tt := range map[string]struct {
		name string
		doc  convert.Document
		want string // how it begins; "": it is taken
	}{
		"an ordinary rule": {"用车办法.docx", convert.Document{Text: rule}, ""},
		"a marked text":    {"a.docx", convert.Document{Text: "机密★10年\n" + rule}, "文首带有密级或内部标志。这样的文件不能导入"},
		"a marked name":    {"机密★用车办法.docx", convert.Document{Text: rule}, "文件名带有密级或内部标志。"},
		"a marked header":  {"a.docx", convert.Document{Text: rule, Notes: note(convert.Dropped, "机密★10年")}, "页眉"},
		"another note":     {"a.docx", convert.Document{Text: rule, Notes: note(convert.Dropped+1, "机密★10年")}, ""},
		"a number":         {"a.docx", convert.Document{Text: rule + "张某 11010519491231002X\n"}, "第 4 行有身份证号。里面的人没有同意"},
	} {
		got := bears(tt.name, &tt.doc)
		if tt.want == "" && got != "" || !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: %q, want %q", what, got, tt.want)
		}
	}
}

// What is learned is kept word for word: a line, a word or an answer that bears a mark
// or somebody's number is refused, wherever it stands, and nothing is written.
func TestLearnedBearsNothing(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	const marked, number = "机密★10年 关于换届", "我的身份证 11010519491231002X"
	rule := imported(t, s, "值班.txt", duty2024).Rules[0]
	for _, bad := range []string{marked, number} {
		_, err := addLine(t, s, rule.Articles[0], "谁值班", bad)
		refused(t, err, bot.Invalid, "问法里")
		refused(t, s.AddSynonyms(t.Context(), "到岗", []string{"上班", bad}), bot.Invalid, "词里")
		_, err = s.AddReply(t.Context(), []string{"停车位"}, bad, "")
		refused(t, err, bot.Invalid, "应答里")
		_, err = s.AddReply(t.Context(), []string{"停车位", bad}, "请找门卫。", "")
		refused(t, err, bot.Invalid, "应答里")
	}
	if err := filepath.WalkDir(s.Dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte("换届")) || bytes.Contains(raw, []byte("11010519491231002X")) {
			t.Errorf("kept in %s", path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	_, err := addLine(t, s, rule.Articles[0], "谁值班")
	refused(t, err, 0, "")
	refused(t, s.AddSynonyms(t.Context(), "到岗", []string{"上班"}), 0, "")
	_, err = s.AddReply(t.Context(), []string{"停车位"}, "请找门卫，电话 0551-62815501。", "")
	refused(t, err, 0, "")
}

// Of papers in one folder the marked are told and left out, the others taken.
func TestMarkedPaperIsNotTaken(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	for text, bad := range map[string]bool{duty2024: false, "机密★10年\n" + duty2024: true} {
		drafts := drafted(t, s, papers(t, "值班.txt", text))
		if got := drafts[0].Problem != ""; len(drafts) != 1 || got != bad {
			t.Errorf("%q: %+v", text, drafts[0])
		}
	}
}
