package office_test

import (
	"strings"
	"testing"

	"lianwen/bot/office"
	"lianwen/corpus"
)

// Side by side stand the articles to the byte; only words that differ are marked.
func TestRows(t *testing.T) {
	old := corpus.Recognise("旧.txt", "值班办法\n第一条 为做好值班，定本办法。\n第二条 提前10分钟到岗。\n第三条 钥匙交门卫。\n", true).Rules[0]
	new := corpus.Recognise("新.txt", "值班办法\n第一条 为做好值班，定本办法。\n第二条 提前<b>15分钟到岗。\n第三条 夜间巡查两次。\n", true).Rules[0]
	untouched := 0
	for _, r := range office.Rows(corpus.Compare(old, new)) {
		if r.Untouched() {
			untouched++
		}
		for _, side := range []struct {
			of     *corpus.Article
			pieces []office.Piece
			mark   office.Mark
		}{{r.Old, r.Before, office.Deleted}, {r.New, r.After, office.Inserted}} {
			text, marked := "", ""
			for _, p := range side.pieces {
				if text += p.Text; p.Mark == side.mark {
					marked += p.Text
				}
			}
			switch {
			case side.of == nil && text != "", side.of != nil && text != side.of.Text:
				t.Errorf("%s: %q", r.What, text)
			case r.Untouched() != (marked == "") && side.of != nil:
				t.Errorf("%s: %q is marked", r.What, marked)
			}
		}
		if r.Kind == corpus.Changed && (r.After[len(r.After)-1].Text == "" || !strings.HasPrefix(r.What, "修改")) {
			t.Errorf("%+v", r)
		}
	}
	if untouched != 1 {
		t.Errorf("%d articles untouched", untouched)
	}
}
