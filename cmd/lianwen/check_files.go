package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/corpus"
	"lianwen/index"
)

// files looks at what the configuration names besides the library. c may be nil.
func (f *findings) files(cfg *config, c *corpus.Corpus) {
	f.calendar(cfg, time.Now())
	f.certificate(cfg, time.Now())
	if cfg.JudgedQuestions == "" {
		return
	}
	const fix = "请检查 judged_questions 写的路径；读不出检验用的问题，lianwen serve 启动不了"
	if err := readable(cfg.JudgedQuestions); err != nil {
		f.problem(cfg.JudgedQuestions, err.Error(), fix)
		return
	}
	if c == nil {
		return
	}
	_, err := readQuestions(cfg.JudgedQuestions, c)
	var problems corpus.Problems
	switch {
	case errors.As(err, &problems):
		for _, p := range problems {
			f.warning(p.Where(), p.What, p.Fix) // the others are asked nevertheless
		}
	case err != nil:
		f.warning(cfg.JudgedQuestions, "读不出来（"+err.Error()+"）", fix)
	}
}

// readable says, for people, why a file cannot be read. Opening what is no file
// could wait for ever.
func readable(file string) error {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("没有这个文件")
	case err == nil && !info.Mode().IsRegular():
		return errors.New("不是普通文件")
	}
	if err == nil {
		var r *os.File
		if r, err = os.Open(file); err == nil {
			err = r.Close()
		}
	}
	if err != nil {
		return fmt.Errorf("读不出来（%w）", plain(err))
	}
	return nil
}

// unread says why a file that somebody has named cannot be read.
func unread(file string, err error) error {
	why := fmt.Sprintf("读不出来（%v）", plain(err))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		why = "没有这个文件"
	case errors.Is(err, fs.ErrPermission):
		why = "没有权限读"
	}
	return bot.Invalid.Sayf("读不到 %s：%s。请检查路径。", file, why)
}

// plain is what the system said, without the path.
func plain(err error) error {
	var pe *fs.PathError
	var le *os.LinkError
	switch {
	case errors.As(err, &pe):
		return pe.Err
	case errors.As(err, &le):
		return le.Err
	}
	return err
}

// calendar reports, from December on, that the days off of the next year are
// not known. Only who pushes on working days needs them.
func (f *findings) calendar(cfg *config, now time.Time) {
	calendar, err := readCalendar(cfg.Calendar)
	mistakes := mistakesIn(err)
	for _, m := range mistakes {
		f.problem(m.where, m.what, m.fix)
	}
	if len(mistakes) > 0 {
		return
	}
	if err != nil {
		f.problem("日历", "读不出来（"+err.Error()+"）", "请检查 calendar 指定的文件")
		return
	}
	if year := day.NextMissingYear(calendar, cfg.pushes, now.In(cfg.location)); year != 0 {
		f.warning("日历", fmt.Sprintf("%d 年的放假安排还没有，按周一到周五上班算", year), "国务院公布以后请写进 calendar 指定的文件，写法见 config.example.toml")
	}
}

// index searches in the index that is on the disk.
func (f *findings) index(ctx context.Context, cfg *config, c *corpus.Corpus) {
	err := index.Check(ctx, indexDir(cfg), c)
	if errors.Is(err, index.ErrNotStored) {
		f.stale = staleIndex(cfg)
	}
	if err == nil || errors.Is(err, index.ErrNotStored) || ctx.Err() != nil {
		return
	}
	f.problem(indexDir(cfg), "索引坏了（"+err.Error()+"），正在运行的 lianwen serve 可能什么也查不到",
		"请运行 lianwen index --rebuild；lianwen serve 在运行的，再让它换用新的：systemctl reload lianwen，或给它发 SIGHUP")
}
