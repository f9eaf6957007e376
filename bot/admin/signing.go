package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// signingRoutes are those of the texts that go out only when staff have approved them.
func (s *Server) signingRoutes() []route {
	return []route{
		{pattern: "GET /signing", least: leastRole, handle: s.showSigning},
		{pattern: "GET /signing/draft", least: leastRole, handle: s.showDraft},
		{pattern: "POST /signing/approve", least: ledger.RoleEdit, handle: s.approveDrafts},
		{pattern: "POST /signing/withdraw", least: ledger.RoleEdit, handle: s.withdrawDraft},
		{pattern: "POST /signing/replace", least: ledger.RoleEdit, handle: s.replaceDraft},
		{pattern: "POST /signing/edit", least: ledger.RoleEdit, handle: s.editDraft},
	}
}

// signing is the page of all that can be decided on.
type signing struct {
	Off    bool   // no push needs approval
	Cannot string // why this account cannot approve; "" it can
	Drafts []draftView
	Open   int // not approved yet
}

// draftView is a text that needs approval, as it is shown.
type draftView struct {
	staff.DraftStatus
	Stands   string
	Kind     string
	Places   []string
	Members  int
	Seen     string // it as it was read, for a form
	Path     string // where it can be changed
	Approved bool
	MaySign  bool // it can be approved now
	MaySwap  bool // another content can take its place
	MayEdit  bool // its words can be changed
}

// draftView puts a draft into words.
func (s *Server) draftView(d staff.DraftStatus) draftView {
	v := draftView{
		DraftStatus: d, Stands: d.Chinese(s.Desk.Location), Kind: contentKinds[d.Push.Content], Seen: seenForm(d.Key(), d.Digest()),
		Path: "/signing/draft?" + keyForm(d.Key()).Encode(), Approved: d.Why == "",
	}
	v.Push.Due, v.Push.Until = v.Push.Due.In(s.Desk.Location), v.Push.Until.In(s.Desk.Location)
	for _, target := range d.Targets {
		if _, member := memberOf(target); member {
			v.Members++
		} else {
			v.Places = append(v.Places, day.TargetName(target))
		}
	}
	open := !d.Closed()
	v.MaySign = open && d.Why != "" && !d.Blocked()
	v.MaySwap = open && d.Push.Content != day.CardContent
	v.MayEdit = v.MaySwap && d.Push.Content != day.QuestionContent
	return v
}

// hand is that of whoever uses the page, if they may approve.
func (s *Server) hand(r *http.Request) (staff.Hand, error) {
	a := accountOf(r)
	if a.Number == "" {
		return staff.Hand{}, bot.Forbidden.Sayf("您的账号没有写明是花名册里的哪位工作人员，不能签发。请管理账号的人在“设置”的“账号”里给您补上编号。")
	}
	return s.Desk.Hand(r.Context(), a.Number, actorOf(r))
}

// cannotSign is why an account cannot approve; "" it can.
func (s *Server) cannotSign(r *http.Request) (string, error) {
	if !accountOf(r).Role.May(ledger.RoleEdit) {
		return "您的账号只能查看，不能签发。", nil
	}
	_, err := s.hand(r)
	if code := bot.CodeOf(err); code == bot.Forbidden || code == bot.NotFound {
		return err.Error(), nil
	}
	return "", err
}

func (s *Server) showSigning(w http.ResponseWriter, r *http.Request) error {
	if !s.Desk.Approves() {
		return s.render(w, r, "signing", "签发", signing{Off: true})
	}
	list, err := s.Desk.Coming(r.Context())
	if err != nil {
		return err
	}
	var v signing
	if v.Cannot, err = s.cannotSign(r); err != nil {
		return err
	}
	for _, d := range list {
		if d.Why != "" {
			v.Open++
		}
		v.Drafts = append(v.Drafts, s.draftView(d))
	}
	return s.render(w, r, "signing", "签发", v)
}

// changing is the page on which one text is changed.
type changing struct {
	draftView
	Cannot  string
	Choices []day.Choice
	Words   string // what is in the field
	Wrong   string // what is wrong with what was typed; "" nothing
}

// choicesShown is how many contents are offered in the place of one.
const choicesShown = 30

func (s *Server) showDraft(w http.ResponseWriter, r *http.Request) error {
	return s.draftPage(w, r, http.StatusOK, keyIn(r.URL.Query()), nil, "")
}

// draftPage is the page of one text; words are what was typed instead, and wrong is what
// was wrong with them.
func (s *Server) draftPage(w http.ResponseWriter, r *http.Request, status int, key ledger.DraftKey, words *string, wrong string) error {
	d, err := s.Desk.Draft(r.Context(), key)
	if err != nil {
		return err
	}
	v := changing{draftView: s.draftView(d), Words: s.Desk.Schedule.Words(d.Draft), Wrong: wrong}
	if words != nil {
		v.Words = *words
	}
	if v.Cannot, err = s.cannotSign(r); err != nil {
		return err
	}
	if v.MaySwap {
		if v.Choices, err = s.Desk.Choices(r.Context(), key); err != nil {
			return err
		}
		v.Choices = v.Choices[:min(len(v.Choices), choicesShown)]
	}
	return s.renderStatus(w, r, status, "draft", fmt.Sprintf("%s的“%s”", key.Date.Chinese(), key.Name), v)
}

// keyForm is a draft's key as forms carry it.
func keyForm(key ledger.DraftKey) url.Values {
	return url.Values{"name": {key.Name}, "date": {string(key.Date)}, "part": {key.Part}}
}

func keyIn(form url.Values) ledger.DraftKey {
	return ledger.DraftKey{Name: form.Get("name"), Date: corpus.Date(form.Get("date")), Part: form.Get("part")}
}

// seenForm is a text as it was read, as forms carry it.
func seenForm(key ledger.DraftKey, digest string) string {
	form := keyForm(key)
	form.Set("digest", digest)
	return form.Encode()
}

func seenIn(field string) (staff.SeenDraft, error) {
	form, err := url.ParseQuery(field)
	if err != nil || form.Get("digest") == "" {
		return staff.SeenDraft{}, bot.Invalid.Sayf("没有看懂是哪一条，什么也没有做。请回到“签发”再选。")
	}
	return staff.SeenDraft{Key: keyIn(form), Digest: form.Get("digest")}, nil
}

func (s *Server) approveDrafts(w http.ResponseWriter, r *http.Request) error {
	hand, err := s.hand(r)
	if err != nil {
		return err
	}
	var seen []staff.SeenDraft
	for _, field := range r.PostForm["draft"] {
		one, err := seenIn(field)
		if err != nil {
			return err
		}
		seen = append(seen, one)
	}
	if len(seen) == 0 {
		return bot.Invalid.Sayf("没有勾选，一条也没有批准。请先勾上看过的。")
	}
	done, err := s.Desk.Sign(r.Context(), hand, seen)
	if err != nil {
		return err
	}
	said := signedInWords(done)
	if len(done.Approved) == 0 {
		return bot.Conflict.Sayf("%s", said)
	}
	return s.done(w, r, "/signing", said)
}

// signedInWords is what became of drafts that somebody wanted to approve.
func signedInWords(done staff.Signed) string {
	var parts []string
	named := func(list []staff.DraftStatus) string {
		var names []string
		for _, d := range list {
			names = append(names, d.Key().Date.Chinese()+"的“"+d.Key().Name+"”")
		}
		return strings.Join(names, "、")
	}
	if n := len(done.Approved); n > 0 {
		parts = append(parts, fmt.Sprintf("已批准 %d 条。", n))
	}
	if len(done.Changed) > 0 {
		parts = append(parts, named(done.Changed)+"在您看过以后改过，没有批准，请看过现在的再批准。")
	}
	if len(done.Refused) > 0 {
		parts = append(parts, named(done.Refused)+"已经发出、过了时间，或者不能发，没有批准。")
	}
	if n := len(done.Gone); n > 0 {
		parts = append(parts, fmt.Sprintf("%d 条已经不在推送日历里了。", n))
	}
	return strings.Join(parts, "")
}

func (s *Server) withdrawDraft(w http.ResponseWriter, r *http.Request) error {
	hand, err := s.hand(r)
	if err != nil {
		return err
	}
	d, err := s.Desk.Withdraw(r.Context(), hand, keyIn(r.PostForm))
	if err != nil {
		return err
	}
	return s.done(w, r, "/signing", fmt.Sprintf("已撤回%s的“%s”，重新批准以前不发。", d.Key().Date.Chinese(), d.Key().Name))
}

func (s *Server) replaceDraft(w http.ResponseWriter, r *http.Request) error {
	hand, err := s.hand(r)
	if err != nil {
		return err
	}
	seen, err := seenIn(r.PostFormValue("was"))
	if err != nil {
		return err
	}
	d, err := s.Desk.Replace(r.Context(), hand, seen, r.PostFormValue("id"))
	if err != nil {
		return err
	}
	return s.done(w, r, s.draftView(d).Path, "已换成“"+d.Subject()+"”，要重新批准。")
}

func (s *Server) editDraft(w http.ResponseWriter, r *http.Request) error {
	hand, err := s.hand(r)
	if err != nil {
		return err
	}
	seen, err := seenIn(r.PostFormValue("was"))
	if err != nil {
		return err
	}
	words := r.PostFormValue("words")
	d, err := s.Desk.Edit(r.Context(), hand, seen, words)
	if code := bot.CodeOf(err); code == bot.Invalid || code == bot.Conflict {
		return s.draftPage(w, r, statuses[code], seen.Key, &words, err.Error())
	}
	if err != nil {
		return err
	}
	return s.done(w, r, s.draftView(d).Path, "已改好，要重新批准。制度库里的没有动。")
}
