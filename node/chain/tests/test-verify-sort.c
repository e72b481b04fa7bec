/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting beyond memory against a plain table of the same changes, with bounds small enough for several
 * levels of runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <string.h>

#include <cmocka.h>

#include "verify-sort.h"

#define RECORDS 3
#define IDS 150
#define CHANGES 6000

typedef struct Model {
        int64_t versions[RECORDS][IDS], last_seq[RECORDS][IDS];
        int64_t rows, seams; /* seams: one less than a row's changes */
        int64_t told, broken, same_seq;
        uint64_t random;
} Model;

static uint64_t random_next(Model *m) {
        m->random ^= m->random << 13;
        m->random ^= m->random >> 7;
        m->random ^= m->random << 17;
        return m->random;
}

static void seam(void *data, const VerifySpan *earlier, const VerifySpan *later) {
        Model *m = data;

        assert_int_equal(earlier->record, later->record);
        assert_int_equal(earlier->id, later->id);
        m->told++;
        m->broken += earlier->version_to + 1 != later->version_from ||
                     memcmp(earlier->after, later->before, sizeof(earlier->after)) != 0;
        m->same_seq += earlier->seq_to == later->seq_from;
}

static void state_of(int64_t record, int64_t id, int64_t version, uint8_t ret[static 24]) {
        const int64_t words[] = { record, id, version };

        memcpy(ret, words, sizeof(words));
}

static void change(Model *m, VerifySort *sort, int64_t seq) {
        int64_t record = (int64_t) (random_next(m) % RECORDS), id = (int64_t) (random_next(m) % IDS);
        int64_t version = ++m->versions[record][id];
        VerifySpan span = { .record = record + 1,
                .id = id - IDS / 2,
                .version_from = version,
                .version_to = version,
                .seq_from = seq,
                .seq_to = seq };

        state_of(record, id, version - 1, span.before);
        state_of(record, id, version, span.after);
        assert_int_equal(verify_sort_add(sort, &span), 0);
        m->last_seq[record][id] = seq;
        m->rows += version == 1;
        m->seams += version > 1;
}

/* Every row once, in order, from its first change to its last. */
static void all_compare(const Model *m, VerifySort *sort, void *seams) {
        int64_t record = 0, id = -1, rows = 0;
        VerifyCursor cursor;
        VerifySpan span;
        uint8_t after[24];
        int r;

        assert_int_equal(verify_cursor_open(sort, INT64_MIN, INT64_MIN, &cursor), 0);
        while ((r = verify_cursor_next(&cursor, seams ? seam : NULL, seams, &span)) > 0) {
                int64_t here = span.record - 1, at = span.id + IDS / 2;
                assert_true(here > record || (here == record && at > id));
                assert_int_equal(span.version_from, 1);
                assert_int_equal(span.version_to, m->versions[here][at]);
                assert_int_equal(span.seq_to, m->last_seq[here][at]);
                state_of(here, at, span.version_to, after);
                assert_memory_equal(span.after, after, sizeof(after));
                record = here;
                id = at;
                rows++;
        }
        assert_int_equal(r, 0);
        verify_cursor_done(&cursor);
        assert_int_equal(rows, m->rows);
}

/* From the middle of a record: what is before it is left out. */
static void seek_compare(const Model *m, VerifySort *sort, int64_t record, int64_t id) {
        int64_t wanted = id + 1;
        VerifyCursor cursor;
        VerifySpan span;

        while (wanted < IDS && m->versions[record][wanted] == 0)
                wanted++;
        assert_int_equal(verify_cursor_open(sort, record + 1, id - IDS / 2, &cursor), 0);
        int r = verify_cursor_next(&cursor, NULL, NULL, &span);
        if (wanted < IDS) {
                assert_int_equal(r, 1);
                assert_int_equal(span.record, record + 1);
                assert_int_equal(span.id, wanted - IDS / 2);
        } else
                assert_true(r == 0 || span.record > record + 1);
        verify_cursor_done(&cursor);
}

static void sorted_beyond_memory(void **state) {
        static const size_t bounds[] = { 1, 2, 7, 64, CHANGES + 1 };

        for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++) {
                Model m = { .random = 88172645463325252u + i };
                VerifySort sort = { .folder = "/tmp", .items_max = bounds[i], .seam = seam, .data = &m };
                assert_int_equal(verify_sort_init(&sort), 0);
                for (int64_t n = 0; n < CHANGES; n++) {
                        change(&m, &sort, n / 3 + 1);
                        if (n % 997 == 0)
                                seek_compare(&m, &sort, (int64_t) (random_next(&m) % RECORDS),
                                        (int64_t) (random_next(&m) % IDS));
                }
                all_compare(&m, &sort, NULL);
                all_compare(&m, &sort, &m);
                assert_int_equal(m.told, m.seams);
                assert_int_equal(m.broken, 0);
                assert_true(m.same_seq > 0);
                verify_sort_done(&sort);
        }
}

/* What is held: the bound, and a part of it for each run; runs grow with the logarithm of the changes. */
static void memory_is_bounded(void **state) {
        enum { BOUND = 16, READ = BOUND / 4 + 1 };
        Model m = { .random = 4711 };
        VerifySort sort = { .folder = "/tmp", .items_max = BOUND, .seam = seam, .data = &m };

        assert_int_equal(verify_sort_init(&sort), 0);
        for (int64_t n = 0; n < CHANGES; n++)
                change(&m, &sort, n + 1);
        all_compare(&m, &sort, NULL);
        assert_true(sort.n_runs < 3 * (size_t) VERIFY_FAN_IN);
        assert_true(sort.held_max <= BOUND + 3 * VERIFY_FAN_IN * READ);
        assert_true(sort.held_max < (size_t) m.rows);
        verify_sort_done(&sort);
}

static void folder_missing(void **state) {
        Model m = { .random = 1 };
        VerifySort sort = { .folder = "/nonexistent", .items_max = 2, .seam = seam, .data = &m };
        VerifySpan span = { .record = 1, .id = 1, .version_from = 1, .version_to = 1 };
        int r = 0;

        assert_int_equal(verify_sort_init(&sort), 0);
        for (int64_t id = 1; id <= 3; id++) {
                span.id = id;
                r = verify_sort_add(&sort, &span);
        }
        assert_int_equal(r, -ENOENT);
        verify_sort_done(&sort);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "changes come back row by row, whatever memory holds", sorted_beyond_memory, NULL, NULL,
                        NULL },
                { "what is held does not grow with the changes", memory_is_bounded, NULL, NULL, NULL },
                { "without a folder for the rest it fails, and loses nothing silently", folder_missing, NULL,
                        NULL, NULL },
        };

        return cmocka_run_group_tests_name("verify-sort", tests, NULL, NULL);
}
