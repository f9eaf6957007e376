package admin

import (
	"net/http"
	"slices"

	"lianwen/bot/ledger"
)

// handler answers a request, or says why not.
type handler func(w http.ResponseWriter, r *http.Request) error

// route is a path of the page.
type route struct {
	pattern string      // as http.ServeMux reads it
	least   ledger.Role // the least that may; anybody: whoever is not logged in, too
	handle  handler
	upload  bool // its body may be large, and its handler sees to how large
}

// anybody is for what has to be there before anybody is logged in.
const anybody ledger.Role = ""

// routes are all there are.
func (s *Server) routes() []route {
	return slices.Concat(
		s.loginRoutes(), s.welcomeRoutes(), s.assetRoutes(), s.jobRoutes(),
		s.todayRoutes(),
		s.rulesRoutes(), s.importRoutes(), s.editRoutes(),
		s.tryRoutes(), s.judgedRoutes(), s.unansweredRoutes(), s.settledRoutes(),
		s.peopleRoutes(), s.activityRoutes(),
		s.settingsRoutes(), s.checkRoutes(), s.backupRoutes(), s.logRoutes(), s.historyRoutes(), s.monitorRoutes(),
		s.figuresRoutes(),
		s.accountRoutes(), s.accountsRoutes(),
	)
}
