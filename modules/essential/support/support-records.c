/* SPDX-License-Identifier: Apache-2.0 */
/* The records of support data: field lists become descriptors here. */

#include "support-records.h"

const StateName essential_division_levels[] = { { "nation", "国家" }, { "province", "省级" },
        { "city", "地级" }, { "county", "县级" }, { "street", "乡级" }, { "community", "社区（村）" },
        { NULL, NULL } };
const StateName essential_division_kinds[] = { { "official", "法定区划" }, { "grouping", "归类用" },
        { "statistical", "统计用（开发区等）" }, { "local", "本地自编" }, { NULL, NULL } };
const StateName essential_day_kinds[] = { { "holiday", "放假" }, { "worked", "调休上班" },
        { "ordinary", "按星期" }, { NULL, NULL } };

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define VALUE(variable_, name_, label_, type_)                                                              \
        const Record record_##variable_ = {                                                                 \
                .name = name_,                                                                              \
                .label = label_,                                                                            \
                .shape = SHAPE_VALUE,                                                                       \
                RECORD_FIELDS(variable_##_fields, type_),                                                   \
        }

#define FIELDS_OF Bank
static const Field bank_fields[] = {
#include <essential/bank.def>
};
#undef FIELDS_OF
const Record record_bank = {
        .name = "bank",
        .label = "专户管理银行",
        .clause = "4.2.4",
        .number = 122,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(bank_fields, Bank),
};

#define FIELDS_OF Division
static const Field division_fields[] = {
#include <essential/division.def>
};
#undef FIELDS_OF
const Record record_division = {
        .name = "division",
        .label = "行政区划",
        .clause = "4.2.5A",
        .number = 123,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(division_fields, Division),
};

#define FIELDS_OF CalendarDay
static const Field calendar_day_fields[] = {
#include <essential/calendar_day.def>
};
#undef FIELDS_OF
static const char *const calendar_day_unique[] = { "day", NULL };
const Record record_calendar_day = {
        .name = "calendar_day",
        .label = "工作日历",
        .clause = "4.3.1",
        .number = 124,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(calendar_day_fields, CalendarDay),
        .unique = calendar_day_unique,
};

#define FIELDS_OF CodeEntry
static const Field code_entry_fields[] = {
#include <essential/code_entry.def>
};
#undef FIELDS_OF
static const char *const code_entry_unique[] = { "code_set,code", NULL };
const Record record_code_entry = {
        .name = "code_entry",
        .label = "代码",
        .clause = "3.0.3",
        .number = 125,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(code_entry_fields, CodeEntry),
        .unique = code_entry_unique,
};

#define FIELDS_OF BankRemoving
static const Field bank_removing_fields[] = {
#include <essential/bank_removing.def>
};
#undef FIELDS_OF
VALUE(bank_removing, "essential.bank_removing", "银行网点将删除", BankRemoving);

const Event essential_bank_removing = {
        .name = "essential.bank_removing",
        .label = "银行网点将删除",
        .payload = &record_bank_removing,
};

#define FIELDS_OF AddBank
static const Field add_bank_fields[] = {
#include "add_bank.def"
};
#undef FIELDS_OF
VALUE(add_bank, "essential.add_bank", "增加银行网点", AddBank);

#define FIELDS_OF ChangeBank
static const Field change_bank_fields[] = {
#include "change_bank.def"
};
#undef FIELDS_OF
VALUE(change_bank, "essential.change_bank", "银行网点变更", ChangeBank);

#define FIELDS_OF DeleteBank
static const Field delete_bank_fields[] = {
#include "delete_bank.def"
};
#undef FIELDS_OF
VALUE(delete_bank, "essential.delete_bank", "删除银行网点", DeleteBank);

#define FIELDS_OF AddDivision
static const Field add_division_fields[] = {
#include "add_division.def"
};
#undef FIELDS_OF
VALUE(add_division, "essential.add_division", "增加行政区划", AddDivision);

#define FIELDS_OF ChangeDivision
static const Field change_division_fields[] = {
#include "change_division.def"
};
#undef FIELDS_OF
VALUE(change_division, "essential.change_division", "行政区划变更", ChangeDivision);

#define FIELDS_OF CancelDivision
static const Field cancel_division_fields[] = {
#include "cancel_division.def"
};
#undef FIELDS_OF
VALUE(cancel_division, "essential.cancel_division", "行政区划撤销", CancelDivision);

#define FIELDS_OF SucceedDivision
static const Field succeed_division_fields[] = {
#include "succeed_division.def"
};
#undef FIELDS_OF
VALUE(succeed_division, "essential.succeed_division", "登记继任区划", SucceedDivision);

#define FIELDS_OF DivisionRow
static const Field division_row_fields[] = {
#include "division_row.def"
};
#undef FIELDS_OF
VALUE(division_row, "essential.division_row", "行政区划清单行", DivisionRow);

#define FIELDS_OF DivisionTable
static const Field division_table_fields[] = {
#include "division_table.def"
};
#undef FIELDS_OF
VALUE(division_table, "essential.division_table", "行政区划清单部分", DivisionTable);

#define FIELDS_OF SetCalendarDay
static const Field set_calendar_day_fields[] = {
#include "set_calendar_day.def"
};
#undef FIELDS_OF
VALUE(set_calendar_day, "essential.set_calendar_day", "工作日历调整", SetCalendarDay);

#define FIELDS_OF CalendarRow
static const Field calendar_row_fields[] = {
#include "calendar_row.def"
};
#undef FIELDS_OF
VALUE(calendar_row, "essential.calendar_row", "节假日安排行", CalendarRow);

#define FIELDS_OF CalendarTable
static const Field calendar_table_fields[] = {
#include "calendar_table.def"
};
#undef FIELDS_OF
VALUE(calendar_table, "essential.calendar_table", "节假日安排部分", CalendarTable);

#define FIELDS_OF RowNote
static const Field row_note_fields[] = {
#include "row_note.def"
};
#undef FIELDS_OF
VALUE(row_note, "essential.row_note", "清单行说明", RowNote);

#define FIELDS_OF ListResult
static const Field list_result_fields[] = {
#include "list_result.def"
};
#undef FIELDS_OF
VALUE(list_result, "essential.list_result", "清单导入结果", ListResult);

#define FIELDS_OF AddCode
static const Field add_code_fields[] = {
#include "add_code.def"
};
#undef FIELDS_OF
VALUE(add_code, "essential.add_code", "增加代码", AddCode);

#define FIELDS_OF ChangeCode
static const Field change_code_fields[] = {
#include "change_code.def"
};
#undef FIELDS_OF
VALUE(change_code, "essential.change_code", "代码变更", ChangeCode);

#define FIELDS_OF CodeRow
static const Field code_row_fields[] = {
#include "code_row.def"
};
#undef FIELDS_OF
VALUE(code_row, "essential.code_row", "代码清单行", CodeRow);

#define FIELDS_OF CodeTable
static const Field code_table_fields[] = {
#include "code_table.def"
};
#undef FIELDS_OF
VALUE(code_table, "essential.code_table", "代码清单部分", CodeTable);
