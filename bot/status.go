package bot

import (
	"strings"
	"time"
)

// State is where a channel stands.
type State string

// The states. Online is the only one in which messages come in; in Slowed they
// come in and replies wait.
const (
	Connecting State = "connecting" // asking the server for a login
	Waiting    State = "waiting"    // a QR code waits to be scanned
	Scanned    State = "scanned"    // it was, and waits to be confirmed
	Online     State = "online"
	Slowed     State = "slowed"  // the server says that we send too much
	Offline    State = "offline" // the server cannot be reached; it is tried on and on
	Lost       State = "lost"    // the server has ended the login
	Refused    State = "refused" // the server will not have this account act
	Stopped    State = "stopped" // Run has returned
)

// Up reports whether questions get answers in this state.
func (s State) Up() bool { return s == Online || s == Slowed }

// NeedsHands reports whether somebody has to do something before questions get
// answers again.
func (s State) NeedsHands() bool { return s == Waiting || s == Lost || s == Refused }

// stateNames are the states in words; 平台 stands for the channel's label.
var stateNames = map[State]string{
	Connecting: "正在连接", Waiting: "等待扫码", Scanned: "已扫码，等手机上确认",
	Online: "在线", Slowed: "在线，暂缓发送", Offline: "连不上平台，正在重试",
	Lost: "登录已失效", Refused: "平台不让这个账号操作", Stopped: "已停止",
}

// Status is the state of a channel with what goes with it.
type Status struct {
	Channel string // its name
	Label   string // what people call the platform
	State   State
	Since   time.Time
	Account string // the account's nickname, once known
	ID      string // the account's number, the same after every login; "" until known
	QR      string // the text of the code to scan, when State is Waiting
	Detail  string // what happened, for the operator; may be empty
}

// Chinese is the state in words.
func (s Status) Chinese() string {
	return strings.ReplaceAll(stateNames[s.State], "平台", s.Label)
}
