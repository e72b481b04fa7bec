/* SPDX-License-Identifier: Apache-2.0 */
/* Whose table is it: read from the migrations, asked of every SQL text. */
#pragma once

#include <node/module.h>

/* "CREATE TABLE x", "CREATE VIEW x" of every module's migrations, and the landing tables of its datasets. */
void tables_learn(const Module *module);
/* Names read from or written to by the text: whatever stands behind FROM, JOIN, INTO, UPDATE or a comma in a
 * FROM list, unless the text itself defines it (WITH x AS). */
void tables_of(const char *sql, void (*each)(void *data, const char *table), void *data);
/* Stores, as bits by StoreId, that have all the tables that the text names. */
unsigned tables_stores(const char *sql);
/* NULL: nobody's. view: a published or private view. */
const Module *table_owner(const char *table, bool *ret_view);
