/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of the search in a chain: fixed pieces, the caller's closure always among them. */

#include <internal/audit.h>
#include <node/text.h>

#include "audit-query.h"

#define STATEMENT_BYTES_MAX 4096

/* Where a search by kind of record stops looking: the lowest of so many entries, and how many there were. */
const Query trail_query_window = {
        "audit.trail_window",
        "SELECT COALESCE(MIN(w.seq), 0), COUNT(*) FROM (SELECT k.seq FROM chain_kind k WHERE k.record = $1 "
        "AND k.seq < $2 ORDER BY k.seq DESC LIMIT $3) w",
};
const Query trail_query_instants = {
        "audit.trail_instants",
        "SELECT COALESCE(MIN(seq), 0), COALESCE(MAX(seq), 0) FROM chain WHERE instant >= $1 AND instant <= "
        "$2",
};
const Query trail_query_head = {
        "audit.trail_head",
        "SELECT COALESCE(MAX(seq), 0) FROM chain",
};

/* $1 after this entry, $2 from, $3 before */
const Query year_query_entries = {
        "audit.year_entries",
        "SELECT c.seq, c.instant, c.office, c.person, c.command, c.head, c.body FROM chain c WHERE c.seq > "
        "$1 "
        "AND c.instant >= $2 AND c.instant < $3 ORDER BY c.seq LIMIT 500",
};

typedef struct Composer {
        Buffer text;
        TrailStatement statement;
} Composer;

static size_t argument(Composer *composer, Value value) {
        composer->statement.args[composer->statement.n_args++] = value;
        return composer->statement.n_args;
}

static void row_write(Composer *composer, const TrailCall *call) {
        if (call->record->shape == SHAPE_LEDGER && call->record->store == call->store) {
                buffer_printf(&composer->text,
                        " AND c.seq IN (SELECT t.chain_seq FROM %s t WHERE t.id = $%zu)", call->record->name,
                        argument(composer, value_integer(call->id)));
                return;
        }
        size_t record = argument(composer, value_integer(call->record->number));
        buffer_printf(&composer->text,
                " AND c.seq IN (SELECT r.seq FROM chain_row r WHERE r.record = $%zu AND r.id = $%zu)",
                record, argument(composer, value_integer(call->id)));
}

static void filters_write(Composer *composer, const TrailCall *call, const TrailBounds *bounds) {
        if (call->person)
                buffer_printf(&composer->text, " AND c.person = $%zu",
                        argument(composer, value_integer(call->person)));
        if (!text_empty(call->command))
                buffer_printf(&composer->text, " AND c.command = $%zu",
                        argument(composer, value_text(call->command)));
        if (call->from.ms)
                buffer_printf(&composer->text, " AND c.instant >= $%zu",
                        argument(composer, value_integer(call->from.ms)));
        if (call->to.ms)
                buffer_printf(&composer->text, " AND c.instant <= $%zu",
                        argument(composer, value_integer(call->to.ms)));
        if (call->record && call->id)
                row_write(composer, call);
        else if (call->record) {
                size_t floor = argument(composer, value_integer(bounds->floor));
                size_t after = argument(composer, value_integer(bounds->after));
                buffer_printf(&composer->text,
                        " AND c.seq IN (SELECT k.seq FROM chain_kind k WHERE k.record = $%zu "
                        "AND k.seq >= $%zu AND k.seq < $%zu)",
                        argument(composer, value_integer(call->record->number)), floor, after);
        }
}

int trail_statement(const void *trail_call, int64_t office, const TrailBounds *bounds, Arena *arena,
        TrailStatement *ret) {
        const TrailCall *call = trail_call;
        Composer composer = { .text = BUFFER_INIT(STATEMENT_BYTES_MAX) };
        size_t root = argument(&composer, value_integer(office));

        buffer_printf(&composer.text,
                "SELECT c.seq, c.instant, c.office, c.person, c.command, c.idempotency_key, c.body_digest, "
                "c.head, "
                "c.body FROM chain c WHERE c.office IN (SELECT o.office FROM office_closure o WHERE o.root "
                "= $%zu "
                "UNION ALL SELECT CAST($%zu AS BIGINT))",
                root, root);
        size_t floor = argument(&composer, value_integer(bounds->floor));
        buffer_printf(&composer.text, " AND c.seq >= $%zu AND c.seq < $%zu", floor,
                argument(&composer, value_integer(bounds->after)));
        filters_write(&composer, call, bounds);
        buffer_printf(&composer.text, " ORDER BY c.seq DESC LIMIT $%zu",
                argument(&composer, value_integer(bounds->limit)));
        int r = buffer_error(&composer.text);
        if (r == 0) {
                composer.statement.query.name = "audit.trail";
                composer.statement.query.sql =
                        arena_strndup(arena, (const char *) composer.text.data, composer.text.size);
                r = composer.statement.query.sql ? 0 : -ENOMEM;
        }
        buffer_done(&composer.text);
        if (r == 0)
                *ret = composer.statement;
        return r;
}
