package admin

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// clerk is somebody at an office PC who has the page of the real program, and no
// terminal.
type clerk struct {
	*browser
	dir, program string
}

// newClerk starts the program on a folder where there is nothing, and opens a browser
// on the link of the first account.
func newClerk(t *testing.T) *clerk {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	address := l.Addr().String()
	must(t, l.Close())
	w := &clerk{browser: newWindow(t, "http://"+address), dir: t.TempDir()}
	w.program = filepath.Join(w.dir, "lianwen")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", w.program, "lianwen/cmd/lianwen").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	config := fmt.Sprintf("data_dir = %q\nlibrary = %q\n[web]\nlisten = %q\n%s", filepath.Join(w.dir, "data"), filepath.Join(w.dir, "制度库"), address, walkPushes)
	must(t, os.WriteFile(filepath.Join(w.dir, "config.toml"), []byte(config), 0o600))
	serving := exec.Command(w.program, "web", "--config", filepath.Join(w.dir, "config.toml"))
	must(t, serving.Start())
	t.Cleanup(func() {
		must(t, serving.Process.Signal(os.Interrupt))
		must(t, serving.Wait())
	})
	w.until("the page answers", func() bool {
		res, err := http.Get(w.base + "/login")
		return err == nil && res.Body.Close() == nil && res.StatusCode == http.StatusOK
	})
	out, err = exec.CommandContext(t.Context(), w.program, "web", "account", "add", "王五", "--config", filepath.Join(w.dir, "config.toml")).CombinedOutput()
	must(t, err)
	w.open(strings.TrimPrefix(regexp.MustCompile(`http\S+/welcome/\S+`).FindString(string(out)), w.base))
	return w
}

// walkPushes is what goes out there.
const walkPushes = `
[[push]]
name = "story"
content = "story"
at = "08:00"
days = "daily"
window = "4h"
targets = ["group:机关学习群"]
`

// until waits for what takes the program a while.
func (w *clerk) until(what string, ok func() bool) {
	w.t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatalf("not within %v: %s", patience, what)
		}
	}
}

// press presses the button, link or summary with a text, and waits for the text that
// follows.
func (w *clerk) press(button, then string) {
	w.t.Helper()
	w.click(`//*[self::button or self::a or self::summary][contains(., "` + button + `")]`)
	w.sees(then)
}

// sees waits until a text is on the page.
func (w *clerk) sees(text string) {
	w.t.Helper()
	w.await(`//*[text()[contains(., "` + text + `")]]`)
}

// choose puts files into a field.
func (w *clerk) choose(field string, files ...string) {
	w.t.Helper()
	w.do("choose files", chromedp.SetUploadFiles(field, files))
}

// drop drags files from outside onto the middle of an element and lets them go.
func (w *clerk) drop(selector string, files []string) {
	w.t.Helper()
	at := evaluate[[]float64](w.browser, `(() => { const r = document.querySelector("`+selector+`").getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`)
	for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		p := input.DispatchDragEventParams{Type: kind, X: at[0], Y: at[1], Data: &input.DragData{Items: []*input.DragDataItem{}, Files: files, DragOperationsMask: 1}}
		_, err := chromedp.Call(w.ctx, input.DispatchDragEvent, p)
		must(w.t, err)
	}
}
