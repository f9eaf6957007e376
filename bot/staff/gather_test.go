package staff_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// clusterByAll is what ClusterAsked comes to when every question is held against
// every cluster: the definition, and the way it was done before.
func clusterByAll(list []ledger.Asked) (clusters []staff.Cluster) {
	var firsts []map[string]bool
	for _, q := range list {
		pairs := pairsOf(q.Question)
		best, most := -1, 0.4
		for i, first := range firsts {
			if share := jaccard(first, pairs); share >= most {
				best, most = i, share
			}
		}
		if best < 0 {
			best = len(clusters)
			clusters = append(clusters, staff.Cluster{Question: q.Question, First: q.At})
			firsts = append(firsts, pairs)
		}
		c := &clusters[best]
		if q.Question != c.Question && len(c.Others) < 3 && !slices.Contains(c.Others, q.Question) {
			c.Others = append(c.Others, q.Question)
		}
		c.Count++
		c.Last = q.At
	}
	slices.SortStableFunc(clusters, func(a, b staff.Cluster) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last))
	})
	for i := range clusters {
		clusters[i].Number = i + 1
	}
	return clusters
}

func pairsOf(q string) map[string]bool {
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(q)))
	pairs := map[string]bool{}
	if len(runes) == 1 {
		pairs[string(runes)] = true
	}
	for i := 1; i < len(runes); i++ {
		pairs[string(runes[i-1:i+1])] = true
	}
	return pairs
}

func jaccard(a, b map[string]bool) float64 {
	both := 0
	for p := range a {
		if b[p] {
			both++
		}
	}
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

// kinds are ways in which a table of questions can be filled, by people and by
// who means harm.
var kinds = map[string]func(r *rand.Rand, i int) string{
	"office": func(r *rand.Rand, _ int) string {
		who := []string{"委员", "机关干部", "秘书", "司机", "列席人员", "工作人员"}
		what := []string{"请假", "报销差旅费", "领取工作服", "停车", "用餐", "借会议室", "查档案", "订报纸", "体检", "办工作证", "用公车", "住宿"}
		how := []string{"怎么办理", "找谁批", "要几天", "要什么材料", "有没有规定", "可以吗", "在哪里", "需要提前多久"}
		more := []string{"", "请问", "我想问一下", "急，", "今年", "下个月"}
		return more[r.IntN(6)] + who[r.IntN(6)] + what[r.IntN(12)] + how[r.IntN(8)]
	},
	"anything": func(r *rand.Rand, _ int) string {
		text := make([]rune, 8+r.IntN(12))
		for i := range text {
			text[i] = rune(0x4e00 + r.IntN(3000))
		}
		return string(text)
	},
	"numbered": func(_ *rand.Rand, i int) string { return fmt.Sprintf("第%d个没有查到的问题在哪里问", i) },
	"a little alike": func(r *rand.Rand, _ int) string { // share just less than makes a cluster
		own := make([]rune, 9)
		for i := range own {
			own[i] = rune(0x4e00 + r.IntN(20000))
		}
		return "政协机关办公用房怎么申请" + string(own)
	},
	"few letters": func(r *rand.Rand, _ int) string { // every pair is common
		text := make([]rune, 4+r.IntN(12))
		for i := range text {
			text[i] = rune('一' + r.IntN(24))
		}
		return string(text)
	},
}

func asked(kind string, n int) []ledger.Asked {
	r := rand.New(rand.NewPCG(7, 7))
	list := make([]ledger.Asked, n)
	for i := range list {
		list[i] = ledger.Asked{At: time.Unix(int64(i), 0), Question: kinds[kind](r, i)}
	}
	return list
}

// The clusters are those that come out when every question is held against every
// cluster.
func TestFault13SameClusters(t *testing.T) {
	for kind := range kinds {
		list := asked(kind, 1000)
		got, want := staff.ClusterAsked(staff.Heard{Asked: list}), clusterByAll(list)
		if len(got) != len(want) {
			t.Errorf("%s: %d clusters, want %d", kind, len(got), len(want))
			continue
		}
		for i := range got {
			if fmt.Sprint(got[i]) != fmt.Sprint(want[i]) {
				t.Errorf("%s: cluster %d is\n%+v, want\n%+v", kind, i, got[i], want[i])
				break
			}
		}
	}
}

// A flood of questions leaves together what is asked again and again.
func TestFault13Flood(t *testing.T) {
	list := asked("few letters", 30_000)
	for i := range list {
		if i%100 == 0 {
			list[i].Question = "一丁七"
		}
	}
	clusters := staff.ClusterAsked(staff.Heard{Asked: list})
	if clusters[0].Question != "一丁七" && !slices.Contains(clusters[0].Others, "一丁七") || clusters[0].Count < 300 {
		t.Errorf("the first of %d clusters: %+v", len(clusters), clusters[0])
	}
	n := 0
	for _, c := range clusters {
		n += c.Count
	}
	if n != len(list) {
		t.Errorf("%d questions are in clusters, of %d", n, len(list))
	}
}

// BenchmarkClusterAsked sets the old way beside the new one; see
// clusterByAll.
func BenchmarkClusterAsked(b *testing.B) {
	for kind := range kinds {
		few, many := asked(kind, 2_000), asked(kind, 100_000)
		b.Run(kind+"/all-pairs/2000", func(b *testing.B) {
			for b.Loop() {
				clusterByAll(few)
			}
		})
		b.Run(kind+"/2000", func(b *testing.B) {
			for b.Loop() {
				staff.ClusterAsked(staff.Heard{Asked: few})
			}
		})
		b.Run(kind+"/100000", func(b *testing.B) {
			for b.Loop() {
				staff.ClusterAsked(staff.Heard{Asked: many})
			}
		})
	}
}
