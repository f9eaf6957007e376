// Package index finds articles. It wraps bleve and lets no bleve type out.
//
// # What is indexed
//
// One document for each part of a rule in force that is not deleted: its
// articles, its preamble and its annexes. The document's id is its place in
// that list; the article itself stays in the corpus, so what is quoted never
// passes through the index. Fields, cut into single characters and pairs
// (tokenize.go), the last one by sound (sound.go):
//
//	body   the article's text
//	asked  the asked-as lines
//	head   the rule's title and aliases, the chapter and section, an annex's name
//	sound  titles, aliases and asked-as lines in pinyin, in runs of four letters
//
// # How a question is answered
//
// Lookup comes first (lookup.go): a question that names an article by number,
// with a rule or after one, or that is nothing but a rule's title, is answered
// exactly and never by score.
//
// Everything else is ranked (rank.go). The question is folded like the text
// (fold.go). How it is asked (请问, 怎么办 …) is told apart from what it is about
// and looked for in the asked-as lines only; the words of its synonyms are
// added for less (question.go). Each term is scored by BM25 in each field and
// the fields are summed; then every article gains a share of what its rule and
// its neighbours scored, for one article seldom repeats what the title and the
// chapter have said. decide.go says whether the best article answers the
// question, is only near it, or is not worth showing; quote.go picks the part
// to show. A question typed in pinyin that finds nothing so is compared by
// sound, and what that finds is called a guess. The parameters stand in rank.go
// and decide.go, the outcome for the judged questions in testdata/rank.golden,
// what each part is worth in testdata/ablation.golden.
//
// # While the library changes
//
// An Index never changes. Live holds the one that answers now: Revise builds
// the next beside it, asks both the judged questions, and replaces it; the old
// one is closed when its last reader lets go.
//
// # On disk
//
// dir/<version>-<digest> holds one generation: a bleve (scorch) index with a
// single segment, and manifest.json with the analyzer and format version, the
// corpus digest, the mean field lengths and a checksum of every file. A
// generation is built in a folder of its own and then renamed into place, and
// the checksums tell what a power cut may have left of it. Open takes the
// generation that fits the corpus and this program's Version, checks it, and
// builds a new one otherwise; it is always opened read-only, so any number of
// processes may share it. The index is derived: deleting dir costs a rebuild and nothing else.
package index
