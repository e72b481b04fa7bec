/* SPDX-License-Identifier: Apache-2.0 */
/* Words seen in area tables of survey offices, and what is said of a row. Data only. */

#include "area-table.h"

const SheetWord area_table_headings[] = {
        { "不动产单元代码", AREA_COLUMN_CODE },
        { "不动产单元号", AREA_COLUMN_CODE },
        { "小区名称", AREA_COLUMN_AREA },
        { "项目名称", AREA_COLUMN_AREA },
        { "物业区域", AREA_COLUMN_AREA },
        { "幢号", AREA_COLUMN_BUILDING },
        { "楼栋", AREA_COLUMN_BUILDING },
        { "栋号", AREA_COLUMN_BUILDING },
        { "楼号", AREA_COLUMN_BUILDING },
        { "单元", AREA_COLUMN_UNIT },
        { "单元号", AREA_COLUMN_UNIT },
        { "房号", AREA_COLUMN_ROOM },
        { "房间号", AREA_COLUMN_ROOM },
        { "室号", AREA_COLUMN_ROOM },
        { "建筑面积", AREA_COLUMN_COVERED },
        { "实测建筑面积", AREA_COLUMN_COVERED },
        { "实测面积", AREA_COLUMN_COVERED },
        { "套内面积", AREA_COLUMN_INNER },
        { "套内建筑面积", AREA_COLUMN_INNER },
        { "实测套内面积", AREA_COLUMN_INNER },
        { "实测套内建筑面积", AREA_COLUMN_INNER },
        { "测绘报告号", AREA_COLUMN_REPORT },
        { "报告编号", AREA_COLUMN_REPORT },
        { "成果编号", AREA_COLUMN_REPORT },
        { NULL, 0 },
};

const char *const area_table_fields[AREA_COLUMNS] = {
        [AREA_COLUMN_NONE] = "",
        [AREA_COLUMN_CODE] = "不动产单元代码",
        [AREA_COLUMN_AREA] = "区域名称",
        [AREA_COLUMN_BUILDING] = "幢号",
        [AREA_COLUMN_UNIT] = "单元号",
        [AREA_COLUMN_ROOM] = "房号",
        [AREA_COLUMN_COVERED] = "建筑面积",
        [AREA_COLUMN_INNER] = "套内面积",
        [AREA_COLUMN_REPORT] = "测绘报告号",
};

const char area_table_label[] = "实测面积表";

const FindingText area_table_texts[] = {
        { "NO_HEADER",
                "找不到表头。表头至少要有建筑面积、测绘报告号，以及不动产单元代码或小区名称、幢号、房号。" },
        { "AREA_MISSING", "没有建筑面积，请补填。" },
        { "AREA_NOT_NUMERIC", "面积不是数字，请核对。" },
        { "AREA_PRECISION", "面积多于两位小数，请按测绘成果改正。" },
        { "AREA_RANGE", "面积应大于 0，请核对。" },
        { "INNER_RANGE", "套内面积大于建筑面积，请核对。" },
        { "CODE_INVALID", "不动产单元代码不符合 28 位编码规则，请对照登记簿核对。" },
        { "PLACE_MISSING", "没有写明是哪一户：请填不动产单元代码，或小区名称、幢号和房号。" },
        { "REPORT_MISSING", "没有测绘报告号，请补填。" },
        { "BAD_ENCODING", "这一行含有无法识别的字符，请另存为 UTF-8 后重试。" },
        { NULL, NULL },
};
