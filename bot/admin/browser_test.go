package admin

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"lianwen/bot/ledger"
)

// chromium is where the browser is; "" when there is none. Where CI names one it
// has to be there.
var chromium = sync.OnceValue(func() string {
	if named := os.Getenv("LIANWEN_TEST_CHROMIUM"); named != "" {
		return named
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if file, err := exec.LookPath(name); err == nil {
			return file
		}
	}
	return ""
})

// program is the browser's process, which all tests share.
var program struct {
	start sync.Once
	ctx   context.Context
	err   error
	end   func()
}

// TestMain ends the browser, if there is one.
func TestMain(m *testing.M) {
	program.end = func() {}
	code := m.Run()
	program.end()
	os.Exit(code)
}

// running is the browser's process.
func running(t *testing.T) context.Context {
	t.Helper()
	program.start.Do(func() {
		dir, err := os.MkdirTemp("", "lianwen-page")
		if err != nil {
			program.err = err
			return
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium()), chromedp.NoSandbox, chromedp.DisableGPU,
			chromedp.Flag("disable-quic", true), chromedp.UserDataDir(dir), chromedp.WSURLReadTimeout(0))
		ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, closed := chromedp.NewContext(ctx)
		program.ctx, program.err = ctx, chromedp.Do(ctx)
		program.end = func() {
			closed()
			end()
			_ = os.RemoveAll(dir) // what stays is the system's to clear
		}
	})
	must(t, program.err)
	return program.ctx
}

// browser is a window of a real browser.
type browser struct {
	t    *testing.T
	ctx  context.Context
	base string
}

// newBrowser opens a browser on a site, logged in with a role; "" for nobody.
// A selector is CSS, or XPath where it begins with //.
func newBrowser(t *testing.T, s *site, role ledger.Role) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	if chromium() == "" {
		t.Skip("no Chromium here: install it, or name it in LIANWEN_TEST_CHROMIUM")
	}
	ctx, closed := chromedp.NewContext(running(t), chromedp.WithNewBrowserContext())
	t.Cleanup(closed)
	b := &browser{t: t, ctx: ctx, base: s.web.URL}
	b.resize(1366, 768)
	if role != "" {
		cookie := s.cookie(names[role])
		_, err := chromedp.Call(b.ctx, network.SetCookie, network.SetCookieParams{Name: cookie.Name, Value: cookie.Value, URL: s.web.URL})
		must(t, err)
	}
	return b
}

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	must(b.t, chromedp.Do(b.ctx, actions...))
}

// open loads a path of the site.
func (b *browser) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base + path))
}

// click presses what a selector finds first, when it is to be seen.
func (b *browser) click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(selector, chromedp.NodeVisible))
}

// fill types a text into a field.
func (b *browser) fill(selector, text string) {
	b.t.Helper()
	b.do(chromedp.Clear(selector), chromedp.SendKeys(selector, text))
}

// await waits until something is to be seen.
func (b *browser) await(selector string) {
	b.t.Helper()
	b.do(chromedp.WaitVisible(selector))
}

// text is what is written in an element.
func (b *browser) text(selector string) string {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Text(selector))
	must(b.t, err)
	return text
}

// resize gives the window a size: a telephone's below 600.
func (b *browser) resize(width, height int64) {
	b.t.Helper()
	var options []chromedp.EmulateViewportOption
	if width < 600 {
		options = append(options, chromedp.EmulateMobile)
	}
	b.do(chromedp.EmulateViewport(width, height, options...))
}

// evaluate is the value of an expression of JavaScript in the page.
func evaluate[T any](b *browser, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	must(b.t, err)
	return value
}

// looks goes over a page in both sizes: it fits who reads it. It keeps pictures where
// LIANWEN_TEST_SCREENSHOTS says.
func (b *browser) looks(path, name string) {
	b.t.Helper()
	for size, width := range map[string]int64{"390": 390, "1366": 1366} {
		b.resize(width, map[int64]int64{390: 844, 1366: 768}[width])
		b.open(path)
		b.fits(width)
		b.screenshot(name + "-" + size)
	}
}

// screenshot keeps the whole page as a picture, if pictures are wanted.
func (b *browser) screenshot(name string) {
	b.t.Helper()
	dir := os.Getenv("LIANWEN_TEST_SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	must(b.t, err)
	must(b.t, os.MkdirAll(dir, 0o755))
	must(b.t, os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644))
}
