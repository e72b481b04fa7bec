/* SPDX-License-Identifier: Apache-2.0 */
/* Files about what is stored already: the preview says what the store has against a row, the import leaves
 * those rows out and nothing else, and the same file again changes nothing. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include <essential/essential.h>
#include <internal/papers.h>
#include <internal/sheets.h>

#include "import-bench.h"
#include "workbook.h"

#define AREA "示范花园（样例）"
#define TABLE_HEADING "小区名称,幢号,单元号,房号,建筑面积,业主姓名,证件号码\r\n"
#define BUYER "王样例,11010519491231002X"

static const char ownership[] =
        "小区名称,幢号,单元号,房号,现业主,证件号码,份额,过户日期,变更原因\r\n" AREA
        ",1幢,1单元,101室,王样例、李样例,11010519491231002X、440524188001010014,1/3、2/"
        "3,2026-11-23,赠与\r\n" AREA ",1,1,102,何涛,990000199008209969,,2026-11-23,未变\r\n" AREA
        ",1,1,999,王样例,11010519491231002X,,2026-11-23,没有这一户\r\n" AREA
        ",1,1,201,王样例、李样例,11010519491231002X、440524188001010014,50%、40%,2026-11-23,\r\n" AREA
        ",1,1,202,王样例,11010519491231002X,,,\r\n" AREA
        ",1,1,301,王样例,11010519491231002X,一半,2026-11-23,\r\n" AREA
        ",1,1,302,王样例、李样例,11010519491231002X、440524188001010014,33.3%、66.7%,2026年11月23日,"
        "继承\r\n" AREA ",1-1-101,,,王样例,11010519491231002X,,2026-11-23,\r\n" AREA
        ",1,1,302室,王样例,11010519491231002X,,2026-11-23,\r\n";

static const char facility[] =
        "类别,目录,名称,小区名称,幢号,单元号,型号,厂家,出厂日期,保修期起,保修期止,位置,受益范围,受益分户\r\n"
        "设施设备,电梯,1号梯," AREA
        ",2幢,1单元,XJ-1000,样例电梯有限公司,2013-03-01,2014-08-01,2034-07-31,北侧,本单元,\r\n"
        "共用部位,屋面,2幢屋面," AREA ",2,,,,1995-01-01,,,,本幢,\r\n"
        "共用部位,围墙、大门,围墙," AREA ",,,,,,,,,,\r\n"
        "设施设备,电梯,加装电梯," AREA ",1,1,,,2025-06-01,,2027-05-31,,指定分户,1-1-101、102室\r\n"
        "设施设备,飞碟,不明物," AREA ",1,1,,,,,,,本单元,\r\n"
        "设施设备,电梯,9号梯," AREA ",9,1,,,,,,,本单元,\r\n"
        "设施设备,电梯,3号梯," AREA ",2,,,,,,,,本单元,\r\n"
        "设施设备,电梯,4号梯," AREA ",2,1,,,2026-11-30,,,,本单元,\r\n"
        "设施设备,电梯,5号梯," AREA ",1,1,,,,,,,指定分户,1-1-998\r\n"
        "花园,电梯,6号梯," AREA ",1,1,,,,,,,本单元,\r\n"
        "设施设备,电梯,1号梯," AREA ",2,1单元,,,,,,,本单元,\r\n";

static void codes_are(const json_t *result, const char *const *codes) {
        const json_t *findings = json_object_get(result, "findings"), *finding;
        size_t i, at = 0;

        json_array_foreach(findings, i, finding) {
                if (strcmp(json_string_value(json_object_get(finding, "level")), "reject") != 0)
                        continue;
                assert_non_null(codes[at]);
                assert_string_equal(json_string_value(json_object_get(finding, "code")), codes[at]);
                assert_true(strlen(json_string_value(json_object_get(finding, "message"))) > 10);
                at++;
        }
        assert_null(codes[at]);
}

static void counts_are(const json_t *result, int64_t created, int64_t changed, int64_t unchanged) {
        assert_int_equal(number(result, "created"), created);
        assert_int_equal(number(result, "changed"), changed);
        assert_int_equal(number(result, "unchanged"), unchanged);
}

static Digest text_upload(const Bench *bench, const char *text) {
        return bytes_upload(bench, (Bytes){ (const uint8_t *) text, strlen(text) });
}

static void report_has(Bench *bench, const char *const *texts) {
        Buffer csv = BUFFER_INIT(REPORT_BYTES_MAX);

        assert_int_equal(imports_run_report(&bench->imports, &bench->clerk, bench->last, &csv), 0);
        buffer_append(&csv, "", 1);
        for (; *texts; texts++)
                if (!strstr((const char *) csv.data, *texts))
                        fail_msg("the report lacks %s:\n%s", *texts, (const char *) csv.data);
        buffer_done(&csv);
}

static void buildings_in(Bench *bench) {
        Digest upload = sample_upload(bench, "clean_building");

        json_decref(import_run(bench, &upload, IMPORT_GOOD_ROWS, "done"));
}

static void test_ownership(void **state) {
        static const char *const codes[] = { "ORPHAN", "SHARES_NOT_ONE", "FROM_MISSING", "SHARE_INVALID",
                "KEY_MISSING", "DUP_KEY", NULL };
        static const char *const report[] = { "没有这一户,ORPHAN,", ",50%、40%,2026-11-23,,SHARES_NOT_ONE,",
                ",赠与,,,\r\n", NULL };
        Bench *bench = *state;
        const Importer *importer = importer_find(bench->registry, "ownership");
        buildings_in(bench);
        Digest upload = text_upload(bench, ownership), before = business_digest(bench);

        json_t *result = importer_run(bench, importer, &upload, IMPORT_PREVIEW, "done");
        codes_are(result, codes);
        assert_int_equal(number(result, "accepted"), 3);
        assert_int_equal(number(result, "rejected"), 6);
        json_decref(result);
        report_has(bench, report);
        Digest after = business_digest(bench);
        assert_memory_equal(before.bytes, after.bytes, sizeof(before.bytes));

        result = importer_run(bench, importer, &upload, IMPORT_ALL_OR_NOTHING, "failed");
        error_is(result, "documents.rows_rejected");
        json_decref(result);
        after = business_digest(bench);
        assert_memory_equal(before.bytes, after.bytes, sizeof(before.bytes));

        result = importer_run(bench, importer, &upload, IMPORT_GOOD_ROWS, "done");
        counts_are(result, 0, 2, 1);
        codes_are(result, codes);
        json_decref(result);
        report_has(bench, report);
        result = importer_run(bench, importer, &upload, IMPORT_GOOD_ROWS, "done");
        counts_are(result, 0, 0, 3);
        json_decref(result);

        /* an earlier day than what holds now */
        upload = text_upload(bench, "小区名称,幢号,单元号,房号,业主姓名,证件号码,变更日期\r\n" AREA
                                    ",1,1,101,何涛,990000199008209969,2026-11-22\r\n");
        static const char *const earlier[] = { "FROM_BEFORE", NULL };
        result = importer_run(bench, importer, &upload, IMPORT_PREVIEW, "done");
        codes_are(result, earlier);
        json_decref(result);
}

static void test_facility(void **state) {
        static const char *const codes[] = { "CATEGORY_UNKNOWN", "BUILDING_UNKNOWN", "BENEFIT_PLACE",
                "WARRANTY_ORDER", "ROOM_UNKNOWN", "SCOPE_UNKNOWN", "DUP_KEY", NULL };
        static const char *const report[] = { ",CATEGORY_UNKNOWN,目录中没有这一名称",
                ",本单元,,BENEFIT_PLACE,", NULL };
        Bench *bench = *state;
        const Importer *importer = importer_find(bench->registry, "facility");
        const Command *preset = registry_command(bench->registry, "essential.preset_facility_catalogue");
        buildings_in(bench);
        for (int64_t scope = 0; scope < 2; scope++) {
                _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
                Reply reply;
                /* its input is one number */
                const Caller caller = { .person = bench->clerk.person,
                        .office = bench->clerk.office,
                        .key = scope ? "preset-equipment" : "preset-parts-00" };
                command_execute(&bench->engine, &caller, preset, &scope, arena, &reply);
                assert_int_equal(reply.result, 0);
        }
        Digest upload = text_upload(bench, facility), before = business_digest(bench);

        json_t *result = importer_run(bench, importer, &upload, IMPORT_PREVIEW, "done");
        codes_are(result, codes);
        assert_int_equal(number(result, "accepted"), 4);
        json_decref(result);
        report_has(bench, report);
        Digest after = business_digest(bench);
        assert_memory_equal(before.bytes, after.bytes, sizeof(before.bytes));
        result = importer_run(bench, importer, &upload, IMPORT_GOOD_ROWS, "done");
        counts_are(result, 4, 0, 0);
        json_decref(result);
        result = importer_run(bench, importer, &upload, IMPORT_GOOD_ROWS, "done");
        counts_are(result, 0, 0, 4);
        json_decref(result);
        upload = text_upload(bench, "类别,目录,名称,小区名称,幢号,单元号,受益范围,受益分户\r\n"
                                    "设施设备,电梯,加装电梯," AREA ",1,1,指定分户,101、201\r\n"
                                    "设施设备,水泵,生活水泵," AREA ",,,整个区域,\r\n");
        result = importer_run(bench, importer, &upload, IMPORT_ALL_OR_NOTHING, "done");
        counts_are(result, 1, 1, 0);
        json_decref(result);
}

/* A shop has no unit where dwellings have several; a dwelling's only unit need not be said, and one dwelling
 * is one row however it is written. */
static void test_units(void **state) {
        static const char buildings[] =
                "小区名称,幢号,单元号,房号,建筑面积,用途,业主姓名,证件号码\r\n单元苑,1,1,101,80,住宅," BUYER
                "\r\n单元苑,1,2,101,80,住宅," BUYER "\r\n单元苑,1,,S01,80,商业," BUYER
                "\r\n单元苑,2,1,101,80,住宅," BUYER "\r\n单元苑,2,,S01,80,商业," BUYER "\r\n";
        static const char changes[] =
                "小区名称,幢号,单元号,房号,业主姓名,证件号码,变更日期\r\n单元苑,1,1,101," BUYER
                ",2026-11-23\r\n单元苑,1,2,101," BUYER ",2026-11-23\r\n单元苑,1,,S01," BUYER
                ",2026-11-23\r\n单元苑,2,,101," BUYER ",2026-11-23\r\n单元苑,2,1,101," BUYER
                ",2026-11-23\r\n单元苑,2,/,S01," BUYER ",2026-11-23\r\n单元苑,1,,101," BUYER
                ",2026-11-23\r\n";
        static const char *const codes[] = { "DUP_KEY", "KEY_AMBIGUOUS", NULL };
        Bench *bench = *state;
        const Importer *importer = importer_find(bench->registry, "ownership");
        Digest upload = text_upload(bench, buildings);

        json_decref(import_run(bench, &upload, IMPORT_ALL_OR_NOTHING, "done"));
        upload = text_upload(bench, changes);
        json_t *result = importer_run(bench, importer, &upload, IMPORT_PREVIEW, "done");
        codes_are(result, codes);
        assert_int_equal(number(result, "accepted"), 5);
        json_decref(result);
        result = importer_run(bench, importer, &upload, IMPORT_GOOD_ROWS, "done");
        codes_are(result, codes);
        counts_are(result, 0, 0, 5);
        json_decref(result);
        upload = text_upload(bench, TABLE_HEADING "单元苑,3,1,101,80," BUYER "\r\n单元苑,3,,102,80," BUYER "\r\n");
        result = import_run(bench, &upload, IMPORT_ALL_OR_NOTHING, "done");
        counts_are(result, 2, 0, 0);
        json_decref(result);
}

/* Versions of all places and shares together: whatever is made or changed raises it. */
static int64_t versions(const Bench *bench) {
        sqlite3_stmt *statement;
        sqlite3 *db;

        assert_int_equal(sqlite3_open(strchr(bench->dsn, ':') + 1, &db), SQLITE_OK);
        assert_int_equal(
                sqlite3_prepare_v2(db,
                        "SELECT SUM(version) FROM (SELECT version FROM property_area UNION ALL SELECT "
                        "version"
                        " FROM building UNION ALL SELECT version FROM unit UNION ALL SELECT version FROM"
                        " apartment UNION ALL SELECT version FROM ownership UNION ALL SELECT version FROM"
                        " owner)",
                        -1, &statement, NULL),
                SQLITE_OK);
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        int64_t sum = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        sqlite3_close(db);
        return sum;
}

static void nothing_changes(Bench *bench, const char *text, int64_t unchanged, const char *const *codes) {
        Digest upload = text_upload(bench, text);
        int64_t before = versions(bench);

        for (ImportMode mode = IMPORT_PREVIEW; mode <= IMPORT_GOOD_ROWS;
                mode += IMPORT_GOOD_ROWS - IMPORT_PREVIEW) {
                json_t *result = import_run(bench, &upload, mode, "done");
                counts_are(mode == IMPORT_PREVIEW ? json_object_get(result, "expected") : result, 0, 0,
                        unchanged);
                codes_are(result, codes);
                json_decref(result);
        }
        assert_int_equal(versions(bench), before);
}

/* A table that says less than what is there erases nothing, makes no dwelling twice, and no area in another
 * width. */
static void test_says_less(void **state) {
        static const char whole[] =
                "小区名称,幢号,单元号,房号,所在层,总层数,建筑面积,套内面积,用途,有无电梯,交付日期,业主姓名,"
                "证件号码\r\n"
                "少列苑（一期）,1,1,101,3,18,80.00,70.00,住宅,有,2020-01-01," BUYER "\r\n"
                "少列苑（一期）,1,1,102,3,17,80.00,70.00,住宅,有,2020-01-01," BUYER "\r\n"
                "少列苑（一期）,1,,S01,1,18,50.00,40.00,商业,有,2020-01-01," BUYER "\r\n";
        static const char less[] = TABLE_HEADING "少列苑(一期),1,1,101,80.00," BUYER "\r\n"
                                                 "少列苑（一期）,1幢,1单元,102,80.00," BUYER "\r\n"
                                                 "少列苑(一期),1,,S01,50.00," BUYER "\r\n"
                                                 "少列苑（一期）,1,1,101室,80.00," BUYER "\r\n";
        static const char empty[] = "小区名称,幢号,单元号,房号,所在层,总层数,建筑面积,套内面积,用途,"
                                    "有无电梯,交付日期,业主姓名,证件号码\r\n"
                                    "少列苑（一期）,1,1,101,,,80.00,,住宅,,," BUYER "\r\n"
                                    "少列苑（一期）,1,,S01,,,50.00,,商业,,," BUYER "\r\n";
        static const char unsaid[] = "小区名称,幢号,房号,建筑面积,用途,业主姓名,证件号码\r\n"
                                     "少列苑（一期）,1,101,80.00,住宅," BUYER "\r\n"
                                     "少列苑（一期）,1,S01,50.00,商业," BUYER "\r\n";
        static const char smaller[] = "小区名称,幢号,单元号,房号,建筑面积,用途,业主姓名,证件号码\r\n"
                                      "少列苑（一期）,1,1,101,69.99,住宅," BUYER "\r\n"
                                      "少列苑（一期）,1,,S01,50.00,商业," BUYER "\r\n";
        static const char none[] = "小区名称,幢号,单元号,房号,建筑面积,用途,有无电梯,业主姓名,证件号码\r\n"
                                   "少列苑（一期）,1,1,101,80.00,住宅,无," BUYER "\r\n";
        static const char lifts[] = "小区名称,幢号,单元号,房号,建筑面积,用途,有无电梯,业主姓名,证件号码\r\n"
                                    "少列苑（一期）,1,1,101,80.00,住宅,两部," BUYER "\r\n";
        static const char unitless[] = "小区名称,幢号,房号,建筑面积,用途,业主姓名,证件号码\r\n"
                                       "少列苑（一期）,2,101,80.00,住宅," BUYER "\r\n"
                                       "少列苑（一期）,2,102,80.00,商业," BUYER "\r\n";
        static const char unitful[] = "小区名称,幢号,单元,房号,建筑面积,用途,业主姓名,证件号码\r\n"
                                      "少列苑（一期）,2,1,101,80.00,住宅," BUYER "\r\n"
                                      "少列苑（一期）,2,,101,80.00,住宅," BUYER "\r\n";
        static const char *const nothing[] = { NULL }, *const twice[] = { "UNIT_OTHER", "DUP_KEY", NULL },
                                 *const other[] = { "UNIT_OTHER", "DUP_KEY", NULL },
                                 *const dwelling[] = { "KEY_AMBIGUOUS", NULL },
                                 *const inner[] = { "INNER_GT_GROSS", NULL };
        Bench *bench = *state;
        Digest upload = text_upload(bench, whole);

        json_decref(import_run(bench, &upload, IMPORT_ALL_OR_NOTHING, "done"));
        nothing_changes(bench, whole, 3, nothing);
        nothing_changes(bench, less, 2, twice);
        nothing_changes(bench, empty, 2, nothing);
        nothing_changes(bench, unsaid, 1, dwelling);
        nothing_changes(bench, smaller, 1, inner);
        nothing_changes(bench, lifts, 1, nothing);
        upload = text_upload(bench, unitless);
        json_decref(import_run(bench, &upload, IMPORT_ALL_OR_NOTHING, "done"));
        nothing_changes(bench, unitful, 0, other);
        upload = text_upload(bench, none);
        json_t *result = import_run(bench, &upload, IMPORT_GOOD_ROWS, "done");
        counts_are(result, 0, 1, 0);
        json_decref(result);
        nothing_changes(bench, none, 1, nothing);
}

/* Twenty owners of each of a hundred dwellings are more than one command may write: the part goes in smaller
 * ones. */
static void test_many_owners(void **state) {
        static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
        char names[1024] = "", numbers[1024] = "", text[256 << 10] = TABLE_HEADING;
        Bench *bench = *state;
        size_t size = strlen(text);

        for (int i = 0; i < BUILDING_TABLE_OWNERS_MAX; i++) {
                const char *mark = i > 0 ? "、" : "";
                char number[19];
                int sum = 0;
                snprintf(number, sizeof(number), "99000019800820%03d", i);
                for (int k = 0; k < 17; k++)
                        sum += weights[k] * (number[k] - '0');
                snprintf(number + 17, 2, "%c", "10X98765432"[sum % 11]);
                snprintf(names + strlen(names), sizeof(names) - strlen(names), "%s业主%d", mark, i);
                snprintf(numbers + strlen(numbers), sizeof(numbers) - strlen(numbers), "%s%s", mark, number);
        }
        for (int i = 0; i < BUILDING_TABLE_ROWS_MAX; i++)
                size += (size_t) snprintf(text + size, sizeof(text) - size, "众户苑,1,1,%d,80,%s,%s\r\n",
                        101 + i, names, numbers);
        Digest upload = text_upload(bench, text);
        json_t *result = import_run(bench, &upload, IMPORT_ALL_OR_NOTHING, "done");
        counts_are(result, BUILDING_TABLE_ROWS_MAX, 0, 0);
        json_decref(result);
        result = import_run(bench, &upload, IMPORT_GOOD_ROWS, "done");
        counts_are(result, 0, 0, BUILDING_TABLE_ROWS_MAX);
        json_decref(result);
}

static Digest workbook_upload(const Bench *bench, Workbook *workbook) {
        uint8_t bytes[65536];
        FILE *file = workbook_end(workbook);
        size_t size = fread(bytes, 1, sizeof(bytes), file);

        fclose(file);
        return bytes_upload(bench, (Bytes){ bytes, size });
}

/* The same rows as a workbook: days as days, a number that is a room. */
static void test_workbook(void **state) {
        static const char *const heading[] = { "小区名称", "幢号", "单元号", "房号", "业主姓名", "证件号码",
                "份额", "登记日期" };
        static const char *const row[] = { AREA, "1", "1", "101", "王样例", "11010519491231002X", "100%",
                "2026-11-23" };
        Bench *bench = *state;
        const Importer *importer = importer_find(bench->registry, "ownership");
        WorkbookCell cells[ELEMENTSOF(heading)];
        Workbook workbook;
        char day[16];

        buildings_in(bench);
        workbook_begin(&workbook);
        for (size_t i = 0; i < ELEMENTSOF(heading); i++)
                cells[i] = (WorkbookCell){ WORKBOOK_TEXT, heading[i] };
        workbook_row(&workbook, cells, ELEMENTSOF(heading));
        for (size_t i = 0; i < ELEMENTSOF(row); i++)
                cells[i] = (WorkbookCell){ i > 0 && i < 4 ? WORKBOOK_NUMBER : WORKBOOK_INLINE, row[i] };
        cells[7] = (WorkbookCell){ WORKBOOK_DAY, workbook_day(&workbook, row[7], day) };
        workbook_row(&workbook, cells, ELEMENTSOF(row));
        Digest upload = workbook_upload(bench, &workbook);
        json_t *result = importer_run(bench, importer, &upload, IMPORT_GOOD_ROWS, "done");
        assert_string_equal(json_string_value(json_object_get(result, "encoding")), "XLSX");
        assert_string_equal(json_string_value(json_object_get(result, "sheet")), "数据");
        counts_are(result, 0, 1, 0);
        json_decref(result);
}

/* A row that was taken though something was read otherwise than written says so, with nothing where the reasons
 * of rows left out stand; in a table of texts and in a workbook. */
static void test_put_right(void **state) {
        static const char *const table[][8] = {
                { "小区名称", "幢号", "单元号", "房号", "业主姓名", "证件号码", "建筑面积(㎡)", "房屋用途" },
                { AREA, "9", "1", "101", "王样例", "11010519491231002X", "８０.00", "住宅" },
                { AREA, "9", "1", "102", "王样例", "11010519491231002X", "80.00平方米", "住宅" },
                { AREA, "9", "1", "103", "王样例", "11010519491231002X", "81.5", "住宅" },
                { AREA, "9", "1", "104", "王样例", "11010519491231002X", "-5", "住宅" },
        };
        static const char *const report[] = { ",检查结果代码,问题说明,已自动规范、请核对的内容\r\n",
                ",101," BUYER ",８０.00,住宅,,,建筑面积(㎡): 全角字符已按半角处理。（原文：８０.00）\r\n",
                ",102," BUYER ",80.00平方米,住宅,,,建筑面积(㎡): 数字后的单位已去除。（原文：80.00平方米）\r\n",
                ",103," BUYER ",81.5,住宅,,,\r\n", ",104," BUYER ",-5,住宅,AREA_RANGE,", NULL };
        Bench *bench = *state;
        const Importer *importer = importer_find(bench->registry, "building_table");
        Buffer text = BUFFER_INIT(65536);
        Workbook workbook;

        workbook_begin(&workbook);
        for (size_t i = 0; i < ELEMENTSOF(table); i++) {
                WorkbookCell cells[ELEMENTSOF(table[0])];
                for (size_t c = 0; c < ELEMENTSOF(cells); c++) {
                        cells[c] = (WorkbookCell){ c == 6 && i > 2 ? WORKBOOK_NUMBER : WORKBOOK_INLINE, table[i][c] };
                        buffer_printf(&text, "%s%s", table[i][c], c + 1 < ELEMENTSOF(cells) ? "," : "\r\n");
                }
                workbook_row(&workbook, cells, ELEMENTSOF(cells));
        }
        const Digest files[] = { bytes_upload(bench, (Bytes){ text.data, text.size }),
                workbook_upload(bench, &workbook) };
        for (size_t i = 0; i < ELEMENTSOF(files); i++) {
                json_t *result = importer_run(bench, importer, &files[i], IMPORT_GOOD_ROWS, "done");
                assert_int_equal(number(result, "warnings"), 2);
                counts_are(result, i ? 0 : 3, 0, i ? 3 : 0);
                json_decref(result);
                report_has(bench, report);
        }
        buffer_done(&text);
}

#define BENCH(name, test)                                                                                   \
        { name, test, bench_open, bench_close, NULL }

int main(int argc, char **argv) {
        const struct CMUnitTest tests[] = {
                BENCH("ownership changes from a file [4.1.1] [4.2.1.3]", test_ownership),
                BENCH("common parts and facilities from a file [4.1.1] [4.2.2.2]", test_facility),
                BENCH("a dwelling without a unit in a file of ownership changes [4.1.1] [4.2.1.3]",
                        test_units),
                BENCH("a building table that says less than what is there [4.1.1] [15.2.4]", test_says_less),
                BENCH("twenty owners of each of a hundred dwellings [4.1.1] [15.2.4]", test_many_owners),
                BENCH("what was put right is in the report of a table and of a workbook [4.1.1]",
                        test_put_right),
                BENCH("ownership changes from a workbook [4.1.1] [4.2.1.3]", test_workbook),
        };

        if (argc == 2 && strcmp(argv[1], "parse") == 0)
                return parse_process_main();
        if (argc != 2)
                return 2;
        import_samples = argv[1];
        return cmocka_run_group_tests(tests, NULL, NULL);
}
