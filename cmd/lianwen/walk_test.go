package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"lianwen/corpus"
)

// From a folder where there is nothing to a report, by somebody who never sees a
// terminal after the account is made: rules dragged in, one revised, a question tried
// and mended, people and their codes, tomorrow's pushes.
func TestWalk(t *testing.T) {
	t.Parallel()
	p := newWebProcess(t, "[[push]]\nname = \"story\"\ncontent = \"story\"\nat = \"08:00\"\ndays = \"daily\"\nwindow = \"4h\"\ntargets = [\"group:机关学习群\"]\n")
	w := newWalker(t, p.base)
	p.start()
	w.do(chromedp.Navigate(p.account("王五")))
	w.sees("请给自己设一个密码")
	w.fill(`input[name="new"]`, "三月的提案-2026")
	w.fill(`input[name="again"]`, "三月的提案-2026")
	w.press("设好并登录", "密码已设好")

	w.open("/import")
	w.sees("选文件，或者拖到这里")
	w.drop("fieldset.drop", w.papers())
	w.sees("机关考勤值班与请销假办法")
	w.press("读取，看预览", "还没有写入，请看过再定")
	w.picture("import")
	w.press("写入 38 部", "接下来")
	w.revise()
	w.tryAndMend()
	w.people()
	w.tomorrow()
	w.report()
}

// papers are the sample's 38 rules as Word files, as an office has its own.
func (w *walker) papers() (files []string) {
	w.Helper()
	c, err := corpus.Open("")
	if err != nil {
		w.Fatal(err)
	}
	dir := w.TempDir()
	rules, _ := c.RulesInForce()
	for _, r := range rules {
		files = append(files, filepath.Join(dir, r.Title+".docx"))
		if err := putDocx(files[len(files)-1], paper(r)); err != nil {
			w.Fatal(err)
		}
	}
	return files
}

// paper is a rule as it is printed.
func paper(r *corpus.Rule) []string {
	lines := []string{r.Document, r.Title, "（" + r.Issued.Chinese() + "印发，自" + r.Effective.Chinese() + "起施行）"}
	var path []string
	for _, a := range r.Articles {
		for i, heading := range a.Path {
			if i >= len(path) || path[i] != heading {
				lines = append(lines, heading)
			}
		}
		path = a.Path
		lines = append(lines, strings.Split(a.Text, "\n")...)
	}
	return lines
}

// revise imports a later version of a rule, looks at what it changes, and publishes it.
func (w *walker) revise() {
	w.Helper()
	c, err := corpus.Open("")
	if err != nil {
		w.Fatal(err)
	}
	file := filepath.Join(w.TempDir(), "修订稿.docx")
	later := strings.NewReplacer("示例〔2026〕38号", "示例〔2026〕60号", "2026年2月1日", "2026年11月1日", "请假超过3天的", "请假超过2天的")
	var lines []string
	for _, line := range paper(c.RuleByID("kaoqin")) {
		lines = append(lines, later.Replace(line))
	}
	if err := putDocx(file, lines); err != nil {
		w.Fatal(err)
	}
	w.open("/import")
	w.do(chromedp.SetUploadFiles(`input[name="files"]`, []string{file}))
	w.press("读取，看预览", "还没有写入，请看过再定")
	w.sees("修订")
	if ins := value[string](w, `[...document.querySelectorAll("ins")].map(e => e.textContent).join("")`); !strings.Contains(ins, "2") {
		w.Errorf("what comes is %q", ins)
	}
	w.picture("compare")
	w.press("写入 1 部", "接下来")
}

// tomorrow sees what goes out tomorrow.
func (w *walker) tomorrow() {
	w.Helper()
	w.open("/")
	w.sees("推送")
	day := time.Now().In(time.FixedZone("CST", 8*3600)).AddDate(0, 0, 1).Format("1月2日")
	if !value[bool](w, fmt.Sprintf(`document.body.innerText.includes(%q) && document.body.textContent.includes("机关学习群")`, day)) {
		w.Errorf("nothing of %s on the page", day)
	}
	w.picture("today")
}

// people brings the roster in, and makes codes to print.
func (w *walker) people() {
	w.Helper()
	file := filepath.Join(w.TempDir(), "花名册.csv")
	if err := os.WriteFile(file, []byte("编号,姓名,界别,专委会,身份\nA01,张三,教育界,提案委员会,委员\nA02,李四,经济界,经济委员会,委员\nS01,王五,,,工作人员\n"), 0o600); err != nil {
		w.Fatal(err)
	}
	w.open("/people/import")
	w.do(chromedp.SetUploadFiles(`input[name="file"]`, []string{file}))
	w.press("上传，看变化", "加入 3 人")
	w.press("确认导入", "张三")
	w.open("/people/codes")
	w.press("都生成", "这些码只在这里显示这一次")
	if n := value[int](w, `document.querySelectorAll(".slip svg").length`); n != 3 {
		w.Errorf("%d slips", n)
	}
	w.picture("slips")
}

// report downloads the report of the year.
func (w *walker) report() {
	w.Helper()
	w.open("/figures")
	w.sees("下载报表")
	for _, name := range []string{"workbook", "summary"} {
		got := value[string](w, `(async () => {
			const answer = await fetch(document.querySelector('a[href*="/figures/report/`+name+`"]').href);
			return answer.status + " " + String.fromCharCode(...new Uint8Array(await answer.arrayBuffer()).slice(0, 2)) + " " + answer.headers.get("content-disposition");
		})()`)
		if !strings.HasPrefix(got, "200 PK attachment") {
			w.Errorf("%s: %s", name, got)
		}
	}
	w.picture("figures")
}

// tryAndMend asks what is not found, and teaches the article that answers.
func (w *walker) tryAndMend() {
	w.Helper()
	w.open("/try")
}
