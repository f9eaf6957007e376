package admin

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/office"
	"lianwen/corpus"
)

// originalHref is where a paper in the library's folder of originals can be had.
func originalHref(name string) string {
	rest, ok := strings.CutPrefix(name, corpus.Originals+"/")
	if !ok {
		return ""
	}
	parts := strings.Split(rest, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return "/originals/" + strings.Join(parts, "/")
}

// originalOf is where the paper of a rule can be had, if the log names it.
func (s *Server) originalOf(rule *corpus.Rule) (string, error) {
	ok, err := s.logged(rule.Original)
	if err != nil || !ok {
		return "", err
	}
	return originalHref(rule.Original), nil
}

// logged reports whether the library's log names a paper.
func (s *Server) logged(name string) (bool, error) {
	if name == "" {
		return false, nil
	}
	log, err := s.Desk.Publications("")
	for _, e := range log {
		if e.Original == name || e.Before == name {
			return true, err
		}
	}
	return false, err
}

// sendOriginal answers with a paper that the log names, and with no other file:
// whatever the address says, and whatever lies in the folder.
func (s *Server) sendOriginal(w http.ResponseWriter, r *http.Request) error {
	name := corpus.Originals + "/" + r.PathValue("path")
	gone := bot.NotFound.Sayf("没有这份原件，或者已经不在了。")
	if ok, err := s.logged(name); err != nil || !ok || originalHref(name) == "" {
		return errors.Join(err, gone)
	}
	root, err := os.OpenRoot(s.Desk.Dir)
	if err != nil {
		return fmt.Errorf("open library: %w", err)
	}
	defer root.Close()
	f, err := root.Open(name)
	if err != nil {
		s.Log.Warn("原件打不开", "file", name, "err", err)
		return gone
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return gone
	}
	_, called, ok := strings.Cut(path.Base(name), "-") // before it stands its digest
	if !ok || strings.HasSuffix(name, ".md") {
		called = path.Base(name)
	}
	attach(w, called, "application/octet-stream")
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

// sendRule answers with the file of a rule as it stands.
func (s *Server) sendRule(w http.ResponseWriter, r *http.Request) error {
	_, rule, release, err := s.ruleOf(r)
	if err != nil {
		return err
	}
	defer release()
	if s.Desk.Dir == "" || !strings.HasSuffix(rule.File, ".md") {
		return bot.NotFound.Sayf("这部制度没有单独的文件可以下载。")
	}
	root, err := os.OpenRoot(s.Desk.Dir)
	if err != nil {
		return fmt.Errorf("open library: %w", err)
	}
	defer root.Close()
	raw, err := root.ReadFile(rule.File)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return bot.NotFound.Sayf("《%s》的文件刚刚移走了。请过一分钟再来看。", rule.Title)
	case err != nil:
		return fmt.Errorf("read %s: %w", rule.File, err)
	}
	return s.sendFile(w, rule.Title+".md", "text/markdown; charset=utf-8", raw)
}

// sendComparison answers with a table for Word of what a version has changed.
func (s *Server) sendComparison(w http.ResponseWriter, r *http.Request) error {
	c, rule, release, err := s.ruleOf(r)
	if err != nil {
		return err
	}
	defer release()
	if !slices.ContainsFunc(c.Rules, func(o *corpus.Rule) bool { return o.ID == rule.ID && o != rule }) {
		return bot.NotFound.Sayf("《%s》只有这一个版本，没有可以对照的旧版。", rule.Title)
	}
	compared, err := s.between(c, rule.ID, r.URL.Query().Get("to"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := office.WriteComparisonDocx(&b, compared, r.URL.Query().Get("all") != ""); err != nil {
		return err
	}
	return s.sendFile(w, rule.Title+"新旧条文对照表.docx", docxType, b.Bytes())
}
