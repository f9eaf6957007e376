package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
)

// What will not pass is asked once, and said in words that tell what to look at; the
// key is not among them.
func TestRefusals(t *testing.T) {
	for name, tt := range map[string]struct {
		reply *http.Response
		kind  Kind
		say   string
	}{
		"wrong key":     {reply(401, `{"error":{"message":"Incorrect API key provided: `+testKey+`","code":"invalid_api_key"}}`), Setup, "不认 [model] key，或者这个 key 不能用模型 qwen-plus。请核对 key 有没有抄全、有没有过期、有没有开通。（HTTP 401：Incorrect API key provided: ***）"},
		"not allowed":   {reply(403, ""), Setup, "有没有开通。（HTTP 403）"},
		"no model":      {reply(404, `{"error":{"message":"The model does not exist","code":"model_not_found"}}`), Setup, "没有这个地址，或者没有模型 qwen-plus。请核对 [model] url（一般以 /v1 结尾）和 name。（HTTP 404：The model does not exist）"},
		"wrong method":  {reply(405, ""), Setup, "没有这个地址"},
		"bad request":   {reply(400, `{"error":"unknown field"}`), Setup, "请求不对。请核对 [model] url 和 name。（HTTP 400：unknown field）"},
		"no money":      {reply(402, ""), Setup, "请充值"},
		"no quota":      {reply(429, `{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}`), Setup, "请充值"},
		"in arrears":    {reply(400, `{"code":"Arrearage","message":"Access denied"}`), Setup, "请充值"},
		"inspected":     {reply(400, `{"code":"data_inspection_failed","message":"Input data may contain inappropriate content."}`), Rejected, "不收这一条（内容审查，或者太长）。（HTTP 400：Input data may"},
		"too long":      {reply(400, `{"error":{"message":"This model's maximum context length is 8192 tokens"}}`), Rejected, "不收这一条"},
		"forbidden":     {reply(451, ""), Rejected, "不收这一条"},
		"too sensitive": {reply(422, `{"message":"sensitive words"}`), Rejected, "不收这一条"},
		"too large":     {reply(413, "too large"), Rejected, "（HTTP 413：too large）"},
		"filtered":      {reply(200, said("", "content_filter")), Rejected, "内容审查拦下了"},
		"no end":        {reply(200, strings.Repeat("x", maxAnswer+1)), Rejected, "超过 1024 KB"},
		"web page":      {reply(200, " \n<!DOCTYPE html><html>登录校园网</html>"), Setup, "model.example 答的是网页，不是模型服务"},
		"redirected":    {reply(307, "", "Location", "https://elsewhere.example/v1?key="+testKey), Setup, "model.example 让改问 https://elsewhere.example/v1?key=***，没有照办"},
		"said outside":  {reply(400, `{"error":{"code":1},"message":"no such field"}`), Setup, "（HTTP 400：no such field）"},
		"200 words":     {reply(400, strings.Repeat("长", 200)), Setup, "长）"},
		"much complain": {reply(400, strings.Repeat("很长 ", 300)), Setup, "很长…）"},
	} {
		t.Run(name, func(t *testing.T) {
			c, asked := client(t, func(int, *http.Request) (*http.Response, error) { return tt.reply, nil })
			_, _, err := c.Complete(t.Context(), "", "")
			var e *Error
			if !errors.As(err, &e) || e.Kind != tt.kind || asked.Load() != 1 || bot.CodeOf(err) != bot.Unavailable {
				t.Fatalf("%v in %d requests, want kind %d in one", err, asked.Load(), tt.kind)
			}
			if !strings.Contains(bot.Say(err), tt.say) || strings.Contains(fmt.Sprintf("%+v %v", err, c), testKey) {
				t.Errorf("said %q, want … %s …, without the key", err, tt.say)
			}
		})
	}
	c := &Client{URL: "model.example/v1"}
	if _, _, err := c.Complete(t.Context(), "", ""); err == nil || !strings.Contains(bot.Say(err), "[model] url 不是 http:// 或 https:// 开头的网址") {
		t.Errorf("got %v", err)
	}
}

// An answer of just the size that is allowed is taken.
func TestLargestAnswer(t *testing.T) {
	body := said("问：甲", "stop")
	body += strings.Repeat(" ", maxAnswer-len(body))
	c, _ := client(t, func(int, *http.Request) (*http.Response, error) { return reply(200, body), nil })
	if text, _, err := c.Complete(t.Context(), "", ""); err != nil || text != "问：甲" {
		t.Errorf("%q, %v", text, err)
	}
}

// No redirect is followed, to wherever it leads: neither the key nor the text of a rule
// leaves the host that was named.
func TestNoRedirect(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") }))
	defer elsewhere.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		here := httptest.NewServer(http.RedirectHandler(elsewhere.URL, status))
		c := &Client{URL: here.URL, Name: "m", Key: testKey, Timeout: time.Minute, Log: slog.New(slog.DiscardHandler)}
		_, _, err := c.Complete(t.Context(), "", "")
		var e *Error
		if !errors.As(err, &e) || e.Kind != Setup {
			t.Errorf("%d: %v", status, err)
		}
		here.Close()
	}
}

func TestSecret(t *testing.T) {
	type table struct {
		Name string
		Key  Secret
	}
	c := table{"m", testKey}
	printed := fmt.Sprintf("%v %+v %#v %s %q %x %d %T", c, c, c, c.Key, c.Key, c.Key, c.Key, c.Key)
	j, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", c.Key, "table", c)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", c.Key, "table", c)
	for _, text := range []string{printed, string(j), log.String()} {
		if strings.Contains(text, "geheim") || strings.Contains(text, fmt.Sprintf("%x", "geheim")) || !strings.Contains(text, hidden) {
			t.Errorf("printed %s", text)
		}
	}
	if none := fmt.Sprint(Secret("")); none != "" {
		t.Errorf("no key prints as %q", none)
	}
	if string(c.Key) != testKey {
		t.Error("the key is lost")
	}
}

// Some servers refuse under status 200: what they say is told, without the key.
func TestRefusalUnderOK(t *testing.T) {
	for body, want := range map[string]string{
		`{"error":{"message":"model not loaded, key ` + testKey + `"}}`: "模型服务没有答，说：model not loaded, key " + hidden,
		`{"choices":[]}`:     "模型服务的回答不完整。",
		`{"choices":[{"mess`: "模型服务的回答不完整。",
	} {
		synctest.Test(t, func(t *testing.T) {
			c, asked := client(t, func(int, *http.Request) (*http.Response, error) { return reply(http.StatusOK, body), nil })
			_, _, err := c.Complete(t.Context(), "", "")
			if err == nil || err.Error() != want && bot.Say(err) != want || asked.Load() != maxTries {
				t.Errorf("%s: %v after %d", body, err, asked.Load())
			}
		})
	}
}
