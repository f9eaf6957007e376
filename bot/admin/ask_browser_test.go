package admin

import (
	"strings"
	"testing"

	"lianwen/bot/ledger"
)

// In a browser a question is sent with Enter, what lies near it is opened and becomes a
// line, the last tries compare themselves, and all is to be read on a telephone.
func TestTryInBrowser(t *testing.T) {
	t.Parallel()
	s := judging(t)
	b := newBrowser(t, s, ledger.RoleEdit)
	b.open("/try")
	b.send("#question", "大会来不成谁点头\r")
	b.await(".trial")
	if got := b.text(".trial .reply"); !strings.Contains(got, "没有查到") {
		t.Errorf("%s", got)
	}
	b.screenshot("try-asked-1366")
	b.click(".placed summary")
	b.click("//form[@action='/try/line']//button[contains(.,'不看影响')]")
	b.await(".notice")
	if got := b.text(".notice"); !strings.Contains(got, "加上问法“大会来不成谁点头”") {
		t.Errorf("%s", got)
	}
	s.takeUp()
	b.open("/try")
	b.await("//section[@id='last']//strong")
	b.looks("/try/"+s.tries.newest()[0].ID, "try")
	b.looks("/try/judged", "judged")
}

// In a browser articles are found while they are being typed, one is picked, and the
// cluster is gone and comes back.
func TestUnansweredInBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.asks("大会来不成谁点头", "请问大会来不成谁点头", "食堂几点开饭")
	s.chooses("大会来不成谁点头", "qingjia#4", 2)
	b := newBrowser(t, s, ledger.RoleEdit)
	b.looks("/unanswered", "unanswered")
	b.looks("/unanswered/"+clusterID("大会来不成谁点头"), "cluster")
	b.resize(1366, 768)
	b.open("/unanswered/" + clusterID("大会来不成谁点头"))
	b.send("input[type=search]", "本办法自哪天起施行")
	b.await("#found input[value^='qingjia#5 ']")
	b.click("#found input[value^='qingjia#5 ']")
	b.click("//button[text()='补成问法']")
	b.await("form.undo")
	if got := b.text(".notice"); !strings.Contains(got, "补问法 qingjia#5") || strings.Contains(b.text("table"), "谁点头") {
		t.Errorf("%s", got)
	}
	b.looks("/unanswered/settled", "settled")
	b.open("/unanswered?done=1")
	b.click("form.undo button")
	b.await("//strong[text()='大会来不成谁点头']")
}
