package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// A workbook is read part by part, as a stream: a file of a hundred kilobytes can
// say that there are seventeen thousand million cells. Only the parts that are
// needed are unpacked.
const (
	maxUnzipped = 24 << 20  // of the parts that are read, in bytes
	maxTag      = 256 << 10 // from one < to the next
	maxStrings  = 500_000   // shared strings
)

// book is a workbook, packed.
type book struct {
	parts map[string]*zip.File // by path in lower case
	left  int64                // how many bytes may still be unpacked
}

// sheetInfo is a sheet as the workbook lists it.
type sheetInfo struct {
	name, part string
	hidden     bool
}

func (s sheetInfo) String() string {
	if s.hidden {
		return "“" + s.name + "”（隐藏）"
	}
	return "“" + s.name + "”"
}

const workbookPart = "xl/workbook.xml"

// readWorkbook reads the first visible sheet.
func readWorkbook(content []byte) (*table, string) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, broken(err)
	}
	b := &book{parts: map[string]*zip.File{}, left: maxUnzipped}
	for _, part := range archive.File {
		b.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(part.Name, `\`, "/"), "/"))] = part
	}
	if b.parts[workbookPart] == nil {
		return nil, b.other()
	}
	t, err := b.read()
	switch {
	case errors.Is(err, errTooBig):
		return nil, tooBig
	case errors.Is(err, errNoSheet):
		return nil, "工作簿里没有看得见的工作表"
	case err != nil:
		return nil, broken(err)
	}
	return t, ""
}

func broken(err error) string {
	return "不是完好的 xlsx 文件（" + err.Error() + "），请用 Excel 或 WPS 另存一次"
}

// other says what an archive is that is no workbook.
func (b *book) other() string {
	switch {
	case b.parts["word/document.xml"] != nil:
		return "这是 Word 文档，请把表格复制到 Excel 或 WPS 表格里，存成 xlsx"
	case b.parts["xl/workbook.bin"] != nil:
		return "这是 xlsb，请另存为 xlsx"
	case b.parts["mimetype"] != nil:
		return "这是 ods 之类的文件，请另存为 xlsx"
	}
	return "不是完好的 xlsx 文件（里面没有工作簿），请用 Excel 或 WPS 另存一次"
}

var errNoSheet = errors.New("no visible sheet")

func (b *book) read() (*table, error) {
	sheets, n, err := b.sheets()
	if err != nil {
		return nil, err
	}
	chosen := -1
	var rest []string
	for i, s := range sheets {
		if chosen < 0 && !s.hidden {
			chosen = i
			continue
		}
		rest = append(rest, s.String())
	}
	if chosen < 0 {
		return nil, errNoSheet
	}
	shared, err := b.strings()
	if err != nil {
		return nil, err
	}
	if err := b.styles(n); err != nil {
		return nil, err
	}
	t := &table{sheet: sheets[chosen].name, numbers: n}
	if len(rest) > 0 {
		t.notes = append(t.notes, fmt.Sprintf("读的是工作表%s；没有读：%s。", sheets[chosen], strings.Join(rest, "、")))
	}
	return t, b.fill(t, sheets[chosen].part, shared)
}

// sheets lists the sheets that hold cells, and how days are counted.
func (b *book) sheets() (list []sheetInfo, n *numbers, err error) {
	targets := map[string]string{}
	err = b.each("xl/_rels/workbook.xml.rels", func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), "/worksheet") {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(path.Dir(workbookPart), target)
			}
			targets[attr(e, "Id")] = strings.TrimPrefix(target, "/")
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	n = &numbers{formats: map[int]string{}}
	err = b.each(workbookPart, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			n.epoch1904 = isTrue(attr(e, "date1904"))
		case "sheet":
			if part := targets[attr(e, "id")]; part != "" {
				state := attr(e, "state")
				list = append(list, sheetInfo{attr(e, "name"), part, state != "" && state != "visible"})
			}
		}
		return nil
	})
	return list, n, err
}

// styles learns the formats of numbers.
func (b *book) styles(n *numbers) error {
	inCells := false
	err := b.each("xl/styles.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil {
				n.formats[id] = attr(e, "formatCode")
			}
		case "cellXfs", "cellStyleXfs":
			inCells = e.Name.Local == "cellXfs"
		case "xf":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); inCells && err == nil {
				n.styles = append(n.styles, id)
			} else if inCells {
				n.styles = append(n.styles, 0)
			}
		}
		return nil
	})
	if errors.Is(err, errNoPart) {
		return nil
	}
	return err
}

var errNoPart = errors.New("part missing")

// open unpacks a part as a stream of XML, within the limits.
func (b *book) open(name string) (*xml.Decoder, io.Closer, error) {
	part := b.parts[strings.ToLower(name)]
	if part == nil {
		return nil, nil, fmt.Errorf("%w: %s", errNoPart, name)
	}
	r, err := part.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", name, err)
	}
	return xml.NewDecoder(&bounded{r: r, left: &b.left}), r, nil
}

// each calls do for every element of a part.
func (b *book) each(name string, do func(xml.StartElement) error) error {
	return b.tokens(name, func(token xml.Token) error {
		if e, ok := token.(xml.StartElement); ok {
			return do(e)
		}
		return nil
	})
}

// tokens calls do for every token of a part.
func (b *book) tokens(name string, do func(xml.Token) error) error {
	d, closer, err := b.open(name)
	if err != nil {
		return err
	}
	defer closer.Close()
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if err := do(token); err != nil {
			return err
		}
	}
}

// bounded ends in errTooBig when more comes than was allowed for, in all or
// within one tag: a tag is held in memory whole, with all its attributes.
type bounded struct {
	r    io.Reader
	left *int64
	tag  int // bytes since the last <
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p[:min(len(p), maxTag)])
	*b.left -= int64(n)
	first, last := bytes.IndexByte(p[:n], '<'), bytes.LastIndexByte(p[:n], '<')
	if first < 0 {
		first = n
	}
	if *b.left < 0 || b.tag+first > maxTag {
		return 0, errTooBig
	}
	if b.tag += n; last >= 0 {
		b.tag = n - last
	}
	return n, err
}

// attr is an attribute by its name without prefix.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }
