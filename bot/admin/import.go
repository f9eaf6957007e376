package admin

import (
	"context"
	"net/http"
	"strconv"
	"sync"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
)

func (s *Server) importRoutes() []route {
	return []route{
		{pattern: "GET /import", least: ledger.RoleEdit, handle: s.showImport},
		{pattern: "POST /import", least: ledger.RoleEdit, handle: s.receiveImport, upload: true},
		{pattern: "GET /import/{job}", least: ledger.RoleEdit, handle: s.showPreview},
		{pattern: "GET /import/{job}/{rule}", least: ledger.RoleEdit, handle: s.showRuleDraft},
		{pattern: "POST /import/{job}/publish", least: ledger.RoleEdit, handle: s.publishImport},
		{pattern: "POST /import/{job}/again", least: ledger.RoleEdit, handle: s.planAgain},
		{pattern: "POST /import/{job}/discard", least: ledger.RoleEdit, handle: s.discardImport},
		{pattern: "GET /import/done/{job}", least: ledger.RoleEdit, handle: s.showPublished},
	}
}

// importForm is what the page shows where papers come in.
type importForm struct {
	Wrong, Text         string
	Fixed               bool
	Files, File, All    int // limits: files, and bytes in MB
	Simplified, Replace bool
}

func (s *Server) importForm() importForm {
	return importForm{Fixed: s.Desk.Dir == "", Files: uploadFiles, File: uploadFile >> 20, All: uploadAll >> 20}
}

func (s *Server) showImport(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, "import", "导入制度", s.importForm())
}

// receiveImport takes papers in and has them looked at.
func (s *Server) receiveImport(w http.ResponseWriter, r *http.Request) error {
	if s.Desk.Dir == "" { // said before anything is sent for nothing
		return bot.Invalid.Sayf("这里用的是自带的示例制度库，不能导入。请先运行 lianwen library init 文件夹，把那个文件夹写进配置的 library，再重新启动。")
	}
	up, pasted, err := s.uploads.receive(w, r)
	if status, ok := statuses[bot.CodeOf(err)]; ok {
		f := s.importForm()
		f.Wrong, f.Text = bot.Say(err), pasted
		return s.renderStatus(w, r, status, "import", "导入制度", f)
	}
	if err != nil {
		return err
	}
	if err := s.look(w, r, up); err != nil {
		up.remove()
		return err
	}
	return nil
}

// preview is an import that was looked at and waits to be published.
type preview struct {
	*upload
	plan *shelf.Plan

	mu    sync.Mutex
	state previewState
}

type previewState int

// What becomes of a preview.
const (
	waits previewState = iota
	publishing
	published
	discarded
)

// look works out what an import would do, and sends whoever asked for it there.
func (s *Server) look(w http.ResponseWriter, r *http.Request, up *upload) error {
	return s.startJob(w, r, "读取文件", "/import/%s", func(ctx context.Context, progress func(done, all int)) (any, error) {
		return s.lookAt(ctx, up, progress)
	})
}

// lookAt is the job: a *preview comes of it.
func (s *Server) lookAt(ctx context.Context, up *upload, progress func(done, all int)) (any, error) {
	plan, err := s.Desk.PlanImport(ctx, up.Intake, progress)
	switch {
	case ctx.Err() != nil:
		up.remove()
		return nil, bot.Conflict.Sayf("已经取消，文件没有留下。")
	case err != nil:
		if !up.shown {
			up.remove()
		}
		return nil, err
	}
	up.shown = true
	return &preview{upload: up, plan: plan}, nil
}

// previewOf is the preview that an address names, as long as it waits.
func (s *Server) previewOf(r *http.Request) (*preview, error) {
	p, err := jobResult[*preview](s, r, r.PathValue("job"))
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.state {
	case publishing:
		return nil, bot.Conflict.Sayf("这一批正在写入制度库，请等一等。")
	case published:
		return nil, bot.Conflict.Sayf("这一批已经写入制度库了。请从“制度”看结果。")
	case discarded:
		return nil, bot.NotFound.Sayf("这一批已经放弃，文件没有留下。请重新选文件。")
	}
	return p, nil
}

// become changes what has become of a preview, if it was as it should be.
func (p *preview) become(from, to previewState) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state != from {
		return false
	}
	p.state = to
	return true
}

// planAgain looks at the papers anew: the library has changed, or they are to be taken
// in another way.
func (s *Server) planAgain(w http.ResponseWriter, r *http.Request) error {
	p, err := s.previewOf(r)
	if err != nil {
		return err
	}
	next := *p.upload
	next.Replace, next.Options.Simplified = r.PostFormValue("replace") != "", r.PostFormValue("simplified") != ""
	next.keep(s.uploads)
	return s.look(w, r, &next)
}

// discardImport gives an import up.
func (s *Server) discardImport(w http.ResponseWriter, r *http.Request) error {
	p, err := s.previewOf(r)
	if err != nil {
		return err
	}
	if p.become(waits, discarded) {
		p.remove()
	}
	return s.done(w, r, "/import", "已放弃，什么也没有写入，上传的文件已删去。")
}

// outcome is what publishing has come to.
type outcome struct {
	Papers  []*shelf.Paper
	Written []*shelf.Draft
	Err     error
	from    string // the job of the preview
	again   bool   // it can be looked at anew
}

// publishImport writes what a preview shows into the library.
func (s *Server) publishImport(w http.ResponseWriter, r *http.Request) error {
	p, err := s.previewOf(r)
	if err != nil {
		return err
	}
	if !p.become(waits, publishing) {
		return bot.Conflict.Sayf("这一批正在写入制度库，请等一等。")
	}
	actor, id := actorOf(r), r.PathValue("job")
	err = s.startJob(w, r, "写入制度库", "/import/done/%s", func(ctx context.Context, progress func(done, all int)) (any, error) {
		return s.publish(ctx, actor, p, id, progress), nil
	})
	if err != nil {
		p.become(publishing, waits)
	}
	return err
}

func (s *Server) publish(ctx context.Context, actor ledger.Actor, p *preview, id string, progress func(done, all int)) *outcome {
	out := &outcome{Papers: p.plan.Papers, from: id}
	var n int
	n, out.Err = s.Desk.Import(ctx, actor, p.plan, progress)
	for _, paper := range p.plan.Papers {
		for _, d := range paper.Drafts {
			if d.Action.Writes() && len(out.Written) < n {
				out.Written = append(out.Written, d)
			}
		}
	}
	if out.Err != nil {
		s.Log.Warn("导入没有写完", "written", n, "err", out.Err)
		out.again = p.become(publishing, waits)
		return out
	}
	p.become(publishing, published)
	p.remove()
	return out
}

func (s *Server) showPublished(w http.ResponseWriter, r *http.Request) error {
	out, err := jobResult[*outcome](s, r, r.PathValue("job"))
	if err != nil {
		return err
	}
	v := publishedView{Written: out.Written}
	status := http.StatusOK
	if out.Err != nil {
		v.Wrong = bot.Say(out.Err)
		if status = statuses[bot.CodeOf(out.Err)]; status == 0 {
			status, v.Wrong = http.StatusInternalServerError, "出错了，没有写完。请再看一遍；还是这样，请看“设置”里的日志。"
		}
		if out.again {
			v.Again = "/import/" + out.from + "/again"
		}
	}
	title := "已写入 " + strconv.Itoa(len(out.Written)) + " 部制度"
	if len(out.Written) == 0 {
		title = "没有写入"
	}
	return s.renderStatus(w, r, status, "published", title, v)
}

// publishedView is what the page after publishing shows.
type publishedView struct {
	Written      []*shelf.Draft
	Wrong, Again string
}
