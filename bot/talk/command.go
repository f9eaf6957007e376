package talk

import (
	"context"
	"slices"
	"strings"
)

// command is one line of the command table. Who may give it, and where, is
// decided from its columns before it runs.
type command struct {
	name    string
	aliases []string
	usage   string // as a person types it
	help    string
	arg     bool                    // takes words behind its name
	fits    func(words string) bool // … only such; nil: any, or none
	counted bool                    // … a number first, which may touch the name
	cites   bool                    // … and an article may be among them
	records bool                    // needs Config.Desk
	writes  bool                    // records something: what goes wrong is that
	private string                  // what is said instead in a group; "": it may be given there
	staff   bool                    // for staff, in private; from anybody else it is a question
	signs   bool                    // only where some push needs approval; else it is a question
	run     func(ctx context.Context, t *turn, words string) (string, error)
}

// commands is the table that help texts and the README are made from. It is a
// function because 帮助 itself reads it.
func commands() []command { return slices.Concat(memberCommands(), deskCommands(), signCommands()) }

// memberCommands are those that anybody may give.
func memberCommands() []command {
	return []command{
		{name: "帮助", aliases: []string{"help", "?", "？", "菜单", "幫助", "使用说明"}, usage: "帮助", help: "看用法", run: runHelp},
		{name: "目录", aliases: []string{"目錄", "制度目录", "有哪些制度"}, usage: "目录", help: "分类列出全部制度", arg: true, run: runContents},
		{name: "看", aliases: []string{"查看", "打开"}, usage: "看《提案工作条例》", help: "一部制度的文号、章节和条数", arg: true, run: runRule},
		{name: "十不准", aliases: []string{"十不準", "十不准规定", "会议纪律十不准"}, usage: "十不准", help: "会议纪律“十不准”原文", arg: true, run: runProhibitions},
		{name: "全文", usage: "全文", help: "刚才那一条的全文，连同它引用的条文", arg: true, cites: true, run: runArticle},
		{name: "上一条", aliases: []string{"上条", "上一條"}, usage: "上一条", help: "同一部制度的前一条", run: runPrevious},
		{name: "下一条", aliases: []string{"下条", "下一條"}, usage: "下一条", help: "同一部制度的后一条", run: runNext},
		{name: "出处", aliases: []string{"出處", "来源", "依据"}, usage: "出处", help: "刚才那一条的文号、日期和引用编号", run: runSource},
		{name: "故事", aliases: []string{"廉政故事", "讲个故事"}, usage: "故事", help: "今天的廉政故事；“故事 海瑞”按题目找", arg: true, run: runStory},
		{name: "荐书", aliases: []string{"薦書", "推荐一本书"}, usage: "荐书", help: "这一周推荐的书；“荐书 家风”按内容找", arg: true, run: runBook},
		{name: "案例", usage: "案例", help: "这一周的案例；“案例 公车”按内容找", arg: true, run: runCase},
		{name: "今日一题", aliases: []string{"每日一题", "题目", "今天的题"}, usage: "今日一题", help: "现在可以作答的题；私聊回复一个字母作答", records: true, run: runQuestion},
		{name: "补答", aliases: []string{"補答"}, usage: "补答", help: "最近七天没有答的题，从最早的一道起；“补答 12月1日”答哪一天的", arg: true, fits: asksToCatchUp, records: true, writes: true, private: "请私聊我发送“补答”。", run: runCatchUp},
		{name: "练习", aliases: []string{"練習"}, usage: "练习", help: "随便做一道题，不记录", run: runDrill},
		{name: "我的记录", aliases: []string{"我的紀錄", "记录"}, usage: "我的记录", help: "自己今年的答题记录，只在私聊里告诉本人", records: true, private: "记录只告诉本人。请私聊我发送“我的记录”。", run: runRecord},
		{name: "绑定", aliases: []string{"綁定"}, usage: "绑定 K7QM3XWP", help: "用绑定码登记您是哪位委员，只在私聊里", arg: true, records: true, writes: true, private: "绑定码不要发在群里。请私聊我发送“绑定 绑定码”；绑定码请向工作人员索取。", run: runBind},
		{name: "解绑", aliases: []string{"解綁"}, usage: "解绑", help: "取消绑定", records: true, writes: true, private: "请私聊我发送“解绑”。", run: runUnbind},
		{name: "错题", aliases: []string{"錯題"}, usage: "错题", help: "自己今年答错的题，只在私聊里告诉本人", arg: true, records: true, private: "请私聊我发送“错题”。", run: runMistakes},
		{name: "请假", aliases: []string{"請假"}, usage: "请假 12月1日至12月5日 出差", help: "这些天的每日一题不计入应参；工作人员替委员登记写“请假 A01 12月1日”", arg: true, fits: asksLeave, records: true, writes: true, private: "请假请私聊我，如“请假 12月1日至12月5日 出差”。", run: runLeave},
		{name: "销假", aliases: []string{"取消请假", "銷假"}, usage: "销假 12月3日至12月5日", help: "这些天不请假了，照常计入应参；工作人员替委员登记写编号", arg: true, fits: asksLeave, records: true, writes: true, private: "请私聊我，如“销假 12月3日”。", run: runLeaveBack},
		{name: "有用", usage: "有用", help: "上一个问题答得对", records: true, writes: true, run: rate(true)},
		{name: "没用", aliases: []string{"没有用", "沒用"}, usage: "没用", help: "上一个问题答得不对；工作人员会看到，不记名字", records: true, writes: true, run: rate(false)},
		{name: "我的数据", aliases: []string{"我的數據"}, usage: "我的数据", help: "这里记着您的什么，只在私聊里告诉本人", records: true, private: "请私聊我发送“我的数据”。", run: runMine},
		{name: "删除我的提问", aliases: []string{"刪除我的提問"}, usage: "删除我的提问", help: "删去留着的提问和评价", records: true, writes: true, private: "请私聊我发送“删除我的提问”。", run: runForget},
		{name: muteName, aliases: []string{"别再发了", "不要给我发消息了", "退订", "停发"}, usage: muteName, help: "不再私聊给您发推送；您问的照常回答，群里的不变", records: true, writes: true, private: "群里的推送由工作人员定。不想收私聊推送的，请私聊我发送“" + muteName + "”。", run: runMute},
		{name: unmuteName, aliases: []string{"取消退订"}, usage: unmuteName, help: "照常私聊给您发推送", records: true, writes: true, private: "请私聊我发送“" + unmuteName + "”。", run: runUnmute},
	}
}

// deskCommands are those of staff, in private.
func deskCommands() []command {
	return []command{
		{name: "今日推送", usage: "今日推送", help: "今天几点向谁发什么，发了没有", records: true, staff: true, run: runToday},
		{name: "暂停", usage: "暂停 story", help: "这一项推送以后不发", arg: true, records: true, writes: true, staff: true, run: runPause},
		{name: "恢复", usage: "恢复 story", help: "这一项推送恢复", arg: true, records: true, writes: true, staff: true, run: runResume},
		{name: "跳过今天", usage: "跳过今天 story", help: "这一项推送今天不发", arg: true, records: true, writes: true, staff: true, run: runSkip},
		{name: "现在推送", usage: "现在推送 story", help: "这一项推送马上发，不等到点；已经发过的不重发", arg: true, records: true, writes: true, staff: true, run: runPushNow},
		{name: "核实", usage: "核实 1 已发", help: "不确定有没有发出的推送，看过以后登记“已发”或“没发”；单发“核实”列出", arg: true, records: true, writes: true, staff: true, run: runResolve},
		{name: "参与情况", usage: "参与情况", help: "今年应参、实参、请假、未参的合计", records: true, staff: true, run: runParticipation},
		{name: "未答问题", usage: "未答问题", help: "最近没有查到的问题", records: true, staff: true, run: runUnanswered},
		{name: "补问法", usage: "补问法 1 提案条例第五条", help: "未答问题第 1 类由这一条答；不写条的，列出可能的几条，回复数字确认", arg: true, counted: true, cites: true, records: true, writes: true, staff: true, run: runAddLines},
		{name: "补同义词", usage: "补同义词 1 委员 代表", help: "第 1 类里平时的说法，就是制度里的哪个词（制度里的写在前）", arg: true, counted: true, records: true, writes: true, staff: true, run: runAddSynonyms},
		{name: "补应答", usage: "补应答 1 食堂七点开门。", help: "第 1 类不是问制度，以后这样回", arg: true, counted: true, cites: true, records: true, writes: true, staff: true, run: runAddReply},
		{name: "不归我们", usage: "不归我们 1 区民政局", help: "第 1 类不归我们管，以后直接说找谁", arg: true, counted: true, cites: true, records: true, writes: true, staff: true, run: runNotOurs},
		{name: "撤销", usage: "撤销 3", help: "取消补上的问法、同义词、应答；单发“撤销”看有哪些", arg: true, counted: true, records: true, writes: true, staff: true, run: runUndo},
		{name: "停用的题", usage: "停用的题", help: "依据的条文改了、等着核对的题", records: true, staff: true, run: runSuspended},
		{name: "核准", usage: "核准 ti-an-03", help: "这道题核对过了，可以再用；“核准 全部”", arg: true, records: true, writes: true, staff: true, run: runApprove},
		{name: "重建索引", usage: "重建索引", help: "重读制度库，检验后换用；期间照常回答", records: true, staff: true, run: runReindex},
		{name: "状态", usage: "状态", help: "现在用的是多少制度", records: true, staff: true, run: runStatus},
	}
}

// findCommand matches a message with the table. The name stands alone, or,
// where the command takes words, before a space or 《.
func findCommand(text string) (cmd command, arg string, ok bool) {
	text = strings.TrimRight(text, "。.!！ ")
	lower := strings.ToLower(text)
	for _, c := range commands() {
		for _, name := range append([]string{c.name}, c.aliases...) {
			rest, found := strings.CutPrefix(lower, name)
			words := strings.TrimLeft(rest, " 　:：")
			switch {
			case !found:
			case c.fits != nil && !c.fits(words):
			case rest == "":
				return c, "", true
			case c.counted && numbered.MatchString(words), c.fits != nil, c.arg && strings.HasPrefix(rest, "《"), c.arg && words != rest:
				return c, strings.TrimLeft(text[len(name):], " 　:："), true
			}
		}
	}
	return command{}, "", false
}

// runHelp says what can be asked, on one screen, and to staff, in private, what
// they can do.
func runHelp(ctx context.Context, t *turn, _ string) (string, error) {
	read, more := "看过一条后：上一条、下一条、全文、出处", "另有：故事、荐书、案例、练习"
	if t.records() != nil {
		read += "；有用、没用"
		more = "另有：故事、荐书、案例；今日一题、补答、我的记录、请假 12月1日；不收私聊推送：不要再发了"
	}
	lines := []string{
		"直接提问，我回复制度原文和出处。",
		"例如：开会能不能让秘书替我去",
		"按条号：提案条例第十二条、十不准第三条",
		"回复数字：1 看全文，2–5 看其他相近条文",
		"看制度：目录、看《提案工作条例》、十不准",
		read,
		more,
		"只引用原文；没有规定的，会告诉您没有查到。",
	}
	if t.isStaff(ctx) && !t.in.Group {
		lines = append(lines, "工作人员："+t.staffCommands()+"、请假 A01 12月1日")
	}
	return strings.Join(lines, "\n"), nil
}

// isStaff reports whether the sender is known to be staff. Help does not wait for
// more, and does not fail.
func (t *turn) isStaff(ctx context.Context) bool {
	if t.records() == nil {
		return false
	}
	m, err := t.records().Identify(ctx, t.sender())
	return err == nil && m.Staff
}

// staffCommands are the names of the commands of staff, in the order of the
// table: those that can be given here.
func (t *turn) staffCommands() string {
	var names []string
	for _, c := range commands() {
		if c.staff && (!c.signs || t.config.Desk.Approves()) {
			names = append(names, c.name)
		}
	}
	return strings.Join(names, "、")
}
