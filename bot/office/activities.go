package office

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// The columns of the list of activities, and the words that stand for people in
// the last.
var activityNeeds = []string{"日期", "类别", "名称", "参加人"}

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
// file. An activity may have several rows; its members are those of all of them.
// 全体 stands for the members (委员) of the roster on that day, 取消 strikes the
// activity out. Of a talk the title is left out. Every row that is wrong is in
// the *FormError.
func ReadActivities(content []byte, roster []ledger.Member, tenures ledger.Tenures) ([]ledger.Activity, error) {
	bad := &FormError{Form: "活动表"}
	var order []activityKey
	found, struck := map[activityKey][]string{}, map[activityKey]bool{}
	for _, l := range readForm(content, activityNeeds, "", bad) {
		k := keyIn(l, bad)
		if _, again := found[k]; !again {
			found[k] = nil
			order = append(order, k)
		}
		who := l.cell("参加人")
		if who == struckOut {
			struck[k] = true
			continue
		}
		members, problems := people(who, k.date, roster, tenures)
		for _, what := range problems {
			bad.add(l.number, "%s", what)
		}
		for _, number := range members {
			if !slices.Contains(found[k], number) {
				found[k] = append(found[k], number)
			}
		}
	}
	var list []ledger.Activity
	for _, k := range order {
		if struck[k] && len(found[k]) > 0 {
			bad.add(0, "%s的“%s”又写了取消，又写了参加人", k.date.Chinese(), cmp.Or(k.title, k.kind))
		}
		list = append(list, ledger.Activity{Date: k.date, Kind: k.kind, Title: k.title, Members: found[k]})
	}
	if len(bad.Problems) > 0 {
		return nil, bad
	}
	return list, nil
}

// keyIn is which activity a line is about.
func keyIn(l line, bad *FormError) activityKey {
	date, problem := dateIn(l)
	if problem != "" {
		bad.add(l.number, "%s", problem)
	}
	k := activityKey{date, l.cell("类别"), l.cell("名称")}
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

// people are the members that a cell names by their numbers.
func people(text string, day corpus.Date, roster []ledger.Member, tenures ledger.Tenures) (members, problems []string) {
	if text == everybody {
		for _, m := range roster {
			if !m.Staff && tenures.On(m.Number, day) {
				members = append(members, m.Number)
			}
		}
		if len(members) == 0 {
			problems = append(problems, "“全体”没有人：这一天还没有花名册，请写编号")
		}
		return members, problems
	}
	for _, number := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；; \t\n　", r) }) {
		if !slices.ContainsFunc(roster, func(m ledger.Member) bool { return m.Number == number }) {
			problems = append(problems, fmt.Sprintf("参加人 %s 不在花名册里（请写编号）", number))
			continue
		}
		members = append(members, number)
	}
	if len(members)+len(problems) == 0 {
		problems = append(problems, "没有参加人：请写编号，用顿号隔开，或者写“全体”；不办了写“取消”")
	}
	return members, problems
}

// dateForms are how people write a day in a form.
var dateForms = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"}

// dateIn is the day in a line: as text, or as a spreadsheet keeps it.
func dateIn(l line) (day corpus.Date, problem string) {
	text := l.stored("日期")
	for _, form := range dateForms {
		if t, err := time.Parse(form, text); err == nil {
			return corpus.Date(t.Format(time.DateOnly)), ""
		}
	}
	if days, err := strconv.ParseFloat(text, 64); err == nil && days >= 36526 && days < 73051 { // 2000 to 2099
		if t, err := excelize.ExcelDateToTime(days, false); err == nil {
			return corpus.Date(t.Format(time.DateOnly)), ""
		}
	}
	return "", fmt.Sprintf("日期 %q 请写成 2026-12-01", l.cell("日期"))
}
