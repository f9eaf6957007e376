package shelf

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianwen/bot"
)

// kept is the text of a file of the library; "" when there is none.
func kept(t *testing.T, s *Shelf, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(name)))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(raw)
}

func keep(t *testing.T, s *Shelf, name, text string) {
	t.Helper()
	file := filepath.Join(s.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// refused checks an error that people read.
func refused(t *testing.T, err error, code bot.Code, want string) {
	t.Helper()
	if bot.CodeOf(err) != code || (err != nil) != (want != "") || err != nil && !strings.Contains(err.Error(), want) {
		t.Errorf("%v (code %d), want %q (code %d)", err, bot.CodeOf(err), want, code)
	}
}

func TestSynonyms(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "值班.txt", duty2024)
	keep(t, s, "synonyms/common.txt", "# 说明\n办法 规矩\n")
	add := func(code bot.Code, want, official string, words ...string) {
		t.Helper()
		refused(t, s.AddSynonyms(t.Context(), official, words), code, want)
	}
	add(0, "", "到岗", "上班")
	add(0, "", "交接", "换班", "倒班")
	add(0, "", "到岗", "来单位")
	want := synonymsHead + "到岗 上班 来单位\n交接 换班 倒班\n"
	if got := kept(t, s, learnedSynonyms); got != want {
		t.Fatalf("%q", got)
	}
	if c, err := s.Library(); err != nil || len(c.Synonyms) != 3 || len(c.Faults) > 0 {
		t.Fatalf("%v, %v", c.Synonyms, err)
	}
	add(bot.Conflict, "「办法」已经在 synonyms/common.txt 第 2 行那一组里（办法 规矩），没有加", "办法", "章程")
	add(bot.Conflict, "「规矩」已经在 synonyms/common.txt", "值班", "规矩")
	add(bot.Conflict, "「上班」已经在 synonyms/learned.txt 第 2 行那一组里（到岗 上班 来单位）", "到岗", "上班")
	add(bot.Conflict, "「到岗」已经在 synonyms/learned.txt", "值班", "到岗")
	add(bot.Invalid, "现行的制度里没有「出差」这个词", "出差", "外出")
	add(bot.Invalid, "请写上制度里的说法和平时的说法", "值班")
	add(bot.Invalid, "「班」不能当同义词", "值班", "班")
	add(bot.Invalid, "「值 班」不能当同义词", "值 班", "夜班")
	add(bot.Invalid, "「#夜班」不能当同义词", "值班", "#夜班")
	add(bot.Invalid, "「"+strings.Repeat("夜", 21)+"」不能", "值班", strings.Repeat("夜", 21))
	add(bot.Invalid, "「值班」写了两遍", "值班", "值班")
	if got := kept(t, s, learnedSynonyms); got != want {
		t.Fatalf("refused, and written: %q", got)
	}
}

// What was added is taken back, word by word, unless somebody has changed it.
func TestRemoveSynonyms(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "值班.txt", duty2024)
	for _, tt := range []struct{ before, official, words, after, want string }{
		{"到岗 上班 来单位\n交接 换班\n", "到岗", "上班", "到岗 来单位\n交接 换班\n", ""},
		{"到岗 上班\n交接 换班\n", "到岗", "上班", "交接 换班\n", ""},
		{"到岗 上班 来单位  # 王五说的\n", "到岗", "来单位", "到岗 上班  # 王五说的\n", ""},
		{"到岗 上班\r\n交接 换班\r\n", "交接", "换班", "到岗 上班\n", ""},
		{"# 到岗 上班\n", "到岗", "上班", "", ErrGone.Error()},
		{"到岗 上班 来单位\n", "到岗", "去单位 进单位", "", ErrGone.Error()},
		{"上班 到岗\n", "到岗", "上班", "", "有人手改过"},
		{"到岗 来单位\n", "到岗", "上班", "", ErrGone.Error()},
		{"到岗 上班 来单位\n", "到岗", "上班 去单位", "", "有人手改过"},
	} {
		keep(t, s, learnedSynonyms, tt.before)
		err := s.RemoveSynonyms(t.Context(), tt.official, strings.Fields(tt.words))
		code, after := bot.Code(0), tt.after
		switch tt.want {
		case "":
		case ErrGone.Error():
			after = tt.before
		default:
			code, after = bot.Conflict, tt.before
		}
		refused(t, err, code, tt.want)
		if got := kept(t, s, learnedSynonyms); got != after {
			t.Errorf("of %q is left %q, want %q", tt.before, got, after)
		}
	}
}

func TestReplies(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "值班.txt", duty2024)
	first, err := s.AddReply(t.Context(), []string{"食堂几点开饭", "今天\"食堂\"开吗"}, "这件事不归我们管，请找后勤服务中心。", "未答问题，王五 2026-12-01")
	refused(t, err, 0, "")
	keep(t, s, "talk/learned.toml", strings.TrimSuffix(kept(t, s, "talk/learned.toml"), "\n")) // as an editor may leave it
	second, err := s.AddReply(t.Context(), []string{"停车位"}, "请找门卫。", "未答问题，王五 2026-12-02")
	refused(t, err, 0, "")
	c, err := s.Library()
	if err != nil || len(c.Faults) > 0 || c.Replies()[0].ID != "learned-2" || c.Replies()[1].ID != "learned-1" || c.Replies()[1].Say[1] != "今天\"食堂\"开吗" || !c.Replies()[0].Groups {
		t.Fatalf("%v, %v", c, err)
	}
	for _, text := range []string{"", " 　", strings.Repeat("好", 121)} {
		_, err := s.AddReply(t.Context(), []string{"停车"}, text, "")
		refused(t, err, bot.Invalid, "回复要写 1 到 120 个字")
	}
	whole := kept(t, s, "talk/learned.toml")
	again, err := s.AddReply(t.Context(), []string{"停车位"}, "请找门卫。", "未答问题，王五 2026-12-02") // it was not put on record
	if got := kept(t, s, "talk/learned.toml"); err != nil || again != second || got != whole {
		t.Errorf("added twice: %v\n%s", err, got)
	}
	for name, by := range map[string]string{
		"another word": strings.Replace(whole, "后勤服务中心", "机关事务局", 1),
		"another key":  strings.Replace(whole, "groups = true\n", "groups = true\ncourtesy = true\n", 1),
		"to others":    strings.Replace(whole, "食堂几点", "食堂何时", 1),
		"another id":   strings.Replace(whole, "learned-1", "canteen", 1),
	} {
		keep(t, s, "talk/learned.toml", by)
		refused(t, s.RemoveReply(t.Context(), first), bot.Conflict, "talk/learned.toml 里原来加的已经不是那样了")
		if got := kept(t, s, "talk/learned.toml"); got != by {
			t.Errorf("%s: changed to %q", name, got)
		}
	}
	keep(t, s, "talk/learned.toml", strings.Replace(whole, first, "", 1))
	if err := s.RemoveReply(t.Context(), first); !errors.Is(err, ErrGone) {
		t.Errorf("not there: %v", err)
	}
	keep(t, s, "talk/learned.toml", whole)
	refused(t, s.RemoveReply(t.Context(), first), 0, "")
	if got := kept(t, s, "talk/learned.toml"); got != talkHead+second {
		t.Errorf("left %q", got)
	}
	refused(t, s.RemoveReply(t.Context(), second), 0, "")
	if got := kept(t, s, "talk/learned.toml"); got != talkHead {
		t.Errorf("left %q", got)
	}
}

// Where nothing can be written nothing is, and it is said why.
func TestLearnedRefused(t *testing.T) {
	s := newShelf(t)
	add := func() error { return s.AddSynonyms(t.Context(), "到岗", []string{"上班"}) }
	refused(t, add(), bot.NotFound, "里还没有制度")
	imported(t, s, "值班.txt", duty2024)
	keep(t, s, learnedSynonyms, "到岗\n")
	refused(t, add(), bot.Conflict, "synonyms/learned.txt 有问题，先改好才能往里补。第 1 行：「到岗」只有一个词，请")
	keep(t, s, "talk/learned.toml", "[[reply]\n")
	_, err := s.AddReply(t.Context(), []string{"停车位"}, "请找门卫。", "")
	refused(t, err, bot.Conflict, "talk/learned.toml 有问题，先改好才能往里补。第 1 行：")
	if got := kept(t, s, "talk/learned.toml") + kept(t, s, learnedSynonyms); got != "[[reply]\n到岗\n" {
		t.Errorf("written: %q", got)
	}
	file := filepath.Join(t.TempDir(), "lib.jsonl")
	if err := os.WriteFile(file, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.Dir = file
	refused(t, add(), bot.Invalid, "是一个文件，不能往里补")
	_, _, err = s.LearnLines(t.Context(), "x", nil)
	refused(t, err, bot.Invalid, "是一个文件，不能往里补")
}
