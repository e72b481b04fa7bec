/* SPDX-License-Identifier: Apache-2.0 */
/* The descriptor of private: a table of contents. */

#include "private-query.h"
#include "private-records.h"

static const char sql_private[] =
#include "001-private.sql.h"
        ;
static const Migration migrations[] = {
        { STORE_BUSINESS, "private/001-private", sql_private },
        { 0 },
};

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define VALUE(variable_, name_, label_, type_)                                                              \
        const Record record_##variable_ = {                                                                 \
                .name = name_,                                                                              \
                .label = label_,                                                                            \
                .shape = SHAPE_VALUE,                                                                       \
                .store = STORE_BUSINESS,                                                                    \
                RECORD_FIELDS(variable_##_fields, type_),                                                   \
        }

#define FIELDS_OF PrivateOpening
static const Field private_opening_fields[] = {
#include "private-opening.def"
};
#undef FIELDS_OF
const Record record_private_opening = {
        .name = "private_opening",
        .label = "隐私数据查看登记",
        .clause = "14.2.3",
        .number = 40,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(private_opening_fields, PrivateOpening),
};
#define FIELDS_OF OpenCase
static const Field private_open_fields[] = {
#include "open.def"
};
#undef FIELDS_OF
VALUE(private_open, "private.open", "业务中查看", OpenCase);
#define FIELDS_OF LookUp
static const Field private_look_up_fields[] = {
#include "look-up.def"
};
#undef FIELDS_OF
VALUE(private_look_up, "private.look_up", "登记后查看", LookUp);
#define FIELDS_OF OpenedValue
static const Field private_opened_value_fields[] = {
#include "opened-value.def"
};
#undef FIELDS_OF
VALUE(private_opened_value, "private.opened_value", "隐私数据", OpenedValue);
#define FIELDS_OF Opened
static const Field private_opened_fields[] = {
#include "opened.def"
};
#undef FIELDS_OF
VALUE(private_opened, "private.opened", "查看结果", Opened);

static const Record *const records[] = {
        &record_private_opening,
        &record_private_open,
        &record_private_look_up,
        &record_private_opened_value,
        &record_private_opened,
        NULL,
};
static const Query *const queries[] = { &private_opened_since, NULL };

const Setting private_settings[] = {
        [SETTING_ALARM] = { .name = "private.alarm_hour",
                .label = "大量查看隐私数据的条数",
                .clause = "14.2.3",
                .kind = KIND_INTEGER,
                .standard = "20",
                .min = 1,
                .max = 10000,
                .store = STORE_BUSINESS,
                .weaker = WEAKER_RAISED,
                .help = "同一人一小时内查看到这个条数时记为安全事件。柜台忙时一小时约办 10 "
                        "笔，可据此放宽。" },
        [SETTING_MOST] = { .name = "private.most_hour",
                .label = "每小时最多查看隐私数据的条数",
                .clause = "14.2.3",
                .kind = KIND_INTEGER,
                .standard = "60",
                .min = 1,
                .max = 10000,
                .store = STORE_BUSINESS,
                .weaker = WEAKER_RAISED,
                .help = "同一人一小时内超过这个条数的查看被拒绝。应不小于记为安全事件的条数。" },
        { 0 },
};

static const Command command_open = {
        .name = "private.open",
        .label = "业务中查看隐私数据",
        .clause = "4.3.2A",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .flags = COMMAND_SHOWS,
        .input = &record_private_open,
        .output = &record_private_opened,
        .run = run_private_open,
};
static const Command command_look_up = {
        .name = "private.look_up",
        .label = "登记后查看隐私数据",
        .clause = "4.3.2A",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .flags = COMMAND_SHOWS | COMMAND_STEP_UP,
        .input = &record_private_look_up,
        .output = &record_private_opened,
        .run = run_private_look_up,
};
static const Command *const commands[] = { &command_open, &command_look_up, NULL };

static const Column columns_openings[] = {
        { .name = "id", .label = "编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "opened", .label = "查看时间", .kind = KIND_INSTANT, .flags = COLUMN_FILTER },
        { .name = "person_id", .label = "查看人", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { .name = "record_name",
                .label = "记录种类",
                .kind = KIND_CODE,
                .codes = CODES_DECLARED,
                .flags = COLUMN_FILTER },
        { .name = "record_id", .label = "记录", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { .name = "purpose",
                .label = "查看事由",
                .kind = KIND_CODE,
                .codes = "private_purpose",
                .flags = COLUMN_FILTER },
        { .name = "case_name",
                .label = "业务种类",
                .kind = KIND_CODE,
                .codes = CODES_DECLARED,
                .flags = COLUMN_FILTER },
        { .name = "case_id", .label = "业务", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { .name = "enquiry_number", .label = "登记号或文号", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "reason", .label = "说明", .kind = KIND_TEXT },
        { 0 },
};
static const View view_openings = {
        .name = "private.openings",
        .label = "隐私数据查看登记",
        .help = "谁在什么时候、因什么业务或事由看到了谁的姓名、证件号码或电话。",
        .clause = "14.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &private_view_openings,
        .columns = columns_openings,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "审计",
};
static const View *const views[] = { &view_openings, NULL };

static const ErrorText errors[] = {
#define ERROR(code, sentence, clause) { code, sentence, clause },
#include "errors.def"
#undef ERROR
        { 0 },
};

static const CodeValue codes[] = {
        { "private_purpose", "case", "办理业务" },
        { "private_purpose", "visit", "业主来访查询" },
        { "private_purpose", "contact", "联系当事人" },
        { "private_purpose", "dispute", "异议或投诉核查" },
        { "private_purpose", "judicial", "司法或行政协查" },
        { "private_purpose", "audit", "审计检查" },
        { "security_event", "mass_opening", "大量查看隐私数据" },
        { 0 },
};

const Module module_private = {
        .name = "private",
        .label = "隐私数据",
        .clause = "4.3.2A",
        .capabilities = CAPABILITY_BUSINESS,
        .migrations = migrations,
        .records = records,
        .queries = queries,
        .commands = commands,
        .views = views,
        .errors = errors,
        .settings = private_settings,
        .codes = codes,
};
