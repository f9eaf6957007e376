package corpus

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Fifty thousand files that are none of the library's are passed over by their
// names, and so is what is written in them.
func TestStampLooksAtNamesOnly(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file("jia.md", small)
	file("扫描件.jpg", "one")
	stamp := func() string {
		t.Helper()
		s, err := Stamp(dir)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	before := stamp()
	file("扫描件.jpg", "another, and longer")
	if stamp() != before {
		t.Error("what is in a file of no known kind makes a difference")
	}
	file("扫描件二.jpg", "")
	if stamp() == before {
		t.Error("a file more is not seen: its name is a problem to be told of")
	}
}

func BenchmarkStamp(b *testing.B) {
	for _, ext := range []string{"jpg", "md"} {
		b.Run("50000 ."+ext, func(b *testing.B) {
			dir := b.TempDir()
			for i := range 50_000 {
				folder := filepath.Join(dir, fmt.Sprint(i/1000))
				if i%1000 == 0 {
					if err := os.Mkdir(folder, 0o755); err != nil {
						b.Fatal(err)
					}
				}
				if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.%s", i, ext)), nil, 0o644); err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				if _, err := Stamp(dir); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
