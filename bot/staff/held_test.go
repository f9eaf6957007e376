package staff_test

import (
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
)

// What staff write and must not be kept is refused before anything of it is recorded.
func TestUnkeepable(t *testing.T) {
	t.Parallel()
	const secret = "参加（机密）专案 11010519491231002X"
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	day := r.desk.Today()
	_, err := r.desk.Excuse(t.Context(), boss, "A01", day, day, secret)
	r.refused("leave", err, bot.Invalid, "请假事由里带有")
	_, err = r.desk.Correct(t.Context(), boss, "A01", day, staff.Standings["请假"], secret)
	r.refused("correction", err, bot.Invalid, "更正的理由里带有")
	_, err = r.desk.DraftActivities(t.Context(), []byte("日期,类别,名称,参加人\n2026-03-05,会议,机密★10年 专项会议,A01\n"))
	r.refused("activity", err, bot.Invalid, "活动的名称里带有")
	_, err = r.desk.AddSynonyms(t.Context(), boss, staff.Cluster{}, "请假", []string{"告假", "机密★10年"})
	r.refused("synonym", err, bot.Invalid, "词里带有")
	_, err = r.desk.AddReply(t.Context(), boss, staff.Cluster{Question: "几点下班"}, "问 13812345678、13812345679 或 13812345670")
	r.refused("reply", err, bot.Invalid, "应答里带有电话名单")
	for _, row := range []string{"A09,11010519491231002X,教育界,提案委,委员,", "A09,赵六,机密★10年 专班,提案委,委员,", "A09,赵六,教育界,（秘密）,委员,", "A09,赵六,教育界,提案委,委员,卡号6222021234567890128"} {
		_, err = r.desk.DraftRoster(t.Context(), []byte("编号,姓名,界别,专委会,身份,手机\nA01,张三,教育界,,委员,13812345678\n"+row+"\n"))
		r.refused("roster", err, bot.Invalid, "花名册里第 2 个人的资料带有")
	}
	deeds, err := r.desk.History(t.Context(), 100)
	r.must(err)
	for _, d := range deeds {
		if !bot.Keepable(d.Detail) {
			t.Errorf("on record: %+v", d)
		}
	}
	if files := r.holds("synonyms/learned.txt") + r.holds("talk/learned.toml"); files != "" {
		t.Errorf("written: %s", files)
	}
}

// A text to be sent that must not be is not approved, and no decision writes it down.
func TestUnkeepableDraft(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	ctx, key := t.Context(), r.draft("story", "2026-12-02").Key()
	r.sign("story", "2026-12-02")
	r.deeds++
	_, err := r.desk.Edit(ctx, hand, staff.SeenDraft{Key: key}, "机密★10年\n关于有关工作的通知")
	r.refused("edit", err, bot.Invalid, "改成的文字里带有密级或内部标志")

	marked := map[string]string{}
	for _, id := range []string{"bao", "xuanyu", "huanzhu"} {
		marked["stories/"+id+".md"] = story(id, "机密★10年 旧案") // its text has it too
	}
	marked["questions/r.toml"] = strings.ReplaceAll(question("r-01", "r#1")+question("r-02", "r#2")+question("r-03", "h#1"), "见条文", "【机密】关于某案的通报")
	r.corpus = library(t, marked)
	for _, name := range []string{"story", "quiz"} {
		r.stands(name, "2026-12-02", "内容带有密级标志或者不能发的号码，请另换一则")
		if done := r.sign(name, "2026-12-02"); len(done.Refused) != 1 || done.Refused[0].Text != "" || !bot.Keepable(done.Refused[0].Push.Title) {
			t.Errorf("%+v", done)
		}
	}
	choices, err := r.desk.Choices(ctx, key)
	r.must(err)
	if len(choices) != 0 {
		t.Errorf("offered %v", choices)
	}
	_, err = r.desk.Edit(ctx, hand, staff.SeenDraft{Key: key}, "包拯不持一砚归。") // the title stays that of the story
	r.refused("title", err, bot.Invalid, "改成的文字里带有")

	marked["stories/xuanyu.md"] = strings.Replace(story("xuanyu", "悬鱼"), "的故事", "的事，（机密）关于某案的通报", 1)
	marked["stories/huanzhu.md"], marked["stories/bao.md"] = story("huanzhu", "还珠"), story("bao", "包拯不持一砚")
	r.corpus = library(t, marked)
	if r.draft("story", "2026-12-02").Push.ContentID == "xuanyu" {
		key.Date = "2026-12-03"
	}
	_, err = r.desk.Replace(ctx, hand, staff.SeenDraft{Key: key}, "xuanyu")
	r.refused("replace", err, bot.Invalid, "换上的内容里带有")
	r.did()
}
