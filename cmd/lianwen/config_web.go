package main

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// webConfig is the table [web].
type webConfig struct {
	Listen         string   `toml:"listen"`
	TLSCert        string   `toml:"tls_cert"`
	TLSKey         string   `toml:"tls_key"`
	TrustedProxies []string `toml:"trusted_proxies"`
	URL            string   `toml:"url"`
	Metrics        string   `toml:"metrics"`

	proxies []netip.Prefix // what TrustedProxies mean
}

func defaultWeb() webConfig { return webConfig{TrustedProxies: []string{}} }

// defaultWebListen is where lianwen web listens when nothing is configured: on
// this machine only.
const defaultWebListen = "127.0.0.1:8480"

// address is where the page listens.
func (c webConfig) address() string {
	if c.Listen == "" {
		return defaultWebListen
	}
	return c.Listen
}

// base is how people reach the page, as links to it begin.
func (c webConfig) base() string {
	if c.URL != "" {
		return strings.TrimSuffix(c.URL, "/")
	}
	scheme := "http://"
	if c.TLSCert != "" {
		scheme = "https://"
	}
	return scheme + c.address()
}

// served is how people reach the page that serve has; "": it has none.
func (c webConfig) served() string {
	if c.Listen == "" {
		return ""
	}
	return c.base()
}

// or is a path of the page that serve has, to be said before another place to go to;
// "": it has none.
func (c webConfig) or(path string) string {
	if page := c.served(); page != "" {
		return "打开网页 " + page + path + " ，或者"
	}
	return ""
}

// validate reads the values and says which are impossible.
func (c *webConfig) validate(bad badFunc) {
	wrong := func(key string, value any, fix string) {
		bad("web."+key, fmt.Sprintf("web.%s 的值 %q 不对", key, value), fix)
	}
	if !isAddress(c.address()) {
		wrong("listen", c.Listen, `请写地址和端口，如 "127.0.0.1:8480"；不要页面的留空`)
	}
	if c.Metrics != "" && !isAddress(c.Metrics) {
		wrong("metrics", c.Metrics, `请写地址和端口，如 "127.0.0.1:9480"；不要的留空`)
	}
	if c.Metrics != "" && c.Metrics == c.address() {
		bad("web.metrics", "web.metrics 和 web.listen 是同一个地址", "请给它另一个端口，如 127.0.0.1:9480；不要的留空")
	}
	if c.URL != "" && !isBase(c.URL) {
		wrong("url", c.URL, "请写人们打开页面用的网址，只到主机名（和端口），如 https://lianwen.example.gov.cn")
	}
	if c.URL == "" && everywhere(c.address()) {
		bad("web.url", fmt.Sprintf("web.listen %q 是这台电脑的所有地址，没有写 web.url", c.Listen), "请写人们打开页面用的网址，如 https://lianwen.example.gov.cn：给新账号的链接要用")
	}
	c.proxies = nil
	for _, text := range c.TrustedProxies {
		p, ok := network(text)
		if !ok {
			wrong("trusted_proxies", text, `请写反向代理的地址或网段，如 ["10.1.2.3", "10.1.0.0/16"]`)
			continue
		}
		c.proxies = append(c.proxies, p)
	}
	switch {
	case c.TLSCert == "" && c.TLSKey != "":
		bad("web.tls_key", "写了 web.tls_key，没有写 web.tls_cert", "证书和私钥要写就都写，都是 PEM 文件的路径")
	case c.TLSCert != "" && c.TLSKey == "":
		bad("web.tls_cert", "写了 web.tls_cert，没有写 web.tls_key", "证书和私钥要写就都写，都是 PEM 文件的路径")
	case c.TLSCert == "" && len(c.TrustedProxies) == 0 && isAddress(c.address()) && !onLoopback(c.address()):
		bad("web.listen", fmt.Sprintf("web.listen %q 别的机器也连得上，又没有加密，密码会在网上明着走", c.Listen),
			"请写 tls_cert 和 tls_key；前面有加密的反向代理的，写 trusted_proxies；只在本机用的，写 127.0.0.1:8480")
	}
}

// isAddress reports whether a text is where to listen: a host, or none, and the
// number of a port.
func isAddress(text string) bool {
	host, port, err := net.SplitHostPort(text)
	if err != nil || strings.ContainsAny(host, " /\t\r\n") {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

// onLoopback reports whether only this machine reaches an address.
func onLoopback(address string) bool {
	host, _, _ := net.SplitHostPort(address) // isAddress
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.Unmap().IsLoopback()
}

// everywhere reports whether an address is none of its own, but all that the
// machine has.
func everywhere(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip, bad := netip.ParseAddr(host)
	return err == nil && (host == "" || bad == nil && ip.IsUnspecified())
}

// isBase reports whether a text is a URL of a host and nothing further.
func isBase(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil &&
		strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == ""
}

// network reads an address, or those of a network.
func network(text string) (netip.Prefix, bool) {
	if ip, err := netip.ParseAddr(text); err == nil {
		ip = ip.Unmap().WithZone("")
		return netip.PrefixFrom(ip, ip.BitLen()), true
	}
	p, err := netip.ParsePrefix(text)
	return p.Masked(), err == nil && !p.Addr().Is4In6()
}
