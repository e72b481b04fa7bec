/* SPDX-License-Identifier: Apache-2.0 */
/* The real notice and slip of a posted payment: text, same bytes for ever, nobody else's, nothing outside
 * its box. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <internal/keys-process.h>
#include <internal/papers.h>
#include <modules/modules.h>

#define OFFICE 510129
#define PDF_BYTES_MAX (8u << 20)
#define NAME_CHARACTERS 100 /* as long as the field of an area's name allows */

static int64_t now_ms = INT64_C(1795406400000); /* 2026-11-23, noon */

static Instant bench_now(void *data) {
        return (Instant){ now_ms++ };
}

static int64_t bench_monotonic(void *data) {
        return clock_real.monotonic_ms(clock_real.data);
}

static void bench_random(void *data, void *ret, size_t size_bytes) {
        clock_real.random(clock_real.data, ret, size_bytes);
}

static const Clock bench_clock = { bench_now, bench_monotonic, bench_random, NULL };

typedef struct Bench {
        char folder[64], blobs[100], dsn[100];
        const Module *list[32];
        Keys keys;
        Registry *registry;
        Engine engine;
        int key;
        Id notice, payment;
} Bench;

/* Runs a command as a person; the number in the answer's member, or 0 where none is asked for. */
static int64_t run(Bench *bench, int64_t person, const char *command, const char *answer, json_t *input) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        const Command *found = registry_command(bench->registry, command);
        char key[24];
        Reply reply;

        assert_non_null(arena);
        assert_non_null(found);
        assert_non_null(input);
        snprintf(key, sizeof(key), "paper-%d", ++bench->key);
        const Caller caller = { .person = { person }, .office = OFFICE, .key = key };
        command_execute_json(&bench->engine, &caller, found, input, arena, &reply);
        json_decref(input);
        if (reply.result < 0)
                fail_msg("%s: %d %s", command, reply.result, reply.refusal.code ? reply.refusal.code : "");
        if (!answer)
                return 0;
        json_t *output = record_to_json(found->output, reply.output);
        const char *text = json_string_value(json_object_get(output, answer));
        assert_non_null(text);
        int64_t value = strtoll(text, NULL, 10);
        json_decref(output);
        return value;
}

static const char *id_text(int64_t id) {
        static char texts[4][24];
        static unsigned at;
        char *text = texts[at++ % 4];

        snprintf(text, sizeof(texts[0]), "%lld", (long long) id);
        return text;
}

static void payment_enter(Bench *bench, const char *reference) {
        bench->payment.value = run(bench, 1, "deposit.enter_payment", "payment_id",
                json_pack("{s:s, s:s, s:s, s:s, s:s}", "notice_id", id_text(bench->notice.value), "amount",
                        "714960", "method", "01", "bank_reference", reference, "value_date", "2026-11-23"));
}

static void reverse(Bench *bench) {
        run(bench, 3, "deposit.reverse", NULL,
                json_pack("{s:s, s:s}", "payment_id", id_text(bench->payment.value), "reason", "银行退回"));
}

static void payment_make(Bench *bench) {
        char name[3 * NAME_CHARACTERS + 1] = "";

        for (int i = 0; i < NAME_CHARACTERS; i++)
                strcat(name, i % 2 ? "苑" : "橘");
        int64_t book = run(bench, 3, "accounting.create_book", "id",
                json_pack("{s:s, s:s}", "name", "商品住宅维修资金", "nature", "commodity"));
        run(bench, 3, "accounting.create_bank_account", NULL,
                json_pack("{s:s, s:s, s:s, s:s}", "book_id", id_text(book), "bank_name", "甲银行",
                        "account_name", "维修资金专户", "account_number", "990000000001"));
        run(bench, 3, "deposit.create_standard", NULL,
                json_pack("{s:s, s:s, s:s, s:s}", "name", "全部房屋", "building_class", "00", "per_m2",
                        "8000", "valid_from", "2008-02-01"));
        int64_t area = run(bench, 1, "essential.create_property_area", "id",
                json_pack("{s:s, s:s}", "name", name, "division", "510129"));
        int64_t building = run(bench, 1, "essential.create_building", "id",
                json_pack("{s:s, s:s}", "property_area_id", id_text(area), "name", "3"));
        int64_t unit = run(bench, 1, "essential.create_unit", "id",
                json_pack("{s:s, s:s}", "building_id", id_text(building), "name", "-"));
        run(bench, 1, "essential.create_apartment", NULL,
                json_pack("{s:s, s:s, s:s, s:s}", "unit_id", id_text(unit), "room_number", "1201",
                        "covered_area", "8937", "use_code", "01"));
        run(bench, 1, "deposit.assess", NULL, json_pack("{s:s}", "property_area_id", id_text(area)));
        bench->notice.value = run(bench, 1, "deposit.issue_notice", "first_notice_id",
                json_pack("{s:s}", "property_area_id", id_text(area)));
        payment_enter(bench, "T1");
}

static int bench_open(void **state) {
        Bench *bench = calloc(1, sizeof(Bench));
        Store *store;

        if (!bench || n_modules + 2 > ELEMENTSOF(bench->list))
                return -1;
        strcpy(bench->folder, "/tmp/fundnode-papers-XXXXXX");
        if (!mkdtemp(bench->folder))
                return -1;
        snprintf(bench->blobs, sizeof(bench->blobs), "%s/blobs", bench->folder);
        snprintf(bench->dsn, sizeof(bench->dsn), "sqlite:%s/business.db", bench->folder);
        const StoreOptions options = { .id = STORE_BUSINESS,
                .dsn = bench->dsn,
                .clock = &bench_clock,
                .readers = 2,
                .inline_writer = true };
        bench->list[0] = &module_documents;
        memcpy(bench->list + 1, modules, n_modules * sizeof(modules[0]));
        int r = registry_new(bench->list, n_modules + 1, CAPABILITY_BUSINESS, &bench->registry);
        if (r == 0)
                r = keys_simulation(1, &bench->keys);
        if (r == 0)
                r = store_open(&options, &store);
        if (r < 0)
                return -1;
        bench->engine = (Engine){ .registry = bench->registry,
                .stores = { [STORE_BUSINESS] = store },
                .keys = &bench->keys,
                .clock = &bench_clock,
                .digest_kind = DIGEST_SM3,
                .division = "510129" };
        *state = bench;
        return engine_migrate(bench->registry, store);
}

static int bench_close(void **state) {
        Bench *bench = *state;
        char command[100];

        store_close(bench->engine.stores[STORE_BUSINESS]);
        keys_close(&bench->keys);
        registry_free(bench->registry);
        snprintf(command, sizeof(command), "rm -r '%s'", bench->folder);
        free(bench);
        return system(command);
}

static int print(Bench *bench, int64_t office, const char *paper, Id subject, Buffer *pdf) {
        const Paper *found = paper_find(bench->registry, paper);

        assert_non_null(found);
        buffer_reset(pdf);
        return paper_print(&bench->engine, &(Caller){ .person = { 1 }, .office = office }, found, subject,
                bench->blobs, pdf);
}

/* The words of a PDF, blanks and line ends taken out. */
static void pdf_text(const Bench *bench, const Buffer *pdf, char *ret, size_t max) {
        char path[100], command[200];
        size_t n = 0;
        int c;

        snprintf(path, sizeof(path), "%s/paper.pdf", bench->folder);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(pdf->data, 1, pdf->size, file), pdf->size);
        fclose(file);
        snprintf(command, sizeof(command), "pdftotext -enc UTF-8 '%s' -", path);
        file = popen(command, "r");
        assert_non_null(file);
        while ((c = getc(file)) != EOF && n + 1 < max)
                if (c != ' ' && c != '\n' && c != '\f')
                        ret[n++] = (char) c;
        ret[n] = 0;
        assert_int_equal(pclose(file), 0);
}

static int64_t integer(const Bench *bench, const char *sql) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        const Query query = { sql, sql };
        int64_t value;

        assert_int_equal(store_read_begin(bench->engine.stores[STORE_BUSINESS], &tx), 0);
        assert_int_equal(tx_integer(tx, &query, SQL_NO_ARGS, &value), 0);
        return value;
}

static void test_papers(void **state) {
        Bench *bench = *state;
        Buffer pdf = BUFFER_INIT(PDF_BYTES_MAX), again = BUFFER_INIT(PDF_BYTES_MAX);
        char text[8000];

        payment_make(bench);
        assert_int_equal(print(bench, OFFICE, "deposit.notice", bench->notice, &pdf), 0);
        pdf_text(bench, &pdf, text, sizeof(text));
        assert_non_null(strstr(text, "柒仟壹佰肆拾玖元陆角整"));
        /* what is not posted has no slip */
        assert_int_equal(print(bench, OFFICE, "deposit.slip", bench->payment, &pdf), -ENOENT);
        run(bench, 2, "deposit.post", NULL, json_pack("{s:s}", "payment_id", id_text(bench->payment.value)));
        assert_int_equal(print(bench, OFFICE, "deposit.slip", bench->payment, &pdf), 0);
        pdf_text(bench, &pdf, text, sizeof(text));
        assert_non_null(strstr(text, "柒仟壹佰肆拾玖元陆角整"));
        assert_non_null(strstr(text, "7,149.60"));
        assert_non_null(strstr(text, "89.37"));
        assert_non_null(strstr(text, "3幢1201室"));
        assert_non_null(strstr(text, "2026年11月第1号"));
        assert_null(strstr(text, "单元"));

        now_ms += 86400000;
        assert_int_equal(print(bench, OFFICE, "deposit.slip", bench->payment, &again), 0);
        assert_int_equal(again.size, pdf.size);
        assert_memory_equal(again.data, pdf.data, pdf.size);
        assert_int_equal(print(bench, OFFICE + 1, "deposit.slip", bench->payment, &again), -ENOENT);
        assert_int_equal(print(bench, OFFICE + 1, "deposit.notice", bench->notice, &again), -ENOENT);
        /* a reversal leaves the slip that was handed out as it is, and makes no new one */
        reverse(bench);
        assert_int_equal(print(bench, OFFICE, "deposit.slip", bench->payment, &again), 0);
        assert_memory_equal(again.data, pdf.data, pdf.size);
        payment_enter(bench, "T2");
        run(bench, 2, "deposit.post", NULL, json_pack("{s:s}", "payment_id", id_text(bench->payment.value)));
        reverse(bench);
        assert_int_equal(print(bench, OFFICE, "deposit.slip", bench->payment, &again), -ENOENT);
        assert_int_equal(integer(bench, "SELECT COUNT(*) FROM paper"), 2);
        assert_int_equal(integer(bench, "SELECT SUM(pages) FROM paper"), 2);
        /* a hundred characters of area name fit without a single cut */
        assert_int_equal(integer(bench, "SELECT SUM(cuts) FROM paper"), 0);
        buffer_done(&pdf);
        buffer_done(&again);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "notice and slip: words, same bytes, own office, long names [5.2.1.4] [14.4.5]",
                        test_papers, bench_open, bench_close, NULL },
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
