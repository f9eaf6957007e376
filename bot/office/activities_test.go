package office_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

var activityRoster = []ledger.Member{
	{Number: "A01", Name: "张三"}, {Number: "A02", Name: "李四"}, {Number: "S01", Name: "王五", Staff: true},
}

var activityTenures = ledger.Tenures{"A01": {{Joined: "2026-01-01"}}, "A02": {{Joined: "2026-01-01", Left: "2026-06-01"}}, "S01": {{Joined: "2026-01-01"}}}

func TestReadActivities(t *testing.T) {
	t.Parallel()
	meeting := ledger.Activity{Date: "2026-12-10", Kind: "会议", Title: "常委会会议", Members: []string{"A01", "A02"}}
	talk := ledger.Activity{Date: "2026-12-03", Kind: "谈话", Members: []string{"A01"}}
	lecture := ledger.Activity{Date: "2026-03-01", Kind: "廉政党课", Title: "第一讲", Members: []string{"A01", "A02"}}
	gone := ledger.Activity{Date: "2026-12-20", Kind: "参观", Title: "展览"}
	want := []ledger.Activity{meeting, talk, lecture, gone}
	csv := "日期,类别,名称,参加人\n2026-12-10,会议,常委会会议,A01、A02\n2026/12/3,谈话,不该写在这里,A01\n2026年3月1日,廉政党课,第一讲,全体\n\n20261220,参观,展览,取消\n"
	for name, content := range map[string][]byte{
		"csv": []byte(csv),
		"xlsx, a row a person": workbook(t, [][]any{
			{"日期", "名称", "类别", "参加人"}, {time.Date(2026, 12, 10, 0, 0, 0, 0, time.UTC), "常委会会议", "会议", "A01"}, {"2026-12-3", "", "谈话", "A01"},
			{"2026.3.1", "第一讲", "廉政党课", "全体"}, {46376, "展览", "参观", "取消"}, {time.Date(2026, 12, 10, 0, 0, 0, 0, time.UTC), "常委会会议", "会议", "A02"},
		}, nil),
	} {
		got, _, err := office.ReadActivities(content, activityRoster, activityTenures)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestBadActivities(t *testing.T) {
	t.Parallel()
	header := "日期,类别,名称,参加人\n"
	for content, want := range map[string]string{
		"":     "文件是空的",
		header: "只有列名，没有内容",
		"日期,类别,名称\n2026-12-01,会议,x\n":                        "没有“参加人”这一列",
		header + "12月1日,会议,x,A01\n":                          `日期 "12月1日" 请写成 2026-12-01`,
		header + "2026-02-30,会议,x,A01\n":                     `日期 "2026-02-30"`,
		header + "2026-12-01,开会,x,A01\n":                     `类别 "开会" 请写下列之一：会议、廉政党课`,
		header + "2026-12-01,会议,,A01\n":                      "没有名称",
		header + "2026-12-01,会议,x,\n":                        "没有参加人",
		header + "2026-12-01,会议,x,赵六、A01\n":                  "参加人 赵六 不在花名册里",
		header + "2025-12-01,会议,x,全体\n":                      "“全体”没有人",
		header + "2026-12-01,会议,x,A01\n2026-12-01,会议,x,取消\n": "又写了取消",
	} {
		_, _, err := office.ReadActivities([]byte(content), activityRoster, activityTenures)
		var bad *office.FormError
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "活动表有 1 处问题，一条也没有导入：") {
			t.Errorf("%q: %v\nwant %s", content, err, want)
		}
	}
}

// Days count from 1904 in some workbooks; merged cells, names and line breaks
// are how offices write who came.
func TestOfficeActivities(t *testing.T) {
	epoch := true
	day := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	rows := [][]any{{"日  期", "类别", "名称", "参加人"}, {day, "会议", "常委会会议", "张 三、a02"}, {nil, nil, nil, "Ａ０１\n李四（A02）"}}
	content := workbook(t, nil, edit(t,
		func(f *excelize.File) error {
			return f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &epoch})
		},
		func(f *excelize.File) error { return f.SetSheetRow("Sheet1", "A1", &rows[0]) },
		func(f *excelize.File) error { return f.SetSheetRow("Sheet1", "A2", &rows[1]) },
		func(f *excelize.File) error { return f.SetSheetRow("Sheet1", "A3", &rows[2]) },
		func(f *excelize.File) error { return f.MergeCell("Sheet1", "A2", "A3") },
		func(f *excelize.File) error { return f.MergeCell("Sheet1", "B2", "B3") },
		func(f *excelize.File) error { return f.MergeCell("Sheet1", "C2", "C3") }))
	list, notes, err := office.ReadActivities(content, activityRoster, activityTenures)
	if err != nil || len(list) != 1 || list[0].Date != "2026-12-01" || !slices.Equal(list[0].Members, []string{"A01", "A02"}) {
		t.Errorf("%+v, %v", list, err)
	}
	if got := strings.Join(notes, "\n"); !strings.HasSuffix(got, "“名称”有合并的单元格，第 3 行按合并的内容算。\n这个工作簿的日期从 1904 年算起，已按此换算。\n参加人写的是姓名，按花名册认作：张三（A01）、李四（A02）。") {
		t.Errorf("notes %s", got)
	}
}

// A name stands for somebody when only one can be meant.
func TestNamesForNumbers(t *testing.T) {
	members := append(slices.Clone(activityRoster), ledger.Member{Number: "A03", Name: "张三"}, ledger.Member{Number: "A04", Name: "李四"}, ledger.Member{Number: "A05", Name: "Anna Li"})
	tenures := ledger.Tenures{"A01": {{Joined: "2026-01-01"}}, "A03": {{Joined: "2026-01-01"}}, "A02": {{Joined: "2020-01-01", Left: "2025-01-01"}}, "A04": {{Joined: "2026-01-01"}}, "A05": {{Joined: "2026-01-01"}}}
	for who, want := range map[string]string{
		"张三": "参加人 张三 有 2 个（A01、A03），请写编号", "李四": "A04", "王五": "S01", "A01、anna li": "A01 A05",
		"赵六": "参加人 赵六 不在花名册里（请写编号或姓名）", "李四 王五": "A04 S01", "王五（A01）": "S01 A01", "、": "没有参加人",
	} {
		list, _, err := office.ReadActivities([]byte("日期,类别,名称,参加人\n２０２６－１２－１,会议,x,\""+who+"\"\n"), members, tenures)
		if err == nil && strings.Join(list[0].Members, " ") != want || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %+v, %v\nwant %s", who, list, err, want)
		}
	}
}

// A day is read as people write it, or as a spreadsheet keeps it, in this
// century; of a person who is named twice there is one.
func TestActivityDates(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"2026-12-01": "2026-12-01", "2026-1-2": "2026-01-02", "2026/12/1": "2026-12-01", "2026.12.01": "2026-12-01", "2026年1月2日": "2026-01-02", "20260102": "2026-01-02",
		"36526": "2000-01-01", "73050": "2099-12-31", "46357.5": "2026-12-01", "36525": "", "73051": "", "36525.9": "", "0": "", "-1": "",
		"2026-13-01": "", "2026-02-29": "", "1月2日": "", "明天": "", "2026-12-01 09:00": "", "": "",
	} {
		list, _, err := office.ReadActivities([]byte("日期,类别,名称,参加人\n"+cell+",会议,x,A01、A01，A02 A01\n"), activityRoster, activityTenures)
		if want == "" {
			if err == nil || !strings.Contains(err.Error(), "请写成 2026-12-01") {
				t.Errorf("%q: %+v, %v", cell, list, err)
			}
			continue
		}
		if err != nil || string(list[0].Date) != want || !reflect.DeepEqual(list[0].Members, []string{"A01", "A02"}) {
			t.Errorf("%q: %+v, %v", cell, list, err)
		}
	}
}

// Whatever the file is, it is read or refused.
func FuzzReadActivities(f *testing.F) {
	f.Add([]byte("日期,类别,名称,参加人\n2026-12-01,会议,x,A01\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		list, _, err := office.ReadActivities(content, activityRoster, activityTenures)
		var bad *office.FormError
		if err != nil && !errors.As(err, &bad) {
			t.Fatalf("%v", err)
		}
		if err == nil && len(list) == 0 {
			t.Fatal("nothing, and no error")
		}
	})
}
