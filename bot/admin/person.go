package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// standingWords are how a member can be corrected to stand, in the order in which
// they are offered.
var standingWords = []string{"实参", "请假", "未参", "不计"}

// personView is the page about one of the roster.
type personView struct {
	staff.PersonRecord
	As        person
	Whole     bool   // the telephone number is shown whole
	CodesWere string // which codes of theirs are out
	Kinds     []string
	Standings []string
	Today     corpus.Date
	Days      int // how long a binding code is good, unless somebody says otherwise

	Failed, Wrong string     // which form could not be taken, and why
	Typed         url.Values // what was typed into it
}

// Was is what the record was when a form about it was shown: who sends one after
// somebody else has is told.
func (v personView) Was() string {
	return fmt.Sprintf("%d-%d", len(v.Recorded), len(v.Corrections))
}

// Value is what was typed into a field of a form that could not be taken.
func (v personView) Value(form, field string) string {
	if v.Failed != form {
		return ""
	}
	return v.Typed.Get(field)
}

// Phone is the telephone number as it may be seen.
func (v personView) Phone() string {
	if v.Whole {
		return v.Member.Phone
	}
	return v.As.Phone()
}

// Standing is a standing in words.
func (v personView) Standing(p ledger.Participation) string {
	for word, standing := range staff.Standings {
		if standing == p {
			return word
		}
	}
	return string(p)
}

// MonthName is a month in words.
func (v personView) MonthName(first corpus.Date) string {
	return strings.TrimPrefix(string(first[5:7]), "0") + "月"
}

// Any reports whether there is anything to be told of a month.
func (v personView) Any(m staff.OwnMonth) bool {
	return m.Due()+m.Excused+len(m.Attended) > 0
}

// HasBack reports whether leave was taken back, so that what holds is not what was
// recorded.
func (v personView) HasBack() bool {
	return slices.ContainsFunc(v.Recorded, func(l ledger.Leave) bool { return l.Back })
}

// Who is an actor in words.
func (v personView) Who(a ledger.Actor) string {
	who, _, _ := staff.DeedInWords(ledger.Deed{Actor: a})
	return who
}

// Activity is what an activity is called.
func (v personView) Activity(a ledger.Activity) string { return staff.ActivityName(a) }

func (s *Server) showPerson(w http.ResponseWriter, r *http.Request) error {
	v, err := s.personView(r)
	if err != nil {
		return err
	}
	return s.render(w, r, "person", v.title(), v)
}

func (v personView) title() string { return v.Name + "（" + v.Number + "）" }

func (s *Server) personView(r *http.Request) (personView, error) {
	record, err := s.Desk.PersonRecord(r.Context(), r.PathValue("number"))
	if err != nil {
		return personView{}, err
	}
	return personView{
		PersonRecord: record, As: person{record.Person}, Whole: accountOf(r).Role.May(ledger.RoleEdit), CodesWere: codesOut([]staff.Person{record.Person}),
		Kinds: ledger.ActivityKinds, Standings: standingWords, Today: s.Desk.Today(), Days: codeDays,
	}, nil
}

// personForm is a handler of one form of the page about somebody. What cannot be
// taken stands in the form again, with why.
func (s *Server) personForm(form string, do func(r *http.Request, number string) (done string, err error)) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := s.personView(r)
		if err != nil {
			return err
		}
		number := v.Number
		var done string
		if was := r.PostFormValue("was"); was != "" && was != v.Was() {
			err = bot.Conflict.Sayf("没有登记：刚才有人又登记了%s的请假或更正，现在的情况见下。请看过再提交。", v.Name)
		} else {
			done, err = do(r, number)
		}
		switch code := bot.CodeOf(err); {
		case err == nil:
			return s.done(w, r, personPath(number), done)
		case code == 0:
			return err
		default:
			v.Failed, v.Wrong, v.Typed = form, bot.Say(err), r.PostForm
			return s.renderStatus(w, r, statuses[code], "person", v.title(), v)
		}
	}
}

func (s *Server) unbindPerson(r *http.Request, number string) (string, error) {
	channel := r.PostFormValue("channel")
	m, err := s.Desk.Unbind(r.Context(), actorOf(r), number, channel)
	return fmt.Sprintf("已解除%s（%s）在%s的绑定。要再用，请发新的绑定码。", m.Name, m.Number, staff.ChannelName(channel)), err
}

// daysIn are the days that a form names; the last may be left out.
func daysIn(r *http.Request) (from, to corpus.Date, err error) {
	first, last := r.PostFormValue("from"), r.PostFormValue("to")
	if first == "" {
		return "", "", bot.Invalid.Sayf("请写上从哪天起。")
	}
	if last == "" {
		last = first
	}
	return staff.DateRange(first, last)
}

func (s *Server) excusePerson(r *http.Request, number string) (string, error) {
	from, to, err := daysIn(r)
	if err != nil {
		return "", err
	}
	m, err := s.Desk.Excuse(r.Context(), actorOf(r), number, from, to, r.PostFormValue("reason"))
	return fmt.Sprintf("已登记：%s（%s）%s请假。", m.Name, m.Number, staff.Span(from, to)), err
}

func (s *Server) takeBackLeave(r *http.Request, number string) (string, error) {
	from, to, err := daysIn(r)
	if err != nil {
		return "", err
	}
	m, err := s.Desk.TakeBack(r.Context(), actorOf(r), number, from, to)
	return fmt.Sprintf("已取消：%s（%s）%s不再算请假。", m.Name, m.Number, staff.Span(from, to)), err
}

func (s *Server) correctPerson(r *http.Request, number string) (string, error) {
	as := r.PostFormValue("as")
	if !slices.Contains(standingWords, as) {
		return "", bot.Invalid.Sayf("请选改为什么：实参、请假、未参，或者不计。")
	}
	if r.PostFormValue("day") == "" {
		return "", bot.Invalid.Sayf("请写上是哪一天的题。")
	}
	day, _, err := staff.DateRange(r.PostFormValue("day"), r.PostFormValue("day"))
	if err != nil {
		return "", err
	}
	m, err := s.Desk.Correct(r.Context(), actorOf(r), number, day, staff.Standings[as], r.PostFormValue("reason"))
	return fmt.Sprintf("已更正：%s（%s）%s的题改为“%s”。", m.Name, m.Number, day.Chinese(), as), err
}
