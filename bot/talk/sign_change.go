package talk

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// hand is the hand of who gives a command.
func (t *turn) hand(ctx context.Context) (staff.Hand, error) {
	m, err := t.member(ctx)
	if err != nil {
		return staff.Hand{}, err
	}
	return t.config.Desk.Hand(ctx, m.Number, ledger.StaffActor(m.Number))
}

// rangePattern is one number, or the first and the last of several.
var rangePattern = regexp.MustCompile(`([0-9]{1,3})(?:\s*[-–—~至到]+\s*([0-9]{1,3}))?`)

// numbers are those that words name, in order; each stands for a draft.
func (t *turn) numbers(words, usage string) (list []int, err error) {
	last := len(t.state.drafts)
	switch {
	case last == 0:
		return nil, noList()
	case words == "":
		return nil, bot.Invalid.Sayf("请写上第几条，如“%s”。", usage)
	case slices.Contains(allWords, words):
		for n := range last {
			list = append(list, n+1)
		}
		return list, nil
	}
	text := strings.Join(strings.FieldsFunc(norm.NFKC.String(arabic(words)), func(r rune) bool { return strings.ContainsRune("第条号", r) }), "")
	for _, m := range rangePattern.FindAllStringSubmatch(text, -1) {
		from := counted(m[1])
		to := from
		if m[2] != "" {
			to = counted(m[2])
		}
		if from < 1 || to > last || to < from {
			return nil, bot.Invalid.Sayf("“%s”不对，有 1 到 %d 条，如“%s”。一条也没有办。", m[0], last, usage)
		}
		for n := from; n <= to; n++ {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// runApproveDrafts approves what was read.
func runApproveDrafts(ctx context.Context, t *turn, words string) (string, error) {
	list, err := t.numbers(words, "批准 1-3")
	if err != nil {
		return "", err
	}
	hand, err := t.hand(ctx)
	if err != nil {
		return "", err
	}
	var unread []int
	var seen []staff.SeenDraft
	number := map[ledger.DraftKey]int{}
	for _, n := range list {
		s := t.state.drafts[n-1]
		if s.digest == "" {
			unread = append(unread, n)
			continue
		}
		number[s.key] = n
		seen = append(seen, staff.SeenDraft{Key: s.key, Digest: s.digest})
	}
	done, err := t.config.Desk.Sign(ctx, hand, seen)
	if err != nil {
		return "", err
	}
	return signedInWords(done, number, unread, t), nil
}

// signedInWords says what became of an approval, a line for each kind.
func signedInWords(done staff.Signed, number map[ledger.DraftKey]int, unread []int, t *turn) string {
	of := func(list []staff.DraftStatus) (numbers []int) {
		for _, d := range list {
			numbers = append(numbers, number[d.Key()])
		}
		return numbers
	}
	var lines []string
	if len(done.Approved) > 0 {
		lines = append(lines, fmt.Sprintf("已签发 %d 条：%s。到时按签发的文字发。", len(done.Approved), joined(of(done.Approved))))
	}
	if full := slices.DeleteFunc(slices.Clone(done.Approved), func(d staff.DraftStatus) bool { return !d.Yields }); len(full) > 0 {
		lines = append(lines, fmt.Sprintf("其中 %s 超过一天或一周最多发的条数，要让给更要紧的，多半轮不上。", joined(of(full))))
	}
	if len(done.Changed) > 0 {
		n := of(done.Changed)
		lines = append(lines, fmt.Sprintf("%s 内容已改过，请再看一遍：回复“签发 %d”。没有批准。", joined(n), n[0]))
	}
	for _, d := range done.Refused {
		lines = append(lines, fmt.Sprintf("%d %s，没有批准。", number[d.Key()], d.Chinese(t.config.Location)))
	}
	for _, key := range done.Gone {
		lines = append(lines, fmt.Sprintf("%d 已经没有了：推送日历变了，请再发“签发”。", number[key]))
	}
	if n := t.firstUnread(); len(unread) == 0 && len(done.Approved) > 0 && n < len(t.state.drafts) {
		lines = append(lines, "下面还有没看的：回复“签发 更多”。")
	}
	if len(unread) > 0 {
		lines = append(lines, fmt.Sprintf("%s 还没有看过，没有批准：回复“签发 更多”或“签发 %d”看。", joined(unread), unread[0]))
	}
	return strings.Join(lines, "\n")
}

// joined are numbers in one line, with ranges: 1-3、5.
func joined(numbers []int) string {
	slices.Sort(numbers)
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if j > i {
			parts = append(parts, fmt.Sprintf("%d-%d", numbers[i], numbers[j]))
		} else {
			parts = append(parts, fmt.Sprint(numbers[i]))
		}
		i = j + 1
	}
	return strings.Join(parts, "、")
}

// runWithdrawDrafts takes approvals back.
func runWithdrawDrafts(ctx context.Context, t *turn, words string) (string, error) {
	list, err := t.numbers(words, "撤回 3")
	if err != nil {
		return "", err
	}
	hand, err := t.hand(ctx)
	if err != nil {
		return "", err
	}
	var withdrawn, unsigned []int
	var lines []string
	for _, n := range list {
		d, err := t.pointed(ctx, n)
		if err == nil && !d.Closed() && !d.Record.Approved {
			unsigned = append(unsigned, n)
			continue
		}
		if err == nil {
			_, err = t.config.Desk.Withdraw(ctx, hand, d.Key())
		}
		switch {
		case err != nil && bot.CodeOf(err) == 0:
			return "", err
		case err != nil:
			lines = append(lines, fmt.Sprintf("%d %s", n, bot.Say(err)))
		default:
			withdrawn = append(withdrawn, n)
		}
	}
	if len(withdrawn) > 0 {
		lines = append(lines, fmt.Sprintf("已撤回 %d 条：%s。重新批准以前不发；要换、要改，回复“换 %d”“改 %d 新的文字”。", len(withdrawn), joined(withdrawn), withdrawn[0], withdrawn[0]))
	}
	if len(unsigned) > 0 {
		lines = append(lines, joined(unsigned)+" 还没有签发，不用撤回。")
	}
	return strings.Join(lines, "\n"), nil
}

// choicesAtOnce is how many contents are offered at a time in the place of one.
const choicesAtOnce = 4

// runReplaceDraft offers contents in the place of a draft's, or puts one there.
func runReplaceDraft(ctx context.Context, t *turn, words string) (string, error) {
	m := replacePattern.FindStringSubmatch(words)
	if m == nil {
		return "", bot.Invalid.Sayf("请写上第几条，如“换 3”。")
	}
	n := counted(m[1])
	d, err := t.pointed(ctx, n)
	if err != nil {
		return "", err
	}
	if m[2] == "" {
		return t.offerContents(ctx, n, d, counted(m[3]))
	}
	hand, err := t.hand(ctx)
	if err != nil {
		return "", err
	}
	if d, err = t.config.Desk.Replace(ctx, hand, staff.SeenDraft{Key: d.Key()}, m[2]); err != nil {
		return "", err
	}
	t.read(n-1, d)
	return "换好了，要重新批准。\n" + t.wholeDraft(n, d), nil
}

// offerContents offers what could take the place of a draft's content, from one on,
// for a digit to choose.
func (t *turn) offerContents(ctx context.Context, n int, d staff.DraftStatus, from int) (string, error) {
	list, err := t.config.Desk.Choices(ctx, d.Key())
	if err != nil {
		return "", err
	}
	if from >= len(list) {
		return "没有别的可以换了。", nil
	}
	lines := []string{fmt.Sprintf("第 %d 条现在是“%s”，换成哪一则？回复数字：", n, begins(d.Push.Title, 2*draftTitleRunes))}
	var messages []string
	for i, choice := range list[from:min(len(list), from+choicesAtOnce)] {
		lines = append(lines, fmt.Sprintf("%d %s", i+1, begins(choice.Title, 2*draftTitleRunes)))
		messages = append(messages, fmt.Sprintf("换 %d %s", n, choice.ID))
	}
	if next := from + choicesAtOnce; next < len(list) {
		lines = append(lines, fmt.Sprintf("%d 看别的", len(messages)+1))
		messages = append(messages, fmt.Sprintf("换 %d 更多%d", n, next))
	}
	t.choices(messages)
	return strings.Join(lines, "\n"), nil
}

// runEditDraft puts staff's own words in the place of the library's.
func runEditDraft(ctx context.Context, t *turn, words string) (string, error) {
	m := editPattern.FindStringSubmatch(words)
	if m == nil || m[2] == "" {
		return "", bot.Invalid.Sayf("请写上第几条和新的文字，如“改 3 包拯不持一砚归。”。")
	}
	n := counted(m[1])
	d, err := t.pointed(ctx, n)
	if err != nil {
		return "", err
	}
	hand, err := t.hand(ctx)
	if err != nil {
		return "", err
	}
	if d, err = t.config.Desk.Edit(ctx, hand, staff.SeenDraft{Key: d.Key()}, t.edited(m[2])); err != nil {
		return "", err
	}
	t.read(n-1, d)
	return "改好了，要重新批准；制度库里的没有动。\n" + t.wholeDraft(n, d), nil
}
