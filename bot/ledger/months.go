package ledger

// Months are the figures of each month that has a round, as tables of their own: their
// counts add up to those of the table. What a table cannot tell by month, such as
// activities, is in none of them.
func (t Table) Months() (list []Table) {
	for i := 0; i < len(t.Rounds); {
		month, end := t.Rounds[i].Day[:7], i
		for end < len(t.Rounds) && t.Rounds[end].Day[:7] == month {
			end++
		}
		list = append(list, t.part(i, end))
		i = end
	}
	return list
}

// part is a table of some of the rounds, from the first day of their month, or of the
// table, to the last.
func (t Table) part(start, end int) Table {
	first := t.Rounds[start].Day[:7] + "-01"
	last := (first.AddDays(31)[:7] + "-01").AddDays(-1)
	p := Table{From: max(t.From, first), To: min(t.To, last), Rounds: t.Rounds[start:end]}
	for _, r := range t.Rows {
		row := Row{Member: r.Member}
		for _, standing := range r.Rounds[start:end] {
			row.add(standing)
		}
		p.Rows = append(p.Rows, row)
	}
	for _, c := range t.Corrections {
		if c.Round[:7] == first[:7] {
			p.Corrections = append(p.Corrections, c)
		}
	}
	return p
}
