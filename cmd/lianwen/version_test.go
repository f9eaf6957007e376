package main

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestVersion(t *testing.T) {
	local := time.Local
	time.Local = time.FixedZone("", 8*60*60)
	defer func() { time.Local = local }()
	built := runtime.Version() + "，" + runtime.GOOS + "/" + runtime.GOARCH
	revision := []debug.BuildSetting{
		{Key: "vcs.revision", Value: "ba0e0ee5c9d1f3a2b4c6d8e0f1a3b5c7d9e1f2a4"},
		{Key: "vcs.time", Value: "2026-11-28T20:46:07Z"},
		{Key: "vcs.modified", Value: "false"},
	}
	for _, tt := range []struct {
		name    string
		info    debug.BuildInfo
		release string
		want    string
	}{
		{"outside a repository", debug.BuildInfo{}, "", "廉问 开发版（" + built + "）"},
		{"by go run", debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "", "廉问 开发版（" + built + "）"},
		{"between releases", debug.BuildInfo{Main: debug.Module{Version: "v1.2.1-0.20261128204607-ba0e0ee5c9d1"}, Settings: revision}, "",
			"廉问 v1.2.1-0.20261128204607-ba0e0ee5c9d1（提交 ba0e0ee5c9d1，2026-11-29 04:46，" + built + "）"},
		{"a release goes before what Go says", debug.BuildInfo{Main: debug.Module{Version: "v1.2.1-0.20261128204607-ba0e0ee5c9d1"}, Settings: revision}, "v1.3.0",
			"廉问 v1.3.0（提交 ba0e0ee5c9d1，2026-11-29 04:46，" + built + "）"},
		{"changed since", debug.BuildInfo{Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "ba0e0ee"}, {Key: "vcs.modified", Value: "true"}}}, "",
			"廉问 开发版（提交 ba0e0ee，有未提交的改动，" + built + "）"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := versionOf(&tt.info, tt.release).String(); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
