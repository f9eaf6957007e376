package talk

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/index"
)

// asker is who has sent the message: the member, if known, and what may stand
// for them in the records of questions, the first of it in new ones. That is no
// name, and nobody who has but the ledger can find out whose it is: it is there
// so that people can have their questions deleted.
func (t *turn) asker(ctx context.Context) (m ledger.Member, askers []string, err error) {
	whoever := [][]string{{t.in.Channel, t.in.Sender}}
	m, err = t.member(ctx)
	switch {
	case isUnknown(err):
		m = ledger.Member{}
	case err != nil:
		return m, nil, err
	default:
		whoever = append([][]string{{"member", m.Number}}, whoever...)
	}
	for _, who := range whoever {
		askers = append(askers, t.standsFor(who))
	}
	for _, who := range whoever { // earlier versions had no key
		sum := sha256.Sum256([]byte(strings.Join(who, "\x00")))
		askers = append(askers, hex.EncodeToString(sum[:askerBytes]))
	}
	return m, askers, nil
}

// askerBytes is how much of a hash stands for an asker.
const askerBytes = 16

// standsFor is what stands for somebody where Config.Key is known.
func (t *turn) standsFor(who []string) string {
	mac := hmac.New(sha256.New, t.config.Key)
	mac.Write([]byte(strings.Join(who, "\x00")))
	return hex.EncodeToString(mac.Sum(nil)[:askerBytes])
}

// keepAsked keeps a question that found nothing or only choices, and reports
// whether it has.
func (t *turn) keepAsked(ctx context.Context, question string, outcome index.Outcome) bool {
	kept := keptOutcomes[outcome]
	if kept == ledger.AskedAnswered || !t.mayKeep(question) {
		return false
	}
	return t.keep(ctx, func(ctx context.Context, asking *turn, asker string) error {
		q := ledger.Asked{At: asking.config.Now(), Channel: asking.in.Channel, Outcome: kept, Question: question, Asker: asker}
		return asking.records().Ask(ctx, q)
	}, "没有查到的问题没有记下")
}

// keptOutcomes are what outcomes are called in the records.
var keptOutcomes = map[index.Outcome]string{index.None: ledger.AskedNone, index.Choices: ledger.AskedChoices, index.Answered: ledger.AskedAnswered}

// mayKeep reports whether a question may be kept: not what may hold a binding code, or
// is about somebody's leave.
func (t *turn) mayKeep(question string) bool {
	return t.records() != nil && MayKeep(question)
}

// keep records something of who has sent the message, and reports whether it has. The
// reply does not wait for the ledger: that it cannot be kept is no reason to keep the
// answer back.
func (t *turn) keep(ctx context.Context, record func(ctx context.Context, asking *turn, asker string) error, failed string) bool {
	asking := &turn{config: t.config, in: t.in} // the turn ends while this may go on
	return t.keeper.keep(ctx, func(ctx context.Context) error {
		_, askers, err := asking.asker(ctx)
		if err != nil {
			return err
		}
		return record(ctx, asking, askers[0])
	}, func(err error) { asking.config.Log.Warn(failed, "err", err) })
}

// searched is a question that the digits lead on from.
type searched struct {
	question, outcome string
	answers           int      // as many digits lead to what was the answer
	chosen            []string // the articles that are on record as chosen
}

// leadOn notes the question that the digits lead on from. Who asks for an article by
// its number or a rule by its name has said which.
func (t *turn) leadOn(question string, res index.Result) {
	if res.Exact() || res.Named != nil || res.Unknown != "" || !t.mayKeep(question) {
		return
	}
	t.state.searched, t.changed = searched{question: question, outcome: keptOutcomes[res.Outcome]}, true
	if res.Outcome == index.Answered {
		t.state.searched.answers = max(1, res.Answers)
	}
}

// keepChosen keeps which article a digit has led to from a question, once each.
func (t *turn) keepChosen(ctx context.Context, digit int, meant string) {
	s := t.state.searched
	key, ok := strings.CutPrefix(meant, "全文 ")
	if s.question == "" || !ok || digit <= s.answers || slices.Contains(s.chosen, key) || t.corpus.Article(key) == nil {
		return
	}
	t.state.searched.chosen, t.changed = append(slices.Clone(s.chosen), key), true
	t.keep(ctx, func(ctx context.Context, asking *turn, asker string) error {
		c := ledger.Chosen{At: asking.config.Now(), Outcome: s.outcome, Question: s.question, Cite: key, Asker: asker}
		return asking.records().Choose(ctx, c)
	}, "接着看了哪一条没有记下")
}

// rate is the command 有用 or 没用.
func rate(useful bool) func(context.Context, *turn, string) (string, error) {
	return func(ctx context.Context, t *turn, _ string) (string, error) {
		switch {
		case t.state.question == "":
			return "", bot.NotFound.Sayf("现在没有可以评价的回答。请先提问，看了回答再回复“有用”或“没用”。")
		case t.state.cite == "" && useful:
			return "好的。", nil
		case t.state.cite == "" && t.state.kept:
			return "这个问题没有直接查到，已经记下（不记名字），工作人员会看到。急着要答复，请问" + t.config.Contact + "。", nil
		case t.state.cite == "":
			return "这个问题没有直接查到，也没有记下。要答复，请问" + t.config.Contact + "。", nil
		}
		_, askers, err := t.asker(ctx)
		if err != nil {
			return "", err
		}
		r := ledger.Rating{At: t.config.Now(), Channel: t.in.Channel, Question: t.state.question, Cite: t.state.cite, Useful: useful, Asker: askers[0]}
		if err := t.records().Rate(ctx, r); err != nil {
			return "", err
		}
		t.state.question, t.state.cite, t.changed = "", "", true // an answer is rated once
		if useful {
			return "记下了，谢谢。", nil
		}
		return "记下了（不记名字），工作人员会看这个问题。可以换个说法再问，或咨询" + t.config.Contact + "。", nil
	}
}
