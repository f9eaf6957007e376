package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"unicode/utf8"

	"github.com/google/renameio/v2/maybe"

	"lianwen/bot"
	"lianwen/bot/lines"
	"lianwen/bot/model"
)

// lineTokens is about how many tokens a line of an answer takes.
const lineTokens = 20

// askModel shows what would be asked, asks whether it may be, and asks.
func (d *drafting) askModel(ctx context.Context) error {
	client := &model.Client{URL: d.cfg.Model.URL, Name: d.cfg.Model.Name, Key: d.cfg.Model.Key, Timeout: d.cfg.Model.timeout, Log: d.log()}
	what := d.sent(client)
	if d.dryRun {
		system, user := d.template.Prompt(d.wanting.Requests[0])
		_, err := fmt.Fprintf(d.out, "%s第一条这样问：\n\n%s\n\n%s\n", what, system, user)
		return err
	}
	if !d.yes {
		if !d.canAsk() {
			return bot.Conflict.Sayf("没有问，要先看过：\n%s加 --dry-run 看怎么问；确实要问请加 --yes。", what)
		}
		if err := d.ask(ctx, what+"确实要把这些条文发给 "+client.Host()+" 吗？（是/否）"); err != nil {
			return err
		}
	}
	x, err := d.openOwn(ctx, d.cfg, d.c, false)
	if err != nil {
		return err
	}
	defer x.Close()
	sum := &draftSum{app: d.app, all: len(d.wanting.Requests)}
	asking := &lines.Asking{Model: client, Template: d.template, Store: d.store, Check: lines.NewChecker(x), At: d.at, Done: sum.add}
	err = asking.Run(ctx, d.wanting.Requests)
	if told := sum.say(errors.Is(err, context.Canceled)); err == nil {
		err = told
	}
	return err
}

// sent is how much would be sent, and to whom.
func (d *drafting) sent(client *model.Client) string {
	asked, answered := 0, 0
	for _, r := range d.wanting.Requests {
		system, user := d.template.Prompt(r)
		asked += utf8.RuneCountInString(system) + utf8.RuneCountInString(user)
		answered += r.Want * lineTokens
	}
	text := fmt.Sprintf("问 %d 条，发给 %s（模型 %s），一条一次。\n共 %d 字；token 一个字算一个，往多里估：发出 %d，答回 %d", len(d.wanting.Requests), client.Host(), client.Name, asked, asked, answered)
	if d.price > 0 {
		text += fmt.Sprintf("，约 %.2f 元", float64(asked+answered)/1000*d.price)
	}
	return text + "。\n"
}

// draftSum counts how it ended for the articles.
type draftSum struct {
	*app
	all, done, failed, kept, apart int
	usage                          model.Usage
}

// add tells of an article on standard error.
func (s *draftSum) add(o lines.Outcome) {
	s.done++
	s.kept, s.apart = s.kept+o.Kept, s.apart+o.Apart
	s.usage.Prompt, s.usage.Completion = s.usage.Prompt+o.Usage.Prompt, s.usage.Completion+o.Usage.Completion
	if o.Why != "" {
		s.failed++
	}
	fmt.Fprintf(s.err, "[%d/%d] %s：%s\n", s.done, s.all, o.Article.Citation(), ended(o))
}

// ended is how it ended for an article, in words.
func ended(o lines.Outcome) string {
	text := fmt.Sprintf("%d 句", o.Kept)
	if o.Apart > 0 {
		text += fmt.Sprintf("，另有 %d 句存疑", o.Apart)
	}
	if o.Why != "" {
		text = "没有得到问法，" + o.Why
	}
	for _, note := range o.Notes {
		text += "；" + note
	}
	return text
}

// say sums up.
func (s *draftSum) say(broken bool) error {
	text := ""
	if broken {
		text = "中断了。"
	}
	text += fmt.Sprintf("问了 %d 条，%d 条有了草稿（%d 句，另有 %d 句存疑），%d 条没有问成", s.done, s.done-s.failed, s.kept, s.apart, s.failed)
	if s.failed > 0 {
		text += "（加 --retry 再问）"
	}
	if left := s.all - s.done; left > 0 {
		text += fmt.Sprintf("，还有 %d 条没有问，再运行一次接着问", left)
	}
	if s.usage != (model.Usage{}) {
		text += fmt.Sprintf("。用了 %d + %d token", s.usage.Prompt, s.usage.Completion)
	}
	if s.kept+s.apart > 0 {
		text += "。草稿要批准了才用：lianwen lines approve"
	}
	if _, err := fmt.Fprintln(s.out, text+"。"); err != nil {
		return err
	}
	if s.done > 0 && s.failed == s.done {
		return exitCode(exitError)
	}
	return nil
}

// writePrompts writes prompt files, for a model that a person asks somewhere else.
func (d *drafting) writePrompts() error {
	dir := d.prompts
	if dir == "" {
		dir = promptsDir
	}
	if inside([]string{dir}, d.lib.Dir) {
		return bot.Invalid.Sayf("文件夹 %s 在制度库里面，提示词会被当成制度。请用 --prompts 换一个制度库外面的文件夹。", dir)
	}
	sheets, chars := d.template.Sheets(d.wanting.Requests, d.size), 0
	for _, s := range sheets {
		chars += utf8.RuneCountInString(s.Text)
	}
	what := fmt.Sprintf("%d 条写成 %d 个提示词文件，共 %d 字", len(d.wanting.Requests), len(sheets), chars)
	if d.dryRun {
		_, err := fmt.Fprintf(d.out, "%s，要放在 %s，现在没有写；去掉 --dry-run 才写。第一个是：\n\n%s", what, dir, sheets[0].Text)
		return err
	}
	switch there, err := os.ReadDir(dir); {
	case len(there) > 0:
		return bot.Conflict.Sayf("文件夹 %s 里已经有文件。请用 --prompts 换一个空的文件夹，或者先把它清空。", dir)
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return bot.Invalid.Sayf("写不了 %s（%v）。请用 --prompts 换一个文件夹。", dir, err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make folder of prompts: %w", err)
	}
	for _, s := range sheets {
		if err := maybe.WriteFile(filepath.Join(dir, s.Name), []byte(s.Text), 0o644); err != nil {
			return fmt.Errorf("write prompt: %w", err)
		}
	}
	_, err := fmt.Fprintf(d.out, "%s，在 %s。一个一个交给模型，回答存成文本文件放在同一个文件夹，再运行：lianwen lines read %s\n", what, dir, dir)
	return err
}
