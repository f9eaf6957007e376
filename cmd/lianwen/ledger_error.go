package main

import (
	"errors"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// trouble is what can be wrong with the ledger as a whole, for people.
type trouble struct {
	err       error
	code      bot.Code
	what, fix string // %s: where the ledger is
}

// ledgerTroubles are those that check reports and every other command ends with.
var ledgerTroubles = []trouble{
	{
		ledger.ErrGone, bot.Conflict, "台账不见了：%s 没有了或者是空的，而这里以前有过台账",
		"没有新建，以免今天的推送再发一遍。有备份的，请运行 lianwen restore 备份文件；确实要从头开始，请运行 lianwen restore --new",
	},
	{
		ledger.ErrForeign, bot.Conflict, "台账换了：%s 不是这里原来的那一个",
		"放错了的，请换回原来的；确实要用它，请运行 lianwen restore --accept（两者之间该发的推送不再发，记为不确定）",
	},
	{
		ledger.ErrOlder, bot.Conflict, "台账是旧的：%s 比这里记下的旧，后来发过的推送、登记过的答题它不知道",
		"有新的，请换回新的；确实要用它，请运行 lianwen restore --accept（它不知道的那段时间里该发的推送不再发，记为不确定）",
	},
	{
		ledger.ErrUnmarked, bot.Conflict, "台账旁边的 ledger.id 读不出来，不知道 %s 是不是这里原来的那一个",
		"确认是的，请运行 lianwen restore --accept",
	},
	{
		ledger.ErrNewer, bot.Invalid, "台账 %s 是更新版本的程序写的，这个版本读不了，没有改动",
		"请换用新版本的 lianwen",
	},
	{
		ledger.ErrInUse, bot.Conflict, "台账 %s 正被另一个 lianwen 用着（多半是 lianwen serve，或者正在恢复）",
		"请先停掉它，或者稍后再试",
	},
	{
		ledger.ErrNoLocks, bot.Invalid, "%s 所在的文件系统不支持文件锁，台账放在上面会坏",
		"请把 data_dir 改到本机磁盘上",
	},
	{
		ledger.ErrUnescaped, bot.Invalid, "ledger.url 里有没有转写的字符",
		"口令里的 @ 请写成 %40，/ 写成 %2F，? 写成 %3F，# 写成 %23",
	},
	{
		ledger.ErrURL, bot.Invalid, "ledger.url 不是 PostgreSQL 的地址",
		"请写 postgres://用户:口令@主机:5432/库名 这样的地址；用 SQLite 请留空",
	},
}

// troubleOf finds what an error says is wrong with the ledger.
func troubleOf(err error) (trouble, bool) {
	for _, t := range ledgerTroubles {
		if errors.Is(err, t.err) {
			return t, true
		}
	}
	return trouble{}, false
}

// ledgerError is an error of the ledger, for people where they can do something
// about it.
func ledgerError(cfg *config, err error) error {
	if t, ok := troubleOf(err); ok {
		return t.code.Sayf("%s。%s。", t.about(cfg), t.fix)
	}
	return err
}

// about is what is wrong with the ledger of a configuration.
func (t trouble) about(cfg *config) string {
	where := ledgerFile(cfg)
	if cfg.Ledger.URL != "" {
		where = "PostgreSQL 里的台账"
	}
	return strings.ReplaceAll(t.what, "%s", where)
}
