package staff_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// Codes are for those who are on the roster, each once; what cannot be done for
// all that were named is done for nobody.
func TestCodes(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		for _, tt := range []struct {
			numbers []string
			days    int
			want    []string
			code    bot.Code
			says    string
		}{
			{nil, 0, nil, bot.Invalid, "1 到 365 天"},
			{nil, 366, nil, bot.Invalid, "1 到 365 天"},
			{nil, -1, nil, bot.Invalid, "1 到 365 天"},
			{[]string{"A99"}, 1, nil, bot.NotFound, "在册的编号 A99，"},
			{[]string{"A01", "B2", "A99"}, 1, nil, bot.NotFound, "在册的编号 A99、B2，"},
			{[]string{"A03"}, 1, nil, bot.NotFound, "在册的编号 A03，"}, // has left
			{nil, 1, []string{"A01", "A02", "S01"}, 0, ""},
			{nil, 365, []string{"A01", "A02", "S01"}, 0, ""},
			{[]string{"S01", "A01", "S01"}, 7, []string{"A01", "S01"}, 0, ""},
		} {
			list, err := r.desk.Codes(t.Context(), boss, tt.numbers, tt.days)
			r.refused(fmt.Sprint(tt.numbers, tt.days), err, tt.code, tt.says)
			if err != nil {
				r.did()
			} else {
				r.did(fmt.Sprintf("staff S01: roster codes %d codes", len(tt.want)))
			}
			var got []string
			for i, c := range list {
				got = append(got, c.Member.Number)
				if !c.Expires.Equal(r.now.AddDate(0, 0, tt.days)) || c.Member.Name == "" {
					t.Errorf("%v: %+v", tt.numbers, c)
				}
				m, err := r.desk.Ledger.Bind(t.Context(), ledger.Sender{Channel: "wechat", Name: fmt.Sprint(i)}, c.Code, c.Expires.Add(-time.Millisecond))
				if err != nil || m.Number != c.Member.Number {
					t.Errorf("%s of %s binds %s: %v", c.Code, c.Member.Number, m.Number, err)
				}
				r.deeds++
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%v: %q, want %q", tt.numbers, got, tt.want)
			}
		}
	})
}

func TestCodesForNobody(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		_, err := r.desk.Ledger.ImportMembers(t.Context(), nil, "2026-11-30", "setup", r.now)
		r.must(err)
		list, err := r.desk.Codes(t.Context(), boss, nil, 1)
		r.refused("an empty roster", err, bot.NotFound, "花名册是空的")
		if len(list) != 0 {
			t.Errorf("%+v", list)
		}
	})
}
