/* SPDX-License-Identifier: Apache-2.0 */
/* Filings as listed: the office sees all, an organization's own user its own. */

#include "filing-query.h"
#include "filing-records.h"

static const char *const actions_filing[] = { "essential.send_back_filing", NULL };

static const Column columns_building_filings[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "organization_id", "报送单位编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "organization_name", "报送单位", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "area_name", "物业区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL,
                "building_filing" },
        { "file_name", "文件名", KIND_TEXT, 0, NULL, NULL, NULL },
        { "digest", "文件摘要", KIND_TEXT, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "rows_total", "行数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "rows_good", "合格行数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "covered_area", "建筑面积合计", KIND_AREA, 0, NULL, NULL, NULL },
        { "filed", "报送时间", KIND_INSTANT, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_filing_states, NULL },
        { "reason", "退回原因", KIND_TEXT, 0, NULL, NULL, NULL },
        { "decided", "受理或退回时间", KIND_INSTANT, 0, NULL, NULL, NULL },
        { "kind", "报送内容", KIND_STATE, COLUMN_FILTER, NULL, essential_filing_kinds, NULL },
        { "property_area_id", "物业区域编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "imported", "导入时间", KIND_INSTANT, COLUMN_FILTER, NULL, NULL, NULL },
        { "rows_created", "新增行数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "rows_changed", "变更行数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "rows_unchanged", "一致行数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "rows_left", "未导入行数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { 0 },
};
const View view_building_filings = {
        .name = "essential.building_filings",
        .label = "报送",
        .help = "建设单位报送的楼盘表和购房人。已报送的等待受理：看过文件后受理导入，或写明原因退回；"
                "已受理而未导入完的可以再次导入。",
        .clause = "4.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_building_filings,
        .columns = columns_building_filings,
        .scope = "office",
        .organization = "organization_id",
        .key = "id",
        .descending = true,
        .actions = actions_filing,
};
