/* SPDX-License-Identifier: Apache-2.0 */
/* Every rule of a building table by itself: one row, what becomes of it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <essential/essential.h>
#include <essential/sheet-text.h>

#define CELLS 9

static const Date today = { 20261123 };

/* 幢号 单元 房号 建筑面积 套内面积 用途 所在层 业主 证件号码 of a row, then what is said of it. */
typedef struct Case {
        const char *cells[CELLS];
        const char *reject;                 /* first code, NULL: accepted */
        const char *warning;                /* or NULL */
        int64_t area;                       /* of an accepted row, 0.01 m2 */
        const char *building, *unit, *room; /* of an accepted row where given */
} Case;

static const char *const heading[CELLS] = { "楼栋", "单元号", "房间号", "面积（平方米）", "套内面积(㎡)",
        "规划用途", "所在层", "权利人", "身份证号" };

#define GOOD_OWNER "王样例", "11010519491231002X"
#define ROW(area, inner) "1", "1", "101", area, inner, "住宅", "1", GOOD_OWNER
#define OWNER(name, number) "1", "1", "101", "80.00", "", "住宅", "1", name, number
#define FIVE_NUMBERS                                                                                            \
        "11010519491231002X、440524188001010014、34052419800101001X、370101190102039973、11010519491231002" \
        "X、"
#define MANY_NUMBERS FIVE_NUMBERS FIVE_NUMBERS FIVE_NUMBERS FIVE_NUMBERS "11010519491231002X"
#define USED(use) "1", "1", "101", "80.00", "", use, "1", GOOD_OWNER
#define FLOOR(floor) "1", "1", "101", "80.00", "", "住宅", floor, GOOD_OWNER
#define KEYED(building, unit, room) building, unit, room, "80.00", "", "住宅", "1", GOOD_OWNER

static const Case cases[] = {
        { { ROW("89.37", "70.00") }, NULL, NULL, 8937, "1", "1", "101" },
        { { ROW("89.37", "-5") }, "OUT_OF_RANGE" },
        { { KEYED("1", "1", "101234567890123456789012345678901") }, "TOO_LONG" },
        { { KEYED("1", "1", "1\01301") }, "BAD_TEXT" },
        { { OWNER("王样例、李样例", "11010519491231002X、11010519491231002x") }, "OWNER_TWICE" },
        { { OWNER("甲、乙、丙、丁、戊、己、庚、辛、壬、癸、子、丑、寅、卯、辰、巳、午、未、申、酉、戌",
                  MANY_NUMBERS) },
                "OWNER_COUNT" },
        { { ROW("８９．３７", "") }, NULL, "NORMALISED_WIDTH", 8937 },
        { { ROW("89.37㎡", "") }, NULL, "NORMALISED_UNIT", 8937 },
        { { ROW("89.37 m²", "") }, NULL, "NORMALISED_UNIT", 8937 },
        { { ROW("89.37平方米", "") }, NULL, "NORMALISED_UNIT", 8937 },
        { { ROW("'89.37", "") }, NULL, NULL, 8937 },
        { { ROW("\xe3\x80\x80"
                "89.37\xc2\xa0 ",
                  "") },
                NULL, NULL, 8937 },
        { { ROW("89", "") }, NULL, NULL, 8900 },
        { { ROW("89.5", "") }, NULL, NULL, 8950 },
        { { ROW("89.370", "") }, NULL, NULL, 8937 },
        { { ROW("89.3700000001", "") }, NULL, "NORMALISED_NOISE", 8937 },
        { { ROW("89.36999999999999", "") }, NULL, "NORMALISED_NOISE", 8937 },
        { { ROW("89.99999999999999", "") }, NULL, "NORMALISED_NOISE", 9000 },
        { { ROW("89.370001", "") }, "AREA_PRECISION" },
        { { ROW("89.369999", "") }, "AREA_PRECISION" },
        { { ROW("89.375", "") }, "AREA_PRECISION" },
        { { ROW("", "") }, "AREA_MISSING" },
        { { ROW("㎡", "") }, "AREA_MISSING" },
        { { ROW("八十", "") }, "AREA_NOT_NUMERIC" },
        { { ROW("8.9E1", "") }, "AREA_NOT_NUMERIC" },
        { { ROW("89.3.7", "") }, "AREA_NOT_NUMERIC" },
        { { ROW("89,37", "") }, "AREA_NOT_NUMERIC" },
        { { ROW("0", "") }, "AREA_RANGE" },
        { { ROW("-89.37", "") }, "AREA_RANGE" },
        { { ROW("1,000.00", "") }, NULL, NULL, 100000 },
        { { ROW("1000.01", "") }, "AREA_RANGE" },
        { { "1", "1", "101", "1,000,000.01", "", "商业", "1", GOOD_OWNER }, NULL, NULL, 100000001 },
        { { ROW("89.37", "89.38") }, "INNER_GT_GROSS" },
        { { ROW("89.37", "x") }, "AREA_NOT_NUMERIC" },
        { { USED("成套住宅") }, NULL, NULL, 8000 },
        { { USED("商铺") }, NULL, NULL, 8000 },
        { { USED("别的") }, "USE_UNKNOWN" },
        { { USED("") }, "USE_UNKNOWN" },
        { { FLOOR("12层") }, NULL, NULL, 8000 },
        { { FLOOR("-1F") }, NULL, NULL, 8000 },
        { { FLOOR("负一层") }, NULL, NULL, 8000 },
        { { FLOOR("B1") }, NULL, NULL, 8000 },
        { { FLOOR("地下夹层") }, NULL, NULL, 8000 },
        { { FLOOR("第九百层夹层") }, NULL, NULL, 8000 },
        { { FLOOR("夹层一二三四五六七八九十一二三四五六七夹层") }, "FLOOR_RANGE" },
        { { FLOOR("层") }, "FLOOR_RANGE" },
        { { FLOOR("0") }, "FLOOR_RANGE" },
        { { FLOOR("201") }, "FLOOR_RANGE" },
        { { FLOOR("顶") }, "FLOOR_RANGE" },
        { { KEYED("3幢", "1单元", "101室") }, NULL, NULL, 8000, "3", "1", "101" },
        { { KEYED("3栋", "一单元", "101") }, NULL, NULL, 8000, "3", "1", "101" },
        { { KEYED("3号楼", "", "101") }, NULL, NULL, 8000, "3", "", "101" },
        { { KEYED("三座", "/", "101") }, NULL, NULL, 8000, "3", "", "101" },
        { { KEYED("a座", "1", "S03") }, NULL, NULL, 8000, "A", "1", "S03" },
        { { KEYED("３＃", "1", "１０１") }, NULL, "NORMALISED_WIDTH", 8000, "3", "1", "101" },
        { { KEYED("十二幢", "二十一", "101") }, NULL, NULL, 8000, "12", "21", "101" },
        { { KEYED("", "1", "101") }, "KEY_MISSING" },
        { { KEYED("1", "1", " ") }, "KEY_MISSING" },
        { { KEYED("2026/3/1", "1", "101") }, "KEY_DATE_MANGLED" },
        { { KEYED("1", "3月1日", "101") }, "KEY_DATE_MANGLED" },
        { { KEYED("1", "1", "12-Jan") }, "KEY_DATE_MANGLED" },
        { { KEYED("1", "1", "Jan-12") }, "KEY_DATE_MANGLED" },
        { { KEYED("#REF!", "1", "101") }, "CELL_ERROR" },
        { { OWNER("王 样", "11010519491231002x") }, NULL, "NORMALISED_ID_X", 8000 },
        { { OWNER("王样例", "110105 19491231 002X") }, NULL, "NORMALISED_ID_X", 8000 },
        { { OWNER("王样例", "'11010519491231002Ｘ") }, NULL, "NORMALISED_ID_X", 8000 },
        { { OWNER("王样例、李样例", "11010519491231002X、440524188001010014") }, NULL, NULL, 8000 },
        { { OWNER("样例置业有限公司", "91990000MAMJ585K95") }, NULL, NULL, 8000 },
        { { OWNER("王样例", "110105491231002") }, NULL, "NORMALISED_ID_OLD", 8000 },
        { { OWNER("王样例、李样例", "11010519491231002X") }, "OWNER_ID_COUNT" },
        { { OWNER("王样例", "") }, "OWNER_ID_COUNT" },
        { { OWNER("", "") }, "OWNER_MISSING" },
        { { OWNER("王样例", "11010519491231002") }, "ID_LENGTH" },
        { { OWNER("王样例", "1101051949123100O2") }, "ID_CHARACTER" },
        { { OWNER("王样例", "11010519490230002X") }, "ID_DATE" },
        { { OWNER("王样例", "110105209912310021") }, "ID_DATE" },
        { { OWNER("王样例", "110105194912310021") }, "ID_CHECKSUM" },
        { { OWNER("王样例", "1.10105E+17") }, "ID_SCIENTIFIC" },
        { { OWNER("样例置业有限公司", "91990000MAMJ585K96") }, "USCC_CHECKSUM" },
};

static ImportResult rows_check(Arena *arena, const char *const *cells, size_t n_columns, size_t n_rows) {
        SheetRow *rows = ARENA_ARRAY(arena, SheetRow, n_rows);
        ImportResult result;

        assert_non_null(rows);
        for (size_t i = 0; i < n_rows; i++)
                rows[i] = (SheetRow){ .line = (int64_t) i + 1,
                        .n_cells = (uint32_t) n_columns,
                        .cells = cells + i * n_columns };
        const Sheet sheet = { rows, n_rows, "UTF-8" };
        assert_int_equal(essential_building_table.check(&sheet, today, arena, &result), 0);
        return result;
}

static const char *finding_code(const ImportResult *result, FindingLevel level) {
        for (size_t i = 0; i < result->n_findings; i++)
                if (result->findings[i].level == level)
                        return result->findings[i].code;
        return NULL;
}

static bool code_told(const char *code) {
        for (const FindingText *text = essential_building_table.texts; text->code; text++)
                if (strcmp(text->code, code) == 0)
                        return *text->sentence;
        return false;
}

static void code_equal(const Case *c, const char *what, const char *got, const char *wanted) {
        if ((got || wanted) && (!got || !wanted || strcmp(got, wanted) != 0))
                fail_msg("row %s %s %s %s %s: %s is %s, not %s", c->cells[0], c->cells[2], c->cells[3],
                        c->cells[6], c->cells[8], what, got ? got : "none", wanted ? wanted : "none");
        if (got)
                assert_true(code_told(got));
}

static void case_check(const Case *c) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        const char *cells[2][CELLS + 1];

        for (size_t i = 0; i < CELLS; i++) {
                cells[0][i] = heading[i];
                cells[1][i] = c->cells[i];
        }
        cells[0][CELLS] = "小区名称";
        cells[1][CELLS] = "样例苑";
        ImportResult result = rows_check(arena, &cells[0][0], CELLS + 1, 2);
        code_equal(c, "rejection", finding_code(&result, FINDING_REJECT), c->reject);
        assert_int_equal(result.n_items, c->reject ? 0 : 1);
        assert_int_equal(result.n_rejected, c->reject ? 1 : 0);
        if (c->reject)
                return;
        code_equal(c, "warning", finding_code(&result, FINDING_WARNING), c->warning);
        const BuildingTableRow *row = result.items;
        assert_int_equal(row->covered_area.centi_m2, c->area);
        assert_string_equal(row->building, c->building ? c->building : row->building);
        assert_string_equal(row->unit, c->unit ? c->unit : row->unit);
        assert_string_equal(row->room_number, c->room ? c->room : row->room_number);
}

static void test_rows(void **state) {
        for (size_t i = 0; i < ELEMENTSOF(cases); i++)
                case_check(&cases[i]);
}

#define WIDE 7
static const char *const places[][4] = {
        { "3-1-1201", "3", "1", "1201" },
        { "3幢1单元1201室", "3", "1", "1201" },
        { "３号楼一单元１２０１", "3", "1", "1201" },
        { "3栋1单元12层1201", "3", "1", "1201" },
        { "3#-1-1201", "3", "1", "1201" },
        { "6幢S03", "6", "", "S03" },
        { "负一层车位A-012", "地下", "", "A-012" },
        { "B1车位A-012", "地下", "", "A-012" },
        { "地下室-A-012", "地下", "", "A-012" },
        { "样例苑3幢1单元1201室", "3", "1", "1201" },
        { "B1-2-301", "B1", "2", "301" },
        { "B12幢1单元301", "B12", "1", "301" },
};

/* Each place in a table of its own, or the second would be the first in another style. */
static void test_places(void **state) {
        for (size_t i = 0; i < ELEMENTSOF(places); i++) {
                _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
                const char *const cells[] = { "小区名称", "房屋坐落", "建筑面积(㎡)", "用途", "业主姓名",
                        "证件号", "交房日期", "样例苑", places[i][0], "80.00", "车位", GOOD_OWNER,
                        "2020-01-01" };
                ImportResult result = rows_check(arena, cells, WIDE, 2);
                assert_int_equal(result.n_items, 1);
                const BuildingTableRow *row = result.items;
                assert_string_equal(row->building, places[i][1]);
                assert_string_equal(row->unit, places[i][2]);
                assert_string_equal(row->room_number, places[i][3]);
        }
}

typedef struct DateCase {
        const char *text;
        int32_t ymd; /* 0: no date */
        const char *reject;
} DateCase;

static void test_dates(void **state) {
        static const DateCase dates[] = {
                { "2026-01-05", 20260105 },
                { "2026/1/5", 20260105 },
                { "2026.1.5", 20260105 },
                { "2026年1月5日", 20260105 },
                { "20260105", 20260105 },
                { "2026/1/5 0:00:00", 20260105 },
                { "46027", 20260105 },
                { "35796", 19980101 },
                { "２０２６-01-05", 20260105 },
                { "", 0 },
                { "1998-01-01", 19980101 },
                { "2024-02-29", 20240229 },
                { "2018-13-01", 0, "DATE_INVALID" },
                { "2023-02-29", 0, "DATE_INVALID" },
                { "昨天", 0, "DATE_INVALID" },
                { "2018-4294967297-01", 0, "DATE_INVALID" },
                { "2026-01-05x", 0, "DATE_INVALID" },
                { "1997-12-31", 0, "DATE_RANGE" },
                { "35795", 0, "DATE_RANGE" },
                { "2026-11-24", 0, "DATE_RANGE" },
                { "2026-11-23", 20261123 },
        };

        for (size_t i = 0; i < ELEMENTSOF(dates); i++) {
                _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
                const char *const cells[] = { "小区名称", "房屋坐落", "建筑面积(㎡)", "用途", "业主姓名",
                        "证件号", "交房日期", "样例苑", "3-1-1201", "80.00", "住宅", GOOD_OWNER,
                        dates[i].text };
                ImportResult result = rows_check(arena, cells, WIDE, 2);
                const char *code = finding_code(&result, FINDING_REJECT);
                if (dates[i].reject) {
                        assert_non_null(code);
                        assert_string_equal(code, dates[i].reject);
                        continue;
                }
                assert_null(code);
                assert_int_equal(((const BuildingTableRow *) result.items)->delivery_date.ymd, dates[i].ymd);
        }
}

/* Whole tables: lines that are no rows, keys that say the same, units that are missing. */
static const char *const table_cells[] = {
        "橘园楼盘表",
        "",
        "",
        "",
        "",
        "",
        "",
        "房屋坐落",
        "面积",
        "用途",
        "产权人",
        "证件号",
        "层/总层",
        "备注",
        "3-1-1201",
        "80.00",
        "住宅",
        GOOD_OWNER,
        "12/18",
        "",
        "3幢1单元1201室",
        "80.00",
        "住宅",
        GOOD_OWNER,
        "12/18",
        "",
        "房屋坐落",
        "面积",
        "用途",
        "产权人",
        "证件号",
        "层/总层",
        "备注",
        "",
        "",
        "\xe3\x80\x80",
        "",
        "",
        "",
        "",
        "以下为二单元",
        "",
        "",
        "",
        "",
        "",
        "",
        "3-2-101",
        "70.00",
        "住宅",
        GOOD_OWNER,
        "1/18",
        "",
        "3幢102",
        "70.00",
        "住宅",
        GOOD_OWNER,
        "1/18",
        "",
        "3幢S01",
        "30.00",
        "商业",
        GOOD_OWNER,
        "1/18",
        "",
        "3-2-1901",
        "70.00",
        "住宅",
        GOOD_OWNER,
        "19/18",
        "",
        "小　计",
        "150.00",
        "",
        "",
        "",
        "",
        "",
        "合 计",
        "181.00",
        "",
        "",
        "",
        "",
        "",
        "制表人：样例",
        "",
        "",
        "",
        "",
        "",
        "",
};

static void test_tables(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        const struct {
                int64_t line;
                FindingLevel level;
                const char *code;
        } wanted[] = { { 4, FINDING_REJECT, "DUP_KEY" }, { 9, FINDING_REJECT, "KEY_AMBIGUOUS" },
                { 11, FINDING_REJECT, "FLOOR_RANGE" }, { 13, FINDING_NOTE, "TOTAL_DIFFERS" } };

        ImportResult result = rows_check(arena, table_cells, WIDE, ELEMENTSOF(table_cells) / WIDE);
        assert_int_equal(result.header_line, 2);
        assert_int_equal(result.n_items, 3);
        assert_int_equal(result.n_rejected, 3);
        assert_int_equal(result.n_findings, ELEMENTSOF(wanted));
        for (size_t i = 0; i < ELEMENTSOF(wanted); i++) {
                assert_int_equal(result.findings[i].line, wanted[i].line);
                assert_int_equal(result.findings[i].level, wanted[i].level);
                assert_string_equal(result.findings[i].code, wanted[i].code);
        }
        const BuildingTableRow *rows = result.items;
        assert_string_equal(rows[0].area_name, "橘园");
        assert_int_equal(rows[0].floor, 12);
        assert_int_equal(rows[0].floors_total, 18);
}

/* A storey that bears a name keeps it, with the number that the name says. */
static void test_floor_names(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        static const struct {
                const char *text, *name;
                int64_t floor;
        } floors[] = { { "夹层", "夹层", 0 }, { "阁楼", "阁楼", 0 }, { "2层夹层", "2层夹层", 2 },
                { "一层夹层", "一层夹层", 1 }, { "地下夹层", "地下夹层", -1 }, { "12层", NULL, 12 }, { "", NULL, 0 } };

        for (size_t i = 0; i < ELEMENTSOF(floors); i++) {
                const char *name;
                int64_t floor;
                assert_null(sheet_floor_named(floors[i].text, arena, &floor, &name));
                assert_int_equal(floor, floors[i].floor);
                assert_true(name ? floors[i].name && strcmp(name, floors[i].name) == 0 : !floors[i].name);
        }
}

/* A row with a cell too few, too many, or with bytes that are no text. */
static void test_forms(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        static const char *const head[] = { "小区名称", "幢号", "房号", "建筑面积", "业主姓名", "证件号" };
        static const char *const row[] = { "样例苑", "1", "101", "80.00", GOOD_OWNER, "", "x" };
        const SheetRow rows[] = { { 1, 6, head, false }, { 2, 5, row, false }, { 3, 8, row, false },
                { 4, 6, row, .bad_encoding = true }, { 5, 7, row } };
        static const char *const codes[] = { "COLS", "COLS", "ENCODING" };
        const Sheet sheet = { rows, ELEMENTSOF(rows), "UTF-8" };
        ImportResult result;

        assert_int_equal(essential_building_table.check(&sheet, today, arena, &result), 0);
        assert_int_equal(result.n_items, 1);
        assert_int_equal(result.item_lines[0], 5);
        assert_int_equal(result.n_findings, ELEMENTSOF(codes));
        for (size_t i = 0; i < ELEMENTSOF(codes); i++)
                assert_string_equal(result.findings[i].code, codes[i]);
}

static void test_no_header(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        static const char *const row[] = { "1", "2", "3" };
        const SheetRow rows[] = { { 1, 3, row, false } };
        ImportResult result;

        assert_int_equal(essential_building_table.check(&(Sheet){ rows, 1, "UTF-8" }, today, arena, &result),
                -EMALFORMED_);
        assert_int_equal(essential_building_table.check(&(Sheet){ NULL, 0, "UTF-8" }, today, arena, &result),
                -EMALFORMED_);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "each rule of a row [4.1.1] [4.2.1.1]", test_rows, NULL, NULL, NULL },
                { "places in one cell [4.2.1.1]", test_places, NULL, NULL, NULL },
                { "dates as offices write them [4.2.1.1]", test_dates, NULL, NULL, NULL },
                { "titles, totals, repeated headers, keys in other styles [4.1.1]", test_tables, NULL, NULL,
                        NULL },
                { "storeys that bear a name [4.2.1.1]", test_floor_names, NULL, NULL, NULL },
                { "rows with a wrong form [4.1.1]", test_forms, NULL, NULL, NULL },
                { "no header, no table [4.1.1]", test_no_header, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
