package day

import (
	"fmt"
	"strings"
)

// PrivateDetail is in why a push to a member was not sent, whether they are not
// bound or do not want it.
const PrivateDetail = "没有绑定，或者本人不收私聊推送"

// Who does not want to be sent anything in private is nobody's business but their
// own. What becomes of a push to a member therefore reads the same, in the record
// and to the letter, for one who is not bound and one who does not want it, and
// comes at the same moment; the log does not have whom it was for.
var errPrivate = fmt.Errorf("%w：%s", errNothing, PrivateDetail)

// nameless is a target as the log may have it.
func nameless(target string) string {
	if strings.HasPrefix(target, memberPrefix) {
		return "委员私聊"
	}
	return target
}
