package convert

import (
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

func TestLooksHTML(t *testing.T) {
	for head, want := range map[string]bool{
		"<!DOCTYPE html><p>":                                  true,
		"\ufeff  \r\n<!doctype HTML PUBLIC \"-//\"":           true,
		"<?xml version='1.0'?>\n<!-- 存 -->\n<html xmlns='x'>": true,
		"<HEAD><title>":                                       true,
		"<meta charset=gbk>":                                  true,
		"<body bgcolor=white>":                                true,
		"\xff\xfe<\x00h\x00t\x00m\x00l\x00>":                  true,
		"\xfe\xff\x00<\x00h\x00t\x00m\x00l\x00>":              true,
		"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n": true,
		"<headline>":            false,
		"<div align=center>":    false,
		"第一条 <html> 是一种标记":      false,
		"From: 张三\n正文":          false,
		"Subject: 通知\n\n本文没有类型": false,
		"":                      false,
	} {
		if got := looksHTML([]byte(head)); got != want {
			t.Errorf("%q: got %v", head, got)
		}
	}
}

// body is a page with this content.
func body(s string) []byte { return []byte("<!DOCTYPE html><html><body>" + s + "</body></html>") }

func TestHTMLLines(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"breaks":               {"<div>第一条 甲。<br>第二条 乙。<br/><br>第三条&nbsp;丙。</div>", "第一条 甲。\n第二条 乙。\n第三条 丙。"},
		"inline":               {"<p>第一条 <b>甲</b><span>乙</span><a href='x'>丙</a>。</p>", "第一条 甲乙丙。"},
		"a broken source":      {"<p>第一条 甲\n  乙 丙\n\tabc\n  def。</p>", "第一条 甲乙 丙 abc def。"},
		"pre":                  {"<pre>第一条 甲。\n  第二条 乙。</pre>", "第一条 甲。\n第二条 乙。"},
		"no width":             {"<p>\u200b第一条 甲。&#x200b;</p><p>\ufeff</p>", "第一条 甲。"},
		"entities":             {"<p>第一条 &lt;甲&gt; &amp; &#20057;&ldquo;丙&rdquo;。</p>", "第一条 <甲> & 乙“丙”。"},
		"readings":             {"<p>第一条 <ruby>协<rp>(</rp><rt>xié</rt><rp>)</rp></ruby>商。</p>", "第一条 协商。"},
		"footnotes":            {"<p>第一条 甲<sup>[1]</sup>，x<sub>2</sub>。</p>", "第一条 甲[1]，x2。"},
		"no text":              {"<p>第一条 甲。</p><script>第二条</script><style>p{}</style><noscript>第三条</noscript><!-- 第四条 --><button>第五条</button>", "第一条 甲。"},
		"counted":              {"<p>第一条 应当：</p><ol start=3><li>甲；</li><li><p>乙。</p></li><li>（三）丙。</li></ol>", "第一条 应当：\n3. 甲；\n4. 乙。\n（三）丙。"},
		"uncounted":            {"<p>第一条 应当：</p><ol style='list-style: none'><li>甲；</li></ol><ul><li>乙。</li></ul>", "第一条 应当：\n甲；\n乙。"},
		"unclosed":             {"<p>第一条 甲。<p>第二条 乙。<div>第三条 丙。", "第一条 甲。\n第二条 乙。\n第三条 丙。"},
		"table":                {"<p>第一条 见表。</p><table><caption>表1</caption><tr><th>项目<th>标准<tr><td>甲|乙<td>10<br>元</table>", "第一条 见表。\n表1\n| 项目 | 标准 |\n|---|---|\n| 甲｜乙 | 10 元 |"},
		"spans":                {"<p>第一条 见表。</p><table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td colspan=2>合计</td></tr><tr><td></td></tr></table>", "第一条 见表。\n| 甲 | 1 |\n|---|---|\n| 甲 | 2 |\n| 合计 |  |"},
		"absurd spans":         {"<p>第一条 见表。</p><table><tr><td rowspan=99999999>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td colspan=-1>3</td></tr></table>", "第一条 见表。\n| 甲 | 1 |\n|---|---|\n| 甲 | 2 |\n| 甲 | 3 |"},
		"table for layout":     {"<table><tr><td>左</td><td>第一条 甲。<br>第二条 乙。</td></tr><tr><td>x</td><td>y</td></tr></table>", "左\n第一条 甲。\n第二条 乙。\nx\ny"},
		"tables in each other": {"<table><tr><td>&nbsp;</td><td><table><tr><td>第一条 甲。</td></tr><tr><td>第二条 乙。</td></tr></table></td></tr><tr><td></td><td></td></tr></table>", "第一条 甲。\n第二条 乙。"},
	} {
		doc := mustRead(t, "a.html", body(c.page), Options{})
		if got := strings.TrimSpace(doc.Text); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
		if doc.Wrapped != (name == "pre") {
			t.Errorf("%s: wrapped is %v", name, doc.Wrapped)
		}
	}
}

func TestHTMLNotes(t *testing.T) {
	doc := mustRead(t, "a.html", body("<title>x</title><ol><li>甲是一条。</li></ol><ruby>协<rt>xié</rt></ruby>"), Options{})
	noted(t, doc, Added, "1 行")
	noted(t, doc, Dropped, "1 处注在字上面的读音")
	doc = mustRead(t, "a.html", body(`<a href="/"><img src="logo"></a><div>`+articles(1, 20)+`<p><img src="x"></p></div>`), Options{})
	noted(t, doc, Dropped, "1 张图片")
	doc = mustRead(t, "a.html", []byte(meetingPage("")), Options{})
	noted(t, doc, Info, "网页的标题是「市政协机关会议管理办法-某市政协网」")
	noted(t, doc, Dropped, "网页上有 5 行没有取（菜单、页脚等），如「来源：办公室　打印」「版权所有：某市政协办公室　备案号：某IC…」「首页」")
}

func articles(from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		fmt.Fprintf(&b, "<p>第%d条 各部门应当按照职责分工，做好会议的组织、保障和落实工作，并于每季度末报告情况。</p>\n", i)
	}
	return b.String()
}

func hiddenPart(from, to int) string {
	return `<div style="display: none">` + articles(from, to) + `</div>`
}

func labels(text string) (n int) {
	for l := range strings.Lines(text) {
		if articleLabel(l) != "" {
			n++
		}
	}
	return n
}

// Sites put articles in places where readability, or a menu filter, looks for none.
func TestHTMLWholeArticle(t *testing.T) {
	const menu = `<div class="nav"><a href="/">首页</a> <a href="/a">新闻</a></div>`
	for name, page := range map[string]string{
		"plain":              menu + `<div>` + articles(1, 20) + `</div>`,
		"all in a form":      `<form id="form1" action="x">` + menu + `<div id="c">` + articles(1, 20) + `</div></form>`,
		"shown by a script":  menu + `<div id="js_content" style="visibility: hidden; opacity: 0">` + articles(1, 20) + `</div>`,
		"folded":             menu + `<div>` + articles(1, 12) + `<div style="display:none">` + articles(13, 20) + `</div></div>`,
		"second part aside":  menu + `<div class="content">` + articles(1, 15) + `</div><div class="sidebar comment">` + articles(16, 20) + `</div>`,
		"two tabs":           menu + `<div><div class="tab">` + articles(1, 10) + `</div><div class="related share">` + articles(11, 20) + `</div></div>`,
		"other asides":       `<div role="navigation">一</div><div aria-hidden="true">二</div><div hidden>三</div><dialog>四</dialog>` + menu + `<div aria-hidden="false" style="color:red">` + articles(1, 20) + `</div>`,
		"in nav":             `<nav>` + menu + articles(1, 20) + `</nav>`,
		"footer tag":         menu + `<article>` + articles(1, 18) + `<footer>` + articles(19, 20) + `</footer></article>`,
		"in a list of links": menu + `<div>` + articles(1, 19) + `<p>第20条 执行<a href="x">《某市政协机关公文处理和会议管理若干规定》</a>。</p></div>`,
	} {
		doc := mustRead(t, "a.html", body(page), Options{})
		if n := labels(doc.Text); n != 20 || strings.ContainsAny(doc.Text, "首一二三四") {
			t.Errorf("%s: %d articles of 20\n%s", name, n, doc.Text)
		}
		for i := 1; i < 20; i++ {
			if a, b := strings.Index(doc.Text, fmt.Sprintf("第%d条", i)), strings.Index(doc.Text, fmt.Sprintf("第%d条", i+1)); a > b {
				t.Errorf("%s: 第%d条 is out of order", name, i)
			}
		}
	}
}

// What is hidden and said elsewhere is not said twice; what reads like a paper and
// is left out is in doubt.
func TestHTMLLeftOut(t *testing.T) {
	doc := mustRead(t, "a.html", body(`<div>`+articles(1, 20)+`</div>`+hiddenPart(1, 3)), Options{})
	if n := labels(doc.Text); n != 20 {
		t.Errorf("%d articles of 20", n)
	}
	noted(t, doc, Doubt, "没有取的行里有成句的话")
	doc = mustRead(t, "a.html", body(`<div>`+articles(1, 17)+hiddenPart(18, 20)+hiddenPart(18, 20)+`</div>`), Options{})
	if n := labels(doc.Text); n != 20 {
		t.Errorf("%d articles of 20, three of them hidden twice", n)
	}
	doc = mustRead(t, "a.html", body(`<div><div>`+articles(1, 20)+`</div></div><div class="b">本网站所载文件如与正式文本不同，请以正式文本为准。</div>`), Options{})
	if strings.Contains(doc.Text, "本网站") {
		t.Error("a site's disclaimer is in the text")
	}
	noted(t, doc, Doubt, "本网站所载文件")
	doc = mustRead(t, "a.html", body(`<div>`+articles(1, 20)+`<p>打印、复印涉密文件应当登记。</p>`+articles(21, 22)+`<p>【打印】【关闭】</p><p>责任编辑：张三</p></div>`), Options{})
	if !strings.Contains(doc.Text, "打印、复印") || strings.Contains(doc.Text, "关闭") || strings.Contains(doc.Text, "张三") {
		t.Errorf("got\n%s", doc.Text)
	}
}

// The title may stand far above the article.
func TestHTMLTitle(t *testing.T) {
	page := `<html><head><title>会议管理办法_某市政协网</title></head><body><div><a href=/>某市政协网</a></div><div><div class="t">会议管理办法</div><div>2026-01-01</div></div><div><div>` + articles(1, 20) + `</div></div></body></html>`
	doc := mustRead(t, "a.html", []byte(page), Options{})
	if !strings.HasPrefix(doc.Text, "会议管理办法\n第1条") {
		t.Errorf("got %.100s", doc.Text)
	}
}

func TestMHTML(t *testing.T) {
	var quoted strings.Builder
	w := quotedprintable.NewWriter(&quoted)
	if _, err := w.Write([]byte(meetingPage(""))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	coded := base64.StdEncoding.EncodeToString([]byte(meetingPage("")))
	letter := func(encoding, page string) string {
		return "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--B\"\r\n\r\n" +
			"----B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: " + encoding + "\r\nContent-Location: http://a/\r\n\r\n" + page +
			"\r\n----B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----B--\r\n"
	}
	for name, file := range map[string]string{
		"quoted": letter("quoted-printable", quoted.String()),
		"base64": letter("base64", coded),
		"single": "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + coded,
	} {
		if doc := mustRead(t, name+".mht", []byte(file), Options{}); doc.Text != meetingRule {
			t.Errorf("%s: got\n%s", name, doc.Text)
		}
	}
	frame := strings.Replace(letter("base64", coded), "image/png", "text/html", 1)
	noted(t, mustRead(t, "a.mht", []byte(frame), Options{}), Dropped, "1 个小网页")
	refused(t, "a.mht", []byte(letter("base64", "????")), "网页文件不完整")
	refused(t, "a.mht", []byte(letter("base64", coded)[:900]), "网页文件不完整")
	refused(t, "a.mht", []byte(strings.Replace(letter("base64", coded), "text/html\r\n", "text/plain\r\n", 1)), "网页文件里没有网页")
	refused(t, "a.mht", []byte("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"\r\n\r\n"), "网页文件不完整")
}

func TestHTMLRefused(t *testing.T) {
	refused(t, "a.html", body(strings.Repeat("<div>", 600)+"字"), "标签套得太深")
	refused(t, "a.html", body("<img src=a.jpg>"), "没有文字")
	refused(t, "a.html", []byte("<html><frameset><frame src=a.htm></frameset></html>"), "没有文字")
	refused(t, "a.html", append(body("市政协机关"), 0xff, 0xfe), "认不出编码")
	refused(t, "a.html", []byte("<html>\x00\x01\x02\x00\x80"), "不是文本文件")
}

// What a page says of its encoding decides between those it could be in.
func TestHTMLDeclared(t *testing.T) {
	big5 := string(encoded(t, traditionalchinese.Big5, traditional))
	for _, page := range []string{`<meta charset="big5">` + big5, `<?xml version="1.0" encoding='Big5'?><html>` + big5, "<html>" + big5, "<meta charset=utf-8><p>" + big5} {
		if doc := mustRead(t, "a.html", []byte(page), Options{}); doc.Text != strings.ReplaceAll(traditional, "\n", "")+"\n" {
			t.Errorf("%.20s: got %s", page, doc.Text)
		}
	}
	// 「总则」 in GBK is Big5 too.
	short := string(encoded(t, simplifiedchinese.GBK, "总则"))
	if doc := mustRead(t, "a.html", []byte("<meta charset=gbk>"+short), Options{}); doc.Text != "总则\n" {
		t.Errorf("got %q", doc.Text)
	}
}
