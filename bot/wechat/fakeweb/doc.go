// Package fakeweb is a WeChat-web server for tests: it speaks as much of the
// protocol as a login, a conversation and a logout need, keeps people, groups
// and messages, and breaks where it is told to.
//
// It is an http.Handler. Requests come in for several hosts; the path alone
// decides. Ids of people and groups are new after every scan, as WeChat's are,
// and stay as they are when a login is taken up again.
package fakeweb
