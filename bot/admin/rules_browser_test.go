package admin

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// dropped drops more files on the form than it takes.
const dropped = `(() => {
	const all = new DataTransfer();
	for (let i = 0; i < 51; i++) all.items.add(new File(["第一条 甲。"], "一" + i + ".txt"));
	return document.querySelector(".drop").dispatchEvent(new DragEvent("drop", {dataTransfer: all, bubbles: true, cancelable: true}));
})()`

// In a browser: papers are chosen, sent with progress, looked at, unfolded, published
// and taken back; the pages fit both sizes.
func TestRulesInBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t, follows)
	b := newBrowser(t, s, ledger.RoleEdit)
	dir := t.TempDir()
	var files []string
	for name, text := range map[string]string{"印章.txt": sealPaper, "请假“新”.txt": leavePaper} {
		file := filepath.Join(dir, name)
		must(t, os.WriteFile(file, []byte(text), 0o600))
		files = append(files, file)
	}
	b.looks("/import", "import")
	b.open("/import")
	evaluate[bool](b, dropped)
	b.await("//ul[@class='chosen']/li[51]")
	b.await("//p[contains(@class,'sending')][contains(.,'一次最多 50 个')]")
	b.open("/import")
	b.do("choose files", chromedp.SetUploadFiles("input[multiple]", files))
	b.await(".chosen li")
	b.click("form.intake > button")
	b.await("section.paper")
	at := evaluate[string](b, "location.pathname")
	b.click("//article[h3[contains(.,'印章管理办法')]]//summary[contains(.,'导入以后的全文')]")
	b.await("//div[@class='whole']//div[contains(.,'印章由专人保管')]")
	b.screenshot("preview-unfolded")
	b.looks(at, "preview")
	b.open(at)
	b.click("//button[contains(.,'写入 2 部')]")
	b.await("//h1[contains(.,'已写入 2 部制度')]")
	b.screenshot("published")
	for path, name := range map[string]string{"/rules": "rules", "/rules/qingjia": "rule", "/rules/qingjia/3": "article", "/rules/qingjia/history": "history"} {
		b.looks(path, name)
	}
	b.resize(1366, 768)
	b.open("/rules/qingjia/history")
	b.click("//summary[contains(.,'撤回最近一次修订')]")
	b.click("//button[.='撤回']")
	b.await("//p[@class='notice'][contains(.,'已撤回')]")
	if c, err := corpus.Open(s.library); err != nil || !strings.Contains(c.Article("qingjia#3").Text, "三日") {
		t.Error("it was not taken back", err)
	}
}
