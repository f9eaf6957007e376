package main

import (
	"context"
	"fmt"
	"os"

	"lianwen/bot/relief"
	"lianwen/corpus/convert"
)

// warnTemplate says on stderr where a template of one's own ranks or scores people:
// that is only known when it is used. What is wrong with the file besides, whoever
// fills it says.
func (a *app) warnTemplate(ctx context.Context, file string) error {
	if file == "" {
		return nil
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read template again: %w", err)
	}
	doc, err := convert.Bytes(ctx, file, raw, convert.Options{})
	if err != nil {
		return ctx.Err()
	}
	for _, h := range relief.Scan([]relief.Text{{Where: file, Body: doc.Text, Groups: true}}) {
		if _, err := fmt.Fprintf(a.err, "减负：模板 %s 里有“%s”（%s），报表照写了；不用来给人排名、打分、考核的，请改掉模板。\n", h.Where, h.Words, h.Trait); err != nil {
			return err
		}
	}
	return nil
}
