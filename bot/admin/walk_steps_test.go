package admin

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/corpus"
)

// From a folder where there is nothing to a report, by somebody who never sees a
// terminal after the account is made: rules dragged in, one revised, a question tried
// and mended, people and their codes, tomorrow's pushes.
func TestWalk(t *testing.T) {
	w := newClerk(t)
	w.sees("请给自己设一个密码")
	w.fill(`input[name="new"]`, "三月的提案-2026")
	w.fill(`input[name="again"]`, "三月的提案-2026")
	w.press("设好并登录", "密码已设好")

	w.open("/import")
	w.sees("选文件，或者拖到这里")
	w.drop("fieldset.drop", w.papers())
	w.sees("机关考勤值班与请销假办法")
	w.press("读取，看预览", "还没有写入，请看过再定")
	w.screenshot("import")
	w.press("写入 38 部", "接下来")
	w.revise()
	w.tryAndMend()
	w.people()
	w.tomorrow()
	w.report()
}

// putDocx writes a Word file with these paragraphs.
func putDocx(file string, paragraphs []string) error {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part, err := z.Create("word/document.xml")
	if err != nil {
		return err
	}
	fmt.Fprint(part, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, text := range paragraphs {
		fmt.Fprint(part, `<w:p><w:r><w:t xml:space="preserve">`)
		if err := xml.EscapeText(part, []byte(text)); err != nil {
			return err
		}
		fmt.Fprint(part, `</w:t></w:r></w:p>`)
	}
	fmt.Fprint(part, `</w:body></w:document>`)
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o600)
}

// papers are the sample's 38 rules as Word files, as an office has its own.
func (w *clerk) papers() (files []string) {
	w.t.Helper()
	c, err := corpus.Open("")
	must(w.t, err)
	dir := w.t.TempDir()
	rules, _ := c.RulesInForce()
	for _, r := range rules {
		files = append(files, filepath.Join(dir, r.Title+".docx"))
		must(w.t, putDocx(files[len(files)-1], paper(r)))
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
func (w *clerk) revise() {
	w.t.Helper()
	c, err := corpus.Open("")
	must(w.t, err)
	file := filepath.Join(w.t.TempDir(), "修订稿.docx")
	later := strings.NewReplacer("示例〔2026〕38号", "示例〔2026〕60号", "2026年2月1日", "2026年11月1日", "请假超过3天的", "请假超过2天的")
	var lines []string
	for _, line := range paper(c.RuleByID("kaoqin")) {
		lines = append(lines, later.Replace(line))
	}
	must(w.t, putDocx(file, lines))
	w.open("/import")
	w.choose(`input[name="files"]`, file)
	w.press("读取，看预览", "还没有写入，请看过再定")
	w.sees("修订")
	if ins := evaluate[string](w.browser, `[...document.querySelectorAll("ins")].map(e => e.textContent).join("")`); !strings.Contains(ins, "2") {
		w.t.Errorf("what comes is %q", ins)
	}
	w.screenshot("compare")
	w.press("写入 1 部", "接下来")
}

// tomorrow sees what goes out tomorrow.
func (w *clerk) tomorrow() {
	w.t.Helper()
	w.open("/")
	w.sees("推送")
	day := time.Now().In(time.FixedZone("CST", 8*3600)).AddDate(0, 0, 1).Format("1月2日")
	if !evaluate[bool](w.browser, fmt.Sprintf(`document.body.innerText.includes(%q) && document.body.textContent.includes("机关学习群")`, day)) {
		w.t.Errorf("nothing of %s on the page", day)
	}
	w.screenshot("today")
}

// people brings the roster in, and makes codes to print.
func (w *clerk) people() {
	w.t.Helper()
	file := filepath.Join(w.t.TempDir(), "花名册.csv")
	must(w.t, os.WriteFile(file, []byte("编号,姓名,界别,专委会,身份\nA01,张三,教育界,提案委员会,委员\nA02,李四,经济界,经济委员会,委员\nS01,王五,,,工作人员\n"), 0o600))
	w.open("/people/import")
	w.choose(`input[name="file"]`, file)
	w.press("上传，看变化", "加入 3 人")
	w.press("确认导入", "导入完成")
	w.open("/people/codes")
	w.press("都生成", "这些码只在这里显示这一次")
	if n := evaluate[int](w.browser, `document.querySelectorAll(".slip svg").length`); n != 3 {
		w.t.Errorf("%d slips", n)
	}
	w.screenshot("slips")
}

// report downloads the report of the year.
func (w *clerk) report() {
	w.t.Helper()
	w.open("/figures")
	w.sees("下载报表")
	for _, name := range []string{"workbook", "summary"} {
		got := evaluate[string](w.browser, `(async () => {
			const answer = await fetch(document.querySelector('a[href*="/figures/report/`+name+`"]').href);
			return answer.status + " " + String.fromCharCode(...new Uint8Array(await answer.arrayBuffer()).slice(0, 2)) + " " + answer.headers.get("content-disposition");
		})()`)
		if !strings.HasPrefix(got, "200 PK attachment") {
			w.t.Errorf("%s: %s", name, got)
		}
	}
	w.screenshot("figures")
}

// tryAndMend asks what nobody has foreseen, gives the question to an article, and has it
// answered from there.
func (w *clerk) tryAndMend() {
	w.t.Helper()
	const question = "单位的门卡刷不开了咋整"
	ask := func() {
		w.open("/try")
		w.send("#question", question)
		w.click("form.ask .row button")
		w.sees("微信里的回复")
	}
	w.until("what was imported answers", func() bool {
		ask()
		return evaluate[bool](w.browser, `document.querySelectorAll(".placed li").length > 0`)
	})
	if evaluate[bool](w.browser, `document.querySelector(".outcome").textContent == "答了"`) {
		w.t.Fatal("it is answered already: nothing is tested")
	}
	article := evaluate[string](w.browser, `document.querySelector(".placed li a").textContent`)
	w.click(".placed li:first-child summary")
	w.press("不看影响", "撤销刚加的问法")
	w.until("the line answers", func() bool {
		ask()
		return evaluate[bool](w.browser, fmt.Sprintf(`document.querySelector(".outcome").textContent == "答了" && document.querySelector(".reply").textContent.includes(%q)`, article))
	})
	w.screenshot("try")
}
