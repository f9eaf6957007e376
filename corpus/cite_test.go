package corpus

import "testing"

func TestParseCite(t *testing.T) {
	for s, want := range map[string]Cite{
		"ti-an#12":                        {Rule: "ti-an", Number: Number{Main: 12}},
		"xing-fa#133-1":                   {Rule: "xing-fa", Number: Number{Main: 133, Sub: 1}},
		"huiyi-jilv#annex-2":              {Rule: "huiyi-jilv", Number: Number{Annex: 2}},
		"章程_2018#preamble":                {Rule: "章程_2018", Number: Number{Preamble: true}},
		"ti-an#3@2019-03-01":              {Rule: "ti-an", Number: Number{Main: 3}, Effective: "2019-03-01"},
		"ti-an#133-1@2019-03-01":          {Rule: "ti-an", Number: Number{Main: 133, Sub: 1}, Effective: "2019-03-01"},
		"ti-an#annex-1@2019-03-01":        {Rule: "ti-an", Number: Number{Annex: 1}, Effective: "2019-03-01"},
		"民法典#1260":                        {Rule: "民法典", Number: Number{Main: 1260}},
		"shi-bu-zhun#10":                  {Rule: "shi-bu-zhun", Number: Number{Main: 10}},
		"zhang-cheng#preamble@2018-03-15": {Rule: "zhang-cheng", Number: Number{Preamble: true}, Effective: "2018-03-15"},
	} {
		got, err := ParseCite(s)
		if err != nil || got != want {
			t.Errorf("ParseCite(%q) = %+v, %v; want %+v", s, got, err, want)
		}
		if got.String() != s { // records hold the printed form: it must be stable
			t.Errorf("ParseCite(%q).String() = %q", s, got.String())
		}
	}
	if c, err := ParseCite("  ti-an#12\n"); err != nil || c.String() != "ti-an#12" {
		t.Errorf("space around a cite should not matter: %v, %v", c, err)
	}
	for _, s := range []string{
		"", "ti-an", "ti-an#", "#12", "ti-an#十二", "ti-an#0", "ti-an#0-1", "ti-an#12-0", "ti-an#annex-0", "ti-an#annex",
		"ti-an#-1", "ti-an#12-", "ti-an#12.1", "ti-an#12345", "ti-an#12@", "ti-an#12@2019-3-1", "ti-an#12@2019-13-45", "ti-an#12@最新",
		"ti an#12", "ti-an#12#13", "ti-an@2019-03-01#12", "ti-an#Preamble", "ti-an＃12",
	} {
		if got, err := ParseCite(s); err == nil {
			t.Errorf("ParseCite(%q) = %+v, want an error", s, got)
		}
	}
}

func TestNumberPrinted(t *testing.T) {
	for want, n := range map[string]Number{
		"第十二条": {Main: 12}, "第一百三十三条之一": {Main: 133, Sub: 1}, "附件2": {Annex: 2}, "序言": {Preamble: true},
	} {
		if got := n.Chinese(); got != want {
			t.Errorf("%+v prints %s, want %s", n, got, want)
		}
		if n.IsArticle() != (n.Main > 0) {
			t.Errorf("IsArticle(%s) = %v", want, n.IsArticle())
		}
	}
}

func TestDateChinese(t *testing.T) {
	for d, want := range map[Date]string{"2026-02-01": "2026年2月1日", "2019-12-31": "2019年12月31日", "": "", "不详": "不详"} {
		if got := d.Chinese(); got != want {
			t.Errorf("Date(%q).Chinese() = %q, want %q", d, got, want)
		}
	}
}

// follows is what numbering is checked with: an inserted article stands behind
// its main one, and the next main number stands behind either.
func TestNumberFollows(t *testing.T) {
	n := func(main, sub int) Number { return Number{Main: main, Sub: sub} }
	for _, c := range []struct {
		prev, next Number
		want       bool
	}{
		{n(0, 0), n(1, 0), true}, {n(1, 0), n(2, 0), true}, {n(1, 0), n(1, 1), true}, {n(1, 1), n(1, 2), true}, {n(1, 2), n(2, 0), true},
		{n(0, 0), n(2, 0), false}, {n(1, 0), n(1, 0), false}, {n(1, 0), n(3, 0), false}, {n(1, 0), n(1, 2), false},
		{n(1, 0), n(2, 1), false}, {n(2, 0), n(1, 0), false}, {n(1, 2), n(1, 1), false},
	} {
		if got := c.next.follows(c.prev); got != c.want {
			t.Errorf("%s after %s: %v, want %v", c.next, c.prev, got, c.want)
		}
	}
}
