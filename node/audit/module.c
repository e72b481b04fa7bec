/* SPDX-License-Identifier: Apache-2.0 */
/* The descriptor of audit: a table of contents. */

#include "audit-private.h"

static const char sql_audit[] =
#include "001-audit.sql.h"
        ;
static const Migration migrations[] = {
        { STORE_SYSTEM, "audit/001-audit", sql_audit },
        { 0 },
};

static const Field seal_fields[] = {
#define FIELD(name_, kind_, ...) FIELD_ROW(AccessSeal, name_, kind_, __VA_ARGS__)
#include "access-seal.def"
#undef FIELD
};
const Record record_access_seal = {
        .name = "access_seal",
        .label = "访问账册封存",
        .clause = "14.2.3",
        .number = 50,
        .shape = SHAPE_LEDGER,
        .store = STORE_SYSTEM,
        RECORD_FIELDS(seal_fields, AccessSeal),
};
static const Field limits_fields[] = {
#define FIELD(name_, kind_, ...) FIELD_ROW(Limits, name_, kind_, __VA_ARGS__)
#include "limits.def"
#undef FIELD
};
static const Record record_limits = {
        .name = "audit.limits",
        .label = "审计界限",
        .clause = "14.2.3",
        .shape = SHAPE_VALUE,
        .store = STORE_SYSTEM,
        RECORD_FIELDS(limits_fields, Limits),
};
static const Record *const records[] = { &record_access_seal, &record_limits, NULL };

const Setting audit_settings[] = {
        [SETTING_WORK_BEGIN] = { .name = "audit.work_begin",
                .label = "工作开始时间",
                .clause = "14.2.3",
                .kind = KIND_INTEGER,
                .standard = "700",
                .min = 0,
                .max = 2359,
                .store = STORE_SYSTEM,
                .weaker = WEAKER_LOWERED,
                .clock = true,
                .help = "例如 07:30。此前的登录和操作记为非工作时间操作。" },
        [SETTING_WORK_END] = { .name = "audit.work_end",
                .label = "工作结束时间",
                .clause = "14.2.3",
                .kind = KIND_INTEGER,
                .standard = "2000",
                .min = 1,
                .max = 2400,
                .store = STORE_SYSTEM,
                .weaker = WEAKER_RAISED,
                .clock = true,
                .help = "例如 18:30。此后的登录和操作记为非工作时间操作；24:00 为不限。" },
        [SETTING_WORK_DAYS] = { .name = "audit.work_days",
                .label = "每周工作天数",
                .clause = "14.2.3",
                .kind = KIND_INTEGER,
                .standard = "5",
                .min = 1,
                .max = 7,
                .store = STORE_SYSTEM,
                .weaker = WEAKER_RAISED,
                .help = "自星期一起的天数；5 为星期一至星期五，7 为每天。工作日历中的节假日一律记为非工作日，调休上班的日子一律记为工作日。" },
        [SETTING_EXPORT_ROWS] = { .name = "audit.export_rows",
                .label = "大量导出的行数",
                .clause = "14.2.3",
                .kind = KIND_INTEGER,
                .standard = "20000",
                .min = 1,
                .max = 100000000,
                .store = STORE_SYSTEM,
                .weaker = WEAKER_RAISED,
                .help = "一人一小时内导出的行数达到此数时记为大量导出；导出本身不受阻止。" },
        { 0 },
};

const Command command_seal = {
        .name = "audit.seal",
        .label = "封存访问账册",
        .clause = "14.2.3",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_INNER,
        .flags = COMMAND_INTERNAL,
        .run = run_seal,
};
const Command command_limits = {
        .name = "audit.limits",
        .label = "读取审计界限",
        .clause = "14.2.3",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_INNER,
        .flags = COMMAND_INTERNAL | COMMAND_NO_CHAIN,
        .output = &record_limits,
        .run = run_limits,
};
static const Command *const commands[] = { &command_seal, &command_limits, NULL };

static const Column access_columns[] = {
        { .name = "id", .label = "编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "office", .label = "机构", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN },
        { .name = "instant", .label = "时间", .kind = KIND_INSTANT, .flags = COLUMN_FILTER },
        { .name = "person", .label = "人员编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "person_name", .label = "姓名", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "kind",
                .label = "方式",
                .kind = KIND_CODE,
                .codes = "access_kind",
                .flags = COLUMN_FILTER },
        { .name = "name",
                .label = "页面或文件",
                .kind = KIND_CODE,
                .codes = CODES_DECLARED,
                .flags = COLUMN_FILTER },
        { .name = "subject", .label = "对象编号", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { .name = "filter", .label = "筛选条件", .kind = KIND_TEXT },
        { .name = "entries", .label = "行数", .kind = KIND_INTEGER, .flags = COLUMN_FILTER },
        { .name = "number", .label = "导出编号", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "digest", .label = "文件摘要", .kind = KIND_TEXT },
        { .name = "address", .label = "客户端地址", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { 0 },
};
static const Column seal_columns[] = {
        { .name = "id", .label = "编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "office", .label = "机构", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN },
        { .name = "instant", .label = "时间", .kind = KIND_INSTANT, .flags = COLUMN_FILTER },
        { .name = "batch", .label = "批次", .kind = KIND_INTEGER },
        { .name = "entries", .label = "累计条数", .kind = KIND_INTEGER },
        { .name = "head", .label = "摘要", .kind = KIND_TEXT },
        { 0 },
};

static const View view_accesses = {
        .name = "audit.accesses",
        .label = "访问记录",
        .clause = "14.2.3",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_INNER,
        .query = &query_view_accesses,
        .columns = access_columns,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "审计",
};
static const View view_seals = {
        .name = "audit.seals",
        .label = "访问账册封存",
        .help = "访问记录按日封存后在此列出封存的摘要，供核对是否被改动。",
        .clause = "14.2.3",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_INNER,
        .query = &query_view_seals,
        .columns = seal_columns,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "审计",
};
static const View *const views[] = { &view_accesses, &view_seals, NULL };

static const ErrorText errors[] = {
#define ERROR(code_, sentence_, clause_) { .code = code_, .sentence = sentence_, .clause = clause_ },
#include "errors.def"
#undef ERROR
        { 0 },
};

static const CodeValue codes[] = {
        { "access_kind", "page", "查看" },
        { "access_kind", "list", "列表" },
        { "access_kind", "export", "导出" },
        { "access_kind", "print", "打印" },
        { "access_kind", "open", "查看隐私数据" },
        { 0 },
};

const Module module_audit = {
        .name = "audit",
        .label = "安全审计",
        .clause = "14.2.3",
        .capabilities = CAPABILITY_INNER,
        .migrations = migrations,
        .records = records,
        .queries = audit_queries,
        .commands = commands,
        .views = views,
        .errors = errors,
        .settings = audit_settings,
        .codes = codes,
};
