package day

import (
	"cmp"
	"hash/fnv"
	"slices"
	"time"

	"lianwen/corpus"
)

// inTurn goes round a list.
func inTurn[T any](list []T, name func(T) (id, title string)) func(time.Time) (id, title string) {
	var left []T
	turn := 0
	return func(time.Time) (string, string) {
		if len(list) == 0 {
			return "", ""
		}
		if len(left) == 0 {
			turn++
			left = shuffled(list, turn, func(item T) string {
				id, _ := name(item)
				return id
			})
		}
		id, title := name(left[0])
		left = left[1:]
		return id, title
	}
}

// near are the themes for the days before a festival.
var near = []string{"拒礼", "节俭", "家风"}

func chooseStories(c *corpus.Corpus, calendar *Calendar) func(time.Time) (string, string) {
	var left []*corpus.Story
	turn := 0
	return func(day time.Time) (string, string) {
		if len(c.Stories) == 0 {
			return "", ""
		}
		if len(left) == 0 {
			turn++
			left = shuffled(c.Stories, turn, func(s *corpus.Story) string { return s.ID })
		}
		i := 0
		if calendar.nearFestival(day, 7) {
			i = max(0, slices.IndexFunc(left, func(s *corpus.Story) bool { return slices.Contains(near, s.Theme) }))
		}
		s := left[i]
		left = slices.Delete(left, i, i+1)
		return s.ID, s.Title
	}
}

// chooseQuestions goes round the questions; the turn of a suspended one falls to
// the next.
func (p Planner) chooseQuestions() func(time.Time) (string, string) {
	var fit []*corpus.Question
	for _, q := range p.Corpus.Questions {
		if !p.Suspended[q.ID] {
			fit = append(fit, q)
		}
	}
	var left []*corpus.Question
	turn := 0
	return func(time.Time) (string, string) {
		if len(fit) == 0 {
			return "", ""
		}
		for len(left) == 0 {
			turn++
			left = slices.DeleteFunc(spread(p.Corpus.Questions, turn), func(q *corpus.Question) bool { return p.Suspended[q.ID] })
		}
		q := left[0]
		left = left[1:]
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

// chooseNotice takes the notices for a festival and an audience by turns, a
// year each.
func chooseNotice(c *corpus.Corpus, festival, audience string, year int) (id, title string) {
	var fit []*corpus.Notice
	for _, n := range c.Notices {
		if n.Festival == festival && n.Audience == audience {
			fit = append(fit, n)
		}
	}
	if len(fit) == 0 {
		return "", ""
	}
	return fit[year%len(fit)].ID, festival + "廉政提醒"
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
