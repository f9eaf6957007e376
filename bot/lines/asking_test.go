package lines

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
	"lianwen/corpus"
)

const manyOf = 1000

// A thousand articles are asked for, of a model that has every fault there is: each
// ends with lines or with a reason, whoever breaks in meanwhile, and what was answered
// is not asked again.
func TestAskingATown(t *testing.T) {
	c := mustRead(t, manyArticles(manyOf)...)
	check := checker(t, c)
	s := &Store{Dir: t.TempDir()}
	m := newTown()
	outcomes := map[string]Outcome{}
	runs := 0
	for broken := true; broken; runs++ {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			w, err := s.Requests(allArticles(c), Want{Lines: 7})
			if err != nil {
				t.Fatal(err)
			}
			this := 0
			k := m.asking(t, s, check, func(o Outcome) {
				if _, twice := outcomes[o.Article.Key()]; twice {
					t.Errorf("%s ended twice", o.Article.Key())
				}
				outcomes[o.Article.Key()] = o
				if this++; this == manyOf/3 {
					cancel()
				}
			})
			err = k.Run(ctx, w.Requests)
			if broken = errors.Is(err, context.Canceled); !broken && err != nil {
				t.Fatal(err)
			}
			if runs == 10 {
				t.Fatal("it does not end")
			}
		})
	}
	if runs != 4 || len(outcomes) != manyOf {
		t.Errorf("%d articles ended, in %d runs", len(outcomes), runs)
	}
	var drafts []Draft
	for _, r := range c.Rules {
		list, err := s.Drafts(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, list...)
	}
	for _, a := range allArticles(c) {
		n, err := strconv.Atoi(askedFor.FindStringSubmatch(a.Text)[1])
		if err != nil {
			t.Fatal(err)
		}
		way, o := n%waysToAnswer, outcomes[a.Key()]
		kept, why := 7, ""
		switch way {
		case declines:
			kept, why = 0, "模型不肯答"
		case english:
			kept, why = 0, "不是用中文答的"
		case echo:
			kept, why = 0, "把条文抄了一遍"
		case another:
			kept, why = 0, "说的是另一条"
		case never:
			kept, why = 0, "模型服务忙"
		case endless:
			kept = MaxLines
		}
		if o.Kept+o.Apart != kept || !strings.HasPrefix(o.Why, why) || (o.Why == "") != (why == "") {
			t.Errorf("%s: %d lines, %d apart, %q; want %d, %q", a.Label, o.Kept, o.Apart, o.Why, kept, why)
		}
		if got := len(Of(drafts, a, Proposed, Apart)); got != kept || (len(Of(drafts, a, Failed)) > 0) != (why != "") {
			t.Errorf("%s: %d drafts, failed %d times", a.Label, got, len(Of(drafts, a, Failed)))
		}
	}
	// each run may break off the requests under way, which are asked again
	if n := m.answered(); n > manyOf-manyOf/waysToAnswer+4*runs {
		t.Errorf("%d answers were paid for", n)
	}
}

// answers is a transport that answers whatever is asked.
type answers func(n int, r *http.Request) (*http.Response, error)

func (f *counted) RoundTrip(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	f.n++
	n := f.n
	f.mu.Unlock()
	return f.answer(n, r)
}

type counted struct {
	mu     sync.Mutex
	n      int
	answer answers
}

func status(code int, body string) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.WriteHeader(code)
	_, _ = io.WriteString(w, body)
	return w.Result(), nil
}

// A wrong key, and a server that is not there, end the run: the rest is not asked.
func TestAskingInVain(t *testing.T) {
	c := mustRead(t, manyArticles(40)...)
	check := checker(t, c)
	for name, tt := range map[string]struct {
		answer answers
		asked  int // requests at most
		failed int // articles with a reason
		say    string
	}{
		"wrong key": {func(int, *http.Request) (*http.Response, error) { return status(401, "") }, 2, 0, "不认 [model] key"},
		"nobody there": {func(int, *http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }, 5 * 7, mostDown,
			"接连 5 条没有问成，其余的不再问：连不上 model.example"},
		"too long, all": {func(int, *http.Request) (*http.Response, error) { return status(413, "") }, 40, 40, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &Store{Dir: t.TempDir()}
				failed := 0
				k := newTown().asking(t, s, check, func(o Outcome) {
					if o.Why != "" {
						failed++
					}
				})
				k.At = 2
				counted := &counted{answer: tt.answer}
				http.DefaultTransport = counted
				w, err := s.Requests(allArticles(c), Want{Lines: 7})
				if err != nil {
					t.Fatal(err)
				}
				err = k.Run(t.Context(), w.Requests)
				if (tt.say == "") != (err == nil) || err != nil && (bot.CodeOf(err) == 0 || !strings.Contains(bot.Say(err), tt.say)) {
					t.Errorf("got %v, want %q", err, tt.say)
				}
				if counted.n > tt.asked || failed < tt.failed || failed > tt.failed+1 {
					t.Errorf("%d requests, %d articles failed; want at most %d, and %d", counted.n, failed, tt.asked, tt.failed)
				}
				again, err := s.Requests(allArticles(c), Want{Lines: 7})
				if err != nil || again.Failed != failed {
					t.Errorf("%d are on record as failed, %v", again.Failed, err)
				}
			})
		})
	}
}

// As many are asked at a time as was said, and one for none.
func TestAskingAtATime(t *testing.T) {
	c := mustRead(t, manyArticles(20)...)
	check := checker(t, c)
	for at, want := range map[int]int{0: 1, 1: 1, 3: 3} {
		synctest.Test(t, func(t *testing.T) {
			s := &Store{Dir: t.TempDir()}
			k := newTown().asking(t, s, check, func(Outcome) {})
			k.At = at
			now, most := 0, 0
			var mu sync.Mutex
			http.DefaultTransport = &counted{answer: func(int, *http.Request) (*http.Response, error) {
				mu.Lock()
				now++
				most = max(most, now)
				mu.Unlock()
				time.Sleep(time.Second) // of the time of the test
				mu.Lock()
				now--
				mu.Unlock()
				return status(413, "")
			}}
			w, err := s.Requests(allArticles(c), Want{Lines: 7})
			if err != nil {
				t.Fatal(err)
			}
			if err := k.Run(t.Context(), w.Requests); err != nil || most != want {
				t.Errorf("%d at a time, want %d; %v", most, want, err)
			}
		})
	}
}

// Lines that are there already are no lines; that is said, and the article is not asked
// for over and over.
func TestKeepWhatIsThere(t *testing.T) {
	c := readHolidays(t)
	a, s := c.Article("nian-jia#6"), &Store{Dir: t.TempDir()}
	check := checker(t, c)
	answer := ReadAnswer(a, "问：年假跟谁说")
	for i, why := range []string{"", "都是已经有的"} {
		out, err := s.Keep(t.Context(), check, a, From("m"), answer)
		if err != nil || out.Why != why || out.Kept+out.Apart != 1-i {
			t.Errorf("%+v, %v", out, err)
		}
	}
	b := c.Article("nian-jia#4")
	for _, a := range []*corpus.Article{a, b} {
		if out, err := s.Keep(t.Context(), check, a, From("m"), Answer{Why: "没有回答"}); err != nil || out.Why != "没有回答" {
			t.Errorf("%+v, %v", out, err)
		}
	}
	drafts, err := s.Drafts("nian-jia")
	if n := len(Of(drafts, a, Failed)); n > 0 {
		t.Errorf("it failed %d times for an article with drafts", n)
	}
	if failed := Of(drafts, b, Failed); err != nil || len(failed) != 1 || failed[0].Why != "没有回答" || failed[0].From != "模型 m" {
		t.Errorf("%+v, %v", failed, err)
	}
}
