package staff

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Person is somebody of the roster as staff look at them. What they asked, and
// whether they want nothing sent, is nobody's business.
type Person struct {
	ledger.Member
	Bound   []ledger.Binding // empty: on no channel
	Code    time.Time        // until when a binding code is good that nobody has used; zero: there is none
	OnLeave bool             // today
}

// People is everybody who is or was on the roster, by number.
func (d *Desk) People(ctx context.Context) ([]Person, error) {
	members, err1 := d.Ledger.Members(ctx)
	bindings, err2 := d.Ledger.Bindings(ctx)
	codes, err3 := d.Ledger.UnusedCodes(ctx, d.Now())
	leaves, err4 := d.Ledger.Excuses(ctx, d.Today(), d.Today())
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	bound := map[string][]ledger.Binding{}
	for _, b := range bindings {
		b.Since = b.Since.In(d.Location)
		bound[b.Member] = append(bound[b.Member], b)
	}
	list := make([]Person, 0, len(members))
	for _, m := range members {
		p := Person{Member: m, Bound: bound[m.Number], OnLeave: ledger.OnLeave(leaves, m.Number, d.Today())}
		if until, ok := codes[m.Number]; ok {
			p.Code = until.In(d.Location)
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b Person) int { return strings.Compare(a.Number, b.Number) })
	return list, nil
}

// The words of a PeopleFilter for who somebody is and whether they are bound, and
// what stands for a 界别 or 专委会 that the roster does not say.
const (
	IsMember  = "委员"
	IsStaff   = "工作人员"
	IsBound   = "已绑定"
	IsUnbound = "未绑定"
	Unfilled  = "（未填）"
)

// PeopleFilter is whom of the roster somebody wants to see; what is empty leaves
// nobody out.
type PeopleFilter struct {
	Text      string // in the number, the name, the 界别 or the 专委会, or initials of the name
	Sector    string // 界别, or Unfilled
	Committee string // 专委会, or Unfilled
	Role      string // IsMember or IsStaff
	Bound     string // IsBound or IsUnbound
	Left      bool   // those who have left, and nobody else
}

// Of are those of some people whom a filter lets through.
func (f PeopleFilter) Of(list []Person) (out []Person) {
	for _, p := range list {
		if (p.Left != "") == f.Left && f.is(p) && f.finds(p.Member) {
			out = append(out, p)
		}
	}
	return out
}

func (f PeopleFilter) is(p Person) bool {
	role, bound := IsMember, IsUnbound
	if p.Staff {
		role = IsStaff
	}
	if len(p.Bound) > 0 {
		bound = IsBound
	}
	for _, of := range [][2]string{{f.Sector, cmp.Or(p.Sector, Unfilled)}, {f.Committee, cmp.Or(p.Committee, Unfilled)}, {f.Role, role}, {f.Bound, bound}} {
		if of[0] != "" && of[0] != of[1] {
			return false
		}
	}
	return true
}

func (f PeopleFilter) finds(m ledger.Member) bool {
	text := bot.Key(f.Text)
	for _, in := range []string{m.Number, m.Name, m.Sector, m.Committee} {
		if strings.Contains(bot.Key(in), text) {
			return true
		}
	}
	return hasInitials(m.Name, strings.ToLower(text))
}

// hasInitials reports whether letters are the first of the pinyin of characters of a
// name that stand side by side, in any of their readings: a surname has its own.
func hasInitials(name, letters string) bool {
	if strings.ContainsFunc(letters, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return false
	}
	args := pinyin.NewArgs()
	args.Style, args.Heteronym = pinyin.FIRST_LETTER, true
	runes := slices.DeleteFunc([]rune(name), func(r rune) bool { return !unicode.Is(unicode.Han, r) })
	for from := range len(runes) - len(letters) + 1 {
		n := 0
		for n < len(letters) && slices.Contains(pinyin.SinglePinyin(runes[from+n], args), letters[n:n+1]) {
			n++
		}
		if n == len(letters) {
			return true
		}
	}
	return false
}

// Groups are the 界别 and the 专委会 of those who are on the roster; who has none has
// Unfilled, which comes last.
func Groups(list []Person) (sectors, committees []string) {
	for _, p := range list {
		if p.Left == "" {
			sectors, committees = append(sectors, cmp.Or(p.Sector, Unfilled)), append(committees, cmp.Or(p.Committee, Unfilled))
		}
	}
	tidy := func(list []string) []string {
		slices.SortFunc(list, func(a, b string) int {
			return cmp.Or(boolInt(a == Unfilled)-boolInt(b == Unfilled), strings.Compare(a, b))
		})
		return slices.Compact(list)
	}
	return tidy(sectors), tidy(committees)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Unbind forgets by whom a member is recognised on a channel: they are nobody there
// until they bind anew.
func (d *Desk) Unbind(ctx context.Context, actor ledger.Actor, number, channel string) (ledger.Member, error) {
	m, err := d.everOnRoster(ctx, number)
	if err != nil {
		return m, err
	}
	err = d.Ledger.UnbindMember(ctx, m.Number, channel, actor, d.Now())
	if errors.Is(err, ledger.ErrNoMember) {
		err = bot.Conflict.Sayf("%s（%s）在这个渠道没有绑定，可能刚才已经解绑。", m.Name, m.Number)
	}
	return m, err
}

// ChannelName is what people call a channel.
func ChannelName(channel string) string { return cmp.Or(channelWords[channel], channel) }

// everOnRoster is the member with a number, who may have left.
func (d *Desk) everOnRoster(ctx context.Context, number string) (ledger.Member, error) {
	members, err := d.Ledger.Members(ctx)
	if err != nil {
		return ledger.Member{}, err
	}
	m, ok := numbered(members, number)
	if !ok {
		return ledger.Member{}, bot.NotFound.Sayf("花名册里没有编号 %s。", number)
	}
	return m, nil
}

// firstDay and lastDay bound what is asked for without bounds.
const firstDay, lastDay = corpus.Date("0000-01-01"), corpus.Date("9999-12-31")
