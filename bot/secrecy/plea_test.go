package secrecy_test

import (
	"testing"

	"lianwen/bot/secrecy"
)

// A text that asks to be kept from others bears a mark, in whatever words; one that
// asks about that, or lays down what others are to do, does not.
func TestPleas(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"人事安排方案，未公布前严禁泄露",
		"领导讲话稿（未审定），请勿外发",
		"这是下午要议的名单，千万别传出去。",
		"考察情况报告发您了，暂不公开",
		"内部传阅件，阅后请退秘书科",
		"巡察反馈意见，看完删掉",
		"附件是征收底稿，用毕请交还规划科",
		"绝密文件，只许一人看，看完烧掉",
		"以下内容只供党组同志掌握",
		"这份清单仅限主席会议成员传阅",
		"发至各专委会，不登报",
		"本件内容，不上网，不外借",
		"不对外公开：拟增补委员建议名单",
		"本件含国家秘密，离开办公室请锁柜",
		"以上材料涉及工作秘密",
		"机密材料：关于某同志问题的核查",
		"明传电报 机密 请即办",
		"000123 秘密 特急",
	} {
		if kinds := secrecy.Seen(text); len(kinds) != 1 || kinds[0] != secrecy.Mark {
			t.Errorf("missed %q: %v", text, kinds)
		}
	}
	for _, text := range []string{
		"名单没公布之前能不能传出去",
		"方案还没定，请勿外传是写在哪一条",
		"材料看完要退回吗",
		"会后收回的材料还能再要一份吗",
		"仅限主席会议成员传阅的文件怎么登记",
		"未公开的资料应当在会后交回秘书科",
		"涉密文件不得复印，不得用手机翻拍",
		"谈话内容不对外公开。",
		"材料请勿放在桌上",
		"请不要转发我的手机号",
		"会场里别拍照",
		"资料看完记得还给图书室，别弄丢",
		"信息工作暂不调整",
		"本件含附件三份",
		"以上材料涉及三个科室",
		"涉密 机密 密件",
		"机密文件",
		"秘密 是什么意思",
		"在机关内部通报\n移送机关纪委\n取消评优资格",
	} {
		if kinds := secrecy.Seen(text); kinds != nil {
			t.Errorf("false alarm in %q: %v", text, kinds)
		}
	}
}
