package admin

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/office"
)

// maxTemplate is how large a template of one's own may be, and how long it may take to
// come.
const (
	maxTemplate  = 8 << 20
	templateTime = time.Minute
)

// The types of what is sent.
const (
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

// sendReport sends a report of some days, or the template of the summary.
func (s *Server) sendReport(w http.ResponseWriter, r *http.Request) error {
	form := r.PathValue("form")
	if form == "template" {
		raw, err := office.Template()
		if err != nil {
			return err
		}
		return s.sendFile(w, "汇总模板.docx", docxType, raw)
	}
	d, err := s.daysAsked(r.URL.Query())
	if err != nil {
		return err
	}
	var report office.Report
	number := strings.TrimSpace(r.URL.Query().Get("number"))
	switch {
	case form != "member":
		report, err = s.Desk.Report(r.Context(), d.From, d.To)
	case number == "":
		return bot.Invalid.Sayf("请写上委员的编号。")
	default:
		report, err = s.Desk.MemberReport(r.Context(), number, d.From, d.To)
	}
	if err != nil {
		return err
	}
	var b bytes.Buffer
	name, kind, made := "", docxType, s.here()
	switch form {
	case "workbook":
		name, kind, err = "参与情况 "+d.file()+".xlsx", xlsxType, office.WriteWorkbook(&b, report, made)
	case "each":
		name, err = "一人一表 "+d.file()+".docx", office.WriteEach(&b, report, made)
	case "member":
		m := report.Rows[0].Member
		name, err = "一人一表 "+m.Number+m.Name+" "+d.file()+".docx", office.WriteEach(&b, report, made)
	case "summary":
		var template []byte
		if template, err = office.Template(); err == nil {
			name, err = "汇总 "+d.file()+".docx", office.WriteSummary(&b, template, report, made)
		}
	default:
		return bot.NotFound.Sayf("没有这种报表。请从“情况”页下载。")
	}
	if err != nil {
		return err
	}
	return s.sendFile(w, name, kind, b.Bytes())
}

// file is the days in the name of a file.
func (d days) file() string { return string(d.From) + "至" + string(d.To) }

// sendOwnSummary sends the summary after a template that comes with the request, and
// keeps nothing of it.
func (s *Server) sendOwnSummary(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxTemplate)
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(templateTime)) // a recorder of a test has none
	if err := r.ParseMultipartForm(maxTemplate); err != nil {
		return bot.Invalid.Sayf("模板没有收全，或者超过 %d MB。模板是 Word 文档（.docx），图片请删小一些再试。", maxTemplate>>20)
	}
	d, err := s.daysAsked(r.PostForm)
	if err != nil {
		return err
	}
	file, header, err := r.FormFile("template")
	if err != nil {
		return s.figuresPage(w, r, http.StatusBadRequest, d, "请先选好模板文件（.docx），再下载。")
	}
	defer file.Close()
	template, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	report, err := s.Desk.Report(r.Context(), d.From, d.To)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	err = office.WriteSummary(&b, template, report, s.here())
	var bad *office.TemplateError
	switch {
	case errors.As(err, &bad):
		return s.figuresPage(w, r, http.StatusBadRequest, d, "模板“"+header.Filename+"”不能用："+bad.What+"。")
	case err != nil:
		return err
	}
	return s.sendFile(w, "汇总 "+d.file()+".docx", docxType, b.Bytes())
}
