/* SPDX-License-Identifier: Apache-2.0 */
/* Names of people beside their ids; whoever keeps persons answers, whatever store the rest came from. */

#include <node/text.h>

#include "audit-private.h"

int person_names_fill(Engine *engine, json_t *array) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        json_t *known = json_object(), *item;
        int r = arena && known ? 0 : -ENOMEM;
        size_t i;

        json_array_foreach(array, i, item) {
                const char *person = json_string_value(json_object_get(item, "person"));
                json_t *name = person ? json_object_get(known, person) : NULL;
                int64_t id;

                if (r < 0)
                        break;
                if (!name) {
                        if (!person || integer_parse(person, &id) < 0) {
                                r = -EBADMSG;
                                break;
                        }
                        const char *told = engine->person_name
                                                   ? engine->person_name(engine->identity, (Id){ id }, arena)
                                                   : NULL;
                        name = json_string(told ? told : "");
                        if (json_object_set_new(known, person, name) < 0)
                                r = -ENOMEM;
                }
                if (r == 0 && json_object_set(item, "person_name", name) < 0)
                        r = -ENOMEM;
        }
        json_decref(known);
        return r;
}
