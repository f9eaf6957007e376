package shelf

import (
	"cmp"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/corpus"
)

// Versions are all versions of a rule, named by id, title or alias; the oldest first.
func Versions(c *corpus.Corpus, name string) ([]*corpus.Rule, error) {
	if c == nil {
		return nil, bot.NotFound.Sayf("制度库里还没有制度。请先用 lianwen import 导入。")
	}
	rule := c.RuleByID(name)
	if rule == nil {
		rule = c.RuleByName(name)
	}
	if rule == nil {
		i := slices.IndexFunc(c.Rules, func(r *corpus.Rule) bool { return corpus.NormalizeTitle(r.Title) == corpus.NormalizeTitle(name) })
		if i < 0 {
			return nil, bot.NotFound.Sayf("制度库里没有《%s》。请写名称或 id，运行 lianwen check 可看到全部。", strings.Trim(name, "《》"))
		}
		rule = c.Rules[i]
	}
	var out []*corpus.Rule
	for _, r := range c.Rules {
		if r.ID == rule.ID {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b *corpus.Rule) int {
		return cmp.Or(strings.Compare(string(a.Effective), string(b.Effective)), -cmp.Compare(boolInt(a.Repealed), boolInt(b.Repealed)))
	})
	return out, nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Between compares two neighbouring versions: that which took effect on a day, or
// the last one for "", with the one before it.
func Between(versions []*corpus.Rule, effective corpus.Date) (*corpus.Comparison, error) {
	last := len(versions) - 1
	if effective != "" {
		last = slices.IndexFunc(versions, func(r *corpus.Rule) bool { return r.Effective == effective })
	}
	if last < 0 {
		days := make([]string, len(versions))
		for i, r := range versions {
			days[i] = string(r.Effective)
		}
		return nil, bot.NotFound.Sayf("没有 %s 起施行的版本。有的是：%s。", effective, strings.Join(days, "、"))
	}
	if last == 0 {
		return nil, bot.NotFound.Sayf("《%s》只有这一个版本，没有可以对照的旧版。", versions[last].Title)
	}
	return corpus.Compare(versions[last-1], versions[last]), nil
}
