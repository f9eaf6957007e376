package talk_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
)

const (
	mutedReply   = "不再私聊给您发推送"
	unmutedReply = "私聊推送恢复了"
)

// A member says in whatever words that they want nothing sent any more: it is
// done, without a question, and can be taken back.
func TestMuteInManyWords(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	muted := func() bool {
		since, err := o.ledger.Muted(t.Context(), "A01")
		if err != nil {
			t.Fatal(err)
		}
		return !since.IsZero()
	}
	for _, wish := range []string{
		"不要再发了", "不要再发了。", "别再发了！", "退订", "td", "停发", "不要给我发消息了", "请不要再给我发消息了，谢谢", "别给我发了", "不要再推送了",
		"以后别再给我发了", "您好，麻烦不要再发了", "不用再发了", "不用给我推送了吧", "别发了", "不要再打扰我", "我不想再收到这些消息了", "不想收你的推送",
		"取消订阅", "停止推送", "请停止给我发消息", "不要再私聊我", "别老发消息了", "不要再给我推送", "不要再发题了", "廉问，不要再发了", "别烦我", "请停止发送信息",
		"推送不要再发了", "这些消息不要再发了", "消息别再发给我了", "会前提醒不要再发了", "不要推送", "我不要推送", "不需要推送了", "不需要再发给我", "我不收推送", "我不想收了", "不收推送了",
		"关闭提醒", "关掉通知", "屏蔽推送", "取消提醒", "免打扰", "不要提醒我了", "别提醒我了", "不用提醒了", "别再给我发纪律卡了", "麻烦不要再给我发会前提醒了", "不要再發了", "取消訂閱",
		"够了，别发了", "太烦了别发了", "烦死了，不要再发了", "不要再发了，我不想收", "别发了，别发了", "不要 再 发 了", "别发了！！！烦人",
	} {
		if o.says("@zhang", false, wish, mutedReply, "“恢复推送”", "几个人不收"); !muted() {
			t.Errorf("after %q", wish)
		}
		if o.says("@zhang", false, "恢复推送", unmutedReply, "“不要再发了”"); muted() {
			t.Errorf("after 恢复推送, behind %q", wish)
		}
	}
	for _, wish := range []string{"恢复推送。", "请恢复推送", "取消退订", "恢复订阅", "继续给我发吧", "可以再给我发消息了", "重新推送"} {
		o.says("@zhang", false, "退订", mutedReply)
		if o.says("@zhang", false, wish, unmutedReply); muted() {
			t.Errorf("after %q", wish)
		}
	}
}

// What asks, or speaks of something else, is not taken for the wish.
func TestMuteIsNoQuestion(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	for _, text := range []string{
		"补贴不要再发了吗", "补贴不要再发了", "补贴停发", "不要再发了吗", "不要再发了？", "怎么退订", "退订要找谁", "停发补贴要谁批", "是不是不要再发了",
		"会议通知不要再发了是谁定的", "不要给群里发消息", "工资停发的情形", "能不能不要再发了", "发", "不要", "发了", "不要发红包", "别忘了发通知", "不要再发言了", "不用再发文了", "不要再给他发了",
		"会议通知不要再发了", "不要再发了是什么意思", "不要再发文件了", "别给我发红包", "不用给我发补贴", "取消通知", "取消会议", "关闭提醒功能要谁批", "拒收", "不收", "不收礼", "我不收礼", "我不想收礼",
		"不要提醒对方", "推送要不要提醒", "烦死了", "够了", "太烦了，怎么请假", "别发了吗，怎么退订", "不要再发了，补贴怎么领", "提案不要再发了", "题不要再发了怎么办", "停发，工资怎么算", "消息要发给谁",
		"恢复名誉", "恢复", "重新发文", "推送", "恢复推送吗", "继续发言",
	} {
		if got := o.says("@zhang", false, text); strings.Contains(got, mutedReply) || strings.Contains(got, unmutedReply) {
			t.Errorf("%q is taken for a wish: %s", text, got)
		}
		if since, err := o.ledger.Muted(t.Context(), "A01"); err != nil || !since.IsZero() {
			t.Errorf("%q: muted since %v, %v", text, since, err)
		}
	}
}

// A group says where it is said; who is not bound is told that nothing comes
// anyway. Members see their own state, and what they ask is answered.
func TestMuteWhereAndWhose(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@li", false, "不要再发了", "本来就不会私聊给您发推送")
	o.says("@li", false, "恢复推送", "还不知道您是哪位委员")
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@zhang", true, "不要再发了", "群里的推送由工作人员定", "请私聊我发送“不要再发了”")
	o.says("@zhang", true, "恢复推送", "请私聊我发送“恢复推送”")
	o.says("@zhang", false, "我的数据", "私聊推送：照常收；不想收，回复“不要再发了”。")
	o.says("@zhang", false, "不要再发了", mutedReply)
	o.now = o.now.Add(48 * time.Hour)
	o.says("@zhang", false, "不要再发了", mutedReply)
	o.says("@zhang", false, "我的记录", "私聊推送：2026年12月1日起不收；想收，回复“恢复推送”。")
	o.says("@zhang", false, "我的数据", "私聊推送：2026年12月1日起不收")
	o.says("@zhang", false, "提案什么时候截止", "第五条")
	o.says("@zhang", false, "请假 12月8日", "已登记")
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	if got := o.says("@wang", false, "状态", "不收私聊推送的 1 人（不列是谁）"); strings.Contains(got, "张三") || strings.Contains(got, "A01") {
		t.Errorf("it says who: %s", got)
	}
	o.says("@wang", false, "不要再发了", mutedReply)
	o.says("@wang", false, "我的记录", "今年还没有您的答题记录", "起不收")
	o.says("@zhang", false, "解绑", "已解绑")
	if since, err := o.ledger.Muted(t.Context(), "A01"); err != nil || since.IsZero() {
		t.Errorf("after unbinding: %v, %v", since, err)
	}
}

// Nothing of the wish is in the deeds that are shown to staff.
func TestMuteIsNoDeed(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	before, err := o.ledger.History(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	o.says("@zhang", false, "退订", mutedReply)
	o.says("@zhang", false, "恢复推送", unmutedReply)
	if after, err := o.ledger.History(t.Context(), 100); err != nil || len(after) != len(before) {
		t.Errorf("%+v, %v", after, err)
	}
}

// A message that comes again after a restart does no harm.
func TestMuteTwice(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@zhang", false, "恢复推送", unmutedReply)
	o.says("@zhang", false, "退订", mutedReply)
	o.restart()
	o.says("@zhang", false, "退订", mutedReply)
	if n, err := o.ledger.CountMuted(t.Context()); err != nil || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
}

// Of what people say and ask elsewhere, nothing but wishes of this kind is taken
// for one.
func TestMuteAmongOtherTalk(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	raw, err := os.ReadFile("testdata/smalltalk.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	muted, wishes := 0, 0
	for line := range strings.Lines(string(raw)) {
		var said struct{ Text, Kind string }
		if err := json.Unmarshal([]byte(line), &said); err != nil {
			t.Fatal(err)
		}
		if !strings.ContainsAny(said.Text, "发推退停烦扰收恢TD") {
			continue
		}
		got := strings.Contains(o.says("@zhang", false, said.Text), mutedReply)
		if got && said.Kind != "stop" {
			t.Errorf("%q is taken for a wish", said.Text)
		}
		if said.Kind == "stop" {
			if wishes++; got {
				muted++
			}
		}
	}
	if wishes == 0 || muted*3 < wishes*2 {
		t.Errorf("%d of %d wishes are understood", muted, wishes)
	}
}
