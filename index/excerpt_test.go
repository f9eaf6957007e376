package index

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

// fitted is a hit of an article of which passages fit, best first; without any, it
// was asked for by its number.
func fitted(t *testing.T, text string, fitting ...int) Hit {
	t.Helper()
	c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte("试验章程\n" + text + "\n第二条 结束。\n")}})
	if err != nil {
		t.Fatal(err)
	}
	h := Hit{Article: c.Article("章程#1"), Quote: c.Article("章程#1").Text}
	if len(fitting) > 0 {
		h.fitting = fitting
		h.passages = h.Article.Passages()
	}
	return h
}

const (
	fiveSentences = "第一条 甲一。乙二。丙三。丁四。戊五。"
	nestedList    = "第一条 材料包括：\n（一）人员：\n1．名册；\n2．照片；\n（二）场地。"
	ruledTable    = "第一条 分档：\n| 档 | 额 |\n|---|---|\n| 甲 | 一 |\n| 乙 | 二 |"
)

// longList is too long for a list to be shown whole or not at all.
var (
	wide     = strings.Repeat("长", mostList)
	longList = "第一条 总则在先。有下列情形的，不予立案：\n（一）" + wide + "；\n（二）" + wide + "；\n（三）" + wide + "。\n另行通知。"
)

// listOf is an article with a list of n characters.
func listOf(n int) string {
	return "第一条 甲一。下列：\n（一）" + strings.Repeat("乙", n-14) + "；\n（二）丙。\n丁四。"
}

// An excerpt is what answers, what the article begins with, what fits less well
// and what stands around the answer, as far as there is room, to the character.
func TestExcerpt(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		fitting    []int
		room       int
		want       string // runs, parted by |
		whole      bool
	}{
		{"no room at all", fiveSentences, []int{2}, 0, "丙三。", false},
		{"less than the beginning needs", fiveSentences, []int{2}, 7, "丙三。丁四。", false},
		{"with the beginning and dots", fiveSentences, []int{2}, 8, "甲一。|丙三。", false},
		{"what stands before fills a gap", fiveSentences, []int{2}, 9, "甲一。乙二。丙三。", false},
		{"what stands behind comes first", fiveSentences, []int{2}, 11, "甲一。|丙三。丁四。", false},
		{"one short of all", fiveSentences, []int{2}, 14, "甲一。|丙三。丁四。戊五。", false},
		{"all", fiveSentences, []int{2}, 15, fiveSentences[len("第一条 "):], true},
		{"the first answers", fiveSentences, []int{0}, 6, "甲一。乙二。", false},
		{"the last answers", fiveSentences, []int{4}, 7, "丁四。戊五。", false},
		{"the next best has no room", fiveSentences, []int{3, 1}, 10, "甲一。|丁四。", false},
		{"the next best", fiveSentences, []int{3, 1}, 11, "甲一。乙二。|丁四。", false},
		{"three runs", fiveSentences, []int{4, 2}, 13, "甲一。|丙三。|戊五。", false},
		{"the best comes twice", fiveSentences, []int{4, 2, 4}, 13, "甲一。|丙三。|戊五。", false},

		{"an item and what opens its list", longList, []int{3}, 0, "有下列情形的，不予立案：|（三）" + wide + "。", false},
		{"the first item", longList, []int{1}, 0, "有下列情形的，不予立案：\n（一）" + wide + "；", false},
		{"with the beginning", longList, []int{3}, mostList + 23, "总则在先。有下列情形的，不予立案：|（三）" + wide + "。", false},
		{"two items", longList, []int{3, 1}, 2*mostList + 28, "总则在先。有下列情形的，不予立案：\n（一）" + wide + "；|（三）" + wide + "。", false},
		{"no room for the other", longList, []int{3, 1}, 2*mostList + 27, "总则在先。有下列情形的，不予立案：|（三）" + wide + "。\n另行通知。", false},
		{"behind the list", longList, []int{4}, 5, "另行通知。", false},
		{"a list and all around it", longList, []int{3}, 9 * mostList, longList[len("第一条 "):], true},

		{"a number under an item", nestedList, []int{1}, 0, "材料包括：\n（一）人员：|2．照片；", false},
		{"the item behind", nestedList, []int{2}, 0, "材料包括：|（二）场地。", false},
		{"a short list has no room", nestedList, []int{1}, 30, "材料包括：\n（一）人员：|2．照片；", false},
		{"a short list has room", nestedList, []int{1}, 31, nestedList[len("第一条 "):], true},
		{"a short list that fits less well", "第一条 甲一。乙二。材料：\n（一）丙；\n（二）丁。", []int{0, 2}, 20, "甲一。|材料：\n（一）丙；\n（二）丁。", false},
		{"no room for such a list", "第一条 甲一。乙二。材料：\n（一）丙；\n（二）丁。", []int{0, 2}, 19, "甲一。乙二。", false},
		{"the longest of short lists", listOf(mostList), []int{1}, mostList + 1, listOf(mostList)[len("第一条 甲一。") : len(listOf(mostList))-len("\n丁四。")], false},
		{"a list longer than that", listOf(mostList + 1), []int{1}, mostList + 1, listOf(mostList + 1)[len("第一条 ") : len(listOf(mostList+1))-len("\n（二）丙。\n丁四。")], false},

		{"a row of a table with its head", ruledTable, []int{2}, 0, "| 档 | 额 ||| 乙 | 二 |", false},
		{"a row below the head", ruledTable, []int{1}, 0, "| 档 | 额 |\n|---|---|\n| 甲 | 一 |", false},
		{"a table", ruledTable, []int{2}, 99, ruledTable[len("第一条 "):], true},
		{"a line with nothing to see", "第一条 甲一。\n\u200b\n乙二。", []int{1}, 99, "甲一。\n\u200b\n乙二。", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := fitted(t, tt.text, tt.fitting...)
			e := h.Excerpt(tt.room)
			if got := strings.Join(e.Runs, "|"); got != tt.want || e.Whole != tt.whole || e.Cut {
				t.Errorf("got %q whole %v cut %v, want %q whole %v", got, e.Whole, e.Cut, tt.want, tt.whole)
			}
			for _, run := range e.Runs {
				if !strings.Contains(h.Article.Text, run) {
					t.Errorf("%q is not in the article", run)
				}
			}
		})
	}
}

// What was asked for by its number is shown from its beginning, without its label,
// and cut behind a mark.
func TestExcerptOfExact(t *testing.T) {
	t.Parallel()
	text := "第一条 甲乙丙。丁戊，己庚。"
	for _, tt := range []struct {
		name, text, quote string // quote: a part of it that was named
		room              int
		want              Excerpt
	}{
		{"all of it", text, "", -1, Excerpt{Runs: []string{"甲乙丙。丁戊，己庚。"}, Whole: true}},
		{"room to the character", text, "", 10, Excerpt{Runs: []string{"甲乙丙。丁戊，己庚。"}, Whole: true}},
		{"one character less", text, "", 9, Excerpt{Runs: []string{"甲乙丙。"}, Cut: true}},
		{"no mark within", text, "", 2, Excerpt{Runs: []string{"甲乙丙。丁戊，己庚。"}, Whole: true}},
		{"a part", text, "丁戊，己庚。", 6, Excerpt{Runs: []string{"丁戊，己庚。"}}},
		{"a part, cut", text, "丁戊，己庚。", 5, Excerpt{Runs: []string{"丁戊，"}, Cut: true}},
		{"a list", "第一条 下列：\n（一）甲；\n（二）乙。", "", -1, Excerpt{Runs: []string{"下列：\n（一）甲；\n（二）乙。"}, Whole: true}},
		{"an item with what opens its list", "第一条 下列：\n（一）甲；\n（二）乙。", "（二）乙。", -1, Excerpt{Runs: []string{"下列：", "（二）乙。"}}},
		{"a colon behind the label", "第一条：甲乙。", "", -1, Excerpt{Runs: []string{"甲乙。"}, Whole: true}},
	} {
		h := fitted(t, tt.text)
		if tt.quote != "" {
			h.Quote = tt.quote
			h.Leads = slices.Clone(tt.want.Runs[:len(tt.want.Runs)-1])
		}
		if got := h.Excerpt(tt.room); !slices.Equal(got.Runs, tt.want.Runs) || got.Cut != tt.want.Cut || got.Whole != tt.want.Whole {
			t.Errorf("%s: got %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestClip(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		runs string // parted by |
		room int
		want string
		cut  bool
	}{
		{"甲乙丙。丁戊己。庚辛", 10, "甲乙丙。丁戊己。庚辛", false},
		{"甲乙丙。丁戊己。庚辛", 9, "甲乙丙。丁戊己。", true},
		{"甲乙丙。丁戊己。庚辛", 8, "甲乙丙。丁戊己。", true},
		{"甲乙丙。丁戊己。庚辛", 7, "甲乙丙。", true},
		{"甲乙丙。丁戊己。庚辛", 4, "甲乙丙。", true},
		{"甲乙丙。丁戊己。庚辛", 3, "甲乙丙。丁戊己。庚辛", false}, // no mark within
		{"甲乙丙。丁戊己。庚辛", -5, "甲乙丙。丁戊己。庚辛", false},
		{"甲，乙；丙，丁", 6, "甲，乙；", true}, // the end of a sentence before any other mark
		{"甲，乙、丙丁", 5, "甲，乙、", true},
		{"甲乙\n丙丁。", 4, "甲乙", true},
		{"，甲乙丙", 3, "，甲乙丙", false}, // nothing stands before the mark
		{"甲乙。|丙丁，戊。", 10, "甲乙。|丙丁，戊。", false},
		{"甲乙。|丙丁，戊。", 9, "甲乙。|丙丁，", true},
		{"甲乙。|丙丁，戊。", 8, "甲乙。|丙丁，", true},
		{"甲乙。|丙丁，戊。", 7, "甲乙。", true}, // of the second run nothing fits
		{"甲乙。|丙丁，戊。", 3, "甲乙。", true},
		{"甲乙。|丙丁。|戊己。", 13, "甲乙。|丙丁。|戊己。", false},
		{"甲乙。|丙丁。|戊己。", 12, "甲乙。|丙丁。", true},
	} {
		given := Excerpt{Runs: strings.Split(tt.runs, "|"), Whole: true}
		got := given.Clip(tt.room)
		if strings.Join(got.Runs, "|") != tt.want || got.Cut != tt.cut || got.Whole == tt.cut {
			t.Errorf("%s in %d: got %+v, want %s, cut %v", tt.runs, tt.room, got, tt.want, tt.cut)
		}
		if strings.Join(given.Runs, "|") != tt.runs {
			t.Errorf("%s in %d: changed what was given: %q", tt.runs, tt.room, given.Runs)
		}
	}
}
