package admin

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"lianwen/bot"
)

//go:embed static
var static embed.FS

// asset is a file that pages load.
type asset struct {
	kind        string
	plain, gzip []byte
}

// assets are the files that pages load, by names that change with them, so that
// browsers can keep them for good.
type assets struct {
	byName map[string]string // the name in a template → that in an address
	files  map[string]asset  // by the latter
}

// joined are the files that are put together out of those in a folder.
var joined = map[string]string{"admin.css": "static/css/*.css", "admin.js": "static/js/*.js"}

// kinds are the types of files.
var kinds = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8"}

func readAssets() (*assets, error) {
	a := &assets{byName: map[string]string{}, files: map[string]asset{}}
	content := map[string][]byte{}
	for name, pattern := range joined {
		files, err := fs.Glob(static, pattern)
		if err != nil {
			return nil, fmt.Errorf("read static files: %w", err)
		}
		for _, file := range files {
			raw, err := static.ReadFile(file)
			if err != nil {
				return nil, fmt.Errorf("read static files: %w", err)
			}
			content[name] = append(content[name], raw...)
		}
	}
	entries, err := static.ReadDir("static")
	if err != nil {
		return nil, fmt.Errorf("read static files: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		if content[e.Name()], err = static.ReadFile("static/" + e.Name()); err != nil {
			return nil, fmt.Errorf("read static files: %w", err)
		}
	}
	for name, raw := range content {
		if err := a.add(name, raw); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// add adds a file, compressed once for all.
func (a *assets) add(name string, raw []byte) error {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err == nil {
		_, err = z.Write(raw)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return fmt.Errorf("compress %s: %w", name, err)
	}
	sum := sha256.Sum256(raw)
	ext := path.Ext(name)
	address := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	a.byName[name], a.files[address] = address, asset{kinds[ext], raw, packed.Bytes()}
	return nil
}

// url is where a file is.
func (a *assets) url(name string) (string, error) {
	address, ok := a.byName[name]
	if !ok {
		return "", fmt.Errorf("no static file %s", name)
	}
	return "/static/" + address, nil
}

func (s *Server) assetRoutes() []route {
	return []route{{pattern: "GET /static/{file}", least: anybody, handle: s.sendAsset}}
}

func (s *Server) sendAsset(w http.ResponseWriter, r *http.Request) error {
	f, ok := s.assets.files[r.PathValue("file")]
	if !ok {
		return bot.NotFound.Sayf("没有这个文件。")
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := f.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = f.gzip
	}
	if _, err := w.Write(body); err != nil {
		s.Log.Debug("网页没有送到", "err", err)
	}
	return nil
}
