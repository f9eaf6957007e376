package index

import (
	"errors"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// postings reads posting lists from the segments of the store, below bleve's
// TermFieldReader: a list without frequencies is a bitmap there, and its
// numbers can be had by the thousand instead of one by one. It belongs to one
// search.
type postings struct {
	x        *Index
	segments []*scorch.SegmentSnapshot
	dicts    map[string][]segment.TermDictionary // of a field, one for each segment
}

func (x *Index) postings() (*postings, error) {
	p := &postings{x: x, dicts: map[string][]segment.TermDictionary{}}
	for _, r := range x.readers {
		snapshot, ok := r.(*scorch.IndexSnapshot)
		if !ok {
			return nil, fmt.Errorf("read postings: %T is no scorch index", r)
		}
		p.segments = append(p.segments, snapshot.Segments()...)
	}
	return p, nil
}

// list is the posting list of one term in one field.
type list struct {
	parts []piece
	n     int
}

// piece is what one segment has of a list: a bitmap of document numbers, or one number.
type piece struct {
	segment int
	base    int // the number of the segment's first document
	bitmap  *roaring.Bitmap
	only    uint64
}

var errNoBitmap = errors.New("posting list without bitmap")

// find returns the list of a term; empty if no document has it.
func (p *postings) find(field, term string) (list, error) {
	dicts, ok := p.dicts[field]
	if !ok {
		for _, s := range p.segments {
			d, err := s.Segment().Dictionary(field)
			if err != nil {
				return list{}, fmt.Errorf("read terms of %s: %w", field, err)
			}
			dicts = append(dicts, d)
		}
		p.dicts[field] = dicts
	}
	var out list
	base := 0
	for i, d := range dicts {
		found, err := d.PostingsList([]byte(term), nil, nil)
		if err != nil {
			return list{}, fmt.Errorf("read term of %s: %w", field, err)
		}
		if n := int(found.Count()); n > 0 {
			it, ok := found.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
			if !ok {
				return list{}, errNoBitmap
			}
			q := piece{segment: i, base: base, bitmap: it.ActualBitmap()}
			if only, is := it.DocNum1Hit(); is {
				q.bitmap, q.only = nil, only
			} else if q.bitmap == nil {
				return list{}, errNoBitmap
			}
			out.parts = append(out.parts, q)
			out.n += n
		}
		base += int(p.segments[i].FullSize())
	}
	return out, nil
}

// units appends the places of a list's articles to dst.
func (p *postings) units(l list, dst []uint32) []uint32 {
	for _, q := range l.parts {
		if q.bitmap == nil {
			dst = append(dst, p.x.place[q.base+int(q.only)])
			continue
		}
		var buf [1024]uint32
		for it := q.bitmap.ManyIterator(); ; {
			n := it.NextMany(buf[:])
			for _, doc := range buf[:n] {
				dst = append(dst, p.x.place[q.base+int(doc)])
			}
			if n < len(buf) {
				break
			}
		}
	}
	return dst
}

// some is a set of documents, for each segment by its own numbers.
type some []*roaring.Bitmap

func (p *postings) some(units []candidate) some {
	var docs []uint32
	for _, c := range units {
		docs = append(docs, p.x.docs[c.unit])
	}
	slices.Sort(docs)
	out := make(some, len(p.segments))
	base, next := uint32(0), 0
	for i, s := range p.segments {
		out[i] = roaring.New()
		end := base + uint32(s.FullSize())
		for ; next < len(docs) && docs[next] < end; next++ {
			out[i].Add(docs[next] - base)
		}
		base = end
	}
	return out
}

// unitsAmong is units for those documents of a list that are in some.
func (p *postings) unitsAmong(l list, in some, dst []uint32) []uint32 {
	for _, q := range l.parts {
		if q.bitmap == nil {
			if in[q.segment].Contains(uint32(q.only)) {
				dst = append(dst, p.x.place[q.base+int(q.only)])
			}
			continue
		}
		for it := roaring.And(q.bitmap, in[q.segment]).Iterator(); it.HasNext(); {
			dst = append(dst, p.x.place[q.base+int(it.Next())])
		}
	}
	return dst
}
