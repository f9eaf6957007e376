package index

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
)

// parts are what ranking is made of, each with how to do without it.
var parts = []struct {
	name    string
	without func(p *params)
}{
	{"(all parts)", func(*params) {}},
	{"asked-as lines", func(p *params) { drop(p, fieldAsked); p.lines = 0 }},
	{"article text", func(p *params) { drop(p, fieldBody) }},
	{"single characters", func(p *params) { p.single = 0 }},
	{"rarity of singles", func(p *params) { p.singlePower = 1 }},
	{"synonyms", func(p *params) { p.synonym = 0 }},
	{"rule's best articles", func(p *params) { p.rule = 0 }},
	{"neighbours", func(p *params) { p.neighbour = 0 }},
	{"how it is asked", func(p *params) { p.scaffold = 0 }},
	{"length norm", func(p *params) { eachField(p, func(f *field) { f.b, f.singleB = 0, 0 }) }},
	{"rarity of pairs", func(p *params) { p.pairPower = 1 }},
	{"spread over rules", func(p *params) { p.spread = 0 }},
	{"rules citing the rule", func(p *params) { p.cited = 0 }},
	{"misheard pairs", func(p *params) { p.misheard = 0 }},
	{"single lines", func(p *params) { p.lines = 0 }},
	{"repeats dampened", func(p *params) { p.repeat = 1 }},
}

func eachField(p *params, change func(f *field)) {
	for name, f := range p.fields {
		change(&f)
		p.fields[name] = f
	}
}

func drop(p *params, name string) {
	f := p.fields[name]
	f.weight = 0
	p.fields[name] = f
}

// TestAblation takes the parts of ranking away one at a time and keeps what
// that does to the judged questions. A part whose absence does no harm has no
// business here.
func TestAblation(t *testing.T) {
	t.Parallel()
	questions := readJudged(t, openSample(t).Corpus())
	rows := make([]string, len(parts))
	t.Run("without", func(t *testing.T) {
		for i, part := range parts {
			t.Run(part.name, func(t *testing.T) {
				t.Parallel()
				p := defaults
				p.fields = maps.Clone(defaults.fields)
				part.without(&p)
				x := ownSample(t)
				x.use(p)
				r, err := x.Evaluate(context.Background(), questions, nil, nil)
				if err != nil {
					t.Fatal(err)
				}
				rows[i] = fmt.Sprintf("%-22s %6.3f %6.3f %6.3f  %6.3f %6.3f %6.3f %6.3f\n", part.name, r.Hit1, r.Hit3, r.MRR10,
					r.Classes["colloquial"].Hit1, r.Classes["typo"].Hit1, r.Classes["traditional"].Hit1, r.Classes["keyword"].Hit1)
			})
		}
	})
	head := fmt.Sprintf("%-22s %6s %6s %6s  %6s %6s %6s %6s\n", "without", "hit@1", "hit@3", "mrr10", "colloq", "typo", "trad", "keywd")
	checkGolden(t, "testdata/ablation.golden", head+strings.Join(rows, ""))
}
