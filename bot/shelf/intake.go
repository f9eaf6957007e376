package shelf

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"lianwen/bot"
	"lianwen/corpus"
	"lianwen/corpus/convert"
)

// Paper is one file that came in, and what was made of it.
type Paper struct {
	File    string // as people call it: its path, or the name that it came with
	path    string // where it is
	own     bool   // it is the file of a rule of a library
	Digest  string // SHA-256 of the file, in hexadecimal; "" when it could not be read
	Format  string
	Notes   []convert.Note
	Found   corpus.Recognition
	Drafts  []*Draft
	Problem string // why nothing of it can come in; "" when something can
}

// maxPapers is how many files one import takes.
const maxPapers = 2_000

// Gather finds the files that paths name: files themselves, and all below folders
// but hidden ones, an editor's leftovers, and the library itself.
func Gather(paths []string, library string) ([]string, error) {
	var files []string
	own, err := filepath.Abs(library)
	if err != nil {
		return nil, fmt.Errorf("look for library %s: %w", library, err)
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, bot.NotFound.Sayf("没有 %s 这个文件或文件夹。请检查路径。", path)
		case err != nil:
			return nil, bot.Invalid.Sayf("读不到 %s：%s。请检查路径和权限。", path, because(err))
		case !info.IsDir():
			files = append(files, path)
			continue
		}
		if real, err := filepath.EvalSymlinks(path); err == nil {
			path = real // WalkDir does not follow a link
		}
		below, err := filesBelow(path, own)
		if err != nil {
			return nil, err
		}
		files = append(files, below...)
	}
	if len(files) > maxPapers {
		return nil, bot.Invalid.Sayf("一共有 %d 个文件，一次最多导入 %d 个。请分几次导入。", len(files), maxPapers)
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// filesBelow are the files below a folder, but those of the library own.
func filesBelow(folder, own string) (files []string, err error) {
	err = filepath.WalkDir(folder, func(file string, d fs.DirEntry, err error) error {
		if d == nil {
			return err
		}
		switch name := d.Name(); {
		case err != nil: // named among the files: it costs itself, not the others
			files = append(files, file)
			return fs.SkipDir
		case file != folder && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			if here, err := filepath.Abs(file); err == nil && here == own {
				return fs.SkipDir
			}
		case strings.EqualFold(name, "Thumbs.db"), strings.EqualFold(name, "desktop.ini"), strings.HasSuffix(name, "~"):
		default:
			files = append(files, file)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look through %s: %w", folder, err)
	}
	return files, nil
}

// converters is how many files are converted at a time: they are the processor's work.
const converters = 2

// File is a file that came in under another name than it has here.
type File struct{ Path, Name string }

// Read converts and recognises files. done is called after each, from one goroutine
// at a time. What is wrong with a file is its Problem.
func Read(ctx context.Context, paths []string, opt convert.Options, done func()) ([]*Paper, error) {
	files := make([]File, len(paths))
	for i, path := range paths {
		files[i] = File{path, path}
	}
	return ReadNamed(ctx, files, opt, done)
}

// ReadNamed is Read for files that are known by other names.
func ReadNamed(ctx context.Context, files []File, opt convert.Options, done func()) ([]*Paper, error) {
	papers := make([]*Paper, len(files))
	var one sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(converters)
	for i, file := range files {
		group.Go(func() error {
			papers[i] = readPaper(ctx, file, opt)
			one.Lock()
			defer one.Unlock()
			done()
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("read papers: %w", err)
	}
	return papers, nil
}

func readPaper(ctx context.Context, from File, opt convert.Options) *Paper {
	p := &Paper{File: from.Name, path: from.Path}
	raw, err := load(from.Path)
	if err != nil {
		p.Problem = bot.Say(err)
		return p
	}
	p.Digest = digestOf(raw)
	file := filepath.Base(from.Name)
	doc, err := convert.Bytes(ctx, file, raw, opt)
	var refused *convert.Error
	switch {
	case errors.As(err, &refused):
		p.Problem = refused.Error() + "。"
		return p
	case err != nil:
		p.Problem = "没有读完，停了下来。请再试一次。"
		return p
	}
	p.Format, p.Notes = doc.Format, doc.Notes
	if what := bears(file, doc); what != "" {
		p.Problem, p.Notes = what, nil
		return p
	}
	if strings.HasPrefix(strings.TrimSpace(doc.Text), "+++") {
		p.ofLibrary()
		return p
	}
	p.Found = corpus.Recognise(file, doc.Text, !doc.Wrapped)
	if faults := p.Found.Faults; len(faults) > 0 {
		first := faults[0]
		p.Problem = fmt.Sprintf("第 %d %s：%s，%s。", first.Line, p.Unit(), first.What, first.Fix)
		if first.Line == 0 {
			p.Problem = first.What + "，" + first.Fix + "。"
		}
		if n := len(faults) - 1; n > 0 {
			p.Problem += fmt.Sprintf("另有 %d 处。", n)
		}
	}
	return p
}

// ofLibrary takes a paper for what it is: the file of a rule of a library, as the page
// gives it away. Nothing in it has to be recognised.
func (p *Paper) ofLibrary() {
	c, err := corpus.Open(p.path)
	var faults corpus.Problems
	switch {
	case errors.As(err, &faults) && len(faults) > 0:
	case err != nil:
		p.Problem = "开头有 +++，是制度库的文件，但读不出来。请存成 .md 文件再导入。"
		return
	default:
		faults = c.Faults
	}
	if len(faults) > 0 {
		p.Problem = fmt.Sprintf("是制度库的文件，第 %d 行：%s，%s。", faults[0].Line, faults[0].What, faults[0].Fix)
		return
	}
	p.Format, p.own = "制度库的文件", true
	if p.Found.Rules = c.Rules; len(c.Rules) == 0 {
		p.Problem = "是制度库的文件，但不是制度。故事、同义词这样的，请直接放进制度库里它的文件夹。"
	}
}

// load reads a file within bounds.
func load(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, bot.Invalid.Sayf("读不到文件：%s。请检查路径和权限。", because(err))
	case info.IsDir():
		return nil, bot.Invalid.Sayf("文件夹打不开，里面的没有读。请检查权限。")
	case !info.Mode().IsRegular():
		return nil, bot.Invalid.Sayf("不是普通文件。请换成普通文件。")
	case info.Size() > convert.MaxFile:
		return nil, bot.Invalid.Sayf("文件有 %d MB，超过 %d MB。请拆开，或删去里面的图片后再导入。", info.Size()>>20, convert.MaxFile>>20)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, bot.Invalid.Sayf("读不到文件：%s。请检查路径和权限。", because(err))
	}
	return raw, nil
}

// Unit is what a line of the paper's text is to people: a paragraph of a Word file,
// else a line.
func (p *Paper) Unit() string {
	if strings.HasPrefix(p.Format, "Word") || strings.HasPrefix(p.Format, "WPS") {
		return "段"
	}
	return "行"
}

// originalPath is where the paper of a rule is kept, inside the library.
func originalPath(id string, p *Paper) string {
	return strings.Join([]string{originalsDir, id, p.Digest[:12] + "-" + cleanName(filepath.Base(p.File))}, "/")
}

// longestFile is how many bytes a file's name may have to be kept, below what file
// systems bear.
const longestFile = 150

// cleanName is a file's name without what other systems cannot have, cut to what
// every one can.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	ext := filepath.Ext(name)
	if len(ext) > 10 {
		ext = ""
	}
	stem := strings.TrimSuffix(name, ext)
	for len(stem)+len(ext) > longestFile {
		_, n := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-n]
	}
	return stem + ext
}
