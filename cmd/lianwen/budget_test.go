package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// The budget of CONTRIBUTING.md, in lines.
const (
	mostOfFile     = 300
	mostOfFunction = 50
	leastOfComment = 3   // of a package
	leastOfTests   = 0.8 // lines of tests for each of the program's
)

// source is a Go file of the tree.
type source struct {
	name  string
	pkg   string // its folder
	test  bool   // it is a test, or only for tests
	lines int
	file  *ast.File
}

// tree is every Go file there is, read by the test itself: what the go command
// lists depends on the platform.
func tree(t *testing.T) (list []source, files *token.FileSet) {
	t.Helper()
	root := os.DirFS("../..")
	files = token.NewFileSet()
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
		raw, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(files, p, raw, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s := source{name: p, pkg: path.Dir(p), lines: strings.Count(string(raw), "\n"), file: f}
		s.test = strings.HasSuffix(p, "_test.go") || slices.Contains(forTests, s.pkg)
		list = append(list, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 100 {
		t.Fatalf("only %d Go files found: the walk does not see the tree", len(list))
	}
	return list, files
}

// No file of the program is too long to be read at a sitting, no function too
// long to be seen at once, and there is enough that tests them.
func TestLength(t *testing.T) {
	list, files := tree(t)
	tests, program := 0, 0
	for _, s := range list {
		if s.test {
			tests += s.lines
			continue
		}
		program += s.lines
		if s.lines > mostOfFile {
			t.Errorf("%s has %d lines, more than %d", s.name, s.lines, mostOfFile)
		}
		for _, decl := range s.file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			if n := files.Position(f.Body.Rbrace).Line - files.Position(f.Type.Func).Line + 1; n > mostOfFunction {
				t.Errorf("%s: %s has %d lines, more than %d", s.name, f.Name, n, mostOfFunction)
			}
		}
	}
	if share := float64(tests) / float64(program); share < leastOfTests {
		t.Errorf("%d lines of tests for %d of the program: %.2f, less than %v", tests, program, share, leastOfTests)
	} else {
		t.Logf("%d lines of tests for %d of the program: %.2f", tests, program, share)
	}
}

// Each package says once, where it is looked for, what it is.
func TestPackageComments(t *testing.T) {
	list, _ := tree(t)
	packages, comments := map[string]bool{}, map[string][]source{}
	for _, s := range list {
		packages[s.pkg] = true
		if s.file.Doc != nil {
			comments[s.pkg] = append(comments[s.pkg], s)
		}
	}
	for pkg := range packages {
		with := comments[pkg]
		if len(with) != 1 {
			t.Errorf("%s has %d package comments", pkg, len(with))
			continue
		}
		switch base := path.Base(with[0].name); base {
		case "doc.go", "main.go", path.Base(pkg) + ".go":
		default:
			t.Errorf("%s: the package comment is looked for in doc.go", with[0].name)
		}
		if n := strings.Count(with[0].file.Doc.Text(), "\n"); n < leastOfComment {
			t.Errorf("%s: the package comment has %d lines, less than %d", with[0].name, n, leastOfComment)
		}
	}
}

// named calls use for each name in a file that is not itself a declaration.
func named(f *ast.File, use func(name string)) {
	declares := map[*ast.Ident]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			declares[n.Name] = true
		case *ast.TypeSpec:
			declares[n.Name] = true
		case *ast.ValueSpec:
			for _, name := range n.Names {
				declares[name] = true
			}
		case *ast.StructType:
			for _, field := range n.Fields.List {
				for _, name := range field.Names {
					declares[name] = true
				}
			}
		case *ast.InterfaceType:
			for _, method := range n.Methods.List { // whoever implements it is used by it
				for _, name := range method.Names {
					use(name.Name)
				}
			}
		case *ast.Ident:
			if !declares[n] {
				use(n.Name)
			}
		}
		return true
	})
}

// Nothing is exported that only tests use. It goes by names alone: what shares
// its name with something that is used passes.
func TestExports(t *testing.T) {
	list, files := tree(t)
	used := map[string]bool{"Error": true, "Unwrap": true, "String": true, "MarshalText": true, "MarshalJSON": true} // by the standard library
	for _, s := range list {
		if !s.test {
			named(s.file, func(name string) { used[name] = true })
		}
	}
	for _, s := range list {
		if s.test {
			continue
		}
		for _, name := range exported(s.file) {
			if !used[name.Name] {
				t.Errorf("%s: only tests use %s", files.Position(name.Pos()), name.Name)
			}
		}
	}
}

// exported are the names that a file lets other packages use: functions, types
// with their methods and fields, constants, variables. Fields that a tag names
// are for whoever writes the file.
func exported(f *ast.File) (names []*ast.Ident) {
	add := func(list ...*ast.Ident) {
		for _, name := range list {
			if name.IsExported() {
				names = append(names, name)
			}
		}
	}
	for _, decl := range f.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil || ast.IsExported(receiver(decl)) {
				add(decl.Name)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					add(spec.Names...)
				case *ast.TypeSpec:
					add(spec.Name)
					if of, ok := spec.Type.(*ast.StructType); ok && spec.Name.IsExported() {
						for _, field := range of.Fields.List {
							if field.Tag == nil {
								add(field.Names...)
							}
						}
					}
				}
			}
		}
	}
	return names
}

// receiver is the name of the type that a method belongs to.
func receiver(f *ast.FuncDecl) string {
	of := f.Recv.List[0].Type
	for {
		switch t := of.(type) {
		case *ast.StarExpr:
			of = t.X
		case *ast.IndexExpr:
			of = t.X
		case *ast.Ident:
			return t.Name
		default:
			return ""
		}
	}
}
