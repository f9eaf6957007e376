package talk_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"lianwen/bot"
	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

const contact = "值班室 0576-1234567"

// smallLibrary has two rules, the ten prohibitions and three stories. 第二条 of
// the first rule is longer than a first reply may be.
func smallLibrary() fstest.MapFS {
	lib := fstest.MapFS{}
	for name, text := range map[string]string{
		"rules/qingjia.md": header("qingjia", "请假办法", "示例〔2026〕1号", "机关", `aliases = ["请假规定"]`) + `## 第一章 总则

第一条 为了规范机关工作人员请假，制定本办法。

第二条 请假按照下列权限批准：
（一）半天以内的，由科室负责人口头批准；
（二）一天以内的，由科室负责人书面批准；
（三）三天以内的，由分管副秘书长批准；
（四）超过三天的，由秘书长批准。
病假应当附医院证明。

## 第二章 附则

第三条 违反本办法第二条的，按照《会议办法》第一条处理。
`,
		"rules/huiyi.md": header("huiyi", "会议办法", "示例〔2026〕2号", "会议", "") +
			"第一条 会议开始前十五分钟签到。\n\n第二条 会场内手机静音。\n",
		"rules/shi-bu-zhun.md": header("shi-bu-zhun", "会议纪律“十不准”", "示例〔2026〕3号", "会议",
			`aliases = ["十不准"]`, `kind = "prohibitions"`) + prohibitions(),
		"stories/a.md": story("a", "悬鱼", "huiyi#1", "qingjia#3"),
		"stories/b.md": story("b", "还珠", "qingjia#1"),
		"stories/c.md": story("c", "埋羹", "qingjia#2"),
	} {
		lib[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return lib
}

func header(id, title, document, category string, more ...string) string {
	lines := []string{"+++", `id = "` + id + `"`, `title = "` + title + `"`, `document = "` + document + `"`,
		"issued = 2026-01-15", "effective = 2026-02-01", `status = "in-force"`, `category = "` + category + `"`, "sample = true"}
	return strings.Join(append(append(lines, more...), "+++", ""), "\n")
}

func prohibitions() string {
	var b strings.Builder
	for i, what := range []string{"迟到早退", "无故缺席", "请人代会", "带人入场", "接受宴请", "拉票串联", "接打电话", "外传文件", "饮酒打牌", "推销产品"} {
		b.WriteString(corpus.FormatNumeral(i+1) + "、不准" + what + "。\n\n")
	}
	return b.String()
}

func story(id, title string, cites ...string) string {
	return "+++\nid = \"" + id + "\"\ntitle = \"" + title + "\"\nperiod = \"汉\"\nsource = \"《汉书》\"\ntheme = \"廉洁\"\ncites = [\"" +
		strings.Join(cites, `", "`) + "\"]\nsample = true\n+++\n" + title + "的故事。\n"
}

// sampleDir is where the index of the sample library is built.
var sampleDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "lianwen-talk-")
	if err != nil {
		panic(err)
	}
	sampleDir = dir
	code := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// openSample builds the index of the sample library and opens it, once for all tests: to
// read the library takes longer than most of them. It is closed by the end of the process.
var openSample = sync.OnceValues(func() (*index.Index, error) {
	c, err := corpus.Open("")
	if err != nil {
		return nil, err
	}
	return index.Open(context.Background(), sampleDir, c, index.Options{})
})

// sampleIndex is the index of the sample library, which no test closes.
func sampleIndex(t testing.TB) *index.Index {
	t.Helper()
	x, err := openSample()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// openIndex indexes a library in a folder of the test.
func openIndex(t testing.TB, lib fs.FS) *index.Index {
	t.Helper()
	c, err := corpus.Read(lib)
	if err != nil || len(c.Faults) > 0 {
		t.Fatal(err, c)
	}
	x, err := index.Open(context.Background(), t.TempDir(), c, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func newBot(x *index.Index) *talk.Bot {
	return talk.New(index.NewLive(x), talk.Config{Contact: contact, Location: time.UTC})
}

// chat is one person's conversation with a bot.
type chat struct {
	t   testing.TB
	bot *talk.Bot
	in  bot.Incoming
}

func newTalk(t testing.TB, b *talk.Bot) *chat {
	return &chat{t, b, bot.Incoming{Channel: "test", Conversation: "chat", Sender: "zhang", Addressed: true}}
}

// smallTalk is a conversation about the small library.
func smallTalk(t testing.TB) *chat { return newTalk(t, newBot(openIndex(t, smallLibrary()))) }

// say sends a message that must be answered without an error.
func (c *chat) say(text string) string {
	c.t.Helper()
	c.in.Text = text
	reply, err := c.bot.Handle(context.Background(), c.in)
	if err != nil {
		c.t.Fatalf("say %q: %v", text, err)
	}
	return reply.Text
}

// refused sends a message that must be answered with an explanation: an error
// made to be read, which is also the reply.
func (c *chat) refused(text string) string {
	c.t.Helper()
	c.in.Text = text
	reply, err := c.bot.Handle(context.Background(), c.in)
	if err == nil {
		c.t.Fatalf("say %.40q: got %q, want a refusal", text, reply.Text)
	}
	if reply.Text == "" || reply.Text != err.Error() {
		c.t.Fatalf("say %.40q: reply %q is not the sayable error %q", text, reply.Text, err)
	}
	return reply.Text
}

// hears sends a message and compares the whole reply.
func (c *chat) hears(text, want string) {
	c.t.Helper()
	if got := c.say(text); got != want {
		c.t.Errorf("say %q:\ngot:\n%s\nwant:\n%s", text, got, want)
	}
}

// tells sends a message whose reply must contain every one of the phrases.
func (c *chat) tells(text string, phrases ...string) {
	c.t.Helper()
	got := c.say(text)
	for _, p := range phrases {
		if !strings.Contains(got, p) {
			c.t.Errorf("say %q: the reply lacks %q:\n%s", text, p, got)
		}
	}
}

// refuses is tells for a message that must be refused.
func (c *chat) refuses(text string, phrases ...string) {
	c.t.Helper()
	got := c.refused(text)
	for _, p := range phrases {
		if !strings.Contains(got, p) {
			c.t.Errorf("say %.40q: the refusal lacks %q:\n%s", text, p, got)
		}
	}
}

// articleText is an article's words cut out of its source file by hand, so
// that what is compared did not go through the parser.
func articleText(t testing.TB, lib fs.FS, file, from, to string) string {
	t.Helper()
	raw, err := fs.ReadFile(lib, file)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := bytes.Cut(raw, []byte(from))
	if !ok {
		t.Fatalf("%s: no %q", file, from)
	}
	body, _, ok := bytes.Cut(rest, []byte(to))
	if !ok {
		t.Fatalf("%s: no %q after %q", file, to, from)
	}
	return strings.TrimRight(from+string(body), "\n")
}
