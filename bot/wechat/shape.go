package wechat

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/eatmoreapple/openwechat"
)

// endpoint is what is expected of one call of the protocol.
type endpoint struct {
	timeout   time.Duration
	again     bool // may be asked twice: nothing happens by asking
	redirects bool // answers with a redirection
	check     func(body []byte) error
	mend      func(body []byte) ([]byte, error) // takes out what the library cannot decode
}

// endpoints are the calls we make, by the last part of their path. The two
// polls are held open by the server for up to 25 seconds.
var endpoints = map[string]endpoint{
	"jslogin":              {timeout: 15 * time.Second, again: true, check: matches(`window\.QRLogin\.uuid = "[^"]+";`)},
	"login":                {timeout: 40 * time.Second, check: matches(`window\.code=\d+;`)},
	"webwxnewloginpage":    {timeout: 15 * time.Second, redirects: true},
	"webwxinit":            {timeout: 20 * time.Second, check: checkInit},
	"webwxstatusnotify":    {timeout: 15 * time.Second, check: checkReturned},
	"synccheck":            {timeout: 40 * time.Second, check: matches(`window\.synccheck=\{retcode:"\d+",selector:"\d+"\}`)},
	"webwxsync":            {timeout: 20 * time.Second, check: checkSync, mend: mendSync},
	"webwxgetcontact":      {timeout: 30 * time.Second, again: true, check: checkContacts},
	"webwxbatchgetcontact": {timeout: 10 * time.Second, check: checkBatch},
	"webwxsendmsg":         {timeout: 15 * time.Second, check: checkReturned},
	"webwxverifyuser":      {timeout: 15 * time.Second, check: checkReturned},
}

// matches checks for a line of JavaScript.
func matches(pattern string) func([]byte) error {
	re := regexp.MustCompile(pattern)
	return func(body []byte) error {
		if !re.Match(body) {
			return fmt.Errorf("返回的内容不对：没有 %s", pattern)
		}
		return nil
	}
}

// returned is what every answer in JSON has.
type returned struct {
	BaseResponse *struct{ Ret int }
}

// readJSON decodes an answer. Asked for nothing when the server refuses, it
// reports done.
func readJSON(body []byte, r *returned, into any) (done bool, err error) {
	if err := json.Unmarshal(body, r); err != nil {
		return true, fmt.Errorf("返回的不是 JSON：%w", err)
	}
	if r.BaseResponse == nil {
		return true, errors.New("返回的内容没有 BaseResponse")
	}
	if r.BaseResponse.Ret != 0 || into == nil {
		return true, nil
	}
	if err := json.Unmarshal(body, into); err != nil {
		return true, fmt.Errorf("返回的 JSON 不对：%w", err)
	}
	return false, nil
}

func checkReturned(body []byte) error {
	_, err := readJSON(body, new(returned), nil)
	return err
}

// syncKey is the client's place in the stream of messages. The library indexes
// one of its fields by the other.
type syncKey struct {
	Count int
	List  []struct{ Key, Val int64 }
}

func (k *syncKey) check() error {
	switch {
	case k == nil:
		return errors.New("返回的内容没有 SyncKey")
	case k.Count != len(k.List):
		return fmt.Errorf("返回的 SyncKey 说有 %d 项，实有 %d 项", k.Count, len(k.List))
	}
	return nil
}

func checkInit(body []byte) error {
	var got struct {
		User        *struct{ UserName string }
		SyncKey     *syncKey
		ContactList []*struct{}
	}
	if done, err := readJSON(body, new(returned), &got); done {
		return err
	}
	if got.User == nil || got.User.UserName == "" {
		return errors.New("返回的内容没有 User")
	}
	if err := noNulls(got.ContactList); err != nil {
		return err
	}
	return got.SyncKey.check()
}

func checkSync(body []byte) error {
	var got struct {
		SyncKey    *syncKey
		AddMsgList []*struct{}
	}
	if done, err := readJSON(body, new(returned), &got); done {
		return err
	}
	return got.SyncKey.check()
}

// mendSync replaces messages that the library cannot decode by null: one of them
// would hold up all that come after it, for ever.
func mendSync(body []byte) ([]byte, error) {
	if json.Unmarshal(body, new(openwechat.WebWxSyncResponse)) == nil {
		return body, nil
	}
	var whole map[string]json.RawMessage
	var list []json.RawMessage
	if err := errors.Join(json.Unmarshal(body, &whole), json.Unmarshal(whole["AddMsgList"], &list)); err != nil {
		return nil, fmt.Errorf("返回的 JSON 不对：%w", err)
	}
	for i, m := range list {
		if json.Unmarshal(m, new(openwechat.Message)) != nil {
			list[i] = json.RawMessage("null")
		}
	}
	whole["AddMsgList"], _ = json.Marshal(list) // raw JSON that was read a moment ago
	body, err := json.Marshal(whole)
	if err == nil {
		err = json.Unmarshal(body, new(openwechat.WebWxSyncResponse))
	}
	if err != nil {
		return nil, fmt.Errorf("返回的 JSON 不对：%w", err)
	}
	return body, nil
}

func checkContacts(body []byte) error {
	var got struct{ MemberList []*struct{} }
	if done, err := readJSON(body, new(returned), &got); done {
		return err
	}
	return noNulls(got.MemberList)
}

func checkBatch(body []byte) error {
	var got struct {
		ContactList []*struct{ MemberList []*struct{} }
	}
	if done, err := readJSON(body, new(returned), &got); done {
		return err
	}
	if err := noNulls(got.ContactList); err != nil {
		return err
	}
	for _, c := range got.ContactList {
		if err := noNulls(c.MemberList); err != nil {
			return err
		}
	}
	return nil
}

func noNulls[T any](list []*T) error {
	for i, item := range list {
		if item == nil {
			return fmt.Errorf("返回的名单第 %d 项是空的", i+1)
		}
	}
	return nil
}
