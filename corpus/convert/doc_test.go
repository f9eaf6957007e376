package convert

import (
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

func convertDoc(t *testing.T, data []byte) *Document {
	t.Helper()
	doc, err := Bytes(context.Background(), "a.doc", data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestDocText(t *testing.T) {
	tests := []struct {
		name string
		in   letter
		want string
	}{
		{"paragraphs", letter{text: "第一章　总则\r\r第一条　委员应当履职。\r"}, "第一章　总则\n第一条　委员应当履职。"},
		{"no mark at the end", letter{text: "第一条\r第二条"}, "第一条\n第二条"},
		{"one byte a character", letter{text: "CPPCC \u0093a\u0094 \u0080\r", narrow: true}, "CPPCC “a” €"},
		{"beyond the first plane", letter{text: "𠀀𠀁\r"}, "𠀀𠀁"},
		{"lines, pages and tabs", letter{text: "一\v二\f三\x0e四\t五\u00a0六\r"}, "一\n二\n三\n四 五 六"},
		{"hyphens", letter{text: "a\x1eb\x1fc\r"}, "a-bc"},
		{"marks that are no text", letter{text: "委员\x02\x05\x03\r"}, "委员"},
		{"a field", letter{text: "见\x13 REF a \x14第五条\x15。\r"}, "见第五条。"},
		{"a field without a result", letter{text: "见\x13 PAGE \x15。\r"}, "见。"},
		{"a field in a field", letter{text: "见\x13 IF \x13 REF a \x14码\x15 \x14第\x13 REF b \x14五\x15条\x15。\r"}, "见第五条。"},
		{"a field that does not end", letter{text: "见\x13第五条。\r"}, "见第五条。"},
		{"ends of no field", letter{text: "见\x14第\x15五条。\r"}, "见第五条。"},
		{"a table", letter{text: "项目\a分值\a\a出席\r会议\a10\a\a后。\r", rows: map[int]bool{6: true, 16: true}, cells: map[int]bool{2: true, 5: true, 9: true, 12: true, 15: true}},
			"| 项目 | 分值 |\n|---|---|\n| 出席 会议 | 10 |\n后。"},
		{"a table without formats", letter{text: "项目\a分值\a\a出席\a10\a\a后。\r", bare: true}, "| 项目 | 分值 |\n|---|---|\n| 出席 | 10 |\n后。"},
		{"two tables", letter{text: "甲\a乙\a\a间。\r丙\a丁\a\a", rows: map[int]bool{4: true, 12: true}}, "| 甲 | 乙 |\n|---|---|\n间。\n| 丙 | 丁 |\n|---|---|"},
		{"an empty cell", letter{text: "甲\a\a乙\a\a", rows: map[int]bool{5: true}}, "| 甲 |  | 乙 |\n|---|---|---|"},
		{"a frame", letter{text: "框里的话。\a\a后。\r", rows: map[int]bool{6: true}}, "框里的话。\n后。"},
		{"a long one", letter{text: strings.Repeat("第一条　委员应当履职。\r", 2000)}, strings.TrimSpace(strings.Repeat("第一条　委员应当履职。\n", 2000))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if doc := convertDoc(t, tt.in.bytes()); doc.Text != tt.want {
				t.Errorf("text %.300q, want %.300q", doc.Text, tt.want)
			}
		})
	}
}

func TestDocNotes(t *testing.T) {
	auto := "文件用了自动编号，条号取不出来，请用 Word 或 WPS 另存为 .docx 再导入"
	deleted, hidden, symbol := []byte{0x00, 0x08, 1}, []byte{0x3C, 0x08, 1}, []byte{0x09, 0x6A, 0, 0, 0xFE, 0xF0}
	tests := []struct {
		name string
		in   letter
		text string
		want []string
	}{
		{"numbered by itself", letter{text: "委员应当按时出席全体会议。\r请假。\r\r总则\r", lists: map[int]int{13: 1, 17: 2, 18: 1, 21: 0}}, "",
			[]string{"2||" + auto + "（2 段，第一处是「委员应当按时出席全体会议…」）"}},
		{"numbered by its style", letter{text: "一\r二\r三\r四\r五\r", styled: map[int]int{1: 1, 3: 2, 5: 3, 7: 9, 9: 1}, lists: map[int]int{9: 0}}, "",
			[]string{"2||" + auto + "（2 段，第一处是「一」）"}},
		{"formats that cannot be read", letter{text: "一\r", bare: true}, "", []string{"2||文件可能用了自动编号，条号取不出来，请用 Word 或 WPS 另存为 .docx 再导入"}},
		{"deleted", letter{text: "应当可以\r", chars: map[int][]byte{0: deleted, 1: deleted}}, "可以", []string{"0||修订中删去的文字没有收入：应当"}},
		{"hidden", letter{text: "应当可以\r", chars: map[int][]byte{2: hidden, 3: hidden}}, "应当", []string{"0||隐藏的文字没有收入：可以"}},
		{"a symbol", letter{text: "(同意\r", chars: map[int][]byte{0: symbol}}, "□同意", []string{"2||1 处特殊符号取不出来，写成了 □，请对照原件"}},
		{"pictures", letter{text: "图\x01\x08\r"}, "图", []string{"0||2 处图片或图形没有收入，里面如有文字请补上"}},
		{"outside of the text", letter{text: "正文\x02\r", after: [7]string{"\x02 脚注一\r\x02 脚注二\r", "页眉\r", "", "批注\r", "尾注\r", "框\r", "\r"}}, "正文",
			[]string{"0||脚注没有收入：脚注一 脚注二", "0||页眉页脚没有收入：页眉", "0||批注没有收入：批注", "0||尾注没有收入：尾注", "0||文本框没有收入：框"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := convertDoc(t, tt.in.bytes())
			wantNotes(t, doc, tt.want...)
			if tt.text != "" && doc.Text != tt.text {
				t.Errorf("text %q, want %q", doc.Text, tt.text)
			}
		})
	}
}

func TestDocRefused(t *testing.T) {
	with := func(streams ...string) []byte {
		m := map[string][]byte{}
		for _, s := range streams {
			m[s] = []byte("something")
		}
		return compound(m)
	}
	patched := func(f func(main, table []byte)) []byte { return (&letter{text: "一\r", patch: f}).bytes() }
	good := (&letter{text: "第一条\r"}).bytes()
	tests := []struct {
		name string
		in   []byte
		what string
	}{
		{"password of the file", with("EncryptedPackage", "EncryptionInfo"), "文件加了密码"},
		{"password", patched(func(m, _ []byte) { m[fibFlags+1] |= 1 }), "文件加了密码"},
		{"Excel", with("Workbook"), "是旧版的 Excel 表格"},
		{"old Excel", with("Book"), "是旧版的 Excel 表格"},
		{"slides", with("PowerPoint Document"), "是演示文稿"},
		{"mail", with("__properties_version1.0"), "是 Outlook 邮件"},
		{"HWP", with("FileHeader", "\x05HwpSummaryInformation"), "是韩文 HWP 文件"},
		{"unknown", with("Contents"), "认不出是什么文件，不是 Word 文件"},
		{"Word 95", patched(func(m, _ []byte) { binary.LittleEndian.PutUint16(m, identWord95) }), "是 Word 95 或更早的文件"},
		{"Word 8 in the making", patched(func(m, _ []byte) { m[fibVersion] = 104 }), "是 Word 95 或更早的文件"},
		{"no Word", patched(func(m, _ []byte) { m[0] = 0 }), "Word 文件不完整或者坏了，读不下去"},
		{"too many characters", patched(func(m, _ []byte) { m[fibCounts] = 3 }), "Word 文件不完整或者坏了，读不下去"},
		{"no pieces", patched(func(m, _ []byte) { clear(m[fibPairs+8*pairPieces:][:8]) }), "Word 文件不完整或者坏了，读不下去"},
		{"pieces outside", patched(func(m, _ []byte) { m[fibPairs+8*pairPieces+2] = 9 }), "Word 文件不完整或者坏了，读不下去"},
		{"pieces that do not begin", patched(func(_, t []byte) { t[10] = 1 }), "Word 文件不完整或者坏了，读不下去"},
		{"pieces that go back", patched(func(_, t []byte) { t[14] = 9 }), "Word 文件不完整或者坏了，读不下去"},
		{"a piece beyond the file", patched(func(_, t []byte) { t[26] = 1 }), "Word 文件不完整或者坏了，读不下去"},
		{"cut", good[:len(good)-600], "Word 文件不完整或者坏了，读不下去"},
		{"head alone", good[:600], "Word 文件不完整或者坏了，读不下去"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Bytes(context.Background(), "a.doc", tt.in, Options{})
			var said *Error
			if !errors.As(err, &said) || said.What != tt.what || said.Fix == "" {
				t.Errorf("%v, %v; want %s", doc, err, tt.what)
			}
		})
	}
}

// Changes of all lengths are passed over to those that are wanted.
func TestFormatApply(t *testing.T) {
	long := append([]byte{0x08, 0xD6, 0x01, 0x01}, make([]byte, 256)...) // its length has two bytes
	for _, prl := range [][]byte{{}, {0x00, 0x04, 9}, {0x00, 0x44, 9, 9}, {0x00, 0x64, 9, 9, 9, 9}, {0x00, 0xC0, 2, 9, 9}, {0x00, 0xE0, 9, 9, 9}, long} {
		f := format{list: -1}
		f.apply(append(prl, 0x17, 0x24, 1, 0x0B, 0x46, 2, 1))
		if !f.rowEnd || f.list != 0x102 {
			t.Errorf("after % .10x: %+v", prl, f)
		}
		f.apply([]byte{0x17, 0x24, 0, 0x15, 0xC6, 255, 0x0B, 0x46, 3, 0})
		if f.rowEnd || f.list != 0x102 {
			t.Errorf("changed back: %+v", f)
		}
	}
}

// What is embedded in a document does not make it another kind of file.
func TestDocEmbedded(t *testing.T) {
	doc := convertDoc(t, compound((&letter{text: "第一条\r"}).streams(), "Workbook"))
	if doc.Text != "第一条" || doc.Format != "Word 97–2003" || doc.Wrapped {
		t.Errorf("%+v", doc)
	}
}

func TestDocStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	l := &letter{text: strings.Repeat("一\r", 5000)}
	if doc, err := readDoc(ctx, "a.doc", l.bytes(), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v, want canceled", doc, err)
	}
	w, err := newWordFile(l.streams())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.read(ctx, &Document{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want canceled", err)
	}
}
