package lines

import (
	"slices"
	"strings"
	"testing"

	"lianwen/corpus"
)

// numbers are the numbers of the articles that are asked for.
func numbers(requests []Request) (list []string) {
	for _, r := range requests {
		list = append(list, r.Article.Number.String())
	}
	return list
}

// Only what has too few lines is asked for, counted with what waits for a person; what
// was drafted or failed for these words is left alone.
func TestRequests(t *testing.T) {
	c := readHolidays(t)
	s := &Store{Dir: t.TempDir()}
	ask := func(want Want) Wanting {
		t.Helper()
		var all []*corpus.Article
		for _, r := range c.Rules {
			if !r.Repealed {
				all = append(all, r.Articles...)
			}
		}
		w, err := s.Requests(all, want)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	propose := func(number string, lines ...Line) {
		t.Helper()
		if err := s.append("nian-jia", draftsOf(c.Article("nian-jia#"+number), Proposed, lines...)); err != nil {
			t.Fatal(err)
		}
	}
	w := ask(Want{Lines: 7})
	if !slices.Equal(numbers(w.Requests), []string{"1", "2", "3", "4", "6"}) || w.Enough+w.Drafted+w.Failed+w.Beyond != 0 || len(w.Internal) != 1 || w.Internal[0].ID != "jiyao" {
		t.Errorf("at first: %v %+v", numbers(w.Requests), w)
	}
	if r := w.Requests[0]; r.Want != 6 || !slices.Equal(r.Have, []string{"为什么要有这个办法"}) {
		t.Errorf("of the first: %+v", r)
	}
	if w := ask(Want{Lines: 1}); w.Enough != 1 || !slices.Equal(numbers(w.Requests), []string{"2", "3", "4", "6"}) {
		t.Errorf("one line each: %v %+v", numbers(w.Requests), w)
	}
	if w := ask(Want{Lines: 7, Limit: 2}); !slices.Equal(numbers(w.Requests), []string{"1", "2"}) || w.Beyond != 3 {
		t.Errorf("two of them: %v %+v", numbers(w.Requests), w)
	}
	propose("3", Line{Text: "甲"}, Line{Text: "乙"})
	if err := s.Fail(t.Context(), c.Article("nian-jia#4"), "模型 m", "没有回答"); err != nil {
		t.Fatal(err)
	}
	if w := ask(Want{Lines: 7}); !slices.Equal(numbers(w.Requests), []string{"1", "2", "6"}) || w.Drafted != 1 || w.Failed != 1 || w.Enough != 0 {
		t.Errorf("drafted and failed: %v %+v", numbers(w.Requests), w)
	}
	if w := ask(Want{Lines: 7, Retry: true}); !slices.Equal(numbers(w.Requests), []string{"1", "2", "4", "6"}) || w.Failed != 0 {
		t.Errorf("again: %v %+v", numbers(w.Requests), w)
	}
	if w := ask(Want{Lines: 2}); w.Enough != 1 || w.Drafted != 0 {
		t.Errorf("enough drafts: %+v", w)
	}
	// what a person has decided on is not drafted again, unless that is wanted
	if err := s.Settle(t.Context(), "nian-jia", draftsOf(c.Article("nian-jia#3"), Proposed, Line{Text: "甲"}, Line{Text: "乙"}), Declined); err != nil {
		t.Fatal(err)
	}
	if w := ask(Want{Lines: 7}); w.Drafted != 0 || w.Decided != 1 || !slices.Equal(numbers(w.Requests), []string{"1", "2", "6"}) {
		t.Errorf("decided on: %v %+v", numbers(w.Requests), w)
	}
	if w := ask(Want{Lines: 7, Retry: true}); w.Decided != 0 || !slices.Equal(numbers(w.Requests), []string{"1", "2", "3", "4", "6"}) {
		t.Errorf("decided on, again: %v %+v", numbers(w.Requests), w)
	}
	if err := s.append("nian-jia", draftsOf(c.Article("nian-jia#3"), Apart, Line{Text: "丙"})); err != nil {
		t.Fatal(err)
	}
	if w := ask(Want{Lines: 7, Retry: true}); w.Drafted != 1 || w.Decided != 0 {
		t.Errorf("set apart: %+v", w)
	}
	// in other words it is another article
	c = mustRead(t, strings.Replace(holidays, "年休假五天", "年休假六天", 1), secret)
	if w := ask(Want{Lines: 7}); !slices.Equal(numbers(w.Requests), []string{"1", "2", "3", "6"}) || w.Requests[2].Want != 7 {
		t.Errorf("new words: %v %+v", numbers(w.Requests), w)
	}
}

// draftsOf are drafts for an article as it is.
func draftsOf(a *corpus.Article, state State, lines ...Line) (list []Draft) {
	for _, l := range lines {
		list = append(list, Draft{Article: a.Key(), Digest: a.WordsDigest(), Part: l.Part, Text: l.Text, State: state})
	}
	return list
}
