package office

import (
	"fmt"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// people finds the members that a cell names.
type people struct {
	roster  []ledger.Member
	tenures ledger.Tenures
	numbers map[string][]ledger.Member // by key
	names   map[string][]ledger.Member // by key

	byName []string // who was found by name, for the notes
	noted  map[string]bool
}

func newPeople(roster []ledger.Member, tenures ledger.Tenures) *people {
	p := &people{roster: roster, tenures: tenures, numbers: map[string][]ledger.Member{}, names: map[string][]ledger.Member{}, noted: map[string]bool{}}
	for _, m := range roster {
		p.numbers[bot.Key(m.Number)] = append(p.numbers[bot.Key(m.Number)], m)
		p.names[bot.Key(m.Name)] = append(p.names[bot.Key(m.Name)], m)
	}
	return p
}

// Between two people there is a mark, or a space: a name may have spaces in it.
func isMark(r rune) bool  { return strings.ContainsRune("、，,；;/\n\t", r) }
func isSpace(r rune) bool { return strings.ContainsRune(" 　()（）", r) }

// read is whom a cell names on a day, by number or by name.
func (p *people) read(text string, day corpus.Date) (members, problems []string) {
	if text == everybody {
		for _, m := range p.roster {
			if !m.Staff && p.tenures.On(m.Number, day) {
				members = append(members, m.Number)
			}
		}
		if len(members) == 0 {
			problems = append(problems, "“全体”没有人：这一天还没有花名册，请写编号")
		}
		return members, problems
	}
	take := func(text string) (ok bool) {
		m, problem, ok := p.find(text, day)
		if problem != "" {
			problems = append(problems, problem)
		} else if ok {
			members = append(members, m.Number)
		}
		return ok
	}
	for _, piece := range strings.FieldsFunc(text, isMark) {
		if strings.TrimSpace(piece) == "" || take(piece) {
			continue
		}
		for _, word := range strings.FieldsFunc(piece, isSpace) {
			if !take(word) {
				problems = append(problems, fmt.Sprintf("参加人 %s 不在花名册里（请写编号或姓名）", word))
			}
		}
	}
	if len(members)+len(problems) == 0 {
		problems = append(problems, "没有参加人：请写编号，用顿号隔开，或者写“全体”；不办了写“取消”")
	}
	return members, problems
}

// find is whom a number or a name stands for. A name that several have stands
// for the one of them who was on the roster that day, if it is one.
func (p *people) find(text string, day corpus.Date) (m ledger.Member, problem string, ok bool) {
	same := p.numbers[bot.Key(text)]
	if i := slices.IndexFunc(same, func(m ledger.Member) bool { return m.Number == text }); i >= 0 {
		return same[i], "", true
	}
	if len(same) == 1 {
		return same[0], "", true
	}
	all := p.names[bot.Key(text)]
	var there []ledger.Member
	for _, m := range all {
		if p.tenures.On(m.Number, day) {
			there = append(there, m)
		}
	}
	if len(there) > 0 {
		all = there
	}
	switch len(all) {
	case 0:
		return m, "", false
	case 1:
		p.note(all[0])
		return all[0], "", true
	}
	var numbers []string
	for _, m := range all {
		numbers = append(numbers, m.Number)
	}
	return m, fmt.Sprintf("参加人 %s 有 %d 个（%s），请写编号", visible(text), len(all), strings.Join(numbers, "、")), true
}

func (p *people) note(m ledger.Member) {
	if !p.noted[m.Number] {
		p.noted[m.Number] = true
		p.byName = append(p.byName, fmt.Sprintf("%s（%s）", m.Name, m.Number))
	}
}

// notes say who was found by name.
func (p *people) notes() []string {
	if len(p.byName) == 0 {
		return nil
	}
	return []string{"参加人写的是姓名，按花名册认作：" + strings.Join(p.byName, "、") + "。"}
}
