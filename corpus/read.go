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
// file of bulk articles (.jsonl), or, for "", the sample. What is wrong with
// single files is in the corpus's Faults; a library that leaves nothing to be
// used is refused, with Problems.
func Open(path string) (*Corpus, error) { return OpenKeeping(path, nil) }

// OpenKeeping is Open for a library that was read before, as prev: the rules of
// a file that can no longer be used stay as they were then. prev may be nil.
func OpenKeeping(path string, prev *Corpus) (*Corpus, error) {
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
		return readFolder(os.DirFS(path), prev, nil)
	case !info.Mode().IsRegular():
		return nil, Problems{*notRegular(path)}
	}
	name := filepath.Base(path)
	return readFiles(os.DirFS(filepath.Dir(path)), []entry{{path: name, kind: kindOf(name), info: info}}, prev)
}

// Read reads a whole library. Folders rules, stories, notices, books, cases,
// questions, synonyms, talk and asked hold what their names say, FactsFile stands at
// the top; rule files may stand anywhere else too.
// Hidden files, README files, an editor's leftovers, the folder originals and
// LinesPrompt are passed over.
func Read(fsys fs.FS) (*Corpus, error) { return readFolder(fsys, nil, nil) }

// OpenWith reads the folder at path as it would be with other files in it: those of
// changed, by their path inside the library, in place of what is there or beside it.
func OpenWith(path string, changed map[string][]byte) (*Corpus, error) {
	return readFolder(os.DirFS(path), nil, changed)
}

func readFolder(fsys fs.FS, prev *Corpus, changed map[string][]byte) (*Corpus, error) {
	var files []entry
	err := walk(fsys, func(e entry) error {
		if changed[e.path] == nil {
			files = append(files, e)
		}
		return nil
	})
	for file, raw := range changed {
		files = append(files, entry{path: file, kind: kindOf(file), raw: raw})
	}
	switch {
	case errors.Is(err, errTooMany):
		return nil, Problems{{File: ".", What: fmt.Sprintf("文件太多，超过 %d 个，没有读", maxFiles), Fix: "制度库的文件夹里请只放制度库的文件"}}
	case err != nil:
		return nil, fmt.Errorf("read library: %w", err)
	}
	return readFiles(fsys, files, prev)
}

// readFiles reads the files of a library; prev is what it was before, or nil.
func readFiles(fsys fs.FS, files []entry, prev *Corpus) (*Corpus, error) {
	slices.SortFunc(files, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	c, digest, rep := &Corpus{sums: map[string][sha256.Size]byte{}}, sha256.New(), &report{unread: map[string]bool{}}
	if err := c.readEach(fsys, files, digest, rep); err != nil {
		return nil, err
	}
	if len(c.Rules) == 0 && len(rep.errors) == 0 {
		rep.faultf(".", 0, "请用 lianwen import 导入制度的文件，或放入 .md、.txt 的制度文件（写法见 lianwen library doc）", noRules)
	}
	c.settle(prev, digest, rep)
	c.giveAsked(rep)
	rep.sort()
	if !slices.ContainsFunc(c.Rules, func(r *Rule) bool { return !r.kept }) {
		return nil, rep.errors
	}
	c.borrow(files)
	c.Faults, c.Warnings = rep.errors, rep.warnings
	c.Digest = hex.EncodeToString(digest.Sum(nil))
	return c, nil
}

// readEach reads the files one by one.
func (c *Corpus) readEach(fsys fs.FS, files []entry, digest hash.Hash, rep *report) error {
	total, strange := int64(maxTotal), 0
	for _, e := range files {
		if e.kind == foreign && e.odd == nil {
			if strange++; strange <= maxForeign {
				rep.errorf(e.path, 0, "请用 lianwen import 导入，或移出制度库", "不认识的文件")
			}
			rep.out.add(e.path)
			continue
		}
		raw, problem, err := readFile(fsys, e, &total)
		if errors.Is(err, fs.ErrPermission) {
			problem, err = &Problem{e.path, 0, "没有权限读这个文件", "请改文件的权限，让运行廉问的用户能读"}, nil
		}
		if err != nil {
			return fmt.Errorf("read library file %s: %w", e.path, err)
		}
		rules := len(c.Rules)
		if problem != nil {
			rep.leaveOut(*problem)
		} else {
			addDigest(digest, e.path, raw)
			if src, ok := decodeText(e.path, raw, rep); ok {
				c.parse(e, src, rep)
			}
		}
		switch {
		case e.kind == ruleFile && len(c.Rules) == rules:
			rep.noRule(e.path, raw)
		case e.kind == ruleFile || e.kind == bulkFile:
			c.sums[e.path] = sha256.Sum256(raw)
		}
	}
	if strange > maxForeign {
		rep.faultf(".", 0, "请用 lianwen import 导入，或移出制度库", "还有 %d 个不认识的文件", strange-maxForeign)
	}
	return nil
}

const noRules = "制度库里还没有制度（没有制度文件）"

// Empty reports whether an error of Open or Read says only that the library has no
// rule files yet.
func Empty(err error) bool {
	var ps Problems
	return errors.As(err, &ps) && len(ps) == 1 && ps[0].What == noRules
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

// kind is what a file of a library is, by the folder it stands in and its
// extension.
type kind int

const (
	foreign kind = iota // nothing that belongs there
	ruleFile
	bulkFile
	storyFile
	noticeFile
	bookFile
	caseFile
	questionsFile
	synonymsFile
	repliesFile
	askedFile
	factsFile
)

func kindOf(file string) kind {
	switch folder, ext := topFolder(file), strings.ToLower(path.Ext(file)); {
	case folder == "" && (ext == ".md" || ext == ".txt"):
		return ruleFile
	case file == FactsFile:
		return factsFile
	case folder == "" && ext == ".jsonl":
		return bulkFile
	case ext == ".md":
		return map[string]kind{"stories": storyFile, "notices": noticeFile, "books": bookFile, "cases": caseFile}[folder]
	case folder == "questions" && ext == ".toml":
		return questionsFile
	case folder == "synonyms" && ext == ".txt":
		return synonymsFile
	case folder == "talk" && ext == ".toml":
		return repliesFile
	case folder == AskedDir && ext == ".txt":
		return askedFile
	}
	return foreign
}

// parse reads one file by its kind.
func (c *Corpus) parse(e entry, src string, rep *report) {
	switch file := e.path; e.kind {
	case storyFile:
		if s := parseStory(file, src, rep); s != nil {
			c.Stories = append(c.Stories, s)
		}
	case noticeFile:
		if n := parseNotice(file, src, rep); n != nil {
			c.Notices = append(c.Notices, n)
		}
	case bookFile:
		if b := parseBook(file, src, rep); b != nil {
			c.Books = append(c.Books, b)
		}
	case caseFile:
		if k := parseCase(file, src, rep); k != nil {
			c.Cases = append(c.Cases, k)
		}
	case questionsFile:
		c.Questions = append(c.Questions, parseQuestions(file, src, rep)...)
	case synonymsFile:
		c.Synonyms = append(c.Synonyms, parseSynonyms(file, src, rep)...)
	case repliesFile:
		c.replies = append(c.replies, parseReplies(file, src, rep)...)
	case askedFile:
		c.asked = append(c.asked, parseAskedFile(file, src, rep))
	case factsFile:
		c.parseFacts(file, src, rep)
	case bulkFile:
		c.Rules = append(c.Rules, parseJSONL(file, src, rep)...)
	case ruleFile:
		if first, _, _ := strings.Cut(strings.TrimLeft(src, "\n"), "\n"); trimSpace(first) == wideFence {
			rep.errorf(file, 1, "请改成英文的 +++", "文件头的 %s 是全角的", wideFence)
		} else if !hasFrontMatter(src) {
			c.Rules = append(c.Rules, recognise(file, src, rep)...)
		} else if r := parseRule(file, src, rep); r != nil {
			c.Rules = append(c.Rules, r)
		}
	}
}

// contentFolders hold what is not a rule.
var contentFolders = []string{"stories", "notices", "books", "cases", "questions", "synonyms", "talk", AskedDir}

// topFolder is the one of contentFolders that file's path begins with, or "".
func topFolder(file string) string {
	first, _, ok := strings.Cut(file, "/")
	if ok && slices.Contains(contentFolders, first) {
		return first
	}
	return ""
}
