package corpus

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

var sampleOnce = sync.OnceValues(func() (*Corpus, error) { return Read(Sample()) })

// readSample returns the sample that all tests share: nobody may change it.
func readSample(t *testing.T) *Corpus {
	t.Helper()
	c, err := sampleOnce()
	if err != nil {
		t.Fatalf("the library is refused:\n%v", err)
	}
	return c
}

// outline is what the library has to hold: ids and titles of the 38 rules.
const outline = `quanti-huiyi 全体会议工作规则 · changwei-huiyi 常务委员会会议工作规则 · zhuxi-huiyi 主席会议工作规则 · mishuzhang-huiyi 秘书长会议工作规则 · huiyi-jilv 会议纪律与请假考勤办法 · dahui-fayan 大会发言工作办法 · xieshang-huiyi 专题协商会议工作办法 ·
lvzhi 委员履职工作规则 · lvzhi-kaohe 委员履职考核办法 · lvzhi-dangan 委员履职档案管理办法 · kaocha-diaoyan 委员考察视察专题调研实施细则 · ti-an 提案工作条例 · zhongdian-ti-an 重点提案遴选与督办办法 · sheqing-minyi 反映社情民意信息工作办法 · minzhu-jiandu 民主监督工作实施办法 · lianxi-qunzhong 委员联系界别群众制度 ·
zhuanwei-hui 专门委员会工作通则 · jiebie 界别活动工作办法 · weiyuan-lianluo 委员联络服务办法 · lvzhi-app 委员履职平台使用管理办法 · shuxiang 书香政协委员读书活动办法 · wenshi 文史资料工作办法 ·
dangzu 机关党组工作规则 · lianzheng-zeren 党风廉政建设责任制实施办法 · tanxin-tanhua 廉政谈心谈话制度 · renqian-tanhua 干部任前廉政谈话办法 · jieri-tixing 重要节点廉政提醒制度 · jingshi-jiaoyu 警示教育与案例通报制度 · qinglian-jiguan 清廉机关建设考评办法 · xinfang 信访举报受理与保护办法 ·
gongwen 公文处理办法 · yinzhang 印章管理办法 · caiwu 财务管理办法 · jiedai 公务接待管理办法 · gongche 公务用车管理办法 · chailv 差旅与会议费管理办法 · baomi 保密与网络信息安全管理办法 · kaoqin 机关考勤值班与请销假办法`

func TestSampleRules(t *testing.T) {
	c := readSample(t)
	rules, lists := c.RulesInForce()
	want := map[string]string{}
	for entry := range strings.SplitSeq(outline, "·") {
		id, title, _ := strings.Cut(strings.TrimSpace(entry), " ")
		want[id] = title
	}
	got, articles := map[string]string{}, 0
	for _, r := range rules {
		got[r.ID] = r.Title
		n := 0
		for _, a := range r.Articles {
			if a.Number.IsArticle() {
				n++
			}
		}
		articles += n
		if n < 8 {
			t.Errorf("%s has %d articles: too few to be of use", r.Title, n)
		}
		if !r.Sample || r.Document == "" || r.Issued == "" || r.Category == "" {
			t.Errorf("%s: sample %v, document %q, issued %q, category %q", r.File, r.Sample, r.Document, r.Issued, r.Category)
		}
	}
	if len(want) != 38 || !maps.Equal(got, want) {
		t.Errorf("rules in force:\n got %v\nwant %v", got, want)
	}
	if articles < 480 {
		t.Errorf("%d articles, want at least 480", articles)
	}
	if len(lists) != 1 || lists[0].ID != "shi-bu-zhun" || len(lists[0].Articles) != 10 {
		t.Errorf("prohibitions: %+v", lists)
	}
	for _, a := range lists[0].Articles {
		if !strings.Contains(a.Text, "不准") {
			t.Errorf("%s prohibits nothing: %s", a.Label, a.Text)
		}
	}
	// a repealed version, to show what one looks like
	if old := c.Article("ti-an#3@2019-03-01"); old == nil || !old.Rule.Repealed || old == c.Article("ti-an#3") {
		t.Error("提案工作条例 of 2019 is not there")
	}
	if len(c.Warnings) != 0 {
		t.Errorf("the shipped library warns of itself:\n%v", c.Warnings.Error())
	}
}

// The outline asks for every form that rules take, so that none is met for the
// first time in an office's own files.
func TestSampleForms(t *testing.T) {
	rules, _ := readSample(t).RulesInForce()
	var chapters, sections, items, subs, annexes, refs, asked, all int
	for _, r := range rules {
		var chapter, section, item, sub, annex bool
		for _, a := range r.Articles {
			for _, h := range a.Path {
				chapter = chapter || strings.Contains(strings.Fields(h)[0], "章")
				section = section || strings.Contains(strings.Fields(h)[0], "节")
			}
			for _, p := range a.Paragraphs {
				for _, it := range p.Items {
					item, sub = true, sub || len(it.Sub) > 0
				}
			}
			annex = annex || a.Number.Annex > 0
			for _, ref := range a.Refs {
				if ref.Target != nil {
					refs++
				}
			}
			all++
			if len(a.AskedAs) > 0 {
				asked++
			}
		}
		for _, f := range []struct {
			has bool
			n   *int
		}{{chapter, &chapters}, {section, &sections}, {item, &items}, {sub, &subs}, {annex, &annexes}} {
			if f.has {
				*f.n++
			}
		}
	}
	for _, m := range []struct {
		what       string
		got, least int
	}{
		{"rules with chapters", chapters, 6}, {"rules with sections", sections, 2}, {"rules with items", items, 6}, {"rules with sub-items", subs, 6},
		{"rules with an annex", annexes, 3}, {"references that resolve", refs, 60}, {"articles with asked-as lines", asked, all / 2},
	} {
		if m.got < m.least {
			t.Errorf("%s: %d, want at least %d", m.what, m.got, m.least)
		}
	}
}

func TestSampleContents(t *testing.T) {
	c := readSample(t)
	if len(c.Stories) < 60 {
		t.Errorf("%d stories, want at least 60", len(c.Stories))
	}
	titles := map[string]string{}
	for _, s := range c.Stories {
		if len(s.Cites) == 0 || s.Period == "" || s.Theme == "" || !s.Sample || utf8.RuneCountInString(s.Text) < 150 {
			t.Errorf("%s: %d cites, period %q, theme %q, sample %v, %d characters", s.File, len(s.Cites), s.Period, s.Theme, s.Sample, utf8.RuneCountInString(s.Text))
		}
		if other := titles[s.Title]; other != "" {
			t.Errorf("%s and %s are both called %s", other, s.File, s.Title)
		}
		titles[s.Title] = s.File
	}
	perFestival, audiences := map[string]int{}, map[string]bool{}
	for _, n := range c.Notices {
		perFestival[n.Festival]++
		audiences[n.Festival+n.Audience] = true
		if len(n.Cites) == 0 || !n.Sample {
			t.Errorf("%s: %d cites, sample %v", n.File, len(n.Cites), n.Sample)
		}
	}
	for _, f := range Festivals {
		if perFestival[f] < 3 {
			t.Errorf("%d notices for %s, want at least 3", perFestival[f], f)
		}
		for _, a := range Audiences {
			if !audiences[f+a] {
				t.Errorf("no notice for %s, %s", f, a)
			}
		}
	}
	if len(c.Books) < 20 || len(c.Cases) < 14 {
		t.Errorf("%d books, %d cases", len(c.Books), len(c.Cases))
	}
	for _, k := range c.Cases {
		if !k.Sample || utf8.RuneCountInString(k.Text) < 120 || k.Theme == "" {
			t.Errorf("%s: sample %v, theme %q, %d characters", k.File, k.Sample, k.Theme, utf8.RuneCountInString(k.Text))
		}
		for _, cite := range k.Cites {
			if a := c.Resolve(cite); a.Rule.Repealed || a.Deleted {
				t.Errorf("%s rests on %s, which is not in force", k.File, cite)
			}
		}
	}
	if len(c.Synonyms) < 20 {
		t.Errorf("%d groups of synonyms", len(c.Synonyms))
	}
}

func TestSampleQuestions(t *testing.T) {
	c := readSample(t)
	if len(c.Questions) < 200 {
		t.Errorf("%d questions, want at least 200", len(c.Questions))
	}
	perRule, perArticle, letters, texts := map[string]int{}, map[string]int{}, [4]int{}, map[string]string{}
	for _, q := range c.Questions {
		letters[q.Answer]++
		rules := map[string]bool{}
		for _, cite := range q.Cites {
			rules[cite.Rule] = true
			perArticle[cite.Rule+"#"+cite.Number.String()]++
			if a := c.Resolve(cite); a.Rule.Repealed || a.Deleted {
				t.Errorf("%s rests on %s, which is not in force", q.ID, cite)
			}
		}
		for id := range rules {
			perRule[id]++
		}
		if sorted := slices.Sorted(slices.Values(q.Options)); len(slices.Compact(sorted)) != len(q.Options) || slices.Contains(q.Options, "") {
			t.Errorf("%s: two options are the same, or one is empty: %q", q.ID, q.Options)
		}
		if other := texts[q.Text]; other != "" {
			t.Errorf("%s and %s ask the same", other, q.ID)
		}
		texts[q.Text] = q.ID
	}
	rules, lists := c.RulesInForce()
	for _, r := range rules {
		if perRule[r.ID] < 4 {
			t.Errorf("%d questions on %s, want at least 4", perRule[r.ID], r.Title)
		}
	}
	for _, a := range lists[0].Articles {
		if perArticle[a.Key()] < 4 {
			t.Errorf("%d questions on %s, want at least 4", perArticle[a.Key()], a.Key())
		}
	}
	// "evenly spread": nobody does better than chance by always answering B
	for i, n := range letters[:3] {
		if share := float64(n) / float64(len(c.Questions)); share < 0.2 || share > 0.35 {
			t.Errorf("%c is right in %.0f %% of the questions", 'A'+i, 100*share)
		}
	}
}

// Text files people edit: no tool may have left anything in them.
func TestSampleFiles(t *testing.T) {
	err := fs.WalkDir(Sample(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(Sample(), p)
		if err != nil {
			return err
		}
		switch src := string(raw); {
		case strings.ContainsAny(src, "\r\u00a0\u200b\ufeff\ufffd"):
			t.Errorf("%s holds carriage returns or invisible characters", p)
		case !strings.HasSuffix(src, "\n"):
			t.Errorf("%s does not end with a line break", p)
		case strings.ToLower(path.Base(p)) != path.Base(p) && path.Base(p) != "README.md":
			t.Errorf("%s: names are in lower case, or the library differs between file systems", p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
