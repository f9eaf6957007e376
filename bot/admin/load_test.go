package admin

import (
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// crowd is how many edit and how many ask at once; LIANWEN_TEST_CROWD=20 is the
// office on its busiest day, with how long answers took.
func crowd() (editors, askers int) {
	if n, err := strconv.Atoi(os.Getenv("LIANWEN_TEST_CROWD")); err == nil && n > 0 {
		return n, n * 5 / 2
	}
	return 4, 8
}

// asking lets members ask at once, each so many times, and returns how long the answers
// took, the shortest first.
func (s *site) asking(members, times int) []time.Duration {
	s.t.Helper()
	var mu sync.Mutex
	var took []time.Duration
	var all sync.WaitGroup
	for i := range members {
		all.Go(func() {
			for n := range times {
				begun := time.Now()
				reply, err := s.Bot.Handle(s.t.Context(), bot.Incoming{Channel: "test", Conversation: fmt.Sprint(i), Sender: fmt.Sprint(i), Text: []string{"请假找谁批", "会议上能不能接电话"}[n%2], Addressed: true, SentAt: s.now})
				if err != nil || reply.Text == "" {
					s.t.Errorf("%q, %v", reply.Text, err)
				}
				mu.Lock()
				took = append(took, time.Since(begun))
				mu.Unlock()
				time.Sleep(5 * time.Millisecond) // people read
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	return took
}

// While staff edit the same rules, the same synonyms and the same replies and members
// ask, and the library is taken up time and again, what was said to be saved is in the
// library at the end, and what was not saved was refused with what is there now.
func TestCrowd(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	editors, askers := crowd()
	quiet := s.asking(askers, 20)
	stop := make(chan struct{})
	var taking, all sync.WaitGroup
	taking.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
				s.takeUp()
			}
		}
	})
	form, heading := s.form("qingjia#3", "do", "save"), s.form("qingjia#4", "do", "save")
	headings, words := make([]string, editors), make([]string, editors)
	for i := range editors {
		c := s.as(ledger.RoleEdit)
		all.Go(func() {
			saves := func(path string, f url.Values) bool {
				status, body := c.post(path, f)
				if saved := status == 200 && strings.Contains(body, "已保存"); saved || status == 409 && strings.Contains(body, `class="wrong"`) {
					return saved
				}
				t.Errorf("%s: %d\n%s", path, status, body)
				return false
			}
			line, renamed := maps.Clone(form), maps.Clone(heading)
			line.Set("add", fmt.Sprintf("第%d个人这么问", i))
			if !saves(linesOf3, line) {
				t.Error("a line of one's own is refused")
			}
			own := fmt.Sprintf("批法%d", i)
			renamed.Set("heading", own)
			if saves("/rules/qingjia/4/lines", renamed) {
				headings[i] = own
			}
			if own := fmt.Sprintf("乙词%d", i); saves("/synonyms", url.Values{"words": {"请假 " + own}, "do": {"save"}}) {
				words[i] = own
			}
			if !saves("/replies", url.Values{"say": {fmt.Sprintf("第%d间饭堂在哪", i)}, "text": {"在一楼。"}, "do": {"save"}}) {
				t.Error("a reply of one's own is refused")
			}
		})
	}
	busy := s.asking(askers, 20)
	all.Wait()
	close(stop)
	taking.Wait()
	t.Logf("answers: p50 %.1f ms, p99 %.1f ms; while %d edit: p50 %.1f ms, p99 %.1f ms", ms(quiet[len(quiet)/2]), ms(quiet[len(quiet)*99/100]), editors, ms(busy[len(busy)/2]), ms(busy[len(busy)*99/100]))
	s.holdsAll(editors, headings, words)
}

// holdsAll looks for what a crowd has saved: everybody a line and a reply, and of
// headings and words those that were not refused, "".
func (s *site) holdsAll(editors int, headings, words []string) {
	s.t.Helper()
	c, err := corpus.Open(s.library)
	must(s.t, err)
	if got := c.Article("qingjia#3").Approved; len(got) != editors {
		s.t.Errorf("%d lines of %d", len(got), editors)
	}
	refused := func(one string) bool { return one == "" }
	headings, words = slices.DeleteFunc(headings, refused), slices.DeleteFunc(words, refused)
	if got := c.Article("qingjia#4").Heading; len(headings) != 1 || got != headings[0] {
		s.t.Errorf("the heading is %s; saved were %q", got, headings)
	}
	i := slices.IndexFunc(c.Synonyms, func(g corpus.Synonyms) bool { return g.Words[0] == "请假" })
	got := slices.DeleteFunc(slices.Clone(c.Synonyms[i].Words), func(word string) bool { return !strings.HasPrefix(word, "乙词") })
	if slices.Sort(got); len(words) == 0 || !slices.Equal(got, slices.Sorted(slices.Values(words))) {
		s.t.Errorf("the group has %q; saved were %q", got, words)
	}
	replies := 0
	for _, r := range c.Replies() {
		if strings.HasSuffix(r.Say[0], "间饭堂在哪") {
			replies++
		}
	}
	if len(c.Faults) > 0 || replies != editors {
		s.t.Errorf("%v, %d replies of %d", c.Faults, replies, editors)
	}
}
