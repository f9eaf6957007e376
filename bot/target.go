package bot

import "strings"

// AttendeesTarget is the target that stands for each who is expected at the
// meeting of a discipline card.
const AttendeesTarget = "attendees"

// TargetKind is what a target is.
type TargetKind string

// The kinds.
const (
	GroupKind  TargetKind = "group"  // a group, by its name
	MemberKind TargetKind = "member" // a member in private, by their number
)

// Target is whom a push goes to: group:NAME or member:NUMBER on whichever
// channel can reach it, or CHANNEL:group:NAME on that channel alone.
type Target struct {
	Channel string // a channel's name; "": any
	Kind    TargetKind
	Name    string
}

// ParseTarget reads a target as it stands in the configuration and in records;
// ok is false for anything else.
func ParseTarget(s string) (t Target, ok bool) {
	kind, name, _ := strings.Cut(s, ":")
	t = Target{Kind: TargetKind(kind), Name: name}
	if t.Kind != GroupKind && t.Kind != MemberKind {
		t.Channel = kind
		kind, t.Name, _ = strings.Cut(name, ":")
		t.Kind = TargetKind(kind)
		if t.Kind != GroupKind || t.Channel == "" {
			return Target{}, false
		}
	}
	return t, t.Name != ""
}

// String is the form that ParseTarget reads.
func (t Target) String() string {
	s := string(t.Kind) + ":" + t.Name
	if t.Channel != "" {
		s = t.Channel + ":" + s
	}
	return s
}

// groupPrefix begins an address that is a group known by its name.
const groupPrefix = string(GroupKind) + ":"

// GroupAddress is where a channel sends to when only a group's name is known.
func GroupAddress(name string) string { return groupPrefix + name }

// GroupOf is the name of the group that an address names, if it names one.
func GroupOf(to string) (name string, ok bool) {
	name, ok = strings.CutPrefix(to, groupPrefix)
	return name, ok && name != ""
}
