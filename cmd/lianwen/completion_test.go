package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Nothing in the tables of the completion is left of a flag or a command that
// is gone, and a command that takes a file says which.
func TestCompletionTables(t *testing.T) {
	root := newRoot(&app{streams: &streams{}})
	flags, takesFile := map[string]bool{}, map[string]bool{}
	var takeFolder []string
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
		if strings.HasSuffix(cmd.Use, " 文件") {
			takesFile[cmd.CommandPath()] = true
		}
		if strings.HasSuffix(cmd.Use, " 文件夹") {
			takeFolder = append(takeFolder, cmd.CommandPath())
		}
		for _, sub := range cmd.Commands() {
			look(sub)
		}
	}
	look(root)
	for name := range fileFlags {
		if !flags[name] {
			t.Errorf("fileFlags: no command has --%s", name)
		}
	}
	for name := range choiceFlags {
		if !flags[name] {
			t.Errorf("choiceFlags: no command has --%s", name)
		}
	}
	for path := range fileArgs {
		if !takesFile[path] {
			t.Errorf("fileArgs: %s takes no file", path)
		}
		delete(takesFile, path)
	}
	if slices.Sort(takeFolder); !slices.Equal(takeFolder, folderArgs) {
		t.Errorf("folderArgs: %v, the commands that take a folder are %v", folderArgs, takeFolder)
	}
	for path := range takesFile {
		t.Errorf("fileArgs: nothing about %s", path)
	}
}
