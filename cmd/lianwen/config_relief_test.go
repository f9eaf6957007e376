package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What breaks a trait is refused, with the keys and what to write, until both the
// trait and a reason are written down.
func TestReliefKeys(t *testing.T) {
	t.Parallel()
	const story = "[[push]]\nname = \"story\"\ncontent = \"story\"\nat = \"08:00\"\ntargets = [\"group:甲\"]\n"
	twice := story + strings.Replace(story, `"story"`, `"story2"`, 1)
	for what, tt := range map[string]struct{ text, where, says string }{ // says "": it is accepted
		"a cap as it comes":          {"push_limit = 3\n", "", ""},
		"a cap raised":               {"push_limit = 4\n", ":1", "push_limit 4 超过 3，不合减负要求（重复），请写 3 以内的数；确实需要的，在 [relief] 下写 allow = [\"重复\"] 和 reason = "},
		"one of the week":            {"[relief]\ngroup_week = 14\n", ":2", "relief.group_week 14 超过 13"},
		"one of persons":             {"[relief]\nperson_day = 3\nperson_week = 8\n", ":2", "relief.person_day 3 超过 2"},
		"none at all":                {"[relief]\nperson_week = 0\n", ":2", "relief.person_week 0 不在 1 到 200 之间"},
		"too many":                   {"[relief]\ngroup_week = 201\nallow = [\"重复\"]\nreason = \"全会期间\"\n", ":2", "不在 1 到 200 之间"},
		"twice a day":                {twice, ":6", "推送 story 和 story2 向 甲 发同样的内容"},
		"allowed without a reason":   {"push_limit = 4\n[relief]\nallow = [\"重复\"]\n", ":2", "写了 relief.allow，没有写 relief.reason"},
		"with a reason that is none": {"push_limit = 4\n[relief]\nallow = [\"重复\"]\nreason = \" 好的 \"\n", ":4", "relief.reason 只有 2 个字，看不出理由"},
		"a reason without a trait":   {"push_limit = 4\n[relief]\nreason = \"全会期间\"\n", ":1", "push_limit 4 超过 3"},
		"another trait":              {"push_limit = 4\n[relief]\nallow = [\"空壳\"]\nreason = \"全会期间\"\n", ":1", "push_limit 4 超过 3"},
		"a trait that is none":       {"[relief]\nallow = [\"多发\"]\nreason = \"全会期间\"\n", ":2", "relief.allow 里的 \"多发\" 不认识，可以写的有 空壳、重复、"},
		"both":                       {"push_limit = 4\n[relief]\ngroup_week = 20\nallow = [\"重复\"]\nreason = \"全会期间\"\n" + twice, "", ""},
		"a member at night": {"[wechat]\nquiet = []\n" + strings.NewReplacer("08:00", "23:00", "group:甲", "member:A01").Replace(story) + "days = \"workdays\"\n", ":6",
			"推送 story 在休息时间（21:30 到 7:30）私聊发给 member:A01"},
		"a member in the quiet hours": {strings.NewReplacer("08:00", "23:00", "group:甲", "member:A01").Replace(story) + "days = \"workdays\"\n", "", ""},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "our.toml")
			if err := os.WriteFile(file, []byte(tt.text), 0o644); err != nil {
				t.Fatal(err)
			}
			cfg, err := loadConfig(file)
			switch {
			case tt.says == "" && err != nil:
				t.Errorf("refused: %s", explain(err))
			case tt.says == "":
				if caps := cfg.caps(); caps.GroupDay != cfg.PushLimit || caps.GroupWeek != cfg.Relief.GroupWeek {
					t.Errorf("%+v", caps)
				}
			case err == nil:
				t.Error("accepted")
			default:
				if said := strings.Join(strings.Split(explain(err), "\n"), " "); !strings.Contains(said, file+tt.where+": ") || !strings.Contains(said, tt.says) {
					t.Errorf("got %s\nwant %s: %s", said, tt.where, tt.says)
				}
			}
		})
	}
}
