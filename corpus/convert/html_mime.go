package convert

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
)

var (
	mimeHeader = regexp.MustCompile(`(?i)^\s*(?:from|subject|date|mime-version|content-type|content-location|snapshot-content-location)\s*:`)
	mimePage   = regexp.MustCompile(`(?im)^content-type\s*:\s*(?:multipart/related|text/html)`)
)

// looksMIME knows a page saved as one file (.mht, .mhtml), which is built like a
// letter with enclosures.
func looksMIME(head []byte) bool { return mimeHeader.Match(head) && mimePage.Match(head) }

// unpackMIME takes the page out of a file that looksMIME; any other file is
// returned as it is.
func unpackMIME(data []byte, doc *Document) ([]byte, error) {
	if !looksMIME(data[:min(len(data), 4096)]) {
		return data, nil
	}
	letter, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(data, " \t\r\n")))
	if err != nil {
		return nil, brokenMIME()
	}
	kind, params, err := mime.ParseMediaType(letter.Header.Get("Content-Type"))
	if err != nil {
		return nil, brokenMIME()
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return decodePart(letter.Header.Get("Content-Transfer-Encoding"), letter.Body)
	}
	var page []byte
	frames := 0
	for parts := multipart.NewReader(letter.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, brokenMIME()
		}
		if kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type")); err != nil || kind != "text/html" {
			continue
		}
		if page != nil {
			frames++
			continue
		}
		if page, err = decodePart(part.Header.Get("Content-Transfer-Encoding"), part); err != nil {
			return nil, err
		}
	}
	if page == nil {
		return nil, errorf("请用浏览器打开，另存为「网页，仅 HTML」再导入", "网页文件里没有网页")
	}
	if frames > 0 {
		doc.note(Dropped, "", "网页里嵌着 %d 个小网页，没有取", frames)
	}
	return page, nil
}

func decodePart(encoding string, r io.Reader) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	page, err := io.ReadAll(r)
	if err != nil {
		return nil, brokenMIME()
	}
	return page, nil
}

func brokenMIME() *Error {
	return errorf("请用浏览器打开，另存为「网页，仅 HTML」再导入", "网页文件不完整，打不开")
}
