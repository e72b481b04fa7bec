/* SPDX-License-Identifier: Apache-2.0 */
/* The descriptor of example: a table of contents. */
#include "example-query.h"
#include "example.h"

static const char sql_first[] =
#include "001-first.sql.h"
        ;

static const Migration migrations[] = {
        { STORE_BUSINESS, "example/001-first", sql_first },
        { 0 },
};

const StateName example_order_states[] = {
        { "entered", "已录入" },
        { "reviewed", "已复核" },
        { "posted", "已入账" },
        { "cancelled", "已作废" },
        { NULL, NULL },
};

static const Transition order_transitions[] = {
        { "example.enter", -1, ORDER_ENTERED },
        { "example.review", ORDER_ENTERED, ORDER_REVIEWED },
        { "example.cancel", ORDER_ENTERED, ORDER_CANCELLED },
        { "example.post", ORDER_REVIEWED, ORDER_POSTED },
        { 0 },
};

static const char *const shelf_unique[] = { "name", NULL };
static const char *const order_unique[] = { "year,number", NULL };
static const char *const balance_unique[] = { "shelf_id", NULL };

static const Field shelf_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Shelf, name, kind, __VA_ARGS__)
#include "shelf.def"
#undef FIELD
};
const Record record_example_shelf = {
        .name = "example_shelf",
        .label = "货架",
        .clause = "4.2.1",
        .number = 9001,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(shelf_fields, Shelf),
        .unique = shelf_unique,
};

static const Field order_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Order, name, kind, __VA_ARGS__)
#include "order.def"
#undef FIELD
};
const Record record_example_order = {
        .name = "example_order",
        .label = "单据",
        .clause = "5.2.1",
        .number = 9002,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(order_fields, Order),
        .unique = order_unique,
        .state = "state",
        .transitions = order_transitions,
};

static const Field entry_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Entry, name, kind, __VA_ARGS__)
#include "entry.def"
#undef FIELD
};
const Record record_example_entry = {
        .name = "example_entry",
        .label = "明细",
        .clause = "8.2.2",
        .number = 9003,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(entry_fields, Entry),
};

static const Field balance_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Balance, name, kind, __VA_ARGS__)
#include "balance.def"
#undef FIELD
};
const Record record_example_balance = {
        .name = "example_balance",
        .label = "余额",
        .clause = "8.2.2",
        .number = 9004,
        .shape = SHAPE_PROJECTION,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(balance_fields, Balance),
        .unique = balance_unique,
};

static const Field open_shelf_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(OpenShelf, name, kind, __VA_ARGS__)
#include "open-shelf.def"
#undef FIELD
};
const Record record_example_open_shelf = {
        .name = "example.open_shelf",
        .label = "启用货架",
        .clause = "4.2.1",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(open_shelf_fields, OpenShelf),
};

static const Field change_shelf_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ChangeShelf, name, kind, __VA_ARGS__)
#include "change-shelf.def"
#undef FIELD
};
const Record record_example_change_shelf = {
        .name = "example.change_shelf",
        .label = "变更货架",
        .clause = "4.1.2",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(change_shelf_fields, ChangeShelf),
};

static const Field reference_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Reference, name, kind, __VA_ARGS__)
#include "reference.def"
#undef FIELD
};
const Record record_example_reference = {
        .name = "example.reference",
        .label = "所指记录",
        .clause = "4.2.1",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(reference_fields, Reference),
};

static const Field enter_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Enter, name, kind, __VA_ARGS__)
#include "enter.def"
#undef FIELD
};
const Record record_example_enter = {
        .name = "example.enter",
        .label = "录入单据",
        .clause = "5.2.1",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(enter_fields, Enter),
};

static const Field enter_many_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(EnterMany, name, kind, __VA_ARGS__)
#include "enter-many.def"
#undef FIELD
};
const Record record_example_enter_many = {
        .name = "example.enter_many",
        .label = "批量录入单据",
        .clause = "5.2.1",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(enter_many_fields, EnterMany),
};

static const Field keeper_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Keeper, name, kind, __VA_ARGS__)
#include "keeper.def"
#undef FIELD
};
const Record record_example_keeper = {
        .name = "example.keeper",
        .label = "查看保管人",
        .clause = "14.2.3",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(keeper_fields, Keeper),
};

static const Field keeper_shown_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(KeeperShown, name, kind, __VA_ARGS__)
#include "keeper-shown.def"
#undef FIELD
};
const Record record_example_keeper_shown = {
        .name = "example.keeper_shown",
        .label = "保管人",
        .clause = "14.2.3",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(keeper_shown_fields, KeeperShown),
};

static const Record *const records[] = {
        &record_example_shelf,
        &record_example_order,
        &record_example_entry,
        &record_example_balance,
        &record_example_open_shelf,
        &record_example_change_shelf,
        &record_example_reference,
        &record_example_enter,
        &record_example_enter_many,
        &record_example_keeper,
        &record_example_keeper_shown,
        NULL,
};

const Measure measure_example_posted = {
        .name = "example.posted",
        .label = "入账金额",
        .clause = "9.2.1",
        .number = 9001,
        .kind = KIND_MONEY,
};
static const Measure *const measures[] = { &measure_example_posted, NULL };

const Event event_example_posted = { "example.posted", "单据已入账", &record_example_reference };
static const Event *const events[] = { &event_example_posted, NULL };

#define COMMAND(name_, label_, clause_, flags_, input_, output_, run_)                                      \
        {                                                                                                   \
                .name = name_, .label = label_, .clause = clause_, .store = STORE_BUSINESS,                 \
                .capabilities = CAPABILITY_BUSINESS, .flags = flags_, .input = &record_example_##input_,    \
                .output = &record_example_##output_, .run = run_,                                           \
        }
const Command command_example_enter =
        COMMAND("example.enter", "录入单据", "5.2.1", 0, enter, reference, example_enter);
static const Command command_open_shelf =
        COMMAND("example.open_shelf", "启用货架", "4.2.1", 0, open_shelf, reference, example_open_shelf);
static const Command command_change_shelf = COMMAND(
        "example.change_shelf", "变更货架", "4.1.2", 0, change_shelf, reference, example_change_shelf);
static const Command command_enter_many =
        COMMAND("example.enter_many", "批量录入单据", "5.2.1", 0, enter_many, reference, example_enter_many);
static const Command command_review = COMMAND(
        "example.review", "复核单据", "5.2.1", COMMAND_OTHER_PERSON, reference, reference, example_review);
static const Command command_cancel =
        COMMAND("example.cancel", "作废单据", "5.2.1", 0, reference, reference, example_cancel);
static const Command command_post =
        COMMAND("example.post", "单据入账", "5.2.1", COMMAND_STEP_UP, reference, reference, example_post);
static const Command command_keeper =
        COMMAND("example.keeper", "查看保管人", "14.2.3", 0, keeper, keeper_shown, example_keeper);

static const Command *const commands[] = {
        &command_open_shelf,
        &command_change_shelf,
        &command_example_enter,
        &command_enter_many,
        &command_review,
        &command_cancel,
        &command_post,
        &command_keeper,
        NULL,
};

static const Column shelf_columns[] = {
        { .name = "id", .label = "编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "version", .label = "版本", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN },
        { .name = "name", .label = "货架名称", .kind = KIND_TEXT, .flags = COLUMN_FILTER | COLUMN_CONTAINS },
        { .name = "use",
                .label = "用途",
                .kind = KIND_CODE,
                .flags = COLUMN_FILTER,
                .codes = "example_use" },
        { .name = "keeper", .label = "保管人", .kind = KIND_SEALED },
        { .name = "area", .label = "面积", .kind = KIND_AREA, .flags = COLUMN_FILTER | COLUMN_SUM },
        { .name = "opened", .label = "启用日期", .kind = KIND_DATE, .flags = COLUMN_FILTER },
        { .name = "amount", .label = "余额", .kind = KIND_MONEY, .flags = COLUMN_FILTER | COLUMN_SUM },
        { 0 },
};
static const char *const shelf_actions[] = { "example.change_shelf", "example.enter", NULL };
static const View view_shelves = {
        .name = "example.shelves",
        .label = "货架",
        .clause = "4.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &example_query_shelves,
        .columns = shelf_columns,
        .scope = "office",
        .key = "id",
        .menu = "示例",
        .actions = shelf_actions,
};

static const Column order_columns[] = {
        { .name = "id", .label = "编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN },
        { .name = "version", .label = "版本", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN },
        { .name = "number", .label = "单号", .kind = KIND_INTEGER, .flags = COLUMN_FILTER },
        { .name = "shelf_id", .label = "货架编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "shelf", .label = "货架", .kind = KIND_TEXT },
        { .name = "amount", .label = "金额", .kind = KIND_MONEY, .flags = COLUMN_FILTER | COLUMN_SUM },
        { .name = "state",
                .label = "状态",
                .kind = KIND_STATE,
                .flags = COLUMN_FILTER,
                .states = example_order_states },
        { 0 },
};
static const char *const order_actions[] = { "example.review", "example.cancel", "example.post", NULL };
static const View view_orders = {
        .name = "example.orders",
        .label = "单据",
        .clause = "5.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &example_query_orders,
        .columns = order_columns,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "示例",
        .actions = order_actions,
};
static const View *const views[] = { &view_shelves, &view_orders, NULL };

static const Panel panels[] = {
        { .record = "example_shelf", .view = &view_orders, .column = "shelf_id" },
        { 0 },
};

static const CodeValue codes[] = {
        { "example_use", "01", "存放" },
        { "example_use", "02", "展示" },
        { 0 },
};

static const ErrorText errors[] = {
#define ERROR(code_, sentence_, clause_) { .code = code_, .sentence = sentence_, .clause = clause_ },
#include "errors.def"
#undef ERROR
        { 0 },
};

static const Invariant invariants[] = {
        { "I2", STORE_BUSINESS, CAPABILITY_BUSINESS, &example_query_balance_broken,
                &example_query_balance_broken_now },
        { 0 },
};

const Module module_example = {
        .name = "example",
        .label = "示例",
        .clause = "4.2.1",
        .capabilities = CAPABILITY_BUSINESS,
        .migrations = migrations,
        .records = records,
        .queries = example_queries,
        .commands = commands,
        .views = views,
        .errors = errors,
        .codes = codes,
        .events = events,
        .panels = panels,
        .measures = measures,
        .invariants = invariants,
};
