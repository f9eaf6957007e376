package index

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"lianwen/corpus"
)

// Said is what was said before a message: what was asked, the articles found for
// it, best first, and the reply as it was read. The zero Said is the beginning of
// a talk.
type Said struct {
	Question string
	Articles []*corpus.Article
	Reply    string
}

// Said is what the next message may lean on: a question that leaned on another
// brings that along.
func (r Result) Said(q Query) Said {
	said := Said{Question: q.Text}
	if r.Leaned && runes(q.Before.Question) < mostSaid {
		said.Question = q.Before.Question + "，" + q.Text
	}
	for _, h := range r.Hits {
		said.Articles = append(said.Articles, h.Article)
	}
	return said
}

// mostSaid is how long what was said before may be, in characters, to be brought
// along with what leaned on it.
const mostSaid = 60

var (
	// sequel is how a message ends that puts something else in the place of what
	// was asked about: 那实名的呢, 高铁晚点的也这么算.
	sequel = regexp.MustCompile(`(?:的|了)?呢[？?。]*$|也(?:一样|这样|这么|是|算|行|要|得|不行|受)`)
	// connective is what a message may begin with that goes on from another, and
	// that says nothing itself.
	connective = regexp.MustCompile(`^(?:那要是|那如果|那么?|要是|如果|假如|万一|还有(?:就是)?|另外|而且|但是?|可是?|不过|然后|比如说?|这个|这种)`)
	// aspects are what can be asked of any matter.
	aspects = sortedByLength(`例外 特殊情况 特殊 期限 时限 时间 期间 地点 标准 条件 流程 程序 步骤 手续 材料 后果 处罚 处分 罚款 依据 范围 金额 费用 名额 人数 次数 要求
		批准 审批 批 同意 签字 登记 备案 报告 报备 申请 通知 公开 公示 保密 延期 延长 超过 超了 逾期 过期 提前 交给 写给 交 找 填 写 表格 表 电话 联系 负责 管 补 必须 一定 最晚 最迟 最多 最少 天 次 人 件 月 年 讲 说 问 办 弄 来 去 发 收 给 要 用 带 拿 到 算 报`)
)

// A message that leans has few words of its own, in characters, and what was talked
// about has most of what it says: leanShare of its pairs and words, by weight. Of a
// message that finds nothing alone less is asked, and of one that begins or ends
// like a sequel.
const (
	mostLeaning     = 10
	mostLeaningNone = 7
	mostSequel      = 14
	leanShare       = 0.35
	leanShareNone   = 0.2
	leanShareSequel = 0.12
	// hereShare is what the best article talked about must have of what the best
	// article of all has for the message.
	hereShare = 0.55
)

// leans reports whether a message is to be asked together with what was said
// before it: when it says little, and that little can be said of what was talked
// about nearly as well as of anything else. Nothing but words of asking, or what
// can be asked of any matter (要登记吗, 有没有例外), always leans. A message that is
// answered when it is asked alone stands by itself, unless it ends like a sequel
// (…的呢, 也一样); so does one that is asked again.
func (x *Index) leans(ctx context.Context, folded string, q Query, alone Result) (bool, error) {
	if q.Before.Question == "" || len(q.Before.Articles) == 0 {
		return false, nil
	}
	own := compact(content(connective.ReplaceAllString(folded, "")))
	most, least := mostLeaning, leanShare
	switch {
	case compact(fold(q.Before.Question)) == compact(folded):
		return false, nil
	case onlyAspects(own):
		return true, nil
	case sequel.MatchString(folded) || connective.MatchString(folded) && alone.Outcome != Answered:
		most, least = mostSequel, leanShareSequel
	case alone.Outcome == Answered:
		return false, nil
	case alone.Outcome == None:
		most, least = mostLeaningNone, leanShareNone
	}
	if runes(own) > most {
		return false, nil
	}
	one, err := x.newQuestion(own)
	if err != nil {
		return false, err
	}
	s := x.newScan()
	defer s.release()
	if err := s.score(ctx, one.terms, textFields); err != nil {
		return false, err
	}
	rules := talkedRules(q.Before)
	said, here, err := x.sayable(one, rules, fold(q.Before.Question))
	if err != nil || here < least*said {
		return false, err
	}
	top, topHere := float32(0), float32(0)
	for u, score := range s.own {
		top = max(top, score)
		if slices.Contains(rules, x.units[u].Rule) {
			topHere = max(topHere, score)
		}
	}
	return topHere >= hereShare*top, nil
}

// sayable is what the pairs and words of a scored question weigh, and what those
// weigh that rules have, in an article or a line, or the text before.
func (x *Index) sayable(q *question, rules []*corpus.Rule, before string) (all, here float64, err error) {
	p, err := x.postings()
	if err != nil {
		return 0, 0, err
	}
	var units []uint32
	for _, t := range q.terms {
		if t.single() || t.scaffold || t.synonym {
			continue
		}
		all += t.idf
		found := strings.Contains(before, t.text)
		for _, field := range textFields {
			if found {
				break
			}
			l, err := p.find(field, t.text)
			if err != nil {
				return 0, 0, err
			}
			units = p.units(l, units[:0])
			found = slices.ContainsFunc(units, func(u uint32) bool { return slices.Contains(rules, x.units[u].Rule) })
		}
		if found {
			here += t.idf
		}
	}
	return all, here, nil
}

// onlyAspects reports whether a text is nothing but aspects and figures.
func onlyAspects(text string) bool {
	for text != "" {
		rest := strings.TrimLeft(text, "零一二两三四五六七八九十百千万")
		for _, w := range aspects {
			if tail, ok := strings.CutPrefix(rest, w); ok {
				rest = tail
				break
			}
		}
		if rest == text {
			return false
		}
		text = rest
	}
	return true
}

// lean asks a message together with what was said before it.
func (x *Index) lean(ctx context.Context, folded string, q Query) (Result, error) {
	asked, err := x.newQuestion(folded, aside{fold(q.Before.Question), beforeShare, beforeMost})
	if err != nil {
		return Result{}, err
	}
	asked.before = q.Before
	res, err := x.find(ctx, asked, q)
	res.Leaned = true
	return res, err
}

// talkedRules are the rules of the two articles that were quoted first.
func talkedRules(before Said) []*corpus.Rule {
	var rules []*corpus.Rule
	for _, a := range before.Articles[:min(2, len(before.Articles))] {
		if !slices.Contains(rules, a.Rule) {
			rules = append(rules, a.Rule)
		}
	}
	return rules
}

// nearTalk lets articles come first that belong to what was talked about: those
// of the first rule, then those of the second and what the quoted articles cite.
func (x *Index) nearTalk(q *question, ranked []candidate) {
	before := q.before
	if len(ranked) == 0 || len(before.Articles) == 0 {
		return
	}
	rules := talkedRules(before)
	cited := map[*corpus.Rule]bool{}
	for _, a := range before.Articles[:min(2, len(before.Articles))] {
		for _, ref := range a.Refs {
			if ref.Target != nil {
				cited[ref.Target.Rule] = true
			}
		}
	}
	top, telling := ranked[0].score, q.kinds.telling()
	for i, c := range ranked {
		switch r := x.units[c.unit].Rule; {
		case r == rules[0]:
			ranked[i].score += sameRule * top
		case slices.Contains(rules, r) || cited[r]:
			ranked[i].score += citedRule * top
		}
		if len(telling) > 0 && telling.in(fold(x.units[c.unit].Text)) {
			ranked[i].score += kindRule * top
		}
	}
	byScore(ranked)
}

// What belonging to what was talked about is worth, as shares of the best score;
// kindRule is what holding what is asked for is; beforeShare is what the words of
// the question before count for.
const (
	sameRule    = 0.8
	citedRule   = 0.5
	kindRule    = 0.5
	beforeShare = 1
	beforeMost  = 2
)
