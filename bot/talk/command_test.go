package talk_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lianwen/bot/talk"
	"lianwen/index"
)

func TestHelp(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	help := c.say("帮助")
	for _, word := range []string{"目录", "看《", "十不准", "全文", "上一条", "下一条", "出处", "故事", "回复数字"} {
		if !strings.Contains(help, word) {
			t.Errorf("help does not speak of %s:\n%s", word, help)
		}
	}
	if n := len(strings.Split(help, "\n")); n > 8 {
		t.Errorf("help has %d lines", n)
	}
	for _, greeting := range []string{"HELP", "Help", "?", "？", "菜单", "帮助。", " 帮助 "} {
		c.hears(greeting, help)
	}
}

func TestContents(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.hears("目录", "现行制度 3 部，回复数字看一类：\n1 机关（1部）\n2 会议（2部）")
	c.hears("2", "会议类制度 2 部，回复数字查看：\n1《会议办法》\n2《会议纪律“十不准”》")
	c.tells("2", "《会议纪律“十不准”》\n出处：示例〔2026〕3号", "共 10 条", "也叫：十不准")
	c.tells("目录 机关", "1《请假办法》")
	c.refuses("目录 体育", "没有“体育”这一类", "机关", "会议")
}

// The contents go over pages when there are more categories, or more rules in
// one, than a message holds; every rule can be reached with digits alone.
func TestContentsPages(t *testing.T) {
	t.Parallel()
	rules, lists := sampleIndex(t).Corpus().RulesInForce()
	missing := map[string]bool{}
	for _, r := range append(rules, lists...) {
		missing["《"+r.Title+"》"] = true
	}
	b := newBot(sampleIndex(t))
	var walk func(path []string)
	walk = func(path []string) {
		c := newTalk(t, b)
		text := c.say("目录")
		for _, digit := range path {
			text = c.say(digit)
		}
		lines := strings.Split(text, "\n")
		if len(lines) > 8 || len(path) > 8 {
			t.Fatalf("目录 %v: %d lines:\n%s", path, len(lines), text)
		}
		if !strings.HasSuffix(lines[0], "：") { // a rule, not a page
			delete(missing, lines[0])
			return
		}
		for _, line := range lines[1:] {
			walk(append(path[:len(path):len(path)], line[:1]))
		}
	}
	walk(nil)
	if len(missing) > 0 {
		t.Errorf("no way from 目录 to %d rules: %v", len(missing), missing)
	}
}

// A library whose rules name no category has contents all the same.
func TestContentsWithoutCategories(t *testing.T) {
	t.Parallel()
	lib := smallLibrary()
	for name, f := range lib {
		for _, category := range []string{"机关", "会议"} {
			f.Data = []byte(strings.Replace(string(f.Data), `category = "`+category+`"`, "", 1))
		}
		lib[name] = f
	}
	c := newTalk(t, newBot(openIndex(t, lib)))
	if text := c.say("目录"); strings.Contains(text, "《请假办法》") {
		return
	}
	c.tells("1", "《请假办法》")
}

func TestViewRule(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	want := `《请假办法》
出处：示例〔2026〕1号，2026年2月1日起施行
共 3 条：第一章 总则、第二章 附则
也叫：请假规定
回复条号看原文，如“第三条”；回复 1 从第一条看起。
示例文本，以正式印发文件为准`
	for _, ask := range []string{"看《请假办法》", "看 请假规定", "查看《请假办法》", "打开：请假办法", "《请假办法》", "看《请假办法》。", "看《请假办法》！"} {
		c.hears(ask, want)
	}
	c.hears("看", want) // the rule talked about last
	c.tells("1", "《请假办法》第一条\n第一章 总则\n第一条 为了规范")
	c.refuses("看《没有的办法》", "制度库里没有《没有的办法》", "目录")
	newTalk := *c
	newTalk.in.Sender = "li"
	newTalk.refuses("看", "请写上制度名称")
	c.tells("看《请假办法》第三条", "违反本办法第二条的", "\n《请假办法》第三条（") // asked for more than the rule
}

func TestProhibitions(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	first := `《会议纪律“十不准”》（示例〔2026〕3号，2026年2月1日起施行）
一、不准迟到早退。
二、不准无故缺席。
三、不准请人代会。
四、不准带人入场。
五、不准接受宴请。
回复数字：1 看第六至第十条
示例文本，以正式印发文件为准`
	second := `《会议纪律“十不准”》（示例〔2026〕3号，2026年2月1日起施行）
六、不准拉票串联。
七、不准接打电话。
八、不准外传文件。
九、不准饮酒打牌。
十、不准推销产品。
示例文本，以正式印发文件为准`
	c.hears("十不准", first)
	c.hears("1", second)
	c.refuses("1", "没有编号为 1")
	c.hears("十不准 2", second)
	c.hears("会议纪律十不准", first)
	for _, third := range []string{"十不准第三条", "第三个不准", "十不准 第三条", "会议纪律十不准 第3条是啥"} {
		c.tells(third, "不准请人代会。\n《会议纪律“十不准”》第三条（")
	}
	lib := smallLibrary()
	delete(lib, "rules/shi-bu-zhun.md")
	newTalk(t, newBot(openIndex(t, lib))).refuses("十不准", "没有会议纪律“十不准”")
}

func TestFullText(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.tells("全文 请假规定第二条", "（四）超过三天的，由秘书长批准。\n病假应当附医院证明。")
	c.tells("全文 第三条", "《请假办法》第三条")
	c.refuses("全文 没有这种规定", "没有找到“没有这种规定”这一条")
	c.refuses("全文 请假办法第九条", "没有找到")
}

// The story changes at midnight where the committee is, and goes through all
// stories in turn.
func TestStoryOfTheDay(t *testing.T) {
	t.Parallel()
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Skipf("no zone data on this machine: %v", err)
	}
	now := time.Date(2026, 3, 1, 15, 59, 0, 0, time.UTC) // 23:59 in Shanghai
	c := newTalk(t, talk.New(index.NewLive(openIndex(t, smallLibrary())), talk.Config{Location: shanghai, Now: func() time.Time { return now }}))
	title := func() string { first, _, _ := strings.Cut(c.say("故事"), "\n"); return first }
	seen := map[string]bool{}
	before := title()
	now = now.Add(time.Minute)
	if title() == before {
		t.Errorf("the story is the same after midnight in Shanghai: %s", before)
	}
	for range 3 {
		seen[title()] = true
		now = now.Add(23 * time.Hour)
		if !seen[title()] {
			t.Errorf("the story changes within a day")
		}
		now = now.Add(time.Hour)
	}
	if len(seen) != 3 {
		t.Errorf("three days tell %d of 3 stories", len(seen))
	}
}

func TestStoryByTitle(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.hears("故事 悬鱼", "廉政故事：悬鱼（汉）\n悬鱼的故事。\n出自《汉书》\n回复数字看相关制度：1 会议办法第一条；2 请假办法第三条\n示例文本，以正式印发文件为准")
	c.tells("2", "《请假办法》第三条")
	c.tells("讲个故事 还珠", "廉政故事：还珠")
	c.refuses("故事 没有的人", "没有找到讲“没有的人”的故事")
	lib := smallLibrary()
	for _, name := range []string{"a", "b", "c"} {
		delete(lib, "stories/"+name+".md")
	}
	newTalk(t, newBot(openIndex(t, lib))).tells("故事", "廉政故事：", "示例文本，以正式印发文件为准") // the sample's
	newTalk(t, newBot(openIndex(t, bulkLibrary()))).refuses("故事", "没有廉政故事")
}

// bulkLibrary is articles from elsewhere, with nothing else.
func bulkLibrary() fstest.MapFS {
	return fstest.MapFS{"fa.jsonl": {Data: []byte(`{"id":"a","title":"试验法第一条","text":"委员应当按时到会。"}` + "\n")}}
}

// Books and cases by turns of a week, or by words.
func TestReadings(t *testing.T) {
	t.Parallel()
	lib := smallLibrary()
	newTalk(t, newBot(openIndex(t, lib))).tells("荐书", "荐书：《", "自愿阅读，不打卡。\n示例文本，以正式印发文件为准") // the sample's
	newTalk(t, newBot(openIndex(t, bulkLibrary()))).refuses("荐书", "没有荐书")
	newTalk(t, newBot(openIndex(t, lib))).refuses("案例", "没有案例")
	lib["books/a.md"] = &fstest.MapFile{Data: []byte("+++\nid = \"a\"\ntitle = \"乡土中国\"\nauthor = \"费孝通\"\npublisher = \"人民出版社\"\n+++\n讲乡村。\n\n值得读。\n")}
	lib["books/b.md"] = &fstest.MapFile{Data: []byte("+++\nid = \"b\"\ntitle = \"谈美\"\nauthor = \"朱光潜\"\n+++\n看古松。\n")}
	lib["cases/k.md"] = &fstest.MapFile{Data: []byte("+++\nid = \"k\"\ntitle = \"代签到\"\ntheme = \"会议\"\ncites = [\"shi-bu-zhun#3\", \"huiyi#1\"]\nsample = true\n+++\n某委员请人代签。\n")}
	c := newTalk(t, newBot(openIndex(t, lib)))
	c.tells("荐书", "荐书：《", "自愿阅读，不打卡。")
	c.hears("荐书 乡村", "荐书：《乡土中国》（费孝通，人民出版社）\n讲乡村。\n值得读。\n自愿阅读，不打卡。")
	c.tells("荐书 朱光潜", "荐书：《谈美》（朱光潜）\n看古松。")
	c.refuses("荐书 菜谱", "没有找到讲“菜谱”的荐书")
	c.hears("案例", "案例通报：代签到\n某委员请人代签。\n回复数字看相关制度：1 十不准第三条；2 会议办法第一条\n示例文本，以正式印发文件为准")
	c.tells("2", "《会议办法》第一条")
	c.refuses("案例 菜谱", "没有找到讲“菜谱”的案例")
}

// A question that begins with a command's name is a question.
func TestCommandsDoNotSwallowQuestions(t *testing.T) {
	t.Parallel()
	x := sampleIndex(t)
	for _, q := range []string{"看病能报销吗", "目录在哪里印", "故事会几点开始", "全文字数有限制吗", "十不准里打电话怎么说", "出处不明的礼品怎么办",
		"案例通报的范围有多大", "荐书活动怎么参加", "帮助别人写提案行不行", "下一条消息什么时候发", "看望老委员能带礼品吗", "你好请问提案什么时候截止", "依据什么给我打不称职"} {
		c := newTalk(t, newBot(x))
		if got := c.say(q); !strings.Contains(got, "制度中没有查到") && !strings.Contains(got, "回复数字看全文") && !strings.Contains(got, "回复数字：1 全文") {
			t.Errorf("%s was taken for a command: %s", q, got)
		}
	}
}

// An office's own documents bring neither number nor date nor mark.
func TestPlainDocument(t *testing.T) {
	t.Parallel()
	lib := fstest.MapFS{"食堂管理办法.txt": {Data: []byte("食堂管理办法\n\n第一条　食堂每日供应三餐。\n\n餐费每月结算。\n\n第二条　外来人员凭票就餐。\n")}}
	c := newTalk(t, newBot(openIndex(t, lib)))
	c.hears("食堂管理办法第二条", "外来人员凭票就餐。\n《食堂管理办法》第二条（文件 食堂管理办法.txt）\n回复数字：1 全文")
	c.tells("上一条", "《食堂管理办法》第一条\n第一条　食堂每日供应三餐。\n\n餐费每月结算。\n")
	c.tells("目录", "《食堂管理办法》")
}
