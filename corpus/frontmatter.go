package corpus

import (
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// fence opens and closes a front matter; wideFence is how a Chinese keyboard
// writes it.
const (
	fence     = "+++"
	wideFence = "＋＋＋"
)

// ruleHeader is the front matter of a rule file.
type ruleHeader struct {
	ID        string         `toml:"id"`
	Title     string         `toml:"title"`
	Aliases   []string       `toml:"aliases"`
	Document  string         `toml:"document"`
	Issued    toml.LocalDate `toml:"issued"`
	Effective toml.LocalDate `toml:"effective"`
	Status    string         `toml:"status"`
	Category  string         `toml:"category"`
	Contact   string         `toml:"contact"`
	Kind      string         `toml:"kind"`
	Numbering string         `toml:"numbering"`
	Until     toml.LocalDate `toml:"until"`
	Original  string         `toml:"original"`
	Sample    bool           `toml:"sample"`
	Internal  bool           `toml:"internal"`
}

// storyHeader is the front matter of a story file.
type storyHeader struct {
	ID     string   `toml:"id"`
	Title  string   `toml:"title"`
	Period string   `toml:"period"`
	Source string   `toml:"source"`
	Theme  string   `toml:"theme"`
	Cites  []string `toml:"cites"`
	Sample bool     `toml:"sample"`
}

// noticeHeader is the front matter of a notice file.
type noticeHeader struct {
	ID       string   `toml:"id"`
	Festival string   `toml:"festival"`
	Audience string   `toml:"audience"`
	Cites    []string `toml:"cites"`
	Sample   bool     `toml:"sample"`
}

// hasFrontMatter reports whether src begins with a fence.
func hasFrontMatter(src string) bool {
	first, _, _ := strings.Cut(strings.TrimLeft(src, "\n"), "\n")
	return trimSpace(first) == fence
}

// splitFrontMatter decodes the front matter of src into header, strictly. It
// returns the body and the number of its first line; ok is false when the
// front matter cannot be used, which has then been reported.
func splitFrontMatter(file, src string, header any, rep *report) (body string, line int, ok bool) {
	offset, opened, start := 0, 0, 0 // opened: the line of the first fence; start: the byte after it
	for raw := range strings.Lines(src) {
		line++
		offset += len(raw)
		switch {
		case trimSpace(raw) != fence:
		case opened == 0:
			opened, start = line, offset
		default:
			head := src[start : offset-len(raw)]
			return src[offset:], line + 1, decodeTOML(file, head, opened, header, rep)
		}
	}
	rep.errorf(file, max(opened, 1), "请在文件头末尾补上一行 +++", "文件头没有结束")
	return "", 0, false
}

// decodeTOML decodes text into v and reports what is wrong with it; base is
// added to line numbers. ok is false when something of v is missing for that.
func decodeTOML(file, text string, base int, v any, rep *report) (ok bool) {
	_, mistakes := MendTOML(text, v)
	ok = true
	for _, m := range mistakes {
		fix := m.Fix
		if m.Unknown != "" && fix == "" {
			fix = "请对照 library/README.md 改正或删去"
		}
		ok = ok && !m.Lost // else go on, so that all problems show at once
		rep.errorf(file, base+m.Line, fix, "%s", m.What)
	}
	return ok
}

// keyLine is the line of src on which key is set, or 1.
func keyLine(src, key string) int {
	no := 0
	for raw := range strings.Lines(src) {
		no++
		if k, _, ok := strings.Cut(raw, "="); ok && trimSpace(k) == key {
			return no
		}
	}
	return 1
}

// idLinePattern finds the id in a front matter that cannot be used.
var idLinePattern = regexp.MustCompile(`(?m)^\s*id\s*[=＝]\s*["'“”＂]?([a-z0-9-]+)`)

// IsID reports whether a text may be the id of a rule.
func IsID(s string) bool { return idPattern.MatchString(s) }

var idPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// parseRule reads a rule file with front matter; nil when it cannot be used.
func parseRule(file, src string, rep *report) *Rule {
	var h ruleHeader
	body, line, ok := splitFrontMatter(file, src, &h, rep)
	if !ok {
		if m := idLinePattern.FindStringSubmatch(src); m != nil {
			rep.unread[m[1]] = true
		}
		return nil
	}
	kinds := map[string]Kind{"": Regulation, "prohibitions": Prohibitions}
	kind, known := kinds[h.Kind]
	bad := func(key, fix, format string, args ...any) { rep.errorf(file, keyLine(src, key), fix, format, args...) }
	if !IsID(h.ID) {
		bad("id", "请写成小写字母、数字和短横线，如 ti-an", "id %q 不合要求", h.ID)
	}
	if trimSpace(h.Title) == "" {
		bad("title", "请写上 title", "没有标题")
	}
	if h.Status != "in-force" && h.Status != "repealed" {
		bad("status", "请写 in-force（现行）或 repealed（废止）", "status %q 不认识", h.Status)
	}
	if !known {
		bad("kind", "一般制度删去这一项，禁止性清单写 prohibitions", "kind %q 不认识", h.Kind)
	}
	style, known := styleNames[h.Numbering]
	if !known {
		bad("numbering", "以「第一条」编号的删去这一项，其余写 \"一、\"、\"1.\" 或 \"（一）\"", "numbering %q 不认识", h.Numbering)
	}
	if h.Effective == (toml.LocalDate{}) {
		rep.warnf(file, keyLine(src, "effective"), "知道的话，请写上 effective = 2026-02-01 这样的日期", "没有施行日期，引用时不写日期")
	}
	rule := &Rule{
		ID: h.ID, Title: bareTitle(trimSpace(h.Title)), Aliases: h.Aliases, Document: h.Document,
		Issued: date(h.Issued), Effective: date(h.Effective), Repealed: h.Status == "repealed",
		Category: h.Category, Contact: trimSpace(h.Contact), Until: date(h.Until), Original: h.Original, Sample: h.Sample, Internal: h.Internal, Kind: kind, Numbering: style, File: file,
	}
	parseBody(rule, body, line, rep)
	return rule
}

func date(d toml.LocalDate) Date {
	if d == (toml.LocalDate{}) {
		return ""
	}
	return Date(d.String())
}
