/* SPDX-License-Identifier: Apache-2.0 */
/* What the registry keeps for the rest of this folder: the statements derived from each record. */
#pragma once

#include <internal/engine.h>

/* Columns of every derived SELECT, in this order: id, office, version, chain_seq, then the fields. */
#define HEAD_COLUMNS 4u

typedef struct UniqueSet {
        const Field **fields;
        size_t n;
        Query select; /* $1 office, then the values: id of the row that has them */
} UniqueSet;

/* Of one stored record; built once when the registry is. */
typedef struct Statements {
        const Record *record;
        Query insert;      /* $1… all columns; does nothing when a unique set is taken */
        Query update;      /* $1 id, $2 version read, $3 chain_seq, then the fields */
        Query select;      /* $1 id, $2 office */
        Query select_seen; /* $1 id, $2 root office: within its closure */
        UniqueSet *unique;
        size_t n_unique;
} Statements;

bool record_stored(const Record *record);
const Statements *registry_statements(const Registry *registry, const Record *record);

/* Any module declares codes of this set; sets that none does are dictionaries of the database. */
bool registry_code_set(const Registry *registry, const char *set);

/* The query of codes that are rows; NULL: no module has them. */
const Query *registry_code_rows(const Registry *registry);

/* What every command of the store has to leave without a row: the "touched" of all invariants in one statement, for
 * each by itself would be a round trip. Its sql is NULL where the store has none. */
const Query *registry_touched(const Registry *registry, StoreId store);

/* The setting of this name whose store it is; NULL: none declares it. */
const Setting *registry_setting(const Registry *registry, StoreId store, const char *name);

/* --- statement-query.c --- */
int statements_build(const Record *record, Arena *arena, Statements *ret) _must_check_;
int touched_build(const Registry *registry, StoreId store, Arena *arena, Query *ret) _must_check_;

/* --- find-query.c --- */
/* The highest $n of a text. */
size_t find_parameters(const char *sql);
/* What is run for a finder's query: the caller's offices ($n+1), order and bound ($n+2) around it. */
int find_statement(const Query *query, Arena *arena, Query *ret) _must_check_;
