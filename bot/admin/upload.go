package admin

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"time"

	"lianwen/bot"
	"lianwen/bot/office"
)

// uploadTime is how long a form of an office may take to arrive.
const uploadTime = 2 * time.Minute

// officeForm is the file that somebody uploads: a form as offices fill it in.
func officeForm(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(uploadTime)) // a recorder of a test has none
	r.Body = http.MaxBytesReader(w, r.Body, office.MaxFile+maxForm)
	tooLarge := bot.Invalid.Sayf("文件太大，最多 %d MB。请只留下要导入的行和列，另存一份再导入。", office.MaxFile>>20)
	var over *http.MaxBytesError
	switch err := r.ParseMultipartForm(office.MaxFile + maxForm); {
	case errors.As(err, &over):
		return nil, tooLarge
	case err != nil:
		return nil, bot.Invalid.Sayf("文件没有收全，没有读。请再选一次文件上传。")
	}
	file, header, err := r.FormFile("file")
	switch {
	case errors.Is(err, http.ErrMissingFile):
		return nil, bot.Invalid.Sayf("还没有选文件。请选 xlsx 或 csv 文件。")
	case err != nil:
		return nil, bot.Invalid.Sayf("文件没有收全，没有读。请再选一次文件上传。")
	}
	defer file.Close()
	if header.Size > office.MaxFile {
		return nil, tooLarge
	}
	return io.ReadAll(file)
}

// sendForm answers with a workbook to be kept under a name.
func (s *Server) sendForm(w http.ResponseWriter, name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return s.sendFile(w, name, xlsxType, b.Bytes())
}
