package index

import (
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

// Words that were copied from an article find it, whatever lines others have; a
// question that has them in it is ranked like any other.
func TestByQuotation(t *testing.T) {
	t.Parallel()
	lined := "\n> 问：中途退场要谁同意\n> 问：退场须经哪个负责人同意\n> 问：中途退场的找负责人吗\n> 问：中途退场须经同意吗\n> 问：负责人同意中途退场\n"
	c, err := corpus.Read(fstest.MapFS{
		"jia.md": {Data: []byte("+++\nid=\"jia\"\ntitle=\"甲办法\"\neffective=2026-02-01\nstatus=\"in-force\"\n+++\n第一条 演出当天一律凭票入场，观众自觉维护秩序，场内不得喧哗，各出入口有人值守，中途退场的，须经负责人同意，并且不再入场。\n第二条 场地按时开放。\n第三条 设备定期检修。\n")},
		"yi.md":  {Data: []byte("+++\nid=\"yi\"\ntitle=\"乙办法\"\neffective=2026-02-01\nstatus=\"in-force\"\n+++\n第一条 负责人由单位指定。\n" + lined + "第二条 退场按顺序。\n" + lined)},
	})
	if err != nil {
		t.Fatal(err)
	}
	x := openIndex(t, c)
	for _, text := range []string{"中途退场的须经负责人同意", "中途退场的，须经负责人同意。", "中途退场 的须经 负责人同意"} {
		finds(t, x, text, "jia#1")
	}
	for _, text := range []string{"中途退场的须经负责人同意吗", "须经负责人同意"} {
		if got := keys(search(t, x, text).Hits); len(got) == 0 || got[0] == "jia#1" {
			t.Errorf("%s: %v", text, got)
		}
	}
}
