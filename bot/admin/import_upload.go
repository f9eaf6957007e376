package admin

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/bot/shelf"
	"lianwen/bot/staff"
	"lianwen/corpus/convert"
)

// What one import takes.
const (
	uploadFiles = 50
	uploadFile  = convert.MaxFile // bytes of one
	uploadAll   = 256 << 20       // bytes of all together
	uploadText  = 4 << 20         // bytes of what is pasted
	uploadForm  = uploadAll + 16<<20
	uploadWaste = 512 << 20 // bytes read and thrown away, so that a browser hears why
	longestName = 120       // characters of a file's name that are kept
)

// upload is what came in for one import.
type upload struct {
	staff.Intake
	dir     string
	removal *time.Timer
	room    int64 // bytes that may still come
	file    int64 // … of one file
	shown   bool  // a preview shows it, from which it can be looked at anew
}

// keep lets it wait as long again.
func (up *upload) keep(u *uploads) { up.removal.Reset(u.kept) }

// remove removes it. What cannot be removed now is when the program starts.
func (up *upload) remove() {
	up.removal.Stop()
	_ = os.RemoveAll(up.dir)
}

// receive takes an import's files off a form, or leaves nothing. pasted is the text that
// came with it, to be shown again.
func (u *uploads) receive(w http.ResponseWriter, r *http.Request) (up *upload, pasted string, err error) {
	body := u.pace.of(w, r.Body)
	defer body.done()
	r.Body = body
	form, err := r.MultipartReader()
	if err != nil {
		return nil, "", bot.Invalid.Sayf("提交的不是文件。请在“导入制度”那一页选文件，或者把文字粘贴进去。")
	}
	if up, err = u.begin(); err != nil {
		return nil, "", err
	}
	for err == nil {
		var part *multipart.Part
		if part, err = form.NextPart(); err == nil {
			err = up.take(part, &pasted)
		}
	}
	if err == io.EOF {
		err = up.complete(pasted)
	}
	body.waste()
	if err != nil {
		up.remove()
		return nil, pasted, brokenOff(err)
	}
	return up, pasted, nil
}

// take takes one field of the form.
func (up *upload) take(part *multipart.Part, pasted *string) error {
	defer part.Close()
	switch part.FormName() {
	case "simplified":
		up.Options.Simplified = true
	case "replace":
		up.Replace = true
	case "text":
		text, err := io.ReadAll(io.LimitReader(part, uploadText+1))
		if len(text) > uploadText {
			return bot.Invalid.Sayf("粘贴的文字超过 %d MB。请存成文件再导入。", uploadText>>20)
		}
		*pasted = string(text)
		return err
	case "files":
		return up.takeFile(part)
	}
	return nil
}

// takeFile takes a file. The name that it came with is shown, and nothing else: on the disk
// it has one of ours.
func (up *upload) takeFile(part *multipart.Part) error {
	name := displayName(part.FileName())
	switch {
	case name == "" || leftover(name):
		return nil // a field without a file, or what comes with a folder
	case len(up.Files) == uploadFiles:
		return bot.Invalid.Sayf("一次最多导入 %d 个文件。请分几次导入。", uploadFiles)
	}
	return up.store(name, part)
}

// store writes a file into the folder.
func (up *upload) store(name string, from io.Reader) error {
	ext := strings.ToLower(filepath.Ext(name))
	if !slices.Contains(takenIn, ext) {
		ext = ".bin" // what it is, and why it is of no use, the reader says
	}
	path := filepath.Join(up.dir, fmt.Sprintf("%02d%s", len(up.Files)+1, ext))
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return unkept(err)
	}
	n, err := io.Copy(f, io.LimitReader(from, min(up.file, up.room)+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return unkept(err)
	}
	switch up.room -= n; {
	case n > up.file:
		return bot.Invalid.Sayf("“%s”超过 %d MB。请拆开，或删去里面的图片后再导入。", name, up.file>>20)
	case up.room < 0:
		return bot.Invalid.Sayf("这些文件一共超过 %d MB。请分几次导入。", uploadAll>>20)
	}
	up.Files = append(up.Files, shelf.File{Path: path, Name: name})
	return nil
}

// complete adds what was pasted, and refuses an import of nothing.
func (up *upload) complete(pasted string) error {
	if strings.TrimSpace(pasted) != "" {
		if err := up.store("粘贴的文字.txt", strings.NewReader(pasted)); err != nil {
			return err
		}
	}
	if len(up.Files) == 0 {
		return bot.Invalid.Sayf("没有选文件，也没有粘贴文字。请先选文件，或者把文字粘贴进去。")
	}
	return nil
}

// takenIn are the ends of names of files that can be read.
var takenIn = []string{".docx", ".docm", ".dotx", ".doc", ".dot", ".wps", ".wpt", ".pdf", ".ofd", ".html", ".htm", ".mht", ".mhtml", ".txt", ".md", ".xlsx", ".xlsm", ".csv", ".rtf"}

// leftover reports whether a file is one that office programs and systems leave beside
// those of people.
func leftover(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// displayName is a name that can be shown and kept: without folders, in one line, and
// not too long.
func displayName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return '_' // what breaks a line, or turns the reading round
		}
		return r
	}, name))
	if name == "." || name == ".." {
		return ""
	}
	if runes := []rune(name); len(runes) > longestName {
		ext := []rune(filepath.Ext(name))
		if len(ext) > 10 {
			ext = nil
		}
		name = string(runes[:longestName-len(ext)]) + string(ext)
	}
	return name
}

// unkept says why an upload could not be written.
func unkept(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return bot.Unavailable.Sayf("磁盘满了，文件没有收下，什么也没有留下。请腾出空间再试。")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR):
		return bot.Unavailable.Sayf("文件写不进数据文件夹，没有收下。请检查 data_dir 的权限。")
	}
	return err
}

// brokenOff says that an upload did not come in whole.
func brokenOff(err error) error {
	switch {
	case bot.CodeOf(err) != 0:
		return err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return bot.Invalid.Sayf("文件传得太慢，停了下来，什么也没有留下。请检查网络，或者少选几个文件再试。")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.As(err, new(textproto.ProtocolError)):
		return bot.Invalid.Sayf("文件没有传完就断了，什么也没有留下。请再传一次。")
	}
	return fmt.Errorf("receive upload: %w", err)
}
