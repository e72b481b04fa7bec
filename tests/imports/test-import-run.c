/* SPDX-License-Identifier: Apache-2.0 */
/* Imports from upload to report: a real store, the runs' thread, the parse process (this program again). */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <essential/essential.h>
#include <internal/papers.h>
#include <internal/sheets.h>

#include "import-bench.h"

static void test_preview(void **state) {
        Bench *bench = *state;
        Digest upload = sample_upload(bench, "mild_building"), before = business_digest(bench);
        json_t *result = import_run(bench, &upload, IMPORT_PREVIEW, "done");
        Digest after = business_digest(bench);

        assert_memory_equal(before.bytes, after.bytes, sizeof(before.bytes));
        assert_int_equal(number(result, "accepted"), 80);
        assert_int_equal(number(result, "rejected"), 5);
        assert_int_equal(number(result, "rows"), 85);
        assert_string_equal(json_string_value(json_object_get(result, "encoding")), "GB18030");
        assert_string_equal(json_string_value(json_object_get(result, "file")), "样例.csv");
        assert_string_equal(json_string_value(json_object_get(result, "mode")), "preview");
        assert_null(json_object_get(result, "known"));
        assert_int_equal(json_array_size(json_object_get(result, "sample")), 10);
        json_decref(result);
}

static void test_all_or_nothing(void **state) {
        Bench *bench = *state;
        Digest upload = sample_upload(bench, "mild_building"), before = business_digest(bench);
        json_t *result = import_run(bench, &upload, IMPORT_ALL_OR_NOTHING, "failed");
        Digest after = business_digest(bench);

        assert_memory_equal(before.bytes, after.bytes, sizeof(before.bytes));
        error_is(result, "documents.rows_rejected");
        json_decref(result);
        upload = sample_upload(bench, "clean_building");
        result = import_run(bench, &upload, IMPORT_ALL_OR_NOTHING, "done");
        assert_int_equal(number(result, "created"), 134);
        json_decref(result);
}

static void counts_are(Bench *bench, const char *name, int64_t created, int64_t changed, int64_t unchanged) {
        Digest upload = sample_upload(bench, name);
        json_t *result = import_run(bench, &upload, IMPORT_GOOD_ROWS, "done");

        assert_int_equal(number(result, "created"), created);
        assert_int_equal(number(result, "changed"), changed);
        assert_int_equal(number(result, "unchanged"), unchanged);
        json_decref(result);
}

static void test_good_rows(void **state) {
        Bench *bench = *state;
        Digest upload = sample_upload(bench, "mild_building");

        counts_are(bench, "mild_building", 80, 0, 0);
        json_t *result = import_run(bench, &upload, IMPORT_PREVIEW, "done");
        const json_t *known = json_object_get(result, "known");
        assert_string_equal(json_string_value(json_object_get(known, "file")), "样例.csv");
        assert_string_equal(json_string_value(json_object_get(known, "person")), "7001");
        json_decref(result);
        counts_are(bench, "mild_building", 0, 0, 80);
        counts_are(bench, "mild_building_corrected", 4, 80, 0);
        counts_are(bench, "mild_building_corrected", 0, 0, 84);
}

/* The report is the file again, line by line, with what was said of each line behind it. */
static void test_report(void **state) {
        Bench *bench = *state;
        Digest upload = sample_upload(bench, "clean_building");
        Bytes bytes = sample_bytes("clean_building");
        Buffer csv = BUFFER_INIT(REPORT_BYTES_MAX);

        json_decref(import_run(bench, &upload, IMPORT_PREVIEW, "done"));
        assert_int_equal(imports_run_report(&bench->imports, &bench->clerk, bench->last, &csv), 0);
        buffer_append(&csv, "", 1);
        assert_int_equal(buffer_error(&csv), 0);
        char *from = (char *) bytes.data, *at = (char *) csv.data;
        for (size_t line = 0; line < 135; line++) {
                size_t size = strcspn(from, "\r");
                assert_memory_equal(at, from, size);
                const char *more = line ? ",,,\r\n" : ",检查结果代码,问题说明,已自动规范、请核对的内容\r\n";
                assert_memory_equal(at + size, more, strlen(more));
                at += size + strlen(more);
                from += size + 2;
        }
        assert_string_equal(at, "");
        free((void *) bytes.data);
        buffer_reset(&csv);

        upload = sample_upload(bench, "mild_building");
        json_decref(import_run(bench, &upload, IMPORT_GOOD_ROWS, "done"));
        assert_int_equal(imports_run_report(&bench->imports, &bench->clerk, bench->last, &csv), 0);
        buffer_append(&csv, "", 1);
        assert_true(text_is_utf8((const char *) csv.data, csv.size - 1));
        assert_non_null(strstr(
                (const char *) csv.data, "许海军,990000199409114709,2013/4/1,AREA_MISSING,建筑面积(㎡): "));
        assert_non_null(strstr((const char *) csv.data, "王㵲,990000195001084536,2013-04-01,,,\r\n"));
        assert_non_null(strstr((const char *) csv.data, ",\"7,752.23\",,,,,TOTAL_DIFFERS,"));
        const Caller other = { .person = { 7002 }, .office = 510129 };
        assert_int_equal(imports_run_report(&bench->imports, &other, bench->last, &csv), -ENOENT);
        buffer_done(&csv);
}

/* A stranger's file may hold formulas; the report does not hand them on to a spreadsheet. */
/* Of 600 widths put right and one bad row behind them, the bad row is told; no inner area is set against
 * none. */
static void test_bad_told_first(void **state) {
        Bench *bench = *state;
        Buffer table = BUFFER_INIT(REPORT_BYTES_MAX);
        size_t i;
        const json_t *finding;

        buffer_text(&table, "小区名称,幢号,单元号,房号,建筑面积(㎡),房屋用途,业主姓名,证件号码\r\n");
        for (int room = 1; room <= 600; room++)
                buffer_printf(
                        &table, "宽字里,1幢,1单元,%d,８０.00,住宅,王样例,11010519491231002X\r\n", room);
        buffer_text(&table, "宽字里,1幢,1单元,601,-5,住宅,王样例,11010519491231002X\r\n");
        Digest upload = bytes_upload(bench, (Bytes){ table.data, table.size });
        json_t *result = import_run(bench, &upload, IMPORT_PREVIEW, "done"), *findings;
        findings = json_object_get(result, "findings");
        size_t rejects = 0;
        json_array_foreach(findings, i, finding) {
                if (strcmp(json_string_value(json_object_get(finding, "level")), "reject") != 0)
                        continue;
                rejects++;
                assert_string_equal(json_string_value(json_object_get(finding, "code")), "AREA_RANGE");
        }
        assert_int_equal(rejects, 1);
        assert_int_equal(number(result, "rejected"), 1);
        json_decref(result);
        buffer_done(&table);
}

static void test_report_formulas(void **state) {
        static const char line[] = "\xef\xbb\xbf=cmd|' /C calc'!A0,-1+2,-3.50,-,@x\r\n";
        Bench *bench = *state;
        Bytes sample = sample_bytes("clean_building");
        Buffer file = BUFFER_INIT(REPORT_BYTES_MAX), csv = BUFFER_INIT(REPORT_BYTES_MAX);
        size_t mark = 3 * (memcmp(sample.data, line, 3) == 0);

        buffer_text(&file, line);
        buffer_append(&file, sample.data + mark, sample.size - mark);
        Digest upload = bytes_upload(bench, (Bytes){ file.data, file.size });
        json_decref(import_run(bench, &upload, IMPORT_PREVIEW, "done"));
        assert_int_equal(imports_run_report(&bench->imports, &bench->clerk, bench->last, &csv), 0);
        buffer_append(&csv, "", 1);
        const char *expected = "\xef\xbb\xbf\"\t=cmd|' /C calc'!A0\",\"\t-1+2\",-3.50,-,\"\t@x\",";
        assert_memory_equal(csv.data, expected, strlen(expected));
        free((void *) sample.data);
        buffer_done(&file);
        buffer_done(&csv);
}

static void test_no_tables(void **state) {
        Bench *bench = *state;
        const struct {
                Bytes bytes;
                const char *code;
        } files[] = {
                { { (const uint8_t *) "PK\003\004\0\0", 6 }, "documents.not_a_table" },
                { { (const uint8_t *) "a,b\n1,2\n", 8 }, "documents.no_header" },
                { { (const uint8_t *) "", 0 }, "documents.no_header" },
        };

        for (size_t i = 0; i < ELEMENTSOF(files); i++) {
                Digest upload = bytes_upload(bench, files[i].bytes);
                json_t *result = import_run(bench, &upload, IMPORT_PREVIEW, "failed");
                error_is(result, files[i].code);
                json_decref(result);
        }
        uint8_t *wide = malloc(200);
        assert_non_null(wide);
        memset(wide, ',', 200);
        Digest upload = bytes_upload(bench, (Bytes){ wide, 200 });
        json_t *result = import_run(bench, &upload, IMPORT_PREVIEW, "failed");
        error_is(result, "documents.too_large");
        assert_int_equal(number(json_object_get(result, "error"), "line"), 1);
        json_decref(result);
        free(wide);
}

/* As a command would that leaves lines out: one line of the first part, one of the second. */
static int two_faults(const void *output, Arena *arena, const Finding **ret, size_t *ret_n) {
        const BuildingTableResult *result = output;
        static const Finding faults[] = { { .level = FINDING_REJECT, .line = 2, .code = "DUP_KEY" },
                { .level = FINDING_REJECT, .line = 135, .code = "KEY_MISSING" } };

        *ret = &faults[result->rows_total != BUILDING_TABLE_ROWS_MAX];
        *ret_n = 1;
        return 0;
}

static void test_faults(void **state) {
        Bench *bench = *state;
        Digest upload = sample_upload(bench, "clean_building");
        Importer importer = *importer_find(bench->registry, "building_table");
        Buffer csv = BUFFER_INIT(REPORT_BYTES_MAX);

        importer.faults = two_faults;
        json_t *result = importer_run(bench, &importer, &upload, IMPORT_GOOD_ROWS, "done");
        assert_int_equal(number(result, "left_out"), 2);
        const json_t *second = json_array_get(json_object_get(result, "faults"), 1);
        assert_int_equal(number(second, "line"), 135);
        assert_string_equal(json_string_value(json_object_get(second, "code")), "KEY_MISSING");
        assert_int_equal(imports_run_report(&bench->imports, &bench->clerk, bench->last, &csv), 0);
        buffer_append(&csv, "", 1);
        assert_non_null(strstr((const char *) csv.data, "990000197603246706,2014-08-01,DUP_KEY,与前面"));
        const char *end = strstr((const char *) csv.data, ",KEY_MISSING,幢号或房号");
        assert_non_null(end);
        assert_null(strchr(strchr(end, '\n') + 1, '\n'));
        json_decref(result);
        buffer_done(&csv);
}

static Digest text_upload(const Bench *bench, const char *text) {
        return bytes_upload(bench, (Bytes){ (const uint8_t *) text, strlen(text) });
}

static void counts_told(const json_t *told, int64_t created, int64_t changed, int64_t unchanged) {
        assert_int_equal(number(told, "created"), created);
        assert_int_equal(number(told, "changed"), changed);
        assert_int_equal(number(told, "unchanged"), unchanged);
}

static void told_before_and_done(
        Bench *bench, const Digest *upload, int64_t created, int64_t changed, int64_t unchanged) {
        Digest before = business_digest(bench);
        json_t *told = import_run(bench, upload, IMPORT_PREVIEW, "done");
        Digest after = business_digest(bench);

        assert_memory_equal(before.bytes, after.bytes, sizeof(before.bytes));
        counts_told(json_object_get(told, "expected"), created, changed, unchanged);
        json_decref(told);
        told = import_run(bench, upload, IMPORT_GOOD_ROWS, "done");
        counts_told(told, created, changed, unchanged);
        json_decref(told);
}

/* What the preview of a building table says is what the import then does. */
static void test_rehearsal(void **state) {
        Bench *bench = *state;
        Digest mild = sample_upload(bench, "mild_building"),
               corrected = sample_upload(bench, "mild_building_corrected");

        told_before_and_done(bench, &mild, 80, 0, 0);
        told_before_and_done(bench, &corrected, 4, 80, 0);
        told_before_and_done(bench, &corrected, 0, 0, 84);
        /* it says less than what is there: no inner areas, no lifts */
        told_before_and_done(bench, &mild, 0, 0, 80);
}

#define TABLE_HEADING "小区名称,幢号,单元,房号,建筑面积,业主姓名,证件号码\n"

/* The first name of the file holds: the file given again changes nothing. */
static void test_two_names(void **state) {
        Bench *bench = *state;
        Digest upload = text_upload(bench, TABLE_HEADING "示范苑,1,1,101,80.00,何涛,990000199008209969\n"
                                                         "示范苑,1,1,102,80.00,何滔,990000199008209969\n"
                                                         "示范苑,1,1,103,80.00,何涛,990000199008209969\n");
        json_t *told = import_run(bench, &upload, IMPORT_PREVIEW, "done");
        const json_t *findings = json_object_get(told, "findings"), *one = json_array_get(findings, 0);

        assert_int_equal(json_array_size(findings), 1);
        assert_int_equal(number(one, "line"), 3);
        assert_string_equal(json_string_value(json_object_get(one, "code")), "OWNER_NAMES");
        assert_string_equal(json_string_value(json_object_get(one, "level")), "warning");
        assert_int_equal(number(told, "accepted"), 3);
        json_decref(told);
        told_before_and_done(bench, &upload, 3, 0, 0);
        told_before_and_done(bench, &upload, 0, 0, 3);
}

static int64_t count_of(const Bench *bench, const Query *query) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int64_t n;

        assert_int_equal(store_read_begin(bench->engine.stores[STORE_BUSINESS], &tx), 0);
        assert_int_equal(tx_integer(tx, query, NULL, 0, &n), 0);
        return n;
}

static void code_add(Bench *bench, const char *set, const char *code, const char *name, const char *from) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1 << 20);
        json_t *input = json_pack("{s:s, s:s, s:s, s:s*}", "code_set", set, "code", code, "name", name,
                "valid_from", from);
        Caller caller = bench->clerk;
        Reply reply;

        caller.key = code;
        command_execute_json(&bench->engine, &caller, registry_command(bench->registry, "essential.add_code"),
                input, arena, &reply);
        json_decref(input);
        assert_int_equal(reply.result, 0);
}

/* A use or kind that the office has added is a word of its files from its first day on. */
static void test_own_codes(void **state) {
        static const Query uses = { "test.uses",
                "SELECT COUNT(*) FROM apartment WHERE use_code = '21' AND room_number LIKE 'A-0%'" };
        static const Query kinds = { "test.kinds", "SELECT COUNT(*) FROM organization WHERE kind = '91'" };
        Bench *bench = *state;

        code_add(bench, "house_use", "21", "人防车位（地下）", NULL);
        code_add(bench, "house_use", "22", "充电车位", "2026-11-24");
        code_add(bench, "organization_kind", "91", "街道办事处", "2026-01-01");
        Digest table = text_upload(bench, "小区名称,幢号,单元,房号,建筑面积,用途,业主姓名,证件号码\n"
                                          "示范苑,1,/,A-01,12.00,人防车位(地下),何涛,990000199008209969\n"
                                          "示范苑,1,/,A-02,12.00,21,何涛,990000199008209969\n"
                                          "示范苑,1,/,A-03,12.00,充电车位,何涛,990000199008209969\n");
        json_t *told = import_run(bench, &table, IMPORT_PREVIEW, "done");
        assert_string_equal(json_string_value(json_object_get(
                                    json_array_get(json_object_get(told, "findings"), 0), "code")),
                "USE_UNKNOWN");
        json_decref(told);
        told_before_and_done(bench, &table, 2, 0, 0);
        assert_int_equal(count_of(bench, &uses), 2);
        Digest list = text_upload(bench, "单位名称,类型,统一社会信用代码,电话,区划代码\n"
                                         "示范街道,街道办事处,91990000MA0000001B,13900000001,\n");
        json_decref(importer_run(bench, importer_find(bench->registry, "organizations"), &list,
                IMPORT_ALL_OR_NOTHING, "done"));
        assert_int_equal(count_of(bench, &kinds), 1);
}

static const Query divisions_all = { "test.divisions_all", "SELECT COUNT(*) FROM division" },
                   divisions_current = { "test.divisions_current",
                           "SELECT COUNT(*) FROM division WHERE valid_to = 0" };

/* A list, then a newer one: its preview tells what the import then does, and nothing is deleted. */
static void test_divisions(void **state) {
        Bench *bench = *state;
        const Importer *importer = importer_find(bench->registry, "divisions");
        Digest first = text_upload(bench, "code,name\n000000,全国\n510000,四川省\n510100,成都市\n510104,"
                                          "锦江区\n510129,大邑县\n510131,蒲江县\n"),
               newer = text_upload(bench,
                       "code,name\n510000,四川省\n510100,成都市\n510104,锦江新区\n510118,大邑区\n"
                       "510131,蒲江县\n");

        json_t *told = importer_run(bench, importer, &first, IMPORT_PREVIEW, "done");
        counts_told(json_object_get(told, "expected"), 6, 0, 0);
        assert_int_equal(count_of(bench, &divisions_all), 0);
        json_decref(told);
        told = importer_run(bench, importer, &first, IMPORT_GOOD_ROWS, "done");
        counts_told(told, 6, 0, 0);
        json_decref(told);

        Digest before = business_digest(bench);
        told = importer_run(bench, importer, &newer, IMPORT_PREVIEW, "done");
        Digest after = business_digest(bench);
        assert_memory_equal(before.bytes, after.bytes, sizeof(before.bytes));
        counts_told(json_object_get(told, "expected"), 1, 2, 3);
        const json_t *faults = json_object_get(told, "faults");
        assert_int_equal(json_array_size(faults), 2);
        assert_string_equal(json_string_value(json_object_get(json_array_get(faults, 0), "value")),
                "510104 锦江区 -> 锦江新区");
        assert_string_equal(
                json_string_value(json_object_get(json_array_get(faults, 1), "code")), "DIVISION_ENDS");
        assert_string_equal(
                json_string_value(json_object_get(json_array_get(faults, 1), "value")), "510129 大邑县");
        assert_int_equal(number(told, "left_out"), 0);
        json_decref(told);

        told = importer_run(bench, importer, &newer, IMPORT_ALL_OR_NOTHING, "done");
        counts_told(told, 1, 2, 3);
        json_decref(told);
        assert_int_equal(count_of(bench, &divisions_all), 8);
        assert_int_equal(count_of(bench, &divisions_current), 6);
        told = importer_run(bench, importer, &newer, IMPORT_GOOD_ROWS, "done");
        counts_told(told, 0, 0, 5);
        json_decref(told);
}

static Digest reference_upload(const Bench *bench, const char *name) {
        char path[100];

        snprintf(path, sizeof(path), "../../../../provisioning/reference/%s", name);
        return sample_upload(bench, path);
}

/* The whole country as provisioning/reference has it. */
static void test_references(void **state) {
        Bench *bench = *state;
        Digest counties = reference_upload(bench, "divisions"), streets = reference_upload(bench, "streets"),
               holidays = reference_upload(bench, "calendar-2026");

        json_t *told = importer_run(bench, importer_find(bench->registry, "divisions"), &counties,
                IMPORT_ALL_OR_NOTHING, "done");
        counts_told(told, 3352, 0, 0);
        json_decref(told);
        told = importer_run(
                bench, importer_find(bench->registry, "divisions"), &streets, IMPORT_ALL_OR_NOTHING, "done");
        counts_told(told, 1215, 0, 0);
        json_decref(told);
        told = importer_run(
                bench, importer_find(bench->registry, "divisions"), &counties, IMPORT_PREVIEW, "done");
        counts_told(json_object_get(told, "expected"), 0, 0, 3352);
        json_decref(told);
        told = importer_run(
                bench, importer_find(bench->registry, "calendar"), &holidays, IMPORT_ALL_OR_NOTHING, "done");
        counts_told(told, 39, 0, 0);
        json_decref(told);
}

/* One row is accepted, and one was left out by the store, which is a finding of its line. */
static void left_out_is(const json_t *told, int64_t accepted, int64_t rejected) {
        const json_t *findings = json_object_get(told, "findings"), *second = json_array_get(findings, 0);

        assert_int_equal(number(told, "accepted"), accepted);
        assert_int_equal(number(told, "rejected"), rejected);
        assert_int_equal(number(told, "left_out"), 1);
        assert_int_equal(json_array_size(findings), 2);
        assert_int_equal(number(second, "line"), 3);
        assert_string_equal(json_string_value(json_object_get(second, "code")), "DIVISION_UNKNOWN");
        assert_string_equal(json_string_value(json_object_get(second, "value")), "510999");
}

/* What the store leaves out is told before anything is imported. */
static void test_organizations(void **state) {
        Bench *bench = *state;
        const Importer *importer = importer_find(bench->registry, "organizations");
        Digest upload = text_upload(bench, "单位名称,类型,统一社会信用代码,电话,区划代码\n"
                                           "示范物业,物业公司,91990000MA0000001B,13900000001,510129\n"
                                           "示范审价,造价咨询,91990000MA0000002E,,510999\n"
                                           "无名,物业公司,91990000MA0000003X,,\n");
        Digest divisions = text_upload(bench, "code,name\n510129,大邑县\n");

        json_decref(importer_run(
                bench, importer_find(bench->registry, "divisions"), &divisions, IMPORT_GOOD_ROWS, "done"));
        json_t *told = importer_run(bench, importer, &upload, IMPORT_PREVIEW, "done");
        left_out_is(told, 1, 2);
        counts_told(json_object_get(told, "expected"), 1, 0, 0);
        json_decref(told);
        told = importer_run(bench, importer, &upload, IMPORT_ALL_OR_NOTHING, "failed");
        error_is(told, "documents.rows_rejected");
        left_out_is(told, 1, 2);
        json_decref(told);
        told = importer_run(bench, importer, &upload, IMPORT_GOOD_ROWS, "done");
        counts_told(told, 1, 0, 0);
        left_out_is(told, 1, 2);
        assert_null(json_object_get(told, "expected"));
        assert_string_equal(json_string_value(json_object_get(
                                    json_array_get(json_object_get(told, "faults"), 0), "code")),
                "DIVISION_UNKNOWN");
        json_decref(told);
        told = importer_run(bench, importer, &upload, IMPORT_GOOD_ROWS, "done");
        counts_told(told, 0, 0, 1);
        json_decref(told);
}

static int permit_nothing(
        void *identity, const Caller *caller, const Command *command, const Digest *input, Permit *ret) {
        return -EFORBIDDEN_;
}

static void test_refused(void **state) {
        Bench *bench = *state;
        const Importer *importer = importer_find(bench->registry, "building_table");
        Digest upload = sample_upload(bench, "clean_building"), gone = upload;
        Buffer csv = BUFFER_INIT(REPORT_BYTES_MAX);
        Id run;

        gone.bytes[0] ^= 1;
        assert_int_equal(imports_start(&bench->imports, &bench->clerk,
                                 &(ImportAsked){ importer, &gone, "x", IMPORT_PREVIEW }, &run),
                -ENOENT);
        json_decref(import_run(bench, &upload, IMPORT_PREVIEW, "done"));
        bench->engine.permit_command = permit_nothing;
        assert_int_equal(imports_start(&bench->imports, &bench->clerk,
                                 &(ImportAsked){ importer, &upload, "x", IMPORT_PREVIEW }, &run),
                -EFORBIDDEN_);
        assert_int_equal(
                imports_run_report(&bench->imports, &bench->clerk, bench->last, &csv), -EFORBIDDEN_);
        buffer_done(&csv);
}

static Digest part_digest(Bench *bench, const BuildingTableOwner owners[static 2]) {
        BuildingTableRow row = { .area_name = "样例里", .owners = { (void *) owners, 2 } };
        const BuildingTable part = { .rows = { &row, 1 } };
        Digest digest;

        assert_int_equal(command_digest(&bench->engine, &essential_import_building_table_rows, &part, &digest), 0);
        return digest;
}

/* Names and numbers enter the digest of a part under one MAC: what they are and whose they are. */
static void test_private_input(void **state) {
        static const BuildingTableOwner parts[][2] = {
                { { .name = "甲乙", .id_number = "1" }, { .name = "丙", .id_number = "2" } },
                { { .name = "甲", .id_number = "乙1" }, { .name = "丙", .id_number = "2" } },
                { { .name = "甲乙", .id_number = "1" }, { .name = "丙", .id_number = "3" } },
                { { .name = "甲乙", .id_number = "1" }, { .name = "丙", .id_number = "" } },
                { { .name = "甲乙", .id_number = "1" }, { .name = "", .id_number = "丙" } },
        };
        Digest digests[ELEMENTSOF(parts)];

        for (size_t i = 0; i < ELEMENTSOF(parts); i++) {
                digests[i] = part_digest(*state, parts[i]);
                Digest again = part_digest(*state, parts[i]);
                assert_true(digest_equal(&digests[i], &again));
                for (size_t k = 0; k < i; k++)
                        assert_false(digest_equal(&digests[k], &digests[i]));
        }
}

#define BENCH(name, test)                                                                                   \
        { name, test, bench_open, bench_close, NULL }

int main(int argc, char **argv) {
        const struct CMUnitTest tests[] = {
                BENCH("a preview changes nothing [4.1.1]", test_preview),
                BENCH("all or nothing [4.1.1]", test_all_or_nothing),
                BENCH("good rows, the same file again, the corrected one [4.1.1]", test_good_rows),
                BENCH("the report is the user's own file [4.1.1]", test_report),
                BENCH("the report disarms formulas [4.1.1]", test_report_formulas),
                BENCH("what keeps a row out is told before what was put right [4.1.1]", test_bad_told_first),
                BENCH("files that are no tables [4.1.1]", test_no_tables),
                BENCH("what the store left out is in the report [4.1.1]", test_faults),
                BENCH("a preview tells what the import does [4.1.1]", test_rehearsal),
                BENCH("one number with two names is one owner, told and not renamed [4.1.1] [4.2.1.1]",
                        test_two_names),
                BENCH("uses and kinds that an office has added are words of its files [3.0.3] [4.1.1]", test_own_codes),
                BENCH("a newer list of divisions: told before, nothing deleted [4.2.5A]", test_divisions),
                BENCH("the reference lists are taken whole [4.2.5A] [4.3.1]", test_references),
                BENCH("a list of organizations: told before, taken once [4.2.3] [4.2.5]",
                        test_organizations),
                BENCH("another owner, or another's value, is another input [14.3.2]", test_private_input),
                BENCH("no such upload, no right [4.1.1] [14.4.5]", test_refused),
        };

        if (argc == 2 && strcmp(argv[1], "parse") == 0)
                return parse_process_main();
        if (argc != 2)
                return 2;
        import_samples = argv[1];
        return cmocka_run_group_tests(tests, NULL, NULL);
}
