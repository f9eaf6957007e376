// Package model asks a language model for one chat completion, at any endpoint that
// speaks OpenAI's protocol: a vendor's, or a program on the office's own machine.
//
//	client.go  the request, the answer, what is tried again
//	trouble.go what can go wrong, in words, and what that means for the next request
//	secret.go  a key that cannot be printed
//
// One call of the protocol on net/http is a hundred lines: sashabaranov/go-openai v1.43.0
// makes the binary 0.3 MB larger, openai/openai-go v1.12.0 2.1 MB with four modules, and
// under either the size of an answer, half an answer, a redirect and what is said to people
// would still be ours to see to.
//
// The package lays down nothing. What it sends goes to the host of the configured URL
// and nowhere else: it follows no redirect.
package model
