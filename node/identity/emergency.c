/* SPDX-License-Identifier: Apache-2.0 */
/* The doors while an emergency stands (14.2.5): asked before every command, at every log-in and by whoever
 * answers partner systems. State is read each time, so a measure holds from its commit on and over restarts.
 */

#include <node/date.h>
#include <node/text.h>

#include "emergency.h"

int identity_emergency(Identity *identity, int64_t office, Arena *arena, EmergencyState *ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        Engine *engine = identity->engine;
        EmergencyState state = { 0 };

        int r = store_read_begin(engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_emergency_state, SQL_ARGS(value_integer(office)), &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                const EmergencyMeasure *measure = emergency_measure_find(rows_text(rows, 4));

                if (state.id.value == 0) {
                        const char *label =
                                registry_code_label(engine->registry, "emergency_kind", rows_text(rows, 1));
                        state.id = (Id){ rows_integer(rows, 0) };
                        state.kind = label ? label : arena_strdup(arena, rows_text(rows, 1));
                        state.declared_at = (Instant){ rows_integer(rows, 2) };
                        state.declared_by = arena_strdup(arena, rows_text(rows, 3));
                        if (!state.kind || !state.declared_by)
                                return -ENOMEM;
                }
                state.measures |= measure ? measure->bit : 0;
        }
        if (r < 0)
                return r;
        *ret = state;
        return state.id.value ? 0 : -ENOENT;
}

static int stopped(const EmergencyState *state, unsigned measure, Arena *arena, Refusal *ret) {
        char at[INSTANT_TEXT_MAX];
        const EmergencyMeasure *row = emergency_measures;

        while (row->code && row->bit != measure)
                row++;
        instant_format(state->declared_at, at);
        *ret = (Refusal){ .code = row->refusal };
        if (measure == EMERGENCY_PARTNERS) /* nobody outside is told names */
                return -EREFUSED_;
        ret->arguments[0] = state->kind;
        ret->arguments[1] = state->declared_by;
        ret->arguments[2] = arena_strdup(arena, at);
        ret->n_arguments = 3;
        return ret->arguments[2] ? -EREFUSED_ : -ENOMEM;
}

int identity_emergency_check(
        Identity *identity, int64_t office, unsigned measure, Arena *arena, Refusal *ret) {
        EmergencyState state;

        int r = identity_emergency(identity, office, arena, &state);
        if (r == -ENOENT)
                return 0;
        return r < 0 || !(state.measures & measure) ? r : stopped(&state, measure, arena, ret);
}

/* What an office goes on with while it is read-only: its administration, what only notes that something was
 * read or printed, and what leaves no trace. */
static bool goes_on(const Command *command, Arena *arena) {
        const char *function = arena_printf(arena, "command:%s", command->name);

        return command->flags & (COMMAND_READING | COMMAND_NO_CHAIN) ||
               (function && function_administrators(function));
}

int emergency_command(void *data, const Caller *caller, const Command *command, Arena *arena, Refusal *ret) {
        EmergencyState state;

        if (goes_on(command, arena))
                return 0;
        int r = identity_emergency(data, caller->office, arena, &state);
        if (r == -ENOENT)
                return 0;
        if (r == 0 && state.measures & EMERGENCY_READ_ONLY)
                return stopped(&state, EMERGENCY_READ_ONLY, arena, ret);
        if (r == 0 && state.measures & EMERGENCY_MONEY && command->flags & COMMAND_AMOUNT)
                return stopped(&state, EMERGENCY_MONEY, arena, ret);
        return r;
}
