package convert

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"strconv"
	"strings"
	"testing"
)

// told is the sentence of an *Error, or fails.
func told(t testing.TB, err error) string {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an *Error", err)
	}
	return e.Error()
}

// rawZip makes an archive of one stored part whose header says what it is told to.
func rawZip(t testing.TB, content string, lie func(h *zip.FileHeader)) []byte {
	t.Helper()
	h := &zip.FileHeader{
		Name: "word/document.xml", Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(content)),
		CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content)),
	}
	lie(h)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.CreateRaw(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestArchiveNames(t *testing.T) {
	a, err := openArchive(wordZipped(t, `/Word\Document.XML`, "甲", "word/header1.xml", ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"word/document.xml", "/word/document.xml", `WORD\document.xml`} {
		raw, err := a.read(name)
		if err != nil || string(raw) != "甲" || !a.has(name) {
			t.Errorf("%s: got %q, %v", name, raw, err)
		}
	}
	if raw, err := a.read("word/none.xml"); raw != nil || err != nil || a.has("word/none.xml") {
		t.Errorf("a part that is not there: got %q, %v", raw, err)
	}
}

func TestArchiveBroken(t *testing.T) {
	whole := wordZipped(t, "word/document.xml", strings.Repeat("第一条　委员应当参加会议。", 100))
	for _, n := range []int{0, 10, len(whole) / 2, len(whole) - 1} {
		if _, err := openArchive(whole[:n]); !strings.Contains(told(t, err), "不完整") {
			t.Errorf("cut after %d bytes: %v", n, err)
		}
	}
	spoilt := bytes.Clone(whole)
	spoilt[60] ^= 0xff
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"locked", rawZip(t, "甲", func(h *zip.FileHeader) { h.Flags |= 1 }), "密码"},
		{"packed in a way nobody knows", rawZip(t, "甲", func(h *zip.FileHeader) { h.Method = 99 }), "打不开"},
		{"said to be smaller", rawZip(t, strings.Repeat("甲", 1000), func(h *zip.FileHeader) { h.UncompressedSize64 = 3 }), "不完整"},
		{"said to be larger", rawZip(t, "甲", func(h *zip.FileHeader) { h.UncompressedSize64 = 1 << 40 }), "不完整"},
		{"checksum", rawZip(t, "甲", func(h *zip.FileHeader) { h.CRC32++ }), "不完整"},
		{"spoilt", spoilt, "不完整"},
	}
	for _, tt := range tests {
		a, err := openArchive(tt.data)
		if err != nil {
			t.Errorf("%s: open: %v", tt.name, err)
			continue
		}
		raw, err := a.read("word/document.xml")
		if err == nil {
			t.Errorf("%s: read %d bytes", tt.name, len(raw))
		} else if got := told(t, err); !strings.Contains(got, tt.want) {
			t.Errorf("%s: told %q, want %q", tt.name, got, tt.want)
		}
	}
}

// zeros makes an archive of one part that unpacks to n bytes.
func zeros(t testing.TB, n int64) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	f, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 1<<20)
	for ; n > 0; n -= int64(len(block)) {
		if _, err := f.Write(block[:min(n, int64(len(block)))]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestArchiveBomb(t *testing.T) {
	for size, ok := range map[int64]bool{MaxPart: true, MaxPart + 1: false} {
		data := zeros(t, size)
		if len(data) > 1<<20 {
			t.Fatalf("%d bytes make no bomb", len(data))
		}
		a, err := openArchive(data)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := a.read("word/document.xml")
		if ok && (err != nil || int64(len(raw)) != size) {
			t.Errorf("%d bytes: got %d, %v", size, len(raw), err)
		}
		if !ok && !strings.Contains(told(t, err), "太大") {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

// All parts together have a limit as well, and so has the same part read again.
func TestArchiveRoom(t *testing.T) {
	a, err := openArchive(wordZipped(t, "a", "12345", "b", "123456"))
	if err != nil {
		t.Fatal(err)
	}
	if a.room != MaxAll {
		t.Errorf("room for %d", a.room)
	}
	a.room = 10
	if raw, err := a.read("a"); err != nil || len(raw) != 5 || a.room != 5 {
		t.Fatalf("got %q, %v, room for %d", raw, err, a.room)
	}
	if _, err := a.read("b"); !strings.Contains(told(t, err), "太大") {
		t.Errorf("got %v", err)
	}
	if raw, err := a.read("a"); err != nil || len(raw) != 5 || a.room != 0 {
		t.Fatalf("got %q, %v, room for %d", raw, err, a.room)
	}
	if _, err := a.read("a"); err == nil {
		t.Error("read without room")
	}
}

func TestArchiveParts(t *testing.T) {
	for n, ok := range map[int]bool{maxParts: true, maxParts + 1: false} {
		parts := make([]string, 0, 2*n)
		for i := range n {
			parts = append(parts, strconv.Itoa(i), "")
		}
		_, err := openArchive(wordZipped(t, parts...))
		if ok && err != nil {
			t.Errorf("%d parts: %v", n, err)
		}
		if !ok && !strings.Contains(told(t, err), "20001 个部分") {
			t.Errorf("%d parts: %v", n, err)
		}
	}
}
