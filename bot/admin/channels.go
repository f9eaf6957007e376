package admin

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"slices"
	"time"

	"lianwen/bot"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
)

// Channel is a channel as the page knows it: by what it writes into the data folder.
type Channel struct {
	Name  string
	Label string // what people call the platform
}

func (s *Server) channelRoutes() []route {
	return []route{
		{pattern: "GET /channels", least: leastRole, handle: s.showChannels},
		{pattern: "GET /channels/{name}/qr.png", least: ledger.RoleEdit, handle: s.showCode}, // who scans it takes the account over
	}
}

// channelsView is where the channels stand.
type channelsView struct {
	List []channelView
	At   time.Time
}

// channelView is where one stands, in words.
type channelView struct {
	Label, Words, Next string
	Account, Detail    string
	Since              time.Time // zero: it has never run
	Up                 bool
	Code               string // where the picture of the code to scan is; "" there is none for this account
}

// codeRefresh is after how many seconds a page without scripts looks for a new code.
const codeRefresh = "20"

// refresh is how often to look again without scripts; "": no code is shown.
func (v channelsView) refresh() string {
	if slices.ContainsFunc(v.List, func(c channelView) bool { return c.Code != "" }) {
		return codeRefresh
	}
	return ""
}

func (s *Server) showChannels(w http.ResponseWriter, r *http.Request) error {
	return s.partial(w, r, "today", "channels", s.channelsFor(r))
}

// channelsFor is where the channels stand, as far as it is for an account to see.
func (s *Server) channelsFor(r *http.Request) channelsView {
	v := channelsView{At: s.here()}
	for _, ch := range s.Channels {
		v.List = append(v.List, s.channel(ch, accountOf(r).Role.May(ledger.RoleEdit)))
	}
	return v
}

// channel is where one stands.
func (s *Server) channel(ch Channel, mayScan bool) channelView {
	v := channelView{Label: ch.Label}
	state, ok, err := duty.ReadState(s.DataDir, ch.Name)
	switch {
	case err != nil:
		s.Log.Error("渠道状态读不出来", "channel", ch.Name, "err", err)
		v.Words, v.Next = "状态读不出来", "重新启动 lianwen serve 会重写它；还是这样的，看日志。"
		return v
	case !ok:
		v.Words, v.Next = "还没有值守过", "请管服务器的同志运行 lianwen serve。"
		return v
	}
	words := bot.Status{Label: ch.Label, State: state.State}.Chinese()
	v.Account, v.Detail, v.Since = state.Account, state.Detail, state.Since.In(s.Desk.Location)
	if !state.Running(s.Desk.Now()) {
		v.Words, v.Next = "没有在值守（最后是："+words+"）", "lianwen serve 没有在运行，问了不答，也不推送。请管服务器的同志运行它。"
		return v
	}
	v.Words, v.Up = words, state.State.Up()
	switch state.State {
	case bot.Waiting:
		v.Next = "有二维码等人扫。您的账号只能查看，请叫能编辑的同志打开这一页来扫。"
		if mayScan {
			v.Next, v.Code = s.code(ch)
		}
	case bot.Scanned:
		v.Next = "请在手机上点“登录”。"
	case bot.Slowed:
		v.Next = "过一会自己会好，推送会晚一些。"
	case bot.Refused:
		v.Next = "请先用手机登录这个账号，处理安全提示。"
	case bot.Lost:
		v.Next = "正在重新登录；需要扫码的，二维码会出现在这里。"
	case bot.Offline:
		v.Next = "正在自动重试。半小时还连不上的，请检查网络。"
	}
	return v
}

// code is what to do with a code that waits, and where its picture is. Its address
// changes with the picture, so that an old one is never shown for a new one.
func (s *Server) code(ch Channel) (next, address string) {
	info, err := os.Stat(duty.QRFile(s.DataDir, ch.Name))
	if err != nil {
		return "二维码正在生成，请等几秒。", ""
	}
	next = fmt.Sprintf("请用值守的%s扫，再在手机上确认。只能用值守的那个号扫：用哪个号扫，哪个号就由廉问使用。", ch.Label)
	return next, fmt.Sprintf("/channels/%s/qr.png?at=%d", url.PathEscape(ch.Name), info.ModTime().UnixNano())
}

// showCode answers with the picture of the code that waits to be scanned.
func (s *Server) showCode(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	if !slices.ContainsFunc(s.Channels, func(ch Channel) bool { return ch.Name == name }) {
		return bot.NotFound.Sayf("没有启用这个渠道。")
	}
	state, ok, err := duty.ReadState(s.DataDir, name)
	if err != nil {
		return fmt.Errorf("read state of %s: %w", name, err)
	}
	gone := bot.NotFound.Sayf("现在没有等人扫的二维码。")
	if !ok || state.State != bot.Waiting || !state.Running(s.Desk.Now()) {
		return gone
	}
	png, err := os.ReadFile(duty.QRFile(s.DataDir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return gone
	}
	if err != nil {
		return fmt.Errorf("read code of %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "no-store") // it is a key to the account
	if _, err := w.Write(png); err != nil {
		s.Log.Debug("二维码没有送到", "err", err) // whoever asked has gone
	}
	return nil
}
