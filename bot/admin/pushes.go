package admin

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

func (s *Server) pushRoutes() []route {
	return []route{
		{pattern: "GET /pushes/{name}", least: leastRole, handle: s.showPush},
		{pattern: "POST /pushes/{name}/now", least: ledger.RoleEdit, handle: s.pushNow},
		{pattern: "POST /pushes/{name}/skip", least: ledger.RoleEdit, handle: s.skipPush},
		{pattern: "POST /pushes/{name}/pause", least: ledger.RoleEdit, handle: s.pausePush},
		{pattern: "POST /pushes/{name}/resume", least: ledger.RoleEdit, handle: s.resumePush},
		{pattern: "POST /pushes/{name}/resolve", least: ledger.RoleEdit, handle: s.resolvePush},
	}
}

// contentKinds are what pushes bring, in words.
var contentKinds = map[string]string{
	day.StoryContent: "廉政故事", day.QuestionContent: "每日一题", day.NoticeContent: "廉政提醒",
	day.BookContent: "荐书", day.CaseContent: "案例", day.CardContent: "会前纪律卡",
}

// pushView is what a push says and to whom it goes.
type pushView struct {
	Push     ledger.Push
	Kind     string
	Today    bool   // it is what would go out now
	To       string // the one target that was asked for; "" all
	ToName   string
	ToMember bool
	Text     string
	Seen     string // what tells the text from any other
	Places   []string
	Members  int
}

// showPush shows the text of a push as it goes out, and to whom; nothing is sent.
func (s *Server) showPush(w http.ResponseWriter, r *http.Request) error {
	date := corpus.Date(cmp.Or(r.FormValue("date"), string(s.Desk.Today())))
	to, err := asked(r)
	if err != nil {
		return err
	}
	v := pushView{To: to, Today: date == s.Desk.Today(), ToName: r.FormValue("who"), ToMember: r.FormValue("kind") == string(bot.MemberKind)}
	var list []ledger.Push
	if v.Today {
		list, v.Text, err = s.Desk.PushPreview(r.Context(), r.PathValue("name"), to)
	} else {
		list, v.Text, err = s.Desk.PreviewOn(r.Context(), r.PathValue("name"), date)
	}
	if err != nil {
		return err
	}
	v.Push, v.Kind, v.Seen = list[0], contentKinds[list[0].Content], ledger.TextDigest(v.Text)
	v.Push.Due = v.Push.Due.In(s.Desk.Location)
	for _, p := range list {
		if _, member := memberOf(p.Target); member && to == "" {
			v.Members++
		} else {
			v.Places = append(v.Places, place(p.Target))
		}
	}
	return s.render(w, r, "push", "推送“"+v.Push.Name+"”", v)
}

// asked is the one target that a form asks for; "" all.
func asked(r *http.Request) (string, error) {
	who := strings.TrimSpace(r.FormValue("who"))
	kind := r.FormValue("kind")
	switch {
	case who == "":
		return "", nil
	case kind != string(bot.GroupKind) && kind != string(bot.MemberKind):
		return "", bot.Invalid.Sayf("请选发到群还是发给委员，再写群名或编号。")
	}
	return kind + ":" + who, nil
}

// pushNow has a push go out now that somebody has read.
func (s *Server) pushNow(w http.ResponseWriter, r *http.Request) error {
	ctx, name := r.Context(), r.PathValue("name")
	to, err := asked(r)
	if err != nil {
		return err
	}
	_, text, err := s.Desk.PushPreview(ctx, name, to)
	if err != nil {
		return err
	}
	if ledger.TextDigest(text) != r.PostFormValue("was") {
		return bot.Conflict.Sayf("要发的内容在您看过以后变了，没有发。请打开“今天”，重新看过再发。")
	}
	list, err := s.Desk.PushNow(ctx, actorOf(r), name, to)
	if err != nil {
		return err
	}
	said := fmt.Sprintf("已登记：现在推送“%s”（%s），%d 条，一分钟以内开始发。", list[0].Name, list[0].Title, len(list))
	if !s.serving() {
		said = fmt.Sprintf("已登记：现在推送“%s”（%s），%d 条。但是 lianwen serve 没有在运行，在 %s 前启动它才会发出。",
			list[0].Name, list[0].Title, len(list), list[0].Until.In(s.Desk.Location).Format("1月2日 15:04"))
	}
	return s.done(w, r, "/", said)
}

// serving reports whether a process runs channels on the data folder.
func (s *Server) serving() bool {
	for _, ch := range s.Channels {
		if state, ok, err := duty.ReadState(s.DataDir, ch.Name); err == nil && ok && state.Running(s.Desk.Now()) {
			return true
		}
	}
	return false
}

// skipPush drops what is left of a push of a day.
func (s *Server) skipPush(w http.ResponseWriter, r *http.Request) error {
	name, date := r.PathValue("name"), corpus.Date(r.PostFormValue("date"))
	done, err := s.Desk.SkipOn(r.Context(), actorOf(r), name, date)
	switch {
	case err != nil:
		return err
	case done.Skipped == 0 && done.Over == 0:
		return bot.NotFound.Sayf("%s没有“%s”的推送，不用跳过。", date.Chinese(), name)
	case done.Skipped == 0:
		return bot.Conflict.Sayf("%s的“%s”没有可跳过的：%d 条都已经办过，或者过了时间。", date.Chinese(), name, done.Over)
	}
	return s.done(w, r, "/", fmt.Sprintf("%s的“%s”跳过 %d 条，不再发。", date.Chinese(), name, done.Skipped))
}

func (s *Server) pausePush(w http.ResponseWriter, r *http.Request) error {
	name, err := s.Desk.PushName(r.PathValue("name"))
	if err == nil {
		err = s.Desk.Pause(r.Context(), actorOf(r), name)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/", "已暂停“"+name+"”，恢复以前都不发。")
}

func (s *Server) resumePush(w http.ResponseWriter, r *http.Request) error {
	name, err := s.Desk.PushName(r.PathValue("name"))
	if err == nil {
		err = s.Desk.Resume(r.Context(), actorOf(r), name)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/", "已恢复“"+name+"”。今天的还在时限以内就补发。")
}

// resolvePush records what somebody found who has looked for an uncertain push. It may
// be one that the configuration no longer has.
func (s *Server) resolvePush(w http.ResponseWriter, r *http.Request) error {
	key := ledger.PushKey{Name: r.PathValue("name"), Target: r.PostFormValue("target"), Date: corpus.Date(r.PostFormValue("date"))}
	words, ok := map[string]string{"yes": "已发", "no": "没有发"}[r.PostFormValue("found")]
	if _, err := time.Parse(time.DateOnly, string(key.Date)); err != nil || !ok {
		return bot.Invalid.Sayf("没有看懂要登记什么。请回到“今天”，按“已发”或“没发”。")
	}
	if err := s.Desk.Resolve(r.Context(), actorOf(r), key, r.PostFormValue("found") == "yes"); err != nil {
		return err
	}
	return s.done(w, r, "/", fmt.Sprintf("已登记：%s的“%s”（%s）%s。", key.Date.Chinese(), key.Name, place(key.Target), words))
}

// pushPath is where a push of a day is shown. A push may have any name.
func pushPath(name string, date corpus.Date) string {
	return "/pushes/" + url.PathEscape(name) + "?date=" + url.QueryEscape(string(date))
}

// pushDo is where something is done about a push.
func pushDo(name, what string) string { return "/pushes/" + url.PathEscape(name) + "/" + what }
