package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Reply is a fixed reply (应答) to what is no question about a rule.
type Reply struct {
	ID    string
	Say   []string         // whole messages, but for marks and final particles
	Match []*regexp.Regexp // what a message has that is meant
	Not   []*regexp.Regexp // … unless it has one of these
	Text  string           // what is said, {经办} for who to ask; "" for silence
	Ask   string           // a question whose answer is quoted beneath
	// Courtesy says that it is no loss to leave it out: of several in a row the
	// first is said.
	Courtesy bool
	Groups   bool // it is said in groups as well
	File     string
	Line     int
}

// MaxReplyRunes is how long a fixed reply may be, in characters.
const MaxReplyRunes = 120

// replyFile is the form of talk/*.toml.
type replyFile struct {
	Reply []struct {
		ID       string   `toml:"id"`
		Say      []string `toml:"say"`
		Match    []string `toml:"match"`
		Not      []string `toml:"not"`
		Text     string   `toml:"text"`
		Ask      string   `toml:"ask"`
		Courtesy bool     `toml:"courtesy"`
		Groups   bool     `toml:"groups"`
	} `toml:"reply"`
}

// replyStart is the line that begins a reply.
var replyStart = regexp.MustCompile(`(?m)^[ \t]*\[\[[ \t]*reply[ \t]*\]\]`)

func parseReplies(file, src string, rep *report) []*Reply {
	var f replyFile
	if !decodeTOML(file, src, 0, &f, rep) {
		return nil
	}
	var replies []*Reply
	end := 0 // of the last reply's beginning in src
	for _, raw := range f.Reply {
		if at := replyStart.FindStringIndex(src[end:]); at != nil {
			end += at[1]
		}
		line, before := 1+strings.Count(src[:end], "\n"), len(rep.errors)
		r := &Reply{
			ID: raw.ID, Say: raw.Say, Text: trimSpace(raw.Text), Ask: trimSpace(raw.Ask),
			Courtesy: raw.Courtesy, Groups: raw.Groups, File: file, Line: line,
		}
		r.Match = compilePatterns(file, src, end, raw.Match, rep)
		r.Not = compilePatterns(file, src, end, raw.Not, rep)
		if !idPattern.MatchString(r.ID) {
			rep.errorf(file, line, "请写成小写字母、数字和短横线", "应答的 id %q 不合要求", r.ID)
		}
		if i := slices.IndexFunc(replies, func(o *Reply) bool { return o.ID == r.ID }); i >= 0 {
			rep.errorf(file, line, "请换一个 id", "应答 id %q 与第 %d 行的相同", r.ID, replies[i].Line)
		}
		if len(r.Say)+len(raw.Match) == 0 {
			rep.errorf(file, line, "请写上 say 或 match", "应答 %s 没有写对哪些话", r.ID)
		}
		if n := utf8.RuneCountInString(r.Text); n > MaxReplyRunes {
			rep.errorf(file, line, "请压缩", "应答 %s 有 %d 字，超过 %d 字", r.ID, n, MaxReplyRunes)
		}
		if len(rep.errors) > before {
			rep.unsound.add(r)
		}
		replies = append(replies, r)
	}
	return replies
}

// compilePatterns reports the patterns that are none, where they stand behind
// start, the beginning of their reply in src.
func compilePatterns(file, src string, start int, patterns []string, rep *report) []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, p := range patterns {
		re, err := regexp.Compile(p)
		if err != nil || p == "" || re.MatchString("") {
			at := start
			for _, mark := range []string{"'", `"`} {
				if i := strings.Index(src[start:], mark+p+mark); i >= 0 {
					at = start + i
					break
				}
			}
			rep.errorf(file, 1+strings.Count(src[:at], "\n"), "请改正这个式子；不会写的，把话逐句列出", "式子「%s」不对，或者什么话都能对上", excerpt(p))
			continue
		}
		out = append(out, re)
	}
	return out
}

// LearnedTalk is the file of the replies that staff have settled questions with. It
// goes before what else there is, and does not take the place of the sample's.
const LearnedTalk = "talk/learned.toml"

// Replies are the library's fixed replies, those of LearnedTalk first, the last of them
// before the others: it was decided since. Behind these stand those of the sample where the library has no others.
func (c *Corpus) Replies() []*Reply {
	learned := only(c.replies, func(r *Reply) bool { return r.File == LearnedTalk })
	slices.Reverse(learned)
	if len(learned) == len(c.replies) {
		return append(learned, sampleReplies()...)
	}
	return append(learned, only(c.replies, func(r *Reply) bool { return r.File != LearnedTalk })...)
}

// FormatReply writes a reply that needs no patterns as talk/*.toml has it.
func FormatReply(r *Reply) string {
	text := "[[reply]]\nid = " + tomlString(r.ID) + "\nsay = " + tomlStrings(r.Say) + "\ntext = " + tomlString(r.Text) + "\n"
	if r.Groups {
		text += "groups = true\n"
	}
	return text
}

func tomlStrings(list []string) string {
	var quoted []string
	for _, s := range list {
		quoted = append(quoted, tomlString(s))
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// Digest tells the reply from what it was before somebody changed it.
func (r *Reply) Digest() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q %q %q %v %v", r.ID, r.Say, r.Match, r.Not, r.Text, r.Ask, r.Courtesy, r.Groups))
	return hex.EncodeToString(sum[:8])
}

// Block is the reply as it stands in the bytes of its file, to the end of its last line;
// "" when what stands there is not it.
func (r *Reply) Block(raw []byte) string {
	lines := rawLines(string(raw))
	if r.Line < 1 || r.Line > len(lines) {
		return ""
	}
	end := r.Line
	for i := r.Line; i < len(lines) && !replyStart.MatchString(lines[i]); i++ {
		if text := trimSpace(lines[i]); text != "" && !strings.HasPrefix(text, "#") {
			end = i + 1
		}
	}
	block := strings.Join(lines[r.Line-1:end], "")
	if again := r.reread(block); again == nil || again.Digest() != r.Digest() {
		return ""
	}
	return block
}

// reread is the reply that a text is; nil when it is not one.
func (r *Reply) reread(block string) *Reply {
	rep := &report{unread: map[string]bool{}}
	list := parseReplies(r.File, strings.ReplaceAll(block, "\r\n", "\n"), rep)
	if len(rep.errors) > 0 || len(list) != 1 {
		return nil
	}
	return list[0]
}

// replyText is what a reply says, as a file has it.
var replyText = regexp.MustCompile(`(?m)^[ \t]*text[ \t]*=[ \t]*(?:"""(?s:.*?)"""|'''(?s:.*?)'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')`)

// replySay is what a reply is said to, as a file has it.
var replySay = regexp.MustCompile(`(?m)^[ \t]*say[ \t]*=[ \t]*\[(?s:.*?)\]`)

// Retold is the block of a reply with another text, and said to something else; ok is
// false when it is written so that only a person can change it.
func (r *Reply) Retold(block string, say []string, text string) (string, bool) {
	at := replyText.FindStringIndex(block)
	if at == nil {
		return "", false
	}
	changed := block[:at[0]] + "text = " + tomlString(text) + block[at[1]:]
	want := *r
	want.Text, want.Say = text, say
	if !slices.Equal(say, r.Say) {
		if at = replySay.FindStringIndex(changed); at == nil {
			return "", false
		}
		changed = changed[:at[0]] + "say = " + tomlStrings(say) + changed[at[1]:]
	}
	again := r.reread(changed)
	return changed, again != nil && again.Digest() == want.Digest()
}

var sampleReplies = sync.OnceValue(func() []*Reply {
	raw, err := sample.ReadFile("library/talk/talk.toml")
	if err != nil {
		panic("corpus: embedded talk: " + err.Error()) // it is part of the program
	}
	rep := &report{}
	replies := parseReplies("talk/talk.toml", string(raw), rep)
	if len(rep.errors) > 0 {
		panic("corpus: embedded talk: " + rep.errors.Error())
	}
	return replies
})
