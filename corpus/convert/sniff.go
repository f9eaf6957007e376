package convert

import (
	"bytes"
	"path/filepath"
	"strings"
)

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	pdfMagic = []byte("%PDF-")
	rtfMagic = []byte(`{\rtf`)
)

// sniff chooses the reader by what the file is, whatever it is called.
func sniff(name string, data []byte) (reader, error) {
	head := data[:min(len(data), 4096)]
	ext := strings.ToLower(filepath.Ext(name))
	switch {
	case bytes.HasPrefix(data, zipMagic):
		return sniffArchive(data)
	case bytes.HasPrefix(data, oleMagic):
		return readDoc, nil
	case bytes.Contains(head[:min(len(head), 1024)], pdfMagic):
		return readPDF, nil
	case bytes.HasPrefix(data, rtfMagic):
		return nil, errorf("请用 Word 打开，另存为 .docx 再导入", "是 RTF 文件")
	case isPicture(data):
		return nil, errorf("请用识别软件转成文字后再导入", "是图片，没有文字")
	case ext == ".csv":
		return readCSV, nil
	case looksHTML(head):
		return readHTML, nil
	}
	return readText, nil
}

// isPicture knows the pictures that papers are scanned to.
func isPicture(data []byte) bool {
	for _, magic := range []string{"\x89PNG\r\n", "\xff\xd8\xff", "GIF8", "BM", "II*\x00", "MM\x00*"} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return true
		}
	}
	return false
}

// sniffArchive tells the papers that are archives apart by the part each must have.
func sniffArchive(data []byte) (reader, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	_, root := a.mainPart()
	switch {
	case root == "document", a.has("word/document.xml"):
		return readDocx, nil
	case root == "workbook", a.has("xl/workbook.xml"):
		return readXLSX, nil
	case a.has("OFD.xml"):
		return readOFD, nil
	case root == "presentation", a.has("ppt/presentation.xml"):
		return nil, errorf("请把文字存成 Word 再导入", "是演示文稿")
	case a.has("content.xml"):
		return nil, errorf("请用 WPS 或 LibreOffice 打开，另存为 .docx 再导入", "是 ODT 文件")
	}
	return nil, errorf("请解开，把里面的文件放到一个文件夹再导入", "是压缩包")
}
