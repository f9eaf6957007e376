package index

import (
	"errors"
	"fmt"

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
	snapshot, ok := x.reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("read postings: %T is no scorch index", x.reader)
	}
	return &postings{x: x, segments: snapshot.Segments(), dicts: map[string][]segment.TermDictionary{}}, nil
}

// list is the posting list of one term in one field.
type list struct {
	parts []piece
	n     int
}

// piece is what one segment has of a list: a bitmap of document numbers, or one number.
type piece struct {
	base   int // the number of the segment's first document
	bitmap *roaring.Bitmap
	only   uint64
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
			q := piece{base: base, bitmap: it.ActualBitmap()}
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

// unitsAmong is units for those documents of a list that are in some.
func (p *postings) unitsAmong(l list, some *roaring.Bitmap, dst []uint32) []uint32 {
	for _, q := range l.parts {
		if q.bitmap == nil || q.base > 0 {
			for _, u := range p.units(list{parts: []piece{q}}, nil) {
				if some.Contains(p.x.docs[u]) {
					dst = append(dst, u)
				}
			}
			continue
		}
		for it := roaring.And(q.bitmap, some).Iterator(); it.HasNext(); {
			dst = append(dst, p.x.place[it.Next()])
		}
	}
	return dst
}
