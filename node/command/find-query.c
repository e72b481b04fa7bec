/* SPDX-License-Identifier: Apache-2.0 */
/* The frame around a finder's query: whose offices, in which order, how many. */
#include <stdlib.h>
#include <string.h>

#include <node/error.h>

#include "registry.h"

/* The highest $n of the text: what the engine adds comes behind it. */
size_t find_parameters(const char *sql) {
        size_t highest = 0;

        for (const char *at = strchr(sql, '$'); at; at = strchr(at + 1, '$')) {
                size_t number = strtoul(at + 1, NULL, 10);

                highest = number > highest ? number : highest;
        }
        return highest;
}

int find_statement(const Query *query, Arena *arena, Query *ret) {
        size_t n = find_parameters(query->sql);

        ret->name = arena_printf(arena, "%s.find", query->name);
        ret->sql = arena_printf(arena,
                "SELECT f.id, f.title, f.detail FROM (%s) f WHERE f.office IN (SELECT office_closure.office "
                "FROM office_closure WHERE office_closure.root = $%zu UNION ALL SELECT CAST($%zu AS "
                "BIGINT)) "
                "ORDER BY f.sort, f.id LIMIT CAST($%zu AS BIGINT)",
                query->sql, n + 1, n + 1, n + 2);
        return ret->name && ret->sql ? 0 : -ENOMEM;
}
