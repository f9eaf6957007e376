package admin

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// todayRoutes are the page of the day and what hangs on it.
func (s *Server) todayRoutes() []route {
	return slices.Concat([]route{
		{pattern: "GET /{$}", least: leastRole, handle: s.showToday},
		{pattern: "GET /pushes", least: leastRole, handle: s.showLine},
	}, s.channelRoutes(), s.pushRoutes(), s.signingRoutes(), s.suspendedRoutes())
}

// recordsTime is how long the page of the day waits for the records: it has more to
// show than what is in them.
const recordsTime = 5 * time.Second

// alarmsBack is how far back alarms are shown.
const alarmsBack = 7 * 24 * time.Hour

// today is the page of the day.
type today struct {
	Today     corpus.Date
	Trouble   string // why what is in the records cannot be shown; "" it can
	Chores    []chore
	AsItIs    []string // what holds pushes back as it should
	Uncertain []uncertain
	Line      timeLine
	Channels  channelsView
	Alarms    []alarm
	AlarmsBad string // why there are none to be shown; "" there is no trouble
	Approves  bool
	Switches  []pushSwitch
	Paused    bool // something is
}

// pushSwitch is a push that can be kept back and let go again.
type pushSwitch struct {
	Name, Kind string
	Paused     bool
}

// Refresh is how often a page without scripts is loaded anew while a code waits to be
// scanned.
func (t today) Refresh() string { return t.Channels.refresh() }

// alarm is one as it is shown.
type alarm struct {
	At        time.Time
	Text, How string
}

// uncertain is a push of which nobody knows whether it went out.
type uncertain struct {
	ledger.PushRecord
	Due   time.Time
	Where string
}

func (s *Server) showToday(w http.ResponseWriter, r *http.Request) error {
	t := today{Today: s.Desk.Today(), Channels: s.channelsFor(r), Approves: s.Desk.Approves()}
	now := s.here()
	kept, err := duty.Alarms(s.DataDir, now.Add(-alarmsBack))
	if err != nil {
		s.Log.Error("告警记录读不出来", "err", err)
		t.AlarmsBad = "告警记录读不出来，看日志。"
	}
	for _, a := range kept {
		t.Alarms = append(t.Alarms, alarm{a.At.In(now.Location()), a.Text, a.Chinese(now)})
	}
	ctx, cancel := context.WithTimeout(r.Context(), recordsTime)
	defer cancel()
	status := http.StatusOK
	if err := s.fromRecords(ctx, &t, accountOf(r)); err != nil {
		if r.Context().Err() != nil {
			return err
		}
		s.Log.Error("“今天”没有显示全", "err", err)
		status = http.StatusServiceUnavailable
		t = today{Channels: t.Channels, Alarms: t.Alarms, AlarmsBad: t.AlarmsBad, Trouble: "台账现在读不出来，推送和要做的看不到；渠道和告警不受影响。过一会再打开这一页，还是这样的，请管服务器的同志运行 lianwen check。"}
	}
	return s.renderStatus(w, r, status, "today", "今天", t)
}

// fromRecords fills in what is in the ledger.
func (s *Server) fromRecords(ctx context.Context, t *today, a ledger.WebAccount) error {
	var err error
	if t.Line, err = s.line(ctx, s.Desk.Today().AddDays(-1), staff.DraftDays+2, a); err != nil {
		return err
	}
	c, err := s.Desk.Chores(ctx)
	if err != nil {
		return err
	}
	for _, r := range c.Uncertain {
		t.Uncertain = append(t.Uncertain, uncertain{r, r.Due.In(s.Desk.Location), place(r.Target)})
	}
	if t.Chores, err = s.chores(c); err != nil {
		return err
	}
	t.AsItIs, t.Paused = asItIs(c), len(c.Paused) > 0
	if s.Desk.Schedule != nil && a.Role.May(ledger.RoleEdit) {
		for _, spec := range s.Desk.Schedule.Specs {
			t.Switches = append(t.Switches, pushSwitch{spec.Name, contentKinds[spec.Content], slices.Contains(c.Paused, spec.Name)})
		}
	}
	return nil
}

// place is a target as people call it.
func place(target string) string {
	if number, ok := memberOf(target); ok {
		return "委员 " + number + "（私聊）"
	}
	return "群“" + day.TargetName(target) + "”"
}

// here is the time where the desk stands.
func (s *Server) here() time.Time { return s.Desk.Now().In(s.Desk.Location) }

// timeLine is some days of pushes.
type timeLine struct {
	Days    []lineDay
	MayEdit bool
	Live    bool // something is on its way: it is worth looking again soon
}

// lineDay is a day of the line.
type lineDay struct {
	staff.Day
	Name    string
	Today   bool
	Past    bool
	Later   bool   // than tomorrow
	Brief   string // what goes out on it, in a line
	Trouble bool   // something on it wants looking at
}

var weekdays = [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// line is the time line of some days from one on.
func (s *Server) line(ctx context.Context, from corpus.Date, days int, a ledger.WebAccount) (timeLine, error) {
	l := timeLine{MayEdit: a.Role.May(ledger.RoleEdit)}
	list, err := s.Desk.Days(ctx, from, from.AddDays(days-1))
	today := s.Desk.Today()
	for _, one := range list {
		d := lineDay{Day: one, Name: one.Date.Chinese(), Today: one.Date == today, Past: one.Date < today, Later: one.Date > today.AddDays(1), Brief: brief(one)}
		if at, err := time.Parse(time.DateOnly, string(one.Date)); err == nil {
			d.Name = fmt.Sprintf("%d月%d日 %s", at.Month(), at.Day(), weekdays[at.Weekday()])
		}
		switch one.Date {
		case today:
			d.Name = "今天　" + d.Name
		case today.AddDays(1):
			d.Name = "明天　" + d.Name
		case today.AddDays(-1):
			d.Name = "昨天　" + d.Name
		}
		for _, b := range one.Batches {
			for _, st := range b.Standings {
				l.Live = l.Live || d.Today && (st.State == ledger.PushClaimed || b.Asked)
				d.Trouble = d.Trouble || st.State == ledger.PushFailed || st.State == ledger.PushUncertain
			}
		}
		l.Days = append(l.Days, d)
	}
	return l, err
}

// brief is what goes out on a day in a line: when, what, and what is in its way.
func brief(d staff.Day) string {
	if len(d.Batches) == 0 {
		return "没有推送"
	}
	var parts []string
	for _, b := range d.Batches {
		part := b.Due.Format("15:04") + " " + b.Name
		switch {
		case b.Paused:
			part += "（已暂停）"
		case b.Open == 0:
			part += "（不发）"
		case b.Approval != "":
			part += "（" + b.Approval + "）"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "，")
}

// showLine answers with today's part of the line, for a page that keeps looking.
func (s *Server) showLine(w http.ResponseWriter, r *http.Request) error {
	l, err := s.line(r.Context(), s.Desk.Today(), 1, accountOf(r))
	if err != nil {
		return err
	}
	return s.partial(w, r, "today", "line", l)
}
