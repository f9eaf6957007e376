package ledger

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"lianwen/corpus"
)

func closedTampered(name, why string) error {
	return &TamperError{
		"定稿 " + name + "：" + why,
		"有人绕过程序改了答题、请假、更正、花名册或者定稿的记录",
		compareBackup,
	}
}

// verifyClosed is nil where closed periods are as the audit tells of them: their
// figures, the rounds and answers behind these, the numbered changes, and that nothing
// else has changed since.
func (l *Ledger) verifyClosed(ctx context.Context, deeds []auditRow, digests map[corpus.Date]string, answers []Answer) error {
	list, err := l.Closed(ctx)
	if err != nil {
		return err
	}
	var told []string
	for _, c := range list {
		detail := closedDetail(c, digests)
		i := slices.IndexFunc(deeds, func(d auditRow) bool { return d.Action == closedAction && d.Detail == detail })
		if i < 0 {
			return closedTampered(c.Name, "定稿的数字，或者它依据的题和作答，和定稿时不一样")
		}
		if !c.toldBy(deeds[i]) {
			return closedTampered(c.Name, "由谁、什么时候定稿，依据到哪一条，和操作记录里的不一样")
		}
		told = append(told, detail)
		numbered, ok := c.numbered(deeds)
		if !ok {
			return closedTampered(c.Name, "定稿之后编了号的更正和编号时不一样")
		}
		told = append(told, numbered...)
		first := sort.Search(len(answers), func(i int) bool { return answers[i].Round >= c.From }) // they are by round
		end := sort.Search(len(answers), func(i int) bool { return answers[i].Round > c.To })
		f, err := l.gatherWith(ctx, c.From, c.To, answeredIn(answers[first:end]))
		if err != nil {
			return err
		}
		left := differences(c.corrected(), f.tally(c.From, c.To, c.At).cells())
		if len(left) > 0 {
			return closedTampered(c.Name, fmt.Sprintf("%s %s 的记录变了，没有操作记录说明", left[0].Day, left[0].Member))
		}
	}
	for _, d := range deeds {
		if !slices.Contains(told, d.Detail) {
			return closedTampered(strings.Fields(d.Detail + " ?")[0], "定稿不见了，或者定稿之后的更正少了")
		}
	}
	return nil
}

// toldBy reports whether a closing is by whom, and when, and behind which row its deed
// is.
func (c Closed) toldBy(d auditRow) bool {
	return d.Actor == c.Actor && d.At == millis(c.At) && d.Seq == c.Head.Row+1 && d.Previous == c.Head.Hash
}

// numbered are the details of the deeds that number the changes of a period; ok is
// false where they do not cover its changes one after another.
func (c Closed) numbered(deeds []auditRow) (details []string, ok bool) {
	n := 0
	for _, d := range deeds {
		var first, last int
		if _, err := fmt.Sscanf(d.Detail, c.Name+" %d %d ", &first, &last); d.Action != changedAction || err != nil {
			continue
		}
		if first != n+1 || last < first || last > len(c.Changes) || changedDetail(c.Name, c.Changes[n:last]) != d.Detail {
			return nil, false
		}
		details, n = append(details, d.Detail), last
	}
	return details, n == len(c.Changes)
}
