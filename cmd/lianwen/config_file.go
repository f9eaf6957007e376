package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"lianwen/corpus"
)

// configFile is the file of the configuration, as it was read.
type configFile struct {
	name     string
	text     string         // without what is wrong with it
	lines    map[string]int // where a key is set: wechat.quiet; of the second [[push]]: push.1, push.1.at
	mistakes configErrors
	lost     bool // something that was written is missing from text
}

// read takes the text of the file and says what is wrong with it as TOML.
func (f *configFile) read(raw string) {
	f.lines = linesOf(strings.TrimPrefix(raw, "\ufeff"))
	var c config
	var mistakes []corpus.Mistake
	f.text, mistakes = corpus.MendTOML(raw, &c)
	for _, m := range mistakes {
		e := &configError{fmt.Sprintf("%s:%d", f.name, m.Line), m.What, m.Fix}
		if m.Unknown != "" {
			e.what = "不认识的配置项 " + m.Unknown
		}
		if m.Unknown != "" && e.fix == "" {
			e.fix = "可用的有 " + knownKeys()
			if strings.HasPrefix(m.Unknown, "push.") {
				e.fix = "[[push]] 里可用的有 " + strings.Join(pushKeys(), "、")
			}
		}
		f.mistakes = append(f.mistakes, e)
		f.lost = f.lost || m.Lost
	}
}

// where is where a key gets its value: the environment goes before the file.
func (f *configFile) where(key string) string {
	if os.Getenv(variable(key)) != "" {
		return "环境变量 " + variable(key)
	}
	for at := key; at != ""; at = at[:max(strings.LastIndexByte(at, '.'), 0)] {
		if line := f.lines[at]; line > 0 {
			return fmt.Sprintf("%s:%d", f.name, line)
		}
	}
	return f.name
}

// The two kinds of line that say where a key is.
var (
	tablePattern = regexp.MustCompile(`^\s*(\[\[?)\s*([A-Za-z0-9_]+)\s*\]`)
	keyPattern   = regexp.MustCompile(`^\s*([A-Za-z0-9_]+)\s*=`)
)

// linesOf is where in a text its keys are set.
func linesOf(text string) map[string]int {
	lines, table, tables := map[string]int{}, "", map[string]int{}
	no := 0
	for line := range strings.Lines(text) {
		no++
		if m := tablePattern.FindStringSubmatch(line); m != nil {
			table = m[2]
			if m[1] == "[[" {
				table += "." + strconv.Itoa(tables[m[2]])
				tables[m[2]]++
			}
			lines[table] = no
			table += "."
		} else if m := keyPattern.FindStringSubmatch(line); m != nil && lines[table+m[1]] == 0 {
			lines[table+m[1]] = no
		}
	}
	return lines
}

// mistakesIn are the mistakes of the configuration in an error, each by itself.
func mistakesIn(err error) []*configError {
	var all configErrors
	var one *configError
	switch {
	case errors.As(err, &all):
		return all
	case errors.As(err, &one):
		return []*configError{one}
	}
	return nil
}
