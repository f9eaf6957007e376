package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"lianwen/bot/lines"
	"lianwen/corpus"
)

// modelKey is the key of the model; it must never be seen.
const modelKey = "sk-geheim-9876543210"

// talker is a server that speaks the protocol of language models.
type talker struct {
	*testing.T

	mu    sync.Mutex
	says  func(w http.ResponseWriter, n int) // answers for article n
	asked map[int]int                        // how often for article n
	kept  map[int]bool                       // those that need not be asked for again
	texts strings.Builder
}

var numberAsked = regexp.MustCompile(`编号为(\d+)的物品`)

// answer has the server answer otherwise from now on.
func (m *talker) answer(says func(w http.ResponseWriter, n int)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.says = says
}

// ServeHTTP implements http.Handler.
func (m *talker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	var body struct {
		Model    string
		Messages []struct{ Content string }
	}
	if err == nil {
		err = json.Unmarshal(raw, &body)
	}
	n := 0
	if err == nil && len(body.Messages) == 2 {
		n = articleNumber(body.Messages[1].Content)
	}
	if n == 0 || body.Model != "qwen-plus" || r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer "+modelKey {
		m.Errorf("asked %s for %d: %v\n%s", r.URL, n, err, raw)
	}
	m.mu.Lock()
	m.asked[n]++
	if m.kept[n] {
		m.Errorf("article %d is asked for again", n)
	}
	m.texts.Write(raw)
	says := m.says
	m.mu.Unlock()
	says(w, n)
}

// articleNumber is the number that is in the text of an article of withModel; 0 for none.
func articleNumber(text string) int {
	match := numberAsked.FindStringSubmatch(text)
	if match == nil {
		return 0
	}
	n, _ := strconv.Atoi(match[1]) // digits, as the pattern has them
	return n
}

// requests is how many there were.
func (m *talker) requests() (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, times := range m.asked {
		n += times
	}
	return n
}

// reply answers with a text.
func (m *talker) reply(w http.ResponseWriter, text string) {
	m.Helper()
	raw, err := json.Marshal(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": text}}}, "usage": map[string]int{"prompt_tokens": 700, "completion_tokens": 90}})
	if err == nil {
		_, err = w.Write(raw)
	}
	if err != nil { // the program was killed meanwhile
		m.Logf("answer: %v", err)
	}
}

// questions are seven lines for an article, in words that no article has.
func questions(n int) (text string) {
	for _, form := range []string{"%d号蓝鲸丢了怎么办", "%d号蓝鲸要还吗", "%d号蓝鲸谁管", "%d号能借几天蓝鲸", "%d号蓝鲸坏了赔不赔", "%d号蓝鲸给外人用行吗", "%d号蓝鲸上哪儿领"} {
		text += fmt.Sprintf("问："+form+"\n", n)
	}
	return text
}

// withModel is a folder with a library of n articles, a hundred a rule, and a
// configuration that names a model.
func withModel(t *testing.T, n int, says func(w http.ResponseWriter, n int)) (folder, *talker) {
	t.Helper()
	f, m := folder{t, t.TempDir()}, &talker{T: t, asked: map[int]int{}, kept: map[int]bool{}}
	if m.says = says; says == nil {
		m.says = func(w http.ResponseWriter, n int) { m.reply(w, questions(n)) }
	}
	srv := httptest.NewServer(m)
	t.Cleanup(srv.Close)
	if err := giveBridge(f.path("data")); err != nil {
		t.Fatal(err)
	}
	text := ""
	for i := 1; i <= n; i++ {
		text += fmt.Sprintf("第%s条 编号为%d的物品由第%d组登记，领用人应当在%d日内归还，逾期的由保管员催还。\n", corpus.FormatNumeral((i-1)%100+1), i, i, i)
		if i%100 == 0 || i == n {
			f.write(fmt.Sprintf("lib/rules/ban-fa-%d.md", i), fmt.Sprintf("+++\nid = \"ban-fa-%d\"\ntitle = \"%d号办法\"\neffective = 2026-01-01\nstatus = \"in-force\"\n+++\n%s", i, i, text))
			text = ""
		}
	}
	for name, text := range map[string]string{
		"lib/rules/jiyao.md": "+++\nid = \"jiyao\"\ntitle = \"机要办法\"\neffective = 2026-01-01\nstatus = \"in-force\"\ninternal = true\n+++\n第一条 机要文件用红色袋子传递。\n",
		"c.toml":             fmt.Sprintf("data_dir = %q\n[model]\nurl = %q\nname = \"qwen-plus\"\nkey = %q\n", f.path("data"), srv.URL+"/v1", modelKey),
	} {
		f.write(name, text)
	}
	return f, m
}

func (f folder) write(name, text string) {
	f.Helper()
	err := os.MkdirAll(filepath.Dir(f.path(name)), 0o755)
	if err == nil {
		err = os.WriteFile(f.path(name), []byte(text), 0o644)
	}
	if err != nil {
		f.Fatal(err)
	}
}

// lianwen runs the program to its end; whatever it says, the key is not in it.
func (f folder) lianwen(code int, args ...string) (out, said string) {
	f.Helper()
	var stdout, stderr strings.Builder
	cmd := f.command(append(args, "--config", "c.toml", "--log-level", "debug")...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	got := 0
	if err := cmd.Run(); err != nil {
		got = cmd.ProcessState.ExitCode()
	}
	if out, said = stdout.String(), stderr.String(); got != code {
		f.Errorf("%v: exit code %d, want %d\n%s%s", args, got, code, out, said)
	}
	if strings.Contains(out+said, "geheim") {
		f.Errorf("%v shows the key:\n%s%s", args, out, said)
	}
	return out, said
}

// drafted are the articles that have drafts.
func (f folder) drafted() map[int]bool {
	f.Helper()
	c, err := corpus.Open(f.path("lib"))
	if err != nil {
		f.Fatal(err)
	}
	out := map[int]bool{}
	for _, r := range c.Rules {
		drafts, err := (&lines.Store{Dir: filepath.Join(f.path("data"), lines.Folder)}).Drafts(r.ID)
		if err != nil {
			f.Fatal(err)
		}
		for _, a := range r.Articles {
			if lines.Drafted(drafts, a) {
				out[articleNumber(a.Text)] = true
			}
		}
	}
	return out
}

// kill ends a process as a power cut does.
func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	_ = cmd.Process.Kill() // it may have ended by itself just now
	_ = cmd.Wait()
}
