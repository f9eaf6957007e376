package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

// Anything but yes is no, and so is an end of the input.
func TestAsk(t *testing.T) {
	for answer, yes := range map[string]bool{"是\n": true, " Y\r\n": true, "yes": true, "": false, "\n": false, "否\n": false, "不是\n": false} {
		var out bytes.Buffer
		a := &app{streams: &streams{in: strings.NewReader(answer), out: io.Discard, err: &out}}
		if err := a.ask(t.Context(), "吗？"); (err == nil) != yes || out.String() != "吗？" {
			t.Errorf("%q: %v, asked %q", answer, err, out.String())
		}
	}
	in, never := io.Pipe()
	defer never.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (&app{streams: &streams{in: in, out: io.Discard, err: io.Discard}}).ask(ctx, "吗？"); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}
