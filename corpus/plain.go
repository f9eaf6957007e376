package corpus

import (
	"path"
	"regexp"
	"strings"
	"time"
)

// preambleNames are the headings under which real documents put text that
// stands before 第一条 and is part of the document.
var preambleNames = map[string]bool{"总纲": true, "序言": true, "序": true, "前言": true, "引言": true}

// preambleName is a line as preambleNames writes it: 总　纲 and **总纲** are 总纲.
func preambleName(s string) string {
	return strings.Join(strings.Fields(strings.Trim(s, "*_")), "")
}

var (
	contentsPattern = regexp.MustCompile(`^目[\s　]*[录次錄]$`)
	boldLabel       = regexp.MustCompile(`(?m)^([ \t　]*)\*\*(第[ \t　]*[` + numeralClass + `]+[ \t　]*条(?:之[` + numeralClass + `]+)?)\*\*`)
	pathUnsafe      = regexp.MustCompile(`[/#@\s　]+`)
)

// bareTitle drops 《》 around a title: they are printed with it.
func bareTitle(s string) string {
	if inner := strings.TrimSuffix(strings.TrimPrefix(s, "《"), "》"); len(inner) == len(s)-len("《》") && !strings.ContainsAny(inner, "《》") {
		return inner
	}
	return s
}

// plainID makes an id of a file's path: nothing in the text is sure to be stable.
func plainID(file string) string {
	return pathUnsafe.ReplaceAllString(strings.TrimSuffix(file, path.Ext(file)), "-")
}

func isoDate(y, m, d string) Date {
	pad := func(s string) string {
		if len(s) == 1 {
			return "0" + s
		}
		return s
	}
	day := y + "-" + pad(m) + "-" + pad(d)
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return ""
	}
	return Date(day)
}

// stem is a path's last element without its extension.
func stem(file string) string {
	base := file[strings.LastIndex(file, "/")+1:]
	if i := strings.LastIndex(base, "."); i > 0 {
		base = base[:i]
	}
	return base
}
