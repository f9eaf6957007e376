package main

import (
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func webOf(t *testing.T, text string) (webConfig, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "our.toml")
	if err := os.WriteFile(file, []byte("[web]\n"+text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(file)
	if err != nil {
		return webConfig{}, err
	}
	return c.Web, nil
}

// Passwords do not go over the net in the clear, and what is written wrong is said
// with the key.
func TestWebConfigRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`listen = "8480"`:                                           "web.listen 的值",
		`listen = ":99999"`:                                         "web.listen 的值",
		`listen = "127.0.0.1:http"`:                                 "web.listen 的值",
		`listen = "http://127.0.0.1:8480"`:                          "web.listen 的值",
		`listen = ":8480"`:                                          "密码会在网上明着走",
		`listen = "0.0.0.0:8480"`:                                   "密码会在网上明着走",
		`listen = "[::]:8480"`:                                      "密码会在网上明着走",
		`listen = "192.168.1.2:8480"`:                               "密码会在网上明着走",
		`listen = "pc.example:8480"`:                                "密码会在网上明着走",
		`tls_cert = "a.pem"`:                                        "没有写 web.tls_key",
		`tls_key = "a.pem"`:                                         "没有写 web.tls_cert",
		`trusted_proxies = ["proxy"]`:                               `web.trusted_proxies 的值 "proxy"`,
		`trusted_proxies = ["10.0.0.0/33"]`:                         "web.trusted_proxies 的值",
		`trusted_proxies = [""]`:                                    "web.trusted_proxies 的值",
		`url = "lianwen.example"`:                                   "web.url 的值",
		`url = "ftp://lianwen.example"`:                             "web.url 的值",
		`url = "https://u:p@lianwen.example"`:                       "web.url 的值",
		`url = "https://lianwen.example/x"`:                         "web.url 的值",
		`url = "https://:8480"`:                                     "web.url 的值",
		"listen = \":8443\"\ntls_cert = \"a\"\ntls_key = \"b\"":     "没有写 web.url",
		"listen = \"[::]:8443\"\ntls_cert = \"a\"\ntls_key = \"b\"": "没有写 web.url",
		`metrics = "9480"`:                                          "web.metrics 的值",
		`metrics = "127.0.0.1:8480"`:                                "同一个地址",
	} {
		if _, err := webOf(t, text); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "our.toml") {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// The page's address for people comes from what is configured.
func TestWebConfigBase(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:                          "http://127.0.0.1:8480",
		`listen = "127.0.0.2:80"`:   "http://127.0.0.2:80",
		`listen = "localhost:8480"`: "http://localhost:8480",
		`listen = "[::1]:8480"`:     "http://[::1]:8480",
		`listen = "0.0.0.0:8480"` + "\ntrusted_proxies = [\"10.1.2.3\"]\nurl = \"https://a.example\"": "https://a.example",
		`listen = "10.1.2.3:8443"` + "\ntls_cert = \"a\"\ntls_key = \"b\"":                            "https://10.1.2.3:8443",
		`listen = "pc.example:8443"` + "\ntls_cert = \"a\"\ntls_key = \"b\"":                          "https://pc.example:8443",
		`listen = "127.0.0.1:8480"` + "\nurl = \"https://lianwen.example.gov.cn/\"":                   "https://lianwen.example.gov.cn",
		`url = "http://lianwen.example:8080"`:                                                         "http://lianwen.example:8080",
	} {
		c, err := webOf(t, text)
		if err != nil || c.base() != want {
			t.Errorf("%s: %s, %v, want %s", text, c.base(), err, want)
		}
		if !strings.Contains(text, "listen") {
			want = "" // serve has no page
		}
		if c.served() != want || strings.Contains(c.or("/signing"), want+"/signing ") != (want != "") {
			t.Errorf("%s: serve's is %q, %q", text, c.served(), c.or("/signing"))
		}
	}
	c, err := webOf(t, `trusted_proxies = ["10.1.2.3", "10.2.3.4/16", "::ffff:10.1.2.4", "fd00::/8"]`)
	want := []netip.Prefix{netip.MustParsePrefix("10.1.2.3/32"), netip.MustParsePrefix("10.2.0.0/16"), netip.MustParsePrefix("10.1.2.4/32"), netip.MustParsePrefix("fd00::/8")}
	if err != nil || !slices.Equal(c.proxies, want) {
		t.Errorf("%v, %v, want %v", c.proxies, err, want)
	}
}
