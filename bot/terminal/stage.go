package terminal

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"lianwen/bot"
)

// StageName is the name of the channel that a Stage is.
const StageName = "stage"

// Person is somebody who can be played on a stage.
type Person struct {
	Name string // also the sender's name
	Note string // who that is, for whoever plays
}

// Stage is a channel on which whoever sits at the terminal plays everybody: each
// of some people, in private or in one of some groups. What the bot says is
// written with the time and the place where it would be read.
//
// A line that begins with / is for the stage: 我是 and 到 change who speaks and
// where; anything else goes to Direct. In a group a line is heard by the bot
// only when it begins with @.
type Stage struct {
	In      io.Reader
	Out     io.Writer
	People  []Person // at least one; the first speaks first
	Groups  []string // at least one
	Now     func() time.Time
	History string // the file that keeps lines typed on a terminal; "": none
	// Direct does what the stage does not know; ok is false when Direct does
	// not either.
	Direct func(ctx context.Context, word, rest string) (text string, ok bool, err error)
	// After is called when a line has been dealt with; nil: nothing happens.
	After func(ctx context.Context) error

	mu     sync.Mutex
	who    int    // of People
	group  string // "": in private
	lineNo int
}

var _ bot.Channel = (*Stage)(nil)

// Name implements bot.Channel.
func (s *Stage) Name() string { return StageName }

// Capabilities implements bot.Channel.
func (s *Stage) Capabilities() bot.Capabilities {
	return bot.Capabilities{Label: "试演", Direct: true, Groups: true, Initiates: true, Addressing: true, StableIDs: true}
}

// Ready implements bot.Channel.
func (s *Stage) Ready(to string) error {
	if name, ok := bot.GroupOf(to); ok {
		if !slices.Contains(s.Groups, name) {
			return fmt.Errorf("没有群“%s”", name)
		}
		return nil
	}
	if !slices.ContainsFunc(s.People, func(p Person) bool { return p.Name == to }) {
		return fmt.Errorf("没有“%s”这个人", to)
	}
	return nil
}

// Send implements bot.Channel.
func (s *Stage) Send(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return bot.Receipt{}, &bot.RefusedError{Reason: "已经停止", Err: err}
	}
	if err := s.Ready(out.To); err != nil {
		return bot.Receipt{}, &bot.RefusedError{Reason: err.Error()}
	}
	where := "给" + out.To
	if name, ok := bot.GroupOf(out.To); ok {
		where = "群“" + name + "”"
	}
	if err := s.write(where, out.Text); err != nil {
		return bot.Receipt{}, &bot.RefusedError{Reason: "终端写不进去", Err: err}
	}
	return bot.Receipt{}, nil
}

// write writes what the bot says, where it is read.
func (s *Stage) write(where, text string) error {
	return s.print(fmt.Sprintf("┌ %s 廉问 → %s\n│ %s\n\n", s.Now().Format("1月2日15:04"), where, strings.ReplaceAll(text, "\n", "\n│ ")))
}

func (s *Stage) print(text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := io.WriteString(s.Out, text); err != nil {
		return fmt.Errorf("write to terminal: %w", err)
	}
	return nil
}

// Say writes something that the bot does not say, such as what to do.
func (s *Stage) Say(text string) error { return s.print(text + "\n\n") }

// Speaking is who speaks now.
func (s *Stage) Speaking() Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.People[s.who]
}

// prompt says who speaks, and where.
func (s *Stage) prompt() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	where := "私聊"
	if s.group != "" {
		where = s.group
	}
	return fmt.Sprintf("%s %s（%s）：", s.Now().Format("15:04"), s.People[s.who].Name, where)
}

// Run implements bot.Channel.
func (s *Stage) Run(ctx context.Context, handle bot.Handler) error {
	src, err := openLines(s.In, s.Out, s.History, s.prompt)
	if err != nil {
		return fmt.Errorf("open terminal: %w", err)
	}
	_, piped := src.(*piped)
	return converse(ctx, src, func(ctx context.Context, line string) error {
		if line = strings.TrimSpace(line); line == "" {
			return nil
		}
		if piped { // nobody sees what is typed, but whoever reads the transcript wants to
			if err := s.print(s.prompt() + line + "\n"); err != nil {
				return err
			}
		}
		if err := s.play(ctx, line, handle); err != nil || s.After == nil {
			return err
		}
		return s.After(ctx)
	})
}

// play deals with one line.
func (s *Stage) play(ctx context.Context, line string, handle bot.Handler) error {
	if order, ok := strings.CutPrefix(line, "/"); ok {
		word, rest, _ := strings.Cut(strings.TrimSpace(order), " ")
		text, err := s.direct(ctx, word, strings.TrimSpace(rest))
		if bot.CodeOf(err) != 0 {
			text, err = bot.Say(err), nil
		}
		if err != nil || text == "" {
			return err
		}
		return s.Say(text)
	}
	return s.Hear(ctx, line, handle)
}

// Hear lets whoever speaks now say something where they are.
func (s *Stage) Hear(ctx context.Context, line string, handle bot.Handler) error {
	s.mu.Lock()
	s.lineNo++
	name, group := s.People[s.who].Name, s.group
	in := bot.Incoming{
		Channel: StageName, Conversation: name, Sender: name, Text: line, Addressed: true,
		MessageID: fmt.Sprint(s.lineNo), SentAt: s.Now(),
	}
	s.mu.Unlock()
	where := "给" + name
	if group != "" {
		in.Group, in.Conversation = true, bot.GroupAddress(group)
		in.Text, in.Addressed = mentioned(line)
		where = "群“" + group + "”"
	}
	reply, _ := handle(ctx, in) // the handler has logged its error; the reply says it
	switch {
	case reply.Text != "":
		return s.write(where, reply.Text)
	case group != "" && !in.Addressed:
		return s.Say("（群里没有 @廉问，廉问不作声。写成“@廉问 " + line + "”它才答。）")
	}
	return nil
}

// mentioned takes the @ and the name behind it off a line.
func mentioned(line string) (text string, addressed bool) {
	rest, ok := strings.CutPrefix(line, "@")
	if !ok {
		return line, false
	}
	if name, text, ok := strings.Cut(rest, " "); ok && !strings.ContainsAny(name, "，。？") {
		return strings.TrimSpace(text), true
	}
	return strings.TrimPrefix(rest, "廉问"), true
}

// direct does what a line for the stage says.
func (s *Stage) direct(ctx context.Context, word, rest string) (string, error) {
	switch word {
	case "我是":
		i := slices.IndexFunc(s.People, func(p Person) bool { return p.Name == rest })
		if i < 0 {
			return "", bot.NotFound.Sayf("没有“%s”这个人。有：%s。", rest, strings.Join(s.names(), "、"))
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.who = i
		return "现在说话的是" + s.People[i].Name + "（" + s.People[i].Note + "）。", nil
	case "到":
		if rest != "私聊" && !slices.Contains(s.Groups, rest) {
			return "", bot.NotFound.Sayf("没有“%s”这个地方。有：私聊、%s。", rest, strings.Join(s.Groups, "、"))
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.group = rest; rest == "私聊" {
			s.group = ""
			return "现在在私聊里。", nil
		}
		return "现在在群“" + rest + "”里；@廉问 它才答。", nil
	}
	if s.Direct != nil {
		if text, ok, err := s.Direct(ctx, word, rest); ok || err != nil {
			return text, err
		}
	}
	return "", bot.NotFound.Sayf("不认识 /%s。看有哪些请写 /帮助。", word)
}

func (s *Stage) names() []string {
	var names []string
	for _, p := range s.People {
		names = append(names, p.Name)
	}
	return names
}
