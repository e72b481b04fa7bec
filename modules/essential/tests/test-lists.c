/* SPDX-License-Identifier: Apache-2.0 */
/* Lists in files: organizations, divisions, holidays. One row, what becomes of it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "organization/organization-records.h"
#include "support/support-records.h"

#define ROWS_MAX 20
#define CELLS_MAX 12

static const Date today = { 20261123 };

/* Lines at each line end, cells at each bar. */
static int text_check(const Importer *importer, const char *text, Arena *arena, ImportResult *ret) {
        SheetRow rows[ROWS_MAX];
        size_t n = 0;
        char *line = arena_strdup(arena, text), *next;

        for (; line && *line; line = next) {
                const char **cells = ARENA_ARRAY(arena, const char *, CELLS_MAX);
                uint32_t n_cells = 0;
                next = line + strcspn(line, "\n");
                if (*next)
                        *next++ = 0;
                for (char *cell = line, *end; cell; cell = end) {
                        end = strchr(cell, '|');
                        if (end)
                                *end++ = 0;
                        assert_true(n_cells < CELLS_MAX);
                        cells[n_cells++] = cell;
                }
                assert_true(n < ROWS_MAX);
                rows[n] = (SheetRow){ (int64_t) n + 1, n_cells, cells, false };
                n++;
        }
        SheetRow *kept = ARENA_ARRAY(arena, SheetRow, n + 1);
        memcpy(kept, rows, n * sizeof(*rows));
        return importer->check(&(Sheet){ kept, n, "UTF-8" }, today, arena, ret);
}

typedef struct RowCase {
        const char *row, *reject, *warning;
} RowCase;

static void rows_check(const Importer *importer, const char *heading, const RowCase *cases, size_t n) {
        for (size_t i = 0; i < n; i++) {
                _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
                const char *reject = NULL, *warning = NULL;
                ImportResult result;
                assert_int_equal(text_check(importer, arena_printf(arena, "%s\n%s\n", heading, cases[i].row),
                                         arena, &result),
                        0);
                for (size_t k = 0; k < result.n_findings; k++)
                        if (result.findings[k].level == FINDING_REJECT)
                                reject = result.findings[k].code;
                        else
                                warning = result.findings[k].code;
                assert_string_equal(
                        reject ? reject : "accepted", cases[i].reject ? cases[i].reject : "accepted");
                assert_string_equal(warning ? warning : "", cases[i].warning ? cases[i].warning : "");
                assert_int_equal(result.n_items, cases[i].reject ? 0 : 1);
                assert_int_equal(result.n_rejected, cases[i].reject ? 1 : 0);
        }
}

/* Every code that rules or store may give has its sentence. */
static bool code_said(const Importer *importer, const char *code) {
        for (const FindingText *text = importer->texts; text->code; text++)
                if (strcmp(text->code, code) == 0)
                        return strlen(text->sentence) > 0;
        return false;
}

static void organizations(void **state) {
        static const RowCase cases[] = {
                { "示范物业|物业公司|91990000MA0000001B||晋原镇|胡文志", NULL, NULL },
                { "示范物业|物业服务企业|９１９９0000ma0000001b||晋原镇|", NULL, "NORMALISED_CODE" },
                { "示范物业|13|'91990000MA0000001B|||", NULL, NULL },
                { "示范业委会|业委会|无|Y-1||", NULL, NULL },
                { "示范业委会|业委会||Y-1||", NULL, NULL },
                { "|业委会||Y-1||", "NAME_MISSING", NULL },
                { "示范|酒店||Y-1||", "KIND_UNKNOWN", NULL },
                { "示范|||Y-1||", "KIND_UNKNOWN", NULL },
                { "示范|物业||||", "CODE_MISSING", NULL },
                { "示范|物业|91990000MA0000001C|||", "USCC_CHECKSUM", NULL },
                { "示范|物业|91990000MA000000|||", "USCC_LENGTH", NULL },
                { "示范|物业|91990000MAI000001B|||", "USCC_CHARACTER", NULL },
                { "示范|物业|9.1990000E+17|||", "CODE_SCIENTIFIC", NULL },
                { "示范|物业||Y-1|#REF!|", "CELL_ERROR", NULL },
                { "示范|物业||Y-1|", "COLS", NULL },
                { "示范|物业||Y-1|||多", "COLS", NULL },
        };

        rows_check(&essential_organization_list, "单位名称|单位类型|统一社会信用代码|编号|注册地址|法人代表",
                cases, ELEMENTSOF(cases));
        assert_true(code_said(&essential_organization_list, "ORGANIZATION_ENDED"));
        assert_true(code_said(&essential_organization_list, "ORGANIZATION_CODE_TAKEN"));
        assert_true(code_said(&essential_organization_list, "DIVISION_UNKNOWN"));
}

static void a_list_of_organizations(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        ImportResult result;

        assert_int_equal(text_check(&essential_organization_list,
                                 "大邑县物业服务企业名录|||||\n"
                                 "序号|机构名称|类别|信用代码(18位)|联系方式|行政区划\n"
                                 "1|示范物业|物业企业|91990000MA0000001B|13900000001|510129\n"
                                 "|||||\n"
                                 "2|又一家|物业企业|91990000MA0000001B||\n"
                                 "序号|机构名称|类别|信用代码(18位)|联系方式|行政区划\n"
                                 "3|第三家|审价单位|91990000MA0000002E||51012\n"
                                 "4|第四家（大邑）|会计师事务所|91990000MA0000002E||\n",
                                 arena, &result),
                0);
        assert_int_equal(result.header_line, 2);
        assert_int_equal(result.n_items, 2);
        assert_int_equal(result.n_rejected, 2);
        assert_string_equal(result.findings[0].code, "DUP_CODE");
        assert_int_equal(result.findings[0].line, 5);
        assert_string_equal(result.findings[0].column, "信用代码(18位)");
        assert_string_equal(result.findings[1].code, "DIVISION_INVALID");
        const OrganizationRow *items = result.items;
        assert_string_equal(items[0].kind, "13");
        assert_string_equal(items[0].phone, "13900000001");
        assert_string_equal(items[1].name, "第四家（大邑）");
        assert_int_equal(result.item_lines[1], 8);
        assert_string_equal(result.columns[0], "");
        assert_string_equal(result.columns[3], "credit_code");
        assert_int_equal(text_check(&essential_organization_list, "名称|电话\n示范|1\n", arena, &result),
                -EMALFORMED_);
}

static void divisions(void **state) {
        static const RowCase cases[] = {
                { "510129|大邑县|official|", NULL, NULL },
                { "510129|大邑县||2020-01-01", NULL, NULL },
                { "510129001003|某社区||", NULL, NULL },
                { "51012|大邑县||", "CODE_INVALID", NULL },
                { "|大邑县||", "CODE_MISSING", NULL },
                { "5.1E+11|某社区||", "CODE_SCIENTIFIC", NULL },
                { "510129|||", "NAME_MISSING", NULL },
                { "510129|大邑县|别的|", "KIND_UNKNOWN", NULL },
                { "510129|大邑县||2026-02-30", "DATE_INVALID", NULL },
                { "510129|大邑县||2027-01-01", "DATE_RANGE", NULL },
        };

        rows_check(&essential_division_list, "code|name|kind|生效日期", cases, ELEMENTSOF(cases));
        assert_true(code_said(&essential_division_list, "DIVISION_ENDS"));
        assert_true(code_said(&essential_division_list, "DIVISION_RENAMED"));
}

static const DivisionRow *division_of(const ImportResult *result, const char *code) {
        const DivisionRow *items = result->items;

        for (size_t i = 0; i < result->n_items; i++)
                if (strcmp(items[i].code, code) == 0)
                        return &items[i];
        fail_msg("%s", code);
        return NULL;
}

/* A list of one province says nothing about other provinces; its own cities, counties and streets it knows.
 */
static void what_a_list_speaks_for(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        static const struct {
                const char *code, *after;
                bool whole, last;
        } wanted[] = {
                { "510000", "", false, true },
                { "510100", "", true, true },
                { "510104", "", true, false },
                { "510129", "510105", true, true },
                { "510105", "510104", true, false },
                { "510104017", "", true, true },
                { "320102002", "", true, true },
                { "320102", "", false, true },
        };
        ImportResult result;

        assert_int_equal(
                text_check(&essential_division_list,
                        "code|name\n510000|四川省\n510100|成都市\n510104|锦江区\n510129|大邑县\n"
                        "510105|青羊区\n510104017|锦官驿街道\n320102002|梅园新村街道\n320102|玄武区\n",
                        arena, &result),
                0);
        assert_int_equal(result.n_items, ELEMENTSOF(wanted));
        for (size_t i = 0; i < ELEMENTSOF(wanted); i++) {
                const DivisionRow *row = division_of(&result, wanted[i].code);
                assert_int_equal(row->whole, wanted[i].whole);
                assert_string_equal(row->after, wanted[i].after);
                assert_int_equal(row->last_sibling, wanted[i].last);
        }
}

static void a_spoilt_list_ends_nothing(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        ImportResult result;

        assert_int_equal(text_check(&essential_division_list,
                                 "code|name\n510000|四川省\n510100|成都市\n51010|写错的\n510129|大邑县\n",
                                 arena, &result),
                0);
        assert_int_equal(result.n_rejected, 1);
        assert_false(division_of(&result, "510129")->whole);
        assert_false(division_of(&result, "510100")->whole);
}

static void holidays(void **state) {
        static const RowCase cases[] = {
                { "2026-10-01|放假|国庆节", NULL, NULL },
                { "2026/10/10|调休上班|国庆节", NULL, NULL },
                { "2026年10月10日|班|", NULL, NULL },
                { "2027-02-06|休|春节", NULL, NULL },
                { "2026-10-09|调休上班|国庆节", "KIND_WEEKDAY", NULL },
                { "2026-10-01|也许|国庆节", "KIND_UNKNOWN", NULL },
                { "|放假|国庆节", "DATE_MISSING", NULL },
                { "2026-02-30|放假|", "DATE_INVALID", NULL },
                { "1999-10-01|放假|国庆节", "DATE_RANGE", NULL },
        };
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        ImportResult result;

        rows_check(&essential_calendar_list, "日期|安排|节日", cases, ELEMENTSOF(cases));
        assert_int_equal(text_check(&essential_calendar_list, "日期|安排\n2026-10-01|放假\n2026.10.1|放假\n",
                                 arena, &result),
                0);
        assert_int_equal(result.n_items, 1);
        assert_string_equal(result.findings[0].code, "DUP_DATE");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "each rule of a row of organizations [4.2.3] [4.2.5]", organizations, NULL, NULL, NULL },
                { "titles, empty lines, repeated headings and codes [4.2.3]", a_list_of_organizations, NULL,
                        NULL, NULL },
                { "each rule of a row of divisions [4.2.5A]", divisions, NULL, NULL, NULL },
                { "a list speaks for what it holds whole [4.2.5A]", what_a_list_speaks_for, NULL, NULL,
                        NULL },
                { "a list with a spoilt row ends nothing [4.2.5A]", a_spoilt_list_ends_nothing, NULL, NULL,
                        NULL },
                { "each rule of a row of holidays [4.3.1]", holidays, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("lists", tests, NULL, NULL);
}
