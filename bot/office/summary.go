package office

import (
	"archive/zip"
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"time"

	"lianwen/bot/ledger"
)

//go:embed all:summary
var summary embed.FS

// Template is the template of the summary that comes with the program, a docx
// that an office can change to its own taste.
func Template() ([]byte, error) {
	parts, err := fs.Sub(summary, "summary")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if err := w.AddFS(parts); err != nil {
		return nil, fmt.Errorf("pack template: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack template: %w", err)
	}
	return b.Bytes(), nil
}

// WriteSummary writes a table as a docx, from a template. A template that cannot
// be used is a *TemplateError.
func WriteSummary(w io.Writer, template []byte, t Report, made time.Time) error {
	sum := t.Total()
	activities, times, people := activityFields(t.Table)
	f := fields{
		values: map[string]string{
			"单位": t.unit(), "开始": t.From.Chinese(), "结束": t.To.Chinese(), "截至": t.until(made), "生成时间": made.Format("2006年1月2日 15:04"),
			"委员数": strconv.Itoa(len(t.Rows)), "题数": strconv.Itoa(len(t.Rounds)), "未截止": strconv.Itoa(t.Open), "停用": strconv.Itoa(t.Void),
			"应参": strconv.Itoa(sum.Due()), "实参": strconv.Itoa(sum.Took), "请假": strconv.Itoa(sum.Excused), "未参": strconv.Itoa(sum.Absent),
			"参与率": Rate(sum), "活动次数": strconv.Itoa(times), "活动人次": strconv.Itoa(people),
		},
		lists: map[string][]map[string]string{
			"月份": monthFields(t.Table), "界别": groupFields(t.Groups(sector)), "专委会": groupFields(t.Groups(committee)), "活动": activities,
			"说明": lineFields(t.notes()), "更正": lineFields(t.corrected()), "委员": memberFields(t.Table),
		},
	}
	if err := fill(w, template, f); err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	return nil
}

func groupFields(groups []ledger.Group) (list []map[string]string) {
	for _, g := range groups {
		list = append(list, countFields(g.Counts, map[string]string{"名称": cmp.Or(g.Name, Unfilled), "人数": strconv.Itoa(g.People), "参与率": Rate(g.Counts)}))
	}
	return list
}

func monthFields(t ledger.Table) (list []map[string]string) {
	for _, m := range t.Months() {
		sum := m.Total()
		list = append(list, countFields(sum, map[string]string{"名称": MonthName(m.From), "题数": strconv.Itoa(len(m.Rounds)), "参与率": Rate(sum)}))
	}
	return list
}

func memberFields(t ledger.Table) (list []map[string]string) {
	for _, r := range t.Rows {
		m := r.Member
		list = append(list, countFields(r.Counts, map[string]string{"编号": m.Number, "姓名": m.Name, "界别": m.Sector, "专委会": m.Committee}))
	}
	return list
}

func countFields(c ledger.Counts, entry map[string]string) map[string]string {
	entry["应参"], entry["实参"] = strconv.Itoa(c.Due()), strconv.Itoa(c.Took)
	entry["请假"], entry["未参"] = strconv.Itoa(c.Excused), strconv.Itoa(c.Absent)
	return entry
}

// activityFields has how often there was what, and how many of the table's members came
// in all; and the sums.
func activityFields(t ledger.Table) (list []map[string]string, times, people int) {
	counted := map[string]bool{}
	for _, r := range t.Rows {
		counted[r.Member.Number] = true
	}
	for _, kind := range ledger.ActivityKinds {
		n, came := 0, 0
		for _, a := range t.Activities {
			if a.Kind == kind {
				n++
				for _, number := range a.Members {
					if counted[number] {
						came++
					}
				}
			}
		}
		list = append(list, map[string]string{"类别": kind, "次数": strconv.Itoa(n), "人次": strconv.Itoa(came)})
		times, people = times+n, people+came
	}
	return list, times, people
}

// corrected are the lines of what was corrected, with a line above them.
func (r Report) corrected() []string {
	lines := append(r.corrections(), r.changes()...)
	if len(lines) == 0 {
		return nil
	}
	return append([]string{"更正："}, lines...)
}

func lineFields(lines []string) (list []map[string]string) {
	for _, line := range lines {
		list = append(list, map[string]string{"内容": line})
	}
	return list
}
