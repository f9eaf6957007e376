package corpus

import (
	"strconv"
	"strings"
	"testing"
)

// Every number an article can have is written one way and read back from each
// of the ways people write it: 一百零三, 一〇三, 103, １０３.
func TestNumeralRoundTrip(t *testing.T) {
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	positional := strings.NewReplacer("0", "〇", "1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "七", "8", "八", "9", "九")
	seen := map[string]int{}
	for n := 1; n <= MaxNumeral; n++ {
		formatted, arabic := FormatNumeral(n), strconv.Itoa(n)
		if other, ok := seen[formatted]; ok {
			t.Fatalf("%d and %d are both written %s", other, n, formatted)
		}
		seen[formatted] = n
		for _, s := range []string{formatted, arabic, wide.Replace(arabic), positional.Replace(arabic)} {
			if got, ok := ParseNumeral(s); !ok || got != n {
				t.Errorf("ParseNumeral(%q) = %d, %v; want %d", s, got, ok, n)
			}
		}
	}
}

func TestFormatNumeral(t *testing.T) {
	for n, want := range map[int]string{
		1: "一", 10: "十", 12: "十二", 20: "二十", 99: "九十九", 100: "一百", 103: "一百零三", 110: "一百一十",
		112: "一百一十二", 133: "一百三十三", 999: "九百九十九", 1000: "一千", 1010: "一千零一十", 1260: "一千二百六十",
		9009: "九千零九", 9999: "九千九百九十九",
		0: "0", -3: "-3", 10000: "10000", // outside the range: legible, never a panic
	} {
		if got := FormatNumeral(n); got != want {
			t.Errorf("FormatNumeral(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestParseNumeral(t *testing.T) {
	for s, want := range map[string]int{
		"一〇三": 103, "一○三": 103, "一零三": 103, "二〇二六": 2026, // 〇 has several code points in use
		"两百": 200, "两": 2, "两百零二": 202, "二百": 200,
		"一百零十二": 112, "一千零二十": 1020, "一千零一十": 1010, "一千零三": 1003,
		"１２": 12, "1２": 12, "007": 7, "9999": 9999,
	} {
		if got, ok := ParseNumeral(s); !ok || got != want {
			t.Errorf("ParseNumeral(%q) = %d, %v; want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{
		"",
		"一百三",        // 130 to the ear, 103 to a careless typist: too uncertain to quote by
		"一千二", "二百五", // the same
		"零", "〇", "0", "０", "零三十", // no article is numbered zero
		"十十", "百", "百一", "千", "十百", "一十百", "三百二百", // units out of order
		"一百零", "一百零零三", "十零", // a zero that skips nothing
		"二三十", "一二百", "十二三", // approximations: 二三十 is twenty or thirty
		"10000", "一二三四五", "99999999999999999999", "-1", "+1", // out of range
		"1二", "一2", "12条", "十 二", " 12", "壹", "IV", "十\x00", "\xff", "1.5",
	} {
		if got, ok := ParseNumeral(s); ok {
			t.Errorf("ParseNumeral(%q) = %d, want it refused", s, got)
		}
	}
}
