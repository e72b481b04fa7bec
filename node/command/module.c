/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel's own module: chain, number series, blocks and openings, of the same shape as every other. */
#include "request.h"

static const char sql_kernel[] =
#include "001-kernel.sql.h"
        ;
static const char sql_system[] =
#include "002-system.sql.h"
        ;
static const char sql_setting_system[] =
#include "003-system.sql.h"
        ;
static const char sql_business[] =
#include "002-business.sql.h"
        ;
static const char sql_setting_business[] =
#include "003-business.sql.h"
        ;
static const char sql_regulatory[] =
#include "002-regulatory.sql.h"
        ;
static const char sql_setting_regulatory[] =
#include "003-regulatory.sql.h"
        ;
static const char sql_request_system[] =
#include "005-system.sql.h"
        ;
static const char sql_request_business[] =
#include "005-business.sql.h"
        ;
static const char sql_request_regulatory[] =
#include "005-regulatory.sql.h"
        ;
static const char sql_request_mac_system[] =
#include "006-system.sql.h"
        ;
static const char sql_request_mac_business[] =
#include "006-business.sql.h"
        ;
static const char sql_request_mac_regulatory[] =
#include "006-regulatory.sql.h"
        ;
static const char sql_search[] =
#include "004-search.sql.h"
        ;

static const Migration migrations[] = {
        { STORE_SYSTEM, "node/001-kernel", sql_kernel },
        { STORE_BUSINESS, "node/001-kernel", sql_kernel },
        { STORE_REGULATORY, "node/001-kernel", sql_kernel },
        { STORE_SYSTEM, "node/002-system", sql_system },
        { STORE_BUSINESS, "node/002-business", sql_business },
        { STORE_REGULATORY, "node/002-regulatory", sql_regulatory },
        { STORE_SYSTEM, "node/003-system", sql_setting_system },
        { STORE_BUSINESS, "node/003-business", sql_setting_business },
        { STORE_REGULATORY, "node/003-regulatory", sql_setting_regulatory },
        { STORE_SYSTEM, "node/004-search", sql_search },
        { STORE_BUSINESS, "node/004-search", sql_search },
        { STORE_REGULATORY, "node/004-search", sql_search },
        { STORE_SYSTEM, "node/005-system", sql_request_system },
        { STORE_BUSINESS, "node/005-business", sql_request_business },
        { STORE_REGULATORY, "node/005-regulatory", sql_request_regulatory },
        { STORE_SYSTEM, "node/006-system", sql_request_mac_system },
        { STORE_BUSINESS, "node/006-business", sql_request_mac_business },
        { STORE_REGULATORY, "node/006-regulatory", sql_request_mac_regulatory },
        { 0 },
};

static const Field series_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(NumberSeries, name, kind, __VA_ARGS__)
#include "number-series.def"
#undef FIELD
};
static const Field block_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(CommandBlock, name, kind, __VA_ARGS__)
#include "command-block.def"
#undef FIELD
};
static const Field opening_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(SealedOpening, name, kind, __VA_ARGS__)
#include "sealed-opening.def"
#undef FIELD
};
static const Field block_input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(BlockInput, name, kind, __VA_ARGS__)
#include "block-input.def"
#undef FIELD
};
static const Field release_input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ReleaseInput, name, kind, __VA_ARGS__)
#include "release-input.def"
#undef FIELD
};
static const Field setting_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(SettingValue, name, kind, __VA_ARGS__)
#include "setting-value.def"
#undef FIELD
};
static const Field change_setting_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ChangeSetting, name, kind, __VA_ARGS__)
#include "change-setting.def"
#undef FIELD
};

static const char *const setting_unique[] = { "name,valid_from", NULL };
static const char *const series_unique[] = { "series,period,generation", NULL };

#define RECORD_SERIES(suffix_, number_, store_)                                                             \
        {                                                                                                   \
                .name = "number_series" suffix_, .label = "编号序列", .clause = "14.3.2",                   \
                .number = (number_), .shape = SHAPE_REGISTER, .store = (store_),                            \
                RECORD_FIELDS(series_fields, NumberSeries), .unique = series_unique                         \
        }
#define RECORD_BLOCK(suffix_, number_, store_)                                                              \
        {                                                                                                   \
                .name = "command_block" suffix_, .label = "停用的命令", .clause = "14.3.2",                 \
                .number = (number_), .shape = SHAPE_REGISTER, .store = (store_),                            \
                RECORD_FIELDS(block_fields, CommandBlock)                                                   \
        }
#define RECORD_OPENING(suffix_, number_, store_)                                                            \
        {                                                                                                   \
                .name = "sealed_opening" suffix_, .label = "隐私数据查看记录", .clause = "14.2.3",          \
                .number = (number_), .shape = SHAPE_LEDGER, .store = (store_),                              \
                RECORD_FIELDS(opening_fields, SealedOpening)                                                \
        }

#define RECORD_SETTING(suffix_, number_, store_)                                                            \
        {                                                                                                   \
                .name = "setting_value" suffix_, .label = "参数取值", .clause = "14.2.2",                   \
                .number = (number_), .shape = SHAPE_REGISTER, .store = (store_),                            \
                RECORD_FIELDS(setting_fields, SettingValue), .unique = setting_unique                       \
        }

static const Record series_records[] = {
        RECORD_SERIES("_system", 2, STORE_SYSTEM),
        RECORD_SERIES("", 3, STORE_BUSINESS),
        RECORD_SERIES("_regulatory", 4, STORE_REGULATORY),
};
static const Record block_records[] = {
        RECORD_BLOCK("_system", 5, STORE_SYSTEM),
        RECORD_BLOCK("", 6, STORE_BUSINESS),
        RECORD_BLOCK("_regulatory", 7, STORE_REGULATORY),
};
static const Record opening_records[] = {
        RECORD_OPENING("_system", 8, STORE_SYSTEM),
        RECORD_OPENING("", 9, STORE_BUSINESS),
        RECORD_OPENING("_regulatory", 10, STORE_REGULATORY),
};

static const Record setting_records[] = {
        RECORD_SETTING("_system", 11, STORE_SYSTEM),
        RECORD_SETTING("", 12, STORE_BUSINESS),
        RECORD_SETTING("_regulatory", 13, STORE_REGULATORY),
};

const Record *const record_series[4] = { NULL, &series_records[0], &series_records[1], &series_records[2] };
const Record *const record_block[4] = { NULL, &block_records[0], &block_records[1], &block_records[2] };
const Record *const record_opening[4] = { NULL, &opening_records[0], &opening_records[1],
        &opening_records[2] };

const Record *const record_setting[4] = { NULL, &setting_records[0], &setting_records[1],
        &setting_records[2] };

static const Record record_change_setting = {
        .name = "node.change_setting",
        .label = "变更参数",
        .clause = "14.2.2",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(change_setting_fields, ChangeSetting),
};
static const Record record_block_input = {
        .name = "node.block_input",
        .label = "停用命令",
        .clause = "14.3.2",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(block_input_fields, BlockInput),
};
static const Record record_release_input = {
        .name = "node.release_input",
        .label = "解除停用",
        .clause = "14.3.2",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(release_input_fields, ReleaseInput),
};

static const Record *const records[] = {
        &series_records[0],
        &series_records[1],
        &series_records[2],
        &block_records[0],
        &block_records[1],
        &block_records[2],
        &opening_records[0],
        &opening_records[1],
        &opening_records[2],
        &setting_records[0],
        &setting_records[1],
        &setting_records[2],
        &record_change_setting,
        &setting_request_records[0],
        &setting_request_records[1],
        &setting_request_records[2],
        &record_setting_changed,
        &record_decide_setting,
        &record_block_input,
        &record_release_input,
        NULL,
};

static int block_run(Request *q, const void *input, void *ret_output) {
        const BlockInput *in = input;
        CommandBlock row = { .command = in->command,
                .subject = in->subject,
                .input = in->input,
                .instant = q->now,
                .person = in->person };

        return record_insert(q, record_block[tx_store(q->tx)], &row);
}

static int release_run(Request *q, const void *input, void *ret_output) {
        const ReleaseInput *in = input;
        const Record *record = record_block[tx_store(q->tx)];
        CommandBlock row;
        int r;

        r = record_load(q, record, in->id, &row);
        if (r < 0)
                return r;
        if (row.released)
                return refuse(q, "node.not_blocked", "id", NULL);
        row.head.version = in->version;
        row.released = 1;
        row.released_by = q->person;
        return record_update(q, record, &row, in->reason);
}

#define COMMAND_BLOCK(suffix_, store_)                                                                      \
        {                                                                                                   \
                .name = "node.block" suffix_, .label = "停用命令", .clause = "14.3.2", .store = (store_),   \
                .capabilities = STORE_CAPABILITIES(store_), .flags = COMMAND_INTERNAL,                      \
                .input = &record_block_input, .run = block_run                                              \
        }
const Command command_block[4] = {
        [STORE_SYSTEM] = COMMAND_BLOCK("_system", STORE_SYSTEM),
        [STORE_BUSINESS] = COMMAND_BLOCK("", STORE_BUSINESS),
        [STORE_REGULATORY] = COMMAND_BLOCK("_regulatory", STORE_REGULATORY),
};

#define COMMAND_RELEASE(suffix_, store_)                                                                    \
        {                                                                                                   \
                .name = "node.release" suffix_, .label = "解除停用", .clause = "14.3.2", .store = (store_), \
                .capabilities = STORE_CAPABILITIES(store_), .flags = COMMAND_STEP_UP,                       \
                .input = &record_release_input, .run = release_run                                          \
        }
static const Command command_release[4] = {
        [STORE_SYSTEM] = COMMAND_RELEASE("_system", STORE_SYSTEM),
        [STORE_BUSINESS] = COMMAND_RELEASE("", STORE_BUSINESS),
        [STORE_REGULATORY] = COMMAND_RELEASE("_regulatory", STORE_REGULATORY),
};

#define COMMAND_SETTING(suffix_, store_, label_)                                                            \
        {                                                                                                   \
                .name = "node.change_setting" suffix_, .label = (label_), .clause = "14.2.2",               \
                .store = (store_), .capabilities = STORE_CAPABILITIES(store_), .flags = COMMAND_STEP_UP,    \
                .input = &record_change_setting, .output = &record_setting_changed,                         \
                .run = setting_change_run                                                                   \
        }
static const Command command_setting[4] = {
        [STORE_SYSTEM] = COMMAND_SETTING("_system", STORE_SYSTEM, "变更系统参数"),
        [STORE_BUSINESS] = COMMAND_SETTING("", STORE_BUSINESS, "变更业务参数"),
        [STORE_REGULATORY] = COMMAND_SETTING("_regulatory", STORE_REGULATORY, "变更监管参数"),
};

static const Command *const commands[] = {
        &command_block[STORE_SYSTEM],
        &command_block[STORE_BUSINESS],
        &command_block[STORE_REGULATORY],
        &command_release[STORE_SYSTEM],
        &command_release[STORE_BUSINESS],
        &command_release[STORE_REGULATORY],
        &command_setting[STORE_SYSTEM],
        &command_setting[STORE_BUSINESS],
        &command_setting[STORE_REGULATORY],
        &setting_decisions[0],
        &setting_decisions[1],
        &setting_decisions[2],
        &setting_decisions[3],
        &setting_decisions[4],
        &setting_decisions[5],
        NULL,
};

static const Column chain_columns[] = {
        { .name = "seq", .label = "序号", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { .name = "instant", .label = "时间", .kind = KIND_INSTANT, .flags = COLUMN_FILTER },
        { .name = "office", .label = "机构", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { .name = "person", .label = "操作人", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { .name = "command", .label = "命令", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "idempotency_key", .label = "请求编号", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { 0 },
};

static const Column block_columns[] = {
        { .name = "id", .label = "编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN },
        { .name = "office", .label = "机构", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { .name = "version", .label = "版本", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN },
        { .name = "command", .label = "命令", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "subject", .label = "对象编号", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { .name = "instant", .label = "停用时间", .kind = KIND_INSTANT, .flags = COLUMN_FILTER },
        { .name = "person", .label = "操作人", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { .name = "released", .label = "已解除", .kind = KIND_BOOL, .flags = COLUMN_FILTER },
        { .name = "released_by", .label = "解除人", .kind = KIND_ID },
        { 0 },
};

#define VIEW_CHAIN(suffix_, store_, label_)                                                                 \
        {                                                                                                   \
                .name = "node.chain" suffix_, .label = (label_), .clause = "14.2.3", .store = (store_),     \
                .capabilities = STORE_CAPABILITIES(store_), .query = &query_view_chain,                     \
                .columns = chain_columns, .scope = "office", .key = "seq", .descending = true               \
        }
static const View chain_views[] = {
        VIEW_CHAIN("_system", STORE_SYSTEM, "变更链（系统）"),
        VIEW_CHAIN("", STORE_BUSINESS, "变更链（业务）"),
        VIEW_CHAIN("_regulatory", STORE_REGULATORY, "变更链（监管）"),
};

static const Column setting_columns[] = {
        { .name = "id", .label = "编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "office", .label = "机构", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "version", .label = "版本", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN },
        { .name = "name", .label = "参数", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "value", .label = "取值", .kind = KIND_TEXT },
        { .name = "valid_from", .label = "启用日期", .kind = KIND_DATE, .flags = COLUMN_FILTER },
        { 0 },
};
/* Reached from the page of settings, which shows what is declared beside what was changed. */
#define VIEW_SETTING(suffix_, store_, label_)                                                               \
        {                                                                                                   \
                .name = "node.settings" suffix_, .label = (label_), .clause = "14.2.2", .store = (store_),  \
                .capabilities = STORE_CAPABILITIES(store_), .query = &query_view_setting[store_],           \
                .columns = setting_columns, .scope = "office", .key = "id", .descending = true              \
        }
static const View setting_views[] = {
        VIEW_SETTING("_system", STORE_SYSTEM, "系统参数变更"),
        VIEW_SETTING("", STORE_BUSINESS, "业务参数变更"),
        VIEW_SETTING("_regulatory", STORE_REGULATORY, "监管参数变更"),
};

static const char *const release_system[] = { "node.release_system", NULL };
static const char *const release_business[] = { "node.release", NULL };
static const char *const release_regulatory[] = { "node.release_regulatory", NULL };

#define VIEW_BLOCK(suffix_, store_, label_, actions_)                                                       \
        {                                                                                                   \
                .name = "node.blocks" suffix_, .label = (label_), .clause = "14.3.2", .store = (store_),    \
                .capabilities = STORE_CAPABILITIES(store_), .query = &query_view_block[store_],             \
                .columns = block_columns, .scope = "office", .key = "id", .descending = true,               \
                .menu = "审计", .actions = (actions_),                                                      \
                .help = "这里是核验失败后被停用的业务；空表说明没有停用。"          \
        }
static const View block_views[] = {
        VIEW_BLOCK("_system", STORE_SYSTEM, "停用的命令（系统）", release_system),
        VIEW_BLOCK("", STORE_BUSINESS, "停用的命令（业务）", release_business),
        VIEW_BLOCK("_regulatory", STORE_REGULATORY, "停用的命令（监管）", release_regulatory),
};

static const View *const views[] = {
        &chain_views[0],
        &chain_views[1],
        &chain_views[2],
        &block_views[0],
        &block_views[1],
        &block_views[2],
        &setting_views[0],
        &setting_views[1],
        &setting_views[2],
        &setting_request_views[0],
        &setting_request_views[1],
        &setting_request_views[2],
        NULL,
};

static const ErrorText errors[] = {
#define ERROR(code_, sentence_, clause_) { .code = code_, .sentence = sentence_, .clause = clause_ },
#include "errors.def"
#undef ERROR
        { 0 },
};

const Module module_node = {
        .name = "node",
        .label = "基础平台",
        .clause = "14.3.2",
        .capabilities = CAPABILITY_ANY,
        .migrations = migrations,
        .records = records,
        .commands = commands,
        .views = views,
        .errors = errors,
};
