package convert

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ledongthuc/pdf"
)

// recognise has other programs read the pages that are pictures, and puts what they
// read in the place of those pages.
func recognise(ctx context.Context, doc *Document, data []byte, pages []pdfPage, numbers []int, sheets []sheet) error {
	tesseract, err := exec.LookPath("tesseract")
	if err != nil {
		return errorf("请安装 tesseract-ocr 和它的中文语言包 chi_sim，或用识别软件转成文字后再导入", "第%d页是扫描件，而这台电脑没有装 tesseract", numbers[0])
	}
	dir, err := os.MkdirTemp("", "lianwen-ocr-")
	if err != nil {
		return fmt.Errorf("make room for pictures: %w", err)
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "paper.pdf"), data, 0o600); err != nil {
		return fmt.Errorf("make room for pictures: %w", err)
	}
	for _, n := range numbers {
		picture, err := pictureOf(ctx, dir, n, data, pages[n-1])
		if err != nil {
			return err
		}
		if picture == "" {
			doc.note(Doubt, page(n), "第%d页是扫描件，没有文字；要识别它，请先装好 pdftoppm（poppler-utils）", n)
			continue
		}
		table, err := run(ctx, tesseract, picture, "stdout", "-l", "chi_sim", "tsv")
		if err != nil {
			return err
		}
		sheets[n-1] = sheetOf(n, table)
		doc.note(Doubt, page(n), "第%d页由文字识别得来，待核对", n)
	}
	return nil
}

// run runs a program of the computer and returns what it writes.
func run(ctx context.Context, program string, args ...string) ([]byte, error) {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("run %s: %w", filepath.Base(program), ctx.Err())
		}
		return nil, errorf("请检查它和中文语言包 chi_sim 是否装好", "识别扫描件的程序 %s 没有做完", filepath.Base(program))
	}
	return out.Bytes(), nil
}

// pictureOf makes a picture of a page; "" when that cannot be had.
func pictureOf(ctx context.Context, dir string, number int, data []byte, pg pdfPage) (string, error) {
	to := filepath.Join(dir, strconv.Itoa(number))
	if program, err := exec.LookPath("pdftoppm"); err == nil {
		n := strconv.Itoa(number)
		_, err := run(ctx, program, "-r", "300", "-gray", "-png", "-singlefile", "-f", n, "-l", n, filepath.Join(dir, "paper.pdf"), to)
		return to + ".png", err
	}
	photo := photoOf(data, pg)
	if photo == nil {
		return "", nil
	}
	if err := os.WriteFile(to+".jpg", photo, 0o600); err != nil {
		return "", fmt.Errorf("write picture: %w", err)
	}
	return to + ".jpg", nil
}

// photoOf is the largest JPEG that a page refers to, as it lies in the file. The
// library does not unpack pictures, but says where their bytes begin.
func photoOf(data []byte, pg pdfPage) (photo []byte) {
	defer func() {
		if recover() != nil {
			photo = nil
		}
	}()
	data = mendPDF(data)
	objects := pg.resources.Key("XObject")
	for _, name := range objects.Keys() {
		v := objects.Key(name)
		filter := v.Key("Filter")
		if filter.Kind() == pdf.Array && filter.Len() == 1 {
			filter = filter.Index(0)
		}
		if filter.Name() != "DCTDecode" {
			continue
		}
		said := v.String()
		from, err := strconv.ParseInt(said[strings.LastIndexByte(said, '@')+1:], 10, 64)
		to := from + v.Key("Length").Int64()
		if err == nil && from >= 0 && from <= to && to <= int64(len(data)) && bytes.HasPrefix(data[from:to], []byte("\xff\xd8\xff")) && to-from > int64(len(photo)) {
			photo = data[from:to]
		}
	}
	return photo
}

// sheetOf reads tesseract's table: a row for the page, for each line and each word.
func sheetOf(number int, table []byte) (s sheet) {
	var glyphs []glyph
	var base, size float64
	for row := range strings.Lines(string(table)) {
		f := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		if len(f) < 12 {
			continue
		}
		n := func(i int) float64 {
			v, err := strconv.ParseFloat(f[i], 64)
			if err != nil {
				return 0
			}
			return v
		}
		switch f[0] {
		case "1":
			s.width, s.height = n(8), n(9)
		case "4":
			base, size = n(7)+n(9), n(9)
		case "5":
			glyphs = append(glyphs, glyph{text: f[11], x: n(6), right: n(6) + n(8), y: base, size: size, run: len(glyphs)})
		}
	}
	s.lines = linesOf(number, glyphs)
	return s
}
