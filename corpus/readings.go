package corpus

// Limits of what else is pushed, in characters.
const (
	MaxBookRunes = 300
	MaxCaseRunes = 400
)

// Book is a recommendation of a book (荐书).
type Book struct {
	ID, Title, Author string // Title without 《》
	Publisher, Theme  string // "" when not given
	Text              string
	Sample            bool // the sample's, in a library that has none
	File              string

	idLine int
}

// Case is a case notice (案例通报): what happened, what followed, and the
// articles that decide it.
type Case struct {
	ID, Title, Theme string
	Text             string
	Cites            []Cite
	Sample           bool
	File             string

	idLine, citesLine int
}

// bookHeader is the front matter of a book file.
type bookHeader struct {
	ID        string `toml:"id"`
	Title     string `toml:"title"`
	Author    string `toml:"author"`
	Publisher string `toml:"publisher"`
	Theme     string `toml:"theme"`
}

// caseHeader is the front matter of a case file.
type caseHeader struct {
	ID     string   `toml:"id"`
	Title  string   `toml:"title"`
	Theme  string   `toml:"theme"`
	Cites  []string `toml:"cites"`
	Sample bool     `toml:"sample"`
}

func parseBook(file, src string, rep *report) *Book {
	var h bookHeader
	body, line, ok := splitFrontMatter(file, src, &h, rep)
	if !ok {
		return nil
	}
	b := &Book{
		ID: h.ID, Title: NormalizeTitle(h.Title), Author: h.Author, Publisher: h.Publisher, Theme: h.Theme,
		Text: trimSpace(body), File: file, idLine: keyLine(src, "id"),
	}
	if b.Title == "" || b.Author == "" {
		rep.errorf(file, keyLine(src, "title"), "请写上 title 和 author", "荐书缺书名或作者")
	}
	checkText(file, b.idLine, line, b.ID, b.Text, MaxBookRunes, rep)
	return b
}

func parseCase(file, src string, rep *report) *Case {
	var h caseHeader
	body, line, ok := splitFrontMatter(file, src, &h, rep)
	if !ok {
		return nil
	}
	c := &Case{
		ID: h.ID, Title: h.Title, Theme: h.Theme, Text: trimSpace(body), Sample: h.Sample, File: file,
		Cites:  parseCites(file, keyLine(src, "cites"), h.Cites, rep),
		idLine: keyLine(src, "id"), citesLine: keyLine(src, "cites"),
	}
	if c.Title == "" {
		rep.errorf(file, keyLine(src, "title"), "请写上 title", "案例缺标题")
	}
	if len(h.Cites) == 0 {
		rep.errorf(file, c.idLine, "请写上依据的条，如 cites = [\"jiedai#7\"]", "案例没有依据")
	}
	checkText(file, c.idLine, line, c.ID, c.Text, MaxCaseRunes, rep)
	return c
}
