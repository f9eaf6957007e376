package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/bot/ledger"
)

// asks puts questions in vain on record, a minute apart.
func (s *site) asks(questions ...string) {
	s.t.Helper()
	for i, q := range questions {
		at := s.now.Add(time.Duration(i-len(questions)) * time.Minute)
		must(s.t, s.Desk.Ledger.Ask(s.t.Context(), ledger.Asked{At: at, Outcome: ledger.AskedChoices, Question: q, Asker: "who-asked"}))
	}
}

// chooses puts on record what people went on to.
func (s *site) chooses(question, cite string, times int) {
	s.t.Helper()
	for i := range times {
		must(s.t, s.Desk.Ledger.Choose(s.t.Context(), ledger.Chosen{At: s.now.Add(-time.Second), Outcome: ledger.AskedChoices, Question: question, Cite: cite, Asker: fmt.Sprint("who-asked", i)}))
	}
}

// value is what a form sends for an article.
func (s *site) value(key string) string { return newPick(s.liveArticle(key), "").Value() }

// What was asked in vain is listed, the most frequent first, with what people went on to
// and never who asked; a period is chosen.
func TestUnanswered(t *testing.T) {
	s := newSite(t)
	s.asks("食堂几点<b>开</b>饭", "大会来不成谁点头", "请问大会来不成谁点头", "大会来不成谁点头")
	s.chooses("大会来不成谁点头", "qingjia#4", 2)
	s.chooses("大会来不成谁点头", "gone#1", 1)
	must(t, s.Desk.Ledger.Ask(t.Context(), ledger.Asked{At: s.now.AddDate(0, 0, -40), Outcome: ledger.AskedNone, Question: "很久以前问的", Asker: "a"}))
	c := s.as(ledger.RoleView)
	status, body := c.get("/unanswered")
	says(t, status, body, http.StatusOK, "没有直接查到的问题 2 类", "食堂几点&lt;b&gt;开&lt;/b&gt;饭", "也问：请问大会来不成谁点头", "《委员请假办法》第四条 2 次", "gone#1（现在没有了） 1 次", "12月1日 07:2")
	if first, second := strings.Index(body, "大会来不成"), strings.Index(body, "食堂"); first > second || strings.Contains(body, "who-asked") || strings.Contains(body, "很久以前") {
		t.Errorf("%d, %d:\n%s", first, second, body)
	}
	status, body = c.get("/unanswered?days=90")
	says(t, status, body, http.StatusOK, "很久以前问的")
	for _, days := range []string{"0", "-1", "99999999999", "x"} {
		status, body = c.get("/unanswered?days=" + days + "&from=-5")
		says(t, status, body, http.StatusOK, "最近 30 天")
	}
	status, body = c.get("/unanswered/" + clusterID("大会来不成谁点头"))
	says(t, status, body, http.StatusOK, "“大会来不成谁点头”", "您的账号只能看")
	status, body = c.get("/unanswered/none")
	says(t, status, body, http.StatusNotFound, "不在最近 30 天没有查到的里面了")
}

// Each of the four ways settles a cluster in one step; it is gone from the list, and
// undone from there.
func TestSettleUnanswered(t *testing.T) {
	s := newSite(t)
	s.asks("开会画圈子几点", "开会画圈子几点", "大会来不成谁点头", "请问大会来不成谁点头", "食堂几点开饭", "低保怎么办理")
	s.chooses("大会来不成谁点头", "qingjia#4", 2)
	c := s.as(ledger.RoleEdit)
	_, body := c.get("/unanswered/" + clusterID("大会来不成谁点头"))
	if !strings.Contains(body, `value="`+s.value("qingjia#4")+`" required checked`) || !strings.Contains(body, "问的人有 2 次看了它") {
		t.Errorf("not proposed:\n%s", body)
	}
	for _, step := range []struct {
		act, question, file string
		form                url.Values
		says                string
	}{
		{"line", "大会来不成谁点头", "asked/qingjia.txt", url.Values{"article": {s.value("qingjia#4")}, "wording": {"不是它的"}}, "补问法 qingjia#4"},
		{"synonym", "开会画圈子几点", "synonyms/learned.txt", url.Values{"official": {" 静音 "}, "words": {"画圈子、画圆圈"}}, "补同义词 静音 ← 画圈子 画圆圈"},
		{"reply", "食堂几点开饭", "talk/learned.toml", url.Values{"reply": {"食堂七点开门。"}}, "补应答 食堂七点开门。"},
		{"away", "低保怎么办理", "talk/learned.toml", url.Values{"whom": {"区民政局"}}, "不归我们 这件事不归我们管，请找区民政局。"},
	} {
		step.form.Set("question", step.question)
		status, body := c.post("/unanswered/"+step.act, step.form)
		says(t, status, body, http.StatusOK, "“"+step.question+"”处理好了："+step.says, "撤销")
		if strings.Contains(body, "<strong>"+step.question) {
			t.Errorf("%s is still listed", step.question)
		}
		if s.holds(step.file) == "" {
			t.Errorf("nothing in %s", step.file)
		}
	}
	if text := s.holds("asked/qingjia.txt"); !strings.Contains(text, "未答问题，改的人 2026-12-01") || strings.Contains(text, "请问大会") || strings.Contains(text, "不是它的") {
		t.Errorf("wordings that were not ticked, or nobody's:\n%s", text)
	}
	status, body := c.get("/unanswered/settled")
	says(t, status, body, http.StatusOK, "4 号 不归我们", "账号 改的人", "大会来不成谁点头")
	for _, n := range []string{"4", "3", "2", "1"} {
		status, body = c.post("/unanswered/undo", url.Values{"number": {n}, "to": {"/unanswered"}})
		says(t, status, body, http.StatusOK, "撤销了 "+n+" 号", "没有直接查到的问题")
	}
	says(t, status, body, http.StatusOK, "<strong>大会来不成谁点头", "<strong>低保怎么办理")
	status, body = c.post("/unanswered/undo", url.Values{"number": {"1"}, "to": {"//evil.example"}})
	says(t, status, body, http.StatusNotFound, "没有 1 号处理，或者已经撤销过了")
	status, body = c.post("/unanswered/undo", url.Values{"number": {"x"}})
	says(t, status, body, http.StatusBadRequest, "没有说撤销几号")
}

// What cannot be done is said beside what was typed, and nothing is changed.
func TestSettleBadInput(t *testing.T) {
	s := newSite(t)
	s.asks("大会来不成谁点头", "大会来不成谁来点头", "张三来不成谁批")
	c := s.as(ledger.RoleEdit)
	for _, step := range []struct {
		act, question string
		form          url.Values
		status        int
		says          []string
	}{
		{"line", "大会来不成谁点头", url.Values{}, http.StatusNotFound, []string{"没有选该由哪一条答"}},
		{"line", "大会来不成谁点头", url.Values{"article": {"qingjia#4 0123"}}, http.StatusConflict, []string{"《委员请假办法》第四条刚刚改过", `value="` + s.value("qingjia#4") + `" required checked`}},
		{"line", "大会来不成谁点头", url.Values{"article": {"qingjia#99"}}, http.StatusNotFound, []string{"那一条现在没有了"}},
		{"line", "张三来不成谁批", url.Values{"article": {s.value("qingjia#4")}}, http.StatusBadRequest, []string{"里有人名", `value="` + s.value("qingjia#4") + `" required checked`}},
		{"synonym", "大会来不成谁点头", url.Values{"official": {"火星"}, "words": {"<script>"}}, http.StatusBadRequest, []string{"「&lt;script&gt;」不能当同义词", `value="火星"`, `value="&lt;script&gt;"`}},
		{"synonym", "大会来不成谁点头", url.Values{"official": {"火星"}, "words": {"红星"}}, http.StatusBadRequest, []string{"现行的制度里没有「火星」"}},
		{"reply", "大会来不成谁点头", url.Values{"reply": {""}}, http.StatusBadRequest, []string{"回复要写 1 到"}},
		{"reply", "大会来不成谁点头", url.Values{"reply": {"机密★10年 关于请假的通知"}}, http.StatusBadRequest, []string{"没有留存"}},
		{"away", "没有人这样问过", url.Values{"whom": {"民政局"}}, http.StatusNotFound, []string{"不在没有查到的问题里了", "民政局"}},
	} {
		step.form.Set("question", step.question)
		status, body := c.post("/unanswered/"+step.act, step.form)
		says(t, status, body, step.status, step.says...)
	}
	if text := s.holds("asked/qingjia.txt") + s.holds("synonyms/learned.txt") + s.holds("talk/learned.toml"); text != "" {
		t.Errorf("in the library:\n%s", text)
	}
	if status, _ := s.as(ledger.RoleView).post("/unanswered/away", url.Values{"question": {"大会来不成谁点头"}}); status != http.StatusForbidden {
		t.Errorf("whoever may only look: %d", status)
	}
	s.Desk.Dir = ""
	status, body := c.get("/unanswered/" + clusterID("大会来不成谁点头"))
	says(t, status, body, http.StatusOK, "lianwen library init")
	status, body = c.post("/unanswered/away", url.Values{"question": {"大会来不成谁点头"}, "whom": {"民政局"}})
	says(t, status, body, http.StatusBadRequest, "自带的示例制度库")
}

// Of two who settle a cluster the second is told by whom, and what, be it at once.
func TestSettleTwice(t *testing.T) {
	s := newSite(t)
	s.asks("低保怎么办理", "食堂几点开饭")
	first, second := s.as(ledger.RoleEdit), s.as(ledger.RoleAdmin)
	status, body := first.post("/unanswered/away", url.Values{"question": {"低保怎么办理"}, "whom": {"区民政局"}})
	says(t, status, body, http.StatusOK, "处理好了")
	status, body = second.post("/unanswered/away", url.Values{"question": {"低保怎么办理"}, "whom": {"街道"}})
	says(t, status, body, http.StatusConflict, "已经处理过（1 号，不归我们，账号 改的人 12月1日07:30：这件事不归我们管，请找区民政局。）", "街道")
	status, body = second.get("/unanswered/" + clusterID("低保怎么办理"))
	says(t, status, body, http.StatusConflict, "账号 改的人")
	var wg sync.WaitGroup
	statuses := make([]int, 2)
	for i, c := range []*client{first, second} {
		wg.Go(func() {
			statuses[i], _ = c.post("/unanswered/reply", url.Values{"question": {"食堂几点开饭"}, "reply": {fmt.Sprintf("食堂%d点开门。", i+6)}})
		})
	}
	wg.Wait()
	if statuses[0]+statuses[1] != http.StatusOK+http.StatusConflict || strings.Count(s.holds("talk/learned.toml"), "点开门。") != 1 {
		t.Errorf("%v\n%s", statuses, s.holds("talk/learned.toml"))
	}
}

// Articles are found by words, by citation and by key.
func TestFindArticles(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleView)
	for query, want := range map[string]string{"请假办法第四条": "《委员请假办法》第四条", "huiyi#2": "《会议纪律》第二条", "签到": "《会议纪律》第一条", "批准<b>": "《委员请假办法》第四条"} {
		status, body := c.get("/articles?q=" + url.QueryEscape(query))
		says(t, status, body, http.StatusOK, want, `type="radio"`)
		if strings.Contains(body, "<html") || strings.Contains(body, "<b>") {
			t.Errorf("%s: %s", query, body)
		}
	}
	for query, want := range map[string]string{"": `<div id="found"`, "😀": "没有找到别的", "\x00": `<div id="found"`, strings.Repeat("假", 3000): `<div id="found"`} {
		status, body := c.get("/articles?q=" + url.QueryEscape(query))
		says(t, status, body, http.StatusOK, want)
	}
	s.asks("大会来不成谁点头")
	status, body := s.as(ledger.RoleEdit).get("/unanswered/" + clusterID("大会来不成谁点头") + "?q=" + url.QueryEscape("会议纪律第一条"))
	says(t, status, body, http.StatusOK, `value="`+s.value("huiyi#1")+`"`, `value="会议纪律第一条"`)
}

// Many clusters are listed by pages.
func TestUnansweredPages(t *testing.T) {
	s := newSite(t)
	var questions []string
	for i := range clustersShown + 3 {
		questions = append(questions, fmt.Sprintf("%c%c%c怎么样", 0x4e00+3*i, 0x5e00+5*i, 0x6e00+7*i))
	}
	s.asks(questions...)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/unanswered")
	says(t, status, body, http.StatusOK, fmt.Sprintf("第 1 到 %d 类", clustersShown), fmt.Sprintf("from=%d", clustersShown))
	status, body = c.get(fmt.Sprintf("/unanswered?from=%d", clustersShown))
	says(t, status, body, http.StatusOK, fmt.Sprintf("第 %d 到 %d 类", clustersShown+1, clustersShown+3), "最前面的")
}
