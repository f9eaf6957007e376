package talk

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// shownDraft is a text that waits for approval, as its number stands for it.
type shownDraft struct {
	key    ledger.DraftKey
	digest string // of the text that was shown; "" while none was
}

// What the words behind the commands look like. Anything else is a question.
var (
	numberPattern  = regexp.MustCompile(`^第?\s*([0-9０-９]{1,3})\s*[条号]?$`)
	numbersPattern = regexp.MustCompile(`^[0-9０-９\s　,，、;；\-－–—~～至到和第条号]*[0-9０-９][条号]?\s*$`)
	replacePattern = regexp.MustCompile(`^第?\s*([0-9０-９]{1,3})\s*[条号]?(?:\s+([a-z0-9][a-z0-9 -]*)|\s*更多\s*([0-9]{1,3}))?$`)
	editPattern    = regexp.MustCompile(`(?s)^第?\s*([0-9０-９]{1,3})\s*[条号]?(?:[\s　:：,，]+(\S.*))?$`)
)

// more and all are what people say for the rest of a list, and for all of it.
var (
	moreWords = []string{"更多", "下页", "下一页", "还有"}
	allWords  = []string{"全部", "所有", "全都", "都"}
)

func asksToSign(words string) bool {
	return words == "" || slices.Contains(moreWords, words) || numberPattern.MatchString(arabic(words))
}

func asksForDrafts(words string) bool {
	return words == "" || slices.Contains(allWords, words) || numbersPattern.MatchString(arabic(words))
}

// chineseNumeral is a number as it is written in Chinese.
var chineseNumeral = regexp.MustCompile(`[一二两三四五六七八九十]+`)

// arabic are words with their Chinese numbers in digits: 一到三.
func arabic(words string) string {
	return chineseNumeral.ReplaceAllStringFunc(words, func(number string) string {
		if n, ok := corpus.ParseNumeral(number); ok {
			return strconv.Itoa(n)
		}
		return number
	})
}

// allBefore is what is said of all with the command behind it: 全部批准.
var allBefore = regexp.MustCompile(`^(?:全部|所有|全都|都)(?:的)?(?:都)?(批准|撤回)(?:了|吧)?$`)

// commandFirst is a message with such a command before the rest.
func commandFirst(text string) string {
	if m := allBefore.FindStringSubmatch(text); m != nil {
		return m[1] + " 全部"
	}
	return text
}

func asksToReplace(words string) bool { return words == "" || replacePattern.MatchString(words) }

func asksToEdit(words string) bool { return words == "" || editPattern.MatchString(words) }

// counted is a number as it is typed; 0 is none.
func counted(typed string) int {
	n, err := strconv.Atoi(norm.NFKC.String(typed))
	if err != nil {
		return 0
	}
	return n
}

// signCommands are those by which staff approve what is pushed.
func signCommands() []command {
	return []command{
		{name: "签发", usage: "签发", help: "今后几天要推送、要签发的；“签发 3”看全文（配置里写了 approval 的推送）", arg: true, cites: true, fits: asksToSign, records: true, staff: true, signs: true, run: runSign},
		{name: "批准", usage: "批准 1-5", help: "看过的第 1 到 5 条可以发；“批准 全部”是看过的全部", arg: true, cites: true, fits: asksForDrafts, records: true, writes: true, staff: true, signs: true, run: runApproveDrafts},
		{name: "换", usage: "换 3", help: "第 3 条换一则，回复数字选；换过要重新批准", arg: true, cites: true, fits: asksToReplace, records: true, writes: true, staff: true, signs: true, run: runReplaceDraft},
		{name: "改", usage: "改 3 新的文字", help: "第 3 条的正文改成这样，制度库不动；改过要重新批准", arg: true, cites: true, fits: asksToEdit, records: true, writes: true, staff: true, signs: true, run: runEditDraft},
		{name: "撤回", usage: "撤回 3", help: "第 3 条还没有发的，先不发了，等重新批准", arg: true, cites: true, fits: asksForDrafts, records: true, writes: true, staff: true, signs: true, run: runWithdrawDrafts},
	}
}

// runSign lists what waits for approval, goes on with the list, or shows one whole.
func runSign(ctx context.Context, t *turn, words string) (string, error) {
	if m := numberPattern.FindStringSubmatch(arabic(words)); m != nil {
		return t.readDraft(ctx, counted(m[1]))
	}
	list, err := t.config.Desk.Coming(ctx)
	if err != nil {
		return "", err
	}
	from := 0
	if words == "" {
		t.number(list)
	} else {
		from = t.firstUnread()
	}
	switch {
	case words != "" && len(t.state.drafts) == 0:
		return "", noList()
	case len(list) == 0:
		return "今后几天没有要签发的推送。", nil
	case from >= len(t.state.drafts):
		return "没有更多了。看过的回复“批准 全部”，或者写上数字，如“批准 1-3”。", nil
	}
	return t.draftList(list, from), nil
}

// noList is said to who names a number that stands for nothing.
func noList() error { return bot.Invalid.Sayf("请先发“签发”看有哪些，再写数字。") }

// number makes numbers stand for drafts. What was read stays read.
func (t *turn) number(list []staff.DraftStatus) {
	read := map[ledger.DraftKey]string{}
	for _, s := range t.state.drafts {
		read[s.key] = s.digest
	}
	shown := make([]shownDraft, len(list))
	for i, draft := range list {
		shown[i] = shownDraft{draft.Key(), read[draft.Key()]}
	}
	t.state.drafts, t.changed = shown, true
}

// firstUnread is the first that was not shown.
func (t *turn) firstUnread() int {
	if i := slices.IndexFunc(t.state.drafts, func(s shownDraft) bool { return s.digest == "" }); i >= 0 {
		return i
	}
	return len(t.state.drafts)
}

// read notes that a draft has been shown.
func (t *turn) read(i int, draft staff.DraftStatus) {
	drafts := slices.Clone(t.state.drafts)
	drafts[i].digest = draft.Digest()
	t.state.drafts, t.changed = drafts, true
}

// How much of a title and of a text a list shows, in characters.
const (
	draftTitleRunes = 10
	draftTextRunes  = 16
)

// begins is how a text begins, on one line.
func begins(text string, most int) string {
	text, _, _ = strings.Cut(text, "\n")
	if utf8.RuneCountInString(text) > most {
		return string([]rune(text)[:most]) + "…"
	}
	return text
}

// draftList lists drafts from one on, as many as a screen has room for.
func (t *turn) draftList(list []staff.DraftStatus, from int) string {
	const foot = "“签发 %d”看全文，“批准 %d-%d”批准，“签发 更多”往下看。"
	var lines []string
	next := from
	for ; next < len(t.state.drafts); next++ {
		i := slices.IndexFunc(list, func(d staff.DraftStatus) bool { return d.Key() == t.state.drafts[next].key })
		if i < 0 { // no longer there
			continue
		}
		d := list[i]
		item := []string{
			fmt.Sprintf("%d %s %s %s：%s", next+1, d.Push.Due.In(t.config.Location).Format("1月2日15:04"), d.Push.Name, begins(d.Subject(), draftTitleRunes), briefly(d)),
			"  " + begins(d.Body(), draftTextRunes),
		}
		size := utf8.RuneCountInString(strings.Join(append(lines, item...), "")) + 2*utf8.RuneCountInString(foot)
		if len(lines) > 0 && (size > screenRunes || len(lines)+len(item)+2 > screenLines) {
			break
		}
		lines = append(lines, item...)
		t.read(next, d)
	}
	open := len(slices.DeleteFunc(slices.Clone(list), func(d staff.DraftStatus) bool { return d.Why == "" }))
	head := fmt.Sprintf("今后 %d 天要签发的 %d 条，没有签发的 %d 条：", staff.DraftDays, len(list), open)
	lines = append([]string{head}, lines...)
	if next < len(t.state.drafts) {
		return strings.Join(append(lines, fmt.Sprintf(foot, from+1, from+1, next)), "\n")
	}
	return strings.Join(append(lines, fmt.Sprintf("“签发 %d”看全文，“批准 %d-%d”或“批准 全部”批准。", from+1, from+1, next)), "\n")
}

// briefly is where a draft stands, in few words.
func briefly(d staff.DraftStatus) string {
	stands := cmp.Or(d.Why, "已签发（"+d.Approver+"）")
	switch {
	case d.Dropped != "":
		return "没有发"
	case d.Yields:
		return stands + "，多半轮不上"
	}
	return stands
}

// pointed is the draft that a number stands for, as it is now.
func (t *turn) pointed(ctx context.Context, n int) (draft staff.DraftStatus, err error) {
	if len(t.state.drafts) == 0 {
		return draft, noList()
	}
	if n < 1 || n > len(t.state.drafts) {
		return draft, bot.NotFound.Sayf("没有第 %d 条，有 1 到 %d 条。请先发“签发”看有哪些。", n, len(t.state.drafts))
	}
	key := t.state.drafts[n-1].key
	list, err := t.config.Desk.Drafts(ctx, key.Date, key.Date)
	if err != nil {
		return draft, err
	}
	i := slices.IndexFunc(list, func(d staff.DraftStatus) bool { return d.Key() == key })
	if i < 0 {
		return draft, bot.NotFound.Sayf("第 %d 条已经没有了：推送日历变了。请再发“签发”。", n)
	}
	return list[i], nil
}

// readDraft shows one whole.
func (t *turn) readDraft(ctx context.Context, n int) (string, error) {
	d, err := t.pointed(ctx, n)
	if err != nil {
		return "", err
	}
	t.read(n-1, d)
	return t.wholeDraft(n, d), nil
}

// wholeDraft is a draft as it goes out, with what can be done.
func (t *turn) wholeDraft(n int, d staff.DraftStatus) string {
	var names []string
	for _, target := range d.Targets {
		names = append(names, day.TargetName(target))
	}
	if len(names) > 3 {
		names = append(names[:2:2], fmt.Sprintf("等 %d 处", len(d.Targets)))
	}
	head := fmt.Sprintf("第 %d 条 %s %s → %s：%s", n, d.Push.Due.In(t.config.Location).Format("1月2日15:04"), d.Push.Name, strings.Join(names, "、"), d.Chinese(t.config.Location))
	var can []string
	switch {
	case d.Closed():
	case d.Why == "":
		can = []string{fmt.Sprintf("回复“撤回 %d”先不发。", n)}
	case d.Blocked():
		can = []string{fmt.Sprintf("回复“换 %d”换一则。", n)}
	case d.Push.Content == day.CardContent:
		can = []string{fmt.Sprintf("回复“批准 %d”。", n)}
	case d.Push.Content == day.QuestionContent:
		can = []string{fmt.Sprintf("回复“批准 %d”“换 %d”。", n, n)}
	default:
		can = []string{fmt.Sprintf("回复“批准 %d”“换 %d”“改 %d 新的文字”。", n, n, n)}
	}
	return strings.Join(append([]string{head, d.Text}, can...), "\n")
}

// edited are the words of an edit as they were typed, with their line ends and the
// last full stop.
func (t *turn) edited(words string) string {
	raw := strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, t.in.Text))
	m := editPattern.FindStringSubmatch(strings.TrimLeft(strings.TrimPrefix(raw, "改"), " 　:："))
	if m == nil || m[2] == "" {
		return words
	}
	return m[2]
}
