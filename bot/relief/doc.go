// Package relief is 减负自检: whether 廉问, as it is configured and used, adds to the
// load that the national rules on formalism at the fingertips (指尖上的形式主义)
// forbid.
//
// Traits are eight. Breaches says which settings would break one; the program does
// not start with them unless the operator writes down the trait and a reason.
// Check looks at everything that may show one: settings, what is planned, what has
// gone out, the texts of the library (words.go). Of each trait it says what was
// looked at, so that a reader can judge: words are found by patterns, and what the
// texts mean only people can say. It never looks at who asked for anything.
//
// The package keeps nothing and reads nothing by itself: whoever calls it brings
// the facts.
package relief
