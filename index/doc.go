// Package index finds articles. It wraps bleve and lets no bleve type out.
//
// # What is indexed
//
// One document for each part of a rule in force that is not deleted: its
// articles, its preamble and its annexes. The document's id is its place in
// that list; the article itself stays in the corpus, so what is quoted never
// passes through the index. Fields:
//
//	body   chapter, section, an annex's name, and the article's text
//	asked  the asked-as lines
//	sound  the asked-as lines in pinyin, in runs of four letters; the rule's
//	       names with its first article
//
// Text is cut without a dictionary into single Han characters, pairs of
// neighbouring ones, and words of letters or digits (tokenize.go), after
// folding (fold.go): full width to half, traditional to simplified, lower case,
// Arabic numbers to Chinese ones. A posting list is a bitmap of documents; a
// term that a text has twice, three times, four … stands in further lists
// (layers), so frequencies and lengths need no room in the index and lists are
// read by the thousand (postings.go).
//
// # How a question is answered
//
// Lookup comes first (lookup.go): a question that names articles by number
// (citation.go), with a rule (name.go) or after one, or that is nothing but a
// rule's title, is answered exactly and never by score; what is cited and does not
// exist is said. Everything else is ranked, what is asked apart from what is told
// (speech.go), each question of a message by itself (several.go), and one that
// leans on the question before together with that (lean.go):
//
//  1. Terms (question.go). The question is folded and cut like the text. How it
//     is asked (请问, 怎么办 …) is told apart from what it is about and counts
//     against the asked-as lines only. A synonym of a word that was said counts
//     for half, divided among the words of its group; one that only the vocabulary
//     knows, for two fifths (synonyms.go). A pair that no article has counts for half
//     as the pairs of the same sound that articles have, 提岸 as 提案 (misheard.go).
//  2. Score (scan.go). Each term adds w × tf × (k1+1) ÷ (tf + k1 × (1 - b + b ×
//     length ÷ mean length)) in each field: BM25 (Robertson and Zaragoza 2009).
//     w is idf^0.8 for pairs and words, 0.3 × idf^1.5 for single characters,
//     with idf = ln(1 + (N - df + ½) ÷ (df + ½)); times n^0.7 for a term said n
//     times; times ((idf + 0.2) ÷ (the same among rules + 0.2))^0.2, for what all
//     articles of a rule share tells the rule and not the article. Single
//     characters count once. Lists are read rarest first; when a question has
//     read 400,000 postings, the single characters left over are looked up for
//     the 2,000 best only. What a pair or word is worth to the articles of a rule
//     is levelled, the more of them have it (level.go).
//     Where many articles lack lines that others have, what their text gives counts
//     for more in place of them (thin.go).
//  3. Context. Every article that was found gains the mean of its rule's ten
//     best, a tenth of its better neighbour, and 0.18 × ln(1+n) × ln(1+N) when
//     n other rules name its rule: one article seldom repeats what the title
//     and the chapter have said, and what others rely on is the general rule.
//  4. Lines (lines.go). The twenty best gain up to half of the best score for
//     single asked-as lines that are like the question: the asked field cannot
//     tell words of one line from words of two. They gain up to a fifth, or three
//     tenths when the question has few words, for their headings; articles that only
//     say why there is a rule or since when it holds lose a quarter unless they were
//     asked for (heading.go). An article whose very words the question is gains as
//     much as the best has.
//  5. Copies of an article, word for word, of the same rule and number, are
//     dropped below the first.
//
// When that is not sure to answer, the question is put to the bridge, an index of the
// sample's rules and the phrasebook with their asked-as lines (bridge.go): what answers
// it there says in official words what it is about, and it is asked once more together
// with those. Whoever opened the index says whether there is a bridge.
//
// Explain answers in the same way and says how it came about (explain.go, trace.go).
//
// decide.go says whether the best article answers the question, is only near
// it, or is not worth showing; quote.go picks the passages that answer, by their
// words, their own lines and what kind of answer is asked for (kind.go), and
// excerpt.go what of the article fits on a screen with them. A question
// typed in pinyin that finds nothing so is compared by sound (sound.go), and
// what that finds is called a guess.
//
// The parameters stand in rank.go and decide.go. What they give for the judged
// questions is in testdata/rank.golden (what of it reaches the first screen, in
// bot/talk/testdata/screens.golden), for questions kept apart in
// testdata/heldout.golden, what each part is worth in testdata/ablation.golden, what
// lines for some of the articles do in testdata/prepared.golden and what the bridge does
// for rules without any in testdata/bridge.golden;
// what they must give, class by class, in the files .floors beside them.
// Parts that the sample cannot judge were chosen on 58,719 statute articles and
// 1,235 lay questions, where MRR@10 of .419 (.421 with levelling) falls to .382 without length
// normalisation, .398 without single characters, .405 without the rule's best,
// .406 without citations, .412 with idf^1 for pairs and .416 with all repeats
// counted, and recall@100 of .734 to .727 without neighbours. Tried there or on
// the sample and left out for want of gain: a dictionary, weighting pairs by
// cohesion, pairs with a gap, coverage as a factor, a field for titles, windows
// of more than the two neighbours, asked-as lines as documents of their own.
//
// # While the library changes
//
// An Index never changes. Live holds the one that answers now: Revise builds
// the next beside it, asks both the judged questions, and replaces it; the old
// one is closed when its last reader lets go. Beside is an index of a library that might
// be, to see what would be answered.
//
// # On disk
//
// dir/<version>-<digest> holds one generation: a folder for each shard, a bleve
// (scorch) index with a single segment, and manifest.json with the format
// version, the corpus digest and a checksum of every file; those of the bridge stand in
// dir/bridge. A library of
// thousands of articles is divided into two shards, built at the same time. A
// generation is built in a folder of its own and then renamed into place, and
// the checksums tell what a power cut may have left of it. Open takes the
// generation that fits the corpus and this program's Version, checks it, and
// builds a new one otherwise; it is always opened read-only, so any number of
// processes may share it. The index is derived: deleting dir costs a rebuild and nothing else.
package index
