package main

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianwen/bot/lines"
	"lianwen/corpus"
	"lianwen/index"
)

const restRule = "+++\nid = \"xiujia\"\ntitle = \"休假办法\"\neffective = 2026-02-01\nstatus = \"in-force\"\n+++\n" +
	"第一条 工作人员工作满一年的，每年休假5天。\n第二条 休假前应当填写审批表，报处室负责人批准。\n休假期间手机保持畅通。\n第三条 遇有紧急任务的，可以顺延到次年。\n"

// workOn is the office's library in a folder, with drafts for its articles.
func workOn(t *testing.T) (*app, *linesWork) {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("制度/rules/xiujia.md", restRule)
	put("制度/asked/xiujia.txt", "[3] 第三条 00000000\n忙得走不开咋整 ← 手写\n明年补休行吗\n\n[9] 第九条 00000000\n在哪领表\n")
	put("config.toml", "data_dir = '"+filepath.Join(dir, "data")+"'\nlibrary = '"+filepath.Join(dir, "制度")+"'\n")
	if err := giveBridge(filepath.Join(dir, "data")); err != nil {
		t.Fatal(err)
	}
	a := &app{streams: &streams{err: &strings.Builder{}, out: &strings.Builder{}}, configPath: filepath.Join(dir, "config.toml")}
	w, err := a.linesWork()
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(t.Context(), t.TempDir(), w.c, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	check := lines.NewChecker(x)
	for key, texts := range map[string][]string{"xiujia#1": {"刚来的有没有年假", "一年能歇几天"}, "xiujia#2": {"想歇几天得跟谁说", "歇着能不能关机", "单子", "要写假条吗"}} {
		var list []lines.Line
		for _, text := range texts {
			list = append(list, lines.Line{Text: text})
		}
		if _, _, err := w.store.Propose(t.Context(), check, w.c.Article(key), "模型 甲", list); err != nil {
			t.Fatal(err)
		}
	}
	return a, w
}

// approve types answers and returns what was shown, and what the library asks then.
func approve(t *testing.T, a *app, answers string) (shown string, asks map[string][]string) {
	t.Helper()
	w, err := a.linesWork()
	if err != nil {
		t.Fatal(err)
	}
	scopes, err := w.scopes(nil)
	if err != nil {
		t.Fatal(err)
	}
	list, err := w.pending(scopes)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	p := &approval{w: w, in: bufio.NewReader(strings.NewReader(answers)), out: &out, by: "李某"}
	if err := p.all(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	return out.String(), asking(t, a)
}

func asking(t *testing.T, a *app) map[string][]string {
	t.Helper()
	_, c, err := a.read()
	if err != nil {
		t.Fatal(err)
	}
	asks := map[string][]string{}
	for _, art := range c.RuleByID("xiujia").Articles {
		asks[art.Number.String()] = art.Lines()
	}
	return asks
}

// A person goes through all that waits: what was approved for other words first.
func TestApproval(t *testing.T) {
	t.Parallel()
	a, _ := workOn(t)
	shown, asks := approve(t, a, "1\n#2\n\n-2\n")
	for _, want := range []string{
		"有 4 条等着看。", "1/4 《休假办法》第三条 条文改过，现在是：\n第三条 遇有紧急任务的，可以顺延到次年。\n原来的问法还用不用：\n  1 忙得走不开咋整\n  2 明年补休行吗\n",
		"2/4 xiujia没有这一条了（第九条），原来的问法：\n  1 在哪领表\n", "3/4 《休假办法》第一条（已有 0 句）\n第一条 工作人员",
		"  4 单子　〔核对没过：太短，不到 4 个字〕\n", "批准了 6 句，不要的 3 句，放着 0 条。反悔的请运行 lianwen lines remove --last。",
	} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in\n%s", want, shown)
		}
	}
	for number, want := range map[string][]string{"1": {"刚来的有没有年假", "一年能歇几天"}, "2": {"在哪领表", "想歇几天得跟谁说", "要写假条吗"}, "3": {"忙得走不开咋整"}} {
		if !slices.Equal(asks[number], want) {
			t.Errorf("%s: %q, want %q", number, asks[number], want)
		}
	}
	if shown, _ := approve(t, a, ""); !strings.Contains(shown, "有 0 条等着看") {
		t.Errorf("something is left:\n%s", shown)
	}
	raw, err := os.ReadFile(filepath.Join(filepath.Dir(a.configPath), "制度", "asked", "xiujia.txt"))
	if err != nil || !strings.Contains(string(raw), "忙得走不开咋整 ← 手写，李某 20") || !strings.Contains(string(raw), "想歇几天得跟谁说 ← 模型 甲，李某 20") || strings.Contains(string(raw), "[9]") {
		t.Errorf("%s %v", raw, err)
	}
}

// Nothing is approved by the end of the input, and what cannot be understood is asked again.
func TestApprovalAnswers(t *testing.T) {
	t.Parallel()
	a, _ := workOn(t)
	shown, asks := approve(t, a, "七\n5\ns\n1\n0\n0\n#1\n4 1\n")
	for text, n := range map[string]int{"看不懂「七」": 1, "看不懂「5」": 1, "看不懂「#1」": 1, "这一条已经没有了": 1, "批准了 2 句，不要的 5 句，放着 1 条。": 1, "要哪几句？": 8} {
		if strings.Count(shown, text) != n {
			t.Errorf("%q is not %d times in\n%s", text, n, shown)
		}
	}
	if !slices.Equal(asks["2"], []string{"想歇几天得跟谁说", "单子"}) || asks["1"] != nil || asks["3"] != nil {
		t.Errorf("%q", asks)
	}
	if shown, _ := approve(t, a, "q\n"); !strings.Contains(shown, "有 1 条等着看") { // what was skipped; not what was set apart and seen
		t.Errorf("after all was seen: %s", shown)
	}
	b, _ := workOn(t)
	for _, answers := range []string{"", "q\n"} {
		if shown, asks := approve(t, b, answers); !strings.Contains(shown, "批准了 0 句，不要的 0 句，放着 0 条，还有 4 条没有看。") || asks["1"] != nil {
			t.Errorf("%q: %s, %q", answers, shown, asks)
		}
	}
}

// What was set apart is shown where nothing else waits, is taken only by its number, and
// once seen is not shown again; what changed nothing in the library is not to be undone.
func TestApprovalOfWhatWasSetApart(t *testing.T) {
	t.Parallel()
	for answers, want := range map[string][]string{"\n": nil, "0\n": nil, "1\n": {"单子"}} {
		a, w := workOn(t)
		drafts, err := w.store.Drafts("xiujia")
		if err != nil {
			t.Fatal(err)
		}
		var passed []lines.Draft
		for _, d := range drafts {
			if d.State == lines.Proposed {
				passed = append(passed, d)
			}
		}
		if err := w.store.Settle(t.Context(), "xiujia", passed, lines.Declined); err != nil {
			t.Fatal(err)
		}
		shown, asks := approve(t, a, "s\ns\n"+answers)
		if !strings.Contains(shown, "3/3 《休假办法》第二条") || !slices.Equal(asks["2"], want) || strings.Contains(shown, "remove --last") != (want != nil) {
			t.Errorf("%q: %q after\n%s", answers, asks["2"], shown)
		}
		if shown, _ := approve(t, a, "q\n"); !strings.Contains(shown, "有 2 条等着看") {
			t.Errorf("%q: shown again:\n%s", answers, shown)
		}
	}
}

// Who approved it is one line of a file, whatever was typed.
func TestNameOfApprover(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"李某": "李某", " 李\t某 ": "李 某", "李\n[1]\r\n偷来的": "李 [1] 偷来的", "李 ← 某": "李 某"} {
		if got := orAtTerminal(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if orAtTerminal("\n") == "" {
		t.Error("nobody")
	}
}

func TestChosen(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string][]int{"": {0, 1, 2}, "1 3": {0, 2}, "3，1、1": {0, 2}, "4": {3}, "-2": {0, 2}, "-1 3": {1}, "-1 -3": {1}, "0": {}, "-": {0, 1, 2}} {
		if got, err := chosen(answer, 3, 4); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", answer, got, err)
		}
	}
	for _, answer := range []string{"5", "一", "1-3", "--", "y"} {
		if got, err := chosen(answer, 3, 4); err == nil {
			t.Errorf("%q: %v", answer, got)
		}
	}
}

// What is named is found by id, title and part, and what cannot be is said.
func TestScopes(t *testing.T) {
	t.Parallel()
	_, w := workOn(t)
	s, err := w.scope("休假办法#2:2")
	if err != nil || s.article.Key() != "xiujia#2" || s.part != (corpus.Part{Paragraph: 2}) {
		t.Errorf("%+v, %v", s, err)
	}
	for name, want := range map[string]string{"没有的": "没有《没有的》", "xiujia#二": "写法不对", "xiujia#7": "没有第七条", "xiujia#1:2": "没有第二款"} {
		if _, err := w.scope(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
