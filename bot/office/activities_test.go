package office_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

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
		got, err := office.ReadActivities(content, activityRoster, activityTenures)
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
		header + "2026-12-01,会议,x,张三、A01\n":                  "参加人 张三 不在花名册里",
		header + "2025-12-01,会议,x,全体\n":                      "“全体”没有人",
		header + "2026-12-01,会议,x,A01\n2026-12-01,会议,x,取消\n": "又写了取消",
	} {
		_, err := office.ReadActivities([]byte(content), activityRoster, activityTenures)
		var bad *office.FormError
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "活动表有 1 处问题，一条也没有导入：") {
			t.Errorf("%q: %v\nwant %s", content, err, want)
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
		list, err := office.ReadActivities([]byte("日期,类别,名称,参加人\n"+cell+",会议,x,A01、A01，A02 A01\n"), activityRoster, activityTenures)
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
		list, err := office.ReadActivities(content, activityRoster, activityTenures)
		var bad *office.FormError
		if err != nil && !errors.As(err, &bad) {
			t.Fatalf("%v", err)
		}
		if err == nil && len(list) == 0 {
			t.Fatal("nothing, and no error")
		}
	})
}
