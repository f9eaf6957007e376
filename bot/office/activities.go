package office

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// activityForm is the list of activities.
var activityForm = form{name: "活动表", needs: []string{"日期", "类别", "名称", "参加人"}, lists: []string{"参加人"}}

// The words that stand for people.
const (
	everybody = "全体"
	struckOut = "取消"
)

// activityKey is what makes an activity that activity.
type activityKey struct {
	date        corpus.Date
	kind, title string
}

// ReadActivities reads a list of activities from the content of an xlsx or csv
// file. An activity may have several rows; its members are those of all of them,
// by their numbers, or by their names where these are unique. 全体 stands for the
// members (委员) of the roster on that day, 取消 strikes the activity out. Of a
// talk the title is left out. notes say what it did that the file does not say.
// Every row that is wrong is in the *FormError.
func ReadActivities(content []byte, roster []ledger.Member, tenures ledger.Tenures) (list []ledger.Activity, notes []string, err error) {
	bad := &FormError{Form: activityForm.name}
	var order []activityKey
	found, struck := map[activityKey][]string{}, map[activityKey]bool{}
	who := newPeople(roster, tenures)
	lines := readForm(content, activityForm, bad)
	for _, l := range lines {
		k := keyIn(l, bad)
		if _, again := found[k]; !again {
			found[k] = nil
			order = append(order, k)
		}
		text := l.cell("参加人")
		if text == struckOut {
			struck[k] = true
			continue
		}
		members, problems := who.read(text, k.date)
		for _, what := range problems {
			bad.add(l.number, "%s", what)
		}
		found[k] = append(found[k], members...)
	}
	for _, k := range order {
		if struck[k] && len(found[k]) > 0 {
			bad.add(0, "%s的“%s”又写了取消，又写了参加人", k.date.Chinese(), cmp.Or(k.title, k.kind))
		}
		list = append(list, ledger.Activity{Date: k.date, Kind: k.kind, Title: k.title, Members: distinct(found[k])})
	}
	if len(bad.Problems) > 0 {
		return nil, nil, bad
	}
	if lines[0].header.numbers.since1904() {
		bad.Notes = append(bad.Notes, "这个工作簿的日期从 1904 年算起，已按此换算。")
	}
	return list, append(bad.Notes, who.notes()...), nil
}

// distinct are the members of a list, each once, in order.
func distinct(list []string) (out []string) {
	seen := map[string]bool{}
	for _, number := range list {
		if !seen[number] {
			seen[number] = true
			out = append(out, number)
		}
	}
	return out
}

// keyIn is which activity a line is about.
func keyIn(l line, bad *FormError) activityKey {
	date, problem := dateIn(l)
	if problem != "" {
		bad.add(l.number, "%s", problem)
	}
	k := activityKey{date, narrow(l.cell("类别")), l.cell("名称")}
	if !slices.Contains(ledger.ActivityKinds, k.kind) {
		bad.add(l.number, "类别 %q 请写下列之一：%s", k.kind, strings.Join(ledger.ActivityKinds, "、"))
	}
	if k.kind == ledger.TalkKind {
		k.title = ""
	} else if k.title == "" {
		bad.add(l.number, "没有名称")
	}
	return k
}

// dateForms are how people write a day in a form, without spaces.
var dateForms = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102", "2006-01-02T15:04:05"}

// The years that a date in a form may lie in.
const firstYear, lastYear = 2000, 2099

// dateIn is the day in a line: as text, or as a spreadsheet keeps it.
func dateIn(l line) (day corpus.Date, problem string) {
	text := strings.Join(strings.Fields(narrow(l.stored("日期"))), "")
	for _, form := range dateForms {
		if t, err := time.Parse(form, text); err == nil {
			return corpus.Date(t.Format(time.DateOnly)), ""
		}
	}
	if days, err := strconv.ParseFloat(text, 64); err == nil {
		if t, err := l.header.numbers.day(days); err == nil && t.Year() >= firstYear && t.Year() <= lastYear {
			return corpus.Date(t.Format(time.DateOnly)), ""
		}
	}
	return "", fmt.Sprintf("日期 %q 请写成 2026-12-01", l.cell("日期"))
}
