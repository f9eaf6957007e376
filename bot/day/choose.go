package day

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"lianwen/corpus"
)

// rounds goes round a list: none comes again before all have come, and none
// comes again at the end of one turn and the beginning of the next: at least half
// a round lies between.
type rounds[T any] struct {
	size  int
	id    func(T) string
	order func(turn int) []T // the items, in the order of a turn

	left    []T
	turn, n int
	came    map[string]int // when each came last
}

func newRounds[T any](size int, id func(T) string, order func(turn int) []T) *rounds[T] {
	return &rounds[T]{size: size, id: id, order: order, came: map[string]int{}}
}

// next is whose turn it is; if there is one that is preferred and may come again,
// that one. There is always one: of those that came within half a round some are
// in the present turn already, and the others are fewer than what is left of it.
func (r *rounds[T]) next(preferred func(T) bool) (item T, ok bool) {
	if r.size == 0 {
		return item, false
	}
	if len(r.left) == 0 {
		r.turn++
		r.left = r.order(r.turn)
	}
	r.n++
	chosen := -1
	for i, item := range r.left {
		if at, again := r.came[r.id(item)]; again && 2*(r.n-at) < r.size {
			continue
		}
		if chosen < 0 {
			chosen = i
		}
		if preferred(item) {
			chosen = i
			break
		}
	}
	item = r.left[chosen]
	r.left = slices.Delete(r.left, chosen, chosen+1)
	r.came[r.id(item)] = r.n
	return item, true
}

// inTurn goes round a list.
func inTurn[T any](list []T, name func(T) (id, title string)) func(time.Time) (id, title string) {
	id := func(item T) string {
		id, _ := name(item)
		return id
	}
	r := newRounds(len(list), id, func(turn int) []T { return shuffled(list, turn, id) })
	return func(time.Time) (string, string) {
		if item, ok := r.next(func(T) bool { return true }); ok {
			return name(item)
		}
		return "", ""
	}
}

// near are the themes for the days before a festival.
var near = []string{"拒礼", "节俭", "家风"}

func chooseStories(c *corpus.Corpus, calendar *Calendar) func(time.Time) (string, string) {
	id := func(s *corpus.Story) string { return s.ID }
	r := newRounds(len(c.Stories), id, func(turn int) []*corpus.Story { return shuffled(c.Stories, turn, id) })
	return func(day time.Time) (string, string) {
		festive := calendar.nearFestival(day, 7)
		s, ok := r.next(func(s *corpus.Story) bool { return !festive || slices.Contains(near, s.Theme) })
		if !ok {
			return "", ""
		}
		return s.ID, s.Title
	}
}

// chooseQuestions goes round the questions; the turn of a suspended one falls to
// the next.
func (p Planner) chooseQuestions() func(time.Time) (string, string) {
	suspended := func(q *corpus.Question) bool { return p.Suspended[q.ID] }
	fit := len(slices.DeleteFunc(slices.Clone(p.Corpus.Questions), suspended))
	r := newRounds(fit, func(q *corpus.Question) string { return q.ID }, func(turn int) []*corpus.Question {
		return slices.DeleteFunc(spread(p.Corpus.Questions, turn), suspended)
	})
	return func(time.Time) (string, string) {
		q, ok := r.next(func(*corpus.Question) bool { return true })
		if !ok {
			return "", ""
		}
		return q.ID, q.Text
	}
}

// spread puts questions in an order in which those of each rule are as far
// apart as their number allows.
func spread(questions []*corpus.Question, turn int) []*corpus.Question {
	byRule := map[string][]*corpus.Question{}
	for _, q := range questions {
		byRule[q.Cites[0].Rule] = append(byRule[q.Cites[0].Rule], q)
	}
	place := map[*corpus.Question]float64{}
	for rule, list := range byRule {
		shift := float64(scatter(rule, turn)>>11) / (1 << 53) // rules do not all begin at once
		for i, q := range shuffled(list, turn, func(q *corpus.Question) string { return q.ID }) {
			place[q] = (float64(i) + shift) / float64(len(list))
		}
	}
	questions = slices.Clone(questions)
	slices.SortFunc(questions, func(a, b *corpus.Question) int {
		return cmp.Or(cmp.Compare(place[a], place[b]), cmp.Compare(a.ID, b.ID))
	})
	return questions
}

// chooseNotice takes the notices for festivals and an audience by turns, a year
// each. Festivals that fall on one day are one push with a notice for each.
func chooseNotice(c *corpus.Corpus, festivals []string, audience string, year int) (id, title string) {
	var ids, names []string
	for _, festival := range festivals {
		var fit []*corpus.Notice
		for _, n := range c.Notices {
			if n.Festival == festival && n.Audience == audience {
				fit = append(fit, n)
			}
		}
		if len(fit) > 0 {
			ids, names = append(ids, fit[year%len(fit)].ID), append(names, festival)
		}
	}
	if len(ids) == 0 {
		return "", ""
	}
	return strings.Join(ids, " "), strings.Join(names, "、") + "廉政提醒"
}

// shuffled puts a list in an order that is another each turn. One item more or
// less leaves the order of the others as it is.
func shuffled[T any](list []T, turn int, id func(T) string) []T {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b T) int {
		return cmp.Or(cmp.Compare(scatter(id(a), turn), scatter(id(b), turn)), cmp.Compare(id(a), id(b)))
	})
	return list
}

// scatter is a number that looks random and is always the same.
func scatter(id string, turn int) uint64 {
	h := fnv.New64a()
	h.Write([]byte{byte(turn), byte(turn >> 8)})
	h.Write([]byte(id))
	sum := h.Sum64() // FNV alone leaves ids that begin alike together
	sum ^= sum >> 32
	sum *= 0x9e3779b97f4a7c15
	return sum ^ sum>>29
}
