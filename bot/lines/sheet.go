package lines

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"lianwen/corpus"
)

// Everything between these lines of a prompt file is for the model, and is passed over
// where somebody hands it back with the answer.
const (
	sheetBegins = "【廉问提示词：从这一行到「提示词完」，全部粘贴给模型】"
	sheetEnds   = "【提示词完】"
)

// MinSheet is the least size of a prompt file, in characters: what is said around the
// articles takes its part.
const MinSheet = 2000

// Sheet is a prompt file: what a person hands to a model somewhere else, for articles of
// one rule.
type Sheet struct {
	Name     string // of the file
	Text     string
	Articles int
}

// Sheets divides requests among prompt files of about size characters, each of one rule.
// An article that is longer by itself has a file by itself.
func (t *Template) Sheets(requests []Request, size int) []Sheet {
	var sheets []Sheet
	for len(requests) > 0 {
		rule := requests[0].Article.Rule
		name := fmt.Sprintf("%03d-%s", len(sheets)+1, fileName(rule.Title))
		n := 1
		for n < len(requests) && requests[n].Article.Rule == rule && utf8.RuneCountInString(t.sheet(requests[:n+1], name)) <= size {
			n++
		}
		sheets = append(sheets, Sheet{name + ".txt", t.sheet(requests[:n], name), n})
		requests = requests[n:]
	}
	return sheets
}

// sheet is the text of a prompt file.
func (t *Template) sheet(requests []Request, name string) string {
	blocks := make([]string, len(requests))
	for i, r := range requests {
		a := r.Article
		blocks[i] = fmt.Sprintf("%s还要 %d 句，编号是 【%s %s】\n%s", a.Label, r.Want, a.Key(), a.WordsDigest(), material(r))
	}
	text := t.fill(requests[0].Article.Rule, formatMany, strings.Join(blocks, "\n\n"))
	return fmt.Sprintf("%s\n%s\n%s\n\n回答存成 %s-答.txt 这样的文本文件，然后运行：lianwen lines read %s-答.txt\n", sheetBegins, text, sheetEnds, name, name)
}

// fileName is a title as part of a file's name.
func fileName(title string) string {
	const most = 30 // characters
	runes := []rune(strings.Map(func(r rune) rune {
		if r <= ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, title))
	return string(runes[:min(len(runes), most)])
}

// Found is what an answer to a prompt file has for one article.
type Found struct {
	Key     string          // as the answer names it
	Article *corpus.Article // nil when there is none to take it for; Why says why
	Answer
}

// ReadSheet reads an answer to a prompt file: which article each piece is for is in the
// keys that it repeats. Nothing is taken for an article that the library does not have
// in force, or has in other words by now. stray is how many lines have no key above them,
// or stand where a prompt has begun and not ended.
func ReadSheet(c *corpus.Corpus, text string) (found []Found, stray int) {
	type piece struct{ digest, text string }
	var keys []string
	pieces := map[string]*piece{}
	var now *piece
	text, unended := withoutPrompt(text)
	for line := range strings.Lines(unended) {
		if readSaid(line).sure == asked {
			stray++
		}
	}
	for line := range strings.Lines(text) {
		key, digest, ok := keyIn(line)
		switch {
		case !ok && now == nil:
			if readSaid(line).sure == asked {
				stray++
			}
			continue
		case !ok:
			now.text += line
			continue
		}
		id := key + " " + digest
		if pieces[id] == nil {
			keys, pieces[id] = append(keys, id), &piece{digest: digest}
		}
		now = pieces[id]
	}
	for _, id := range keys {
		key, _, _ := strings.Cut(id, " ")
		f := Found{Key: key}
		if f.Article, f.Why = inForce(c, key, pieces[id].digest); f.Article != nil {
			f.Answer = ReadAnswer(f.Article, pieces[id].text)
		}
		found = append(found, f)
	}
	return found, stray
}

// inForce is the article that a key and a digest name, or why there is none.
func inForce(c *corpus.Corpus, key, digest string) (a *corpus.Article, why string) {
	id, _, _ := strings.Cut(key, "#")
	rule := c.RuleByID(id)
	switch {
	case rule == nil:
		return nil, "制度库里没有这部制度"
	case rule.Repealed:
		return nil, "《" + rule.Title + "》已经废止"
	}
	a = c.Article(key)
	switch {
	case a == nil || a.Deleted:
		return nil, "《" + rule.Title + "》里没有这一条"
	case digest == "":
		return nil, "编号后面没有 8 位校验码，不知道是照哪一版条文写的"
	case digest != a.WordsDigest():
		return nil, a.Citation() + "在写出提示词以后改过，请重新写提示词"
	}
	return a, ""
}

// IsSheet reports whether a text has a prompt in it.
func IsSheet(text string) bool { return strings.Contains(text, sheetBegins) }

// Unended reports whether a text has a prompt without its end, so that nobody can tell
// where an answer behind it begins.
func Unended(text string) bool {
	_, unended := withoutPrompt(text)
	return unended != ""
}

// withoutPrompt takes the prompt out of a text, where it was handed back with the answer.
// What follows the beginning of one that has no end is unended.
func withoutPrompt(text string) (rest, unended string) {
	text = strings.ReplaceAll(strings.TrimPrefix(strings.ToValidUTF8(text, ""), "\ufeff"), "\r\n", "\n")
	for {
		before, prompt, ok := strings.Cut(text, sheetBegins)
		if !ok {
			return text, ""
		}
		_, after, ended := strings.Cut(prompt, sheetEnds)
		if !ended {
			return before, prompt
		}
		text = before + after
	}
}
