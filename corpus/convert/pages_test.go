package convert

import (
	"fmt"
	"strings"
	"testing"
)

// setAt puts text on a page, each character an em wide, ASCII half of one.
func setAt(x, y, size float64, s string) (out []glyph) {
	for _, r := range s {
		w := size
		if r < 0x80 {
			w /= 2
		}
		out = append(out, glyph{text: string(r), x: x, right: x + w, y: y, size: size, run: int(y)})
		x += w
	}
	return out
}

// sheetWith is a page of 600 by 800 with lines: "x,y,size text".
func sheetWith(number int, lines ...string) sheet {
	var glyphs []glyph
	for _, l := range lines {
		var x, y, size float64
		at, s, _ := strings.Cut(l, " ")
		if _, err := fmt.Sscanf(at, "%g,%g,%g", &x, &y, &size); err != nil {
			panic(err)
		}
		glyphs = append(glyphs, setAt(x, y, size, s)...)
	}
	return sheet{width: 600, height: 800, lines: linesOf(number, glyphs)}
}

const full = "委员应当按时参加全体会议专题协商会和界别活动不能参加的请" // 28 characters: the measure at 16 from 76 to 524

func TestPagesParagraphs(t *testing.T) {
	tests := []struct {
		name   string
		sheets []sheet
		want   string
	}{
		{"a full line goes on", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 假。", "108,156,16 二。")}, full + "假。/二。"},
		{"an indented one begins", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 "+full, "108,156,16 "+full[:78])}, full + full + "/" + full[:78]},
		{"a short one ends", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 "+full[:75], "76,156,16 二。")}, full + full[:75] + "/二。"},
		{"a hanging mark is still full", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 "+full[:78], "76,156,16 二。")}, full + full[:78] + "二。"},
		{"over the page", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 "+full), sheetWith(2, "76,100,16 假。", "108,128,16 二。")}, full + full + "假。/二。"},
		{"farther down begins", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 "+full, "76,156,16 "+full, "76,212,16 二。")}, full + full + full + "/二。"},
		{"of another size begins", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 "+full, "76,152,12 二。")}, full + full + "/二。"},
		{"an item begins", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 第一条 一：", "76,156,16 （一）二。", "76,184,16 "+full[:81]+"；", "76,212,16 2.三。")}, full + "第一条 一：/（一）二。/" + full[:81] + "；/2.三。"},
		{"an item begins where none is set in", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 （一）二。", "76,156,16 "+full, "76,184,16 2.三。", "76,212,16 3.四。")}, full + "/（一）二。/" + full + "/2.三。/3.四。"},
		{"an item spoken of in a paper that sets them in", []sheet{sheetWith(1, "108,72,16 （一）甲。", "108,100,16 "+full[:78], "76,128,16 （二）所列的情形。", "76,156,16 "+full)}, "（一）甲。/" + full[:78] + "（二）所列的情形。/" + full},
		{"the name of a paper is no end", []sheet{sheetWith(1, "108,100,16 "+full[:75]+"》", "76,128,16 第八条规定的，不予报销。", "108,156,16 "+full[:78])}, full[:75] + "》第八条规定的，不予报销。/" + full[:78]},
		{"nor are brackets", []sheet{sheetWith(1, "108,100,16 "+full[:75]+"）", "76,128,16 第八条规定的。", "108,156,16 "+full[:78])}, full[:75] + "）第八条规定的。/" + full[:78]},
		{"the end of a sentence in quotes is one", []sheet{sheetWith(1, "76,100,16 "+full[:78]+"。”", "76,128,16 第二条 二。", "76,156,16 "+full)}, full[:78] + "。”/第二条 二。/" + full},
		{"a number that may not be cut", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 "+full[:75], "76,156,16 15000元。", "108,184,16 二。")}, full + full[:75] + "15000元。/二。"},
		{"the number of a paper that may not be cut", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 "+full[:66], "76,156,16 〔2017〕434号。", "108,184,16 二。")}, full + full[:66] + "〔2017〕434号。/二。"},
		{"a short line before a number ends", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 "+full[:72]+"。", "76,156,16 15000元。", "108,184,16 二。")}, full + full[:72] + "。/15000元。/二。"},
		{"a decimal", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 "+full[:78], "76,156,16 3.5厘米。", "108,184,16 二。")}, full + full[:78] + "3.5厘米。/二。"},
		{"a number over two lines", []sheet{sheetWith(1, "76,100,16 "+full[:81]+"3", "76,128,16 0分钟。", "76,156,16 "+full)}, full[:81] + "30分钟。/" + full},
		{"a decimal over two lines", []sheet{sheetWith(1, "76,100,16 "+full[:81]+"3.", "76,128,16 5厘米。", "76,156,16 "+full)}, full[:81] + "3.5厘米。/" + full},
		{"a share over two lines", []sheet{sheetWith(1, "76,100,16 "+full[:81]+"30", "76,128,16 %以上。", "76,156,16 "+full)}, full[:81] + "30%以上。/" + full},
		{"an address over two lines", []sheet{sheetWith(1, "76,100,16 "+full[:54]+"https://a.cn/b?c=", "76,128,16 1&d=2。", "76,156,16 "+full)}, full[:54] + "https://a.cn/b?c=1&d=2。/" + full},
		{"a sentence in Latin letters", []sheet{sheetWith(1, "76,100,16 "+full[:81]+"a.", "76,128,16 5 b。", "76,156,16 "+full)}, full[:81] + "a. 5 b。/" + full},
		{"an article begins after a sentence", []sheet{sheetWith(1, "76,100,16 "+full[:81]+"。", "76,128,16 第二条 二。", "76,156,16 "+full)}, full[:81] + "。/第二条 二。/" + full},
		{"an article spoken of goes on", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 第二条规定的。", "76,156,16 "+full)}, full + "第二条规定的。/" + full},
		{"an item spoken of goes on", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 （二）项规定的。", "76,156,16 "+full)}, full + "（二）项规定的。/" + full},
		{"a heading stands alone", []sheet{sheetWith(1, "220,72,16 第一章总则办法", "76,100,16 "+full, "76,128,16 "+full, "76,156,16 假。")}, "第一章总则办法/" + full + full + "假。"},
		{"a list of names is no paragraph", []sheet{sheetWith(1, "76,100,16 王委员", "76,128,16 李委员", "76,156,16 张委员")}, "王委员/李委员/张委员"},
		{"Chinese and Latin have none", []sheet{sheetWith(1, "76,100,16 "+full, "76,128,16 CC。", "76,156,16 "+full)}, full + "CC。/" + full},
		{"a hyphen has none", []sheet{sheetWith(1, "76,100,16 "+full[:81]+"a-", "76,128,16 b。", "76,156,16 "+full)}, full[:81] + "a-b。/" + full},
		{"Latin words keep their space", []sheet{sheetWith(1, "76,100,16 "+full[:81]+"CC", "76,128,16 PP。", "76,156,16 "+full)}, full[:81] + "CC PP。/" + full},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := &Document{}
			d.fromPages(tt.sheets)
			if got := strings.ReplaceAll(d.Text, "\n", "/"); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// The short lines of a form are never run together, though they are all a page has.
func TestPagesForms(t *testing.T) {
	form := []string{"108,100,16 申请人姓名和所在界别以及联系电话", "108,128,16 自付情况", "108,156,16 伙食费交纳", "108,184,16 出差事由和起止时间以及同行人员", "108,212,16 交通费", "108,240,16 住宿费", "108,268,16 出差事由和起止时间以及同行人", "108,296,16 备注"}
	var want []string
	for _, l := range form {
		_, text, _ := strings.Cut(l, " ")
		want = append(want, text)
	}
	body := []string{"108,100,16 " + full[:78]}
	for i := range 8 {
		body = append(body, fmt.Sprintf("76,%d,16 %s", 128+28*i, full))
	}
	for name, pages := range map[string][]sheet{
		"alone":      {sheetWith(1, form...)},
		"after text": {sheetWith(1, body...), sheetWith(2, form...)},
	} {
		d := &Document{}
		d.fromPages(pages)
		if !strings.HasSuffix("\n"+d.Text, "\n"+strings.Join(want, "\n")) {
			t.Errorf("%s: got\n%s", name, d.Text)
		}
	}
	// A blank to fill in ends its line, however wide it is.
	d := &Document{}
	d.fromPages([]sheet{sheetWith(1, "76,100,16 自付情况："+strings.Repeat("_", 46), "76,128,16 伙食费交纳："+strings.Repeat("_", 44), "76,156,16 "+full, "76,184,16 文。")})
	if got := strings.Count(d.Text, "\n"); got != 2 {
		t.Errorf("got\n%s", d.Text)
	}
}

// A wide page among others does not make the others' lines short.
func TestPagesWide(t *testing.T) {
	var wide, body []string
	for i := range 8 {
		wide = append(wide, fmt.Sprintf("76,%d,16 %s", 100+28*i, full+full[:60]))
		body = append(body, fmt.Sprintf("90,%d,16 %s", 100+28*i, full))
	}
	s := sheetWith(2, wide...)
	s.width = 1000
	d := &Document{}
	d.fromPages([]sheet{sheetWith(1, body...), s, sheetWith(3, wide[0])})
	if first, _, _ := strings.Cut(d.Text, "\n"); !strings.HasPrefix(first, strings.Repeat(full, 8)) {
		t.Errorf("got\n%s", d.Text)
	}
}

// Two columns are read one after the other, with what stands across them in its place.
func TestPagesColumns(t *testing.T) {
	lines := []string{"230,60,22 会议简报"}
	for i := range 10 {
		y := 120 + 24*i
		lines = append(lines, fmt.Sprintf("60,%d,12 左%d%s", y, i, full[:51]), fmt.Sprintf("320,%d,12 右%d%s", y+5*(i%2), i, full[:51]))
	}
	lines = append(lines, "61,400,12 "+full+full[:24]) // a glyph ends where the gutter is
	s := sheetWith(1, lines...)
	var got []string
	for _, l := range s.lines {
		got = append(got, fmt.Sprint(l.block, short(l.text, 2)))
	}
	want := "0会议…,1左0…,1左1…,1左2…,1左3…,1左4…,1左5…,1左6…,1左7…,1左8…,1左9…,2右0…,2右1…,2右2…,2右3…,2右4…,2右5…,2右6…,2右7…,2右8…,2右9…,0委员…"
	if strings.Join(got, ",") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, ","), want)
	}
}

// Numbers that hang out at the left, or stand at the right, make no columns.
func TestPagesHanging(t *testing.T) {
	var left, right []string
	for i := range 10 {
		left = append(left, fmt.Sprintf("60,%d,12 甲", 100+24*i), fmt.Sprintf("100,%d,12 %s", 100+24*i, full))
		right = append(right, fmt.Sprintf("100,%d,12 %s", 100+24*i, full), fmt.Sprintf("480,%d,12 乙", 100+24*i))
	}
	for _, lines := range [][]string{left, right} {
		for _, l := range sheetWith(1, lines...).lines {
			if l.block != 0 || len(l.cells) != 2 {
				t.Errorf("block %d, cells %v", l.block, l.cells)
			}
		}
	}
}

func TestPagesTables(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  string
	}{
		{"rows", []string{"76,100,16 项目", "300,100,16 分值", "76,128,16 出席会议", "308,128,16 10", "76,156,16 以下无表"},
			"| 项目 | 分值 |/|---|---|/| 出席会议 | 10 |/以下无表"},
		{"below by the right edge", []string{"76,100,16 甲", "300,100,16 100000", "76,128,16 乙", "340,128,16 5"}, "| 甲 | 100000 |/|---|---|/| 乙 | 5 |"},
		{"below by the middle", []string{"76,100,16 甲", "300,100,16 出席全体会议", "76,128,16 乙", "340,128,16 会"}, "| 甲 | 出席全体会议 |/|---|---|/| 乙 | 会 |"},
		{"numbers of rows", []string{"76,100,16 一、", "160,100,16 出席", "300,100,16 10", "76,128,16 二、", "160,128,16 请假", "300,128,16 5"}, "| 一、 | 出席 | 10 |/|---|---|---|/| 二、 | 请假 | 5 |"},
		{"one row is none", []string{"76,100,16 甲方", "300,100,16 乙方", "76,128,16 以下无表"}, "甲方 乙方/以下无表"},
		{"a cell of two lines", []string{"76,100,16 一", "160,100,16 出席会议", "400,100,16 10", "160,124,16 和活动", "76,150,16 二", "160,150,16 提交提案", "400,150,16 5", "76,180,16 以下无表"},
			"| 一 | 出席会议 | 10 |/|---|---|---|/|  | 和活动 |  |/| 二 | 提交提案 | 5 |/以下无表"},
		{"a line across the columns", []string{"76,100,16 一", "160,100,16 出席", "76,128,16 以下无表而是正文", "76,156,16 二", "160,156,16 提案"},
			"一 出席/以下无表而是正文/二 提案"},
		{"a line below the last row", []string{"76,100,16 一", "300,100,16 出席", "76,128,16 二", "300,128,16 提案", "300,156,16 完"}, "| 一 | 出席 |/|---|---|/| 二 | 提案 |/完"},
		{"not one below the other", []string{"76,100,16 甲方", "300,100,16 乙方", "76,128,16 地址", "420,128,16 电话"}, "甲方 乙方/地址 电话"},
		{"numbers set apart are no cells", []string{"76,100,16 第一条", "160,100,16 出席", "76,128,16 第二条", "160,128,16 请假"}, "第一条 出席/第二条 请假"},
		{"a table of names and numbers has no columns of text", rowsOfTable(10), "| 王委员 | 出席 |/|---|---|" + strings.Repeat("/| 王委员 | 出席 |", 9)},
		{"other numbers of cells, other tables", []string{"76,100,16 甲", "300,100,16 乙", "76,128,16 丙", "300,128,16 丁", "76,156,16 一", "200,156,16 二", "300,156,16 三", "76,184,16 四", "200,184,16 五", "300,184,16 六"},
			"| 甲 | 乙 |/|---|---|/| 丙 | 丁 |/| 一 | 二 | 三 |/|---|---|---|/| 四 | 五 | 六 |"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := &Document{}
			d.fromPages([]sheet{sheetWith(1, tt.lines...)})
			if got := strings.ReplaceAll(d.Text, "\n", "/"); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func rowsOfTable(n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("76,%d,16 王委员", 100+28*i), fmt.Sprintf("320,%d,16 出席", 100+28*i))
	}
	return out
}

// A space that was drawn is one, however narrow; spaces at the ends are none.
func TestSetRow(t *testing.T) {
	row := append(setAt(60, 100, 16, " 委"), glyph{text: " ", x: 84, right: 84, y: 100, size: 16})
	row = append(append(row, setAt(84, 100, 16, "员")...), setAt(130, 100, 16, "会 ")...)
	line, ok := setRow(row)
	if !ok || line.text != "委 员 会" || line.x != 68 || line.right != 146 || len(line.cells) != 2 || line.cells[0] != (cell{"委 员", 68, 100}) || line.cells[1] != (cell{"会", 130, 146}) {
		t.Errorf("%+v, %v", line, ok)
	}
	if line, ok := setRow(setAt(60, 100, 16, "  ")); ok {
		t.Errorf("a line of spaces: %+v", line)
	}
}

func TestOutermost(t *testing.T) {
	for _, tt := range []struct {
		values  []float64
		several int
		want    float64
	}{{[]float64{5}, 2, 5}, {[]float64{9, 3, 10, 10.5}, 2, 10}, {[]float64{9, 3, 3.4}, 2, 3}, {[]float64{9, 8.4, 9}, 3, 8.4}} {
		if got := outermost(tt.values, tt.several, 0.6); got != tt.want {
			t.Errorf("outermost of %v: %g, want %g", tt.values, got, tt.want)
		}
	}
}
