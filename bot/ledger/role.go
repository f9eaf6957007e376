package ledger

import "slices"

// Role is what an account of the staff's page may do: each may do what those
// before it may.
type Role string

// The roles, the least first.
const (
	RoleView  Role = "view"  // look
	RoleEdit  Role = "edit"  // change what staff change in their daily work
	RoleAdmin Role = "admin" // accounts and backups too
)

var roles = []Role{"", RoleView, RoleEdit, RoleAdmin} // "": somebody without an account

var roleWords = []string{"", "查看", "编辑", "管理"}

// May reports whether a role may do what at least another is needed for; for ""
// none is. What is no role may nothing, and nobody may what needs one.
func (r Role) May(least Role) bool {
	has, needs := slices.Index(roles, r), slices.Index(roles, least)
	return needs == 0 || needs > 0 && has >= needs
}

// Chinese is the role as people call it.
func (r Role) Chinese() string {
	if i := slices.Index(roles, r); i >= 0 {
		return roleWords[i]
	}
	return string(r)
}

// ReadRole is the role that people or a form name; ok is false for anything else.
func ReadRole(text string) (r Role, ok bool) {
	for i, role := range roles[1:] {
		if text == string(role) || text == roleWords[i+1] {
			return role, true
		}
	}
	return "", false
}
