/* SPDX-License-Identifier: Apache-2.0 */
#include "tables.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#define TABLES_MAX 512
#define WORD_BYTES_MAX 64
#define NAMED_MAX 32

typedef struct Table {
        char name[WORD_BYTES_MAX];
        const Module *owner;
        bool view;
        unsigned stores;
} Table;
static Table tables[TABLES_MAX];
static size_t n_tables;

const Module *table_owner(const char *table, bool *ret_view) {
        for (size_t i = 0; i < n_tables; i++)
                if (strcmp(tables[i].name, table) == 0) {
                        *ret_view = tables[i].view;
                        return tables[i].owner;
                }
        return NULL;
}

static void table_add(const Module *owner, const char *name, bool view, StoreId store) {
        for (size_t i = 0; i < n_tables; i++)
                if (strcmp(tables[i].name, name) == 0 && tables[i].owner == owner) {
                        tables[i].stores |= 1u << store;
                        return;
                }
        assert_true(n_tables < TABLES_MAX);
        tables[n_tables] = (Table){ .owner = owner, .view = view, .stores = 1u << store };
        strncpy(tables[n_tables++].name, name, WORD_BYTES_MAX - 1);
}

/* The next word or single sign; literals and comments are passed over. "" at the end. */
static const char *word_next(const char *at, char ret[static WORD_BYTES_MAX]) {
        size_t n = 0;

        while (*at && (isspace((unsigned char) *at) || *at == '\'' || (*at == '-' && at[1] == '-'))) {
                if (*at == '\'')
                        for (at++; *at && *at != '\''; at++)
                                ;
                else if (*at == '-')
                        at += strcspn(at, "\n");
                at += *at != 0;
        }
        if (isalnum((unsigned char) *at) || *at == '_')
                while (isalnum((unsigned char) *at) || *at == '_') {
                        if (n + 1 < WORD_BYTES_MAX)
                                ret[n++] = *at;
                        at++;
                }
        else if (*at)
                ret[n++] = *at++;
        ret[n] = 0;
        return at;
}

static bool is(const char *word, const char *other) {
        return strcasecmp(word, other) == 0;
}

void tables_learn(const Module *module) {
        for (const Migration *migration = module->migrations; migration && migration->sql; migration++) {
                char word[WORD_BYTES_MAX], before[WORD_BYTES_MAX] = "", what[WORD_BYTES_MAX] = "";
                for (const char *at = word_next(migration->sql, word); *word; at = word_next(at, word)) {
                        if (is(before, "CREATE") && (is(word, "TABLE") || is(word, "VIEW")))
                                strcpy(what, word);
                        else if (*what) {
                                table_add(module, word, is(what, "VIEW"), migration->store);
                                *what = 0;
                        }
                        strcpy(before, word);
                }
        }
        for (const Dataset *const *dataset = module->datasets; dataset && *dataset; dataset++)
                table_add(module, (*dataset)->record->name, false, STORE_REGULATORY);
}

static bool introduces_table(const char *word) {
        return is(word, "FROM") || is(word, "JOIN") || is(word, "INTO") || is(word, "UPDATE");
}

static bool ends_list(const char *word) {
        static const char *const words[] = { "WHERE", "ON", "GROUP", "ORDER", "LIMIT", "SET", "UNION",
                "VALUES", "SELECT", "(", ")" };

        for (size_t i = 0; i < ELEMENTSOF(words); i++)
                if (is(word, words[i]))
                        return true;
        return false;
}

/* WITH x AS (…), y (a, b) AS (…): a name is what stands before "AS (" or before its list of columns. */
static size_t named_inside(const char *sql, char ret[NAMED_MAX][WORD_BYTES_MAX]) {
        char word[WORD_BYTES_MAX], two[WORD_BYTES_MAX] = "", one[WORD_BYTES_MAX] = "",
                                   opener[WORD_BYTES_MAX] = "";
        size_t n = 0;

        for (const char *at = word_next(sql, word); *word; at = word_next(at, word)) {
                if (is(word, "("))
                        strcpy(opener, one);
                if (is(word, "(") && is(one, "AS") && n < NAMED_MAX)
                        strcpy(ret[n++], is(two, ")") ? opener : two);
                if (is(word, "(") && (is(two, "RECURSIVE") || is(two, "WITH") || is(two, ",")) &&
                        n < NAMED_MAX)
                        strcpy(ret[n++], one);
                strcpy(two, one);
                strcpy(one, word);
        }
        return n;
}

void tables_of(const char *sql, void (*each)(void *data, const char *table), void *data) {
        char word[WORD_BYTES_MAX], before[WORD_BYTES_MAX] = "", named[NAMED_MAX][WORD_BYTES_MAX];
        size_t n = named_inside(sql, named);
        bool list = false;

        for (const char *at = word_next(sql, word); *word; at = word_next(at, word)) {
                bool table = introduces_table(before) || (list && is(before, ","));
                /* ON CONFLICT … DO UPDATE SET names none, nor does "FOR" or "IS DISTINCT FROM $1" */
                if (table && (isalpha((unsigned char) *word) || *word == '_') && !is(word, "SET") &&
                        !is(word, "SELECT")) {
                        bool inside = false;
                        for (size_t i = 0; i < n; i++)
                                inside = inside || is(named[i], word);
                        if (!inside)
                                each(data, word);
                }
                if (is(word, "FROM"))
                        list = true;
                else if (ends_list(word))
                        list = false;
                strcpy(before, word);
        }
}

static void stores_narrow(void *data, const char *table) {
        unsigned *stores = data;

        for (size_t i = 0; i < n_tables; i++)
                if (strcmp(tables[i].name, table) == 0)
                        *stores &= tables[i].stores;
}

unsigned tables_stores(const char *sql) {
        unsigned stores = 1u << STORE_SYSTEM | 1u << STORE_BUSINESS | 1u << STORE_REGULATORY;

        tables_of(sql, stores_narrow, &stores);
        return stores;
}
