// Package index finds articles. It wraps bleve and lets no bleve type out.
//
// # What is indexed
//
// One document for each part of a rule in force that is not deleted: its
// articles, its preamble and its annexes. The document's id is its place in
// that list; the article itself stays in the corpus, so what is quoted never
// passes through the index. Fields, all cut by the same tokenizer (see
// tokenize.go) into single characters and pairs:
//
//	body   the article's text
//	asked  the asked-as lines
//	head   the rule's title and aliases, the chapter and section, an annex's name
//
// # How a question is answered
//
// Lookup comes first (lookup.go): a question that names an article by number,
// with a rule or after one, or that is nothing but a rule's title, is answered
// exactly and never by score.
//
// Everything else is ranked (rank.go). The question is folded like the text
// (fold.go), its scaffolding (请问, 怎么办 …) is dropped, the words of its
// synonyms are added for less (question.go). Each term is scored by BM25 in
// each field and the fields are summed; then every article gains a share of
// what its rule and its neighbours scored, for one article seldom repeats what
// the title and the chapter have said. decide.go says whether the best article
// answers the question, is only near it, or is not worth showing; quote.go
// picks the part to show. The parameters and what they were chosen on stand in
// rank.go and decide.go, the outcome for the judged questions in
// testdata/rank.golden.
//
// # On disk
//
// dir/<version>-<digest> holds one generation: a bleve (scorch) index with a
// single segment, and manifest.json with the analyzer and format version, the
// corpus digest, the mean field lengths and a checksum of every file. A
// generation is built in a folder of its own, synced and then renamed into
// place, so whatever has that name is whole. Open takes the generation that
// fits the corpus and this program's Version, checks it, and builds a new one
// otherwise; it is always opened read-only, so any number of processes may
// share it. The index is derived: deleting dir costs a rebuild and nothing else.
package index
