package shelf

import (
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/corpus"
)

// A group comes, changes and goes in its own line; the rest of the file stays, and each
// change can be taken back.
func TestEditGroup(t *testing.T) {
	s := shelved(t)
	const own = "\ufeff印章 公章 # 口语\r\n# 说明\r\n登记 记账"
	keep(t, s, "synonyms/own.txt", own)
	group := func(was, now string) GroupEdit {
		return GroupEdit{File: "synonyms/own.txt", Was: strings.Fields(was), Now: strings.Fields(now)}
	}
	var done []Entry
	for _, step := range []struct {
		edit GroupEdit
		want string
	}{
		{group("印章 公章", "印章 公章 戳子"), "\ufeff印章 公章 戳子 # 口语\r\n# 说明\r\n登记 记账"},
		{group("登记 记账", "登记 写本子"), "\ufeff印章 公章 戳子 # 口语\r\n# 说明\r\n登记 写本子"},
		{group("印章 公章 戳子", ""), "\ufeff# 说明\r\n登记 写本子"},
	} {
		done = append(done, edit(t, s, step.edit))
		if got := kept(t, s, "synonyms/own.txt"); got != step.want {
			t.Errorf("%q, want %q", got, step.want)
		}
	}
	for i := len(done) - 1; i >= 0; i-- {
		if _, err := s.Undo(t.Context(), done[i].ID); err != nil {
			t.Fatal(err)
		}
	}
	if got := kept(t, s, "synonyms/own.txt"); got != own {
		t.Errorf("%q", got)
	}
	fresh := edit(t, s, GroupEdit{Now: []string{"保管", "看着"}})
	if got := kept(t, s, learnedSynonyms); got != synonymsHead+"保管 看着\n" || fresh.Said() != "“”→“保管 看着”" {
		t.Errorf("%q %s", got, fresh.Said())
	}
	if _, err := s.Undo(t.Context(), fresh.ID); err != nil || kept(t, s, learnedSynonyms) != synonymsHead {
		t.Errorf("%v %q", err, kept(t, s, learnedSynonyms))
	}
}

// The second editor of a group is told what it is now; a word is in one group only.
func TestEditGroupRefused(t *testing.T) {
	s := shelved(t)
	keep(t, s, "synonyms/own.txt", "印章 公章\n登记 记账\n")
	own := func(was, now string) GroupEdit {
		return GroupEdit{File: "synonyms/own.txt", Was: strings.Fields(was), Now: strings.Fields(now)}
	}
	edit(t, s, own("印章 公章", "印章 公章 戳子"))
	for name, tt := range map[string]struct {
		edit GroupEdit
		code bot.Code
		want string
	}{
		"changed meanwhile": {own("印章 公章", "印章 公章 大印"), bot.Conflict, "刚刚有人改过（terminal 王 11月28日09:30 改的）：现在是“印章 公章 戳子”（synonyms/own.txt 第 1 行）"},
		"gone":              {own("专人 谁", "专人 哪个"), bot.Conflict, "这一组已经没有了"},
		"in another group":  {own("登记 记账", "登记 记账 公章"), bot.Conflict, "「公章」已经在 synonyms/own.txt 第 1 行那一组里"},
		"a new one in two":  {GroupEdit{Now: []string{"用印", "记账"}}, bot.Conflict, "「记账」已经在 synonyms/own.txt 第 2 行"},
		"one word":          {own("登记 记账", "登记"), bot.Invalid, "用空格隔开"},
		"a long word":       {own("登记 记账", "登记 "+strings.Repeat("长", 21)), bot.Invalid, "2 到 20 个字"},
		"markup":            {own("登记 记账", "登记 <b>记</b>"), bot.Invalid, "不带标点"},
		"twice":             {own("登记 记账", "登记 记账 记账"), bot.Invalid, "写了两遍"},
		"no rule says it":   {own("登记 记账", "火星 记账"), bot.Invalid, "没有「火星」"},
		"the same":          {own("登记 记账", "登记 记账"), bot.Conflict, "没有要改的"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Edit(t.Context(), tt.edit)
			refused(t, err, tt.code, tt.want)
		})
	}
	keep(t, s, "synonyms/own.txt", "印章\n")
	_, err := s.Edit(t.Context(), own("印章", "印章 公章"))
	refused(t, err, bot.Conflict, "synonyms/own.txt 有问题，先改好才能在这里改")
}

// A reply comes, says something else and goes; what its file says besides stays.
func TestEditReply(t *testing.T) {
	s := shelved(t)
	const own = "# 自己的\n[[reply]]\nid = \"eat\"\nsay = [\"吃饭\"]\ntext = \"\"\"\n一楼。\n\"\"\"\ngroups = true\n\n# 下一条\n[[reply]]\nid = \"bye\"\nsay = [\"再见\"]\n"
	keep(t, s, "talk/own.toml", own)
	reply := func(id string) *corpus.Reply {
		c, err := s.Library()
		if err != nil || len(c.Faults) > 0 {
			t.Fatal(err, c.Faults)
		}
		for _, r := range c.Replies() {
			if r.ID == id {
				return r
			}
		}
		t.Fatalf("no %s", id)
		return nil
	}
	e := ReplyEdit{File: "talk/own.toml", ID: "eat", Was: reply("eat").Digest(), Text: "“二楼”<b>。"}
	done := edit(t, s, e)
	if got := kept(t, s, "talk/own.toml"); got != strings.Replace(own, "\"\"\"\n一楼。\n\"\"\"", "\"“二楼”<b>。\"", 1) || reply("eat").Text != e.Text {
		t.Error(got)
	}
	e.Text = "三楼。"
	_, err := s.Edit(t.Context(), e)
	refused(t, err, bot.Conflict, "刚刚有人改过（terminal 王 11月28日09:30 改的），现在说的是““二楼”<b>。”")
	if _, err := s.Undo(t.Context(), done.ID); err != nil || kept(t, s, "talk/own.toml") != own {
		t.Errorf("%v\n%s", err, kept(t, s, "talk/own.toml"))
	}
	gone := edit(t, s, ReplyEdit{File: "talk/own.toml", ID: "eat", Was: reply("eat").Digest(), Remove: true})
	if got := kept(t, s, "talk/own.toml"); strings.Contains(got, "一楼") || !strings.Contains(got, "# 下一条") {
		t.Error(got)
	}
	if _, err := s.Undo(t.Context(), gone.ID); err != nil || reply("eat").Text != "一楼。" {
		t.Errorf("%v\n%s", err, kept(t, s, "talk/own.toml"))
	}
	fresh := edit(t, s, ReplyEdit{Say: []string{"食堂", "食堂呢"}, Text: "在一楼。", From: "网页，张三 2026-11-28"})
	if r := reply("learned-1"); r.Text != "在一楼。" || fresh.Reply.ID != "learned-1" || !r.Groups {
		t.Errorf("%+v", r)
	}
	other := ReplyEdit{File: corpus.LearnedTalk, ID: "learned-1", Was: reply("learned-1").Digest(), Say: []string{"食堂", "“饭]堂”"}, Text: "在一楼。"}
	moved := edit(t, s, other)
	if r := reply("learned-1"); strings.Join(r.Say, " ") != "食堂 “饭]堂”" || r.Text != "在一楼。" {
		t.Errorf("%+v", r)
	}
	if _, err := s.Undo(t.Context(), moved.ID); err != nil || strings.Join(reply("learned-1").Say, " ") != "食堂 食堂呢" {
		t.Errorf("%v\n%s", err, kept(t, s, corpus.LearnedTalk))
	}
	other.Say = []string{}
	_, err = s.Edit(t.Context(), other)
	refused(t, err, bot.Invalid, "请写上对哪些话")
	if _, err := s.Undo(t.Context(), fresh.ID); err != nil || strings.Contains(kept(t, s, corpus.LearnedTalk), "食堂") {
		t.Errorf("%v\n%s", err, kept(t, s, corpus.LearnedTalk))
	}
}

// Replies that cannot be are refused with what to do.
func TestEditReplyRefused(t *testing.T) {
	s := shelved(t)
	edit(t, s, ReplyEdit{Say: []string{"食堂"}, Text: "在一楼。", From: "网页"})
	c, err := s.Library()
	if err != nil {
		t.Fatal(err)
	}
	sample := c.Replies()[1]
	for name, tt := range map[string]struct {
		edit ReplyEdit
		code bot.Code
		want string
	}{
		"empty":            {ReplyEdit{Say: []string{"甲"}}, bot.Invalid, "1 到 120 个字"},
		"too long":         {ReplyEdit{Say: []string{"甲"}, Text: strings.Repeat("长", 121)}, bot.Invalid, "现在是 121 个字"},
		"to nothing":       {ReplyEdit{Text: "好。"}, bot.Invalid, "一行一句"},
		"to a long text":   {ReplyEdit{Say: []string{strings.Repeat("长", 61)}, Text: "好。"}, bot.Invalid, "1 到 60 个字"},
		"unseen":           {ReplyEdit{Say: []string{"甲\u200b"}, Text: "好。"}, bot.Invalid, "看不见"},
		"unseen text":      {ReplyEdit{Say: []string{"甲"}, Text: "好\x07。"}, bot.Invalid, "看不见"},
		"a number":         {ReplyEdit{Say: []string{"甲"}, Text: "找 11010519491231002X。"}, bot.Invalid, "应答里"},
		"there already":    {ReplyEdit{Say: []string{"食堂"}, Text: "好。"}, bot.Conflict, "“食堂”已经有应答了（learned-1）：“在一楼。”"},
		"gone":             {ReplyEdit{File: corpus.LearnedTalk, ID: "learned-9", Text: "好。"}, bot.Conflict, "已经不在了"},
		"the sample's own": {ReplyEdit{File: sample.File, ID: sample.ID, Was: sample.Digest(), Text: "好。"}, bot.Conflict, "自带的"},
	} {
		t.Run(name, func(t *testing.T) {
			tt.edit.From = "网页"
			_, err := s.Edit(t.Context(), tt.edit)
			refused(t, err, tt.code, tt.want)
		})
	}
}
