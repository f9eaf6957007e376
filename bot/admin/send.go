package admin

import (
	"mime"
	"net/http"
	"strings"
	"unicode"
)

// attach makes an answer a file to keep. Whatever is in its name, it is one header,
// names no folder, and reads as what it is.
func attach(w http.ResponseWriter, name, kind string) {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}

// sendFile answers with a file to be kept under a name.
func (s *Server) sendFile(w http.ResponseWriter, name, kind string, content []byte) error {
	attach(w, name, kind)
	if _, err := w.Write(content); err != nil {
		s.Log.Debug("文件没有送到", "err", err) // whoever asked has gone
	}
	return nil
}
