package bot

import (
	"fmt"
	"runtime"
)

// Panicked is what may be logged of a panic: the text of one that the language makes;
// of any other only what it is, for its text may be that of a message.
func Panicked(p any) string {
	if err, ok := p.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", p)
}
