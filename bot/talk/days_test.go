package talk

import (
	"testing"
	"time"

	"lianwen/corpus"
)

func TestReadDays(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 12, 30, 15, 0, 0, 0, time.FixedZone("CST", 8*3600))
	for text, want := range map[string][3]string{
		"今天":                        {"2026-12-30", "2026-12-30", ""},
		"明天 出差":                     {"2026-12-31", "2026-12-31", "出差"},
		"后天":                        {"2027-01-01", "2027-01-01", ""},
		"12月31日":                    {"2026-12-31", "2026-12-31", ""},
		"1月2日":                      {"2027-01-02", "2027-01-02", ""},
		"12月31日到1月2日 回老家":           {"2026-12-31", "2027-01-02", "回老家"},
		"12月30日至31日，开会":             {"2026-12-30", "2026-12-31", "开会"},
		"12.30-12.31":               {"2026-12-30", "2026-12-31", ""},
		"12-30 至 12-31 病假":          {"2026-12-30", "2026-12-31", "病假"},
		"2026-12-30—2027-01-05":     {"2026-12-30", "2027-01-05", ""},
		"2027年1月5日~1月6日":            {"2027-01-05", "2027-01-06", ""},
		"2027/1/5 到 2027/1/6":       {"2027-01-05", "2027-01-06", ""},
		"明天到后天":                     {"2026-12-31", "2027-01-01", ""},
		"今天到明天":                     {"2026-12-30", "2026-12-31", ""},
		"12月30号到1月1号":               {"2026-12-30", "2027-01-01", ""},
		"2028年2月29日":                {"2028-02-29", "2028-02-29", ""},
		"11月30日":                    {"2026-11-30", "2026-11-30", ""},
		"2月29日":                     {}, // there is none within a year
		"2027-02-29":                {},
		"2月30日":                     {},
		"13月1日":                     {},
		"1月3日到1月2日":                 {},
		"下周三":                       {},
		"":                          {},
		"找谁批":                       {},
		"3天":                        {},
		"12月":                       {},
		"12月31日起床":                  {},
		"2026-12-30T10:00":          {},
		"99999999999999999999月1日":   {},
		"12月31日至2099999999999年1月2日": {},
	} {
		from, to, rest, ok := readDays(text, today)
		if got := [3]string{string(from), string(to), rest}; ok != (want[0] != "") || ok && got != want {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
}

// Whatever is written, days that come out are days, in order.
func FuzzReadDays(f *testing.F) {
	for _, text := range []string{"12月1日至12月5日 出差", "明天", "2026-12-01—31日", "1.2"} {
		f.Add(text)
	}
	today := time.Date(2026, 12, 30, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		from, to, _, ok := readDays(text, today)
		if !ok {
			return
		}
		for _, day := range []corpus.Date{from, to} {
			if _, err := time.Parse(time.DateOnly, string(day)); err != nil {
				t.Errorf("%q: %v", text, err)
			}
		}
		if to < from {
			t.Errorf("%q: %s to %s", text, from, to)
		}
	})
}
