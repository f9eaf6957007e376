package main

import (
	"testing"

	"github.com/spf13/pflag"
)

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "json", 4}, {"json", "json", 0}, {"jsn", "json", 1}, {"jsonn", "json", 1}, {"jsom", "json", 1},
		{"jsno", "json", 1}, {"form", "from", 1}, {"ofrm", "from", 2}, {"to", "from", 3}, {"abc", "ca", 3},
	} {
		if got := distance(tt.a, tt.b); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := distance(tt.b, tt.a); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}

func TestNearestFlag(t *testing.T) {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	for _, name := range []string{"config", "from", "json", "library", "save-template", "secret", "template", "to"} {
		flags.String(name, "", "")
	}
	flags.Lookup("secret").Hidden = true
	for word, want := range map[string]string{
		"jsno": "json", "JSON": "json", "form": "from", "ofrm": "from", "frm": "from", "t": "", "too": "to", "lib": "library", "librayr": "library", "xjsonxx": "",
		"tempalte": "template", "save-tmplt": "save-template", "confg": "config", "verbose": "", "secrte": "", "xy": "", "": "", "--": "",
	} {
		if got := nearestFlag(flags, word); got != want {
			t.Errorf("nearestFlag(%q) = %q, want %q", word, got, want)
		}
	}
}
