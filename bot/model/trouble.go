package model

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"lianwen/bot"
)

// Kind is what a failure means for the requests to come.
type Kind int

// The kinds of failure.
const (
	Setup    Kind = iota + 1 // the same will befall every request: key, name, address, balance
	Rejected                 // this request will not be answered, another may be
	Down                     // no answer in several tries: later there may be one
)

// Error is why there is no completion. It holds a *bot.Error.
type Error struct {
	Kind Kind
	err  error
}

// Error implements error.
func (e *Error) Error() string { return e.err.Error() }

// Unwrap gives the sentence for people.
func (e *Error) Unwrap() error { return e.err }

func (k Kind) sayf(format string, args ...any) error {
	return &Error{k, bot.Unavailable.Sayf(format, args...)}
}

// complaint is the body of a refusal; vendors differ in how much of it they send.
type complaint struct {
	Error   json.RawMessage `json:"error"` // an object, or a text
	Message string          `json:"message"`
	Code    any             `json:"code"`
}

// complaintOf is what a server says in the body of a refusal, in one line, and its
// code for it.
func complaintOf(body []byte) (said, code string) {
	var outer, inner complaint
	if json.Unmarshal(body, &outer) != nil {
		return excerpt(string(body)), ""
	}
	text := ""
	if json.Unmarshal(outer.Error, &inner) != nil || inner.Message == "" {
		_ = json.Unmarshal(outer.Error, &text) // else it stays empty
		inner = outer
	}
	if text == "" {
		text = inner.Message
	}
	if inner.Code != nil {
		code = fmt.Sprint(inner.Code)
	}
	return excerpt(text), code
}

// excerpt is the beginning of a text as one line.
func excerpt(text string) string {
	const most = 200 // characters
	runes := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " "))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}

// The words by which servers tell a refusal of one request, or an account without
// money, from others with the same status.
var (
	aboutThisText = []string{"content_filter", "data_inspection", "inappropriate", "sensitive", "context_length", "context length", "maximum context", "too long", "string_above_max"}
	aboutMoney    = []string{"insufficient_quota", "insufficient balance", "arrearage", "欠费", "余额"}
)

func mentions(words []string, said, code string) bool {
	text := strings.ToLower(code + " " + said)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// refusal is the error for a status that is not 200. What may pass is not permanent.
func (c *Client) refusal(resp *http.Response, body []byte) error {
	said, code := complaintOf(body)
	said = c.scrub(said)
	tail := fmt.Sprintf("（HTTP %d", resp.StatusCode)
	if said != "" {
		tail += "：" + said
	}
	tail += "）"
	stop := func(kind Kind, format string, args ...any) error {
		return backoff.Permanent(kind.sayf(format+"%s", append(args, tail)...))
	}
	status := resp.StatusCode
	switch {
	case status/100 == 3:
		return stop(Setup, "%s 让改问 %s，没有照办：内容只发给您写的那台主机。请把 [model] url 改成实际的地址。", c.Host(), c.scrub(excerpt(resp.Header.Get("Location"))))
	case status == http.StatusPaymentRequired, mentions(aboutMoney, said, code):
		return stop(Setup, "模型服务说账户余额不足，或者欠费。请充值，或者换一个账户的 [model] key。")
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return stop(Setup, "模型服务不认 [model] key，或者这个 key 不能用模型 %s。请核对 key 有没有抄全、有没有过期、有没有开通。", c.Name)
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed:
		return stop(Setup, "%s 没有这个地址，或者没有模型 %s。请核对 [model] url（一般以 /v1 结尾）和 name。", c.Host(), c.Name)
	case status == http.StatusRequestEntityTooLarge, status == http.StatusUnavailableForLegalReasons,
		(status == http.StatusBadRequest || status == http.StatusUnprocessableEntity) && mentions(aboutThisText, said, code):
		return stop(Rejected, "模型服务不收这一条（内容审查，或者太长）。")
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusTooManyRequests, status/100 == 5:
		return later(resp.Header, Down.sayf("模型服务忙，或者出了故障。%s", tail))
	}
	return stop(Setup, "模型服务说请求不对。请核对 [model] url 和 name。")
}

// waiting is an error after which the server has said how long to wait.
type waiting struct {
	error
	wait *backoff.RetryAfterError
}

func (w waiting) Unwrap() []error { return []error{w.error, w.wait} }

// later adds to an error the wait that a server asks for, in seconds or by the clock,
// and a second more: its clock is not ours.
func later(h http.Header, err error) error {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if n, bad := strconv.Atoi(text); bad == nil && n >= 0 {
		return waiting{err, &backoff.RetryAfterError{Duration: time.Duration(min(n, int(giveUp/time.Second))+1) * time.Second}}
	}
	if at, bad := http.ParseTime(text); bad == nil && time.Until(at) > 0 {
		return waiting{err, &backoff.RetryAfterError{Duration: min(time.Until(at), giveUp) + time.Second}}
	}
	return err
}

// scrub takes the key out of what a server said: some repeat it.
func (c *Client) scrub(text string) string {
	if c.Key == "" {
		return text
	}
	return strings.ReplaceAll(text, string(c.Key), hidden)
}
