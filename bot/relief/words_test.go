package relief_test

import (
	"slices"
	"strings"
	"testing"

	"lianwen/bot/relief"
)

// What asks people for what a trait forbids is found, whatever courtesy or pressure
// is around it.
func TestScanFinds(t *testing.T) {
	t.Parallel()
	for text, trait := range map[string]string{
		"请大家每天在群里打卡。":      relief.CheckIn,
		"学完以后不要忘记打卡。":      relief.CheckIn,
		"各支部的学习积分每周公布。":    relief.CheckIn,
		"每月公布一次答题排名。":      relief.CheckIn,
		"请全体委员扫码签到。":       relief.CheckIn,
		"在线时长不足的，另行通知。":    relief.CheckIn,
		"请各位务必下载“某某通”App。": relief.Install,
		"全员安装客户端，月底前完成。":   relief.Install,
		"请大家关注我会的公众号。":     relief.Install,
		"请接龙：已学习。":         relief.Instant,
		"看完大家打个卡。":         relief.CheckIn,
		"请每天登录平台签到。":       relief.CheckIn,
		"收到请回1。":           relief.Instant,
		"收到后请回复。":          relief.Instant,
		"阅后请回复，谢谢。":        relief.Instant,
		"看到请扣1。":           relief.Instant,
		"请在10分钟内答复。":       relief.Instant,
		"请给文章点个赞。":         relief.Likes,
		"收到请回复。":           relief.Instant,
		"看完请截图发到群里。":       relief.Instant,
		"请在三十分钟内反馈。":       relief.Instant,
		"答题情况纳入年度考核。":      relief.Measure,
		"没有答的一律扣分。":        relief.Measure,
		"将点名通报未答题的委员。":     relief.Measure,
		"请为我会的短视频点赞。":      relief.Likes,
		"请转发到朋友圈。":         relief.Likes,
		"请大家为“最美委员”投票。":    relief.Likes,
		"每季度填报一次学习情况统计表。":  relief.Forms,
		"每周公布红黑榜。":         relief.CheckIn, "请为我会助力。": relief.Likes, "请为他拉票。": relief.Likes, "@所有人 看制度": relief.Instant, "见到消息请秒回。": relief.Instant,
		"末位的要说明。": relief.Measure, "参加的加分。": relief.Measure, "好！请打卡！": relief.CheckIn, "不难！人人打卡": relief.CheckIn, "不难；人人打卡": relief.CheckIn, "不难,人人打卡": relief.CheckIn, "不难\n人人打卡": relief.CheckIn,
		"请扫码填写问卷。": relief.Forms,
		"自觉学习很好。不打卡也行，但每天必须在线上签到。": relief.CheckIn,
	} {
		hits := relief.Scan([]relief.Text{{Where: "notices/x.md", Body: text}})
		if len(hits) == 0 || hits[0].Trait != trait || hits[0].Where != "notices/x.md" || !strings.Contains(text, hits[0].Words) && !strings.Contains(text, "忘记") {
			t.Errorf("%s: %+v, want %s", text, hits, trait)
		}
	}
}

// What forbids it, speaks about it or only sounds like it is not meant.
func TestScanLeavesAlone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"自愿参加，不排名。", "自愿阅读，不打卡。", "不得要求委员打卡、接龙、截图。", "严禁以点赞数、转发量评价工作。", "不搞积分排名。",
		"整治指尖上的形式主义，清理打卡、积分。", "会议签到由会务组负责。", "议案由全体委员投票表决。", "他在殿试中名列第一。", "单位不再统计在线时长。",
		"无需下载任何软件。", "提案提交以后，由提案委审查。", "没有扣分这一说。", "纠治打卡之风。", "违规的打卡已清理。", "他未打卡。", "收到礼品的，请回绝。", "收到来信后3日内回复当事人。", "看完信，他请回家乡的人带走。", "收到举报以后要回复举报人。", "请回1号会议室。", "每月扣1天工资的做法取消。", "会议期间收到的材料要妥善保管。", "",
	} {
		if hits := relief.Scan([]relief.Text{{Body: text}}); len(hits) > 0 {
			t.Errorf("%s: %+v", text, hits)
		}
	}
	// A question tells what others did; it is meant where it turns to the reader.
	for text, want := range map[string]int{
		"某机关要求大家每天打卡，这种做法对不对？": 0, "给委员的登录次数排名": 0, "答完请截图发到群里。": 1, "请在群里接龙。": 1,
		"学完打卡。": 1, "收到请回复。": 1, "快来打卡。": 1, "务必打卡。": 1, "他说快来打卡。": 0,
	} {
		if hits := relief.Scan([]relief.Text{{Body: text, Case: true}}); len(hits) != want {
			t.Errorf("%s: %+v, want %d", text, hits, want)
		}
	}
}

// 参与率 of groups and months stands in a report; other rates do not, nor does that in
// what people are sent.
func TestScanGroups(t *testing.T) {
	t.Parallel()
	for text, want := range map[relief.Text]int{
		{Body: "本月参与率80%"}: 1, {Body: "界别，参与率", Groups: true}: 0, {Body: "参与率，正确率", Groups: true}: 1, {Body: "参与率排名", Groups: true}: 1,
	} {
		if hits := relief.Scan([]relief.Text{text}); len(hits) != want {
			t.Errorf("%+v: %+v, want %d", text, hits, want)
		}
	}
}

// Words are shown with a little around them, whole characters only.
func TestScanShowsWords(t *testing.T) {
	t.Parallel()
	hits := relief.Scan([]relief.Text{{Body: "为了更好地学习制度请各位委员每天早上在群里打卡并把感想写下来"}})
	if len(hits) != 1 || hits[0].Words != "员每天早上在群里打卡并把感想写下来" {
		t.Errorf("%+v", hits)
	}
	var traits []string
	for _, h := range relief.Scan([]relief.Text{{Body: "每天打卡，收到请回复，答题情况纳入考核"}}) {
		traits = append(traits, h.Trait)
	}
	if !slices.Equal(traits, []string{relief.CheckIn, relief.Instant, relief.Measure}) {
		t.Errorf("found %v", traits)
	}
}

// No text makes it fail.
func FuzzScan(f *testing.F) {
	f.Add("每天打卡。不得不签到，接龙")
	f.Add("\xff打卡\xfe")
	f.Fuzz(func(t *testing.T, text string) {
		for _, h := range relief.Scan([]relief.Text{{Body: text}}) {
			if h.Words == "" || !slices.Contains(relief.Names(), h.Trait) {
				t.Errorf("%+v in %q", h, text)
			}
		}
	})
}
