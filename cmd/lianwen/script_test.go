package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"lianwen/bot/ledger"
)

// The scripts drive the program itself, each in a folder of its own. Besides
// testscript's commands they have those of scriptCommands.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		Cmds:                scriptCommands,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error { // what a script cannot spell
			env.Setenv("GORACE", raceOptions)
			env.Setenv("LONG", strings.Repeat("请假", 5000))
			env.Setenv("NOTUTF8", "请假\xff\xfe")
			env.Setenv("INVISIBLE", "\u200b\u202e\u2066\x01")
			return nil
		},
	})
}

var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"exits":    exits,
	"keys":     keys,
	"bytes":    writeBytes,
	"docx":     writeDocx,
	"damage":   damage,
	"indexed":  indexed,
	"bridged":  bridged,
	"asked":    asked,
	"approves": approves,
	"tomorrow": tomorrow,
	"rounds":   rounds,
	"forge":    forge,
	"head":     printedHead,
}

// exits CODE COMMAND...: the command must end with just this code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code command...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want := args[0]; strconv.Itoa(code) != want {
		ts.Fatalf("exit code %d, want %s", code, want)
	}
}

// keys PATH KEY...: standard output is one JSON object and nothing else, and
// the object at PATH (. or hits.0) has just these keys.
func keys(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: keys path key...")
	}
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	var v any
	ts.Check(dec.Decode(&v))
	if _, err := dec.Token(); err != io.EOF {
		ts.Fatalf("something follows the JSON object")
	}
	for _, step := range strings.FieldsFunc(args[0], func(r rune) bool { return r == '.' }) {
		switch at := v.(type) {
		case map[string]any:
			v = at[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(at) {
				ts.Fatalf("no %s in a list of %d", step, len(at))
			}
			v = at[i]
		}
	}
	object, ok := v.(map[string]any)
	if !ok {
		ts.Fatalf("%s is no object but %T", args[0], v)
	}
	got, want := slices.Sorted(maps.Keys(object)), slices.Sorted(slices.Values(args[1:]))
	if !slices.Equal(got, want) {
		ts.Fatalf("keys %v, want %v", got, want)
	}
}

// bytes FILE QUOTED: writes what a text archive cannot hold.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes file quoted")
	}
	raw, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(raw), 0o644))
}

// indexed: the folder data has the index of the sample in it, as an earlier run
// would have left it.
func indexed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: indexed")
	}
	ts.Check(giveIndex(ts.MkAbs("data")))
}

// bridged: the folder data has the bridge in it, for a library of the script's own.
func bridged(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: bridged")
	}
	ts.Check(giveBridge(ts.MkAbs("data")))
}

// asked OUTCOME QUESTION [CITE]: somebody asked this, an hour ago, and then looked at
// the article.
func asked(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: asked outcome question [cite]")
	}
	ts.Check(os.MkdirAll(ts.MkAbs("data"), 0o755))
	l, err := ledger.Open(context.Background(), ledger.Source{File: ts.MkAbs("data/ledger.db")})
	ts.Check(err)
	at := time.Now().Add(-time.Hour)
	ts.Check(l.Ask(context.Background(), ledger.Asked{At: at, Channel: "wechat", Outcome: args[0], Question: args[1], Asker: "a"}))
	if len(args) > 2 {
		ts.Check(l.Choose(context.Background(), ledger.Chosen{At: at, Outcome: args[0], Question: args[1], Cite: args[2], Asker: "a"}))
	}
	ts.Check(l.Close())
}

// damage DIR PATTERN: overwrites the second half of every file below DIR whose
// name fits, and fails when there is none. It leaves the bridge alone, which takes long
// to build and is checked in the same way.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: damage dir pattern")
	}
	n := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "bridge" {
			return fs.SkipDir
		}
		if err != nil || d.IsDir() {
			return err
		}
		if fits, err := filepath.Match(args[1], d.Name()); err != nil || !fits {
			return err
		}
		n++
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i := len(raw) / 2; i < len(raw); i++ {
			raw[i] = 0xff
		}
		if err := os.Chmod(path, 0o644); err != nil {
			return fmt.Errorf("damage: %w", err)
		}
		return os.WriteFile(path, raw, 0o644)
	}))
	if n == 0 {
		ts.Fatalf("nothing to damage in %s", args[0])
	}
}
