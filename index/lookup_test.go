package index

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

func TestLookup(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	tests := []struct {
		question string
		want     []string // the hits, all of them; nil: nothing found
	}{
		{"提案条例第十二条", []string{"ti-an#12"}},
		{"《提案工作条例》第12条", []string{"ti-an#12"}},
		{"《提案工作條例》第１２條", []string{"ti-an#12"}},
		{"考勤办法第7条", []string{"kaoqin#7"}},
		{"考勤办法第七条是怎么规定的？", []string{"kaoqin#7"}},
		{"请问考勤办法第十七条的内容", []string{"kaoqin#17"}},
		{"考勤办法 7", []string{"kaoqin#7"}},
		{"十不准第三条", []string{"shi-bu-zhun#3"}},
		{"十不准第三", []string{"shi-bu-zhun#3"}},
		{"十不准的第3个", []string{"shi-bu-zhun#3"}},
		{"第三个不准", []string{"shi-bu-zhun#3"}},
		{"第三个不准是什么", []string{"shi-bu-zhun#3"}},
		{"不准第十条", []string{"shi-bu-zhun#10"}},
		{"会议纪律\"十不准\"第一条", []string{"shi-bu-zhun#1"}},
		{"会议纪律与请假考勤办法附件1", []string{"huiyi-jilv#annex-1"}},
		{"提案条例第五条和第六条", []string{"ti-an#5", "ti-an#6"}},
		{"提案工作条例第五至第七条", []string{"ti-an#5", "ti-an#6", "ti-an#7"}},
		{"会议纪律和请假考勤办法第二十条", []string{"huiyi-jilv#20"}}, // 和 for 与; 考勤办法 is another rule
		{"之前说的提案条例第十二条", []string{"ti-an#12"}},
		{"提案条例第一百条", nil},
		{"提案条例第零条", nil},
		{"第十二条", nil}, // of which rule?
		{"12条", nil},
		{"第十一个不准", nil},
		{"提案条例第一至第十条", []string{"ti-an#1", "ti-an#2", "ti-an#3", "ti-an#4", "ti-an#5"}}, // no more than hits
		{"提案条例第七至第五条", []string{"ti-an#7", "ti-an#5"}},                                  // no range, but two numbers
		{"提案条例第五至第五条", []string{"ti-an#5"}},
		{"提案工作条例第12-14条", []string{"ti-an#12", "ti-an#13", "ti-an#14"}},
		{"提案工作条例第１２～１３条", []string{"ti-an#12", "ti-an#13"}},
		{"提案工作条例第五—七条", []string{"ti-an#5", "ti-an#6", "ti-an#7"}},
		{"提案工作条例第三、八条", []string{"ti-an#3", "ti-an#8"}},
		{"提案工作条例第三条和第八条分别是什么", []string{"ti-an#3", "ti-an#8"}},
		{"提案条例第3,5条以及第七条", []string{"ti-an#3", "ti-an#5", "ti-an#7"}},
		{"提案条例第三条和考勤办法第七条", []string{"ti-an#3", "kaoqin#7"}},
		{"提案工作条例最后一条", []string{"ti-an#28"}},
		{"提案工作条例的倒数第二条是什么", []string{"ti-an#27"}},
		{"提案工作条例末条", []string{"ti-an#28"}},
		{"十不准最后一条", []string{"shi-bu-zhun#10"}},
		{"提案条例倒数第九十条", nil},
		{"提案条例第廿一条", []string{"ti-an#21"}},
		{"提案条例最后两条", []string{"ti-an#27", "ti-an#28"}},
		{"十不准前三条", []string{"shi-bu-zhun#1", "shi-bu-zhun#2", "shi-bu-zhun#3"}},
		{"第12条提案条例", []string{"ti-an#12"}},
		{"提案条例3和8", []string{"ti-an#3", "ti-an#8"}},
		{"提案条例第三条、财务办法第八条", []string{"ti-an#3", "caiwu#8"}},
		{"《提案工作条例》第三条和《财务管理办法》第八条", []string{"ti-an#3", "caiwu#8"}},
		{"《劳动法》第二十一条", nil}, // not in the library
		{"劳动法第二十一条", nil},
		{"劳动法第二十一条对加班怎么规定", nil},
		{"《提案工作条例实施细则》第三条", nil}, // more than the rule's name
		{"提案工作条例实施细则第三条", nil},
	}
	for _, tt := range tests {
		t.Run(tt.question, func(t *testing.T) {
			res := search(t, x, tt.question)
			if got := keys(res.Hits); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if want := map[bool]Outcome{true: Answered, false: None}[tt.want != nil]; res.Outcome != want {
				t.Errorf("outcome %v, want %v", res.Outcome, want)
			}
		})
	}
}

// The end of a long title stands for it when only one ends so, and what is like
// it in part only does not.
func TestLookupShortTitles(t *testing.T) {
	t.Parallel()
	law := func(title string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(title + "\n第一条 甲乙。\n第二条 丙丁。\n第三条 戊己。\n")}
	}
	c, err := corpus.Read(fstest.MapFS{
		"a.txt": law("中华人民共和国公务员法"), "b.txt": law("中华人民共和国公职人员政务处分法"),
		"c.txt": law("政协某市委员会提案工作条例"), "d.txt": law("某市会议管理办法"), "e.txt": law("某县会议管理办法"), "f.txt": law("劳动合同法"),
		"g.txt": law("国家机关、事业单位贯彻《国务院关于职工工作时间的规定》的实施办法"),
	})
	if err != nil {
		t.Fatal(err)
	}
	x := openIndex(t, c)
	for question, want := range map[string][]string{
		"公务员法第二条": {"a#2"}, "《公务员法》第二条": {"a#2"}, "政务处分法第三条": {"b#3"}, "提案工作条例第1、3条": {"c#1", "c#3"},
		"公务员法第一条和政务处分法第二条": {"a#1", "b#2"}, "公务员法第一条和劳动法第二条": {"a#1"}, "劳动合同法第三条": {"f#3"}, "劳动合同法实施条例第三条": nil, "《劳动法》第二条": nil, "劳动法第二条": nil,
		"国家机关、事业单位贯彻《国务院关于职工工作时间的规定》的实施办法第二条": {"g#2"},
		"公务员法第九条": nil, "公务员法第十二十条": nil, "公务员法最后一条": {"a#3"},
	} {
		res := search(t, x, question)
		if got := keys(res.Hits); !slices.Equal(got, want) || want == nil && res.Outcome != None {
			t.Errorf("%s: %v %v, want %v", question, res.Outcome, got, want)
		}
	}
	if res := search(t, x, "会议管理办法第二条"); res.Outcome != Choices || len(res.Hits) != 2 {
		t.Errorf("the end of two titles: %v %v", res.Outcome, keys(res.Hits))
	}
	if res := search(t, x, "公务员法"); res.Named == nil || res.Named.ID != "a" {
		t.Errorf("a short title alone: %+v", res)
	}
}

// Every article of the library is found by its citation, and nothing else is.
func TestLookupEveryArticle(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	for _, a := range x.units {
		spellings := []string{a.Citation(), a.Rule.Title + a.Label}
		for _, alias := range a.Rule.Aliases {
			spellings = append(spellings, alias+a.Label)
		}
		for _, q := range spellings {
			if got := keys(search(t, x, q).Hits); len(got) != 1 || got[0] != a.Key() {
				t.Errorf("%s: got %v, want %s", q, got, a.Key())
			}
		}
	}
}

func TestLookupAfterARule(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	rule := x.Corpus().RuleByName("提案条例")
	for _, q := range []string{"12条", "第十二条", "第12条呢", "那第十二条怎么说的", "１２條"} {
		res, err := x.Search(context.Background(), Query{Text: q, Rule: rule})
		if err != nil {
			t.Fatal(err)
		}
		if got := keys(res.Hits); !slices.Equal(got, []string{"ti-an#12"}) {
			t.Errorf("%s: got %v", q, got)
		}
	}
	// A rule that is named wins over the one talked about.
	res, err := x.Search(context.Background(), Query{Text: "考勤办法第七条", Rule: rule})
	if err != nil {
		t.Fatal(err)
	}
	if got := keys(res.Hits); !slices.Equal(got, []string{"kaoqin#7"}) {
		t.Errorf("got %v", got)
	}
}

func TestLookupParagraph(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	a := x.Corpus().Article("ti-an#5")
	res := search(t, x, "提案条例第五条第二款")
	if len(res.Hits) != 1 || res.Hits[0].Quote != a.Paragraphs[1].Text || res.Hits[0].Article != a {
		t.Errorf("got %+v", res.Hits)
	}
	if res := search(t, x, "提案条例第五条第九款"); len(res.Hits) != 1 || res.Hits[0].Quote != a.Text || res.Missing != "第九款" {
		t.Errorf("a paragraph that does not exist: got %+v, missing %q, want the article", res.Hits, res.Missing)
	}
	list := x.Corpus().Article("ti-an#12").Paragraphs[0].Items
	for _, q := range []string{"提案条例第十二条第二项", "提案条例第十二条第一款第（二）项"} {
		if res := search(t, x, q); len(res.Hits) != 1 || res.Hits[0].Quote != list[1].Text {
			t.Errorf("%s: got %+v", q, res.Hits)
		}
	}
}

// Paragraphs and items are counted from the first to the last; what is beyond
// is said to be missing, and the whole that it was looked for in is quoted.
func TestLookupCounts(t *testing.T) {
	t.Parallel()
	first, list := "第一条 甲子。", "有下列情形的：\n（一）乙丑；\n（二）丙寅；\n（三）丁卯。"
	whole := first + "\n" + list
	c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte("试验章程\n" + whole + "\n第二条 无项。\n")}})
	if err != nil {
		t.Fatal(err)
	}
	x := openIndex(t, c)
	for _, tt := range []struct{ question, quote, missing string }{
		{"第一条第零款", whole, "第零款"},
		{"第一条第一款", first, ""},
		{"第一条第二款", list, ""},
		{"第一条第三款", whole, "第三款"},
		{"第一条第零项", list, "第零项"},
		{"第一条第一项", "有下列情形的：\n（一）乙丑；", ""}, // with what opens the list
		{"第一条第三项", "（三）丁卯。", ""},
		{"第一条第四项", list, "第四项"},
		{"第一条第二款第三项", "（三）丁卯。", ""},
		{"第一条第一款第一项", first, "第一项"},
		{"第二条第一项", "第二条 无项。", "第一项"},
	} {
		res := search(t, x, "试验章程"+tt.question)
		if len(res.Hits) != 1 || res.Hits[0].Quote != tt.quote || res.Missing != tt.missing || res.Outcome != Answered {
			t.Errorf("%s: %v %+v, missing %q; want %q, missing %q", tt.question, res.Outcome, res.Hits, res.Missing, tt.quote, tt.missing)
		}
	}
}

// Several paragraphs or items are of the article before them, an item comes with
// the words it depends on, and a chapter is no article.
func TestLookupSeveralParts(t *testing.T) {
	t.Parallel()
	c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte("试验章程\n第一章 总则\n第一条 甲子。\n不得有下列行为：\n（一）乙丑；\n（二）丙寅。\n第二条 丁卯。\n")}})
	if err != nil {
		t.Fatal(err)
	}
	x := openIndex(t, c)
	for question, want := range map[string][]string{
		"试验章程第一条第一款和第二款":    {"甲子。", "不得有下列行为：\n（一）乙丑；\n（二）丙寅。"},
		"试验章程第一条第一项、第二项":    {"不得有下列行为：\n（一）乙丑；", "不得有下列行为：|（二）丙寅。"},
		"试验章程第一条第二款第二项":     {"不得有下列行为：|（二）丙寅。"},
		"试验章程第一条第一款和第二条":    {"甲子。", "丁卯。"},
		"试验章程第二条第一款、第一条第二项": {"丁卯。", "不得有下列行为：|（二）丙寅。"},
	} {
		var got []string
		for _, h := range search(t, x, question).Hits {
			got = append(got, strings.Join(h.Excerpt(-1).Runs, "|"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
	}
	for _, question := range []string{"试验章程第一章", "试验章程第一款"} {
		if res := search(t, x, question); res.Exact() || res.Named == nil {
			t.Errorf("%s: %+v", question, res)
		}
	}
}

// Of a range that ends beyond the last article the first that is missing is named;
// that there are more than are shown is said.
func TestLookupRanges(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	res := search(t, x, "提案条例第27-40条")
	if res.Outcome != None || res.Number != (corpus.Number{Main: 29}) || !slices.Equal(keys(res.Hits), []string{"ti-an#27", "ti-an#28"}) {
		t.Errorf("%v, number %v, %v", res.Outcome, res.Number, keys(res.Hits))
	}
	for question, more := range map[string]bool{"提案条例第1-28条": true, "提案条例第1-6条": true, "提案条例第1-5条": false} {
		if res := search(t, x, question); res.More != more || len(res.Hits) != MaxHits || res.Outcome != Answered {
			t.Errorf("%s: more %v, %d hits", question, res.More, len(res.Hits))
		}
	}
	res = search(t, x, "《劳动法》第二十一条和提案条例第五条")
	if res.Unknown != "劳动法" || !slices.Equal(keys(res.Hits), []string{"ti-an#5"}) {
		t.Errorf("%q %v", res.Unknown, keys(res.Hits))
	}
}

// What was asked for by number is told, also when it is not there.
func TestLookupSaysWhatWasNamed(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	for question, want := range map[string]struct {
		outcome Outcome
		main    int
		hits    []string
	}{
		"提案条例第十二条":     {Answered, 12, []string{"ti-an#12"}},
		"提案条例第一百条":     {None, 100, nil},
		"提案条例第五条和第六条":  {Answered, 5, []string{"ti-an#5", "ti-an#6"}},
		"提案条例第五条和第一百条": {None, 100, []string{"ti-an#5"}},
		"提案条例第一百条和第五条": {None, 100, []string{"ti-an#5"}},
		"提案条例第五条第九款":   {Answered, 5, []string{"ti-an#5"}},
		"提案条例12":       {Answered, 12, []string{"ti-an#12"}},
	} {
		res := search(t, x, question)
		if res.Outcome != want.outcome || res.Named == nil || res.Named.ID != "ti-an" || res.Number != (corpus.Number{Main: want.main}) || !slices.Equal(keys(res.Hits), want.hits) {
			t.Errorf("%s: %v of %+v, number %v, %v", question, res.Outcome, res.Named, res.Number, keys(res.Hits))
		}
	}
}

// 第三个不准 is clear where there is one list of prohibitions, and not where
// there are two.
func TestLookupWithTwoLists(t *testing.T) {
	t.Parallel()
	list := func(id, title string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("+++\nid=\"" + id + "\"\ntitle=\"" + title + "\"\nkind=\"prohibitions\"\neffective=2026-02-01\nstatus=\"in-force\"\n+++\n一、不准迟到。\n二、不准代会。\n")}
	}
	for _, files := range []fstest.MapFS{
		{"a.md": list("a", "会议两不准")},
		{"a.md": list("a", "会议两不准"), "b.md": list("b", "值班两不准")},
	} {
		c, err := corpus.Read(files)
		if err != nil {
			t.Fatal(err)
		}
		if res, ok := openIndex(t, c).lookup(fold("第二个不准"), nil); ok != (len(files) == 1) {
			t.Errorf("%d lists: %v", len(files), keys(res.Hits))
		}
	}
}

func TestLookupTitle(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	for _, q := range []string{"提案条例", "《提案工作条例》", "提案工作條例", "看一下提案工作条例"} {
		res := search(t, x, q)
		if got := keys(res.Hits); res.Outcome != Answered || res.Named == nil || res.Named.ID != "ti-an" || !slices.Equal(got, []string{"ti-an#1", "ti-an#2", "ti-an#3", "ti-an#4", "ti-an#5"}) {
			t.Errorf("%s: got %v %v", q, res.Outcome, got)
		}
	}
}

// A title that is remembered by halves finds the one rule it is like, and asks
// when it is like two.
func TestLookupHalfRememberedTitle(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	if got := keys(search(t, x, "公车管理办法第三条").Hits); !slices.Equal(got, []string{"gongche#3"}) {
		t.Errorf("got %v", got)
	}
	if res := search(t, x, "委员履职办法第三条"); res.Outcome != Choices || len(res.Hits) < 2 {
		t.Errorf("a title like several: %v %v", res.Outcome, keys(res.Hits))
	}
	res := search(t, x, "请假办法第五条")
	if got := keys(res.Hits); res.Outcome != Choices || !slices.Contains(got, "huiyi-jilv#5") || !slices.Contains(got, "kaoqin#5") {
		t.Errorf("got %v %v", res.Outcome, got)
	}
}

func TestInsertedAndDeletedArticles(t *testing.T) {
	t.Parallel()
	c, err := corpus.Read(fstest.MapFS{"法.txt": {Data: []byte(
		"试验法\n第一条 甲乙丙丁。\n第二条 （删去）\n第三条 戊己。\n第三条之一 庚辛壬癸。\n第四条 子丑寅卯。\n")}})
	if err != nil {
		t.Fatal(err)
	}
	x := openIndex(t, c)
	for q, want := range map[string]string{"试验法第三条之一": "法#3-1", "试验法第三条": "法#3", "试验法第二条": "法#2", "庚辛": "法#3-1"} {
		if got := keys(search(t, x, q).Hits); len(got) == 0 || got[0] != want {
			t.Errorf("%s: got %v, want %s", q, got, want)
		}
	}
	for _, a := range x.units {
		if a.Deleted {
			t.Errorf("%s is deleted and can be found", a.Key())
		}
	}
}

// A rule's preamble and annexes are asked for by name; with a single rule, or
// after one, the name is enough.
func TestLookupParts(t *testing.T) {
	t.Parallel()
	c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte(
		"试验章程\n总纲\n本会是民间组织。\n第一条 甲乙丙丁。\n附件1\n登记表\n附件2\n名单\n")}})
	if err != nil {
		t.Fatal(err)
	}
	x := openIndex(t, c)
	for q, want := range map[string]string{
		"总纲": "章程#preamble", "试验章程总纲": "章程#preamble", "附件二": "章程#annex-2", "附件": "章程#annex-1", "第一条": "章程#1",
	} {
		if got := keys(search(t, x, q).Hits); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: got %v, want %s", q, got, want)
		}
	}
	sample := openSample(t)
	res, err := sample.Search(context.Background(), Query{Text: "附件1", Rule: sample.Corpus().RuleByName("公务接待管理办法")})
	if err != nil || !slices.Equal(keys(res.Hits), []string{"jiedai#annex-1"}) {
		t.Errorf("after a rule: %v %v", keys(res.Hits), err)
	}
}
