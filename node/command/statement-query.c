/* SPDX-License-Identifier: Apache-2.0 */
/* The statements of a record, written from its field list once at start. Names come from .def files only;
 * values are always parameters. */
#include <errno.h>
#include <string.h>

#include <node/text.h>

#include "registry.h"

#define STATEMENT_BYTES_MAX (64u << 10)

static int query_finish(Buffer *text, const Record *record, const char *what, Arena *arena, Query *ret) {
        int r = buffer_error(text);

        if (r >= 0) {
                const char *name = arena_printf(arena, "%s.%s", record->name, what);
                const char *sql = arena_strndup(arena, (const char *) text->data, text->size);

                if (!name || !sql)
                        r = -ENOMEM;
                else
                        *ret = (Query){ .name = name, .sql = sql };
        }
        buffer_done(text);
        return r;
}

static void columns_write(Buffer *text, const Record *record) {
        buffer_text(text, "id, office, version, chain_seq");
        for (size_t i = 0; i < record->n_fields; i++)
                buffer_printf(text, ", %s", record->fields[i].name);
}

static int insert_build(const Record *record, Arena *arena, Query *ret) {
        Buffer text = BUFFER_INIT(STATEMENT_BYTES_MAX);

        buffer_printf(&text, "INSERT INTO %s (", record->name);
        columns_write(&text, record);
        buffer_text(&text, ") VALUES (");
        for (size_t i = 0; i < HEAD_COLUMNS + record->n_fields; i++)
                buffer_printf(&text, "%s$%zu", i == 0 ? "" : ", ", i + 1);
        buffer_text(&text, ") ON CONFLICT DO NOTHING");
        return query_finish(&text, record, "insert", arena, ret);
}

static int update_build(const Record *record, Arena *arena, Query *ret) {
        Buffer text = BUFFER_INIT(STATEMENT_BYTES_MAX);

        buffer_printf(&text, "UPDATE %s SET version = version + 1, chain_seq = $3", record->name);
        for (size_t i = 0; i < record->n_fields; i++)
                buffer_printf(&text, ", %s = $%zu", record->fields[i].name, i + 4);
        buffer_text(&text, " WHERE id = $1 AND version = $2");
        return query_finish(&text, record, "update", arena, ret);
}

static int select_build(
        const Record *record, const char *what, const char *where, Arena *arena, Query *ret) {
        Buffer text = BUFFER_INIT(STATEMENT_BYTES_MAX);

        buffer_text(&text, "SELECT ");
        columns_write(&text, record);
        buffer_printf(&text, " FROM %s WHERE id = $1 AND ", record->name);
        buffer_text(&text, where);
        return query_finish(&text, record, what, arena, ret);
}

static int unique_build(const Record *record, const char *names, Arena *arena, UniqueSet *ret) {
        Buffer text = BUFFER_INIT(STATEMENT_BYTES_MAX);
        char *copy = arena_strdup(arena, names), *state = NULL;
        UniqueSet set = { .fields = ARENA_ARRAY(arena, const Field *, record->n_fields + 1) };
        int r;

        if (!copy || !set.fields)
                return -ENOMEM;
        buffer_printf(&text, "SELECT id FROM %s WHERE office = $1", record->name);
        for (char *name = strtok_r(copy, ", ", &state); name; name = strtok_r(NULL, ", ", &state)) {
                const Field *field = record_field(record, name);

                if (!field || set.n == record->n_fields) {
                        buffer_done(&text);
                        return -EINVAL;
                }
                set.fields[set.n++] = field;
                buffer_printf(&text, " AND %s = $%zu", field->name, set.n + 1);
        }
        if (record->ends)
                buffer_printf(&text, " AND %s < %lld", record->ends, (long long) record->ends_from);
        r = query_finish(&text, record, "unique", arena, &set.select);
        if (r < 0)
                return r;
        *ret = set;
        return 0;
}

int statements_build(const Record *record, Arena *arena, Statements *ret) {
        Statements built = { .record = record };
        size_t n = 0;
        int r;

        if (record->ends && (!record_field(record, record->ends) || record->ends_from <= 0))
                return -EINVAL;
        while (record->unique && record->unique[n])
                n++;
        built.unique = ARENA_ARRAY(arena, UniqueSet, n + 1);
        if (!built.unique)
                return -ENOMEM;
        r = insert_build(record, arena, &built.insert);
        if (r >= 0)
                r = update_build(record, arena, &built.update);
        if (r >= 0)
                r = select_build(record, "select", "office = $2", arena, &built.select);
        if (r >= 0)
                r = select_build(record, "select_seen",
                        "office IN (SELECT office_closure.office FROM office_closure WHERE "
                        "office_closure.root = $2 "
                        "UNION ALL SELECT CAST($2 AS BIGINT))",
                        arena, &built.select_seen);
        for (; r >= 0 && built.n_unique < n; built.n_unique++)
                r = unique_build(
                        record, record->unique[built.n_unique], arena, &built.unique[built.n_unique]);
        if (r < 0)
                return r;
        *ret = built;
        return 0;
}

/* Each in a SELECT of its own: it may group or order. */
int touched_build(const Registry *registry, StoreId store, Arena *arena, Query *ret) {
        Buffer text = BUFFER_INIT(STATEMENT_BYTES_MAX);
        unsigned here = registry_capabilities(registry);
        size_t n, n_taken = 0;
        const Module *const *modules = registry_modules(registry, &n);

        *ret = (Query){ .name = "node.touched" };
        for (size_t i = 0; i < n; i++)
                for (const Invariant *at = modules[i]->invariants; at && at->name; at++)
                        if (at->touched && at->store == store && at->capabilities & modules[i]->capabilities & here) {
                                buffer_printf(&text, "%sSELECT * FROM (%s) AS t%zu", n_taken > 0 ? " UNION ALL " : "",
                                        at->touched->sql, n_taken);
                                n_taken++;
                        }
        int r = buffer_error(&text);
        if (r >= 0 && n_taken > 0 && !(ret->sql = arena_strndup(arena, (const char *) text.data, text.size)))
                r = -ENOMEM;
        buffer_done(&text);
        return r;
}
