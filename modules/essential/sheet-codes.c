/* SPDX-License-Identifier: Apache-2.0 */
/* Words seen in building tables of the field, and what is said of a row. Data only. */

#include "sheet-codes.h"

const SheetWord sheet_headings[] = {
        { "小区名称", COLUMN_AREA_NAME }, { "小区", COLUMN_AREA_NAME }, { "项目名称", COLUMN_AREA_NAME },
        { "物业区域", COLUMN_AREA_NAME },
        { "幢号", COLUMN_BUILDING }, { "楼栋", COLUMN_BUILDING }, { "栋号", COLUMN_BUILDING }, { "幢", COLUMN_BUILDING },
        { "楼号", COLUMN_BUILDING }, { "楼栋号", COLUMN_BUILDING },
        { "单元", COLUMN_UNIT }, { "单元号", COLUMN_UNIT },
        { "楼层", COLUMN_FLOOR }, { "所在层", COLUMN_FLOOR }, { "所在楼层", COLUMN_FLOOR }, { "层", COLUMN_FLOOR },
        { "总层数", COLUMN_FLOORS_TOTAL },
        { "层/总层", COLUMN_FLOOR_OF_TOTAL }, { "所在层/总层", COLUMN_FLOOR_OF_TOTAL },
        { "所在层/总层数", COLUMN_FLOOR_OF_TOTAL }, { "层/总层数", COLUMN_FLOOR_OF_TOTAL },
        { "房号", COLUMN_ROOM }, { "房间号", COLUMN_ROOM }, { "室号", COLUMN_ROOM },
        { "房屋坐落", COLUMN_ADDRESS }, { "坐落", COLUMN_ADDRESS },
        { "建筑面积", COLUMN_COVERED }, { "面积", COLUMN_COVERED },
        { "套内面积", COLUMN_INNER },
        { "房屋用途", COLUMN_USE }, { "规划用途", COLUMN_USE }, { "用途", COLUMN_USE },
        { "有无电梯", COLUMN_ELEVATOR },
        { "业主姓名", COLUMN_OWNER }, { "权利人", COLUMN_OWNER }, { "产权人", COLUMN_OWNER }, { "姓名", COLUMN_OWNER },
        { "证件号码", COLUMN_ID_NUMBER }, { "身份证号", COLUMN_ID_NUMBER }, { "证件号", COLUMN_ID_NUMBER },
        { "权利人证件号", COLUMN_ID_NUMBER }, { "身份证号码", COLUMN_ID_NUMBER },
        { "交付日期", COLUMN_DELIVERY }, { "交房日期", COLUMN_DELIVERY }, { "签约日期", COLUMN_DELIVERY },
        { "备注", COLUMN_IGNORED }, { "序号", COLUMN_IGNORED },
        { NULL, 0 },
};

const char *const sheet_fields[SHEET_COLUMNS] = {
        [COLUMN_NONE] = "", [COLUMN_AREA_NAME] = "区域名称", [COLUMN_BUILDING] = "幢号", [COLUMN_UNIT] = "单元号",
        [COLUMN_FLOOR] = "所在层", [COLUMN_FLOORS_TOTAL] = "总层数", [COLUMN_FLOOR_OF_TOTAL] = "所在层/总层数",
        [COLUMN_ROOM] = "房号", [COLUMN_ADDRESS] = "房屋坐落", [COLUMN_COVERED] = "建筑面积",
        [COLUMN_INNER] = "套内面积", [COLUMN_USE] = "房屋用途", [COLUMN_ELEVATOR] = "有电梯", [COLUMN_OWNER] = "业主",
        [COLUMN_ID_NUMBER] = "证件号码", [COLUMN_DELIVERY] = "交付日期", [COLUMN_IGNORED] = "（不导入）",
};

const SheetWord sheet_uses[] = {
        { "住宅", 1 }, { "成套住宅", 1 }, { "商业", 2 }, { "商铺", 2 }, { "办公", 3 }, { "车位", 4 }, { "车库", 5 },
        { "储藏室", 6 }, { "储物间", 6 }, { "物业管理用房", 7 }, { "物业用房", 7 }, { "其他", 99 }, { NULL, 0 },
};

const SheetWord sheet_elevators[] = {
        { "有", 1 }, { "无", 0 }, { "是", 1 }, { "否", 0 }, { "1", 1 }, { "0", 0 }, { "", 0 }, { NULL, 0 },
};

const SheetWord sheet_numerals[] = {
        { "一", 1 }, { "二", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 }, { "六", 6 }, { "七", 7 }, { "八", 8 },
        { "九", 9 }, { NULL, 0 },
};

const SheetWord sheet_building_marks[] = {
        { "号楼", 0 }, { "幢", 0 }, { "栋", 0 }, { "座", 0 }, { "#楼", 0 }, { "#", 0 }, { NULL, 0 },
};

const SheetWord sheet_area_units[] = {
        { "㎡", 0 }, { "m²", 0 }, { "m2", 0 }, { "M2", 0 }, { "平方米", 0 }, { "平米", 0 }, { NULL, 0 },
};

const SheetWord sheet_total_words[] = { { "小计", 0 }, { "合计", 1 }, { "总计", 1 }, { NULL, 0 } };

const SheetWord sheet_skip_words[] = {
        { "以下为", 0 }, { "制表", 0 }, { "填表", 0 }, { "审核人", 0 }, { "审核:", 0 }, { "复核人", 0 }, { "复核:", 0 },
        { "经办人", 0 }, { "经办:", 0 }, { "负责人", 0 }, { "单位负责人", 0 }, { "盖章", 0 }, { "签字", 0 },
        { "签名", 0 }, { "注:", 0 }, { "备注:", 0 }, { "说明:", 0 }, { NULL, 0 },
};

const SheetWord sheet_title_ends[] = {
        { "房屋楼盘表", 0 }, { "楼盘表", 0 }, { "房屋明细表", 0 }, { "房屋清册", 0 }, { "分户清册", 0 }, { "业主清册", 0 },
        { "明细表", 0 }, { "清册", 0 }, { NULL, 0 },
};

const SheetWord sheet_basement_words[] = {
        { "负一层", -1 }, { "负二层", -2 }, { "负三层", -3 }, { "B1", -1 }, { "B2", -2 }, { "B3", -3 }, { "-1", -1 }, { "-2", -2 }, { "-3", -3 },
        { "地下室", -1 }, { "地下一层", -1 }, { "地下二层", -2 }, { "地下", -1 }, { NULL, 0 },
};

const SheetWord sheet_organization_words[] = {
        { "公司", 0 }, { "集团", 0 }, { "委员会", 0 }, { "中心", 0 }, { "合作社", 0 }, { "学校", 0 }, { "医院", 0 },
        { "政府", 0 }, { "管理局", 0 }, { "厂", 0 }, { NULL, 0 },
};

const char sheet_ten[] = "十", sheet_minus[] = "负", sheet_storey[] = "层", sheet_unit_mark[] = "单元",
           sheet_room_mark[] = "室", sheet_basement[] = "地下", sheet_parking[] = "车位",
           sheet_owner_separator[] = "、", sheet_year[] = "年", sheet_month[] = "月", sheet_day[] = "日";

const FindingText sheet_finding_texts[] = {
        { "KEY_MISSING", "幢号或房号没有填写，无法确定是哪一户。请补填后再导入。" },
        { "KEY_AMBIGUOUS", "该幢有多个单元，而这一行没有单元号。请补填单元号。" },
        { "KEY_DATE_MANGLED", "幢号或房号被电子表格当成了日期。请把该列设为“文本”后重新填写。" },
        { "DUP_KEY", "与前面一行是同一户，以前面一行为准。请删除重复行或改正房号。" },
        { "AREA_MISSING", "建筑面积没有填写。请按测绘成果补填。" },
        { "AREA_NOT_NUMERIC", "面积不是数字。请只填数字，最多两位小数。" },
        { "AREA_RANGE", "面积必须大于 0；住宅单户不得超过 1,000 平方米。请核对测绘成果。" },
        { "AREA_PRECISION", "面积多于两位小数。请按测绘成果保留两位小数。" },
        { "INNER_GT_GROSS", "套内面积大于建筑面积。请核对是否填反。" },
        { "FLOOR_RANGE", "楼层不是有效的层数，或超过总层数。请改正。" },
        { "USE_UNKNOWN", "房屋用途不在字典中。请填：住宅、商业、办公、车位、车库、储藏室、物业管理用房、其他。" },
        { "OWNER_MISSING", "没有填写业主。未售房屋请填建设单位名称及统一社会信用代码。" },
        { "OWNER_ID_COUNT", "业主人数与证件号码个数不一致。多名业主请用“、”分隔，证件号码同样分隔。" },
        { "ID_LENGTH", "证件号码位数不对：身份证号码与统一社会信用代码都是 18 位。" },
        { "ID_CHARACTER", "证件号码中有不应出现的字符。请核对。" },
        { "ID_DATE", "身份证号码中的出生日期不存在或在将来。请核对。" },
        { "ID_CHECKSUM", "身份证号码校验位不对，至少有一位写错。请对照证件核对。" },
        { "USCC_CHECKSUM", "统一社会信用代码校验位不对，至少有一位写错。请对照执照核对。" },
        { "ID_SCIENTIFIC", "证件号码被电子表格变成了科学计数法，末几位已丢失。请把该列设为“文本”后重新填写。" },
        { "DATE_INVALID", "日期不存在或写法不能识别。请写成 2026-01-05。" },
        { "DATE_RANGE", "日期早于 1998 年或在将来。请核对。" },
        { "COLS", "这一行的列数与表头不一致，可能多了或少了逗号。请核对。" },
        { "ENCODING", "这一行含有不能识别的字节。请用电子表格另存为 CSV 后重新上传。" },
        { "CELL_ERROR", "单元格是公式错误（如 #REF!、#N/A）。请改为数值。" },
        { "AREA_NAME_MISSING", "没有小区名称。请增加“小区名称”一列并填写。" },
        { "NORMALISED_WIDTH", "全角字符已按半角处理。" },
        { "NORMALISED_UNIT", "数字后的单位已去除。" },
        { "NORMALISED_NOISE", "电子表格带来的多余小数位已去除。" },
        { "NORMALISED_ID_X", "证件号码末位已改为大写 X，或去除了空格。" },
        { "NORMALISED_ID_OLD", "15 位身份证号码已换算为 18 位。" },
        { "TOTAL_DIFFERS", "表中合计面积与导入行之和不一致，请核对后再导入。" },
        { "NO_HEADER", "没有找到表头。表头至少要有房号（或房屋坐落）和建筑面积。" },
        { NULL, NULL },
};
