package corpus

import (
	"embed"
	"io/fs"
	"slices"
	"sync"
)

//go:embed phrasebook
var phrasebookFiles embed.FS

// phrasebook holds in matters the matters of an office's life (问法集), each in official
// words with how people ask about it, written as rules are, and in synonyms the
// vocabulary (通用词表).
func phrasebook() fs.FS {
	sub, err := fs.Sub(phrasebookFiles, "phrasebook")
	if err != nil { // the embed directive above names it
		panic(err)
	}
	return sub
}

const vocabularyFile = "synonyms/vocabulary.txt"

// Bridge returns what leads from everyday words to official ones for libraries that
// nobody prepared: the sample's rules and the phrasebook. It is never quoted.
var Bridge = sync.OnceValue(func() *Corpus {
	books := both{Sample(), phrasebook()}
	var files []entry
	for _, fsys := range books {
		err := walk(fsys, func(e entry) error {
			if e.kind == ruleFile || e.kind == synonymsFile {
				files = append(files, e)
			}
			return nil
		})
		if err != nil {
			panic("corpus: embedded phrasebook: " + err.Error()) // it is part of the program
		}
	}
	c, err := readFiles(books, files, nil)
	if err == nil && len(c.Faults) > 0 {
		err = c.Faults
	}
	if err != nil {
		panic("corpus: embedded phrasebook: " + err.Error())
	}
	return c
})

// both are two folders as one: what the first does not have is in the second.
type both [2]fs.FS

func (b both) Open(name string) (fs.File, error) {
	if f, err := b[0].Open(name); err == nil {
		return f, nil
	}
	return b[1].Open(name)
}

// Vocabulary are the words that stand for one another in any office; a library's own
// Synonyms come before them.
var Vocabulary = sync.OnceValue(func() []Synonyms {
	raw, err := fs.ReadFile(phrasebook(), vocabularyFile)
	if err != nil {
		panic("corpus: embedded vocabulary: " + err.Error()) // it is part of the program
	}
	rep := &report{}
	groups := parseSynonyms(vocabularyFile, string(raw), rep)
	if len(rep.errors) > 0 {
		panic("corpus: embedded vocabulary: " + rep.errors.Error())
	}
	return slices.Clip(groups)
})
