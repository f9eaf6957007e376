package main

import (
	"context"

	"lianwen/bot/admin"
)

// checkForPage is check for the staff's page, in the process that has the ledger open.
func (a *app) checkForPage(ctx context.Context) (admin.Findings, error) {
	res, err := a.check(ctx, true)
	if err != nil {
		return admin.Findings{}, err
	}
	f := admin.Findings{Problems: findingsOf(res.Problems), Warnings: findingsOf(res.Warnings), Held: res.held()}
	if res.Ledger != nil {
		f.Ledger = res.Ledger.String()
	}
	for _, r := range res.Library {
		f.Rules = append(f.Rules, admin.CheckedRule{Title: r.Title, Document: r.Document, Effective: string(r.Effective), Articles: r.Articles, Last: r.last()})
	}
	for _, t := range res.Relief {
		f.Relief = append(f.Relief, admin.CheckedTrait{OK: t.OK, Outcome: t.Outcome, Title: t.title, Looked: t.Looked, Reason: t.Reason, Found: t.Found})
	}
	return f, nil
}

func findingsOf(list []jsonProblem) (found []admin.Finding) {
	for _, p := range list {
		found = append(found, admin.Finding(p))
	}
	return found
}
