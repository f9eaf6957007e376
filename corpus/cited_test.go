package corpus

import (
	"maps"
	"slices"
	"testing"
)

// Rules count once for each other rule in force that names them, by whatever name.
func TestCitedBy(t *testing.T) {
	const none = "第一条 甲。\n"
	for _, tt := range []struct {
		name string
		jia  string // the text of 甲办法, which may name 乙条例 (alias 乙例) and 中华人民共和国丙法
		bing string // … and of 丙法
		want map[string]int
	}{
		{"by title", "第一条 按照《乙条例》办理。\n", none, map[string]int{"yi": 1}},
		{"by alias", "第一条 按照《乙例》办理。\n", none, map[string]int{"yi": 1}},
		{"by two rules", "第一条 按照《乙条例》办理。\n", "第一条 按照《乙例》办理。\n", map[string]int{"yi": 2}},
		{"twice in an article", "第一条 《乙条例》和《乙例》。\n", none, map[string]int{"yi": 1}},
		{"in two articles", "第一条 《乙条例》。\n第二条 《乙条例》。\n", none, map[string]int{"yi": 1}},
		{"two rules in an article", "第一条 《乙条例》和《中华人民共和国丙法》。\n", none, map[string]int{"yi": 1, "bing": 1}},
		{"without the name of the nation", "第一条 《丙法》。\n", none, map[string]int{"bing": 1}},
		{"with a name of the nation it lacks", "第一条 《中华人民共和国乙条例》。\n", none, map[string]int{"yi": 1}},
		{"by itself", none, "第一条 《中华人民共和国丙法》和《丙法》。\n", map[string]int{}},
		{"each other", "第一条 《丙法》。\n", "第一条 《甲办法》。\n", map[string]int{"bing": 1, "jia": 1}},
		{"without marks", "第一条 按照乙条例办理。\n", none, map[string]int{}},
		{"part of a title", "第一条 按照《乙条例实施细则》办理。\n", none, map[string]int{}},
		{"marks that do not close", "第一条 按照《乙条例办理，《丁。\n", none, map[string]int{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := mustRead(t, lib("甲办法.txt", "甲办法\n"+tt.jia, "丙法.txt", "中华人民共和国丙法\n"+tt.bing,
				"rules/yi.md", "+++\nid = \"yi\"\ntitle = \"乙条例\"\naliases = [\"乙例\"]\neffective = 2026-02-01\nstatus = \"in-force\"\n+++\n"+none))
			if got := citedBy(c, map[string]string{"甲办法": "jia", "乙条例": "yi", "中华人民共和国丙法": "bing"}); !maps.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// citedBy counts by short names, and what counts nothing has no entry.
func citedBy(c *Corpus, short map[string]string) map[string]int {
	out := map[string]int{}
	for r, n := range c.CitedBy() {
		out[short[r.Title]] = n
	}
	return out
}

// What a repealed rule named counts no more, and nobody names a repealed one:
// the name means the version in force.
func TestCitedByIsInForce(t *testing.T) {
	c := mustRead(t, lib(
		"rules/jia.md", rule("jia", "甲条例", "第一条 新。\n"),
		"rules/jia.2019.md", repealed("jia", "甲条例", "2019-03-01", "第一条 按照《乙条例》和《丙条例》办理。\n"),
		"rules/yi.md", rule("yi", "乙条例", "第一条 按照《甲条例》和《丙条例》办理。\n"),
		"rules/bing.md", repealed("bing", "丙条例", "2019-03-01", "第一条 《乙条例》。\n")))
	counts := c.CitedBy()
	if in := c.RuleByID("jia"); len(counts) != 1 || counts[in] != 1 || in.Repealed {
		t.Errorf("got %v, want 甲条例 in force once and no other", counts)
	}
}

func TestTitlesIn(t *testing.T) {
	for text, want := range map[string][]string{
		"":     nil,
		"没有书名": nil,
		"《甲》":  {"甲"},
		"见《甲》、《乙》和《甲》。": {"甲", "乙", "甲"},
		"《甲》《乙":         {"甲"},
		"》《甲》":          {"甲"},
		"《甲\n法》":        {"甲\n法"},
	} {
		if got := slices.Collect(titlesIn(text)); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for range titlesIn("《甲》《乙》") {
		break // a range may end early
	}
}
