/* SPDX-License-Identifier: Apache-2.0 */
/* Data of the imports' rules: headings and words as published lists write them. */

#include <essential/support.h>

#include "support-codes.h"

const SheetWord division_headings[] = {
        { "code", DIVISION_CODE },
        { "代码", DIVISION_CODE },
        { "区划代码", DIVISION_CODE },
        { "行政区划代码", DIVISION_CODE },
        { "统计用区划代码", DIVISION_CODE },
        { "name", DIVISION_NAME },
        { "名称", DIVISION_NAME },
        { "区划名称", DIVISION_NAME },
        { "单位名称", DIVISION_NAME },
        { "kind", DIVISION_KIND },
        { "类别", DIVISION_KIND },
        { "valid_from", DIVISION_FROM },
        { "生效日期", DIVISION_FROM },
        { "起始日", DIVISION_FROM },
        { "parent", 0 },
        { "level", 0 },
        { "note", 0 },
        { "上级代码", 0 },
        { "级别", 0 },
        { "备注", 0 },
        { "序号", 0 },
        { NULL, 0 },
};

const SheetWord division_kind_words[] = {
        { "", DIVISION_OFFICIAL },
        { "official", DIVISION_OFFICIAL },
        { "法定", DIVISION_OFFICIAL },
        { "法定区划", DIVISION_OFFICIAL },
        { "grouping", DIVISION_GROUPING },
        { "归类用", DIVISION_GROUPING },
        { "statistical", DIVISION_STATISTICAL },
        { "统计用", DIVISION_STATISTICAL },
        { NULL, 0 },
};

const char *const division_fields_taken[DIVISION_COLUMNS] = {
        [DIVISION_CODE] = "code",
        [DIVISION_NAME] = "name",
        [DIVISION_KIND] = "kind",
        [DIVISION_FROM] = "valid_from",
};

const char division_list_label[] = "行政区划清单";

const FindingText division_texts[] = {
        { "CODE_MISSING", "区划代码没有填写。请补填。" },
        { "CODE_INVALID", "区划代码应为 6、9 或 12 位数字。请核对。" },
        { "CODE_SCIENTIFIC", "区划代码被电子表格变成了科学计数法。请把该列设为“文本”后重新填写。" },
        { "DUP_CODE", "该代码在前面已经出现，以前面一行为准。请删除重复行。" },
        { "NAME_MISSING", "区划名称没有填写。请补填。" },
        { "NAME_LONG", "区划名称超过 60 个字。请核对是否填错列。" },
        { "KIND_UNKNOWN", "类别应为：法定、归类用、统计用，或留空。本地自编的代码请在页面上登记。" },
        { "DATE_INVALID", "日期不存在或写法不能识别。请写成 2026-01-05。" },
        { "DATE_RANGE", "日期早于 1998 年或在将来。请核对。" },
        { "COLS", "这一行的列数与表头不一致，可能多了或少了逗号。请核对。" },
        { "ENCODING", "这一行含有不能识别的字节。请用电子表格另存为 CSV 后重新上传。" },
        { "CELL_ERROR", "单元格是公式错误（如 #REF!、#N/A）。请改为数值。" },
        { "DIVISION_ENDS",
                "新清单中没有该区划：自生效日起终止，记录保留，已登记的物业区域仍用当时的代码。" },
        { "DIVISION_RENAMED", "名称有变化：自生效日起用新名称，原名称保留为历史并指向新名称。" },
        { NULL, NULL },
};

const SheetWord calendar_headings[] = {
        { "日期", CALENDAR_DAY },
        { "date", CALENDAR_DAY },
        { "安排", CALENDAR_KIND },
        { "类型", CALENDAR_KIND },
        { "kind", CALENDAR_KIND },
        { "节日", CALENDAR_NAME },
        { "名称", CALENDAR_NAME },
        { "节假日", CALENDAR_NAME },
        { "name", CALENDAR_NAME },
        { "星期", 0 },
        { "备注", 0 },
        { "序号", 0 },
        { NULL, 0 },
};

const SheetWord calendar_kind_words[] = {
        { "放假", DAY_HOLIDAY },
        { "休", DAY_HOLIDAY },
        { "休息", DAY_HOLIDAY },
        { "节假日", DAY_HOLIDAY },
        { "holiday", DAY_HOLIDAY },
        { "调休上班", DAY_WORKED },
        { "上班", DAY_WORKED },
        { "班", DAY_WORKED },
        { "调休", DAY_WORKED },
        { "工作日", DAY_WORKED },
        { "worked", DAY_WORKED },
        { "按星期", DAY_ORDINARY },
        { "ordinary", DAY_ORDINARY },
        { NULL, 0 },
};

const char *const calendar_fields_taken[CALENDAR_COLUMNS] = {
        [CALENDAR_DAY] = "day",
        [CALENDAR_KIND] = "kind",
        [CALENDAR_NAME] = "name",
};

const char calendar_list_label[] = "节假日安排";

const FindingText calendar_texts[] = {
        { "DATE_MISSING", "日期没有填写。请补填。" },
        { "DATE_INVALID", "日期不存在或写法不能识别。请写成 2026-01-05。" },
        { "DATE_RANGE", "日期应在 2000 至 2099 年之间。请核对。" },
        { "DUP_DATE", "该日期在前面已经出现，以前面一行为准。请删除重复行。" },
        { "KIND_UNKNOWN", "安排应为：放假、调休上班、按星期。请改正。" },
        { "KIND_WEEKDAY", "“调休上班”应在星期六或星期日，而这一天本来就是工作日。请核对日期。" },
        { "NAME_LONG", "节日名称超过 30 个字。请核对是否填错列。" },
        { "COLS", "这一行的列数与表头不一致，可能多了或少了逗号。请核对。" },
        { "ENCODING", "这一行含有不能识别的字节。请用电子表格另存为 CSV 后重新上传。" },
        { "CELL_ERROR", "单元格是公式错误（如 #REF!、#N/A）。请改为数值。" },
        { NULL, NULL },
};

const SheetWord code_headings[] = {
        { "代码集", CODE_SET },
        { "code_set", CODE_SET },
        { "代码", CODE_CODE },
        { "code", CODE_CODE },
        { "名称", CODE_NAME },
        { "name", CODE_NAME },
        { "上级代码", CODE_PARENT },
        { "上级", CODE_PARENT },
        { "parent", CODE_PARENT },
        { "外部代码", CODE_EXTERNAL },
        { "标准代码", CODE_EXTERNAL },
        { "external_code", CODE_EXTERNAL },
        { "起始日", CODE_FROM },
        { "生效日期", CODE_FROM },
        { "valid_from", CODE_FROM },
        { "止于", CODE_TO },
        { "valid_to", CODE_TO },
        { "序号", 0 },
        { "备注", 0 },
        { NULL, 0 },
};

const char *const code_fields_taken[CODE_COLUMNS] = {
        [CODE_SET] = "code_set",
        [CODE_CODE] = "code",
        [CODE_NAME] = "name",
        [CODE_PARENT] = "parent",
        [CODE_EXTERNAL] = "external_code",
        [CODE_FROM] = "valid_from",
        [CODE_TO] = "valid_to",
};

const char code_list_label[] = "代码清单";

const FindingText code_texts[] = {
        { "CODE_MISSING", "代码集、代码和名称都必须填写。请补填。" },
        { "CODE_LONG", "内容过长（代码集 40、代码 20、名称 60、外部代码 40 个字以内）。请核对。" },
        { "DUP_CODE", "同一代码集中该代码在前面已经出现，以前面一行为准。请删除重复行。" },
        { "DATE_INVALID", "日期不存在或写法不能识别。请写成 2026-01-05。" },
        { "DATE_RANGE", "日期应在 1998 至 2099 年之间。请核对。" },
        { "DATES_CROSSED", "止于的日期早于起始日。请核对两个日期。" },
        { "SET_UNKNOWN", "系统中没有这个代码集，这一行没有导入。请核对代码集名称。" },
        { "CODE_DECLARED", "该代码是内置代码，不需要导入，这一行没有导入。" },
        { "COLS", "这一行的列数与表头不一致，可能多了或少了逗号。请核对。" },
        { "ENCODING", "这一行含有不能识别的字节。请用电子表格另存为 CSV 后重新上传。" },
        { "CELL_ERROR", "单元格是公式错误（如 #REF!、#N/A）。请改为数值。" },
        { NULL, NULL },
};
