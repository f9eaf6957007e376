package convert

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// table is what tesseract would write of a page.
const table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
	"1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n" +
	"4\t1\t1\t1\t1\t0\t300\t400\t700\t60\t-1\t\n" +
	"5\t1\t1\t1\t1\t1\t300\t402\t180\t58\t96\t第一条\n" +
	"5\t1\t1\t1\t1\t2\t540\t400\t360\t60\t96\t委员应当履职\n" +
	"5\t1\t1\t1\t1\t3\t905\t440\t20\t20\t96\t。\n" +
	"4\t1\t1\t1\t2\t0\t1200\t3400\t100\t40\t-1\t\n" +
	"5\t1\t1\t1\t2\t1\t1200\t3400\t100\t40\tx\t- 1 -\n"

// withPrograms puts scripts on a PATH that has nothing else, and temporary files
// where the test sees them.
func withPrograms(t *testing.T, scripts map[string]string) (temp string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the programs of this test are shell scripts")
	}
	bin, temp := t.TempDir(), t.TempDir()
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin)
	t.Setenv("TMPDIR", temp)
	return temp
}

func scanOf(pages int) []byte {
	p := &paper{}
	p.set("", "", []string{"第九条 有文字的一页。"})
	for range pages {
		p.page(picture)
	}
	return p.bytes()
}

func TestRecognise(t *testing.T) {
	const tesseract = `read -r head < "$1"; [ "$head" = "picture" ] && [ "$2 $3 $4 $5" = "stdout -l chi_sim tsv" ] || exit 3
printf '%s' '` + table + `'`
	temp := withPrograms(t, map[string]string{
		"tesseract": tesseract,
		"pdftoppm":  `for last; do :; done; echo picture > "$last.png"`,
	})
	doc, err := Bytes(context.Background(), "a.pdf", scanOf(1), Options{OCR: true})
	if err != nil {
		t.Fatal(err)
	}
	if want := "第九条 有文字的一页。\n第一条 委员应当履职。"; doc.Text != want {
		t.Errorf("text %q, want %q", doc.Text, want)
	}
	wantNotes(t, doc, "2|第2页|第2页由文字识别得来，待核对", "0||1 页上的页码没有收入")
	left, err := os.ReadDir(temp)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Without pdftoppm the picture itself is read, if it is one that can be had.
func TestRecognisePhoto(t *testing.T) {
	withPrograms(t, map[string]string{"tesseract": "case \"$1\" in *.jpg) printf '%s' '" + table + "';; esac"})
	data := scanOf(1)
	for _, change := range [][2]string{{"", ""}, {"/Filter /DCTDecode /Length", "/Filter[/DCTDecode]/Length"}} {
		in := []byte(strings.Replace(string(data), change[0], change[1], 1))
		doc, err := Bytes(context.Background(), "a.pdf", in, Options{OCR: true})
		if err != nil || !strings.Contains(doc.Text, "委员应当履职。") {
			t.Errorf("%q: %v, %v", change, doc, err)
		}
	}
	for _, change := range [][2]string{{"/DCTDecode", "/JPXDecode"}, {"\xff\xd8\xff", "\xff\xd8\xfe"}, {"8 /Filter /DCTDecode /Length 8>>", "8/Filter/DCTDecode/Length 9999>>"}} {
		in := []byte(strings.Replace(string(data), change[0], change[1], 1))
		doc, err := Bytes(context.Background(), "a.pdf", in, Options{OCR: true})
		if err != nil {
			t.Fatal(err)
		}
		wantNotes(t, doc, "2|第2页|第2页是扫描件，没有文字；要识别它，请先装好 pdftoppm（poppler-utils）")
	}
}

func TestRecogniseFails(t *testing.T) {
	tests := []struct {
		name    string
		scripts map[string]string
		want    string
	}{
		{"not installed", nil, "第2页是扫描件，而这台电脑没有装 tesseract"},
		{"language missing", map[string]string{"tesseract": "echo no chi_sim >&2; echo more >&2; exit 1"}, "识别扫描件的程序 tesseract 没有做完"},
		{"no picture", map[string]string{"tesseract": "", "pdftoppm": "exit 1"}, "识别扫描件的程序 pdftoppm 没有做完"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			withPrograms(t, tt.scripts)
			_, err := Bytes(context.Background(), "a.pdf", scanOf(1), Options{OCR: true})
			var said *Error
			if !errors.As(err, &said) || said.What != tt.want || said.Fix == "" {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

// A program that does not end is ended with the reading, and leaves nothing behind.
func TestRecogniseStops(t *testing.T) {
	temp := withPrograms(t, map[string]string{"tesseract": "echo started > \"$TMPDIR/started\"; while :; do :; done"})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := make(chan error)
	go func() {
		_, err := readPDF(ctx, "a.pdf", scanOf(1), Options{OCR: true})
		done <- err
	}()
	for {
		if _, err := os.Stat(filepath.Join(temp, "started")); err == nil {
			break
		}
		runtime.Gosched()
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want canceled", err)
	}
	if left, err := filepath.Glob(filepath.Join(temp, "lianwen-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
