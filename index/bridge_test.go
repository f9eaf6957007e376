package index

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"lianwen/corpus"
)

// An office's own rules, which nobody prepared, and a bridge that knows in which words
// people ask about such things.
var (
	unpreparedRules = map[string]string{
		"yong-yin": "印信管理规定\n第一条 印章由专人保管。\n第二条 携带印章外出的，应当经主要负责人批准，并由两人以上同行。\n第三条 印章遗失的，应当立即声明作废。",
		"jia-qi":   "假期管理规定\n第一条 工作人员婚假按照国家规定执行。\n第二条 直系亲属去世的，给予丧假三日。\n第三条 事假由所在部门批准。",
		"che":      "车辆规定\n第一条 车辆由办公室统一调度。\n第二条 车辆停放在指定地点。",
	}
	matters = map[string]string{
		"pb-a": "甲\n第一条 【丧假】 直系亲属去世的，工作人员可以请丧假，给予丧假的日数按规定执行。\n\n> 问：老人走了能歇几天\n> 问：家里办白事给多少天\n> 问：奔丧准不准不上班\n\n第二条 【用印外出】 确需携带印章外出的，经负责人批准。\n\n> 问：红戳子能揣走吗\n> 问：公家的戳子带出门行不行\n",
		"pb-b": "乙\n第一条 【伙食】 食堂供应早餐和午餐。\n\n> 问：中午管饭吗\n> 问：早点几点卖\n",
	}
)

func bridged(t *testing.T) *Index {
	x := library(t, unpreparedRules)
	x.bridge = library(t, matters)
	return x
}

// A question in words that the library does not have is answered by way of the bridge;
// what is found so is offered and never said to be the answer.
func TestOverBridge(t *testing.T) {
	t.Parallel()
	alone, over := library(t, unpreparedRules), bridged(t)
	for text, want := range map[string]string{"家里老人走了给多少天": "jia-qi#2", "公家的红戳子能揣出门吗": "yong-yin#2"} {
		if res := search(t, alone, text); res.Outcome != None && keys(res.Hits)[0] == want {
			t.Errorf("%s is found without the bridge", text)
		}
		finds(t, over, text, want)
		if res := search(t, over, text); res.Outcome != Choices {
			t.Errorf("%s: %v", text, res.Outcome)
		}
	}
	if res := search(t, over, "火星上有几只猫"); res.Outcome != None {
		t.Errorf("what neither knows: %v %v", res.Outcome, keys(res.Hits))
	}
	for _, text := range []string{"携带印章外出由谁批准", "假期管理规定第二条", "印章遗失怎么办"} {
		with, without := search(t, over, text), search(t, alone, text)
		if !slices.Equal(keys(with.Hits), keys(without.Hits)) || with.Outcome != without.Outcome {
			t.Errorf("%s: %v %v with the bridge, %v %v without", text, with.Outcome, keys(with.Hits), without.Outcome, keys(without.Hits))
		}
	}
}

// What was near the question before stays near it, whatever the bridge says.
func TestBridgeKeepsChoices(t *testing.T) {
	t.Parallel()
	alone, over := library(t, unpreparedRules), bridged(t)
	for _, text := range []string{"印章外出", "丧假能歇几天", "车辆和食堂"} {
		if before, after := search(t, alone, text), search(t, over, text); before.Outcome == Choices && (after.Outcome != Choices || len(after.Hits) == 0) {
			t.Errorf("%s: %v %v", text, after.Outcome, keys(after.Hits))
		}
	}
}

// A bridge that can no longer be read says nothing, and the library answers by itself.
func TestBridgeDamaged(t *testing.T) {
	t.Parallel()
	alone, over := library(t, unpreparedRules), bridged(t)
	over.bridge.damaged.Store(true)
	const text = "家里老人走了给多少天"
	if with, without := search(t, over, text), search(t, alone, text); with.Outcome != without.Outcome || over.damaged.Load() {
		t.Errorf("%v, want %v; damaged %v", with.Outcome, without.Outcome, over.damaged.Load())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := bridged(t).Search(ctx, Query{Text: text}); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}

// A revised library, and one whose index was mended, is asked over the same bridge.
func TestBridgeStays(t *testing.T) {
	t.Parallel()
	dir, bridge := t.TempDir(), library(t, matters)
	first, err := Open(t.Context(), dir, numbered(t, 1), Options{Bridge: bridge})
	if err != nil {
		t.Fatal(err)
	}
	live := NewLive(first)
	x, release := live.Acquire()
	if release(); x.bridge != bridge {
		t.Fatal("it was opened without the bridge")
	}
	if ok, err := live.Revise(t.Context(), dir, numbered(t, 2), Options{}, Gate{}); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if err := live.Repair(t.Context(), dir, Options{}); err != nil {
		t.Fatal(err)
	}
	x, release = live.Acquire()
	if release(); x.bridge != bridge {
		t.Error("the bridge is gone")
	}
	live.Close()
}

// Libraries that come and go leave the bridge where it is.
func TestBridgeIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, err := OpenBridge(t.Context(), dir, Options{})
	if err != nil || first.Built != OnDisk {
		t.Fatal(first, err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	for revision := range keepGenerations + 2 {
		open(t, dir, numbered(t, revision), Options{})
	}
	again, err := OpenBridge(t.Context(), dir, Options{})
	if err != nil || again.Built != Reused {
		t.Fatalf("built again: %v, %v", again.Built, err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestBridge holds what the phrasebook is worth to rules that nobody prepared: the
// sample's, without their lines. Whoever wrote the phrasebook had seen neither the
// rules nor the questions.
func TestBridge(t *testing.T) {
	t.Parallel()
	c := prepared(t, "bridge", func(*corpus.Article) bool { return false })
	judged := append(readJudged(t, openSample(t).Corpus()), readJudgedFile(t, openSample(t).Corpus(), "heldout.jsonl")...)
	x := openIndex(t, c)
	alone := report(t, x, judged)
	x.bridge = openIndex(t, phrasebookAlone())
	over := report(t, x, judged)
	var b strings.Builder
	fmt.Fprintf(&b, "%-13s %4s %15s %15s %8s %8s\n", "class", "n", "alone", "over the bridge", "refused", "so")
	for _, class := range slices.Sorted(maps.Keys(alone.Classes)) {
		was, is := alone.Classes[class], over.Classes[class]
		fmt.Fprintf(&b, "%-13s %4d %15s %15s %8d %8d\n", class, was.N, hits(was), hits(is), was.None, is.None)
		if is.Answered > was.Answered {
			t.Errorf("%s: %d answered over the bridge, %d without", class, is.Answered, was.Answered)
		}
	}
	checkGolden(t, "testdata/bridge.golden", b.String())
	if was, is := alone.Classes["colloquial"], over.Classes["colloquial"]; is.Hit1 < was.Hit1+0.03 || is.Hit3 < was.Hit3+0.05 {
		t.Errorf("colloquial: %s over the bridge, %s without", hits(is), hits(was))
	}
	if was, is := alone.Classes["exact"], over.Classes["exact"]; is.Hit1 < was.Hit1 {
		t.Errorf("exact: %s over the bridge, %s without", hits(is), hits(was))
	}
}

// phrasebookAlone is the bridge without the sample's rules.
func phrasebookAlone() *corpus.Corpus {
	c := *corpus.Bridge()
	c.Digest = "phrasebook" + c.Digest
	c.Rules = nil
	for _, r := range corpus.Bridge().Rules {
		if strings.HasPrefix(r.ID, "pb-") {
			c.Rules = append(c.Rules, r)
		}
	}
	return &c
}

func report(t *testing.T, x *Index, judged []Judged) Report {
	t.Helper()
	r, err := x.Evaluate(t.Context(), judged, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
