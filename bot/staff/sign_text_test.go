package staff_test

import (
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/relief"
)

// What staff write in the place of the library's words bears no secret and asks
// nothing of people that a trait forbids; nothing of it is kept.
func TestEditRefused(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	before := r.draft("story", "2026-12-02")
	for words, want := range map[string]string{
		"机密★10年\n关于某某工作的通知。":         "新的文字带有密级或内部标志，没有记下",
		"联系人的证号是11010519491231002X。": "新的文字带有身份证号，没有记下",
		"请大家每天打卡，收到请回复。":             "新的文字里有“请大家每天打卡”，不合减负要求（打卡排名），没有改",
		"节日快乐。\n看完请转发朋友圈。":           "（点赞评比），没有改",
	} {
		_, err := r.desk.Edit(t.Context(), hand, before.Key(), words)
		r.refused(words, err, bot.Invalid, want)
	}
	r.did()
	if rows, err := r.desk.Ledger.Drafts(t.Context(), "2026-12-01", "2026-12-31"); err != nil || len(rows) > 0 {
		t.Errorf("kept %+v, %v", rows, err)
	}
	for _, words := range []string{"不打卡，不接龙，自愿阅读。", "反对点赞评比。"} {
		if _, err := r.desk.Edit(t.Context(), hand, before.Key(), words); err != nil {
			t.Errorf("%s: %v", words, err)
		}
	}
}

// What the operator has written down to be allowed is taken, and nothing else.
func TestEditAllowed(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	key := r.draft("story", "2026-12-02").Key()
	r.desk.Waiver = relief.Waiver{Allow: []string{relief.Likes}}
	_, err := r.desk.Edit(t.Context(), hand, key, "请点赞。")
	r.refused("without a reason", err, bot.Invalid, "点赞评比")
	r.desk.Waiver.Reason = "上级统一组织，办公室主任同意"
	if _, err := r.desk.Edit(t.Context(), hand, key, "请点赞。"); err != nil {
		t.Error(err)
	}
	_, err = r.desk.Edit(t.Context(), hand, key, "请点赞，每天打卡。")
	r.refused("another trait", err, bot.Invalid, "打卡排名")
}

// A text of the library that bears a secret is neither shown nor kept, and cannot
// be approved.
func TestSecretDraft(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	id := r.draft("story", "2026-12-02").Push.ContentID
	r.corpus = library(t, map[string]string{"stories/" + id + ".md": story(id, "海瑞\n机密★10年\n11010519491231002X")})
	draft := r.draft("story", "2026-12-02")
	if draft.Text != "" || !draft.Blocked() {
		t.Errorf("%+v", draft)
	}
	r.stands("story", "2026-12-02", "内容带有密级标志或号码，不能发，请另换")
	if done := r.sign("story", "2026-12-02"); len(done.Refused) != 1 {
		t.Errorf("%+v", done)
	}
	r.did()
}
