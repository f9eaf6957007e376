package staff

import (
	"context"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/corpus"
)

// Figures are who took part on some days, as a report of them says, by month and by
// group. The months that have no round are in none of the lists.
type Figures struct {
	office.Report
	Months              []MonthFigures
	Sectors, Committees []GroupFigures // by name, those of whom it is not known last
}

// MonthFigures are everybody in a month, or what of it is asked for.
type MonthFigures struct {
	ledger.Counts
	From, To corpus.Date
	Rounds   int
}

// GroupFigures are the members who have something in common.
type GroupFigures struct {
	ledger.Group
	Months []MonthFigures // one for each of Figures.Months
}

// ByMonth is who took part on some days, by month and by group: it adds up to what a
// report of these days says, of a period that is closed as closed.
func (d *Desk) ByMonth(ctx context.Context, from, to corpus.Date) (Figures, error) {
	r, err := d.Report(ctx, from, to)
	if err != nil {
		return Figures{}, err
	}
	months := r.Table.Months()
	f := Figures{Report: r, Sectors: groupFigures(r.Table, months, groupKinds["界别"]), Committees: groupFigures(r.Table, months, groupKinds["专委会"])}
	for _, m := range months {
		f.Months = append(f.Months, monthFigures(m, m.Total()))
	}
	return f, nil
}

func monthFigures(m ledger.Table, c ledger.Counts) MonthFigures {
	return MonthFigures{Counts: c, From: m.From, To: m.To, Rounds: len(m.Rounds)}
}

// groupFigures are the groups of a table, each with its months.
func groupFigures(t ledger.Table, months []ledger.Table, of func(ledger.Member) string) (list []GroupFigures) {
	for _, g := range t.Groups(of) {
		list = append(list, GroupFigures{Group: g})
	}
	for _, m := range months {
		for i, g := range m.Groups(of) { // of the same members: the same groups
			list[i].Months = append(list[i].Months, monthFigures(m, g.Counts))
		}
	}
	return list
}

// MemberReport is a report of one member alone, by number, for a form of theirs.
func (d *Desk) MemberReport(ctx context.Context, number string, from, to corpus.Date) (office.Report, error) {
	r, err := d.Report(ctx, from, to)
	if err != nil {
		return r, err
	}
	roster, err := d.Ledger.Members(ctx)
	if err != nil {
		return r, err
	}
	m, ok := numbered(roster, number)
	if !ok {
		return r, bot.NotFound.Sayf("花名册里没有编号 %s。", number)
	}
	if err := d.inTable(m, r.Table); err != nil {
		return r, err
	}
	for _, row := range r.Rows {
		if row.Member.Number == m.Number {
			r.Rows = []ledger.Row{row}
			break
		}
	}
	return r, nil
}
