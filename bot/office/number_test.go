package office

import "testing"

// A member's number is what the cell shows, not what it stores.
func TestShown(t *testing.T) {
	for _, tt := range []struct{ raw, format, want string }{
		{"7", "", "7"}, {"7", "000", "007"}, {"7.0", "000", "007"}, {"1234", "000", "1234"}, {"7", `"A"000`, "A007"}, {"7", `"委"0000"号"`, "委0007号"},
		{"7", `\A000`, "A007"}, {"7", `!编0`, "编7"}, {"7", "0_ ", "7"}, {"7", "0_);(0)", "7"}, {"7", "[Red]00-", "07-"}, {"7", "##00", "07"}, {"0", "#", "0"},
		{"7", "000-00", "7"}, {"7", "0.00", "7"}, {"1234", "#,##0", "1234"}, {"13800001234", "0.00E+00", "13800001234"}, {"46357", "yyyy/m/d", "46357"}, {"7", `"A`, "7"}, {"7", "[0", "7"}, {"7", `0\`, "7"},
		{"7.5", "000", "7.5"}, {"-7", "000", "-7"}, {"0.30000000000000004", "", "0.30000000000000004"}, {"999999999999999", "", "999999999999999"}, {"4.1E+17", "", "4.1E+17"}, {"1E3", "", "1000"}, {"x", "000", "x"},
	} {
		n := &numbers{formats: map[int]string{164: tt.format}, styles: []int{0, 164}}
		if got := n.shown(tt.raw, 1); got != tt.want {
			t.Errorf("%s as %q: %q, want %q", tt.raw, tt.format, got, tt.want)
		}
	}
	if got := (&numbers{}).shown("7", 3); got != "7" {
		t.Errorf("a style that is not there: %q", got)
	}
}

func FuzzShown(f *testing.F) {
	f.Add("7", `"A"000`)
	f.Add("46357.5", "yyyy/m/d")
	f.Fuzz(func(t *testing.T, raw, format string) {
		n := &numbers{formats: map[int]string{164: format}, styles: []int{164}}
		if got := n.shown(raw, 0); len(got) > len(raw)+2*longestFormat+maxDigits {
			t.Fatalf("%q as %q is %d bytes", raw, format, len(got))
		}
	})
}

// maxDigits is more than a number below exact is written with.
const maxDigits = 400
