package bot

import (
	"encoding/json"
	"fmt"

	"lianwen/bot/secrecy"
)

// Sift is a message as it may be kept. One that bears what must not be kept in a
// chat, in its text or beside it, becomes one of the kind Held, which tells what was
// seen and nothing of what was written. A channel calls it as soon as it has read a
// message; whatever it forgets, an Incoming is sifted when it is written down
// (MarshalJSON) and before anybody deals with it (Gated).
func Sift(in Incoming) Incoming {
	if in.Kind == Held {
		return in
	}
	kinds := secrecy.Seen(in.Text)
	if len(kinds) == 0 && in.Beside != "" {
		kinds = secrecy.Seen(in.Beside)
	}
	in.Beside = ""
	if len(kinds) > 0 {
		in.Kind, in.Text = Held, secrecy.Words(kinds)
	}
	return in
}

// Keepable reports whether a text may be kept.
func Keepable(text string) bool { return len(secrecy.Seen(text)) == 0 }

// Unkeepable refuses what must not be kept: it says what was seen and where. The
// texts may be kept: nil.
func Unkeepable(where string, texts ...string) error {
	for _, text := range texts {
		if kinds := secrecy.Seen(text); len(kinds) > 0 {
			return Invalid.Sayf("%s带有%s，没有记下，也没有留存。这类内容不要录到这里；如果只是写到这几个字，请换个说法，不要带密级标志或号码。", where, secrecy.Words(kinds))
		}
	}
	return nil
}

// MarshalJSON implements json.Marshaler: however a channel writes messages down, no
// file has what must not be kept.
func (in Incoming) MarshalJSON() ([]byte, error) {
	type bare Incoming
	in = Sift(in)
	if !Keepable(in.Remark) {
		in.Remark = ""
	}
	raw, err := json.Marshal(bare(in))
	if err != nil {
		return nil, fmt.Errorf("write message down: %w", err)
	}
	return raw, nil
}
