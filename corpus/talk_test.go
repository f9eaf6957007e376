package corpus

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// replyOf is four lines long, and more comes below it.
func replyOf(id, more string) string {
	return "[[reply]]\nid = \"" + id + "\"\nsay = [\"你好\"]\ntext = \"您好。\"\n" + more
}

func patterns(r *Reply) (match, not []string) {
	for _, re := range r.Match {
		match = append(match, re.String())
	}
	for _, re := range r.Not {
		not = append(not, re.String())
	}
	return match, not
}

func TestReplies(t *testing.T) {
	t.Parallel()
	c := mustRead(t, lib("rules/jia.md", small,
		"talk/a.toml", "# 一段 [[reply]] 一种\n\n"+replyOf("hello", "")+"\n  [[ reply ]]\nid = \"tell\"\nmatch = ['我要?举报', '告发']\nnot = ['谁']\ntext = \"　找{经办}。\\n\"\nask = \" 怎么举报 \"\n",
		"talk/b.toml", replyOf("thanks", "courtesy = true\n")+replyOf("quiet", "groups = true\n")))
	want := []Reply{
		{ID: "hello", Say: []string{"你好"}, Text: "您好。", File: "talk/a.toml", Line: 3},
		{ID: "tell", Text: "找{经办}。", Ask: "怎么举报", File: "talk/a.toml", Line: 8},
		{ID: "thanks", Say: []string{"你好"}, Text: "您好。", Courtesy: true, File: "talk/b.toml", Line: 1},
		{ID: "quiet", Say: []string{"你好"}, Text: "您好。", Groups: true, File: "talk/b.toml", Line: 6},
	}
	got := c.Replies()
	if len(got) != len(want) {
		t.Fatalf("%d replies, want %d", len(got), len(want))
	}
	for i, r := range got {
		match, not := patterns(r)
		if i == 1 != slices.Equal(match, []string{"我要?举报", "告发"}) || i == 1 != slices.Equal(not, []string{"谁"}) {
			t.Errorf("%s has %q but for %q", r.ID, match, not)
		}
		r := *r
		if r.Match, r.Not = nil, nil; !reflect.DeepEqual(r, want[i]) {
			t.Errorf("reply %d:\n got %+v\nwant %+v", i, r, want[i])
		}
	}
}

// Whatever is wrong is said with its file and line, and each reply's own lines
// are meant, whatever stands above them.
func TestReplyProblems(t *testing.T) {
	t.Parallel()
	const first = "# 一段 [[reply]] 一种：text 里写 \"(\" 没关系\n" // and a reply of four lines
	limit := strings.Repeat("好", MaxReplyRunes)
	long := func(text string) string { return strings.Replace(replyOf("b", ""), "您好。", text, 1) }
	for _, c := range []struct {
		name, second string
		want         []string
	}{
		{"nothing", replyOf("b", ""), nil},
		{"as long as may be", long(limit), nil},
		{"space around it does not count", long(" " + limit + "　"), nil},
		{"too long", long(limit + "啊"), []string{"talk/a.toml:6|应答 b 有 121 字，超过 120 字"}},
		{"bad id", replyOf("你好", ""), []string{"talk/a.toml:6|id \"你好\""}},
		{"no id", "[[reply]]\nsay = [\"好\"]\n", []string{"talk/a.toml:6|id \"\""}},
		{"id twice", replyOf("a", ""), []string{"talk/a.toml:6|应答 id \"a\" 与第 2 行的相同"}},
		{"what for", "[[reply]]\nid = \"b\"\ntext = \"好\"\nnot = ['好']\n", []string{"talk/a.toml:6|应答 b 没有写对哪些话"}},
		{"match is enough", "[[reply]]\nid = \"b\"\nmatch = ['好']\n", nil},
		{"a bad pattern for all there is", "[[reply]]\nid = \"b\"\nmatch = ['(']\n", []string{"talk/a.toml:8|式子「(」不对"}},
		{"bad pattern in single quotes", replyOf("b", "match = [\n  '好',\n  '(',\n]\n"), []string{"talk/a.toml:12|式子「(」不对"}},
		{"bad pattern in double quotes", replyOf("b", "match = [\"好\",\n\"(\"]\n"), []string{"talk/a.toml:11|式子「(」不对"}},
		{"bad pattern below a blank line", "\n" + replyOf("b", "not = ['(']\n"), []string{"talk/a.toml:11|式子「(」不对"}},
		{"bad pattern in other words", replyOf("b", "match = [\"\\u0028\"]\n"), []string{"talk/a.toml:6|式子「(」不对"}},
		{"empty pattern", replyOf("b", "match = ['']\n"), []string{"talk/a.toml:10|式子「」不对"}},
		{"pattern that fits everything", replyOf("b", "match = ['好*']\n"), []string{"talk/a.toml:10|式子「好*」不对，或者什么话都能对上"}},
		{"exception that fits everything", replyOf("b", "not = ['好|']\n"), []string{"talk/a.toml:10|式子「好|」不对"}},
		{"two bad patterns", replyOf("b", "match = ['好', ')']\nnot = ['[']\n"), []string{"talk/a.toml:10|式子「)」", "talk/a.toml:11|式子「[」"}},
		{"unknown key", replyOf("b", "txt = \"好\"\n"), []string{"talk/a.toml:10|txt"}},
		{"wrong type", replyOf("b", "courtesy = \"是\"\n"), []string{"talk/a.toml:10|courtesy"}},
		{"not TOML", replyOf("b", "match = ['好'\n"), []string{"talk/a.toml:10|"}},
		{"unknown key and bad id", replyOf("你", "txt = \"好\"\n"), []string{"talk/a.toml:6|id \"你\"", "talk/a.toml:10|txt"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			fsys := lib("rules/jia.md", small, "talk/a.toml", first+replyOf("a", "")+c.second)
			if c.want == nil {
				if got := mustRead(t, fsys).Replies(); len(got) != 2 {
					t.Errorf("%d replies", len(got))
				}
				return
			}
			wantProblems(t, problemsOf(t, fsys), c.want...)
		})
	}
}

// A pattern that is none is left out, and the rest is there to be looked at.
func TestBadPatternLeftOut(t *testing.T) {
	t.Parallel()
	rep := &report{}
	replies := parseReplies("talk/a.toml", replyOf("a", "match = ['(', '好']\nnot = ['']\n"), rep)
	if len(replies) != 1 || len(rep.errors) != 2 {
		t.Fatalf("%d replies, %v", len(replies), rep.errors)
	}
	if match, not := patterns(replies[0]); !slices.Equal(match, []string{"好"}) || not != nil {
		t.Errorf("%q but for %q", match, not)
	}
}

// Only talk/*.toml holds replies, and it counts for the digest.
func TestReplyFiles(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"talk/a.txt", "talk/a.md"} {
		wantProblems(t, problemsOf(t, lib("rules/jia.md", small, file, replyOf("a", ""))), file+"|不认识的文件")
	}
	with := func(src string) string { return mustRead(t, lib("rules/jia.md", small, "talk/a.toml", src)).Digest }
	if with(replyOf("a", "")) == with(replyOf("b", "")) {
		t.Error("a reply changes nothing in the digest")
	}
}

// A library without replies has the sample's; one reply of its own is enough to
// have none of them.
func TestRepliesOfSample(t *testing.T) {
	t.Parallel()
	sample, none := readSample(t).Replies(), mustRead(t, lib("rules/jia.md", small)).Replies()
	if len(sample) < 2 || len(none) != len(sample) {
		t.Fatalf("%d replies in the sample, %d without", len(sample), len(none))
	}
	for i, r := range sample {
		if o := none[i]; o.ID != r.ID || o.Text != r.Text || o.File != r.File || o.Line != r.Line || !slices.Equal(o.Say, r.Say) || len(o.Match) != len(r.Match) {
			t.Errorf("reply %d is %s:%d %s, want %s:%d %s", i, o.File, o.Line, o.ID, r.File, r.Line, r.ID)
		}
		if i > 0 && r.Line <= sample[i-1].Line {
			t.Errorf("%s is said to stand on line %d, below line %d", r.ID, r.Line, sample[i-1].Line)
		}
	}
	for _, src := range []string{"", "# 没有\n"} {
		if got := mustRead(t, lib("rules/jia.md", small, "talk/a.toml", src)).Replies(); len(got) != len(sample) {
			t.Errorf("%d replies of an empty file", len(got))
		}
	}
	if got := mustRead(t, lib("rules/jia.md", small, "talk/a.toml", replyOf("a", ""))).Replies(); len(got) != 1 || got[0].ID != "a" {
		t.Errorf("%d replies of a file with one", len(got))
	}
}

// What staff have settled goes before what else there is, whatever the names of the
// files, the newest first, and leaves the sample's where it was.
func TestLearnedReplies(t *testing.T) {
	t.Parallel()
	sample := len(readSample(t).Replies())
	c := mustRead(t, lib("rules/jia.md", small, LearnedTalk, replyOf("learned-1", "")+replyOf("learned-2", "")))
	if got := c.Replies(); len(got) != sample+2 || got[0].ID != "learned-2" || got[1].ID != "learned-1" || got[2].File != "talk/talk.toml" {
		t.Errorf("%d replies beside %d of the sample", len(got), sample)
	}
	c = mustRead(t, lib("rules/jia.md", small, "talk/a.toml", replyOf("a", ""), LearnedTalk, replyOf("learned-1", "")))
	if got := c.Replies(); len(got) != 2 || got[0].ID != "learned-1" || got[1].ID != "a" {
		t.Errorf("%d replies", len(got))
	}
}

// What FormatReply writes is read back as it was.
func TestFormatReply(t *testing.T) {
	t.Parallel()
	for _, want := range []Reply{
		{ID: "learned-1", Say: []string{"食堂几点开饭", `他说"几点"？`, `a\b`}, Text: "这件事不归我们管，\n请找{经办}。", Groups: true},
		{ID: "b", Say: []string{"'''"}, Text: "= [[reply]] #。"},
	} {
		text := FormatReply(&want)
		got := mustRead(t, lib("rules/jia.md", small, LearnedTalk, "# 说明\n"+text)).Replies()[0]
		if got.ID != want.ID || got.Text != want.Text || !slices.Equal(got.Say, want.Say) || got.Groups != want.Groups || got.Line != 2 {
			t.Errorf("%s\ncomes back as %+v", text, got)
		}
	}
}
