package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is who may import whom; a package that is not listed may not exist.
var mayImport = map[string][]string{
	"corpus":                {},
	"corpus/convert":        {"corpus"},
	"corpus/proof":          {"corpus"},
	"index":                 {"corpus"},
	"bot/secrecy":           {},
	"bot":                   {"bot/secrecy"},
	"bot/ledger":            {"corpus"},
	"bot/day":               {"corpus", "bot", "bot/ledger"},
	"bot/office":            {"corpus", "bot", "bot/ledger"},
	"bot/staff":             {"corpus", "corpus/convert", "index", "bot", "bot/ledger", "bot/day", "bot/office", "bot/shelf", "bot/secrecy", "bot/relief"},
	"bot/talk":              {"corpus", "index", "bot", "bot/ledger", "bot/day", "bot/staff"},
	"bot/shelf":             {"corpus", "corpus/convert", "bot", "bot/secrecy"},
	"bot/model":             {"bot"},
	"bot/lines":             {"corpus", "index", "bot", "bot/shelf", "bot/model"},
	"bot/admin":             {"corpus", "corpus/convert", "index", "bot", "bot/ledger", "bot/day", "bot/office", "bot/shelf", "bot/lines", "bot/staff", "bot/talk", "bot/duty", "bot/secrecy"},
	"bot/duty":              {"corpus", "index", "bot", "bot/ledger", "bot/day"},
	"bot/relief":            {"corpus", "bot", "bot/ledger", "bot/day"},
	"bot/terminal":          {"bot"},
	"bot/wechat":            {"bot"},
	"bot/channeltest":       {"bot"},
	"bot/ledger/ledgertest": {"bot/ledger"},
	"bot/wechat/fakeweb":    {},
	"cmd/lianwen": {
		"corpus", "corpus/convert", "corpus/proof", "index", "bot", "bot/ledger", "bot/day", "bot/office", "bot/staff", "bot/talk", "bot/admin", "bot/duty", "bot/shelf", "bot/model", "bot/lines", "bot/relief",
		"bot/terminal", "bot/wechat", "bot/secrecy",
	},
}

// forTests are the packages that only tests may import.
var forTests = []string{"bot/channeltest", "bot/ledger/ledgertest", "bot/wechat/fakeweb"}

// onlyIn names the packages that may import a module.
var onlyIn = map[string][]string{
	"github.com/blevesearch/":            {"index"},
	"github.com/eatmoreapple/openwechat": {"bot/wechat"},
	"github.com/mdp/qrterminal":          {"bot/duty"},
	"github.com/ergochat/readline":       {"bot/terminal"},
	"github.com/spf13/":                  {"cmd/lianwen"},
	"github.com/alexedwards/scs/":        {"bot/admin"},
	"github.com/alexedwards/argon2id":    {"bot/staff"},
	"database/sql":                       {"bot/ledger"},
	"github.com/jackc/pgx":               {"bot/ledger"},
	"github.com/pressly/goose":           {"bot/ledger"},
	"github.com/xuri/excelize":           {"bot/office", "corpus/convert"},
}

// topLevel is what the top of the tree may hold besides dot files.
var topLevel = []string{
	"bot", "index", "corpus", "cmd", "go.mod", "go.sum", "config.example.toml",
	"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
	"data", "dist", "config.toml", "lianwen", // made by running the program or .ci/release here; not committed
}

// The tree is parsed by the test itself: a listing by the go command could be
// served from the test cache.
func TestImports(t *testing.T) {
	root := os.DirFS("../..")
	files := 0
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "data" || strings.HasPrefix(d.Name(), ".") && p != ".") {
			return fs.SkipDir
		}
		if d.IsDir() || path.Ext(p) != ".go" {
			return nil
		}
		files++
		checkImports(t, root, p)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 {
		t.Fatalf("only %d Go files found: the walk does not see the tree", files)
	}
}

func checkImports(t *testing.T, root fs.FS, p string) {
	t.Helper()
	src, err := fs.ReadFile(root, p)
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), p, src, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	pkg, isTest := path.Dir(p), strings.HasSuffix(p, "_test.go")
	allowed, known := mayImport[pkg]
	if !known {
		t.Errorf("%s: package %s is not in the layout", p, pkg)
	}
	for _, spec := range f.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if own, ok := strings.CutPrefix(name, "lianwen/"); ok && own != pkg && !slices.Contains(allowed, own) && !(isTest && slices.Contains(forTests, own)) {
			t.Errorf("%s: %s may not import %s", p, pkg, own)
		}
		for module, owners := range onlyIn {
			if strings.HasPrefix(name, module) && !slices.Contains(owners, pkg) && !isTest && !slices.Contains(forTests, pkg) {
				t.Errorf("%s: only %s may import %s", p, strings.Join(owners, ", "), module)
			}
		}
		if !isTest && !slices.Contains(forTests, pkg) && (name == "testing" || strings.HasPrefix(name, "testing/")) {
			t.Errorf("%s: production code may not import %s", p, name)
		}
		if pkg == "corpus" && !isTest && strings.Contains(name, ".") && name != "github.com/pelletier/go-toml/v2" {
			t.Errorf("%s: corpus is standard library and TOML only, not %s", p, name)
		}
	}
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(topLevel, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}
