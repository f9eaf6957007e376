package talk

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

var (
	// speaksOfCodes is in messages about a binding code.
	speaksOfCodes = regexp.MustCompile(`绑|綁|码|碼|CODE`)
	// asks is in messages that ask something.
	asks = regexp.MustCompile(`[?吗么呢哪谁怎几多少啥何]|什么|能不能|可不可以`)
	// typedCode is a message that is no code, but was meant for one: letters and
	// digits and nothing else, behind 绑定 or alone.
	boundWith = regexp.MustCompile(`^(?:我的?|请|帮我)*(?:绑定|綁定)(?:码|碼)?(?:是|为)?[^\pL\pN]*([A-Z0-9][A-Z0-9-]{3,15})[^\pL\pN]*$`)
	alone     = regexp.MustCompile(`^[^\pL\pN]*([A-Z0-9]{7,9})[^\pL\pN]*$`)
)

// fewWords is how many letters beside a code leave a message one that brings it:
// a greeting, a number, a name.
const fewWords = 8

// codeIn is the binding code that a message brings; sure is false when it may be
// something else. This is the rule:
//
//   - what looks like a code is one (staff.FindCode), where the message speaks of
//     codes or says nothing besides; where it says few words and asks nothing, it
//     may be one;
//   - letters and digits alone are one, behind 绑定, or when they are about as many
//     as a code has, and both.
func codeIn(text string) (code string, sure bool) {
	key := bot.Key(text)
	if found, rest, ok := staff.FindCode(text); ok {
		n := 0
		for _, r := range rest {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				n++
			}
		}
		switch {
		case n == 0, speaksOfCodes.MatchString(key):
			return found, true
		case n <= fewWords && !asks.MatchString(key):
			return found, false
		}
		return "", false
	}
	if m := boundWith.FindStringSubmatch(key); m != nil {
		return plainCode(m[1]), true
	}
	if m := alone.FindStringSubmatch(key); m != nil && strings.ContainsAny(m[1], "0123456789") && strings.Trim(m[1], "0123456789") != "" {
		return m[1], true
	}
	return "", false
}

// plainCode is a code as it was given out, whatever it was typed like.
func plainCode(typed string) string {
	if code, _, ok := staff.FindCode(typed); ok {
		return code
	}
	return strings.ReplaceAll(bot.Key(typed), "-", "")
}

// withoutCodes is a text without what could be a binding code.
func withoutCodes(text string) string {
	for {
		_, rest, ok := staff.FindCode(text)
		if !ok {
			return text
		}
		text = strings.TrimSpace(rest)
	}
}

// voidCodes makes the codes that a text shows to others good for nothing, and
// reports whether there was one that was good.
func (t *turn) voidCodes(ctx context.Context, text string) (voided bool, err error) {
	for {
		code, rest, ok := staff.FindCode(text)
		if !ok {
			return voided, nil
		}
		good, err := t.records().VoidCode(ctx, code, ledger.NobodyActor, t.config.Now())
		if err != nil {
			return voided, err
		}
		voided, text = voided || good, rest
	}
}

// shownInGroup deals with a code that a group has seen; said is false when there
// was none.
func (t *turn) shownInGroup(ctx context.Context, text string) (reply string, said bool, err error) {
	voided, err := t.voidCodes(ctx, text)
	if err != nil {
		return "", true, t.unrecorded(err, "绑定码不要发在群里。台账现在写不进去，这个码没能作废：请马上告诉工作人员，换一个新的。")
	}
	if code, _ := codeIn(text); code == "" && !voided {
		return "", false, nil
	}
	return "", true, bot.Forbidden.Sayf("绑定码不要发在群里：大家都看得到，这个码已经作废。请向工作人员要一个新的，再私聊我发送“绑定 新的码”。%s", t.how())
}

// runBind binds a sender to a member.
func runBind(ctx context.Context, t *turn, code string) (string, error) {
	if code == "" {
		return "", bot.Invalid.Sayf("请写上绑定码，如“绑定 K7QM3XWP”；绑定码请向工作人员索取。")
	}
	m, err := t.records().Bind(ctx, t.sender(), plainCode(code), t.config.Now())
	if errors.Is(err, ledger.ErrNoCode) {
		return t.notBound(ctx)
	}
	switch {
	case errors.Is(err, ledger.ErrTooMany):
		return "", bot.Unavailable.Sayf("试的次数太多，请一小时后再试，或联系%s。", t.config.Contact)
	case err != nil:
		return "", err
	}
	t.drills("") // a letter is for the daily question now
	return t.boundAs(m), nil
}

// notBound is said of a code that binds nobody. One that was sent before, to a
// process that has ended since, has done its work.
func (t *turn) notBound(ctx context.Context) (string, error) {
	wrong := "这个绑定码不对、用过了或者过期了（在群里发过的，已经作废）。请核对，或向工作人员换一个。"
	m, err := t.records().Identify(ctx, t.sender())
	switch {
	case isUnknown(err):
		return "", bot.NotFound.Sayf("%s", wrong)
	case err != nil:
		return "", err
	case t.in.Again:
		return t.boundAs(m), nil
	}
	return "", bot.NotFound.Sayf("%s\n您现在绑定的是%s（%s），没有变。", wrong, m.Name, m.Number)
}

// boundAs says who a sender is now.
func (t *turn) boundAs(m ledger.Member) string {
	if m.Staff {
		return fmt.Sprintf("绑定好了：%s（%s），工作人员。\n私聊可以发：%s；“解绑”取消绑定。", m.Name, m.Number, t.staffCommands())
	}
	return fmt.Sprintf("绑定好了：%s（%s）。\n每日一题私聊回复一个字母即可；“我的记录”看自己的记录，“解绑”取消绑定。", m.Name, m.Number)
}

// runUnbind forgets who a sender is.
func runUnbind(ctx context.Context, t *turn, _ string) (string, error) {
	err := t.records().Unbind(ctx, t.sender(), t.config.Now())
	if isUnknown(err) && !t.in.Again { // else it is done already
		return "", bot.NotFound.Sayf("您还没有绑定。")
	}
	if err != nil && !isUnknown(err) {
		return "", err
	}
	return "已解绑。以前的答题记录仍在履职档案里；再绑定请向工作人员要新的绑定码。", nil
}
