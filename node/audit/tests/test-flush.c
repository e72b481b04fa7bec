/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of readings on its way to the disk: who waits for it, and what happens while it takes nothing. */

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <node/error.h>

#include "audit-private.h"
#include "world.h"

typedef struct Hold {
        World *w;
        pthread_mutex_t mutex;
        pthread_cond_t changed;
        bool holding, released;
        int flushed;
} Hold;

/* Keeps the store's writer busy until released. */
static int hold_work(Tx *tx, void *data) {
        Hold *hold = data;

        pthread_mutex_lock(&hold->mutex);
        hold->holding = true;
        pthread_cond_broadcast(&hold->changed);
        while (!hold->released)
                pthread_cond_wait(&hold->changed, &hold->mutex);
        pthread_mutex_unlock(&hold->mutex);
        return 0;
}

static void *hold_thread(void *data) {
        Hold *hold = data;

        assert_int_equal(store_write(hold->w->stores[STORE_SYSTEM], hold_work, hold), 0);
        return NULL;
}

static void *flush_thread(void *data) {
        Hold *hold = data;

        hold->flushed = audit_flush(hold->w->audit);
        return NULL;
}

static void readings_put(World *w, size_t n) {
        const Seer clerk = world_seer(2);

        for (size_t i = 0; i < n; i++)
                assert_int_equal(audit_saw_record(w->audit, &clerk, &record_household, w->households[2], NULL), 0);
}

static int printed(World *w) {
        const Seer clerk = world_seer(2);

        return audit_saw_paper(w->audit, &clerk, &paper_card, w->households[2], &(Digest){ { 3 } });
}

static void queue_taken(Audit *audit) {
        bool taken = false;

        while (!taken) {
                pthread_mutex_lock(&audit->mutex);
                taken = audit->n == 0;
                pthread_mutex_unlock(&audit->mutex);
                sched_yield();
        }
}

static void hold_begin(Hold *hold, pthread_t *ret_holder) {
        assert_int_equal(pthread_create(ret_holder, NULL, hold_thread, hold), 0);
        pthread_mutex_lock(&hold->mutex);
        while (!hold->holding)
                pthread_cond_wait(&hold->changed, &hold->mutex);
        pthread_mutex_unlock(&hold->mutex);
}

static void hold_end(Hold *hold, pthread_t holder) {
        pthread_mutex_lock(&hold->mutex);
        hold->released = true;
        pthread_cond_broadcast(&hold->changed);
        pthread_mutex_unlock(&hold->mutex);
        pthread_join(holder, NULL);
}

static void urgently_asked(Audit *audit) {
        bool urgent = false;

        while (!urgent) {
                pthread_mutex_lock(&audit->mutex);
                urgent = audit->urgent;
                pthread_mutex_unlock(&audit->mutex);
                sched_yield();
        }
}

/* Who asks while the last readings are being written finds nothing left to write. */
static void flushed_twice(void **state) {
        World *w = *state;
        Hold hold = { .w = w, .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER },
             second = { .w = w };
        pthread_t holder, flusher, other;

        assert_int_equal(audit_flush(w->audit), 0);
        hold_begin(&hold, &holder);
        readings_put(w, 1);
        assert_int_equal(pthread_create(&flusher, NULL, flush_thread, &hold), 0);
        queue_taken(w->audit);
        assert_int_equal(pthread_create(&other, NULL, flush_thread, &second), 0);
        urgently_asked(w->audit);
        hold_end(&hold, holder);
        pthread_join(flusher, NULL);
        pthread_join(other, NULL);
        assert_int_equal(hold.flushed, 0);
        assert_int_equal(second.flushed, 0);
        readings_put(w, 1);
        assert_int_equal(audit_flush(w->audit), 0);
}

/* While the ledger takes nothing no paper leaves, and when it does again nobody waits for what had no room.
 */
static void ledger_full(void **state) {
        World *w = *state;
        Hold hold = { .w = w, .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
        pthread_t holder, flusher;

        assert_int_equal(audit_flush(w->audit), 0);
        int64_t before = world_count(w, "system", "SELECT COUNT(*) FROM access_entry");
        world_statement(w, "system",
                "CREATE TRIGGER full BEFORE INSERT ON access_entry BEGIN SELECT RAISE(ABORT, 'full'); END");
        hold_begin(&hold, &holder);
        readings_put(w, ACCESS_QUEUE_MAX - 10);
        assert_int_equal(pthread_create(&flusher, NULL, flush_thread, &hold), 0);
        queue_taken(w->audit);
        readings_put(w, 100); /* ninety of them have no room */
        hold_end(&hold, holder);
        pthread_join(flusher, NULL);
        assert_int_equal(hold.flushed, -EREADONLY_);
        assert_int_equal(printed(w), -EREADONLY_);
        world_statement(w, "system", "DROP TRIGGER full");
        assert_int_equal(audit_flush(w->audit), 0);
        assert_int_equal(
                world_count(w, "system", "SELECT COUNT(*) FROM access_entry") - before, ACCESS_QUEUE_MAX);
        assert_int_equal(printed(w), 0);
}

static int64_t events(World *w, const char *kind) {
        char sql[128];

        snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM security_event WHERE kind = '%s'", kind);
        return world_count(w, "system", sql);
}

/* More ids than an entry holds, as an export of millions of rows has: refused where it is put, so that it is not
 * tried for ever behind closed doors. */
static void entry_too_large(void **state) {
        World *w = *state;
        const Seer clerk = world_seer(2);

        assert_int_equal(audit_flush(w->audit), 0);
        AccessEntry entry = access_entry_make(w->audit, &clerk, "export", "test.households");
        for (int64_t i = 1; i <= 3000000; i++)
                access_ids_add(&entry.ids, 1, i << 40);
        assert_int_equal(entry.ids.error, 0);
        assert_true(access_put(w->audit, &entry) < 0);
        readings_put(w, 1);
        assert_int_equal(audit_flush(w->audit), 0);
        assert_int_equal(audit_admits(w->audit, STORE_BUSINESS), 0);
}

/* The doors close with the first failure, auditors are told once, and the doors open by themselves. */
static void ledger_failing(void **state) {
        World *w = *state;

        assert_int_equal(audit_flush(w->audit), 0);
        assert_int_equal(audit_admits(w->audit, STORE_BUSINESS), 0);
        int64_t before = world_count(w, "system", "SELECT COUNT(*) FROM access_entry");
        world_statement(w, "system",
                "CREATE TRIGGER full BEFORE INSERT ON access_entry BEGIN SELECT RAISE(ABORT, 'full'); END");
        readings_put(w, 1);
        assert_int_equal(audit_flush(w->audit), -EREADONLY_);
        assert_int_equal(audit_admits(w->audit, STORE_BUSINESS), -EREADONLY_);
        assert_int_equal(audit_admits(w->audit, STORE_REGULATORY), -EREADONLY_);
        assert_int_equal(audit_admits(w->audit, STORE_SYSTEM), 0);
        /* each later try comes after what the one before had to tell */
        assert_int_equal(audit_flush(w->audit), -EREADONLY_);
        assert_int_equal(audit_flush(w->audit), -EREADONLY_);
        assert_int_equal(events(w, "readings_failing"), 1);
        assert_int_equal(events(w, "readings_resumed"), 0);
        world_statement(w, "system", "DROP TRIGGER full");
        assert_int_equal(audit_flush(w->audit), 0);
        assert_int_equal(audit_admits(w->audit, STORE_BUSINESS), 0);
        readings_put(w, 1);
        assert_int_equal(audit_flush(w->audit), 0);
        assert_int_equal(events(w, "readings_failing"), 1);
        assert_int_equal(events(w, "readings_resumed"), 1);
        assert_int_equal(world_count(w, "system", "SELECT COUNT(*) FROM access_entry") - before, 2);
}

int main(void) {
        const struct CMUnitTest tests[] = {
#define CASE(name, function) { name, function, world_setup, world_teardown, NULL }
                CASE("who asks while the last readings are being written is answered with them [14.2.3]",
                        flushed_twice),
                CASE("a full ledger lets no paper leave and is waited for only while it lasts [14.2.3]",
                        ledger_full),
                CASE("a reading that names too many rows is refused, and closes no door behind it [14.2.3] [14.3.2]",
                        entry_too_large),
                CASE("while readings cannot be written the business is not shown, and is again by itself [14.2.3]",
                        ledger_failing),
#undef CASE
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests_name("flush", tests, NULL, NULL);
}
