package staff

import (
	"context"
	"errors"
	"strings"
	"testing"

	"lianwen/bot"
)

// What is tried first is no password; what people think of themselves is.
func TestCheckPassword(t *testing.T) {
	t.Parallel()
	for password, says := range map[string]string{
		"": "至少要 8 个", "1234567": "至少要 8 个", "一二三四五六七": "至少要 8 个", strings.Repeat("长的密码", 33): "最多 128 个",
		"竹篮打水\x00一场空": "控制字符", "竹篮打水一\n场空": "控制字符",
		"12345678": "太常见", "87654321": "太常见", "00000000": "太常见", "13800001234": "太常见", "20261201": "太常见", "aaaaaaaa": "太常见", "abababab": "太常见",
		"password": "太常见", "Password1": "太常见", "P@ssw0rd": "太常见", "passw0rd!": "太常见", "１２３４５６７８": "太常见", "Admin@123": "太常见", "admin888": "太常见",
		"qwertyuiop": "太常见", "1qaz2wsx": "太常见", "1qaz@WSX3": "", "qwer1234": "太常见", "abcd1234": "太常见", "a1b2c3d4": "太常见",
		"zhengxie2026": "太常见", "Jiguan@2026": "太常见", "bangongshi123": "太常见", "woaini1314": "太常见", "lianwen2026!": "太常见", "市政协20261201": "太常见",
		"wang5wang": "名字", "Wang5": "至少要 8 个", "wang5123": "名字", "WANG5WANG5": "名字", "2026wang5": "名字", "ＷＡＮＧ５２０２６": "名字",
		"竹篮 watermelon 七点": "", "wang5 likes green tea": "", "correct horse": "", "k7mQ-92xv": "", strings.Repeat("长的密码", 32): "", "admin of nothing": "", "明天去爬西山吧": "至少要 8 个", "明天我们去爬西山": "",
	} {
		err := checkPassword("wang5", password)
		if (err == nil) != (says == "") || err != nil && (!strings.Contains(err.Error(), says) || bot.CodeOf(err) != bot.Invalid) {
			t.Errorf("%q: %v, want %q", password, err, says)
		}
		if err != nil && len(password) > 8 && strings.Contains(err.Error(), password) {
			t.Errorf("%q is said: %v", password, err)
		}
	}
}

// A password is known again in any width of its letters; no two hashes of one are
// the same; of nothing none is the password.
func TestHashPassword(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	one, err1 := hashPassword(ctx, "竹篮 Tea 2026")
	two, err2 := hashPassword(ctx, "竹篮 Tea 2026")
	if err := errors.Join(err1, err2); err != nil || one == two || !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s, %s, %v", one, two, err)
	}
	for _, tt := range []struct {
		password, hash string
		is             bool
	}{
		{"竹篮 Tea 2026", one, true}, {"竹篮 Ｔｅａ ２０２６", two, true}, {"竹篮 tea 2026", one, false}, {"", one, false},
		{"竹篮 Tea 2026", "", false}, {"", "", false}, {"", nobodysHash, false}, {strings.Repeat("竹", 1<<20), one, false},
	} {
		if is, err := isPassword(ctx, tt.password, tt.hash); is != tt.is || err != nil {
			t.Errorf("%.20q is of %q: %v, %v", tt.password, tt.hash, is, err)
		}
	}
	if _, err := isPassword(ctx, "x", "not a hash"); err == nil {
		t.Error("what is no hash passes")
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := hashing.Acquire(ctx, 2); err != nil {
		t.Fatal(err)
	}
	defer hashing.Release(2)
	if _, err := hashPassword(gone, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("while others hash: %v", err)
	}
	if _, err := isPassword(gone, "x", one); !errors.Is(err, context.Canceled) {
		t.Errorf("while others hash: %v", err)
	}
}
