package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// release is the version that a release is given by -ldflags "-X
// main.release=v1.2.0"; "" is for every other build. What Go writes into the
// binary names a release only where the tag is at hand.
var release string

// version is what version --json prints; scripts depend on it.
type version struct {
	Version  string `json:"version"`  // "(devel)" when nobody named one
	Revision string `json:"revision"` // "" when built outside a repository, as by go run
	Modified bool   `json:"modified"` // built with changes that are in no revision
	Time     string `json:"time"`     // of the revision
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

// thisVersion is the version of the program that runs.
func thisVersion() version {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return versionOf(info, release)
}

func versionOf(info *debug.BuildInfo, release string) version {
	v := version{Version: release, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	if v.Version == "" {
		v.Version = info.Main.Version
	}
	if v.Version == "" {
		v.Version = "(devel)"
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value
		case "vcs.time":
			v.Time = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}

// shortRevision is how much of a revision people are shown.
const shortRevision = 12

// String is the line for people; the time is that of the place.
func (v version) String() string {
	name := v.Version
	if name == "(devel)" {
		name = "开发版"
	}
	var about []string
	if v.Revision != "" {
		about = append(about, "提交 "+v.Revision[:min(shortRevision, len(v.Revision))])
	}
	if t, err := time.Parse(time.RFC3339, v.Time); err == nil {
		about = append(about, t.Local().Format("2006-01-02 15:04"))
	}
	if v.Modified {
		about = append(about, "有未提交的改动")
	}
	about = append(about, v.Go, v.OS+"/"+v.Arch)
	return fmt.Sprintf("廉问 %s（%s）", name, strings.Join(about, "，"))
}

func newVersion(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "版本：哪个提交、哪个 Go 编译的",
		Args:  exactArgs(0, "version 后面不用写别的。"),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return printJSON(a.out, thisVersion())
			}
			_, err := fmt.Fprintln(a.out, thisVersion())
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

// answersVersion lets the program itself take --version.
func answersVersion(root *cobra.Command) {
	root.Version = thisVersion().String()
	root.SetVersionTemplate("{{.Version}}\n")
	root.Flags().Bool("version", false, "看版本")
}
