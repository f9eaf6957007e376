package main

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Each look has its own time: what does not answer is said, with how long it was waited
// for, and keeps nobody from saying what they have found.
func TestLooksTakeTheirTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		after := func(d time.Duration) func(context.Context, *findings) {
			return func(ctx context.Context, found *findings) {
				select {
				case <-time.After(d):
					found.problem("台账", "看完了", "")
				case <-ctx.Done():
					found.problem("台账", "没有时间了", "")
				}
			}
		}
		hangs := make(chan struct{})
		begun := time.Now()
		got := lookAtAll(t.Context(), []look{
			{where: "台账", within: 20 * time.Second, at: after(19 * time.Second)},
			{where: "推送", at: after(checkTime - time.Second)},
			{where: "索引", fix: "请检查磁盘", at: func(context.Context, *findings) { <-hangs }},
			{where: "大的", large: true, at: func(context.Context, *findings) { <-hangs }},
			{where: "台账", within: 20 * time.Second, at: after(time.Hour)},
		})
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("took %v", took)
		}
		for i, want := range []string{"看完了", "看完了", "没有在 4 秒里看完", "没有在 4 秒里看完", "没有时间了"} {
			said := got[i].problems
			if i == 3 {
				said = got[i].warnings
			}
			if len(said) != 1 || !strings.HasPrefix(said[0].What, want) && !(i == 4 && strings.HasPrefix(said[0].What, "没有在 20 秒里看完")) {
				t.Errorf("%d: %+v, want %q", i, said, want)
			}
		}
		close(hangs)
	})
}
