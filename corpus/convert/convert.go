package convert

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"time"
)

// How long one file may take. Two hundred pages take a second, to read scanned ones
// some seconds each.
const (
	patience    = 2 * time.Minute
	ocrPatience = 30 * time.Minute
)

// A reader takes the text out of one kind of file.
type reader func(ctx context.Context, name string, data []byte, opt Options) (*Document, error)

// Bytes reads a file's content; name is what it is called, with its extension.
func Bytes(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
	if len(data) > MaxFile {
		return nil, errorf("请拆开后再导入", "文件超过 %d MB", MaxFile/mebibyte)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, errorf("请检查是不是存错了文件", "文件是空的")
	}
	read, err := sniff(name, data)
	if err != nil {
		return nil, err
	}
	limit := patience
	if opt.OCR {
		limit = ocrPatience
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	doc, err := guarded(ctx, read, name, data, opt)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(doc.Text) == "" {
		return nil, errorf("如是扫描件，请用识别软件转成文字后再导入，或加 --ocr", "文件里没有文字")
	}
	doc.annotate(opt)
	return doc, nil
}

// guarded runs a reader by itself: the libraries underneath panic on broken files
// and cannot be told to stop.
func guarded(ctx context.Context, read reader, name string, data []byte, opt Options) (*Document, error) {
	type result struct {
		doc *Document
		err error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r = result{nil, errorf("请用原来的软件打开另存一份再导入", "文件内容坏了，读到一半读不下去")}
			}
			done <- r
		}()
		r.doc, r.err = read(ctx, name, data, opt)
	}()
	select {
	case r := <-done:
		return r.doc, r.err
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return nil, errorf("请拆成几份再导入", "文件太大或者坏了，读了很久还没有读完")
		}
		return nil, ctx.Err()
	}
}
