/* SPDX-License-Identifier: Apache-2.0 */
/* Verify sees what was changed behind the node's back, and names it. */
#include <stdio.h>
#include <string.h>

#include <example.h>
#include "fixture.h"

#define FINDINGS_MAX 64

typedef struct Found {
        char invariant[16], record[64];
        int64_t id;
} Found;

typedef struct FoundList {
        Found items[FINDINGS_MAX];
        size_t n;
} FoundList;

static void note(void *data, const char *invariant, const char *record, int64_t id, const char *detail) {
        FoundList *findings = data;
        Found *finding = &findings->items[findings->n];

        assert_true(findings->n < FINDINGS_MAX);
        assert_true(strlen(detail) > 0);
        (void) snprintf(finding->invariant, sizeof(finding->invariant), "%s", invariant);
        (void) snprintf(finding->record, sizeof(finding->record), "%s", record);
        finding->id = id;
        findings->n++;
}

static void assert_found(const FoundList *findings, const char *invariant, const char *record, int64_t id) {
        for (size_t i = 0; i < findings->n; i++)
                if (strcmp(findings->items[i].invariant, invariant) == 0 &&
                        strcmp(findings->items[i].record, record) == 0 && findings->items[i].id == id)
                        return;
        for (size_t i = 0; i < findings->n; i++)
                print_message("found: %s %s %lld\n", findings->items[i].invariant, findings->items[i].record,
                        (long long) findings->items[i].id);
        fail_msg("%s %s %lld is not among the findings", invariant, record, (long long) id);
}

/* Two shelves, three posted orders, one renamed shelf. */
static int64_t business_fill(Fixture *f) {
        int64_t shelf = fixture_shelf(f, "甲"), other = fixture_shelf(f, "乙");

        for (int i = 1; i <= 3; i++) {
                int64_t order = fixture_ok(f, CLERK, "example.enter",
                        "{\"shelf_id\":\"%lld\",\"amount\":\"%d\"}", (long long) shelf, 100 * i);

                (void) fixture_ok(
                        f, REVIEWER, "example.review", "{\"id\":\"%lld\",\"version\":1}", (long long) order);
                (void) fixture_ok(
                        f, REVIEWER, "example.post", "{\"id\":\"%lld\",\"version\":2}", (long long) order);
        }
        (void) fixture_ok(f, CLERK, "example.change_shelf",
                "{\"id\":\"%lld\",\"version\":1,\"name\":\"丙\",\"reason\":\"改名\"}", (long long) other);
        return other;
}

/* In memory, and again with room for two rows, so that the rest goes through files: the same is found. */
static void verify(Fixture *f, FoundList *ret) {
        FoundList again = { 0 };
        size_t held_max;
        int r;

        memset(ret, 0, sizeof(*ret));
        r = verify_store(&f->engine, STORE_BUSINESS, note, ret);
        assert_int_equal(r, ret->n > 0);
        r = verify_store_bounded(&f->engine, STORE_BUSINESS, 2, note, &again, &held_max);
        assert_int_equal(r, ret->n > 0);
        assert_int_equal(again.n, ret->n);
        for (size_t i = 0; i < ret->n; i++)
                assert_found(&again, ret->items[i].invariant, ret->items[i].record, ret->items[i].id);
}

static void sound_store(void **state) {
        Fixture *f = *state;
        FoundList found;

        verify(f, &found);
        assert_int_equal(found.n, 0);
        (void) business_fill(f);
        verify(f, &found);
        assert_int_equal(found.n, 0);
        fixture_restart(f);
        verify(f, &found);
        assert_int_equal(found.n, 0);
        assert_int_equal(verify_store(&f->engine, STORE_SYSTEM, note, &found), 0);
        assert_int_equal(verify_store(&f->engine, STORE_REGULATORY, note, &found), -ENOENT);
}

static void tampered(Fixture *f, const char *sql, const char *invariant, const char *record, int64_t id) {
        FoundList found;

        (void) business_fill(f);
        fixture_tamper(f, sql);
        verify(f, &found);
        assert_found(&found, invariant, record, id);
}

static void ledger_amount(void **state) {
        Fixture *f = *state;
        FoundList found;

        tampered(f, "UPDATE example_entry SET amount = 201 WHERE amount = 200", "I7", "example_entry",
                id_make(OFFICE, 2).value);
        verify(f, &found);
        assert_found(&found, "I2", "example_balance", id_make(OFFICE, 1).value);
}

static void ledger_row_gone(void **state) {
        tampered(*state, "DELETE FROM example_entry WHERE amount = 300", "I7", "example_entry",
                id_make(OFFICE, 3).value);
}

static void ledger_row_added(void **state) {
        tampered(*state,
                "INSERT INTO example_entry SELECT id + 10, office, version, chain_seq, shelf_id, order_id, "
                "0 "
                "FROM example_entry WHERE amount = 100",
                "I7", "example_entry", 0);
}

static void register_row(void **state) {
        Fixture *f = *state;

        tampered(f, "UPDATE example_shelf SET area = area + 1 WHERE name = '甲'", "I8", "example_shelf",
                id_make(OFFICE, 1).value);
}

static void register_row_gone(void **state) {
        tampered(*state, "DELETE FROM example_shelf WHERE name = '丙'", "I8", "example_shelf",
                id_make(OFFICE, 2).value);
}

static void register_row_added(void **state) {
        tampered(*state,
                "INSERT INTO example_shelf SELECT id + 10, office, version, chain_seq, 'x', use, keeper, "
                "area, "
                "opened, note FROM example_shelf WHERE name = '甲'",
                "I8", "example_shelf", id_make(OFFICE, 11).value);
}

static void document_row(void **state) {
        tampered(*state, "UPDATE example_order SET state = 1 WHERE amount = 300", "I8", "example_order",
                id_make(OFFICE, 3).value);
}

static void chain_body(void **state) {
        tampered(*state,
                "UPDATE chain SET body = (SELECT c.body FROM chain c WHERE c.seq = 2) WHERE seq = 1", "I8",
                "chain", 1);
}

static void chain_header(void **state) {
        tampered(*state, "UPDATE chain SET person = person + 1 WHERE seq = 4", "I8", "chain", 4);
}

static void chain_entry_gone(void **state) {
        tampered(*state, "DELETE FROM chain WHERE seq = 5", "I8", "chain", 6);
}

static void chain_last_gone(void **state) {
        /* the last entry alone can go without breaking the header chain; its rows are then of no entry */
        tampered(*state, "DELETE FROM chain WHERE seq = (SELECT MAX(c.seq) FROM chain c)", "I8",
                "example_shelf", id_make(OFFICE, 2).value);
}

static void chain_reheaded(void **state) {
        tampered(*state,
                "UPDATE chain SET head = (SELECT c.head FROM chain c WHERE c.seq = 2) WHERE seq = 3", "I8",
                "chain", 3);
}

static void history_index(void **state) {
        tampered(*state, "DELETE FROM chain_row WHERE seq = 2", "I8", "chain_row", 0);
}

static void number_series(void **state) {
        tampered(*state, "UPDATE number_series SET next = next + 1", "I8", "number_series",
                id_make(OFFICE, 1).value);
}

/* Many times more rows than memory holds: what is held stays the same, and what was tampered with is found.
 */
static void memory_bounded(void **state) {
        enum { SHELVES = 400, ROWS_HELD = 8 };
        Fixture *f = *state;
        FoundList found = { 0 };
        size_t few = 0, many = 0;
        char name[32];

        for (int i = 1; i <= SHELVES; i++) {
                (void) snprintf(name, sizeof(name), "shelf %d", i);
                (void) fixture_shelf(f, name);
                if (i == SHELVES / 4)
                        assert_int_equal(verify_store_bounded(
                                                 &f->engine, STORE_BUSINESS, ROWS_HELD, note, &found, &few),
                                0);
        }
        assert_int_equal(
                verify_store_bounded(&f->engine, STORE_BUSINESS, ROWS_HELD, note, &found, &many), 0);
        assert_true(few >= ROWS_HELD);
        assert_true(many < few + SHELVES / 10);
        assert_true(many < SHELVES / 4);
        fixture_tamper(f, "UPDATE example_shelf SET area = area + 1 WHERE name = 'shelf 7'");
        fixture_tamper(f, "DELETE FROM example_shelf WHERE name = 'shelf 399'");
        fixture_tamper(f,
                "INSERT INTO example_shelf SELECT id + 1000, office, version, chain_seq, 'x', use, keeper, "
                "area, opened, note FROM example_shelf WHERE name = 'shelf 1'");
        assert_int_equal(
                verify_store_bounded(&f->engine, STORE_BUSINESS, ROWS_HELD, note, &found, &many), 1);
        assert_int_equal(found.n, 3);
        assert_found(&found, "I8", "example_shelf", id_make(OFFICE, 7).value);
        assert_found(&found, "I8", "example_shelf", id_make(OFFICE, 399).value);
        assert_found(&found, "I8", "example_shelf", id_make(OFFICE, 1001).value);
}

#define CASE(name, function)                                                                                \
        { name, function, fixture_setup, fixture_teardown, NULL }

static int group(void) {
        const struct CMUnitTest tests[] = {
                CASE("a sound store has no findings", sound_store),
                CASE("changed amount of a ledger row [14.3.2]", ledger_amount),
                CASE("ledger row gone [14.3.2]", ledger_row_gone),
                CASE("ledger row of no command [14.3.2]", ledger_row_added),
                CASE("changed register row [14.3.2]", register_row),
                CASE("register row gone [14.3.2]", register_row_gone),
                CASE("register row of no command [14.3.2]", register_row_added),
                CASE("changed document row [14.3.2]", document_row),
                CASE("changed body of an entry [14.3.2]", chain_body),
                CASE("changed header of an entry [14.3.2]", chain_header),
                CASE("entry gone [14.3.2]", chain_entry_gone),
                CASE("last entry gone [14.3.2]", chain_last_gone),
                CASE("head of another entry [14.3.2]", chain_reheaded),
                CASE("index of histories", history_index),
                CASE("number series moved by hand", number_series),
                CASE("memory does not grow with the rows [14.3.2]", memory_bounded),
        };

        return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}

int main(int argc, char *argv[]) {
        return fixture_main(argc, argv, "verify", group);
}
