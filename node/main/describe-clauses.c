/* SPDX-License-Identifier: Apache-2.0 */
/* The acceptance table (15.2.5): every clause of the standard, which declarations name it, and whether tests
 * have proven it. The list of clauses is docs/standard/clauses.tsv, embedded by the build. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <node/arena.h>

#include "describe.h"

#define CLAUSES_MAX 512
#define CLAUSE_COLUMNS 4
#define TABLE_BYTES_MAX (4u << 20)

static const char clauses_table[] =
#include <clauses.tsv.h>
        ;

typedef struct Clause {
        const char *id, *level, *owner, *requirement;
        bool proven;
} Clause;

typedef struct Clauses {
        Clause rows[CLAUSES_MAX];
        size_t n;
} Clauses;

/* The first line names the columns. */
static int clauses_read(Arena *arena, Clauses *ret) {
        char *text = arena_strdup(arena, clauses_table), *lines = NULL;

        if (!text)
                return -ENOMEM;
        (void) strtok_r(text, "\n", &lines);
        for (char *line = strtok_r(NULL, "\n", &lines); line; line = strtok_r(NULL, "\n", &lines)) {
                char *columns[CLAUSE_COLUMNS];
                for (size_t i = 0; i < CLAUSE_COLUMNS; i++)
                        columns[i] = strsep(&line, "\t");
                if (!columns[CLAUSE_COLUMNS - 1] || ret->n == CLAUSES_MAX)
                        return -EINVAL;
                ret->rows[ret->n++] = (Clause){ columns[0], columns[1], columns[2], columns[3], false };
        }
        return 0;
}

static Clause *clause_find(Clauses *clauses, const char *id) {
        for (size_t i = 0; i < clauses->n; i++)
                if (strcmp(clauses->rows[i].id, id) == 0)
                        return &clauses->rows[i];
        return NULL;
}

/* Any word of the file that is the id of a clause. */
static int proven_read(Clauses *clauses, const char *path) {
        FILE *file = fopen(path, "re");
        char *line = NULL;
        size_t size = 0;

        if (!file)
                return -errno;
        while (getline(&line, &size, file) >= 0) {
                char *words = NULL;
                for (char *word = strtok_r(line, " \t\r\n,", &words); word;
                        word = strtok_r(NULL, " \t\r\n,", &words)) {
                        Clause *clause = clause_find(clauses, word);
                        if (clause)
                                clause->proven = true;
                }
        }
        int r = ferror(file) ? -EIO : 0;
        fclose(file);
        free(line);
        return r;
}

/* A declaration may name a heading: 4.2.1 stands for 4.2.1.1 to 4.2.1.5, and says so. */
static bool named(const char *clause, const char *id, const char *what, const char *name, bool any) {
        size_t length = clause ? strlen(clause) : 0;
        bool heading = length > 0 && strncmp(clause, id, length) == 0 && id[length] == '.';

        if (!clause || (!heading && strcmp(clause, id) != 0))
                return any;
        printf("%s%s %s", any ? ", " : "", what, name);
        if (heading)
                printf(" (%s)", clause);
        return true;
}

static bool records_named(const Module *module, const char *id, bool any) {
        for (const Record *const *at = module->records; at && *at; at++) {
                any = named((*at)->clause, id, "record", (*at)->name, any);
                for (size_t i = 0; i < (*at)->n_fields; i++)
                        any = named((*at)->fields[i].clause, id, "field", (*at)->fields[i].name, any);
        }
        return any;
}

static bool declarations_named(const Module *module, const char *id, bool any) {
        any = records_named(module, id, any);
        for (const Command *const *at = module->commands; at && *at; at++)
                any = named((*at)->clause, id, "command", (*at)->name, any);
        for (const View *const *at = module->views; at && *at; at++)
                any = named((*at)->clause, id, "view", (*at)->name, any);
        for (const ErrorText *at = module->errors; at && at->code; at++)
                any = named(at->clause, id, "refusal", at->code, any);
        for (const Measure *const *at = module->measures; at && *at; at++)
                any = named((*at)->clause, id, "measure", (*at)->name, any);
        for (const Ratio *const *at = module->ratios; at && *at; at++)
                any = named((*at)->clause, id, "ratio", (*at)->name, any);
        for (const Dataset *const *at = module->datasets; at && *at; at++)
                any = named((*at)->clause, id, "dataset", (*at)->name, any);
        for (const Importer *const *at = module->importers; at && *at; at++)
                any = named((*at)->clause, id, "importer", (*at)->name, any);
        for (const Paper *const *at = module->papers; at && *at; at++)
                any = named((*at)->clause, id, "paper", (*at)->name, any);
        for (const Setting *at = module->settings; at && at->name; at++)
                any = named(at->clause, id, "setting", at->name, any);
        return any;
}

static const char *state_of(const Clause *clause) {
        if (!clause->proven)
                return "waiting";
        return strcmp(clause->level, "inferred") == 0 ? "proven on inferred text" : "proven";
}

static void table_print(const Clauses *clauses, const Module *const *list, size_t n, bool with_state) {
        puts("# Clauses\n\nEvery clause of CJJ/T 258 that asks something of the system, in our words, and "
             "what names it.");
        puts(with_state ? ""
                        : "With `--proven FILE` (the report of `tests/run`) a column says of each clause: "
                          "proven, proven on "
                          "inferred text\n(a clause whose wording this project had to infer), waiting.\n");
        printf("| clause | level | owner | requirement | named by |%s\n", with_state ? " state |" : "");
        printf("|---|---|---|---|---|%s\n", with_state ? "---|" : "");
        for (size_t i = 0; i < clauses->n; i++) {
                const Clause *clause = &clauses->rows[i];
                bool any = false;
                printf("| %s | %s | %s | %s | ", clause->id, clause->level, clause->owner,
                        clause->requirement);
                for (size_t m = 0; m < n; m++)
                        any = declarations_named(list[m], clause->id, any);
                printf(" |%s%s%s\n", with_state ? " " : "", with_state ? state_of(clause) : "",
                        with_state ? " |" : "");
        }
}

static void counts_print(const Clauses *clauses) {
        size_t proven = 0, inferred = 0;

        for (size_t i = 0; i < clauses->n; i++) {
                const char *state = state_of(&clauses->rows[i]);
                proven += strcmp(state, "proven") == 0;
                inferred += strcmp(state, "proven on inferred text") == 0;
        }
        printf("\n%zu clauses: %zu proven, %zu proven on inferred text, %zu waiting.\n", clauses->n, proven,
                inferred, clauses->n - proven - inferred);
}

int describe_clauses(const Module *const *list, size_t n, const char *proven) {
        _cleanup_(arena_freep) Arena *arena = arena_new(TABLE_BYTES_MAX);
        Clauses *clauses = arena ? ARENA_NEW(arena, Clauses) : NULL;

        int r = clauses ? clauses_read(arena, clauses) : -ENOMEM;
        if (r == 0 && proven)
                r = proven_read(clauses, proven);
        if (r < 0) {
                fprintf(stderr, "fundnode: %s: %s\n", proven ? proven : "clauses", strerror(-r));
                return EXIT_FAILURE;
        }
        table_print(clauses, list, n, proven != NULL);
        if (proven)
                counts_print(clauses);
        return EXIT_SUCCESS;
}
