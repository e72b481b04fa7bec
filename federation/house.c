/* SPDX-License-Identifier: Apache-2.0 */
/* What a node does by itself, one piece at a time: cut batches of the offices it hosts, land its own where
 * it is a holder too, attest what it landed. */
#include <node/error.h>
#include <stdlib.h>
#include <string.h>

#include "attest.h"
#include "federation-query.h"
#include "land.h"
#include "service-private.h"

static const int64_t own_streams[] = { STREAM_DETAIL, STREAM_SUPERVISION, STREAM_FACTS, STREAM_BACKUP };

typedef struct OwnBatch {
        Bytes header, signature, *chunks;
        size_t n_chunks;
} OwnBatch;

/* 1 the next of our own that the regulatory store does not have, 0 none. */
static int own_next(const Context *context, int64_t office, int64_t stream, Arena *arena, OwnBatch *ret) {
        _cleanup_(store_read_endp) Tx *regulatory = NULL, *business = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        StreamRow held;
        Bytes part;
        int r;

        r = store_read_begin(context->engine->stores[STORE_REGULATORY], &regulatory);
        if (r == 0)
                r = stream_get(regulatory, office, stream, &held);
        if (r < 0 && r != -ENOENT)
                return r;
        r = store_read_begin(context->engine->stores[STORE_BUSINESS], &business);
        if (r == 0)
                r = tx_query(business, &query_batch_next,
                        SQL_ARGS(value_integer(office), value_integer(stream),
                                value_integer(held.position.epoch), value_integer(held.position.seq)),
                        &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        part = rows_blob(rows, 3);
        ret->header = (Bytes){ arena_copy(arena, part.data, part.size), part.size };
        part = rows_blob(rows, 4);
        ret->signature = (Bytes){ arena_copy(arena, part.data, part.size), part.size };
        part = rows_blob(rows, 5);
        part.data = arena_copy(arena, part.data ? part.data : (const uint8_t *) "", part.size);
        if (!ret->header.data || !ret->signature.data || !part.data)
                return -ENOMEM;
        r = batch_body_split(part, arena, &ret->chunks, &ret->n_chunks);
        return r < 0 ? r : 1;
}

static int land_own(FederationService *service, int64_t office, int64_t stream) {
        const Context *context = &service->context;
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        Arena *arena = arena_new(WORK_ARENA_BYTES_MAX);
        const char *code = "";
        OwnBatch own = {};
        Landing landing;
        int r;

        if (!arena)
                return -ENOMEM;
        r = own_next(context, office, stream, arena, &own);
        if (r > 0) {
                ReceivedBatch received = { own.header, own.signature, own.chunks, own.n_chunks };

                r = landing_check(context, directory, &received, office, arena, &landing, &code);
                if (r == 0)
                        r = landing_execute(&landing, arena, &code);
                if (r == -EREFUSED_) {
                        /* This stream stands; the other offices and attesting go on. */
                        service_log(service, "own batch refused", code);
                        r = 0;
                } else if (r == 0)
                        r = 1;
        }
        arena_free(arena);
        return r;
}

static int land_all_own(FederationService *service, int64_t office) {
        const Context *context = &service->context;

        if (!context->engine->stores[STORE_REGULATORY] || !context->engine->stores[STORE_BUSINESS])
                return 0;
        for (size_t i = 0; i < ELEMENTSOF(own_streams); i++) {
                int r = land_own(service, office, own_streams[i]);

                if (r != 0)
                        return r;
        }
        return 0;
}

static int64_t parent_of(FederationService *service, int64_t office) {
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        const Entry *entry = directory_entry(directory, office);

        return entry && entry->parent != office ? entry->parent : 0;
}

/* Entries made by commands here are in the table before they are in the picture. */
static int follow_directory(FederationService *service) {
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int64_t serial;
        int r;

        r = store_read_begin(service->context.engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_integer(tx, &query_entry_serial, SQL_NO_ARGS, &serial);
        if (r < 0 || serial == directory_serial(directory))
                return r;
        tx = store_read_end(tx);
        pthread_mutex_lock(&service->directory_lock);
        r = service_directory_reload(service);
        pthread_mutex_unlock(&service->directory_lock);
        return r < 0 ? r : 1;
}

#define DEPTH_MAX 16

/* Views show an office what is below it: the kernel keeps these pairs in every store. */
static int closure_write(const Context *context, const Directory *directory) {
        size_t n = 0, count = directory_count(directory);
        OfficePair *pairs = calloc(count * DEPTH_MAX + 1, sizeof *pairs);
        int r = 0;

        if (!pairs)
                return -ENOMEM;
        for (size_t i = 0; i < count; i++) {
                const Entry *entry = directory_at(directory, i);
                int64_t office = entry->office;

                for (int depth = 0; entry && depth < DEPTH_MAX; depth++) {
                        pairs[n++] = (OfficePair) { entry->office, office };
                        entry = entry->parent == entry->office ? NULL : directory_entry(directory, entry->parent);
                }
        }
        for (StoreId id = STORE_SYSTEM; r == 0 && id <= STORE_REGULATORY; id++)
                if (context->engine->stores[id])
                        r = engine_closure_replace(context->engine, id, pairs, n);
        free(pairs);
        return r;
}

static int follow_closure(FederationService *service) {
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        int r;

        if (service->closure_serial == directory_serial(directory))
                return 0;
        r = closure_write(&service->context, directory);
        if (r == 0)
                service->closure_serial = directory_serial(directory);
        return r;
}

int house_keep(FederationService *service) {
        const Context *context = &service->context;
        bool any = false;
        int r;

        r = follow_directory(service);
        if (r < 0)
                return r;
        any = r > 0;
        r = follow_closure(service);
        if (r < 0)
                return r;
        for (size_t i = 0; i < context->n_offices; i++) {
                int64_t office = context->offices[i];

                r = cut_office(context, &service->marks, office, parent_of(service, office));
                if (r < 0)
                        return r;
                any = any || r > 0;
                r = land_all_own(service, office);
                if (r < 0)
                        return r;
                any = any || r > 0;
        }
        r = attest_due(context);
        if (r < 0)
                return r;
        any = any || r > 0;
        r = cut_attestations(context, parent_of(service, context->office));
        return r < 0 ? r : any || r > 0;
}
