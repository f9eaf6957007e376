package ledger

import (
	"context"
	"encoding/json"
	"fmt"

	"lianwen/corpus"
)

// answered is who answered which rounds, by the member's number and the day. Of a year
// there are many; whoever counts goes from member to member, and finds the days of one
// close together.
type answered map[string]map[corpus.Date]*Answer

func answeredIn(answers []Answer) answered {
	a := answered{}
	for i := range answers {
		a.put(answers[i].Member, &answers[i])
	}
	return a
}

// put adds an answer of a member.
func (a answered) put(member string, answer *Answer) {
	days := a[member]
	if days == nil {
		days = map[corpus.Date]*Answer{}
		a[member] = days
	}
	days[answer.Round] = answer
}

func (a answered) at(day corpus.Date, member string) *Answer { return a[member][day] }

// answeredBy is who answered the rounds of some days: of the answers there is nothing
// else but the round. It reads a row a round.
func (l *Ledger) answeredBy(ctx context.Context, from, to corpus.Date) (answered, error) {
	gather := `json_group_array(member)`
	if l.postgres {
		gather = `CAST(json_agg(member) AS TEXT)`
	}
	rows, err := l.reader.QueryContext(ctx, `SELECT round, `+gather+` FROM answer WHERE round >= $1 AND round <= $2 GROUP BY round`, string(from), string(to))
	by := answered{}
	_, err = collect(rows, err, func(row scanner) (struct{}, error) {
		var round corpus.Date
		var raw []byte
		if err := row.Scan(&round, &raw); err != nil {
			return struct{}{}, err
		}
		var members []string
		err := json.Unmarshal(raw, &members)
		some := &Answer{Round: round} // stands for each
		for _, m := range members {
			by.put(m, some)
		}
		return struct{}{}, err
	})
	if err != nil {
		return nil, fmt.Errorf("read who answered: %w", err)
	}
	return by, nil
}
