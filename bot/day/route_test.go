package day_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// line is one of several channels.
type line struct {
	name  string
	can   bot.Capabilities
	knows []string         // the addresses that it can send to
	says  error            // of all others
	fails map[string]error // of what it sends, by where it goes
	sent  []string
}

func (l *line) Name() string                           { return l.name }
func (l *line) Capabilities() bot.Capabilities         { return l.can }
func (l *line) Run(context.Context, bot.Handler) error { return nil }

func (l *line) Ready(to string) error {
	if slices.Contains(l.knows, to) {
		return nil
	}
	return l.says
}

func (l *line) Send(_ context.Context, out bot.Outgoing) (bot.Receipt, error) {
	if err := l.fails[out.To]; err != nil {
		return bot.Receipt{}, err
	}
	l.sent = append(l.sent, out.To)
	return bot.Receipt{MessageIDs: []string{l.name}}, nil
}

// Channels of the cases below: what they can do, and what they say of an address
// that they do not know.
var (
	all        = bot.Capabilities{Direct: true, Groups: true, Initiates: true}
	mute       = bot.Capabilities{Direct: true, Groups: true}
	noGroups   = bot.Capabilities{Direct: true, Initiates: true}
	groupsOnly = bot.Capabilities{Groups: true, Initiates: true}

	errOffline  = fmt.Errorf("微信%w", bot.ErrOffline)
	errStranger = errors.New("没有找到群")
)

func wechat(can bot.Capabilities, says error, knows ...string) line {
	return line{name: "wechat", can: can, says: says, knows: knows}
}

func wecom(can bot.Capabilities, says error, knows ...string) line {
	return line{name: "wecom", can: can, says: says, knows: knows}
}

const nowhere, unbound = " skipped 没有可发的内容：没有能发到甲的渠道", " skipped 没有可发的内容："

var routes = []struct {
	target string
	lines  []line
	want   string // of the record; "": there is none
	by     string // the channel and the address
}{
	{"group:甲", []line{wechat(all, errOffline, "group:甲"), wecom(all, errOffline, "group:甲")}, " sent", "wechat group:甲"},
	{"group:甲", []line{wecom(all, errOffline, "group:甲"), wechat(all, errOffline, "group:甲")}, " sent", "wecom group:甲"},
	{"group:甲", []line{wechat(all, errOffline), wecom(all, errOffline, "group:甲")}, " sent", "wecom group:甲"},
	{"group:甲", []line{wechat(all, errStranger), wecom(all, errOffline, "group:甲")}, " sent", "wecom group:甲"},
	{"group:甲", []line{wechat(all, errOffline), wecom(all, errOffline)}, "", ""},
	// One that is away may know the group.
	{"group:甲", []line{wechat(all, errOffline), wecom(all, errStranger)}, "", ""},
	{"group:甲", []line{wechat(all, errStranger), wecom(all, errOffline)}, "", ""},
	{"group:甲", []line{wechat(all, errStranger), wecom(all, errStranger)}, " waiting 没有找到群", ""},
	// A channel that cannot do it is not asked.
	{"group:甲", nil, nowhere, ""},
	{"group:甲", []line{wechat(mute, errOffline, "group:甲")}, nowhere, ""},
	{"group:甲", []line{wechat(noGroups, errOffline, "group:甲")}, nowhere, ""},
	{"group:甲", []line{wechat(mute, errOffline, "group:甲"), wecom(groupsOnly, errOffline, "group:甲")}, " sent", "wecom group:甲"},
	// A channel that is named is the only one.
	{"wecom:group:甲", []line{wechat(all, errOffline, "group:甲"), wecom(all, errOffline, "group:甲")}, " sent", "wecom group:甲"},
	{"wecom:group:甲", []line{wechat(all, errOffline, "group:甲"), wecom(all, errStranger)}, " waiting 没有找到群", ""},
	{"mp:group:甲", []line{wechat(all, errOffline, "group:甲"), wecom(all, errOffline, "group:甲")}, nowhere, ""},
	// A member is reached where they are bound: A01 on both, as two senders on
	// the second; A02 nowhere.
	{"member:A01", []line{wechat(all, errOffline, "@a"), wecom(all, errOffline, "b1")}, " sent", "wechat @a"},
	{"member:A01", []line{wechat(all, errOffline), wecom(all, errStranger, "b2")}, " sent", "wecom b2"},
	{"member:A01", []line{wechat(all, errStranger), wecom(all, errStranger, "b1", "b2")}, " sent", "wecom b2"}, // bound last
	{"member:A01", []line{wechat(all, errOffline), wecom(all, errStranger)}, "", ""},
	{"member:A01", []line{wechat(groupsOnly, errOffline, "@a"), wecom(mute, errOffline, "b1")}, unbound + "没有绑定，或者本人不收私聊推送", ""},
	{"member:A02", []line{wechat(all, errOffline), wecom(all, errOffline)}, unbound + "没有绑定，或者本人不收私聊推送", ""},
	{"甲", []line{wechat(all, errOffline, "甲", "group:甲")}, " skipped 没有可发的内容：不认识 甲", ""},
}

// A push goes by the first channel that can send there; where none can now, it
// waits for those that may, and the record says what ails it.
func TestRoute(t *testing.T) {
	t.Parallel()
	for _, tt := range routes {
		names := ""
		for _, l := range tt.lines {
			names += fmt.Sprintf(" %s %v", l.name, l.says)
		}
		t.Run(tt.target+names, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, ledgertest.SQLite(t), 9, story(tt.target))
			bindA01(d)
			var lines []*line
			d.outbox.Channels = nil
			for _, l := range tt.lines {
				lines = append(lines, &l)
				d.outbox.Channels = append(d.outbox.Channels, &l)
			}
			d.at(1, 8, 0)
			if tt.want == "" {
				d.are(1)
			} else {
				d.are(1, "story "+tt.target+tt.want)
			}
			by := ""
			for _, l := range lines {
				for _, to := range l.sent {
					by += l.name + " " + to
				}
			}
			if by != tt.by {
				t.Errorf("sent by %q, want %q", by, tt.by)
			}
		})
	}
}

// bindA01 binds a member on two channels, on the second as two senders.
func bindA01(d *desk) {
	d.Helper()
	for i, s := range []ledger.Sender{{Channel: "wechat", Name: "@a"}, {Channel: "wecom", Name: "b1"}, {Channel: "wecom", Name: "b2"}} {
		at := d.now.Add(time.Duration(i) * time.Second)
		must(d.T, d.ledger.NewCodes(d.Context(), map[string]string{"A01": "CODE"}, at.Add(time.Hour), "staff", at))
		_, err := d.ledger.Bind(d.Context(), s, "CODE", at)
		must(d.T, err)
	}
}

// What one channel refuses is not sent by another: the next look may find
// another way, if it is refused only for now.
func TestRouteChanges(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 9, story("group:甲", "group:乙"))
		can := bot.Capabilities{Groups: true, Initiates: true}
		a := &line{name: "wechat", can: can, knows: []string{"group:甲", "group:乙"}, says: bot.ErrOffline, fails: map[string]error{
			"group:甲": &bot.RefusedError{Reason: "安静时段", After: 10 * time.Minute}, "group:乙": &bot.RefusedError{Reason: "被移出群"},
		}}
		b := &line{name: "wecom", can: can, knows: []string{"group:甲", "group:乙"}, says: bot.ErrOffline}
		d.outbox.Channels = []bot.Channel{a, b}
		d.at(1, 8, 0)
		d.are(1, "story group:甲 waiting 安静时段", "story group:乙 failed 被移出群")
		a.knows = nil // gone offline
		d.at(1, 8, 10)
		d.are(1, "story group:甲 sent", "story group:乙 failed 被移出群")
		if len(b.sent) != 1 || b.sent[0] != "group:甲" {
			t.Errorf("the second channel sent %q", b.sent)
		}
		records, err := d.ledger.Pushes(t.Context(), "2026-12-01", "2026-12-01")
		if err != nil || records[0].MessageID+records[1].MessageID != "wecom" {
			t.Errorf("%+v, %v", records, err)
		}
	})
}
