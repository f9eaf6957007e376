package staff

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/bot/secrecy"
	"lianwen/corpus"
)

// ownName is a name that somebody gives as theirs.
var ownName = regexp.MustCompile(`我(?:的名字)?叫[` + secrecy.Surnames + `]\p{Han}|我是\p{Han}某`)

// personal says what of a person a text holds; "" when nothing is found. names are
// those of the roster.
func personal(text string, names []string) string {
	kinds := secrecy.Seen(text)
	switch {
	case len(kinds) > 0:
		return secrecy.Words(kinds)
	case secrecy.HasIdentity(text):
		return string(secrecy.Identity)
	case secrecy.Phone(text):
		return "电话号码"
	case ownName.MatchString(text) || slices.ContainsFunc(names, func(n string) bool { return strings.Contains(text, n) }):
		return "人名"
	}
	return ""
}

// names are the names on the roster, those who have left too.
func (d *Desk) names(ctx context.Context) (names []string, err error) {
	members, err := d.Ledger.Members(ctx)
	for _, m := range members {
		if utf8.RuneCountInString(m.Name) > 1 {
			names = append(names, m.Name)
		}
	}
	return names, err
}

// fitting leaves out the wordings beside the first that cannot stand in the library:
// whoever has its files would read them.
func (d *Desk) fitting(ctx context.Context, c Cluster) (Cluster, error) {
	names, err := d.names(ctx)
	if err != nil {
		return c, err
	}
	c.Others = slices.DeleteFunc(slices.Clone(c.Others), func(w string) bool { return corpus.AskedFault(w) != "" || personal(w, names) != "" })
	return c, nil
}

// impersonal refuses wordings that would tell in the library who has asked, or about whom.
func (d *Desk) impersonal(ctx context.Context, c Cluster) error {
	names, err := d.names(ctx)
	if err != nil {
		return err
	}
	for _, w := range c.Wordings() {
		if what := personal(w, names); what != "" {
			return bot.Invalid.Sayf("“%s”里有%s，写进制度库别人就看得到，什么也没有做。可以换个没有它的说法，在服务器上运行 lianwen lines add \"换的说法\" 制度#条号。", w, what)
		}
	}
	return nil
}
