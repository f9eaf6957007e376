// Package proof reads a library against itself (校对): whether its texts agree with each
// other, with the library's own table of facts (corpus.FactsFile) and with what is known
// to go wrong in such texts. What package corpus reports while it reads a library is no
// concern of this one.
//
// A Finding must be mended, or is doubtful: a rule cannot know what an office means, so
// what only looks wrong is said as a doubt, which somebody can accept with a reason.
// Thresholds stand beside what they are for, with why they are what they are.
//
// The package lays down nothing and changes nothing.
package proof
