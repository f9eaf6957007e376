package main

import (
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

// importResult is what import --json prints.
type importResult struct {
	Papers    []jsonPaper `json:"papers"`
	Published int         `json:"published"` // rules written
	Unchanged int         `json:"unchanged"`
	Refused   int         `json:"refused"` // files and rules that cannot come in
}

type jsonPaper struct {
	File       string      `json:"file"`
	Format     string      `json:"format,omitempty"`
	Digest     string      `json:"digest,omitempty"`
	Problem    string      `json:"problem,omitempty"`
	Notes      []string    `json:"notes"`
	Left       []jsonLeft  `json:"left"`
	Characters jsonCounted `json:"characters"`
	Rules      []jsonDraft `json:"rules"`
}

// jsonLeft is what was left out, from a line of the paper's text on.
type jsonLeft struct {
	Line int    `json:"line"`
	What string `json:"what"`
}

// jsonCounted are the Chinese characters of a paper's text: all, kept, left out.
type jsonCounted struct {
	Text int `json:"text"`
	Kept int `json:"kept"`
	Left int `json:"left"`
}

type jsonDraft struct {
	ID        string       `json:"id,omitempty"`
	Title     string       `json:"title"`
	Action    string       `json:"action"`
	Why       string       `json:"why,omitempty"`
	Document  string       `json:"document,omitempty"`
	Issued    corpus.Date  `json:"issued,omitempty"`
	Effective corpus.Date  `json:"effective,omitempty"`
	Articles  int          `json:"articles"`
	First     string       `json:"first,omitempty"`
	Last      string       `json:"last,omitempty"`
	Facts     []string     `json:"facts"`
	Doubts    []string     `json:"doubts"`
	Changes   *jsonChanges `json:"changes,omitempty"`
}

// jsonChanges counts the articles of a revision.
type jsonChanges struct {
	Changed    int `json:"changed"`
	Added      int `json:"added"`
	Removed    int `json:"removed"`
	Renumbered int `json:"renumbered"`
	Same       int `json:"same"`
}

func papersJSON(papers []*shelf.Paper, published int) importResult {
	sum := shelf.Summarize(papers)
	res := importResult{Papers: []jsonPaper{}, Published: published, Unchanged: sum.Rules[shelf.Keep], Refused: sum.Unread + sum.Rules[shelf.Refuse]}
	for _, p := range papers {
		n := p.Found.Characters
		paper := jsonPaper{File: p.File, Format: p.Format, Digest: p.Digest, Problem: p.Problem, Notes: []string{}, Left: []jsonLeft{}, Rules: []jsonDraft{}, Characters: jsonCounted{n.Text, n.Kept, n.Left}}
		for _, note := range p.Notes {
			paper.Notes = append(paper.Notes, note.What)
		}
		for _, h := range p.Found.Hints {
			paper.Left = append(paper.Left, jsonLeft{h.Line, h.What})
		}
		for _, d := range p.Drafts {
			paper.Rules = append(paper.Rules, draftJSON(d))
		}
		res.Papers = append(res.Papers, paper)
	}
	return res
}

func draftJSON(d *shelf.Draft) jsonDraft {
	r := d.Rule
	out := jsonDraft{ID: r.ID, Title: r.Title, Action: d.Action.String(), Why: d.Why, Document: r.Document, Issued: r.Issued, Effective: r.Effective,
		Articles: shelf.Articles(r), Facts: append([]string{}, d.Facts...), Doubts: append([]string{}, d.Doubts...)}
	for _, a := range r.Articles {
		if a.Number.IsArticle() {
			if out.Last = a.Label; out.First == "" {
				out.First = a.Label
			}
		}
	}
	if d.Comparison != nil {
		out.Changes = &jsonChanges{}
		out.Changes.Changed, out.Changes.Added, out.Changes.Removed, out.Changes.Renumbered, out.Changes.Same = d.Comparison.Counts()
	}
	return out
}
