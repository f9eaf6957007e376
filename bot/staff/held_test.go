package staff_test

import (
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
	_, err = r.desk.ImportActivities(t.Context(), boss, []byte("日期,类别,名称,参加人\n2026-03-05,会议,机密★10年 专项会议,A01\n"))
	r.refused("activity", err, bot.Invalid, "活动的名称里带有")
	_, err = r.desk.AddSynonyms(t.Context(), boss, staff.Cluster{}, "请假", []string{"告假", "机密★10年"})
	r.refused("synonym", err, bot.Invalid, "词里带有")
	_, err = r.desk.AddReply(t.Context(), boss, staff.Cluster{Question: "几点下班"}, "问 13812345678、13812345679 或 13812345670")
	r.refused("reply", err, bot.Invalid, "应答里带有电话名单")
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
