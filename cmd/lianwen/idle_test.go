package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What it costs to wait.
func TestServeIdle(t *testing.T) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("no /proc")
	}
	t.Parallel()
	s := newService(t, "")
	zhang := s.server.AddPerson("张委员", "")
	s.start().online()
	zhang.Say("提案什么时候截止")
	s.sent(1)
	const wait = 3 * time.Second
	before := s.cpu()
	time.Sleep(wait)
	used := s.cpu() - before
	t.Logf("idle: RSS %d KB, %d KB of it its own, %v of processor in %v", s.memory("VmRSS:"), s.memory("RssAnon:"), used, wait)
	if used > wait/10 {
		t.Errorf("used %v of processor in %v", used, wait)
	}
	if underRace() {
		return
	}
	// What the start needed is given back in the background, later on a busy machine.
	// What is not its own are pages of the program and the index, which the system
	// takes back when it needs them.
	own, all := 0, 0
	for range 60 {
		if own, all = s.memory("RssAnon:"), s.memory("VmRSS:"); own <= mostOwn && all <= mostMemory {
			return
		}
		time.Sleep(time.Second)
	}
	t.Errorf("it keeps %d KB, %d KB of it its own; want %d and %d at most", all, own, mostMemory, mostOwn)
}

// How much memory serve takes at most while nobody asks anything, in KB.
const (
	mostOwn    = 26 << 10
	mostMemory = 66 << 10
)

// underRace reports whether the race detector is built in; it takes memory.
func underRace() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// memory is a figure of the process's memory, in KB, by its name in /proc.
func (s *service) memory(name string) int {
	s.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		s.Fatal(err)
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if value, ok := strings.CutPrefix(line, name); ok {
			n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(value), " kB"))
			if err != nil {
				s.Fatal(err)
			}
			return n
		}
	}
	s.Fatal("no " + name)
	return 0
}

// cpu is the processor time used so far; ticks are hundredths of a second.
func (s *service) cpu() time.Duration {
	s.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		s.Fatal(err)
	}
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+2:]))
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	if err1 != nil || err2 != nil {
		s.Fatal(err1, err2)
	}
	return time.Duration(user+system) * 10 * time.Millisecond
}
