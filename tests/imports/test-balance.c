/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of legacy balances through the parse process and the store: the samples give exactly what their
 * .expected.json says, and every rule of an amount by itself. This program is the parse process too. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include <internal/papers.h>
#include <internal/sheets.h>
#include <node/money.h>

#include "import-bench.h"

#define CODES_MAX 4

static json_t *expected(const char *name) {
        char path[1000];

        snprintf(path, sizeof(path), "%s/%s.expected.json", import_samples, name);
        json_t *object = json_load_file(path, 0, NULL);
        assert_non_null(object);
        return object;
}

static void command_do(Bench *bench, const char *name, const char *key, const char *input) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        const Command *command = registry_command(bench->registry, name);
        const Caller caller = { .person = bench->clerk.person, .office = bench->clerk.office, .key = key };
        json_t *object = json_loads(input, 0, NULL);
        FieldFault fault;
        Reply reply;

        void *row = arena_alloc(arena, command->input->size);
        assert_int_equal(record_from_json(command->input, object, arena, row, &fault), 0);
        command_execute(&bench->engine, &caller, command, row, arena, &reply);
        assert_int_equal(reply.result, 0);
        json_decref(object);
}

static void office_open(Bench *bench, const char *building_table) {
        Digest upload = sample_upload(bench, building_table);

        command_do(bench, "accounting.create_book", "book",
                "{\"name\":\"商品住宅维修资金\",\"nature\":\"commodity\"}");
        json_decref(import_run(bench, &upload, IMPORT_ALL_OR_NOTHING, "done"));
}

static void money_is(int64_t fen, const json_t *wanted, const char *what) {
        char text[MONEY_TEXT_MAX];

        money_format((Money){ fen }, text);
        if (wanted && strcmp(text, json_string_value(wanted)) != 0)
                fail_msg("%s is %s, not %s", what, text, json_string_value(wanted));
}

/* Sums of what stands in the store, by the first column of sql, against an object of the expected results.
 */
static void stored_are(const Bench *bench, const char *sql, const json_t *wanted, bool amounts) {
        static const char *const names[] = { "due", "paid", "more", "ret", "used", "bal" };
        sqlite3_stmt *statement;
        sqlite3 *db;
        size_t n = 0;

        assert_int_equal(sqlite3_open(strchr(bench->dsn, ':') + 1, &db), SQLITE_OK);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
        while (sqlite3_step(statement) == SQLITE_ROW) {
                const json_t *line =
                        json_object_get(wanted, (const char *) sqlite3_column_text(statement, 0));
                assert_non_null(line);
                n++;
                assert_int_equal(sqlite3_column_int64(statement, 1),
                        json_integer_value(amounts ? json_object_get(line, "rows") : line));
                for (int i = 0; amounts && i < 6; i++)
                        money_is(sqlite3_column_int64(statement, 2 + i), json_object_get(line, names[i]),
                                names[i]);
                if (amounts)
                        money_is(sqlite3_column_int64(statement, 3), json_object_get(line, "in"), "in");
        }
        assert_int_equal(n, json_object_size(wanted));
        sqlite3_finalize(statement);
        sqlite3_close(db);
}

#define SUMS                                                                                                \
        "COUNT(*), SUM(l.due), SUM(l.paid), SUM(l.more), SUM(l.returns), SUM(l.used), SUM(l.balance)"       \
        " FROM opening_line l JOIN apartment p ON p.id = l.apartment_id JOIN building b ON b.id = "         \
        "p.building_id"
static const char by_building[] = "SELECT b.name, " SUMS " GROUP BY b.name";
static const char by_use[] = "SELECT CASE p.use_code WHEN '01' THEN '住宅' WHEN '02' THEN '商业' WHEN '04'"
                             " THEN '车位' END, " SUMS " GROUP BY p.use_code";

static void totals_are(const json_t *result, const json_t *wanted) {
        static const char *const names[][2] = { { "首期应交", "due" }, { "首期实交", "paid" },
                { "首期实交", "in" }, { "续交", "more" }, { "分摊收益", "ret" }, { "累计使用", "used" },
                { "余额", "bal" } };
        const json_t *total;
        size_t i, compared = 0;

        json_array_foreach(json_object_get(result, "totals"), i, total) for (size_t k = 0;
                                                                             k < ELEMENTSOF(names); k++) {
                const json_t *text = json_object_get(wanted, names[k][1]);
                if (!text || strcmp(json_string_value(json_object_get(total, "name")), names[k][0]) != 0)
                        continue;
                Money shown;
                assert_int_equal(money_parse(json_string_value(json_object_get(total, "value")), &shown), 0);
                money_is(shown.fen, text, names[k][0]);
                compared++;
        }
        assert_int_equal(compared, json_object_size(wanted));
}

static const char *row_name(const json_t *entry) {
        return json_object_get(entry, "row") ? "row" : "line";
}

/* Findings of a level line by line; codes too where the list has them. */
static void findings_are(const json_t *result, const char *level, const json_t *wanted) {
        const json_t *finding;
        size_t i, at = 0;

        json_array_foreach(json_object_get(result, "findings"), i, finding) {
                if (strcmp(json_string_value(json_object_get(finding, "level")), level) != 0)
                        continue;
                const json_t *entry = json_array_get(wanted, at++), *code = json_object_get(entry, "code");
                assert_int_equal(number(finding, "line"), number(entry, row_name(entry)));
                if (code)
                        assert_string_equal(json_string_value(json_object_get(finding, "code")),
                                json_string_value(code));
                assert_true(strlen(json_string_value(json_object_get(finding, "message"))) > 10);
        }
        assert_int_equal(at, json_array_size(wanted));
}

static void sample_is(Bench *bench, const char *building_table, const char *name, const char *file) {
        const Importer *importer = importer_find(bench->registry, "balance");
        json_t *wanted = expected(name);
        office_open(bench, building_table);
        Digest upload = sample_upload(bench, file), before = business_digest(bench);

        for (ImportMode mode = IMPORT_PREVIEW; mode <= IMPORT_GOOD_ROWS;
                mode += IMPORT_GOOD_ROWS - IMPORT_PREVIEW) {
                json_t *result = importer_run(bench, importer, &upload, mode, "done");
                assert_int_equal(number(result, "accepted"), number(wanted, "accepted_rows"));
                assert_int_equal(number(result, "rejected"), number(wanted, "rejected_rows"));
                totals_are(result, json_object_get(wanted, "accepted_totals"));
                findings_are(result, "reject", json_object_get(wanted, "rejected"));
                findings_are(result, "warning", json_object_get(wanted, "normalised_or_warned"));
                json_decref(result);
                Digest after = business_digest(bench);
                assert_int_equal(memcmp(before.bytes, after.bytes, sizeof(before.bytes)) == 0,
                        mode == IMPORT_PREVIEW);
        }
        stored_are(bench, by_building, json_object_get(wanted, "accepted_by_building"), true);
        stored_are(bench, by_use, json_object_get(wanted, "accepted_by_use"), false);
        json_t *result = importer_run(bench, importer, &upload, IMPORT_GOOD_ROWS, "done");
        assert_int_equal(number(result, "created"), 0);
        assert_int_equal(number(result, "unchanged"), number(wanted, "accepted_rows"));
        json_decref(result);
        json_decref(wanted);
}

static void test_clean(void **state) {
        sample_is(*state, "clean_building", "clean_balance", "clean_balance.csv");
}

static void test_mild(void **state) {
        sample_is(*state, "mild_building_corrected", "mild_balance", "mild_balance.xlsx");
}

typedef struct RowCase {
        const char *cells; /* room, then 应交 实交 续交 收益 使用 余额 日期 票据, separated by | */
        const char *code; /* of the rejection, or NULL */
        const char *warning;
} RowCase;

static const RowCase cases[] = {
        { "101|6361.50|6361.50|0.00|805.37|0.00|7166.87|2014-08-01|1", NULL, NULL },
        { "102|||-|677.53|-|677.53||", NULL, NULL },
        { "201|6,361.50|￥6,361.50元||-||6361.50|2014.8.1|", NULL, "NORMALISED_UNIT" },
        { "202||0.636150万元||||6361.50||", NULL, "NORMALISED_UNIT" },
        { "301||６３６１．５０||||6361.50||", NULL, "NORMALISED_WIDTH" },
        { "302||6361.4999999999||||6361.50||", NULL, "NORMALISED_NOISE" },
        { "901||6361.505||||6361.50||", "AMT_PRECISION", NULL },
        { "902||6.4E+03||||6361.50||", "AMT_SCIENTIFIC", NULL },
        { "903||未交||||6361.50||", "AMT_NOT_NUMERIC", NULL },
        { "904||100||||||", "AMT_MISSING", NULL },
        { "905||100||||-||", "AMT_MISSING", NULL },
        { "906||-100||||-100||", "NEGATIVE", NULL },
        { "907||100|||200|-100||", "NEGATIVE", NULL },
        { "908||1000000.01||||1000000.01||", "AMT_RANGE", NULL },
        { "909||100||||100.01||", "BALANCE_MISMATCH", NULL },
        { "910||100||||100|2014-13-01|", "DATE_INVALID", NULL },
        { "911||100||||100|1997-12-31|", "DATE_RANGE", NULL },
        { "912||100||||100||12345678901234567890123456789012345678901", "BILL_TOO_LONG", NULL },
        { "999||100||||100||", "ORPHAN", NULL },
        { "101||100||||100||", "DUP_KEY", NULL },
};

/* Each row in a file of its own kind: all together, because rows do not meddle with each other. */
static void test_rows(void **state) {
        Bench *bench = *state;
        char text[8192] =
                "幢号,单元号,房号,首期应交,交存合计,续交,利息,使用合计,余额,最近交存日,票据号码\r\n";
        size_t size = strlen(text), at = 0, i;
        const json_t *finding;

        office_open(bench, "clean_building");
        for (i = 0; i < ELEMENTSOF(cases); i++) {
                char row[256], *cell, *rest = row;
                snprintf(row, sizeof(row), "%s", cases[i].cells);
                size += (size_t) snprintf(text + size, sizeof(text) - size, "1,1");
                while ((cell = strsep(&rest, "|")))
                        size += (size_t) snprintf(text + size, sizeof(text) - size,
                                strchr(cell, ',') ? ",\"%s\"" : ",%s", cell);
                size += (size_t) snprintf(text + size, sizeof(text) - size, "\r\n");
        }
        Digest upload = bytes_upload(bench, (Bytes){ (const uint8_t *) text, size });
        json_t *result = importer_run(
                bench, importer_find(bench->registry, "balance"), &upload, IMPORT_PREVIEW, "done");
        const json_t *findings = json_object_get(result, "findings");
        for (int warnings = 0; warnings < 2; warnings++) /* what keeps a row out is told first */
                for (i = 0; i < ELEMENTSOF(cases); i++) {
                        const char *wanted = warnings ? cases[i].warning : cases[i].code;
                        if (!wanted)
                                continue;
                        finding = json_array_get(findings, at++);
                        assert_int_equal(number(finding, "line"), i + 2);
                        assert_string_equal(json_string_value(json_object_get(finding, "code")), wanted);
                        assert_string_equal(json_string_value(json_object_get(finding, "level")),
                                warnings ? "warning" : "reject");
                }
        assert_int_equal(json_array_size(findings), at);
        assert_int_equal(number(result, "accepted"), 6);
        json_decref(result);
}

/* A unit that a heading or the line above the table says is the unit of every row; a heading decides before
 * the line. */
static void test_units(void **state) {
        static const char heading[] =
                "幢号,单元号,房号,交存合计(万元),利息(元),余额（万元）\r\n1,1,101,0.71,66.87,0.716687\r\n"
                "合计,,,0.71,66.87,0.8\r\n";
        static const char above[] =
                "示范花园（样例）分户余额表,,,,\r\n单位:万元,,,,\r\n幢号,单元号,房号,交存额,余额\r\n"
                "1,1,101,0.716687,0.716687\r\n";
        static const char above_note[] = "注：单户余额超过10万元的请另附说明,,,,\r\n人民币 "
                                         "（元）,,,,\r\n幢号,单元号,房号,交存额,余额\r\n"
                                         "1,1,101,88.50,88.50\r\n";
        Bench *bench = *state;
        const Importer *importer = importer_find(bench->registry, "balance");

        office_open(bench, "clean_building");
        Digest upload = bytes_upload(bench, (Bytes){ (const uint8_t *) above_note, strlen(above_note) });
        json_t *said = importer_run(bench, importer, &upload, IMPORT_PREVIEW, "done"),
               *yuan = json_pack("{s:s, s:s}", "paid", "88.50", "bal", "88.50");
        totals_are(said, yuan);
        json_decref(yuan);
        json_decref(said);
        upload = bytes_upload(bench, (Bytes){ (const uint8_t *) heading, strlen(heading) });
        json_t *result = importer_run(bench, importer, &upload, IMPORT_PREVIEW, "done");
        json_t *wanted = json_pack("{s:s, s:s, s:s}", "paid", "7100.00", "ret", "66.87", "bal", "7166.87");
        totals_are(result, wanted);
        json_decref(wanted);
        const json_t *note = json_array_get(json_object_get(result, "findings"), 0);
        assert_string_equal(json_string_value(json_object_get(note, "code")), "TOTAL_DIFFERS");
        assert_string_equal(json_string_value(json_object_get(note, "level")), "note");
        json_decref(result);
        upload = bytes_upload(bench, (Bytes){ (const uint8_t *) above, strlen(above) });
        result = importer_run(bench, importer, &upload, IMPORT_PREVIEW, "done");
        wanted = json_pack("{s:s, s:s}", "paid", "7166.87", "bal", "7166.87");
        totals_are(result, wanted);
        json_decref(wanted);
        assert_int_equal(number(result, "accepted"), 1);
        json_decref(result);
        static const char other[] = "幢号,单元号,房号,业主姓名\r\n1,1,101,何涛\r\n";
        upload = bytes_upload(bench, (Bytes){ (const uint8_t *) other, strlen(other) });
        result = importer_run(bench, importer, &upload, IMPORT_PREVIEW, "failed");
        json_decref(result);
}

#define BENCH(name, test)                                                                                   \
        { name, test, bench_open, bench_close, NULL }

int main(int argc, char **argv) {
        const struct CMUnitTest tests[] = {
                BENCH("clean_balance.csv gives exactly what is expected [4.1.1] [15.2.4]", test_clean),
                BENCH("mild_balance.xlsx gives exactly what is expected [4.1.1] [15.2.4]", test_mild),
                BENCH("each rule of a balance row by itself [4.1.1] [15.2.4]", test_rows),
                BENCH("units in headings and above the table [4.1.1] [15.2.4]", test_units),
        };

        if (argc == 2 && strcmp(argv[1], "parse") == 0)
                return parse_process_main();
        if (argc != 2)
                return 2;
        import_samples = argv[1];
        return cmocka_run_group_tests(tests, NULL, NULL);
}
