package secrecy_test

import (
	"strings"
	"testing"

	"lianwen/bot/secrecy"
)

// What is made to be slow takes time by its length, not by its square: each of these is
// some ten thousand characters.
func TestLong(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"机密★1年的文件，", "机密★1年\n", "机\n密\n", "密\n★\n", "【秘密】的", "1 ", "一", "张三: ", "> ", "(机密", "内部资料，", "不得外传 ", "a.docx ", "机密-", "13800000001 ", "★", "密级:", "是什么意思", "长", "绝密\n机密\n秘密\n", "机密\n关于有关工作的通知\n"} {
		secrecy.Seen(strings.Repeat(unit, 40_000/len([]rune(unit))))
	}
}
