package convert

import (
	"strings"
	"testing"
)

// A table that names no columns is text where it counts as papers do.
func TestTableOfLines(t *testing.T) {
	tests := []struct{ name, table, want string }{
		{"articles", "会议办法\n第一章,总则\n第一条,甲。\n第二条,\"乙：\n（一）丙；\"\n,（二）丁。\n第三条,戊。\n第 4 條,己。\n", "会议办法\n第一章 总则\n第一条 甲。\n第二条 乙：\n（一）丙；\n（二）丁。\n第三条 戊。\n第 4 條 己。\n"},
		{"all in the first column", "会议办法\n第一条 甲。\n第二条 乙。\n附则\n", "会议办法\n第一条 甲。\n第二条 乙。\n附则\n"},
		{"one column without a number", "会议办法\n要准时。\n", "会议办法\n要准时。\n"},
		{"Chinese numbers", "一、,总体要求\n（一）,甲。\n（二）,乙。\n", "一、 总体要求\n（一） 甲。\n（二） 乙。\n"},
		{"figures", "1.,甲。\n2.,乙。\n", "1. 甲。\n2. 乙。\n"},
		{"a number said again", "第一条,第一条 甲。\n第二条,第二条 乙。\n", "第一条 甲。\n第二条 乙。\n"},
		{"more columns", "第一条,甲。,旧\n第二条,乙。,新\n", "第一条 甲。 旧\n第二条 乙。 新\n"},
		{"chapters before the number", "第一章 总则,第一条,甲。\n第一章 总则,第二条,乙。\n第二章 会议,第三条,丙。\n", "第一章 总则\n第一条 甲。\n第二条 乙。\n第二章 会议\n第三条 丙。\n"},
		{"few articles that count", "甲,\n第一条,乙：\n,丙；\n,丁；\n第二条,戊：\n,己；\n,庚。\n第三条,辛。\n,壬。\n", "甲\n第一条 乙：\n丙；\n丁；\n第二条 戊：\n己；\n庚。\n第三条 辛。\n壬。\n"},
		{"a table within", "第一条,甲。,\n第二条,乙。,\n国家,币种,标准\n蒙古,美元,90\n附则,,\n第三条,丙。,\n", "第一条 甲。\n第二条 乙。\n| 国家 | 币种 | 标准 |\n|---|---|---|\n| 蒙古 | 美元 | 90 |\n附则\n第三条 丙。\n"},
		{"two rules", "会议办法,\n第一条,甲。\n第二条,乙。\n用车办法,\n第一条,丙。\n第二条,丁。\n", "会议办法\n第一条 甲。\n第二条 乙。\n用车办法\n第一条 丙。\n第二条 丁。\n"},
		{"rows that are counted", "1,第一条 甲。\n2,第二条 乙。\n", "第一条 甲。\n第二条 乙。\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := mustRead(t, "a.csv", []byte(tt.table), Options{})
			if doc.Text != tt.want {
				t.Errorf("got\n%s\nwant\n%s", doc.Text, tt.want)
			}
			noted(t, doc, Info, "没有写列名的一行")
			unnoted(t, doc, Doubt)
			if tt.name == "rows that are counted" {
				noted(t, doc, Dropped, "序号（2 格）没有收入")
			} else {
				unnoted(t, doc, Dropped)
			}
		})
	}
	for name, table := range map[string]string{
		"one article":                  "第一条,甲。\n项目,标准\n",
		"few articles with a gap":      "第一条,甲。\n第二条,乙。\n第四条,丙。\n项目,标准\n复印,1\n打印,2\n扫描,3\n",
		"articles in less than half":   "第一条,甲。\n第二条,乙。\n项目,标准\n复印,1\n打印,2\n",
		"a list of three columns":      "1.,王委员,文化\n2.,李委员,教育\n",
		"counted rows without a point": "1,王委员\n2,李委员\n",
		"two columns of words":         "甲,乙\n丙,丁\n",
		"articles spoken of":           "迟到,第三条,提醒\n缺席,第五条,谈话\n",
		"the first article twice":      "第一条,迟到\n第一条,早退\n第二条,缺席\n",
		"articles spoken of twice":     "第三条,迟到\n第三条,早退\n第五条,缺席\n",
		"all in the second column":     ",甲\n,乙\n",
	} {
		doc := mustRead(t, "a.csv", []byte(table), Options{})
		if !strings.HasPrefix(doc.Text, "| ") {
			t.Errorf("%s: got\n%s", name, doc.Text)
		}
		noted(t, doc, Doubt, "没有找到「条号」和「内容」两列")
		unnoted(t, doc, Info)
	}
	f := book(t, [][]any{{"值班办法"}, {"第一条", "早班八点开始。"}, {"第二条", "晚班五点开始。"}})
	doc := mustRead(t, "a.xlsx", written(t, f), Options{})
	if want := "值班办法\n第一条 早班八点开始。\n第二条 晚班五点开始。\n"; doc.Text != want {
		t.Errorf("got\n%s", doc.Text)
	}
	noted(t, doc, Info, "工作表「值班办法」没有写列名的一行")
}
