package ledger

import (
	"crypto/rand"
	"strings"
)

// codeLetters leave out what is mistaken for something else: 0 O, 1 I L, 8 B,
// 5 S, 2 Z, U V.
const codeLetters = "34679ACDEFGHJKMNPQRTWXY"

// NewCode is a random binding code of eight letters, of some 36 bits: with ten
// guesses an hour it is not guessed.
func NewCode() string {
	var code strings.Builder
	for code.Len() < 8 {
		var b [1]byte
		if _, err := rand.Read(b[:]); err != nil {
			panic(err) // never happens: crypto/rand.Read ends the program itself
		}
		if int(b[0]) < 256/len(codeLetters)*len(codeLetters) { // else the first letters would come more often
			code.WriteByte(codeLetters[int(b[0])%len(codeLetters)])
		}
	}
	return code.String()
}
