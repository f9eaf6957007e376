package staff

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/sync/semaphore"
	"golang.org/x/text/unicode/norm"

	"lianwen/bot"
)

// hashParams are what OWASP asks of argon2id at least: 19 MiB and two rounds. The
// office's machine is small.
var hashParams = &argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashing is how many passwords the process hashes at once: each takes memory and
// a processor, and whoever is at the door may ask for as many as they like.
var hashing = semaphore.NewWeighted(2)

// nobodysHash is compared with where there is no password, so that it takes as
// long as a wrong one.
var nobodysHash = fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", hashParams.Memory, hashParams.Iterations, hashParams.Parallelism,
	base64.RawStdEncoding.EncodeToString(make([]byte, hashParams.SaltLength)), base64.RawStdEncoding.EncodeToString(make([]byte, hashParams.KeyLength)))

// hashPassword is how a password is kept.
func hashPassword(ctx context.Context, password string) (hash string, err error) {
	if err := hashing.Acquire(ctx, 1); err != nil {
		return "", err
	}
	defer hashing.Release(1)
	return argon2id.CreateHash(norm.NFKC.String(password), hashParams)
}

// isPassword reports whether a password is the one of a hash; of "" none is.
func isPassword(ctx context.Context, password, hash string) (bool, error) {
	if len(password) > mostPassword*utf8.UTFMax {
		password = "" // it is none; hashing it would take long
	}
	if err := hashing.Acquire(ctx, 1); err != nil {
		return false, err
	}
	defer hashing.Release(1)
	if hash == "" {
		_, err := argon2id.ComparePasswordAndHash(norm.NFKC.String(password), nobodysHash)
		return false, err
	}
	return argon2id.ComparePasswordAndHash(norm.NFKC.String(password), hash)
}

// How many characters a password has.
const (
	leastPassword = 8
	mostPassword  = 128
)

// common are the words that passwords of offices are made of.
var common = []string{
	"password", "passwd", "pass", "admin", "administrator", "root", "user", "guest", "test", "letmein", "welcome", "login", "master", "default", "changeme", "secret",
	"qwerty", "qwertyui", "qwertyuiop", "asdf", "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "qazwsx", "qazwsxedc", "qweasd", "qweasdzxc", "qwer", "qwe", "asd", "zxc",
	"abc", "abcd", "abcdef", "abcdefg", "abcdefgh", "iloveyou", "monkey", "dragon", "sunshine", "princess", "football", "baseball", "superman", "trustno",
	"woaini", "woaiwojia", "zhongguo", "china", "beijing", "mima", "wodemima", "guanli", "guanliyuan", "bangong", "bangongshi", "jiguan", "zhengxie", "shizhengxie",
	"cppcc", "weiyuan", "tian", "dangzu", "jiwei", "lianwen", "lianzheng", "qinglian", "oa", "office", "windows", "wechat", "weixin",
	"密码", "口令", "管理员", "办公室", "机关", "政协", "市政协", "廉问", "中国",
}

var unleet = strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// checkPassword says why a password will not do for an account.
func checkPassword(name, password string) error {
	runes := []rune(norm.NFKC.String(password))
	switch {
	case len(runes) < leastPassword:
		return bot.Invalid.Sayf("密码至少要 %d 个字符，这一个有 %d 个。", leastPassword, len(runes))
	case len(runes) > mostPassword:
		return bot.Invalid.Sayf("密码最多 %d 个字符，这一个有 %d 个。", mostPassword, len(runes))
	case slices.ContainsFunc(runes, unicode.IsControl):
		return bot.Invalid.Sayf("密码里有看不见的控制字符，请重新输入。")
	}
	if strings.Contains(bot.Key(password), bot.Key(name)) && len([]rune(bot.Key(password)))-len([]rune(bot.Key(name))) < leastPassword {
		return bot.Invalid.Sayf("密码不能就是账号的名字，或者名字加几个字符，别人一猜就中。请换一个。")
	}
	if distinct(runes) < 4 || guessed(string(runes)) {
		return bot.Invalid.Sayf("这个密码太常见，别人一猜就中。请换一个，如几个不相干的词连起来。")
	}
	return nil
}

// distinct is how many different characters there are.
func distinct(runes []rune) int {
	seen := map[rune]bool{}
	for _, r := range runes {
		seen[r] = true
	}
	return len(seen)
}

// guessed reports whether a password is among those that are tried first: digits
// alone, which are dates and telephone numbers; rows of the keyboard; a common
// word with digits and signs around it or in the place of letters.
func guessed(password string) bool {
	lower := strings.ToLower(password)
	if strings.Trim(lower, "0123456789") == "" || slices.Contains([]string{"1qaz2wsx", "1q2w3e4r", "1qaz2wsx3edc", "q1w2e3r4", "a1b2c3d4", "1a2b3c4d", "zaq12wsx", "p@ssw0rd"}, lower) {
		return true
	}
	word := letters(lower)
	for _, form := range []string{word, letters(unleet.Replace(word)), letters(unleet.Replace(lower))} {
		for _, c := range common {
			if form != "" && letters(strings.ReplaceAll(form, c, "")) == "" { // also where it is written twice
				return true
			}
		}
	}
	return false
}

// letters is a text without what is no letter around it.
func letters(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
}
