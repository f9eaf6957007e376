package talk_test

import (
	"context"
	"slices"
	"testing"
	"time"
)

// BenchmarkReply is a question from its message to the first screen: the judged
// ones in turn, each asked once before so that the articles they find are divided.
func BenchmarkReply(b *testing.B) {
	x := sampleIndex(b)
	bot := newBot(x)
	all := judged(b)
	ask := func(i int) time.Duration {
		start := time.Now()
		if _, err := bot.Screen(context.Background(), said(all[i%len(all)])[:1], 0); err != nil {
			b.Fatal(err)
		}
		return time.Since(start)
	}
	for i := range all {
		ask(i)
	}
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		took = append(took, ask(i))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
