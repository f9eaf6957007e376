package admin

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianwen/bot/ledger"
)

// judging lets a site keep judged questions.
func judging(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.Desk.JudgedFile = filepath.Join(s.DataDir, "judged.jsonl")
	return s
}

// An article is said to be the one that answers; the questions are run, and run again
// after a change: what has got better and worse is said. They are taken out again.
func TestJudged(t *testing.T) {
	s := judging(t)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/try/judged")
	says(t, status, body, http.StatusOK, "现在有 0 道")
	if _, body = c.await("/try/judged/run", nil); !strings.Contains(body, "还没有检验题") {
		t.Errorf("%s", body)
	}
	for question, article := range map[string]string{"大会来不成谁点头": "qingjia#4", "会议上能不能接电话": "huiyi#2"} {
		_, body := c.post("/try", url.Values{"question": {question}})
		form := url.Values{"article": {article}, "question": {question}, "try": {hidden(t, body, "try")}}
		status, body = c.post("/try/judge", form)
		says(t, status, body, http.StatusOK, "已记为检验题：“"+question+"”应由《", "撤销刚记的检验题")
		status, body = c.post("/try/judge", form)
		says(t, status, body, http.StatusConflict, "已经记过了，应由 "+article+" 答")
	}
	at, body := c.await("/try/judged/run", nil)
	says(t, http.StatusOK, body, http.StatusOK, "改的人", "2 道", "第一次跑", "没有答好的 1 道", "大会来不成谁点头：没查到")
	if at != "/try/judged" {
		t.Errorf("it leads to %s", at)
	}
	s.revise("rules/qingjia.md", "> 问：请假找谁批", "> 问：大会来不成谁点头\n> 问：请假找谁批")
	s.revise("rules/huiyi.md", "> 问：开会能不能接电话\n", "> 问：嗯嗯嗯嗯\n")
	s.revise("rules/huiyi.md", "会议期间手机应当静音，不得接打电话。", "会场内保持安静。")
	_, body = c.await("/try/judged/run", nil)
	says(t, http.StatusOK, body, http.StatusOK, "变好的 1 道", "变坏的 1 道", "大会来不成谁点头：没查到 → 答了，第 1 位", "<strong>会议上能不能接电话</strong>：答了，第 1 位 → ")
	status, body = c.post("/try/judged/remove", url.Values{"question": {"大会来不成谁点头"}})
	says(t, status, body, http.StatusOK, "去掉了检验题“大会来不成谁点头”", "现在有 1 道")
	status, body = c.post("/try/judged/remove", url.Values{"question": {"大会来不成谁点头"}})
	says(t, status, body, http.StatusNotFound, "不在这里记下的检验题里")
	status, body = s.as(ledger.RoleView).post("/try/judged/run", nil)
	says(t, status, body, http.StatusForbidden, "您的账号是")
}

// Questions whose articles have gone, lines that cannot be read and a last run that
// cannot are passed over.
func TestJudgedOld(t *testing.T) {
	s := judging(t)
	must(t, os.WriteFile(s.Desk.JudgedFile, []byte(`{"q":"<i>旧的","want":["huiyi#9"],"class":"office"}`+"\n坏的\n"+`{"q":"火星上有几只猫","want":[],"class":"office"}`+"\n"), 0o644))
	must(t, os.WriteFile(s.judgedFile(), []byte(`{"at":`), 0o600))
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/try/judged")
	says(t, status, body, http.StatusOK, "现在有 1 道；另有 1 道要的条已经没有了，不算；文件里有 1 行看不懂", "&lt;i&gt;旧的")
	_, body = c.await("/try/judged/run", nil)
	says(t, http.StatusOK, body, http.StatusOK, "1 道", "第一次跑")
}
