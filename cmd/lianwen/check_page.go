package main

import (
	"context"
	"strings"

	"lianwen/bot/admin"
)

// checkForPage is check for the staff's page, in the process that has the ledger open.
// hide takes the secrets out of what is found.
func (a *app) checkForPage(ctx context.Context, hide *strings.Replacer) (admin.Findings, error) {
	res, err := a.check(ctx, true)
	if err != nil {
		return admin.Findings{}, err
	}
	f := admin.Findings{Problems: findingsOf(res.Problems, hide), Warnings: findingsOf(res.Warnings, hide), Held: res.held()}
	if res.Ledger != nil {
		f.Ledger = res.Ledger.String()
	}
	for _, r := range res.Library {
		f.Rules = append(f.Rules, admin.CheckedRule{Title: r.Title, Document: r.Document, Effective: r.Effective, Articles: r.Articles, Last: r.last()})
	}
	for _, t := range res.Relief {
		trait := admin.CheckedTrait{OK: t.OK, Outcome: t.Outcome, Title: t.title, Looked: t.Looked, Reason: t.Reason}
		for _, what := range t.Found {
			trait.Found = append(trait.Found, hide.Replace(what))
		}
		f.Relief = append(f.Relief, trait)
	}
	return f, nil
}

func findingsOf(list []jsonProblem, hide *strings.Replacer) (found []admin.Finding) {
	for _, p := range list {
		found = append(found, admin.Finding{Where: hide.Replace(p.Where), What: hide.Replace(p.What), Fix: hide.Replace(p.Fix)})
	}
	return found
}
