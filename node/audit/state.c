/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of the system's own state: start, stop, a version or configuration other than before, a clock that
 * jumps (14.2.2). What it was is kept in one small table; what changed is a security event in the chain. */

#include <stdlib.h>
#include <string.h>

#include <internal/log.h>
#include <node/text.h>

#include "audit-private.h"

#define VALUE_MAX STATE_VALUE_MAX
#define CLOCK_JUMP_MS 5000

typedef struct State {
        const char *name, *value;
        char before[VALUE_MAX];
} State;

static int state_work(Tx *tx, void *data) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        State *state = data;

        int r = tx_query(tx, &query_node_state_get, SQL_ARGS(value_text(state->name)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r < 0)
                return r;
        snprintf(state->before, sizeof(state->before), "%s", r > 0 ? rows_text(rows, 0) : "");
        rows = rows_close(rows);
        if (text_equal(state->before, state->value))
                return 0;
        return tx_exec(tx, &query_node_state_set,
                SQL_ARGS(value_text(state->name), value_text(state->value)), NULL);
}

/* Sets it; what it was before, "" when nothing was known. */
int audit_state_set(Audit *audit, const char *name, const char *value, char ret_before[static VALUE_MAX]) {
        State state = { .name = name, .value = value };

        int r = store_write(audit->engine->stores[STORE_SYSTEM], state_work, &state);
        if (r == 0)
                memcpy(ret_before, state.before, VALUE_MAX);
        return r;
}

int audit_state_get(Audit *audit, const char *name, char ret[static VALUE_MAX]) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = store_read_begin(audit->engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_node_state_get, SQL_ARGS(value_text(name)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r < 0)
                return r;
        snprintf(ret, VALUE_MAX, "%s", r > 0 ? rows_text(rows, 0) : "");
        return 0;
}

static int state_note(Audit *audit, const char *kind, const char *detail) {
        const SecurityNote note = { .kind = kind, .detail = detail };
        int64_t office;

        int r = identity_office(audit->engine, &office);
        if (r < 0)
                return r == -ENOENT ? 0
                                    : r; /* nobody is there yet: the first start has an event of its own */
        return identity_note(audit->identity, &note);
}

static int state_change(Audit *audit, const char *name, const char *value, const char *kind) {
        char before[VALUE_MAX], detail[2 * VALUE_MAX + 8];

        int r = audit_state_set(audit, name, value, before);
        if (r < 0 || !*before || text_equal(before, value))
                return r;
        snprintf(detail, sizeof(detail), "%.16s -> %.16s", before, value);
        return state_note(audit, kind, detail);
}

/* The schema is the list of migrations that this program knows. */
static int schema_text(Audit *audit, char ret[static 2 * sizeof(Digest) + 1]) {
        size_t n;
        const Module *const *modules = registry_modules(audit->engine->registry, &n);
        _cleanup_(digest_freep) DigestState *state = digest_new(DIGEST_SM3);
        Digest digest;

        if (!state)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++)
                for (const Migration *at = modules[i]->migrations; at && at->sql; at++)
                        digest_update(state, at->name, strlen(at->name) + 1);
        digest_final(state, &digest);
        hex_encode(digest.bytes, sizeof(digest.bytes), ret);
        return 0;
}

int audit_state_begin(Audit *audit, const char *version, const char *config) {
        char schema[2 * sizeof(Digest) + 1], before[VALUE_MAX];

        int r = schema_text(audit, schema);
        if (r == 0)
                r = audit_state_set(audit, "running", "yes", before);
        if (r == 0 && text_equal(before, "yes"))
                r = state_note(audit, "system_broke_off", "");
        if (r == 0)
                r = state_change(audit, "version", version, "version_changed");
        if (r == 0)
                r = state_change(audit, "schema", schema, "schema_changed");
        if (r == 0)
                r = state_change(audit, "config", config, "config_changed");
        return r < 0 ? r : state_note(audit, "system_started", version);
}

void audit_state_tick(Audit *audit) {
        const Clock *clock = audit->engine->clock;
        int64_t offset = clock_now(clock).ms - clock->monotonic_ms(clock->data),
                before = audit->clock_offset;
        char detail[64];

        audit->clock_offset = offset;
        if (before == 0 || llabs(offset - before) <= CLOCK_JUMP_MS)
                return;
        snprintf(detail, sizeof(detail), "%+lld s", (long long) (offset - before) / 1000);
        if (state_note(audit, "clock_jump", detail) < 0)
                log_warning("a jump of the clock by %s could not be noted", detail);
}

int audit_state_end(Audit *audit) {
        char before[VALUE_MAX];

        int r = state_note(audit, "system_stopped", "");
        return r < 0 ? r : audit_state_set(audit, "running", "no", before);
}
