package staff_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// bind binds a member on a channel, which the audit tells.
func (r *room) bind(number, channel string) {
	r.t.Helper()
	codes, err := r.desk.Codes(r.t.Context(), boss, []string{number}, 1)
	r.must(err)
	_, err = r.desk.Ledger.Bind(r.t.Context(), ledger.Sender{Channel: channel, Name: "@" + number}, codes[0].Code, r.now)
	r.must(err)
	r.deeds += 2
}

// Staff see who is bound where and since when, whose code is still out, who is on
// leave today and who has left.
func TestPeople(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.bind("A01", "wechat")
		r.bind("A01", "wecom")
		_, err := r.desk.Codes(t.Context(), boss, []string{"A02"}, 2)
		r.must(err)
		for number, from := range map[string]corpus.Date{"A02": "2026-12-01", "A01": "2026-12-02"} {
			_, err = r.desk.Excuse(t.Context(), boss, number, from, from, "出差")
			r.must(err)
		}
		list, err := r.desk.People(t.Context())
		r.must(err)
		var got []string
		for _, p := range list {
			line := fmt.Sprintf("%s %v %s %s", p.Number, p.OnLeave, p.Left, p.Code.Format("2006-01-02 15:04"))
			for _, b := range p.Bound {
				line += " " + staff.ChannelName(b.Channel) + b.Since.Format(" 2006-01-02 15:04")
			}
			got = append(got, line)
		}
		want := []string{"A01 false  0001-01-01 00:00 微信 2026-12-01 07:00 wecom 2026-12-01 07:00", "A02 true  2026-12-03 07:00", "A03 false 2026-11-20 0001-01-01 00:00", "S01 false  0001-01-01 00:00"}
		if !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
}

func TestPeopleFilter(t *testing.T) {
	t.Parallel()
	person := func(number, name, sector, committee string) staff.Person {
		return staff.Person{Member: ledger.Member{Number: number, Name: name, Sector: sector, Committee: committee}}
	}
	list := []staff.Person{person("A01", "张三", "教育界", "提案委"), person("A02", "单雄信", "", "提案委"), person("B01", "Ann Lee", "工商联", ""), person("S01", "王五", "", ""), person("C9", "赵六", "教育界", "")}
	list[0].Bound = []ledger.Binding{{Member: "A01", Channel: "wechat"}}
	list[3].Staff = true
	list[4].Left = "2026-11-20"
	for _, tt := range []struct {
		filter staff.PeopleFilter
		want   string
	}{
		{staff.PeopleFilter{}, "A01 A02 B01 S01"},
		{staff.PeopleFilter{Left: true}, "C9"},
		{staff.PeopleFilter{Text: "ａ０"}, "A01 A02"}, // any width and case
		{staff.PeopleFilter{Text: "张 三"}, "A01"},
		{staff.PeopleFilter{Text: "教育"}, "A01"},
		{staff.PeopleFilter{Text: "提案"}, "A01 A02"},
		{staff.PeopleFilter{Text: "zs"}, "A01"},
		{staff.PeopleFilter{Text: "S"}, "A01 A02 S01"}, // initials of 三 and of 单 as a surname, and a number
		{staff.PeopleFilter{Text: "dxx"}, "A02"},
		{staff.PeopleFilter{Text: "xx"}, "A02"},
		{staff.PeopleFilter{Text: "zss"}, ""},
		{staff.PeopleFilter{Text: "lee"}, "B01"},
		{staff.PeopleFilter{Text: "<b>"}, ""},
		{staff.PeopleFilter{Sector: "教育界"}, "A01"},
		{staff.PeopleFilter{Sector: staff.Unfilled}, "A02 S01"},
		{staff.PeopleFilter{Committee: "提案委", Bound: staff.IsUnbound}, "A02"},
		{staff.PeopleFilter{Committee: staff.Unfilled}, "B01 S01"},
		{staff.PeopleFilter{Role: staff.IsStaff}, "S01"},
		{staff.PeopleFilter{Role: staff.IsMember}, "A01 A02 B01"},
		{staff.PeopleFilter{Bound: staff.IsBound}, "A01"},
		{staff.PeopleFilter{Bound: "x"}, ""},
	} {
		var got []string
		for _, p := range tt.filter.Of(list) {
			got = append(got, p.Number)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%+v: %v, want %s", tt.filter, got, tt.want)
		}
	}
	sectors, committees := staff.Groups(list)
	if want := []string{"工商联", "教育界", staff.Unfilled}; !slices.Equal(sectors, want) {
		t.Errorf("%q", sectors)
	}
	if want := []string{"提案委", staff.Unfilled}; !slices.Equal(committees, want) {
		t.Errorf("%q", committees)
	}
}

// Who is unbound is nobody on that channel, and only there.
func TestUnbind(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.bind("A01", "wechat")
		r.bind("A01", "wecom")
		for _, tt := range []struct {
			number, channel string
			code            bot.Code
			says            string
		}{
			{"A99", "wechat", bot.NotFound, "没有编号 A99"},
			{"A02", "wechat", bot.Conflict, "李四（A02）在这个渠道没有绑定"},
			{"a01", "wechat", 0, ""},
			{"A01", "wechat", bot.Conflict, "可能刚才已经解绑"},
		} {
			m, err := r.desk.Unbind(t.Context(), boss, tt.number, tt.channel)
			r.refused(tt.number, err, tt.code, tt.says)
			if err != nil {
				r.did()
			} else if m.Name != "张三" {
				t.Errorf("%+v", m)
			} else {
				r.did("staff S01: unbind member A01 wechat")
			}
		}
		list, err := r.desk.People(t.Context())
		r.must(err)
		if b := list[0].Bound; len(b) != 1 || b[0].Channel != "wecom" {
			t.Errorf("%+v", b)
		}
	})
}
