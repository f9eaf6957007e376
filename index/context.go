package index

// inContext adds to each article that was found what its rule and its
// neighbours say for it, and where articles lack lines makes up for that.
func (s *scan) inContext() []float32 {
	x := s.x
	if x.uneven {
		s.evenOut()
	}
	for _, r := range x.rules {
		x.contextOf(r, s.own[r.start:r.end], s.out[r.start:r.end])
	}
	return s.out
}

// contextOf puts into out what the articles of a rule score with their context.
func (x *Index) contextOf(r ruleSpan, own, out []float32) {
	rule := float32(x.params.rule)*topMean(own) + float32(x.params.cited)*r.cited
	for i, score := range own {
		if score == 0 {
			continue
		}
		near := float32(0)
		if i > 0 {
			near = own[i-1]
		}
		if i+1 < len(own) {
			near = max(near, own[i+1])
		}
		out[i] = score + rule + float32(x.params.neighbour)*near
	}
}

// topMean is the sum of the ten greatest, divided by ten: a rule with one
// matching article is not as near as one with ten.
func topMean(scores []float32) float32 {
	const n = 10
	var top [n]float32 // ascending
	for _, s := range scores {
		if s <= top[0] {
			continue
		}
		i := 1
		for i < n && top[i] < s {
			top[i-1] = top[i]
			i++
		}
		top[i-1] = s
	}
	sum := float32(0)
	for _, s := range top {
		sum += s
	}
	return sum / n
}
