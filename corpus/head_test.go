package corpus

import "testing"

// What a paper says of itself above its articles, in the ways papers do.
func TestHead(t *testing.T) {
	const two = "\n第一条 甲。\n第二条 乙。\n"
	for _, c := range []struct {
		name, src         string
		title, document   string
		issued, effective Date
		repealed          bool
	}{
		{"red head, number, letter", "某某市政协办公室文件\n某协办〔2024〕8号\n关于印发《会议管理办法》的通知\n各科室：\n现印发给你们，请遵照执行。\n某某市政协办公室\n2024年3月1日\n会议管理办法" + two, "会议管理办法", "某协办〔2024〕8号", "2024-03-01", "", false},
		{"number behind the title", "# 会议费管理细则（某协〔2024〕6号）" + two, "会议费管理细则", "某协〔2024〕6号", "", "", false},
		{"number and revision behind the title", "会议费管理细则（某协〔2024〕6号，2026年2月28日修正）" + two, "会议费管理细则", "某协〔2024〕6号", "2026-02-28", "", false},
		{"title over three lines", "中国人民政治协商会议\n某某市委员会\n提案工作条例（试行）" + two, "中国人民政治协商会议某某市委员会提案工作条例（试行）", "", "", "", false},
		{"试行 on a line of its own", "提案工作条例\n（试行）" + two, "提案工作条例（试行）", "", "", "", false},
		{"typed apart", "会 议 管 理 办 法" + two, "会议管理办法", "", "", "", false},
		{"repealed", "会议管理办法（已废止）" + two, "会议管理办法", "", "", "", true},
		{"revised", "会议管理办法（2024年修订）" + two, "会议管理办法", "", "", "", false},
		{"规程", "值班工作规程" + two, "值班工作规程", "", "", "", false},
		{"须知", "关于来访\n会场须知" + two, "关于来访会场须知", "", "", "", false},
		{"adopted", "会议管理办法\n（2024年3月1日主席会议通过 2025年6月2日修订）" + two, "会议管理办法", "", "2025-06-02", "", false},
		{"Chinese figures", "会议管理办法\n（二〇二四年十二月三十一日印发）\n第一条 甲。\n第二条 本办法自二○二五年一月一日起施行。", "会议管理办法", "", "2024-12-31", "2025-01-01", false},
		{"from the day it was issued", "会议管理办法\n2024年3月1日 主席会议通过\n第一条 甲。\n第二条 本办法自印发之日起施行。", "会议管理办法", "", "2024-03-01", "2024-03-01", false},
		{"the day on a line of the head", "会议管理办法\n2024年3月1日 办公室印发\n2024年5月1日 施行" + two, "会议管理办法", "", "2024-03-01", "2024-05-01", false},
		{"adopted and in force in one sentence", "会议管理办法\n《会议管理办法》已由主席会议于2024年3月1日通过，现予公布，自2024年5月1日起施行。" + two, "会议管理办法", "", "2024-03-01", "2024-05-01", false},
		{"decree", "会议管理办法\n2004年9月27日 某某市人民政府令第42号公布" + two, "会议管理办法", "某某市人民政府令第42号", "2004-09-27", "", false},
		{"another's number", "会议管理办法\n根据《工作规则》（某办〔2020〕3号）制定的本办法，适用于各科室召开的各类会议。" + two, "会议管理办法", "", "", "", false},
		{"only named in the letter", "关于印发《会议管理办法》的通知\n各科室：现印发给你们。" + two, "会议管理办法", "", "", "", false},
		{"labels of a web page", "【发布单位】某某市政协\n【发文字号】某协〔2024〕6号\n会议管理办法" + two, "会议管理办法", "某协〔2024〕6号", "", "", false},
		{"signed some days before it was printed", "会议管理办法\n第一条 甲。\n第二条 本办法自印发之日起施行。\n某某市政协办公室\n2026年1月6日\n某某市政协办公室2026年1月7日印发\n", "会议管理办法", "", "2026-01-06", "2026-01-06", false},
		{"another rule's day in the preamble", "会议管理办法\n《工作规则》已经修订，自2020年5月1日起施行，现结合机关实际，制定本办法。" + two, "会议管理办法", "", "", "", false},
		{"issued at the foot", "会议管理办法\n第一条 甲。\n第二条 本办法自发布之日起施行。\n\n某某市政协办公室\n2024年3月1日\n", "会议管理办法", "", "2024-03-01", "2024-03-01", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Recognise("x.txt", c.src, false)
			if len(got.Faults) > 0 {
				t.Fatal(got.Faults)
			}
			r := got.Rules[0]
			if r.Title != c.title || r.Document != c.document || r.Issued != c.issued || r.Effective != c.effective || r.Repealed != c.repealed {
				t.Errorf("title %q, document %q, issued %q, effective %q, repealed %v", r.Title, r.Document, r.Issued, r.Effective, r.Repealed)
			}
		})
	}
}
