package index

import (
	"context"
	"math"
	"slices"
	"testing"
)

func explain(t *testing.T, x *Index, q Query) Explanation {
	t.Helper()
	e, err := x.Explain(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// term is the term of an explanation with a text.
func (e Explanation) term(text string) Term {
	i := slices.IndexFunc(e.Terms, func(t Term) bool { return t.Text == text })
	if i < 0 {
		return Term{Kind: -1}
	}
	return e.Terms[i]
}

// What is explained is what Search answers, and the parts of each score make it up.
func TestExplainIsSearch(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	for _, text := range []string{"提案什么时候截止", "开会能不能让秘书替我去", "火星上有几只猫", "提案条例第十二条", "tian jiezhi", "", "怎么办",
		"我家孩子结婚，想办几桌酒席，请问要报告吗？另外礼金能不能收？", "提岸怎么写"} {
		q := Query{Text: text, Depth: explained}
		res, err := x.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		e := explain(t, x, Query{Text: text})
		if e.Outcome != res.Outcome || !slices.Equal(keys(e.Hits), keys(res.Hits)) || e.Guess != res.Guess || len(e.Ranking) != min(explained, len(res.Ranked)) {
			t.Errorf("%s: explained %v %v, searched %v %v", text, e.Outcome, keys(e.Hits), res.Outcome, keys(res.Hits))
		}
		for i, p := range e.Ranking {
			sum := 0.0
			for _, part := range p.Parts {
				sum += part
			}
			if p.Article != res.Ranked[i] || math.Abs(sum-p.Score) > 1e-6 {
				t.Errorf("%s, place %d: %s %v, its parts %v; searched %s", text, i, p.Article.Key(), p.Score, p.Parts, res.Ranked[i].Key())
			}
		}
	}
}

// What was refused is ranked all the same; what was looked up has no terms.
func TestExplainOutcomes(t *testing.T) {
	t.Parallel()
	x := library(t, unpreparedRules)
	if e := explain(t, x, Query{Text: "车辆坏了给不给修理费呢"}); len(e.Ranking) == 0 || len(e.Terms) == 0 || e.term("修理") != (Term{Text: "修理", Share: e.term("修理").Share, Unknown: true}) {
		t.Errorf("refused: %v, %+v", e.Outcome, e.Terms)
	}
	e := explain(t, x, Query{Text: "假期管理规定第二条"})
	if e.Outcome != Answered || e.Terms != nil || len(e.Ranking) != 1 || e.Ranking[0].Article.Key() != "jia-qi#2" || e.Ranking[0].Parts != [allParts]float64{} {
		t.Errorf("looked up: %+v", e)
	}
	if e := explain(t, x, Query{Text: "😀"}); e.Outcome != None || e.Terms != nil || e.Ranking != nil {
		t.Errorf("nothing: %+v", e)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Explain(ctx, Query{Text: "车辆停在哪里"}); err == nil {
		t.Error("ended, and explained")
	}
}

// A term is found where the article has it: in its words, its heading, its lines or
// its rule's name; and said how it came into the question.
func TestExplainWhere(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{
		"hui": "会议考勤办法\n第一条 【请假审批】 不能到会的，应当事先报秘书处。\n\n> 问：来不了跟谁说\n> 问：来不了找谁点头\n\n第二条 会议开始以前签到。\n\n第三条 迟到的记录在册。\n",
		"che": "车辆规定\n第一条 车辆由办公室统一调度。\n",
	})
	e := explain(t, x, Query{Text: "来不了会议要谁审批"})
	if len(e.Ranking) == 0 || e.Ranking[0].Article.Key() != "hui#1" {
		t.Fatalf("%+v", e.Ranking)
	}
	first := e.Ranking[0]
	where := map[string]Found{}
	for _, f := range first.Found {
		where[f.Term.Text] = f
	}
	if f := where["审批"]; !f.Heading || f.Text || f.Line || f.Name || f.Kind != TermSaid {
		t.Errorf("审批: %+v", f)
	}
	if f := where["会议"]; !f.Name || f.Heading || f.Line || f.Text {
		t.Errorf("会议: %+v", f)
	}
	if f := where["来不"]; !f.Line || f.Text || f.Heading {
		t.Errorf("来不: %+v", f)
	}
	if len(first.Lines) == 0 || first.Lines[0].Text != "来不了跟谁说" && first.Lines[0].Text != "来不了找谁点头" || first.Lines[0].Like < worthLike || first.Parts[OfLines] <= 0 || first.Parts[OfHeading] <= 0 || first.Parts[OfTerms] <= 0 {
		t.Errorf("%+v", first)
	}
	for i := 1; i < len(e.Terms); i++ {
		if e.Terms[i].Share > e.Terms[i-1].Share {
			t.Errorf("terms are not in order: %+v", e.Terms)
		}
	}
}

// Synonyms, what was misheard, what was said before and what the bridge says are told.
func TestExplainHow(t *testing.T) {
	t.Parallel()
	over := explain(t, bridged(t), Query{Text: "家里老人走了给多少天"})
	if len(over.Bridge) == 0 || over.Bridge[0] != "丧假" || over.term("丧假").Kind != TermOver || over.Ranking[0].Article.Key() != "jia-qi#2" {
		t.Errorf("bridge: %v %+v", over.Bridge, over.term("丧假"))
	}
	if e := explain(t, bridged(t), Query{Text: "印章遗失怎么办"}); e.Bridge != nil || e.term("怎么").Kind != -1 && e.term("怎么").Kind != TermAsking {
		t.Errorf("without it: %v", e.Bridge)
	}
	x := openSample(t)
	if e := explain(t, x, Query{Text: "提岸什么时候截止"}); e.term("提案").Kind != TermMisheard || e.term("提案").For != "提岸" || !e.term("提岸").Unknown {
		t.Errorf("misheard: %+v", e.Terms)
	}
	before := search(t, x, "提案什么时候截止")
	e := explain(t, x, Query{Text: "有没有例外", Before: before.Said(Query{Text: "提案什么时候截止"})})
	if !e.Leaned || e.Before != "提案什么时候截止" || e.term("截止").Kind != TermBeside || e.Ranking[0].Parts[OfTalk] <= 0 {
		t.Errorf("leaned: %q %+v", e.Before, e.Terms)
	}
	for _, m := range x.synonyms.groups {
		e := explain(t, x, Query{Text: m.words[0] + "怎么办理"})
		if len(e.Synonyms) == 0 {
			t.Errorf("%s has synonyms, and none is told", m.words[0])
		} else if s := e.Synonyms[0]; slices.Contains(s.Others, s.Word) || len(s.Others) != len(x.synonyms.groups[s.Word].words)-1 {
			t.Errorf("%+v", s)
		}
		break
	}
}
