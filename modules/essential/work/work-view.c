/* SPDX-License-Identifier: Apache-2.0 */
/* What of essential waits for a person: listed when he leaves, so that nothing he began stays with nobody
 * (14.4.3). */

#include "../attachment/attachment-records.h"
#include "../change/change-records.h"
#include "../exchange/exchange-records.h"
#include "../filing/filing-records.h"
#include "../proposal/proposal-records.h"
#include "work-query.h"
#include "work.h"

static const Column columns_open_filings[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "物业区域名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "building_filing" },
        { "organization_name", "报送单位", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "kind", "报送内容", KIND_STATE, COLUMN_FILTER, NULL, essential_filing_kinds, NULL },
        { "filed_by", "报送人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "decided_by", "受理人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_filing_states, NULL },
        { 0 },
};
const View view_open_filings = {
        .name = "essential.open_filings",
        .label = "未办结的报送",
        .clause = "14.4.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_open_filings,
        .columns = columns_open_filings,
        .scope = "office",
        .key = "id",
};

static const Column columns_open_papers[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "paper", "要件名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "attachment" },
        { "business", "业务", KIND_CODE, COLUMN_FILTER, "business", NULL, NULL },
        { "record_name", "记录种类", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "record_id", "记录", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "taken_by", "采集人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "taken", "采集时间", KIND_INSTANT, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_open_papers = {
        .name = "essential.open_papers",
        .label = "业务未办结的要件",
        .clause = "14.4.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_open_papers,
        .columns = columns_open_papers,
        .scope = "office",
        .key = "id",
};

static const Column columns_unfinished_moves[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_number", "变更单号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "housing_change" },
        { "subject", "原房屋", KIND_TEXT, 0, NULL, NULL, NULL },
        { "effected_on", "生效日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "effected_by", "生效经手人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_unfinished_moves = {
        .name = "essential.unfinished_moves",
        .label = "下级未搬完的房屋变更",
        .clause = "14.4.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_unfinished_moves,
        .columns = columns_unfinished_moves,
        .scope = "office",
        .key = "id",
};

const OpenWork essential_open_work[] = {
        { &view_proposals, "requested_by", "state", "requested", "申请后待复核的变更" },
        { &view_proposals, "requested_by", "state", "checked", "申请后待生效的变更" },
        { &view_proposals, "checked_by", "state", "checked", "复核后待生效的变更" },
        { &view_housing_changes, "requested_by", "state", "requested", "申请后待复核的房屋变更" },
        { &view_housing_changes, "requested_by", "state", "checked", "申请后待生效的房屋变更" },
        { &view_housing_changes, "checked_by", "state", "checked", "复核后待生效的房屋变更" },
        { &view_unfinished_moves, "effected_by", NULL, NULL, "已生效、下级未搬完的房屋变更" },
        { &view_exchange_differences, "decided_by", "state", "accepted", "接受后待复核的差异" },
        { &view_partners, "requested_by", "state", "requested", "登记后待批准的接口对端" },
        { &view_open_filings, "filed_by", "state", "filed", "报送后待受理的文件" },
        { &view_open_filings, "decided_by", "state", "accepted", "受理后未导入完的报送" },
        { &view_open_papers, "taken_by", NULL, NULL, "已采集、业务未办结的要件" },
        { 0 },
};
