package admin

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"rsc.io/qr"

	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

var codePattern = regexp.MustCompile(`<p class="slip-text">绑定 ([A-Z0-9]{8})</p>`)

// codesOn are the codes on a page of slips.
func codesOn(body string) (codes []string) {
	for _, m := range codePattern.FindAllStringSubmatch(body, -1) {
		codes = append(codes, m[1])
	}
	return codes
}

// codeForm is the form of the page on which codes are made, as a browser sends it.
func codeForm(body, who string, chosen ...string) url.Values {
	form := url.Values{"for": {who}, "days": {"30"}, "number": chosen}
	for _, m := range regexp.MustCompile(`name="(listed|was)" value="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		form.Add(m[1], m[2])
	}
	return form
}

// What is wrong with the form is said over the list that it was filled in on.
func TestCodesKeepTheList(t *testing.T) {
	s := newSite(t)
	s.bind("A01", "wechat")
	c := s.as(ledger.RoleEdit)
	action := regexp.MustCompile(`<form method="post" action="(/people/codes[^"]*)"`)
	for _, list := range []string{"?bound=", "?bound=&sector=" + url.QueryEscape("教育界"), "?q=" + url.QueryEscape("李四"), ""} {
		_, body := c.get("/people/codes" + list)
		said := regexp.MustCompile("列出 . 人").FindString(body)
		sent := action.FindStringSubmatch(body)
		if sent == nil || said == "" {
			t.Fatalf("%s has no list:\n%s", list, body)
		}
		status, body := c.post(html.UnescapeString(sent[1]), codeForm(body, "chosen"))
		says(t, status, body, http.StatusBadRequest, "还没有选人", said)
	}
}

// Codes are made for those who were listed, or chosen, and shown once.
func TestCodes(t *testing.T) {
	s := newSite(t)
	s.bind("A01", "wechat")
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/people/codes")
	says(t, status, body, http.StatusOK, "列出 2 人", "李四", "王五", `<option selected>未绑定</option>`)
	if strings.Contains(body, "张三") {
		t.Error("who is bound is listed")
	}
	status, slips := c.post("/people/codes", codeForm(body, "all"))
	says(t, status, slips, http.StatusOK, "2 张绑定码", "李四", "王五", "2026年12月31日 07:30", "只在这里显示这一次")
	codes := codesOn(slips)
	if len(codes) != 2 {
		t.Fatalf("%q", codes)
	}
	m, err := s.Desk.Ledger.Bind(t.Context(), ledger.Sender{Channel: "wechat", Name: "@li"}, codes[0], s.now)
	if err != nil || m.Number != "A02" {
		t.Errorf("%+v, %v", m, err)
	}
	status, body = c.get("/people/codes?bound=")
	says(t, status, body, http.StatusOK, "列出 3 人", "有 1 人手上还有没用的码", "12月31日 07:30 前有效")
	s.now = s.now.Add(time.Minute)
	status, slips = c.post("/people/codes", codeForm(body, "chosen", "S01"))
	says(t, status, slips, http.StatusOK, "1 张绑定码", "王五", `href="/people/S01"`)
	if _, err := s.Desk.Ledger.Bind(t.Context(), ledger.Sender{Channel: "wechat", Name: "@wang"}, codes[1], s.now); err == nil {
		t.Error("the code before is still good")
	}
	deeds, err := s.Desk.History(t.Context(), 20)
	must(t, err)
	kept := fmt.Sprint(deeds) + s.logged.String()
	for _, code := range append(codes, codesOn(slips)...) {
		if strings.Contains(kept, code) {
			t.Errorf("%s is in the audit or the log", code)
		}
	}
	for _, path := range []string{"/people", "/people/codes?bound=", "/people/S01"} {
		if _, body := c.get(path); len(codesOn(body)) > 0 || strings.Contains(body, codesOn(slips)[0]) {
			t.Errorf("%s shows a code again", path)
		}
	}
}

// Codes are not made twice by loading a page anew, nor while somebody else makes
// them, nor for nobody.
func TestCodesRefused(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	if status, _ := s.as(ledger.RoleView).get("/people/codes"); status != http.StatusForbidden {
		t.Errorf("who only looks makes codes: %d", status)
	}
	_, body := c.get("/people/codes?sector=%E6%95%99%E8%82%B2%E7%95%8C")
	form := codeForm(body, "all")
	status, slips := c.post("/people/codes", form)
	says(t, status, slips, http.StatusOK, "1 张绑定码", "张三")
	s.now = s.now.Add(time.Second)
	status, body = c.post("/people/codes", form)
	says(t, status, body, http.StatusConflict, "没有生成：这一页打开以后，又有人发了绑定码", "手上还有没用的码")
	if _, err := s.Desk.Ledger.Bind(t.Context(), ledger.Sender{Channel: "wechat", Name: "@zhang"}, codesOn(slips)[0], s.now); err != nil {
		t.Errorf("what was printed is void: %v", err)
	}
	_, body = c.get("/people/codes")
	for _, tt := range []struct {
		change func(url.Values)
		status int
		says   string
	}{
		{func(f url.Values) { f.Set("for", "chosen") }, http.StatusBadRequest, "还没有选人"},
		{func(f url.Values) { f.Del("for") }, http.StatusBadRequest, "还没有选人"},
		{func(f url.Values) { f.Del("listed") }, http.StatusBadRequest, "还没有选人"},
		{func(f url.Values) { f.Set("days", "0") }, http.StatusBadRequest, "1 到 365 天"},
		{func(f url.Values) { f.Set("days", "一周") }, http.StatusBadRequest, "1 到 365 天"},
		{func(f url.Values) { f.Set("for", "chosen"); f.Set("number", "A99") }, http.StatusNotFound, "在册的编号 A99"},
	} {
		form := codeForm(body, "all")
		tt.change(form)
		status, body := c.post("/people/codes", form)
		says(t, status, body, tt.status, tt.says, `value="`+form.Get("days")+`"`)
	}
}

// The picture on a slip is that of what is to be sent, dark where it is dark.
func TestSlipPicture(t *testing.T) {
	slip, err := newSlip(staff.Code{Code: "K7QM3XWP"}, time.UTC)
	must(t, err)
	want, err := qr.Encode("绑定 K7QM3XWP", qr.M)
	must(t, err)
	dark := map[[2]int]bool{}
	for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`).FindAllStringSubmatch(slip.Picture, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		n, _ := strconv.Atoi(m[3])
		if m[3] != m[4] {
			t.Errorf("%s does not close", m[0])
		}
		for i := range n {
			dark[[2]int{x + i, y}] = true
		}
	}
	if slip.Size != want.Size+8 || slip.Halves != [2]string{"K7QM", "3XWP"} {
		t.Errorf("%+v", slip)
	}
	for y := range slip.Size {
		for x := range slip.Size {
			if dark[[2]int{x, y}] != want.Black(x-4, y-4) { // outside it is light
				t.Errorf("module %d, %d", x, y)
			}
		}
	}
}

// Slips are printed ten on a page of A4, none of them cut through.
func TestSlipsPrinted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var list []ledger.Member
	for i := range 23 {
		list = append(list, ledger.Member{Number: fmt.Sprintf("A%02d", i+1), Name: "欧阳" + strings.Repeat("明", 1+i%3+i/22*30), Sector: "中国国民党革命委员会"})
	}
	s.members(list)
	b := newBrowser(t, s, ledger.RoleEdit)
	b.looks("/people/codes", "codes")
	b.click("//button[contains(text(),'给列出的')]")
	b.await("[data-print]")
	b.screenshot("slips")
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	must(t, err)
	if cut := evaluate[int](b, `[...document.querySelectorAll(".slip, .slip > div")].filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).length`); cut != 0 {
		t.Errorf("%d slips do not fit", cut)
	}
	zero := 0.0
	pdf, err := chromedp.Call(b.ctx, cdp.PrintToPDF, cdp.PrintToPDFParams{PreferCSSPageSize: new(true), MarginTop: &zero, MarginBottom: &zero})
	must(t, err)
	if n := len(regexp.MustCompile(`/Type /Page\b[^s]`).FindAll(pdf.Data, -1)); n != 3 {
		t.Errorf("23 slips are on %d pages", n)
	}
	if dir := os.Getenv("LIANWEN_TEST_SCREENSHOTS"); dir != "" {
		must(t, os.WriteFile(filepath.Join(dir, "slips.pdf"), pdf.Data, 0o644))
		if tool, err := exec.LookPath("pdftoppm"); err == nil {
			must(t, exec.Command(tool, "-r", "110", "-png", filepath.Join(dir, "slips.pdf"), filepath.Join(dir, "slips-paper")).Run())
		}
	}
}
