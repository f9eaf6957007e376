package main

import (
	"io"
	"maps"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// A thousand articles are asked for while the program is killed again and again: what
// was kept is not asked for again, no more is lost than the requests under way, and what
// nobody approved answers nobody.
func TestDraftThroughKills(t *testing.T) {
	t.Parallel()
	const articles, atOnce = 1000, 4
	f, m := withModel(t, articles, nil)
	draft := []string{"lines", "draft", "--yes", "--concurrency", "4", "--config", "c.toml"}
	for _, after := range []int{1, 150, 400, 800} {
		cmd := f.command(draft...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for wait := time.Now(); m.requests() < after && time.Since(wait) < patience; {
			time.Sleep(time.Millisecond)
		}
		kill(t, cmd)
		kept := f.drafted()
		m.mu.Lock()
		lost := 0
		for n := range m.asked {
			if !kept[n] {
				lost++
			}
		}
		maps.Copy(m.kept, kept)
		m.mu.Unlock()
		if lost > atOnce {
			t.Errorf("%d answers were lost, more than were under way", lost)
		}
	}
	out, said := f.lianwen(exitOK, draft[:5]...)
	if n := len(f.drafted()); n != articles {
		t.Errorf("%d articles have drafts\n%s", n, out)
	}
	if !strings.Contains(said, "条的问法已经够了") || !strings.Contains(out, "0 条没有问成") {
		t.Errorf("said %s%.2000s", out, said)
	}
	if out, said := f.lianwen(exitOK, draft[:3]...); out != "没有要起草的。\n" || !strings.Contains(said, "条的问法已经够了") {
		t.Errorf("when all is done: %s%s", out, said)
	}
	if out, _ := f.lianwen(exitNotFound, "ask", "蓝鲸丢了怎么办"); strings.Contains(out, "》第") {
		t.Errorf("a draft answers: %s", out)
	}
	if strings.Contains(m.texts.String(), "红色袋子") || strings.Contains(m.texts.String(), "机要办法") {
		t.Error("an internal rule was sent")
	}
}

// Whoever breaks in gets a summary, and the program ends well.
func TestDraftInterrupted(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a process there cannot be sent an interrupt")
	}
	third, over := make(chan struct{}), make(chan struct{})
	defer close(over)
	var once sync.Once
	f, m := withModel(t, 30, nil)
	m.answer(func(w http.ResponseWriter, n int) {
		if m.requests() == 3 {
			once.Do(func() { close(third) })
			<-over
		}
		m.reply(w, questions(n))
	})
	var out strings.Builder
	cmd := f.command("lines", "draft", "--yes", "--concurrency", "1", "--config", "c.toml")
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-third
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil || !strings.HasPrefix(out.String(), "中断了。问了 2 条，2 条有了草稿") || !strings.Contains(out.String(), "还有 28 条没有问，再运行一次接着问") {
		t.Errorf("%v: %s", err, &out)
	}
}

// A wrong key ends the run at once, with what to look at; no article is taken to have
// failed.
func TestDraftWithAWrongKey(t *testing.T) {
	t.Parallel()
	f, m := withModel(t, 30, func(w http.ResponseWriter, _ int) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"error":{"message":"wrong key `+modelKey+`"}}`)
	})
	out, said := f.lianwen(exitError, "lines", "draft", "--yes")
	if m.requests() > 2 || !strings.Contains(said, "模型服务不认 [model] key，或者这个 key 不能用模型 qwen-plus。请核对 key") || !strings.Contains(said, "wrong key ***") || !strings.HasPrefix(out, "问了 0 条") {
		t.Errorf("%d requests: %s%s", m.requests(), out, said)
	}
	if _, said := f.lianwen(exitError, "lines", "draft", "--yes"); strings.Contains(said, "--retry") {
		t.Errorf("articles failed for a wrong key: %s", said)
	}
}

// What fails has its reason on record and is asked for again only if somebody wants it.
func TestDraftAgain(t *testing.T) {
	t.Parallel()
	f, m := withModel(t, 3, nil)
	good := func(w http.ResponseWriter, n int) { m.reply(w, questions(n)) }
	m.answer(func(w http.ResponseWriter, n int) {
		if n == 2 {
			m.reply(w, "抱歉，我不能提供。")
			return
		}
		good(w, n)
	})
	if out, said := f.lianwen(exitOK, "lines", "draft", "--yes", "--limit", "2"); !strings.Contains(said, "《3号办法》第二条：没有得到问法，模型不肯答：抱歉，我不能提供。") || !strings.Contains(said, "1 条这次不问（--limit）") || !strings.Contains(out, "问了 2 条，1 条有了草稿") || !strings.Contains(out, "用了 1400 + 180 token") {
		t.Errorf("two: %s%s", out, said)
	}
	if _, said := f.lianwen(exitOK, "lines", "draft", "--yes"); !strings.Contains(said, "[1/1] 《3号办法》第三条：") || !strings.Contains(said, "1 条以前没有问成，加 --retry 再问") {
		t.Errorf("the rest: %s", said)
	}
	if out, _ := f.lianwen(exitOK, "lines", "status", "3号办法"); !strings.Contains(out, "没有起草成 1 条") || !strings.Contains(out, "：0 句，没有起草成：模型不肯答：抱歉，我不能提供。\n") {
		t.Errorf("the reason: %s", out)
	}
	if out, _ := f.lianwen(exitError, "lines", "draft", "--yes", "--retry"); !strings.Contains(out, "问了 1 条，0 条有了草稿") {
		t.Errorf("in vain: %s", out)
	}
	m.answer(good)
	if out, _ := f.lianwen(exitOK, "lines", "draft", "3号办法#2", "--yes", "--retry"); !strings.Contains(out, "问了 1 条，1 条有了草稿") {
		t.Errorf("again: %s", out)
	}
	if out, _ := f.lianwen(exitOK, "lines", "status", "3号办法"); strings.Contains(out, "没有起草成") {
		t.Errorf("it failed once, and no more: %s", out)
	}
}

// Before anything is sent it is said how much, and to whom; nothing is sent unasked.
func TestDraftShows(t *testing.T) {
	t.Parallel()
	f, m := withModel(t, 3, nil)
	_, said := f.lianwen(exitError, "lines", "draft")
	if !strings.Contains(said, "没有问，要先看过：\n问 3 条，发给 127.0.0.1:") || !strings.Contains(said, "《机要办法》标为内部制度，没有放进来。") || !strings.Contains(said, "确实要问请加 --yes") {
		t.Errorf("unasked: %s", said)
	}
	out, _ := f.lianwen(exitOK, "lines", "draft", "--dry-run", "--price", "0.5")
	if !strings.Contains(out, "（模型 qwen-plus），一条一次。\n共 ") || !strings.Contains(out, "答回 420，约 ") || !strings.Contains(out, "第一条还要 7 句。\n==== 材料开始 ") || strings.Contains(out, "第二条还要") {
		t.Errorf("dry run: %s", out)
	}
	if _, said := f.lianwen(exitError, "lines", "draft", "jiyao", "--yes"); !strings.Contains(said, "《机要办法》标为内部制度（internal = true），条文不交给模型，也不写提示词文件") {
		t.Errorf("an internal rule: %s", said)
	}
	if n := m.requests(); n > 0 {
		t.Errorf("%d requests", n)
	}
	if _, err := os.Stat(f.path("data/lines")); err == nil {
		t.Error("something was kept")
	}
}
