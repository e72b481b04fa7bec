/* SPDX-License-Identifier: Apache-2.0 */
/* Who may do what on a day, for whoever audits: made from the same rows and by the same rules as the
 * permission itself, so that it cannot say anything else. Past days are answered by the days of the rows. */

#include <stdio.h>
#include <stdlib.h>

#include "identity-kernel.h"

typedef struct Matrix {
        Identity *identity;
        Tx *tx;
        int64_t office;
        Date day;
} Matrix;

static int cell_add(const Matrix *matrix, const Entry *entry, const char *function, json_t *cells) {
        char limit[24];
        Money largest;
        bool delegated;

        if (!entry_basis(entry, function, matrix->office, matrix->day, &largest, &delegated))
                return 0;
        snprintf(limit, sizeof(limit), "%lld", (long long) largest.fen);
        return json_object_set_new(cells, function,
                       json_pack("{s:s,s:b}", "limit", limit, "delegated", (int) delegated)) < 0
                       ? -ENOMEM
                       : 0;
}

static int cells_of(const Matrix *matrix, const Entry *entry, json_t *cells) {
        const Registry *registry = matrix->identity->engine->registry;
        size_t n;
        const Module *const *modules = registry_modules(registry, &n);
        char function[FUNCTION_MAX];
        int r = 0;

        for (size_t i = 0; i < n; i++) {
                for (size_t k = 0; r == 0 && modules[i]->commands && modules[i]->commands[k]; k++) {
                        const Command *command = modules[i]->commands[k];
                        snprintf(function, sizeof(function), "command:%s", command->name);
                        if (!(command->flags & COMMAND_INTERNAL))
                                r = cell_add(matrix, entry, function, cells);
                }
                for (size_t k = 0; r == 0 && modules[i]->views && modules[i]->views[k]; k++) {
                        snprintf(function, sizeof(function), "view:%s", modules[i]->views[k]->name);
                        r = cell_add(matrix, entry, function, cells);
                }
        }
        return r;
}

static int person_add(const Matrix *matrix, Id person, const char *name, json_t *persons) {
        json_t *cells = json_object();
        char id[24];
        Entry *entry;

        int r = rights_load(matrix->identity, matrix->tx, person, &entry);
        if (r == 0) {
                r = cells_of(matrix, entry, cells);
                free(entry);
        }
        if (r < 0) {
                json_decref(cells);
                return r;
        }
        snprintf(id, sizeof(id), "%lld", (long long) person.value);
        return json_array_append_new(
                       persons, json_pack("{s:s,s:s,s:o}", "id", id, "name", name, "cells", cells)) < 0
                       ? -ENOMEM
                       : 0;
}

#define MATRIX_PERSONS_MAX 2000u

int identity_matrix(Identity *identity, int64_t office, Date day, json_t **ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        json_t *persons = json_array();
        size_t n = 0;

        int r = store_read_begin(identity->engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_persons_of_office, SQL_ARGS(value_integer(office)), &rows);
        Matrix matrix = { identity, tx, office, day };
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                if (n++ == MATRIX_PERSONS_MAX)
                        r = -E2BIG;
                else
                        r = person_add(&matrix, (Id){ rows_integer(rows, 0) }, rows_text(rows, 1), persons);
        }
        if (r < 0)
                json_decref(persons);
        else
                *ret = persons;
        return r;
}
