package corpus

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// revision is a rule that is being revised, with what is known of each change.
type revision struct {
	*rand.Rand
	old, new *Rule
	want     []string // as outlined
}

// article writes one down under the next number.
func (r *revision) article(of *Rule, body string) string {
	n := Number{Main: len(of.Articles) + 1}
	of.Articles = append(of.Articles, &Article{Rule: of, Number: n, Label: n.Chinese(), Text: n.Chinese() + " " + body})
	return n.String()
}

// amended is an article with a word changed here and there.
func (r *revision) amended(body string) string {
	runes := []rune(body)
	at := len(runes)/4 + r.IntN(len(runes)/2)
	return string(runes[:at]) + []string{"（含本数）", "会同办公室", "九十九日"}[r.IntN(3)] + string(runes[at+r.IntN(4):])
}

// take puts an article of a sample rule into the versions in one way or another.
func (r *revision) take(body string) {
	switch r.IntN(6) {
	case 0:
		r.want = append(r.want, "+"+r.article(r.new, body))
	case 1:
		r.want = append(r.want, "-"+r.article(r.old, body))
	case 2:
		r.want = append(r.want, "~"+r.article(r.old, body)+">"+r.article(r.new, r.amended(body)))
	default:
		old, new := r.article(r.old, body), r.article(r.new, strings.ReplaceAll(body, "，", ", "))
		kind := "="
		if old != new {
			kind = "#"
		}
		r.want = append(r.want, kind+old+">"+new)
	}
}

// However a rule is revised, each change is told for what it is, and no article
// that was let alone looks changed because of its neighbours.
func TestCompareRevisions(t *testing.T) {
	rules := readSample(t).Rules
	for seed := range uint64(400) {
		r := &revision{Rand: rand.New(rand.NewPCG(seed, 7)), old: &Rule{}, new: &Rule{}}
		for _, a := range rules[r.IntN(len(rules))].Articles {
			if body := strings.TrimSpace(a.Body()); len([]rune(body)) >= 40 && a.Number.Annex == 0 {
				r.take(body)
			}
		}
		c := Compare(r.old, r.new)
		if got, want := inNewOrder(strings.Fields(outlined(c))), inNewOrder(r.want); got != want {
			t.Errorf("seed %d:\n got %s\nwant %s", seed, got, want)
		}
		for _, ch := range c.Changes {
			if ch.Kind == Changed {
				checkEdits(t, ch.Old.Body(), ch.New.Body(), ch.Words)
			}
		}
	}
}

// inNewOrder puts what is removed before what is added at the same place: which
// of them comes first is nobody's intention.
func inNewOrder(list []string) string {
	var out, added []string
	for _, s := range list {
		switch s[0] {
		case '+':
			added = append(added, s)
			continue
		case '-':
		default:
			out, added = append(out, added...), nil
		}
		out = append(out, s)
	}
	return strings.Join(append(out, added...), " ")
}

// Two articles change places and are revised at that: the rest stay as they are.
func TestCompareLongRevision(t *testing.T) {
	r := &revision{old: &Rule{}, new: &Rule{}}
	var bodies []string
	for _, rule := range readSample(t).Rules {
		for _, a := range rule.Articles {
			bodies = append(bodies, strings.TrimSpace(a.Body()))
		}
	}
	for _, body := range bodies {
		r.article(r.old, body)
	}
	const first, second = 100, 400
	bodies[first], bodies[second] = bodies[second]+"由办公室登记。", bodies[first]+"由办公室登记。"
	for range 20 { // in front
		r.article(r.new, receipt)
	}
	for _, body := range bodies {
		r.article(r.new, body)
	}
	c := Compare(r.old, r.new)
	changed, added, removed, renumbered, same := c.Counts()
	if changed != 2 || added != 20 || removed != 0 || renumbered != len(bodies)-2 || same != 0 {
		t.Error(c.Counts())
	}
	for _, ch := range c.Changes {
		if ch.Kind == Changed && ch.Old.Number.Main != first+1 && ch.Old.Number.Main != second+1 {
			t.Errorf("%s → %s", ch.Old.Label, ch.New.Label)
		}
	}
}
