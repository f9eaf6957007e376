package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

// evalFlags are the flags of the eval command.
type evalFlags struct {
	questions, baseline string
	floors              []string
	asJSON              bool
}

func newEval(a *app) *cobra.Command {
	var flags evalFlags
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "用带答案的问题检验查找的好坏；制度库准备得怎样",
		Long: "用带答案的问题检验查找的好坏：逐个提问，和聊天走同一条路，按类列出命中率、拒答和用时。\n" +
			`问题文件每行一个：{"q":"…","want":["ti-an#12"],"class":"…","shows":["…"]}；want 为空表示制度里没有，应当拒答。` + "\n" +
			`shows 是从条文里照抄的几段话，首屏上见到任何一段就算答到（“首屏”一列）；追问写 "turns":["…","…"]，代替 q。` + "\n" +
			"不给问题文件，只说制度库准备到什么程度、下一步做什么最有用。\n" +
			"命中率按排序计算，不论最后是引用、列举还是拒答。退出码：0 达到要求，1 未达到 --floor 的要求或出错。",
		Example: "  lianwen eval --library 我们的制度\n  lianwen eval --questions 问题.jsonl\n  lianwen eval --questions 问题.jsonl --json > 上次.json\n" +
			"  lianwen eval --questions 问题.jsonl --baseline 上次.json --floor hit3=0.9 --floor colloquial.hit1=0.7",
		Args: exactArgs(0, "eval 后面不用写别的；问题文件请用 --questions 指定。"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.eval(cmd, flags) },
	}
	cmd.Flags().StringVar(&flags.questions, "questions", "", "带答案的问题文件（.jsonl）")
	cmd.Flags().StringVar(&flags.baseline, "baseline", "", "上次 --json 的输出：列出差别和变化的问题")
	cmd.Flags().StringArrayVar(&flags.floors, "floor", nil, "最低要求，如 hit3=0.9 或 colloquial.hit1=0.7，可写多个")
	cmd.Flags().BoolVar(&flags.asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

func (a *app) eval(cmd *cobra.Command, flags evalFlags) error {
	floors, err := parseFloors(flags.floors)
	if err != nil {
		return err
	}
	cfg, c, err := a.read()
	if err != nil {
		return err
	}
	if len(c.LeftOut) > 0 { // figures of half a library say nothing
		return c.Faults
	}
	prep, err := preparedness(c, linesStore(cfg))
	if err != nil {
		return err
	}
	if flags.questions == "" {
		return a.sayPrepared(cmd, flags, prep)
	}
	report, err := a.askAll(cmd, flags, cfg, c)
	if err != nil {
		return err
	}
	people := a.out
	if flags.asJSON {
		people = a.err
		if err := printJSON(a.out, evalResult{report, prep}); err != nil {
			return err
		}
	} else {
		fmt.Fprint(people, evalTable(report), prep, "\n")
	}
	if flags.baseline != "" {
		old, err := readBaseline(flags.baseline)
		if err != nil {
			return err
		}
		fmt.Fprint(people, changes(old, report))
	}
	return checkFloors(people, report, floors)
}

// evalResult is what eval --json prints.
type evalResult struct {
	index.Report
	Prepared prepared `json:"prepared"`
}

// sayPrepared answers eval without questions.
func (a *app) sayPrepared(cmd *cobra.Command, flags evalFlags, prep prepared) error {
	if flags.baseline != "" || len(flags.floors) > 0 {
		return bot.Invalid.Sayf("请用 --questions 指定问题文件。运行 %s --help 看用法。", cmd.CommandPath())
	}
	if flags.asJSON {
		return printJSON(a.out, map[string]prepared{"prepared": prep})
	}
	_, err := fmt.Fprintf(a.out, "%s\n要看答得怎样，请用 --questions 给带答案的问题。\n", prep)
	return err
}

// askAll asks the judged questions of a file.
func (a *app) askAll(cmd *cobra.Command, flags evalFlags, cfg *config, c *corpus.Corpus) (index.Report, error) {
	x, err := a.openIndex(cmd.Context(), cfg, c, false)
	if err != nil {
		return index.Report{}, err
	}
	live := index.NewLive(x)
	defer live.Close()
	questions, err := readQuestions(flags.questions, x.Corpus())
	if err != nil {
		return index.Report{}, err
	}
	progress, done := a.progress("提问")
	defer done()
	return x.Evaluate(cmd.Context(), questions, asker(live, cfg), progress)
}

// asker asks as people do in a private chat, and sees what they see.
func asker(live *index.Live, cfg *config) index.Asker {
	b := talk.New(live, talk.Config{Contact: cfg.Contact, Location: cfg.location})
	return func(ctx context.Context, said []string, depth int) (index.Result, string, error) {
		a, err := b.Screen(ctx, said, depth)
		return a.Result, a.Text, err
	}
}

// judgedFile is where the judged questions stand, and where staff put down more.
func judgedFile(cfg *config) string {
	return cmp.Or(cfg.JudgedQuestions, filepath.Join(cfg.DataDir, "judged.jsonl"))
}

func readQuestions(path string, c *corpus.Corpus) ([]index.Judged, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, bot.Invalid.Sayf("没有问题文件 %s。请检查 --questions 写的路径。", path)
	}
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	defer f.Close()
	return index.ReadJudged(f, path, c)
}

func readBaseline(path string) (index.Report, error) {
	var old index.Report
	raw, err := os.ReadFile(path)
	if err != nil {
		return old, fmt.Errorf("read baseline: %w", err)
	}
	if err := json.Unmarshal(raw, &old); err != nil {
		return old, bot.Invalid.Sayf("%s 不是 eval --json 的输出（%v）。", path, err)
	}
	return old, nil
}

// evalTable prints a report by class.
func evalTable(r index.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-14s%6s%8s%8s%8s%8s%6s%6s%6s%6s%6s\n", "class", "n", "hit@1", "hit@3", "MRR@10", "R@100", "首屏", "引用", "引错", "列举", "拒答")
	row := func(name string, s index.Score) {
		fmt.Fprintf(&b, "%-14s%6d", name, s.N)
		if s.OutOfScope == s.N {
			fmt.Fprintf(&b, "%8s%8s%8s%8s", "-", "-", "-", "-")
		} else {
			fmt.Fprintf(&b, "%8.3f%8.3f%8.3f%8.3f", s.Hit1, s.Hit3, s.MRR10, s.Recall100)
		}
		screen := "-"
		if s.Shown > 0 {
			screen = fmt.Sprintf("%.3f", s.Screen)
		}
		fmt.Fprintf(&b, "%8s%8d%8d%8d%8d\n", screen, s.Answered, s.QuotedWrong, s.Choices, s.None)
	}
	for _, class := range slices.Sorted(maps.Keys(r.Classes)) {
		row(class, r.Classes[class])
	}
	row("合计", r.Score)
	fmt.Fprintf(&b, "该拒答而引用 %d 个（共 %d 个），有答案而拒答 %d 个（共 %d 个）；用时 p50 %.2f 毫秒，p99 %.2f 毫秒\n",
		r.AnsweredWrong, r.OutOfScope, r.RefusedWrong, r.N-r.OutOfScope, r.P50, r.P99)
	return b.String()
}

// changes lists what differs from an earlier report.
func changes(old, now index.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "与上次相比：hit@1 %+.3f，hit@3 %+.3f，MRR@10 %+.3f，R@100 %+.3f\n",
		now.Hit1-old.Hit1, now.Hit3-old.Hit3, now.MRR10-old.MRR10, now.Recall100-old.Recall100)
	before := map[string]index.Verdict{}
	for _, v := range old.Questions {
		before[v.Q] = v
	}
	for _, v := range now.Questions {
		was, ok := before[v.Q]
		if ok && (was.Place != v.Place || was.Outcome != v.Outcome) {
			fmt.Fprintf(&b, "  %s：第 %s 位（%s）→ 第 %s 位（%s）\n", v.Q, place(was), was.Outcome, place(v), v.Outcome)
		}
	}
	return b.String()
}

func place(v index.Verdict) string {
	if v.Place == 0 {
		return "—"
	}
	return strconv.Itoa(v.Place)
}

// floor is a figure that must be reached; class is "" for all questions.
type floor struct {
	class, figure string
	least         float64
}

// figures are the figures a floor may name.
var figures = map[string]func(index.Score) float64{
	"hit1":      func(s index.Score) float64 { return s.Hit1 },
	"hit3":      func(s index.Score) float64 { return s.Hit3 },
	"mrr10":     func(s index.Score) float64 { return s.MRR10 },
	"recall100": func(s index.Score) float64 { return s.Recall100 },
	"screen":    func(s index.Score) float64 { return s.Screen },
}

func parseFloors(texts []string) ([]floor, error) {
	var floors []floor
	for _, text := range texts {
		name, value, ok := strings.Cut(text, "=")
		least, err := strconv.ParseFloat(value, 64)
		class, figure := "", name
		if i := strings.LastIndex(name, "."); i >= 0 {
			class, figure = name[:i], name[i+1:]
		}
		if !ok || err != nil || figures[figure] == nil {
			return nil, bot.Invalid.Sayf("--floor %s 看不懂。请写 hit1、hit3、mrr10、recall100、screen 之一，如 hit3=0.9 或 colloquial.hit1=0.7。", text)
		}
		floors = append(floors, floor{class, figure, least})
	}
	return floors, nil
}

func checkFloors(w io.Writer, r index.Report, floors []floor) error {
	missed := false
	for _, f := range floors {
		s, ok := r.Score, true
		if f.class != "" {
			s, ok = r.Classes[f.class]
		}
		switch got := figures[f.figure](s); {
		case !ok:
			fmt.Fprintf(w, "未达到要求：没有 %s 这一类的问题\n", f.class)
			missed = true
		case got < f.least:
			fmt.Fprintf(w, "未达到要求：%s 为 %.3f，要求 %.3f\n", strings.TrimPrefix(f.class+"."+f.figure, "."), got, f.least)
			missed = true
		}
	}
	if missed {
		return exitCode(exitError)
	}
	return nil
}
