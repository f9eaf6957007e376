package admin

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"go.uber.org/goleak"

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

// TestMain ends the browser, if there is one, and finds what goes on after all has ended.
func TestMain(m *testing.M) {
	program.end = func() {}
	code := m.Run()
	program.end()
	// Bleve has workers of its own from the start, and the store that scs makes before it
	// is given another cannot be ended as soon.
	if err := goleak.Find(goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"),
		goleak.IgnoreAnyFunction("github.com/alexedwards/scs/v2/memstore.(*MemStore).startCleanup")); code == 0 && err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
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
	b := newWindow(t, s.web.URL)
	if role != "" {
		cookie := s.cookie(names[role])
		_, err := chromedp.Call(b.ctx, network.SetCookie, network.SetCookieParams{Name: cookie.Name, Value: cookie.Value, URL: s.web.URL})
		must(t, err)
	}
	return b
}

// newWindow opens a browser on an address.
func newWindow(t *testing.T, base string) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	if chromium() == "" {
		t.Skip("no Chromium here: install it, or name it in LIANWEN_TEST_CHROMIUM")
	}
	ctx, closed := chromedp.NewContext(running(t), chromedp.WithNewBrowserContext())
	t.Cleanup(closed)
	must(t, chromedp.Do(ctx)) // the window is there as long as the test
	b := &browser{t: t, ctx: ctx, base: base}
	b.resize(1366, 768)
	_, err := chromedp.Call(b.ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: refusals})
	must(t, err)
	return b
}

// patience is how long a browser may take for one thing, on a machine that is busy. What
// never comes must fail by its name, and not hold up all tests until they are given up.
const patience = 3 * time.Minute

// within is the value of an action that has to end in time.
func within[T any](b *browser, what string, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, done := context.WithTimeout(b.ctx, patience)
	defer done()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		looking, seen := context.WithTimeout(b.ctx, patience)
		defer seen()
		shown, _ := chromedp.Run(looking, chromedp.Evaluate[string](`location.pathname + "\n" + document.body.innerText.slice(0, 2000)`)) // it has failed already
		b.t.Fatalf("%s: %v; the page is %s", what, err, shown)
	}
	return value
}

func (b *browser) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	within(b, what, chromedp.Steps(actions...))
}

// open loads a path of the site.
func (b *browser) open(path string) {
	b.t.Helper()
	b.do("open "+path, chromedp.Navigate(b.base+path))
}

// click presses what a selector finds first, when it is to be seen.
func (b *browser) click(selector string) {
	b.t.Helper()
	b.do("click "+selector, chromedp.Click(selector, chromedp.NodeVisible))
}

// fill types a text into a field.
func (b *browser) fill(selector, text string) {
	b.t.Helper()
	b.do("fill "+selector, chromedp.Clear(selector), chromedp.SendKeys(selector, text))
}

// send types a text into a field, besides what is in it.
func (b *browser) send(selector, text string) {
	b.t.Helper()
	b.do("type into "+selector, chromedp.SendKeys(selector, text))
}

// await waits until something is to be seen.
func (b *browser) await(selector string) {
	b.t.Helper()
	b.do("await "+selector, chromedp.WaitVisible(selector))
}

// text is what is written in an element.
func (b *browser) text(selector string) string {
	b.t.Helper()
	return within(b, "text of "+selector, chromedp.Text(selector))
}

// resize gives the window a size: a telephone's below 600.
func (b *browser) resize(width, height int64) {
	b.t.Helper()
	var options []chromedp.EmulateViewportOption
	if width < 600 {
		options = append(options, chromedp.EmulateMobile)
	}
	b.do("resize", chromedp.EmulateViewport(width, height, options...))
}

// evaluate is the value of an expression of JavaScript in the page, waited for.
func evaluate[T any](b *browser, expression string) T {
	b.t.Helper()
	return within(b, expression, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// looks goes over a page in both sizes: it fits who reads it. It keeps pictures where
// LIANWEN_TEST_SCREENSHOTS says.
func (b *browser) looks(path, name string) {
	b.t.Helper()
	for _, size := range [][2]int64{{390, 844}, {1366, 768}} {
		width := size[0]
		b.resize(width, size[1])
		b.open(path)
		b.fits(width)
		if refused := evaluate[string](b, `window.refused.join("\n")`); refused != "" {
			b.t.Errorf("%s: the policy has refused %s", path, refused)
		}
		b.screenshot(fmt.Sprintf("%s-%d", name, width))
	}
}

// refusals keeps what the policy of a page refuses.
const refusals = `window.refused = [];
document.addEventListener("securitypolicyviolation", (e) => window.refused.push([e.violatedDirective, e.blockedURI, e.sample].join(" ")));`

// screenshot keeps the whole page as a picture, if pictures are wanted.
func (b *browser) screenshot(name string) {
	b.t.Helper()
	dir := os.Getenv("LIANWEN_TEST_SCREENSHOTS")
	if dir == "" {
		return
	}
	png := within(b, "picture", chromedp.FullScreenshot(100))
	must(b.t, os.MkdirAll(dir, 0o755))
	must(b.t, os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644))
}
