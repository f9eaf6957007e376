package admin

import "lianwen/corpus"

// Setting is a key of the configuration as it holds now. Of a secret the value is
// hidden before it comes here.
type Setting struct {
	Key, Value string
	Source     string // where the value comes from: the defaults, the file and its line, a variable
	About      string // what the key is for
}

// Finding is something that is wrong, and what to do about it.
type Finding struct{ Where, What, Fix string }

// Findings are what a look at everything that the program uses has found.
type Findings struct {
	Problems, Warnings []Finding // must be mended; deserve a look
	Ledger, Held       string    // what the records hold, and what of the library can be used
	Rules              []CheckedRule
	Relief             []CheckedTrait // 减负自检
}

// CheckedRule is a rule in force, to be compared with the paper.
type CheckedRule struct {
	Title, Document string
	Effective       corpus.Date
	Articles        int
	Last            string // article
}

// CheckedTrait is how the program stands to a trait of 减负自检.
type CheckedTrait struct {
	OK                             bool
	Outcome, Title, Looked, Reason string
	Found                          []string
}
