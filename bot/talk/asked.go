package talk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/index"
	"strings"
)

// asker is who has sent the message: the member, if known, and what stands for
// them in the records of questions, newest first. That is no name: it is there
// so that people can have their questions deleted.
func (t *turn) asker(ctx context.Context) (m ledger.Member, askers []string, err error) {
	stands := func(parts ...string) string {
		sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
		return hex.EncodeToString(sum[:16])
	}
	askers = []string{stands(t.in.Channel, t.in.Sender)}
	if m, err = t.member(ctx); isUnknown(err) {
		return ledger.Member{}, askers, nil
	}
	return m, append([]string{stands("member", m.Number)}, askers...), err
}

// keepAsked keeps a question that found nothing or only choices. That it cannot
// be kept is no reason to keep the answer back.
func (t *turn) keepAsked(ctx context.Context, question string, outcome index.Outcome) {
	kept := map[index.Outcome]string{index.None: ledger.AskedNone, index.Choices: ledger.AskedChoices}[outcome]
	if kept == "" || t.records() == nil {
		return
	}
	_, askers, err := t.asker(ctx)
	if err == nil {
		q := ledger.Asked{At: t.config.Now(), Channel: t.in.Channel, Outcome: kept, Question: question, Asker: askers[0]}
		err = t.records().Ask(ctx, q)
	}
	if err != nil {
		t.config.Log.Warn("没有查到的问题没有记下", "err", err)
	}
}

// rate is the command 有用 or 没用.
func rate(useful bool) func(context.Context, *turn, string) (string, error) {
	return func(ctx context.Context, t *turn, _ string) (string, error) {
		switch {
		case t.state.question == "":
			return "", bot.NotFound.Sayf("现在没有可以评价的回答。请先提问，看了回答再回复“有用”或“没用”。")
		case t.state.cite == "" && useful:
			return "好的。", nil
		case t.state.cite == "":
			return "这个问题没有直接查到，已经记下（不记名字），工作人员会看到。急着要答复，请问" + t.config.Contact + "。", nil
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
