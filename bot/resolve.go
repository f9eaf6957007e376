package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// verdicts are what staff may find where a push should be.
var verdicts = map[string]PushState{"已发": PushSent, "没发": PushFailed}

// resolveShown is how many uncertain pushes one message lists.
const resolveShown = 5

// runResolve lists the pushes of which nobody knows whether they went out, and
// records what staff have found.
func runResolve(ctx context.Context, b *turn, words string, s step) (output, error) {
	if words != "" {
		text, err := b.resolve(ctx, strings.Fields(words), s)
		return output{text: text}, err
	}
	now := b.config.Now().In(b.config.Location)
	records, err := b.config.Records.Pushes(ctx, dateOf(now.AddDate(0, 0, -farthestBack)), dateOf(now))
	if err != nil {
		return output{}, err
	}
	records = slices.DeleteFunc(records, func(r PushRecord) bool { return r.State != PushUncertain })
	if len(records) == 0 {
		return output{text: "最近一个月没有不确定的推送。"}, nil
	}
	lines := []string{fmt.Sprintf("不确定有没有发出的推送 %d 条，请去看一看：", len(records))}
	out := output{}
	for i, r := range records[:min(len(records), resolveShown)] {
		lines = append(lines, fmt.Sprintf("%d %s %s → %s：%s", i+1, r.Date.Chinese(), r.Name, targetName(r.Target), r.Title))
		out.uncertain = append(out.uncertain, r.Key())
	}
	out.text = strings.Join(append(lines, "回复“核实 1 已发”或“核实 1 没发”，记下来；不会重发。"), "\n")
	return out, nil
}

// resolve records a verdict on one of the pushes that were listed.
func (b *turn) resolve(ctx context.Context, words []string, s step) (string, error) {
	usage := Sayf("请先发“核实”看有哪些，再写成“核实 1 已发”或“核实 1 没发”。")
	if len(words) != 2 {
		return "", usage
	}
	state, known := verdicts[words[1]]
	n, err := strconv.Atoi(words[0])
	if !known || err != nil || n < 1 || n > len(s.uncertain) {
		return "", usage
	}
	actor, err := b.actor(ctx)
	if err != nil {
		return "", err
	}
	key := s.uncertain[n-1]
	r := PushRecord{Push: Push{Name: key.Name, Target: key.Target, Date: key.Date}, State: state, Detail: actor + " 核实", At: b.config.Now()}
	ok, err := b.config.Records.ResolvePush(ctx, r, actor)
	switch {
	case err != nil:
		return "", err
	case !ok:
		return "", Sayf("这一条已经核实过了。")
	}
	return fmt.Sprintf("记下了：%s的“%s”（%s）%s。", key.Date.Chinese(), key.Name, targetName(key.Target), words[1]), nil
}
