package secrecy_test

import (
	"slices"
	"testing"

	"lianwen/bot/secrecy"
)

// tellMarks checks which texts bear a mark.
func tellMarks(t *testing.T, marked, ordinary []string) {
	t.Helper()
	for _, text := range marked {
		if !slices.Contains(secrecy.Seen(text), secrecy.Mark) {
			t.Errorf("missed %q", text)
		}
	}
	for _, text := range ordinary {
		if kinds := secrecy.Seen(text); kinds != nil {
			t.Errorf("false alarm: %v in %q", kinds, text)
		}
	}
}

// A draft, or what lies on the table of a meeting, is ordinary without its warning.
func TestDrafts(t *testing.T) {
	t.Parallel()
	tellMarks(t, []string{
		"审议稿，请勿转发\n江城市政协常委会工作报告", "初稿 注意保密 不得外传", "汇报材料，会后收回，请勿带出会议室",
		"参阅件 第15期 不得扩散", "老杨：呈阅件，阅后退回", "密件 刘主任亲启", "涉密载体 不得带离", "机密件，由专人递送",
		"送审稿，未经审定，请勿外传", "根据现场录音整理，未经本人审阅", "会议材料 编号12 会后收回", "密码电报 严禁复印", "民情内参 第5期 妥善保管", "党组汇报材料，注意保密，会后收回", "座谈记录稿（未经审定，请勿转发）", "要情专报：不得对外公布",
	}, []string{
		"审议稿", "初稿写好了", "汇报材料请周四前交", "参阅件第15期已印发", "请把话筒带出会议室", "李委员亲启", "由专人负责",
		"请把会议材料妥善保管", "民情内参 第5期 收到", "送审稿请不要转发到大群里", "讨论稿能外传吗", "材料编号12", "会上请勿录音", "机密件怎么递送",
	})
}

// A paper for the own house may say whose house it is, and how it is used.
func TestHouses(t *testing.T) {
	t.Parallel()
	tellMarks(t, []string{
		"江城市政协机关内部文件，不得翻印", "党组内部材料，严禁拍照上传", "内部稿件，请勿引用", "内部资料·免费赠阅", "仅供内部学习参考",
		"供内部交流使用，请勿外传", "供市委领导参阅，不得外传", "常委专阅件", "内部★六个月", "【内部★】年度要点", "（内参）某镇近况", "（密）江组函〔2026〕2号",
	}, []string{
		"政协机关内部食堂几点开", "党组内部有分工", "内部★★★★★ 五星", "内部★好看", "供领导决策", "书记专程来", "疏密有致", "内部交流会",
	})
}

// What has no known name is a paper by a warning that only papers have.
func TestUnnamed(t *testing.T) {
	t.Parallel()
	tellMarks(t, []string{
		"谈话提纲，不得外传", "拟任人选名册 阅后销毁", "口头通知，只作传达，不得印发", "书记讲话要点，请勿翻拍：一是抓好换届", "内部考评结果 阅后即毁", "内部摸底情况，请勿在群里传播",
		"推荐名册、严禁外泄", "秘书：谈话记录，阅后退还", "工作秘密，未经同意不得对外披露", "本材料供内部研究，请勿引用", "本刊只发市级领导同志", "阅后退还组织处", "内部传阅件",
	}, []string{
		"验证码，请勿泄露", "展厅内，请勿拍照", "图书，看后归还", "这个消息，不要外传哈", "谈话提纲，怎么写", "谈话提纲，能不得外传吗", "商品样册，欢迎转发",
		"涉密文件的管理，不得外传", "问：主席会议保密 不得外传", "第八条 【不得复印外传】 会议材料由专人保管", "内部考评结果，周五公布", "本刊只收电子稿",
	})
}

// A warning may name this text, or say what must come first.
func TestWarnings(t *testing.T) {
	t.Parallel()
	tellMarks(t, []string{
		"此件内部使用，不得外传", "该材料涉及工作秘密，请勿转发", "此文件仅供主席会议成员审阅", "此次会议内容不得外传", "此件涉密，请妥善保管", "本页为绝密",
		"未经允许不得翻印\n主席会议纪要", "尚未公布，不得泄露", "请于月底前将此件送回机要室", "编号：31 会后请交回", "请用后自行销毁",
		"此件发至县处级以上，不登报", "（发至正科级）", "此件阅毕退回，不得拍照", "内部读物，翻印必究", "走访记录，注意保密，严禁外传", "会议材料保密，请勿外传", "本名册不对外公开", "本摘报仅供常委参阅", "此文仅限群里主席阅读，不得外传", "此件阅后退机要科", "本刊不公开发布，妥善保管", "属工作秘密，不得外传", "主任，内部资料，用后销毁：关于分工的建议",
	}, []string{
		"此件请退回提案委", "请于月底前将回执送回联络组", "未经许可不得转载", "未经批准不得擅自离岗", "发至群里了", "发至社区级", "此件请转机要科", "阅毕请签字", "材料不涉密，可以转发", "材料涉密怎么办", "本名册请核对", "本期简报仅供参考", "尚未公布，等通知", "此件涉密吗",
		"主任，材料在您桌上", "编号：31 已办结", "凡属国家秘密的，不得外传", "公开方式：主动公开",
	})
}

// A mark is told by its label, and by what is drawn around it.
func TestLabels(t *testing.T) {
	t.Parallel()
	tellMarks(t, []string{
		"定密：秘密，五年", "等级：绝密", "公开类别：不予公开", "--绝密--", "**秘密**", "== 机密 ==", "绝密 第2页 共5页", "秘密级 长期保存", "秘密 / 3年 / 加急", "scan_机密件扫描件.pdf", "秘密文件.jpg",
	}, []string{
		"机密", "秘密花园.pdf", "机密文件管理办法.docx", "商业秘密保护条例.docx", "定密由谁负责", "信用等级：A", "公开类别：主动公开", "--秘书处--", "第2页 共5页", "长期保存", "保密等级怎么定",
	})
}
