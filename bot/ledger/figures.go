package ledger

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lianwen/corpus"
)

// figures are the figures of a closed period as they are kept: everything that a
// report prints, and nothing about who was right.
type figures struct {
	By          string        `json:"by"`
	Rounds      []corpus.Date `json:"rounds"`
	Void        int           `json:"void"`
	Members     []figure      `json:"members"`
	Corrections []footnote    `json:"corrections"`
	Activities  []Activity    `json:"activities"`
}

// figure is a member with a letter for each round.
type figure struct {
	Number    string `json:"number"`
	Name      string `json:"name"`
	Sector    string `json:"sector"`
	Committee string `json:"committee"`
	Rounds    string `json:"rounds"`
}

// footnote is a correction that was there when the period was closed.
type footnote struct {
	Round    corpus.Date   `json:"round"`
	Member   string        `json:"member"`
	Before   Participation `json:"before"`
	Standing Participation `json:"standing"`
}

// letters are how standings are kept, each in a byte.
var letters = map[Participation]byte{Took: 't', Excused: 'e', Absent: 'a', NotDue: '-'}

// figures are the figures as they are kept.
func (c *Closed) figures() (string, error) {
	t := c.Table
	f := figures{By: c.By, Void: t.Void, Activities: t.Activities}
	for _, r := range t.Rounds {
		f.Rounds = append(f.Rounds, r.Day)
	}
	for _, row := range t.Rows {
		var marks strings.Builder
		for _, p := range row.Rounds {
			marks.WriteByte(letters[p])
		}
		m := row.Member
		f.Members = append(f.Members, figure{m.Number, m.Name, m.Sector, m.Committee, marks.String()})
	}
	for i, k := range t.Corrections {
		f.Corrections = append(f.Corrections, footnote{k.Round, k.Member, c.Before[i], k.Standing})
	}
	raw, err := json.Marshal(f)
	return string(raw), err
}

// read makes the table out of what is kept.
func (c *Closed) read() error {
	var f figures
	if err := json.Unmarshal([]byte(c.raw), &f); err != nil {
		return closedTampered(c.Name, fmt.Sprintf("定稿的数字读不出来（%v）", err))
	}
	standing := map[byte]Participation{}
	for p, letter := range letters {
		standing[letter] = p
	}
	c.By = f.By
	c.Table = Table{From: c.From, To: c.To, Void: f.Void, Activities: f.Activities}
	for _, day := range f.Rounds {
		c.Table.Rounds = append(c.Table.Rounds, Round{Day: day})
	}
	for _, m := range f.Members {
		if len(m.Rounds) != len(f.Rounds) {
			return closedTampered(c.Name, "定稿的数字少了 "+m.Number+" 的题")
		}
		row := Row{Member: Member{Number: m.Number, Name: m.Name, Sector: m.Sector, Committee: m.Committee}}
		for _, letter := range []byte(m.Rounds) {
			row.add(standing[letter])
		}
		c.Table.Rows = append(c.Table.Rows, row)
	}
	for _, k := range f.Corrections {
		c.Table.Corrections = append(c.Table.Corrections, Correction{Round: k.Round, Member: k.Member, Standing: k.Standing})
		c.Before = append(c.Before, k.Before)
	}
	return nil
}

// cell is a place in the figures: a member's in a round, or in an activity.
type cell struct {
	day    corpus.Date
	about  string // of an activity its kind and title; "": the round
	member string
}

// came is what stands in the cell of an activity.
const came = "came"

// cells are all places of a table in which something stands.
func (t Table) cells() map[cell]string {
	all := map[cell]string{}
	for _, row := range t.Rows {
		for i, p := range row.Rounds {
			if p != NotDue {
				all[cell{t.Rounds[i].Day, "", row.Member.Number}] = string(p)
			}
		}
	}
	for _, a := range t.Activities {
		for _, number := range a.Members {
			all[cell{a.Date, a.Kind + " " + a.Title, number}] = came
		}
	}
	return all
}

// differences are the changes that make one table's cells another's, by day, subject
// and member.
func differences(from, to map[cell]string) (list []Change) {
	add := func(c cell) {
		if from[c] != to[c] {
			list = append(list, Change{Day: c.day, About: c.about, Member: c.member, Before: from[c], After: to[c]})
		}
	}
	for c := range from {
		add(c)
	}
	for c := range to {
		if _, both := from[c]; !both {
			add(c)
		}
	}
	sortChanges(list)
	return list
}

func sortChanges(list []Change) {
	slices.SortFunc(list, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), strings.Compare(a.About, b.About), strings.Compare(a.Member, b.Member))
	})
}
