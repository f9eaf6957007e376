// Package secrecy tells whether a text bears what must not be kept in WeChat: a
// mark of secrecy (密级标志), an identity number, a bank card number, a list of
// telephone numbers.
//
// To bear a mark is not to talk about marks: 「机密★10年 关于……的通知」 bears one,
// 「机密★10年是什么意思」 asks about one, and an article that says where marks are
// printed does neither. A mark stands by itself, at the head of a line or in
// brackets, with a star and a period, before a title; what is talked about stands
// in a sentence.
//
//	secrecy.go  Seen: the kinds that a text bears
//	paper.go    Paper: the same for a whole document, by its head and its foot
//	plain.go    a text as it is compared: one width, one script, nothing unseen
//	reading.go  a line without what forwarding, a greeting or an order puts before it
//	mark.go     marks that say what they are wherever they stand
//	inside.go   marks for the own house: 内部资料 注意保存
//	plea.go     what asks to be kept from others in words that no mark has, and what warns
//	talk.go     whether a mark is talked about
//	number.go   numbers in whatever way they are written
//	person.go   identity numbers and cards; phone.go: telephone numbers
//
// The package is pure functions over text. It lays down nothing and has no state.
package secrecy
