package convert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
)

// readDoc reads a Word 97–2003 document, which WPS writes as .doc and .wps alike.
func readDoc(ctx context.Context, _ string, data []byte, _ Options) (*Document, error) {
	streams, err := openOLE(ctx, data)
	if err != nil {
		return nil, err
	}
	w, err := newWordFile(streams)
	if err != nil {
		return nil, err
	}
	doc := &Document{Format: "Word 97–2003"}
	if err := w.read(ctx, doc); err != nil {
		return nil, err
	}
	return doc, nil
}

// foreign are the streams by which files that are no Word documents are known.
var foreign = []struct{ stream, what, fix string }{
	{"EncryptedPackage", "文件加了密码", "请用原来的软件去掉密码再导入"},
	{"Workbook", "是旧版的 Excel 表格", "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入"},
	{"Book", "是旧版的 Excel 表格", "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入"},
	{"PowerPoint Document", "是演示文稿", "请把文字存成 Word 再导入"},
	{"__properties_version1.0", "是 Outlook 邮件", "请把正文或附件另存出来再导入"},
	{"HwpSummaryInformation", "是韩文 HWP 文件", "请用原来的软件另存为 .docx 再导入"},
	{"VisioDocument", "是 Visio 图", "请把文字存成 Word 再导入"},
}

// wanted are the streams of a Word document that are read.
var wanted = []string{"WordDocument", "0Table", "1Table"}

// openOLE reads the streams of a Word document out of their container. Only those at
// the top count: what is embedded is another document.
func openOLE(ctx context.Context, data []byte) (map[string][]byte, error) {
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, brokenDoc()
	}
	streams := map[string][]byte{}
	for _, f := range r.File {
		name := strings.Trim(f.Name, "\x00")
		for _, k := range foreign {
			if k.stream == name && len(f.Path) == 0 {
				return nil, errorf(k.fix, "%s", k.what)
			}
		}
		for _, s := range wanted {
			if s != name || len(f.Path) > 0 || streams[s] != nil {
				continue
			}
			if streams[s], err = readStream(ctx, f, len(data)); err != nil {
				return nil, err
			}
		}
	}
	if streams["WordDocument"] == nil {
		return nil, errorf("请用原来的软件打开，另存为 .docx 再导入", "认不出是什么文件，不是 Word 文件")
	}
	return streams, nil
}

// readStream reads a stream piece by piece: the library takes the square of the
// number of sectors that it is asked for at once.
func readStream(ctx context.Context, f *mscfb.File, most int) ([]byte, error) {
	if f.Size > int64(most) {
		return nil, brokenDoc()
	}
	out := make([]byte, 0, f.Size)
	piece := make([]byte, 32<<10)
	for {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("read stream %s: %w", f.Name, err)
		}
		n, err := f.Read(piece)
		out = append(out, piece[:n]...)
		switch {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil || n == 0:
			return nil, brokenDoc()
		}
	}
}

func brokenDoc() *Error {
	return errorf("请重新拷贝或下载一份，或用 Word、WPS 打开，另存为 .docx 再导入", "Word 文件不完整或者坏了，读不下去")
}
