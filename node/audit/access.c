/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of readings. A reader leaves an entry in memory and goes on; one thread writes them together,
 * at most a second later. What leaves the house (exports, papers) waits for its entry; a page does not. */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <internal/log.h>
#include <node/date.h>
#include <node/wire.h>

#include "audit-private.h"

#define FILTER_BYTES_MAX 4096
#define ENTRY_BYTES_MAX (24u << 20)

void access_entry_done(AccessEntry *entry) {
        free(entry->filter);
        access_ids_done(&entry->ids);
        *entry = (AccessEntry){ 0 };
}

AccessEntry access_entry_make(Audit *audit, const Seer *seer, const char *kind, const char *name) {
        AccessEntry entry = { .instant = clock_now(audit->engine->clock).ms,
                .office = seer->office,
                .person = seer->person.value,
                .session = seer->session };

        snprintf(entry.kind, sizeof(entry.kind), "%s", kind);
        snprintf(entry.name, sizeof(entry.name), "%s", name);
        snprintf(entry.address, sizeof(entry.address), "%s", seer->address ? seer->address : "");
        return entry;
}

/* --- what one entry says, for its digest --- */

enum {
        E_ID = 1,
        E_INSTANT,
        E_OFFICE,
        E_PERSON,
        E_SESSION,
        E_ADDRESS,
        E_KIND,
        E_NAME,
        E_SUBJECT,
        E_FILTER,
        E_ROWS,
        E_NUMBER,
        E_DIGEST,
        E_IDS
};

static void entry_encode(const AccessEntry *entry, int64_t id, Bytes ids, Buffer *out) {
        wire_put_signed(out, E_ID, id);
        wire_put_signed(out, E_INSTANT, entry->instant);
        wire_put_signed(out, E_OFFICE, entry->office);
        wire_put_signed(out, E_PERSON, entry->person);
        wire_put_signed(out, E_SESSION, entry->session);
        wire_put_text(out, E_ADDRESS, entry->address);
        wire_put_text(out, E_KIND, entry->kind);
        wire_put_text(out, E_NAME, entry->name);
        wire_put_signed(out, E_SUBJECT, entry->subject);
        wire_put_text(out, E_FILTER, entry->filter ? entry->filter : "");
        wire_put_signed(out, E_ROWS, entry->rows);
        wire_put_text(out, E_NUMBER, entry->number);
        wire_put_text(out, E_DIGEST, entry->digest);
        wire_put_bytes(out, E_IDS, ids.data, ids.size);
}

int access_head(DigestKind kind, const Digest *previous, const AccessEntry *entries, const Bytes *ids,
        size_t n, int64_t first_id, Digest *ret) {
        _cleanup_(digest_freep) DigestState *state = digest_new(kind);
        Buffer bytes = BUFFER_INIT(ENTRY_BYTES_MAX);
        int r = state ? 0 : -ENOMEM;

        if (r == 0)
                digest_update(state, previous->bytes, sizeof(previous->bytes));
        for (size_t i = 0; i < n && r == 0; i++) {
                buffer_reset(&bytes);
                entry_encode(&entries[i], first_id + (int64_t) i, ids[i], &bytes);
                r = buffer_error(&bytes);
                if (r == 0)
                        digest_update(state, bytes.data, bytes.size);
        }
        buffer_done(&bytes);
        if (r == 0)
                digest_final(state, ret);
        return r;
}

/* --- writing --- */

typedef struct Flush {
        Audit *audit;
        AccessEntry *entries;
        Bytes *ids;
        size_t n;
} Flush;

static int blocks_write(Tx *tx, const AccessIds *ids, int64_t entry) {
        int64_t record = 0, block = -1;

        for (size_t i = 0; i < ids->n; i++) {
                int64_t one = ids->items[i].id >> ACCESS_BLOCK_BITS;

                if (ids->items[i].record == record && one == block)
                        continue;
                record = ids->items[i].record;
                block = one;
                int r = tx_exec(tx, &query_access_block,
                        SQL_ARGS(value_integer(record), value_integer(block), value_integer(entry)), NULL);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int entry_write(Tx *tx, const AccessEntry *entry, Bytes ids, int64_t id) {
        int r = tx_exec(tx, &query_access_insert,
                SQL_ARGS(value_integer(id), value_integer(entry->instant), value_integer(entry->office),
                        value_integer(entry->person), value_integer(entry->session),
                        value_text(entry->address), value_text(entry->kind), value_text(entry->name),
                        value_integer(entry->subject), value_text(entry->filter ? entry->filter : ""),
                        value_integer(entry->rows), value_text(entry->number), value_text(entry->digest),
                        value_blob(ids.data ? ids.data : (const uint8_t *) "", ids.size)),
                NULL);

        return r < 0 ? r : blocks_write(tx, &entry->ids, id);
}

static int batch_previous(Tx *tx, int64_t *ret_seq, Digest *ret_head) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        *ret_seq = 0;
        *ret_head = (Digest){ 0 };
        int r = tx_query(tx, &query_access_batch_last, SQL_NO_ARGS, &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        *ret_seq = rows_integer(rows, 0);
        if (rows_blob(rows, 1).size != sizeof(ret_head->bytes))
                return -EBADMSG;
        memcpy(ret_head->bytes, rows_blob(rows, 1).data, sizeof(ret_head->bytes));
        return 0;
}

static int flush_work(Tx *tx, void *data) {
        Flush *flush = data;
        Digest previous, head;
        int64_t last = 0, seq = 0;

        int r = tx_integer(tx, &query_access_last, SQL_NO_ARGS, &last);
        if (r == 0)
                r = batch_previous(tx, &seq, &previous);
        for (size_t i = 0; i < flush->n && r >= 0; i++)
                r = entry_write(tx, &flush->entries[i], flush->ids[i], last + 1 + (int64_t) i);
        if (r >= 0)
                r = access_head(flush->audit->engine->digest_kind, &previous, flush->entries, flush->ids,
                        flush->n, last + 1, &head);
        if (r < 0)
                return r;
        return tx_exec(tx, &query_access_batch_insert,
                SQL_ARGS(value_integer(seq + 1), value_integer(clock_now(flush->audit->engine->clock).ms),
                        value_integer(last + (int64_t) flush->n), value_integer((int64_t) flush->n),
                        value_blob(previous.bytes, sizeof(previous.bytes)),
                        value_blob(head.bytes, sizeof(head.bytes))),
                NULL);
}

static int entries_write(Audit *audit, AccessEntry *entries, size_t n) {
        Bytes *ids = calloc(n, sizeof(Bytes));
        int r = ids ? 0 : -ENOMEM;

        for (size_t i = 0; i < n && r == 0; i++) {
                Buffer bytes = BUFFER_INIT(ACCESS_IDS_BYTES_MAX);

                r = access_ids_encode(&entries[i].ids, &bytes);
                ids[i] = (Bytes){ bytes.data, bytes.size };
        }
        Flush flush = { audit, entries, ids, n };
        if (r == 0)
                r = store_write(audit->engine->stores[STORE_SYSTEM], flush_work, &flush);
        for (size_t i = 0; ids && i < n; i++)
                free((void *) (uintptr_t) ids[i].data);
        free(ids);
        return r;
}

/* What could not be written goes back in front of what came meanwhile, as far as there is room. */
static void queue_rejoin(Audit *audit, AccessEntry *older, size_t n) {
        AccessEntry *newer = audit->queue;

        for (size_t i = 0; i < audit->n; i++)
                if (n < ACCESS_QUEUE_MAX) {
                        older[n++] = newer[i];
                } else {
                        access_entry_done(&newer[i]);
                        audit->lost++;
                }
        audit->queue = older;
        audit->n = n;
        audit->spare = newer;
}

/* Takes the queue and writes it. */
static void flush_once(Audit *audit) {
        AccessEntry *entries = audit->queue;
        size_t n = audit->n;

        audit->queue = audit->spare;
        audit->spare = NULL;
        audit->n = 0;
        audit->urgent = false;
        pthread_mutex_unlock(&audit->mutex);
        int r = entries_write(audit, entries, n);
        if (r < 0 && !audit->failing)
                log_error("audit: %zu readings could not be written: %d", n, r);
        pthread_mutex_lock(&audit->mutex);
        audit->failing = r < 0;
        if (r < 0 && !audit->failed_since)
                audit->failed_since = clock_now(audit->engine->clock).ms;
        if (r < 0) {
                queue_rejoin(audit, entries, n);
        } else {
                for (size_t i = 0; i < n; i++)
                        access_entry_done(&entries[i]);
                audit->durable += n;
                audit->spare = entries;
        }
        pthread_cond_broadcast(&audit->flushed);
}

int audit_admits(Audit *audit, StoreId store) {
        if (!audit || store == STORE_SYSTEM)
                return 0;
        pthread_mutex_lock(&audit->mutex);
        bool failing = audit->failing;
        pthread_mutex_unlock(&audit->mutex);
        return failing ? -EREADONLY_ : 0;
}

/* The failure and its end are security events; where the store takes those no more either, both are noted
 * once it does again. */
static void failure_tell(Audit *audit) {
        bool failing = audit->failing, told = audit->told;
        char detail[64];

        if (!audit->identity || (failing ? told : !audit->failed_since))
                return;
        snprintf(detail, sizeof(detail), "since %lld, %zu waiting", (long long) audit->failed_since,
                audit->n);
        const SecurityNote begun = { .kind = "readings_failing", .detail = detail },
                           ended = { .kind = "readings_resumed", .detail = detail };
        pthread_mutex_unlock(&audit->mutex);
        int r = told ? 0 : identity_note(audit->identity, &begun);
        bool known = r == 0;
        if (r == 0 && !failing)
                r = identity_note(audit->identity, &ended);
        pthread_mutex_lock(&audit->mutex);
        audit->told = known;
        if (r == 0 && !failing && !audit->failing) {
                audit->failed_since = 0;
                audit->told = false;
        }
}

static struct timespec next_flush(const Audit *audit) {
        const Clock *clock = audit->engine->clock;
        int64_t at = clock->monotonic_ms(clock->data) + ACCESS_FLUSH_MS;

        return (struct timespec){ .tv_sec = at / 1000, .tv_nsec = at % 1000 * 1000000 };
}

static void seal_daily(Audit *audit) {
        int64_t day = date_of_instant(clock_now(audit->engine->clock)).ymd;

        if (day == audit->sealed_day)
                return;
        audit->sealed_day = day;
        pthread_mutex_unlock(&audit->mutex);
        if (access_seal(audit) < 0)
                log_error("audit: the ledger of readings could not be sealed");
        pthread_mutex_lock(&audit->mutex);
}

static void *flush_thread(void *data) {
        Audit *audit = data;
        struct timespec until;

        pthread_mutex_lock(&audit->mutex);
        while (!audit->stopping) {
                until = next_flush(audit);
                while (!audit->stopping && !audit->urgent &&
                        pthread_cond_timedwait(&audit->wake, &audit->mutex, &until) == 0)
                        ;
                if (audit->n > 0)
                        flush_once(audit);
                else
                        audit->urgent = false; /* asked for while the last ones were being written */
                failure_tell(audit);
                seal_daily(audit);
        }
        if (audit->n > 0)
                flush_once(audit);
        pthread_mutex_unlock(&audit->mutex);
        return NULL;
}

/* An entry that can never be written would be tried for ever, and the doors stay closed with it. */
int access_put(Audit *audit, AccessEntry *entry) {
        int r = access_ids_fit(&entry->ids);

        if (r < 0) {
                log_error("audit: a reading of %lld rows names too many to be kept: %d",
                        (long long) entry->rows, r);
                access_entry_done(entry);
                return r;
        }
        pthread_mutex_lock(&audit->mutex);
        while (audit->n == ACCESS_QUEUE_MAX && !audit->failing && !audit->stopping) {
                audit->urgent = true;
                pthread_cond_signal(&audit->wake);
                pthread_cond_wait(&audit->flushed, &audit->mutex);
        }
        if (audit->n < ACCESS_QUEUE_MAX) {
                audit->queue[audit->n++] = *entry;
                audit->queued++;
        } else {
                access_entry_done(entry); /* said once in the log */
                r = -EREADONLY_;
        }
        pthread_mutex_unlock(&audit->mutex);
        *entry = (AccessEntry){ 0 };
        return r;
}

int audit_flush(Audit *audit) {
        if (!audit)
                return 0;
        pthread_mutex_lock(&audit->mutex);
        uint64_t until = audit->queued, lost = audit->lost;
        bool tried = false;
        while (audit->durable + lost < until && audit->lost == lost && !(tried && audit->failing)) {
                audit->urgent = true;
                pthread_cond_signal(&audit->wake);
                pthread_cond_wait(&audit->flushed, &audit->mutex);
                tried = true;
        }
        int r = audit->durable + lost >= until ? 0 : -EREADONLY_;
        pthread_mutex_unlock(&audit->mutex);
        return r;
}

int audit_open(Engine *engine, Identity *identity, Audit **ret) {
        Audit *audit = calloc(1, sizeof(*audit));
        pthread_condattr_t attributes;

        if (audit) {
                audit->queue = calloc(ACCESS_QUEUE_MAX, sizeof(AccessEntry));
                audit->spare = calloc(ACCESS_QUEUE_MAX, sizeof(AccessEntry));
        }
        if (!audit || !audit->queue || !audit->spare) {
                if (audit) {
                        free(audit->queue);
                        free(audit->spare);
                }
                free(audit);
                return -ENOMEM;
        }
        audit->engine = engine;
        audit->identity = identity;
        audit->sealed_day = date_of_instant(clock_now(engine->clock)).ymd;
        pthread_mutex_init(&audit->mutex, NULL);
        pthread_condattr_init(&attributes);
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
        pthread_cond_init(&audit->wake, &attributes);
        pthread_condattr_destroy(&attributes);
        pthread_cond_init(&audit->flushed, NULL);
        int r = pthread_create(&audit->thread, NULL, flush_thread, audit);
        if (r != 0) {
                free(audit->queue);
                free(audit->spare);
                free(audit);
                return -r;
        }
        *ret = audit;
        return 0;
}

Audit *audit_close(Audit *audit) {
        if (!audit)
                return NULL;
        pthread_mutex_lock(&audit->mutex);
        audit->stopping = true;
        pthread_cond_signal(&audit->wake);
        pthread_cond_broadcast(&audit->flushed);
        pthread_mutex_unlock(&audit->mutex);
        pthread_join(audit->thread, NULL);
        if (access_seal(audit) < 0)
                log_error("audit: the ledger of readings could not be sealed");
        for (size_t i = 0; i < audit->n; i++)
                access_entry_done(&audit->queue[i]);
        free(audit->queue);
        free(audit->spare);
        pthread_cond_destroy(&audit->wake);
        pthread_cond_destroy(&audit->flushed);
        pthread_mutex_destroy(&audit->mutex);
        free(audit);
        return NULL;
}
