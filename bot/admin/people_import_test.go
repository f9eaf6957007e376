package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

const rosterHeader = "编号,姓名,界别,专委会,身份,手机\n"

// onRoster are the names of those who are on the roster.
func (s *site) onRoster() string {
	s.t.Helper()
	members, err := s.Desk.Ledger.Members(s.t.Context())
	must(s.t, err)
	var names []string
	for _, m := range members {
		if m.Left == "" {
			names = append(names, m.Name)
		}
	}
	return strings.Join(names, " ")
}

// jobIn is the job that the form of a preview names.
func jobIn(body string) string {
	m := regexp.MustCompile(`name="job" value="([^"]+)"`).FindStringSubmatch(body)
	if m == nil {
		return ""
	}
	return m[1]
}

// A roster is looked at, then imported.
func TestImportRoster(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleAdmin)
	status, body := c.get("/people/import")
	says(t, status, body, http.StatusOK, "/people/import/template", "/people/import/roster", `enctype="multipart/form-data"`)
	file := "市政协花名册\n" + rosterHeader + "A01,张三,科技界,提案委员会,委员,13800000000\nA03,<b>赵 六</b>,教育界,,委员,\nS01,王五,,,工作人员,\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(file)
	must(t, err)
	status, job, body := c.upload("/people/import", "花名册.csv", []byte(gbk))
	says(t, status, body, http.StatusOK, "文件里 3 人，现在在册 3 人：加入 1 人，更新 1 人，离任 1 人", "现在还没有导入", "<del>教育界</del>", "<ins>科技界</ins>", "<ins>138******00</ins>",
		"李四", "&lt;b&gt;赵 六&lt;/b&gt;", "列名在第 2 行", "确认导入")
	if strings.Contains(body, "13800000000") || jobIn(body) != job || s.onRoster() != "张三 李四 王五" {
		t.Errorf("%s: %s", s.onRoster(), body)
	}
	if status, _ := s.as(ledger.RoleEdit).get("/people/import/" + job); status != http.StatusForbidden {
		t.Errorf("an editor sees it: %d", status)
	}
	status, body = c.post("/people/import/apply", url.Values{"job": {job}})
	says(t, status, body, http.StatusOK, "导入完成：共 3 人，新增 1，更新 1，离册 1。")
	if got := s.onRoster(); got != "张三 <b>赵 六</b> 王五" {
		t.Errorf("%s", got)
	}
	status, _, body = c.upload("/people/import", "花名册.csv", []byte(file))
	says(t, status, body, http.StatusOK, "和现在的花名册一样，不用导入")
	if jobIn(body) != "" {
		t.Error("what changes nothing can be imported")
	}
	status, body = c.post("/people/import/apply", url.Values{"job": {"none"}})
	says(t, status, body, http.StatusNotFound, "请再做一次")
}

// Everything that is wrong with a roster is told at once, with where it is.
func TestRosterProblems(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleAdmin)
	status, _, body := c.upload("/people/import", "x.csv", []byte(rosterHeader+"A01,张三,,,委员,\nA01,李四,,,代表,\n,<i>王五</i>,,,委员,\nA04,\"赵\n六\",,,委员,\n"))
	says(t, status, body, http.StatusBadRequest, "花名册有 4 处问题，一条也没有导入", "第 3 行", "编号 A01 和第 2 行重复", "身份 &#34;代表&#34; 请写", "第 4 行", "没有编号", "有换行")
	var many strings.Builder
	many.WriteString(rosterHeader)
	for i := range 600 {
		fmt.Fprintf(&many, "B%d,,,,委员,\n", i)
	}
	status, _, body = c.upload("/people/import", "x.csv", []byte(many.String()))
	says(t, status, body, http.StatusBadRequest, "有 600 处问题", "第 501 行", "另外还有 100 处，没有列出")
	if strings.Contains(body, "第 502 行") {
		t.Error("more than 500 are listed")
	}
	f := excelize.NewFile()
	for i, row := range [][]any{{"编号", "姓名", "界别", "专委会", "身份"}, {"A01", "张三", "教育界", "", "委员"}, {"A02", "李四", "", "", "委员"}, {"A03", "", "经济界", "", "委员"}} {
		must(t, f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row))
	}
	must(t, f.MergeCell("Sheet1", "C2", "C3"))
	must(t, f.MergeCell("Sheet1", "B3", "B4"))
	must(t, f.SetCellStr("Sheet1", "D2", "#REF!"))
	merged, err := f.WriteToBuffer()
	must(t, err)
	status, _, body = c.upload("/people/import", "x.xlsx", merged.Bytes())
	says(t, status, body, http.StatusBadRequest, "第 4 行", "没有姓名（合并的单元格请拆开", "“界别”有合并的单元格，第 3 行按合并的内容算", "第 2 行", "专委会是公式出错（#REF!）")
}

// A file that leaves out most needs to be meant.
func TestReplaceRoster(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleAdmin)
	status, job, body := c.upload("/people/import", "x.csv", []byte(rosterHeader+"A01,张三,教育界,提案委员会,委员,\nA09,孙七,,,委员,\n"))
	says(t, status, body, http.StatusOK, "在册的 3 人里，文件只有 1 人", "整份换掉…", "2 人从今天起离任")
	status, body = c.post("/people/import/apply", url.Values{"job": {job}})
	says(t, status, body, http.StatusConflict, "没有导入：花名册上的 3 人里，文件只有 1 人", "整份换掉…")
	if s.onRoster() != "张三 李四 王五" {
		t.Errorf("%s", s.onRoster())
	}
	status, body = c.post("/people/import/apply", url.Values{"job": {jobIn(body)}, "replace": {"1"}})
	says(t, status, body, http.StatusOK, "新增 1，更新 0，离册 2")
}

// A preview that has been overtaken is not imported, but shown as things are now.
func TestRosterMeanwhile(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleAdmin)
	_, job, _ := c.upload("/people/import", "x.csv", []byte(rosterHeader+"A01,张三,科技界,提案委员会,委员,\nA02,李四,经济界,,委员,\nS01,王五,,,工作人员,\n"))
	s.members([]ledger.Member{{Number: "A01", Name: "张三", Sector: "农业界", Committee: "提案委员会"}, {Number: "A02", Name: "李四", Sector: "经济界"}, {Number: "S01", Name: "王五", Staff: true}})
	status, body := c.post("/people/import/apply", url.Values{"job": {job}})
	says(t, status, body, http.StatusConflict, "没有导入：刚才花名册又有改动", "<del>农业界</del>", "<ins>科技界</ins>")
	next := jobIn(body)
	if next == "" || next == job {
		t.Fatalf("the job is %q, it was %q", next, job)
	}
	s.jobs.running.Wait()
	status, body = c.post("/people/import/apply", url.Values{"job": {next}})
	says(t, status, body, http.StatusOK, "新增 0，更新 1，离册 0")
}

// The roster goes out as a workbook, the template as an empty one.
func TestRosterFile(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleAdmin)
	status, body := c.get("/people/import/roster")
	list, _, err := office.ReadRoster([]byte(body))
	if status != http.StatusOK || err != nil || len(list) != 3 || list[0].Name != "张三" || !list[2].Staff {
		t.Errorf("%d, %+v, %v", status, list, err)
	}
	for path, want := range map[string]string{"/people/import/template": "花名册模板.xlsx", "/people/import/roster": "花名册 2026-12-01.xlsx", "/activities/template": "活动表模板.xlsx"} {
		res, err := c.Get(c.base + path)
		must(t, err)
		must(t, res.Body.Close())
		if got := res.Header.Get("Content-Disposition"); res.StatusCode != http.StatusOK || got != "attachment; filename*=utf-8''"+url.PathEscape(want) {
			t.Errorf("%s: %s, %s", path, res.Status, got)
		}
	}
}
