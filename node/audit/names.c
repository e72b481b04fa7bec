/* SPDX-License-Identifier: Apache-2.0 */
/* Names of people beside their ids; they stand in the system store, whatever store an answer came from. Ids
 * and instants are texts in JSON. */

#include <string.h>

#include <node/text.h>

#include "audit-private.h"

json_t *number_text(int64_t number) {
        return json_sprintf("%lld", (long long) number);
}

static int name_find(Tx *tx, const char *person, json_t **ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t id;

        if (!person || integer_parse(person, &id) < 0)
                return -EBADMSG;
        int r = tx_query(tx, &query_person_name, SQL_ARGS(value_integer(id)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r >= 0)
                *ret = json_string(r > 0 ? rows_text(rows, 0) : "");
        return r < 0 ? r : 0;
}

static int name_set(Tx *tx, json_t *known, json_t *item, const char *whose, const char *where) {
        const char *person = json_string_value(json_object_get(item, whose));
        json_t *name = person ? json_object_get(known, person) : NULL;

        if (!name) {
                int r = name_find(tx, person, &name);
                if (r < 0)
                        return r;
                if (json_object_set_new(known, person, name) < 0)
                        return -ENOMEM;
        }
        return json_object_set(item, where, name) < 0 ? -ENOMEM : 0;
}

int person_names_fill(Engine *engine, json_t *array) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        json_t *known = json_object(), *item;
        size_t i;

        int r = store_read_begin(engine->stores[STORE_SYSTEM], &tx);
        json_array_foreach(array, i, item) {
                if (r == 0)
                        r = name_set(tx, known, item, "person", "person_name");
                if (r == 0 && json_object_get(item, "principal"))
                        r = name_set(tx, known, item, "principal", "principal_name");
        }
        json_decref(known);
        return r;
}
