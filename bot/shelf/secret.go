package shelf

import (
	"fmt"

	"lianwen/bot/secrecy"
	"lianwen/corpus/convert"
)

// bears says why a paper is not taken that bears what must not be kept; "" when it
// bears nothing. There is no way round it: what is taken is said in WeChat, and the
// original stays with the library.
func bears(name string, doc *convert.Document) string {
	var dropped []string
	for _, n := range doc.Notes {
		if n.Kind == convert.Dropped {
			dropped = append(dropped, n.What)
		}
	}
	where, kinds := secrecy.Paper(name, doc.Text, dropped)
	switch {
	case kinds == nil:
		return ""
	case kinds[0] == secrecy.Mark:
		return fmt.Sprintf("%s带有%s。这样的文件不能导入，什么也没有留存；请把它移出这台机器，按保密规定处理。如果文件已经解密或是标志印错了，请用没有标志的正式文本。", where, secrecy.Mark)
	}
	return fmt.Sprintf("%s有%s。里面的人没有同意给大家看，不能导入，什么也没有留存；请删去以后再导入。办公室的座机可以留。", where, secrecy.Words(kinds))
}
