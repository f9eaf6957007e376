package corpus

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed library
var sample embed.FS

var serialPattern = regexp.MustCompile(`(\d+)\s*号`)

// Sample returns the library that comes with the program.
func Sample() fs.FS {
	sub, err := fs.Sub(sample, "library")
	if err != nil { // the embed directive above names it
		panic(err)
	}
	return sub
}

// Open reads the library at path: a folder, one rule file (.md, .txt), one
// file of bulk articles (.jsonl), or, for "", the sample. Problems in the
// library are returned as Problems.
func Open(path string) (*Corpus, error) {
	if path == "" {
		return Read(Sample())
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, Problems{{File: path, What: "没有这个文件或文件夹", Fix: "请检查 --library 或 library 写的路径"}}
	case err != nil:
		return nil, fmt.Errorf("open library %s: %w", path, err)
	case info.IsDir():
		return Read(os.DirFS(path))
	}
	return readFiles(os.DirFS(filepath.Dir(path)), []string{filepath.Base(path)})
}

// Read reads a whole library. Folders rules, stories, notices, books, cases,
// questions and synonyms hold what their names say; rule files may stand
// anywhere else too.
// Hidden files, README files and an editor's leftovers are passed over.
func Read(fsys fs.FS) (*Corpus, error) {
	var files []string
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if p != "." && ignored(d.Name()) || d.IsDir() && isCache(fsys, p) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !d.IsDir() {
			files = append(files, p)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read library: %w", err)
	}
	return readFiles(fsys, files)
}

// Stamp changes when a file of the library at path is written, added or
// removed; it looks at names, sizes and times only. The sample ("") never
// changes.
func Stamp(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	h := sha256.New()
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if p != path && ignored(d.Name()) || d.IsDir() && isCache(os.DirFS(p), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if !d.IsDir() {
			fmt.Fprintf(h, "%s %d %d\n", p, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("look at library %s: %w", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// CacheTag is the file that marks a folder as a program's cache
// (bford.info/cachedir). Such a folder is never part of a library: people keep
// data_dir beside their rules.
const CacheTag = "CACHEDIR.TAG"

func isCache(fsys fs.FS, dir string) bool {
	_, err := fs.Stat(fsys, path.Join(dir, CacheTag))
	return err == nil
}

func ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasSuffix(name, "~") ||
		strings.EqualFold(stem(name), "README") || strings.EqualFold(name, "Thumbs.db")
}

func readFiles(fsys fs.FS, files []string) (*Corpus, error) {
	slices.Sort(files)
	c, rep, digest := &Corpus{}, &report{unread: map[string]bool{}}, sha256.New()
	for _, file := range files {
		raw, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("read library file %s: %w", file, err)
		}
		addDigest(digest, file, raw)
		if src, ok := decodeText(file, raw, rep); ok {
			c.parse(file, src, rep)
		}
	}
	if len(c.Rules) == 0 && len(rep.errors) == 0 {
		rep.errorf(".", 0, "请放入 .md 或 .txt 的制度文件，格式见 corpus/library/README.md", "制度库里没有制度文件")
	}
	c.sortRules()
	c.link(rep)
	rep.sort()
	if len(rep.errors) > 0 {
		return nil, rep.errors
	}
	c.Warnings = rep.warnings
	c.Digest = hex.EncodeToString(digest.Sum(nil))
	return c, nil
}

func addDigest(h hash.Hash, file string, raw []byte) {
	fmt.Fprintf(h, "%d %s %d\n", len(file), file, len(raw))
	h.Write(raw)
}

// decodeText accepts UTF-8 text only and says what else it found. A byte
// order mark is dropped, and lines end in LF whatever they ended in.
func decodeText(file string, raw []byte, rep *report) (string, bool) {
	src := strings.TrimPrefix(string(raw), "\ufeff")
	switch {
	case strings.HasPrefix(src, "\xff\xfe") || strings.HasPrefix(src, "\xfe\xff"):
		rep.errorf(file, 0, "请用记事本打开，另存为 UTF-8 编码", "文件是 UTF-16 编码")
	case strings.ContainsRune(src, 0):
		rep.errorf(file, 0, "请移出制度库，或转换成 .md、.txt 文本", "不是文本文件")
	case !utf8.ValidString(src):
		rep.errorf(file, badLine(src), "请用记事本打开，另存为 UTF-8 编码", "文件不是 UTF-8 编码（多半是 GBK）")
	default:
		return strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", "\n"), "\r", "\n"), true
	}
	return "", false
}

// badLine is the first line that is not valid UTF-8.
func badLine(src string) int {
	line := 0
	for raw := range strings.Lines(src) {
		line++
		if !utf8.ValidString(raw) {
			break
		}
	}
	return line
}

// parse reads one file by the folder it stands in and its extension.
func (c *Corpus) parse(file, src string, rep *report) {
	folder, ext := topFolder(file), strings.ToLower(path.Ext(file))
	switch {
	case folder == "stories" && ext == ".md":
		if s := parseStory(file, src, rep); s != nil {
			c.Stories = append(c.Stories, s)
		}
	case folder == "notices" && ext == ".md":
		if n := parseNotice(file, src, rep); n != nil {
			c.Notices = append(c.Notices, n)
		}
	case folder == "books" && ext == ".md":
		if b := parseBook(file, src, rep); b != nil {
			c.Books = append(c.Books, b)
		}
	case folder == "cases" && ext == ".md":
		if k := parseCase(file, src, rep); k != nil {
			c.Cases = append(c.Cases, k)
		}
	case folder == "questions" && ext == ".toml":
		c.Questions = append(c.Questions, parseQuestions(file, src, rep)...)
	case folder == "synonyms" && ext == ".txt":
		c.Synonyms = append(c.Synonyms, parseSynonyms(file, src, rep)...)
	case folder == "" && ext == ".jsonl":
		c.Rules = append(c.Rules, parseJSONL(file, src, rep)...)
	case folder == "" && (ext == ".md" || ext == ".txt"):
		if !hasFrontMatter(src) {
			c.Rules = append(c.Rules, parsePlain(file, src, rep))
		} else if r := parseRule(file, src, rep); r != nil {
			c.Rules = append(c.Rules, r)
		}
	default:
		rep.errorf(file, 0, "请转换成 .md 或 .txt，或移出制度库", "不认识的文件")
	}
}

// contentFolders hold what is not a rule.
var contentFolders = []string{"stories", "notices", "books", "cases", "questions", "synonyms"}

// topFolder is the one of contentFolders that file's path begins with, or "".
func topFolder(file string) string {
	first, _, ok := strings.Cut(file, "/")
	if ok && slices.Contains(contentFolders, first) {
		return first
	}
	return ""
}
