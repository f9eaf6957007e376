package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// walker is somebody at an office PC, in a real browser, who has no terminal.
type walker struct {
	*testing.T
	ctx  context.Context
	base string
}

// newWalker opens a browser. There is none in short tests, and on machines without.
func newWalker(t *testing.T, base string) *walker {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	file := os.Getenv("LIANWEN_TEST_CHROMIUM")
	if file == "" {
		var err error
		if file, err = exec.LookPath("chromium"); err != nil {
			t.Skip("no Chromium here: install it, or name it in LIANWEN_TEST_CHROMIUM")
		}
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(file), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.UserDataDir(t.TempDir()), chromedp.WSURLReadTimeout(0))
	ctx, end := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(end)
	ctx, closed := chromedp.NewContext(ctx)
	t.Cleanup(closed)
	w := &walker{T: t, ctx: ctx, base: base}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1366, 768)); err != nil { // what the first context lasts, so does the browser
		t.Fatal(err)
	}
	return w
}

func (w *walker) do(steps ...chromedp.Action[chromedp.Void]) {
	w.Helper()
	ctx, end := context.WithTimeout(w.ctx, patience)
	defer end()
	if err := chromedp.Do(ctx, steps...); err != nil {
		at, _ := chromedp.Run(w.ctx, chromedp.Evaluate[string]("location.href + '\\n' + document.body.innerText")) // as far as there is one
		w.Fatalf("%v, at %.1500s", err, at)
	}
}

func (w *walker) open(path string) {
	w.Helper()
	w.do(chromedp.Navigate(w.base + path))
}

// press presses the button, link or summary with a text, and waits for the text that
// follows.
func (w *walker) press(button, then string) {
	w.Helper()
	w.do(chromedp.Click(`//*[self::button or self::a or self::summary][contains(., "`+button+`")]`, chromedp.NodeVisible))
	w.sees(then)
}

// sees waits until a text is on the page.
func (w *walker) sees(text string) {
	w.Helper()
	w.do(chromedp.WaitVisible(`//*[text()[contains(., "` + text + `")]]`))
}

func (w *walker) fill(field, text string) {
	w.Helper()
	w.do(chromedp.Clear(field), chromedp.SendKeys(field, text))
}

// value is that of an expression of JavaScript, which may have to be waited for.
func value[T any](w *walker, expression string) T {
	w.Helper()
	v, err := chromedp.Run(w.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		w.Fatal(err)
	}
	return v
}

// drop drags files from outside onto the middle of an element and lets them go.
func (w *walker) drop(selector string, files []string) {
	w.Helper()
	at := value[[]float64](w, `(() => { const r = document.querySelector("`+selector+`").getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`)
	for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		p := input.DispatchDragEventParams{Type: kind, X: at[0], Y: at[1], Data: &input.DragData{Items: []*input.DragDataItem{}, Files: files, DragOperationsMask: 1}}
		if _, err := chromedp.Call(w.ctx, input.DispatchDragEvent, p); err != nil {
			w.Fatal(err)
		}
	}
}

// picture keeps what is to be seen where LIANWEN_TEST_SCREENSHOTS says: those in the
// README are made so.
func (w *walker) picture(name string) {
	w.Helper()
	dir := os.Getenv("LIANWEN_TEST_SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
	if err != nil {
		w.Fatal(err)
	}
}
