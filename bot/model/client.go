package model

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// What is put up with for one completion.
const (
	maxAnswer = 1 << 20 // bytes
	maxTries  = 5
	giveUp    = 15 * time.Minute // over all tries
)

// Client asks one model.
type Client struct {
	URL     string        // the base, as https://host/v1, or the whole …/chat/completions
	Name    string        // of the model
	Key     Secret        // "" for none
	Timeout time.Duration // for one try
	Log     *slog.Logger
}

// Usage is how many tokens a completion took, as the server counts; 0 where it does not say.
type Usage struct {
	Prompt     int `json:"prompt_tokens"`
	Completion int `json:"completion_tokens"`
}

// message is one turn of a chat.
type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// completion is the part of an answer that is looked at.
type completion struct {
	Choices []struct {
		Message message `json:"message"`
		Finish  string  `json:"finish_reason"`
	} `json:"choices"`
	Usage Usage `json:"usage"`
}

// CheckURL says what is wrong with the URL of an endpoint, or "".
func CheckURL(text string) string {
	u, err := url.Parse(text)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return "不是 http:// 或 https:// 开头的网址"
	case u.User != nil:
		return "里面有用户名或口令"
	}
	return ""
}

// Host is whom everything is sent to.
func (c *Client) Host() string {
	u, err := url.Parse(c.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

// endpoint is where completions are asked for. A host alone is taken for one that has
// the protocol where most have it.
func (c *Client) endpoint() (string, error) {
	if what := CheckURL(c.URL); what != "" {
		return "", Setup.sayf("[model] url %s。", what)
	}
	u, err := url.Parse(c.URL)
	if err != nil {
		return "", err
	}
	const method = "/chat/completions"
	path := strings.TrimRight(u.Path, "/")
	switch {
	case path == "":
		path = "/v1" + method
	case !strings.HasSuffix(path, method):
		path += method
	}
	u.Path, u.Fragment = path, ""
	return u.String(), nil
}

// Complete asks for the answer to a text, under an instruction. What may pass is
// tried again, with growing waits or those the server asks for. An answer that was cut
// short loses its unfinished line. An error is an *Error, or ctx's.
func (c *Client) Complete(ctx context.Context, system, user string) (string, Usage, error) {
	endpoint, err := c.endpoint()
	if err != nil {
		return "", Usage{}, err
	}
	body, err := json.Marshal(struct {
		Model    string    `json:"model"`
		Messages []message `json:"messages"`
		Stream   bool      `json:"stream"`
	}{c.Name, []message{{"system", system}, {"user", user}}, false})
	if err != nil {
		return "", Usage{}, fmt.Errorf("write request to model: %w", err)
	}
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval, waits.Multiplier = time.Second, 2
	answer, err := backoff.Retry(ctx, func() (*completion, error) { return c.try(ctx, endpoint, body) },
		backoff.WithBackOff(waits), backoff.WithMaxTries(maxTries), backoff.WithMaxElapsedTime(giveUp),
		backoff.WithNotify(func(err error, wait time.Duration) {
			c.Log.Info("模型没有答，等一会儿再问", "err", err, "wait", wait)
		}))
	if err != nil {
		return "", Usage{}, asError(ctx, err)
	}
	first := answer.Choices[0]
	text := first.Message.Content
	switch first.Finish {
	case "content_filter":
		return "", answer.Usage, Rejected.sayf("模型服务的内容审查拦下了这一条。")
	case "length": // its last line is half a line
		text = text[:strings.LastIndexByte(text, '\n')+1]
	}
	return text, answer.Usage, nil
}

// asError takes the error of a try out of what the retries have put around it.
func asError(ctx context.Context, err error) error {
	var e *Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &e):
		return e
	}
	return err
}

// try asks once. An error that is not permanent may pass.
func (c *Client) try(ctx context.Context, endpoint string, body []byte) (*completion, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, bytes.NewReader(body))
	if err != nil {
		return nil, backoff.Permanent(Setup.sayf("[model] url 不是网址。"))
	}
	req.Header.Set("Content-Type", "application/json")
	if c.Key != "" {
		req.Header.Set("Authorization", "Bearer "+string(c.Key))
	}
	stay := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := stay.Do(req)
	if err != nil {
		return nil, c.unanswered(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case resp.StatusCode != http.StatusOK:
		return nil, c.refusal(resp, raw)
	case err != nil:
		return nil, c.unanswered(err)
	case len(raw) > maxAnswer:
		return nil, backoff.Permanent(Rejected.sayf("模型答得太长，超过 %d KB，没有要。", maxAnswer>>10))
	case bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<")):
		return nil, backoff.Permanent(Setup.sayf("%s 答的是网页，不是模型服务。请核对 [model] url（一般以 /v1 结尾），以及这台机器上网要不要先登录。", c.Host()))
	}
	var answer completion
	if err := json.Unmarshal(raw, &answer); err != nil || len(answer.Choices) == 0 {
		if said, _ := complaintOf(raw); err == nil && said != "" { // some refuse under status 200
			return nil, Down.sayf("模型服务没有答，说：%s", c.scrub(said))
		}
		return nil, Down.sayf("模型服务的回答不完整。")
	}
	return &answer, nil
}

// unanswered is the error for a request that got no answer. Its own text has the URL.
func (c *Client) unanswered(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return Down.sayf("%s 在 %v 以内没有答完。", c.Host(), c.Timeout)
	}
	return Down.sayf("连不上 %s，或者连接断了（%s）。请检查网络、[model] url 和模型服务是否在运行。", c.Host(), c.scrub(excerpt(err.Error())))
}
