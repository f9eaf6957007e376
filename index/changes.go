package index

// Change is a judged question that fares otherwise than it did.
type Change struct{ Before, Now Verdict }

// Changes are the questions of two reports that fare better now, and those that fare
// worse, in the order of the later one. A question is known by its words and by what it
// wants.
func Changes(before, now Report) (better, worse []Change) {
	was := map[string]Verdict{}
	for _, v := range before.Questions {
		was[v.key()] = v
	}
	for _, v := range now.Questions {
		old, ok := was[v.key()]
		switch {
		case !ok:
		case v.grade() > old.grade():
			better = append(better, Change{old, v})
		case v.grade() < old.grade():
			worse = append(worse, Change{old, v})
		}
	}
	return better, worse
}

func (v Verdict) key() string {
	key := v.Q
	for _, want := range v.Want {
		key += "\x00" + want
	}
	return key
}

// grade is how well a question fares, for whoever asked it. What is wanted is best
// quoted, then offered first, then offered below; what nothing answers is best refused.
func (v Verdict) grade() int {
	answered, none := v.Outcome == Answered.String(), v.Outcome == None.String()
	switch {
	case len(v.Want) == 0 && answered:
		return 0
	case len(v.Want) == 0 && none:
		return 2
	case len(v.Want) == 0:
		return 1
	case none || v.Place == 0 || v.Place > MaxHits:
		return 0
	case v.Place > 3:
		return 1
	case v.Place > 1:
		return 2
	case answered:
		return 4
	}
	return 3
}
