package model

import (
	"fmt"
	"io"
)

// Secret is a key. Whatever prints it prints ***, as long as it is reached by an
// exported field.
type Secret string

// hidden is what a secret prints as.
const hidden = "***"

// Format implements fmt.Formatter, for every verb.
func (s Secret) Format(f fmt.State, _ rune) {
	if s != "" {
		_, _ = io.WriteString(f, hidden) // fmt says itself what it could not write
	}
}

// MarshalText implements encoding.TextMarshaler: JSON, TOML and slog go by it.
func (s Secret) MarshalText() ([]byte, error) { return []byte(fmt.Sprint(s)), nil }
