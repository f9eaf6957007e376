package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/relief"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// signing is what is said to be wrong with the approval of pushes.
const signing = "签发"

// approval says which of the coming pushes nobody has approved yet, and whether
// anybody could. Without approval in the configuration it looks at nothing.
func (f *findings) approval(ctx context.Context, cfg *config, c *corpus.Corpus, now time.Time) {
	if !slices.ContainsFunc(cfg.pushes, func(s day.PushSpec) bool { return s.Approval }) {
		return
	}
	if cfg.Alert.Command == "" && cfg.Alert.Webhook == "" {
		f.warning(signing, "有推送要签发，但没有配置 [alert]：没有签发的，到时只记在日志里", "请在 [alert] 下写上 command 或 webhook")
	}
	ctx, cancel := context.WithTimeout(ctx, ledgerTime)
	defer cancel()
	l, _, err := ledger.Look(ctx, ledgerSource(cfg))
	if err != nil {
		return // told with the ledger
	}
	if l != nil {
		defer l.Close() // nothing was written that could be lost
	}
	if err := f.unapproved(ctx, cfg, l, c, now); err != nil {
		f.problem(signing, "看不出哪些推送还没有签发（"+explain(err)+"）", "请先处理台账的问题")
	}
}

// unapproved says how many texts of the coming days are not approved.
func (f *findings) unapproved(ctx context.Context, cfg *config, l *ledger.Ledger, c *corpus.Corpus, now time.Time) error {
	s, err := newSchedule(cfg, l, nil, day.Fixed(c))
	if err != nil {
		return nil // told with the files
	}
	today := corpus.DateOf(now.In(cfg.location))
	drafts, err := s.Drafts(ctx, today, today.AddDays(staff.DraftDays), now)
	var members []ledger.Member
	if l != nil {
		var err2 error
		members, err2 = l.Members(ctx)
		err = errors.Join(err, err2)
	}
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(members, func(m ledger.Member) bool { return m.Staff && m.Left == "" }) {
		f.problem(signing, "有推送要签发，但花名册里没有在册的工作人员，没有人能签发", "请用 lianwen roster import 导入花名册，身份写“工作人员”")
	}
	drafts = slices.DeleteFunc(drafts, func(d day.Draft) bool { return now.After(d.Push.Until) })
	for _, d := range drafts {
		if d.Record.Source == ledger.EditedDraft {
			f.edited = append(f.edited, relief.Text{Where: d.Push.Date.Chinese() + "的 " + d.Push.Name, Body: d.Text, Case: d.Push.Content == day.CaseContent})
		}
	}
	drafts = slices.DeleteFunc(drafts, func(d day.Draft) bool { return d.Why == "" })
	if len(drafts) == 0 {
		return nil
	}
	days := map[corpus.Date]bool{}
	for _, d := range drafts {
		days[d.Push.Date] = true
	}
	first := drafts[0].Push
	f.warning(signing, fmt.Sprintf("从今天起 %d 天里，有 %d 天的 %d 条推送还没有签发，最早的是%s的“%s”；到时没有签发的不发",
		staff.DraftDays+1, len(days), len(drafts), first.Due.In(cfg.location).Format("1月2日15:04"), first.Name),
		"请由工作人员"+cfg.Web.or("/signing")+"私聊发送“签发”，或运行 lianwen approval list")
	return nil
}
