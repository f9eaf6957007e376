package admin

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rsc.io/qr"

	"lianwen/bot"
	"lianwen/bot/staff"
)

// codeDays is how long a binding code is good, unless somebody says otherwise.
const codeDays = 30

// codesView is the page on which somebody says for whom codes are made.
type codesView struct {
	peopleView
	Days    string
	Unused  int    // how many of those who are listed have a code already
	Was     string // which codes of theirs are out
	Wrong   string
	Chosen  map[string]bool
	MostDay int
}

// Action is where the form is sent: what is wrong with it is said over the same list.
func (v codesView) Action() string {
	query := v.Query()
	if v.PeopleFilter.Bound == "" {
		query += "&bound=" // without it those are listed who are not bound
	}
	return "/people/codes?" + strings.TrimPrefix(query, "&")
}

func (s *Server) showCodes(w http.ResponseWriter, r *http.Request) error {
	v, err := s.codesView(r)
	if err != nil {
		return err
	}
	return s.render(w, r, "codes", "绑定码", v)
}

func (s *Server) codesView(r *http.Request) (codesView, error) {
	list, err := s.Desk.People(r.Context())
	if err != nil {
		return codesView{}, err
	}
	f := filterOf(r)
	f.Left = false
	if !r.URL.Query().Has("bound") {
		f.Bound = staff.IsUnbound
	}
	listed := f.Of(list)
	v := codesView{peopleView: newPeopleView(f, list), Days: strconv.Itoa(codeDays), Was: codesOut(listed), MostDay: staff.MostCodeDays}
	for _, p := range listed {
		v.Rows = append(v.Rows, person{p})
		if !p.Code.IsZero() {
			v.Unused++
		}
	}
	return v, nil
}

// codesOut tells apart which codes are out: a form that was sent already is not to
// make those void that have just been printed.
func codesOut(list []staff.Person) string {
	sum := sha256.New()
	for _, p := range list {
		if !p.Code.IsZero() {
			fmt.Fprintln(sum, p.Number, p.Code.UnixMilli())
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// makeCodes answers with the codes themselves, and nothing else ever does.
func (s *Server) makeCodes(w http.ResponseWriter, r *http.Request) error {
	codes, err := s.newCodes(r)
	code := bot.CodeOf(err)
	switch {
	case code != 0:
		v, viewErr := s.codesView(r)
		if viewErr != nil {
			return viewErr
		}
		v.Wrong, v.Days, v.Chosen = bot.Say(err), r.PostFormValue("days"), map[string]bool{}
		for _, number := range r.PostForm["number"] {
			v.Chosen[number] = true
		}
		return s.renderStatus(w, r, statuses[code], "codes", "绑定码", v)
	case err != nil:
		return err
	}
	v := slipsView{Back: "/people/codes"}
	if len(codes) == 1 {
		v.Back = personPath(codes[0].Member.Number)
	}
	for _, c := range codes {
		slip, err := newSlip(c, s.Desk.Location)
		if err != nil {
			return err
		}
		v.Slips = append(v.Slips, slip)
	}
	return s.render(w, r, "slips", fmt.Sprintf("%d 张绑定码", len(v.Slips)), v)
}

// newCodes makes codes for those whom a form names: who was listed on it, or who was
// chosen of them.
func (s *Server) newCodes(r *http.Request) ([]staff.Code, error) {
	field := map[string]string{"all": "listed", "chosen": "number"}[r.PostFormValue("for")]
	numbers := r.PostForm[field]
	if len(numbers) == 0 {
		return nil, bot.Invalid.Sayf("还没有选人。请勾选要发绑定码的人。")
	}
	days, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue("days")))
	if err != nil {
		days = 0 // which is refused with how many there may be
	}
	list, err := s.Desk.People(r.Context())
	if err != nil {
		return nil, err
	}
	listed := slices.DeleteFunc(list, func(p staff.Person) bool { return !slices.Contains(r.PostForm["listed"], p.Number) })
	if r.PostFormValue("was") != codesOut(listed) {
		return nil, bot.Conflict.Sayf("没有生成：这一页打开以后，又有人发了绑定码，或者有人刚绑定。已经打印的照样能用；还要再发，请看过下面的名单再点一次。")
	}
	slices.Sort(numbers)
	return s.Desk.Codes(r.Context(), actorOf(r), slices.Compact(numbers), days)
}

// slipsView is a page of codes to be printed and cut.
type slipsView struct {
	Slips []slip
	Back  string
}

// slip is the strip of paper with one code.
type slip struct {
	staff.Code
	Halves  [2]string // of the code, to be read at ease
	Text    string    // what is to be sent
	Size    int       // of the picture, in modules
	Picture string    // the path of the dark ones
}

// Long reports whether the name needs smaller letters.
func (s slip) Long() bool { return utf8.RuneCountInString(s.Member.Name) > longName }

// longName is how many characters of a name fit in large letters.
const longName = 16

// newSlip makes a slip. Its picture is what is to be sent, to be copied from where a
// telephone shows it.
func newSlip(c staff.Code, place *time.Location) (slip, error) {
	c.Expires = c.Expires.In(place)
	s := slip{Code: c, Text: "绑定 " + c.Code}
	half := len(c.Code) / 2
	s.Halves = [2]string{c.Code[:half], c.Code[half:]}
	picture, err := qr.Encode(s.Text, qr.M)
	if err != nil {
		return slip{}, fmt.Errorf("draw the code of %s: %w", c.Member.Number, err)
	}
	s.Size, s.Picture = picture.Size+2*quiet, darkPath(picture)
	return s, nil
}

// quiet is the margin that a reader of such pictures needs, in modules.
const quiet = 4

// darkPath draws the dark modules, each run of a row at once.
func darkPath(code *qr.Code) string {
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	return b.String()
}
