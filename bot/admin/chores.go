package admin

import (
	"fmt"
	"strings"

	"lianwen/bot"
	"lianwen/bot/staff"
)

// chore is one thing that is to be done.
type chore struct {
	Text   string
	Path   string // where it is done; "" not on the page
	Do     string // what the way there is called
	Urgent bool   // it does not wait
}

// chores are what there is to be done, what does not wait first.
func (s *Server) chores(c staff.Chores) (list []chore, err error) {
	add := func(n int, urgent bool, path, do, text string, args ...any) {
		if n > 0 {
			list = append(list, chore{fmt.Sprintf(text, args...), path, do, urgent})
		}
	}
	if n := len(c.Uncertain); n > 0 {
		add(n, true, "#uncertain", "去核实", "%d 条推送不确定有没有发出，不会自动重发，请到那里看一看再登记", n)
	}
	add(c.Failed, true, "#line", "看原因", "昨天和今天有 %d 条推送没有发出", c.Failed)
	if n := len(c.Unsigned); n > 0 {
		first := c.Unsigned[0].Push.Due.In(s.Desk.Location)
		add(n, first.Sub(s.here()).Hours() < 24, "/signing", "去签发", "%d 条推送的内容待签发，最早的是 %s 的“%s”；到时没有签发的不发", n, first.Format("1月2日 15:04"), c.Unsigned[0].Push.Name)
	}
	add(c.Unanswered, false, "/unanswered", "去看", "最近 %d 天没有查到的问题有 %d 类，还没有处理", c.UnansweredFor, c.Unanswered)
	library, release := s.Desk.Library()
	drafts, err := s.drafted.Waiting(s.Lines, library)
	release()
	if err != nil {
		return nil, err
	}
	add(drafts, false, "/drafts", "去看", "%d 条起草的问法等人看", drafts)
	add(c.Suspended, false, "/suspended", "去核准", "%d 道题依据的条文改过，停用着，看过以后核准", c.Suspended)
	add(c.Faults, false, "/settings", "看是哪里", "制度库里有 %d 处问题，那里的文字没有用上", c.Faults)
	for _, l := range c.Lacks {
		add(1, false, "", "", "推送“%s”：%s。请在制度库里补上", l.Spec.Name, l.Chinese())
	}
	add(c.MissingYear, false, "", "", "%d 年的放假安排还没有，按周一到周五上班算。国务院公布以后，请管服务器的同志写进 calendar 指定的文件", c.MissingYear)
	return list, nil
}

// asItIs says what holds pushes back as it should. Of single people it has numbers only.
func asItIs(c staff.Chores) (list []string) {
	if len(c.Paused) > 0 {
		list = append(list, "已暂停的推送："+strings.Join(c.Paused, "、")+"。恢复以前都不发。")
	}
	if c.Crowded > 0 {
		list = append(list, fmt.Sprintf("这一周发到群里的推送，有 %d 条因为一天或一周的上限没有发。", c.Crowded))
	}
	if c.Muted > 0 {
		list = append(list, fmt.Sprintf("不收私聊推送的委员 %d 人（不列是谁）。", c.Muted))
	}
	return list
}

// memberOf is the member whom a target is in private.
func memberOf(target string) (number string, ok bool) {
	t, ok := bot.ParseTarget(target)
	return t.Name, ok && t.Kind == bot.MemberKind
}
