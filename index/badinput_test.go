package index

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"lianwen/corpus"
)

// nothing is wanted of a question that has no word to look for.
const nothing = "nothing"

// Not parallel to others: it compares times.
func TestBadInput(t *testing.T) {
	x := openSample(t)
	t.Run("questions", func(t *testing.T) { askBadQuestions(t, x) })
	t.Run("invisible characters", func(t *testing.T) { askInvisibly(t, x) })
}

// Whatever is typed or pasted, the answer comes in time and in the library's own
// words. Questions whose meaning is clear find their article all the same.
func askBadQuestions(t *testing.T, x *Index) {
	var rules strings.Builder
	for _, a := range x.units {
		rules.WriteString(a.Text)
	}
	pasted := string([]rune(rules.String())[:10_000])
	for _, tt := range []struct {
		name, text string
		want       string // one of the hits; nothing; "" when any answer will do
	}{
		{"rule text", pasted, ""},
		{"rule text before a citation", pasted + "第五条", ""},
		{"one character over and over", strings.Repeat("提", 10_000), ""},
		{"a word of asking over and over", strings.Repeat("的", 10_000), ""},
		{"a citation over and over", strings.Repeat("提案工作条例第十二条", 1000), "ti-an#12"},
		{"random characters", random(0x4e00, 0x9fff), ""}, // every pair is tried for a misheard one
		{"random letters", random('a', 'z'), ""},
		{"one long word", strings.Repeat("tian", 2500), ""},
		{"one long number", strings.Repeat("9", 10_000), nothing},
		{"an article of a long number", "提案工作条例第" + strings.Repeat("9", 10_000) + "条", nothing},
		{"an article of a long Chinese number", "提案工作条例第" + strings.Repeat("九", 10_000) + "条", nothing},
		{"combining marks", "提案" + strings.Repeat("\u0301", 10_000), ""},
		{"what folding makes longer", strings.Repeat("\ufdfa", 10_000), ""},
		{"one character", "提", ""},
		{"question words only", "怎么办呢吗", nothing},
		{"punctuation only", "，。！？；：……（）《》", nothing},
		{"query syntax", `" AND title:*`, nothing},
		{"query syntax of fields", "+body:提案什么时候截止 -x", "ti-an#5"},
		{"query syntax of likeness", "提案~2什么时候截止^10", "ti-an#5"},
		{"a pattern", `/提案.*(截止|[a-z]+\/`, ""},
		{"emoji only", "😀👍🏽👨‍👩‍👧", nothing},
		{"emoji between", "提案😀什么时候👍截止", "ti-an#5"},
		{"mixed scripts", "提案ab截止日期кто", "ti-an#5"},
		{"not UTF-8", "提\xff案什么时候截止", "ti-an#5"},
		{"cut inside a character", "提案什么时候截止\xe6\x88", "ti-an#5"},
		{"a NUL", "提\x00案什么时候截止\x00", "ti-an#5"},
		{"wide letters", "ＴＩ－ＡＮ", ""},
		{"wide digits, traditional, parted", "《提案\u200b工作條例》第\u200b１２\u200b條", "ti-an#12"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			askBad(t, x, tt.text, tt.want)
			askInTenths(t, x, tt.text)
		})
	}
}

func askBad(t *testing.T, x *Index, text, want string) {
	res := searchDeep(t, x, text)
	for _, h := range res.Hits {
		if !utf8.ValidString(h.Quote) || h.Quote == "" || !strings.Contains(h.Article.Text, h.Quote) || slices.ContainsFunc(h.Leads, func(l string) bool { return !strings.Contains(h.Article.Text, l) }) {
			t.Errorf("%s: led by %q, quoted %q", h.Article.Key(), h.Leads, h.Quote)
		}
	}
	switch got := keys(res.Hits); {
	case want == nothing && (res.Outcome != None || len(got) > 0):
		t.Errorf("%v %v, want nothing", res.Outcome, got)
	case want != nothing && want != "" && !slices.Contains(got, want):
		t.Errorf("%v %v, want %s among them", res.Outcome, got, want)
	}
}

func searchDeep(t *testing.T, x *Index, text string) Result {
	t.Helper()
	res, err := x.Search(context.Background(), Query{Text: text, Depth: 100})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// A long question takes about as long as its tenths one by one, each led by the
// first word so that it asks of something (at most 1.3 times as long, was
// measured). A search that grows with the square of the question takes up to ten
// times as long. A busy machine delays both, and not the same one five times
// running.
func askInTenths(t *testing.T, x *Index, text string) {
	const tenths, tries, tooLong = 10, 5, 2.5
	runes := []rune(text)
	if len(runes) < 2500 {
		return // too short to tell
	}
	var whole, parts time.Duration
	for range tries {
		start := time.Now()
		searchDeep(t, x, text)
		whole, parts = time.Since(start), 0
		for i := range tenths {
			part := string(runes[:2]) + string(runes[len(runes)*i/tenths:len(runes)*(i+1)/tenths])
			start = time.Now()
			searchDeep(t, x, part)
			parts += time.Since(start)
		}
		if float64(whole) <= tooLong*float64(parts) {
			return
		}
	}
	t.Errorf("takes %v, its tenths %v together", whole, parts)
}

// random is 10,000 characters, the same ones each time.
func random(from, to rune) string {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]rune, 10_000)
	for i := range out {
		out[i] = from + r.Int32N(to-from+1)
	}
	return string(out)
}

// invisible is what chat programs, web pages and word processors leave between
// characters without anybody seeing it.
var invisible = map[string]string{
	"zero-width space": "\u200b", "zero-width joiner": "\u200d", "zero-width non-joiner": "\u200c", "word joiner": "\u2060",
	"byte order mark": "\ufeff", "soft hyphen": "\u00ad", "left-to-right mark": "\u200e", "right-to-left override": "\u202e",
	"isolate": "\u2066", "variation selector": "\ufe00", "ideographic variation": "\U000e0100",
}

// A question with invisible characters finds what it finds without them, in
// the same order and with the same scores.
func askInvisibly(t *testing.T, x *Index) {
	for _, q := range []string{"提案什么时候截止", "提案条例第１２条", "APP密码忘了怎么办", "jiezhi shijian"} {
		clean := search(t, x, q)
		if len(clean.Hits) == 0 {
			t.Fatalf("%s finds nothing at all", q)
		}
		for name, mark := range invisible {
			res := search(t, x, mark+strings.Join(strings.Split(q, ""), mark)+mark)
			if res.Outcome != clean.Outcome || !slices.Equal(keys(res.Hits), keys(clean.Hits)) || res.Hits[0].Score != clean.Hits[0].Score {
				t.Errorf("%s with a %s: %v %v, want %v %v", q, name, res.Outcome, keys(res.Hits), clean.Outcome, keys(clean.Hits))
			}
		}
	}
}

// Rules come with invisible characters as well: their articles are found, and
// quoted with every byte.
func TestInvisibleInRules(t *testing.T) {
	t.Parallel()
	for name, mark := range invisible {
		text := "公" + mark + "车不得" + mark + "私用。"
		c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte("试验章程\n第一条 委员应当按时到会。\n第二条 提案在三日内提交。\n第三条 " + text + "\n")}})
		if err != nil {
			t.Fatal(err)
		}
		res := search(t, openIndex(t, c), "公车私用")
		if got := keys(res.Hits); len(got) == 0 || got[0] != "章程#3" {
			t.Errorf("%s: got %v, want 章程#3", name, got)
		} else if res.Hits[0].Quote != text {
			t.Errorf("%s: quoted %q, want %q", name, res.Hits[0].Quote, text)
		}
	}
}
