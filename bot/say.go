package bot

import "strings"

// SampleMark ends everything that quotes example text.
const SampleMark = "示例文本，以正式印发文件为准"

// Marked is lines as one text, with SampleMark behind them if they quote example
// text.
func Marked(lines []string, sample bool) string {
	if sample {
		lines = append(lines[:len(lines):len(lines)], SampleMark)
	}
	return strings.Join(lines, "\n")
}

// Lines are the lines of a text that are not blank, at most n.
func Lines(text string, n int) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\n"); strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return lines[:min(n, len(lines))]
}

// MaxLines is how long the first reply to a question, and a push, may be: what a
// phone shows at a glance.
const MaxLines = 8
