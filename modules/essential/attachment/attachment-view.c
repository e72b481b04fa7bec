/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of papers asked for, of files attached, and of who looked at them. */

#include "attachment-query.h"
#include "attachment-records.h"

static const char *const actions_required_papers[] = { "essential.end_required_paper", NULL };
static const char *const actions_attachments[] = { "essential.withdraw_attachment", NULL };

static const Column columns_required_papers[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "business", "业务", KIND_CODE, COLUMN_FILTER, "business", NULL, NULL },
        { "record_name", "附于何种记录", KIND_CODE, COLUMN_FILTER, "paper_record", NULL, NULL },
        { "name", "要件名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "required_paper" },
        { "required", "必要", KIND_BOOL, COLUMN_FILTER, NULL, NULL, NULL },
        { "form", "形式", KIND_STATE, 0, NULL, essential_paper_forms, NULL },
        { "note", "说明", KIND_TEXT, 0, NULL, NULL, NULL },
        { "valid_from", "起始日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_to", "终止日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_required_papers = {
        .name = "essential.required_papers",
        .label = "业务要件",
        .help = "每项业务须收哪些要件。可以逐项登记，也可以载入预设要件后再增减。",
        .clause = "12.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &attachment_view_required_papers,
        .columns = columns_required_papers,
        .scope = "office",
        .key = "id",
        .menu = "要件与导入",
        .actions = actions_required_papers,
};

static const Column columns_attachments[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "record_name", "记录种类", KIND_CODE, COLUMN_FILTER, CODES_DECLARED, NULL, NULL },
        { "record_id", "记录", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "business", "业务", KIND_CODE, COLUMN_FILTER, "business", NULL, NULL },
        { "paper", "要件名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "attachment" },
        { "type", "文件类型", KIND_CODE, COLUMN_FILTER, "attachment_type", NULL, NULL },
        { "file_name", "文件名", KIND_TEXT, 0, NULL, NULL, NULL },
        { "size", "字节数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "pages", "页数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "source", "来源", KIND_STATE, COLUMN_FILTER, NULL, essential_attachment_sources, NULL },
        { "reader_text", "读卡器文字", KIND_SEALED, 0, NULL, NULL, NULL },
        { "taken_by", "采集人", KIND_ID, 0, NULL, NULL, NULL },
        { "taken", "采集时间", KIND_INSTANT, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_attachment_states, NULL },
        { "digest", "文件摘要", KIND_TEXT, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "replaced_by", "替换为", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_attachments = {
        .name = "essential.attachments",
        .label = "要件附件",
        .help = "各项业务收存的要件，从记录页面的“要件附件”处扫描或上传。",
        .clause = "12.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &attachment_view_attachments,
        .columns = columns_attachments,
        .scope = "office",
        .key = "id",
        .menu = "要件与导入",
        .actions = actions_attachments,
        .descending = true,
};

static const Column columns_attachment_views[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "attachment_id", "附件", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "record_name", "记录种类", KIND_CODE, COLUMN_FILTER, CODES_DECLARED, NULL, NULL },
        { "record_id", "记录", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "paper", "要件名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "person_id", "查看人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "viewed", "查看时间", KIND_INSTANT, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_attachment_views = {
        .name = "essential.attachment_views",
        .label = "附件查看记录",
        .clause = "14.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &attachment_view_views,
        .columns = columns_attachment_views,
        .scope = "office",
        .key = "id",
        .descending = true,
};
