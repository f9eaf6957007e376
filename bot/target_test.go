package bot_test

import (
	"testing"

	"lianwen/bot"
)

// A target is read as it stands in the configuration, and written as it was
// read; anything else is no target.
func TestParseTarget(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bot.Target{
		"group:机关学习群":          {Kind: bot.GroupKind, Name: "机关学习群"},
		"group:一:二":            {Kind: bot.GroupKind, Name: "一:二"}, // a group may be called so
		"group: ":              {Kind: bot.GroupKind, Name: " "},
		"member:A01":           {Kind: bot.MemberKind, Name: "A01"},
		"wechat:group:机关学习群":   {Channel: "wechat", Kind: bot.GroupKind, Name: "机关学习群"},
		"wecom:group:一:二":      {Channel: "wecom", Kind: bot.GroupKind, Name: "一:二"},
		"wechat:group:group:甲": {Channel: "wechat", Kind: bot.GroupKind, Name: "group:甲"},
		"group:group:甲":        {Kind: bot.GroupKind, Name: "group:甲"},
		"member:member:A01":    {Kind: bot.MemberKind, Name: "member:A01"},
		"":                     {},
		"group":                {},
		"group:":               {},
		"member:":              {},
		"member":               {},
		":甲":                   {},
		":group:甲":             {}, // no channel has no name
		"wechat:group:":        {},
		"wechat:group":         {},
		"wechat:":              {},
		"wechat:member:A01":    {}, // a member is reached where they are bound
		"wechat:forward:王":     {},
		"Group:甲":              {},
		" group:甲":             {},
		bot.AttendeesTarget:    {},
		"attendees:A01":        {},
		"wechat:wecom:group:甲": {},
		"wechat::group:甲":      {},
		"group：甲":              {}, // a full-width colon
		"机关学习群":                {},
		"member:013800001234":  {Kind: bot.MemberKind, Name: "013800001234"},
	} {
		got, ok := bot.ParseTarget(text)
		if wanted := want.Name != ""; ok != wanted || ok && got != want {
			t.Errorf("%q: %+v, %v, want %+v", text, got, ok, want)
		}
		if ok && got.String() != text {
			t.Errorf("%q is written %q", text, got.String())
		}
	}
}

// Whatever is a target is written as it was read.
func FuzzParseTarget(f *testing.F) {
	for _, text := range []string{"group:甲", "member:A01", "wechat:group:甲", "attendees", "::"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := bot.ParseTarget(text)
		if ok && (got.String() != text || got.Name == "") {
			t.Errorf("%q: %+v is written %q", text, got, got.String())
		}
	})
}

// An address that names a group is told from one that a channel has given.
func TestGroupAddress(t *testing.T) {
	t.Parallel()
	for to, want := range map[string]string{
		bot.GroupAddress("甲"): "甲", bot.GroupAddress("甲:乙"): "甲:乙", "group:": "", "": "", "@@c0ffee": "", "甲": "", "member:A01": "", "wechat:group:甲": "",
	} {
		if got, ok := bot.GroupOf(to); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %v", to, got, ok)
		}
	}
	if target, ok := bot.ParseTarget(bot.GroupAddress("甲")); !ok || target != (bot.Target{Kind: bot.GroupKind, Name: "甲"}) {
		t.Errorf("the address of a group is no target: %+v", target)
	}
}
