package talk

import (
	"context"
	"regexp"
	"strings"

	"lianwen/bot/ledger"
)

// muteName and unmuteName are the commands that the ways below of saying the same
// stand for.
const muteName, unmuteName = "不要再发了", "恢复推送"

// What is said to be sent nothing any more, or something again, is the whole
// message, with nothing beside it but courtesy and what it is that annoys:
// “补贴不要再发了吗” asks about something else.
var (
	muteWish = regexp.MustCompile(`^(?:(?:不要|别|甭|不用|不必|不需要|请勿|勿)(?:再|老|总|一直)?(?:给|向|跟|往)?(?:我|我这里|本人)?(?:再)?(?:私聊|私信)?(?:推送?|发送?|群?发|弹|提醒)(?:给?我)?(?:` + sentThings + `)?(?:了|啦|哈)` +
		`|(?:不要|别|不用|不必|不需要|请勿|勿)(?:再(?:给|向|跟|往)?(?:我|本人)?|(?:给|向|跟|往)(?:我|本人)再?)(?:私聊|私信)?(?:推送?|发送?)(?:给我)?(?:` + sentThings + `)?` +
		`|(?:(?:这些|这种|这类)(?:消息|信息|通知|提醒|东西|推送)?|(?:私聊)?推送|私信|消息|会前提醒|纪律卡)(?:请|就|都)?(?:不要|别|不用|不必|不需要)(?:再|老|总)?(?:给|向|往)?我?(?:推|发|发送)(?:给我)?(?:了|啦)` +
		`|(?:不要|别|请勿|勿)再?(?:打扰|骚扰|烦|吵|私聊|私信)(?:我|本人)?(?:了|啦)?|免打扰` +
		`|我?(?:不想|不愿意?|不要|不)再?(?:收到?|看到?)(?:你|您|你们)?的?(?:这些|这种)?(?:消息|信息|推送|提醒|通知)(?:了|啦)?|我?不想再?收(?:到)?(?:了|啦)|(?:我)?(?:不要|不需要|不用)(?:再)?推送(?:了|啦)?` +
		`|退订|我要退订|退订推送|取消(?:订阅|推送|提醒)|停发|停止推送|停止发送(?:消息|信息|推送)?|停止给我发(?:消息|推送)?|(?:关闭|关掉|屏蔽)(?:推送|提醒|通知)|TD)$`)
	unmuteWish = regexp.MustCompile(`^(?:恢复(?:私聊)?(?:推送|订阅|发送|提醒)|(?:恢复|重新|继续)(?:给我|向我)(?:推送|发送?)(?:消息|信息|推送|提醒)?|(?:重新|继续)(?:推送|订阅)|(?:可以)?(?:再|继续)给我(?:推送|发送?)(?:消息|信息|推送|提醒)?(?:了|吧)|取消退订)$`)

	// annoyed is what people say beside the wish not to be sent anything.
	annoyed = regexp.MustCompile(`^(?:(?:真|太|好|很|实在)?烦(?:人|死人?)?(?:了|啦)?|烦死(?:人|我)?了|够了|行了|太多了|发得太多了|太吵了|我?不(?:想|爱)(?:收|看)(?:了)?)$`)

	// courtesy is what people put around a wish.
	courtesyBefore = regexp.MustCompile(`^(?:(?:你好|您好|麻烦|拜托|劳驾|请你?|请您|谢谢|以后|今后|从今天起|从现在起|廉问|你|您|就|都|也|太烦了|烦死了)[，,。！!、 　]*)+`)
	courtesyAfter  = regexp.MustCompile(`[，,。！!、~～ 　]*(?:好吧|行吧|吧|啊|哈|哦|喔|谢谢(?:了|您|你)?|多谢|麻烦了|拜托了?|辛苦了?)?[，,。！!、~～ 　]*$`)
	wishParts      = regexp.MustCompile(`[，,。！!；; 　]+`)

	toSimplified = strings.NewReplacer("發", "发", "給", "给", "訂", "订", "閱", "阅", "關", "关", "閉", "闭", "擾", "扰", "煩", "烦", "請", "请", "復", "复", "別", "别", "繼續", "继续")
)

// sentThings are what a member may call what they are sent.
const sentThings = "消息|信息|推送|提醒|会前提醒|通知|东西|私信|这些|这个|这种|卡片|纪律卡|题目?|故事"

// plainWish is the command that a message means in other words, or the message.
func plainWish(text string) string {
	said := toSimplified.Replace(text)
	if wish := wishIn(said); wish != "" {
		return wish
	}
	wish := ""
	for _, part := range wishParts.Split(said, -1) { // 够了，别发了
		switch w := wishIn(part); {
		case w == muteName:
			wish = w
		case !annoyed.MatchString(part) && uncourteous(part) != "":
			return text
		}
	}
	if wish == "" {
		return text
	}
	return wish
}

// wishIn is the command that words mean by themselves.
func wishIn(words string) string {
	said := strings.ToUpper(strings.ReplaceAll(uncourteous(words), " ", ""))
	switch {
	case muteWish.MatchString(said):
		return muteName
	case unmuteWish.MatchString(said):
		return unmuteName
	}
	return ""
}

// uncourteous are words without the courtesy around them.
func uncourteous(words string) string {
	words = courtesyBefore.ReplaceAllString(strings.TrimSpace(words), "")
	for {
		shorter := courtesyAfter.ReplaceAllString(words, "")
		if shorter == words {
			return words
		}
		words = shorter
	}
}

// runMute ends what is sent to a member in private without their asking. It asks
// nothing more and is nobody else's business.
func runMute(ctx context.Context, t *turn, _ string) (string, error) {
	m, err := t.member(ctx)
	if isUnknown(err) {
		return "还不知道您是哪位委员，本来就不会私聊给您发推送，不用退订。您问的，照常回答；群里发的，不归这里管。", nil
	}
	if err != nil {
		return "", err
	}
	if err := t.records().Mute(ctx, m.Number, t.config.Now()); err != nil {
		return "", err
	}
	return "好的，从现在起不再私聊给您发推送，会前提醒也不发。您问的照常回答，您自己办的事照常答复；群里发的不受影响。\n想恢复，私聊我发送“" + unmuteName + "”。这件事不告诉别人，工作人员只看得到有几个人不收。", nil
}

// runUnmute takes that back.
func runUnmute(ctx context.Context, t *turn, _ string) (string, error) {
	m, err := t.member(ctx)
	if isUnknown(err) {
		return "还不知道您是哪位委员，私聊推送发不到您这里。要收，请私聊我发送“绑定 绑定码”；绑定码请向工作人员索取。", nil
	}
	if err != nil {
		return "", err
	}
	if err := t.records().Unmute(ctx, m.Number); err != nil {
		return "", err
	}
	return "好的，私聊推送恢复了，从下一条起照常发给您。不想收了，回复“" + muteName + "”。", nil
}

// muteLine says to a member, and to nobody else, whether they are sent anything in
// private without asking.
func (t *turn) muteLine(ctx context.Context, m ledger.Member) (string, error) {
	since, err := t.records().Muted(ctx, m.Number)
	if err != nil {
		return "", err
	}
	if since.IsZero() {
		return "私聊推送：照常收；不想收，回复“" + muteName + "”。", nil
	}
	return "私聊推送：" + since.In(t.config.Location).Format("2006年1月2日") + "起不收；想收，回复“" + unmuteName + "”。", nil
}
