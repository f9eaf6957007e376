package secrecy

import (
	"regexp"
	"strings"
	"time"
)

// provinces are how an identity number can begin.
var provinces = map[string]bool{}

func init() {
	for _, p := range strings.Fields("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91") {
		provinces[p] = true
	}
}

// identityWords say that a number is one of a person.
var identityWords = regexp.MustCompile(`(?i)身份|证件|公民|证号|sfz|id ?card`)

// hasIdentity reports whether a text has an identity number: of 18 digits with a
// date and its check digit, or, where it is said to be one, with a date; of 15 only
// where it is said.
func hasIdentity(text string, groups []group) (found bool) {
	windows(groups, func(number string, g []group) bool {
		start, end := g[0].start, g[len(g)-1].end
		switch len(number) {
		case 17:
			found = found || isX(text[end:]) && dated(number[:6], number[6:14]) && check(number) == 'X'
		case 18:
			if dated(number[:6], number[6:14]) {
				before, behind := near(text, start, end, 24, 8)
				found = found || check(number) == number[17] || identityWords.MatchString(before+behind)
			}
		case 15:
			before, _ := near(text, start, end, 16, 0)
			found = found || identityWords.MatchString(before) && dated(number[:6], "19"+number[6:12])
		}
		return found
	})
	return found
}

var lastX = regexp.MustCompile(`^[ \-—–]{0,3}[xX×✕✖Хх*]`)

// isX reports whether a text goes on with the X of an identity number.
func isX(rest string) bool { return lastX.MatchString(rest) }

// dated reports whether a place and a day of birth can be.
func dated(place, day string) bool {
	if !provinces[place[:2]] {
		return false
	}
	at, err := time.Parse("20060102", day)
	return err == nil && at.Year() >= 1900 && at.Year() < 2100
}

// check is the check digit of the first 17 digits of an identity number (GB 11643).
func check(number string) byte {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(number[i]-'0')
	}
	return "10X98765432"[sum%11]
}

var (
	// cardWords say that a number is a bank's.
	cardWords = regexp.MustCompile(`银行|卡号|开户|借记卡|储蓄卡|信用卡|工资卡|[工农中建交招]行|邮储|农商|信用社|(?:打|转|汇|存)(?:款|钱|账)?[到给进]|汇款|转账|收款|退款|报销`)
	// accountWords say that it is a bank's, of whatever form.
	accountWords = regexp.MustCompile(`[账帐][号户]|卡号|开户|户名|银行卡`)
	// otherWords say that it is something else's.
	otherWords = regexp.MustCompile(`(?i)单号|订单|运单|快递|流水|编号|发票|会议[号iI]|条码|序列|合同|档案|追踪|物流|设备|imei|iccid|sim|税号|信用代码|文号|文件号|批次|工号|学号|密码|户号|编码|凭证|票号|取件|交易|资产|案号`)
	grouped4   = regexp.MustCompile(`^4(?:,4){3}(?:,[1-3])?$`)
	// cardGroups are how a card's number is written.
	cardGroups = regexp.MustCompile(`^(?:1[6-9]|4(?:,4){3}(?:,[1-3])?|[3-8](?:,\d{1,2}){1,5}|1(?:,1){15,18})$`)
)

// mostGroups is in how many pieces the number of an account is written.
const mostGroups = 6

// hasCard reports whether a text has the number of a bank card, or, where it is said
// to be a bank's, of an account.
func hasCard(text string, groups []group) (found bool) {
	windows(groups, func(number string, g []group) bool {
		n := len(number)
		card := n >= 16 && n <= 19 && luhn(number)
		if n < 15 || n > 21 || !card && len(g) > mostGroups || latin(text, g[0].start) || !asOne(text, g) {
			return false
		}
		before, behind := near(text, g[0].start, g[len(g)-1].end, 20, 10)
		bank := cardWords.MatchString(before + behind)
		account := bank && len(g) == 1 || accountWords.MatchString(before+behind)
		close, _ := near(text, g[0].start, g[0].end, 8, 0)
		other := otherWords.MatchString(close)
		switch {
		case !other && (bank && card || account && strings.Trim(number, number[:1]) != "" && !stamped(number)):
			found = true
		case card && unionPay(number) && !other && cardGroups.MatchString(lengths(g)):
			found = true
		case card && issued(number) && grouped4.MatchString(lengths(g)) && !other:
			found = true
		}
		return found
	})
	return found
}

// asOne reports whether groups are written as one number: the same stands between
// them, and they do not all begin alike, as amounts, days or the rooms of a floor do.
func asOne(text string, g []group) bool {
	lines, alike := 0, len(g) > 1 && len(g[0].digits) > 1
	first := ""
	for i := 1; i < len(g); i++ {
		sep := text[g[i-1].end:g[i].start]
		lines += strings.Count(sep, "\n")
		if sep = strings.TrimSpace(sep); i == 1 {
			first = sep
		}
		if sep != first || lines > 1 {
			return false
		}
		alike = alike && len(g[i].digits) > 1 && g[i].digits[:2] == g[0].digits[:2]
	}
	return !alike
}

// unionPay reports whether a number begins like the cards of this country do.
func unionPay(number string) bool { return strings.HasPrefix(number, "62") }

// issued reports whether a number begins like some bank's cards.
func issued(number string) bool {
	return unionPay(number) || strings.ContainsAny(number[:1], "45") || strings.HasPrefix(number, "35") || strings.HasPrefix(number, "60") || strings.HasPrefix(number, "9")
}

// stamped reports whether a number begins with a day of these years, as those of
// orders and payments do.
func stamped(number string) bool {
	at, err := time.Parse("20060102", number[:8])
	return err == nil && at.Year() >= 2000 && at.Year() < 2100
}

// luhn reports whether the last digit is the check digit of the others (ISO/IEC 7812).
func luhn(number string) bool {
	sum := 0
	for i := range len(number) {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
