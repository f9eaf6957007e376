package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"lianwen/corpus"
	"lianwen/index"
)

// patience is how long something may take to happen; only what never happens
// takes longer, on the slowest machine.
const patience = 5 * time.Minute

func TestMain(m *testing.M) {
	testscript.Main(suite{m}, map[string]func(){"lianwen": main})
}

// suite is all tests, with what they share.
type suite struct{ tests *testing.M }

// shared is a folder for the time of the tests.
var shared string

// Run implements testscript.TestingM.
func (s suite) Run() (code int) {
	dir, err := os.MkdirTemp("", "lianwen-test-")
	if err == nil {
		shared = dir
		err = os.Setenv("GORACE", raceOptions)
	}
	if err == nil {
		code = s.tests.Run()
		err = os.RemoveAll(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// raceOptions keep each process from waiting a second at its end for races yet
// to come, when the tests run under the race detector.
const raceOptions = "atexit_sleep_ms=0"

// sampleIndex builds the index of the sample library, once, and returns the
// folder it is in. Nobody writes there afterwards.
var sampleIndex = sync.OnceValues(func() (dir string, err error) {
	c, err := corpus.Open("")
	if err != nil {
		return "", err
	}
	dir = filepath.Join(shared, "index")
	x, err := index.Open(context.Background(), dir, c, index.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return "", err
	}
	if x.Built != index.OnDisk {
		err = errors.New("the index of the sample is not on disk")
	}
	return dir, errors.Join(err, x.Close())
})

// bridgeIndex builds the bridge, once, and returns the folder that it is in.
var bridgeIndex = sync.OnceValues(func() (dir string, err error) {
	dir = filepath.Join(shared, "bridge")
	x, err := index.OpenBridge(context.Background(), dir, index.Options{})
	if err != nil {
		return "", err
	}
	return dir, x.Close()
})

// giveBridge puts a copy of the bridge into a data folder, for libraries that are not
// the sample.
func giveBridge(dataDir string) error {
	built, err := bridgeIndex()
	if err != nil {
		return fmt.Errorf("build the bridge: %w", err)
	}
	return os.CopyFS(filepath.Join(dataDir, "index"), os.DirFS(built))
}

// giveIndex puts a copy of the sample's index into a data folder, as an earlier
// run would have left it: building it takes longer than most tests.
func giveIndex(dataDir string) error {
	built, err := sampleIndex()
	if err != nil {
		return fmt.Errorf("build index of the sample: %w", err)
	}
	return os.CopyFS(filepath.Join(dataDir, "index"), os.DirFS(built))
}
