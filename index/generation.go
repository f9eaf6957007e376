package index

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianwen/corpus"
)

// Version names the tokenizer, the fields and the layout on disk together. Any
// change to one of them must raise it; an index of another version is not used.
const Version = 6

// manifestName is written last, so a folder that has it was built to the end.
const manifestName = "manifest.json"

// keepGenerations is how many generations stay in the folder: the one in use
// and those of other libraries asked recently.
const keepGenerations = 4

// manifest describes one generation.
type manifest struct {
	Version int               `json:"version"`
	Digest  string            `json:"digest"`
	Units   int               `json:"units"`
	Files   map[string]uint32 `json:"files"` // CRC-32C by path inside the generation
}

// cacheSignature is what a corpus.CacheTag must begin with, and a word to whoever opens it.
const cacheSignature = "Signature: 8a477f597d28d172789f06886806bc55\n# 廉问的索引，可以删除，会自动重建。\n"

// errStale marks a generation that is missing or does not fit; any other
// trouble with it is damage.
var errStale = errors.New("no index for this library")

func generationPath(dir string, c *corpus.Corpus) string {
	return filepath.Join(dir, fmt.Sprintf("v%d-%.16s", Version, c.Digest))
}

// readManifest loads and verifies the generation at path.
func readManifest(path string, c *corpus.Corpus) (*manifest, error) {
	raw, err := os.ReadFile(filepath.Join(path, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, errStale
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", manifestName, err)
	}
	var m manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, fmt.Errorf("read %s: %w", manifestName, err)
	}
	if m.Version != Version || m.Digest != c.Digest {
		return nil, fmt.Errorf("%s is for another library or version", manifestName)
	}
	files, err := checksums(path)
	if err != nil {
		return nil, err
	}
	for name, sum := range m.Files {
		if got, ok := files[name]; !ok || got != sum {
			return nil, fmt.Errorf("file %s is damaged or missing", name)
		}
	}
	return &m, nil
}

// checksums reads every file below path but the manifest.
func checksums(path string) (map[string]uint32, error) {
	sums := map[string]uint32{}
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == manifestName {
			return err
		}
		sum, err := checksum(p)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(path, p)
		sums[filepath.ToSlash(name)] = sum
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("check index files: %w", err)
	}
	return sums, nil
}

func checksum(path string) (uint32, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	h := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	if _, err := io.Copy(h, f); err != nil {
		return 0, err
	}
	return h.Sum32(), nil
}

// writeGeneration builds a generation beside path and moves it there whole.
// What stood there before is moved away: it did not fit, was damaged, or is to
// be replaced.
func writeGeneration(path string, c *corpus.Corpus, units []*corpus.Article, opts Options) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make index folder: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, corpus.CacheTag), []byte(cacheSignature), 0o644); err != nil {
		return fmt.Errorf("make index folder: %w", err)
	}
	scratch, err := os.MkdirTemp(dir, "building-")
	if err != nil {
		return fmt.Errorf("make index folder: %w", err)
	}
	defer os.RemoveAll(scratch)
	fresh := filepath.Join(scratch, "new")
	if err := buildDisk(fresh, scratch, units, opts.Progress); err != nil {
		return err
	}
	m := &manifest{Version: Version, Digest: c.Digest, Units: len(units)}
	if m.Files, err = checksums(fresh); err != nil {
		return err
	}
	if err := m.write(fresh); err != nil {
		return err
	}
	return putInPlace(fresh, path, filepath.Join(scratch, "old"), func() bool {
		return !opts.Rebuild && opens(path, c, units) // another process was faster
	})
}

// opens tries the generation at path. That it has the right checksums is not
// enough: one that cannot be opened would stay for ever.
func opens(path string, c *corpus.Corpus, units []*corpus.Article) bool {
	x := &Index{corpus: c, units: units}
	return x.openStored(path) == nil && x.Close() == nil
}

// putInPlace renames fresh to path. What stands there is moved to old, unless
// it will do: a generation that others may be opening is left alone.
func putInPlace(fresh, path, old string, willDo func() bool) error {
	err := os.Rename(fresh, path)
	if err == nil {
		return nil
	}
	if _, statErr := os.Stat(path); statErr != nil {
		return fmt.Errorf("put index in place: %w", err)
	}
	if willDo() {
		return nil
	}
	if err := os.Rename(path, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("move old index away: %w", err)
	}
	if err := os.Rename(fresh, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("put index in place: %w", err)
	}
	return nil
}

func (m *manifest) write(path string) error {
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", manifestName, err)
	}
	f, err := os.Create(filepath.Join(path, manifestName))
	if err != nil {
		return fmt.Errorf("write %s: %w", manifestName, err)
	}
	_, err = f.Write(raw)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", manifestName, err)
	}
	return nil
}

// sweep removes generations that nobody asked for lately and what an
// interrupted build left behind. It is housekeeping: failure changes nothing.
func sweep(dir, current string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	type generation struct {
		path string
		used time.Time
	}
	var old []generation
	for _, e := range entries {
		info, err := e.Info()
		path := filepath.Join(dir, e.Name())
		switch {
		case err != nil || path == current:
		case strings.HasPrefix(e.Name(), "building-") && time.Since(info.ModTime()) > time.Hour:
			os.RemoveAll(path)
		case strings.HasPrefix(e.Name(), "v"):
			old = append(old, generation{path, info.ModTime()})
		}
	}
	slices.SortFunc(old, func(a, b generation) int { return b.used.Compare(a.used) })
	for i, g := range old {
		if i >= keepGenerations-1 {
			os.RemoveAll(g.path)
		}
	}
}
