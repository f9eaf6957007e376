package talk

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
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
// whether it has. The reply does not wait for the ledger: that it cannot be kept
// is no reason to keep the answer back. What may hold a binding code is not kept.
func (t *turn) keepAsked(ctx context.Context, question string, outcome index.Outcome) bool {
	kept := map[index.Outcome]string{index.None: ledger.AskedNone, index.Choices: ledger.AskedChoices}[outcome]
	if kept == "" || t.records() == nil || staff.HoldsCode(question) || leaveWords.MatchString(question) {
		return false
	}
	asking := &turn{config: t.config, in: t.in} // the turn ends while this may go on
	return t.keeper.keep(ctx, func(ctx context.Context) error {
		_, askers, err := asking.asker(ctx)
		if err != nil {
			return err
		}
		q := ledger.Asked{At: t.config.Now(), Channel: asking.in.Channel, Outcome: kept, Question: question, Asker: askers[0]}
		return asking.records().Ask(ctx, q)
	}, func(err error) { asking.config.Log.Warn("没有查到的问题没有记下", "err", err) })
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
