/* SPDX-License-Identifier: Apache-2.0 */
/* Security events after they were noted: looked into by a person, counted by kind. */

#include <string.h>

#include <node/text.h>

#include "identity-kernel.h"

/* Kinds that are the day's course; every other one waits for somebody to look. */
static const char *const routine[] = { "login", "logout", "first_start", "system_started",
        "system_stopped", "emergency_step", "readings_resumed" };

bool identity_event_routine(const char *kind) {
        for (size_t i = 0; i < ELEMENTSOF(routine); i++)
                if (text_equal(routine[i], kind))
                        return true;
        return false;
}

int run_handle_event(Request *q, const void *input, void *ret_output) {
        const HandleEventInput *in = input;
        EventHandling handling = {
                .event = in->event, .person = q->person, .instant = q->now, .note = in->note
        };
        SecurityEvent event;
        int64_t known;

        int r = record_load(q, &record_security_event, in->event, &event);
        if (r < 0)
                return r;
        r = tx_integer(q->tx, &query_handling_of, SQL_ARGS(value_id(in->event)), &known);
        if (r == 0)
                return refuse(q, "identity.event_handled", "event", NULL);
        return r == -ENOENT ? record_insert(q, &record_event_handling, &handling) : r;
}

int identity_events_summary(Engine *engine, int64_t office, Instant from, json_t **ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        json_t *list = json_array();
        int64_t open = 0;

        int r = store_read_begin(engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_events_by_kind,
                        SQL_ARGS(value_integer(office), value_integer(from.ms)), &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                const char *kind = rows_text(rows, 0);
                const char *label = registry_code_label(engine->registry, "security_event", kind);
                int64_t waiting = identity_event_routine(kind) ? 0 : rows_integer(rows, 2);

                open += waiting;
                if (json_array_append_new(list,
                            json_pack("{s:s, s:s, s:I, s:I, s:b}", "kind", kind, "label",
                                    label ? label : kind, "total", (json_int_t) rows_integer(rows, 1),
                                    "open", (json_int_t) waiting, "routine", identity_event_routine(kind))) <
                        0)
                        r = -ENOMEM;
        }
        *ret = json_pack("{s:o, s:I}", "kinds", list, "open", (json_int_t) open);
        if (r < 0 || !*ret) {
                json_decref(*ret);
                *ret = NULL;
        }
        return r < 0 ? r : *ret ? 0 : -ENOMEM;
}
