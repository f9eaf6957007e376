package talk

import (
	"testing"

	"lianwen/bot/ledger"
)

// The rule of remarked, case by case.
func TestFault17Remark(t *testing.T) {
	t.Parallel()
	roster := []ledger.Member{
		{Number: "A01", Name: "张三"}, {Number: "Ａ０２", Name: "李四"}, {Number: "12", Name: "王五"}, {Number: "3", Name: "赵六"}, {Number: "7", Name: "王五"},
		{Number: "A-03", Name: "买买提·艾力"}, {Number: "委04", Name: "孙 七"}, {Number: "B05", Name: "Li Lei"},
		{Number: "C06", Name: "周八", Tenure: ledger.Tenure{Left: "2026-11-01"}}, {Number: "D07", Name: ""},
		{Number: "e08", Name: "吴九"}, {Number: "E08", Name: "吴九"},
	}
	for remark, want := range map[string]string{
		"A01 张三": "A01", "张三 A01": "A01", "A01张三": "A01", "张三A01": "A01", "a01，张三（教育界）": "A01", "Ａ０１　张三": "A01", "A01 张 三": "A01",
		"教育界 A01 张三 提案委": "A01", "A01/张三": "A01", "编号A01 张三": "A01", "A01\u200b 张三\ufe0f": "A01",
		"A02 李四": "Ａ０２", "A-03 买买提·艾力": "A-03", "A-03买买提艾力": "A-03", "委04 孙七": "委04", "B05 Li Lei": "B05", "B05 LILEI": "B05",
		"12 王五": "12", "王五12": "12", "编号12 王五": "12", "编号：12，委员 王五": "12", "7 王五": "7", "3 赵六": "3",
	} {
		if m, ok := remarked(remark, roster); !ok || m.Number != want {
			t.Errorf("%q names %+v, %v; want %s", remark, m, ok, want)
		}
	}
	for _, remark := range []string{
		"12 楼 王五", "12楼王五", "王五 12楼", "赵六 3 组", "赵六3组", "3组 赵六", "12 号 王五", "王五 2026-12-3", "12-3 王五", "王五 12 7",
		"", "张三", "A01", "A01 李四", "A011 张三", "XA01 张三", "A-01 张三", "A01 张三丰", "A 01 张三", "A02 张三", "3", "12", "赵六", "12 王五 二〇二六年",
		"C06 周八", "D07", "E08 吴九", "常委04 孙七", "委043 孙七", "A01 B05 王五",
	} {
		if m, ok := remarked(remark, roster); ok {
			t.Errorf("%q names %+v", remark, m)
		}
	}
}
