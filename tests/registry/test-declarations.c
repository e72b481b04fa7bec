/* SPDX-License-Identifier: Apache-2.0 */
/* What all modules declare, looked at together: names, labels, clauses, references, refusals, frozen
 * numbers. With --numbers: prints the wire numbers as tests/registry/numbers.txt holds them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <federation/federation.h>

#include "all.h"
#include "offer.h"
#include "open-work.h"
#include "paper-asks.h"
#include "private-cases.h"
#include "source.h"

#define NAMES_MAX 4096

/* --- names and labels --- */

typedef struct Seen {
        const char *what, *name;
} Seen;
static Seen seen[NAMES_MAX];
static size_t n_seen;

static void once(const char *what, const char *name, const char *label) {
        if (!name || !*name) {
                finding("a %s has no name", what);
                return;
        }
        if (!label || !*label)
                finding("%s %s has no label", what, name);
        for (size_t i = 0; i < n_seen; i++)
                if (strcmp(seen[i].what, what) == 0 && strcmp(seen[i].name, name) == 0)
                        finding("%s %s is declared twice", what, name);
        assert_true(n_seen < NAMES_MAX);
        seen[n_seen++] = (Seen){ what, name };
}

/* "deposit.post" belongs to deposit: who reads a name knows where it lives. */
static void own(const Module *module, const char *what, const char *name) {
        size_t length = strlen(module->name);

        if (strncmp(name, module->name, length) != 0 || name[length] != '.')
                finding("%s %s does not begin with the name of its module, %s", what, name, module->name);
}

static void record_labels(const Record *record) {
        once("record", record->name, record->label);
        for (size_t i = 0; i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                if (!field->label || !*field->label)
                        finding("field %s.%s has no label", record->name, field->name);
                for (const StateName *state = field->states; state && state->name; state++)
                        if (!state->label || !*state->label)
                                finding("state %s of %s.%s has no label", state->name, record->name,
                                        field->name);
        }
}

static void view_labels(const View *view) {
        once("view", view->name, view->label);
        for (const Column *column = view->columns; column->name; column++)
                if (!column->label || !*column->label)
                        finding("column %s of view %s has no label", column->name, view->name);
}

static void collector_labels(const Module *module) {
        for (const Event *const *at = module->events; at && *at; at++) {
                once("event", (*at)->name, (*at)->label);
                own(module, "event", (*at)->name);
        }
        for (const Measure *const *at = module->measures; at && *at; at++) {
                once("measure", (*at)->name, (*at)->label);
                own(module, "measure", (*at)->name);
        }
        for (const Ratio *const *at = module->ratios; at && *at; at++) {
                once("measure", (*at)->name, (*at)->label);
                own(module, "ratio", (*at)->name);
        }
        for (const Dataset *const *at = module->datasets; at && *at; at++) {
                once("dataset", (*at)->name, (*at)->label);
                own(module, "dataset", (*at)->name);
        }
        for (const Importer *const *at = module->importers; at && *at; at++)
                once("importer", (*at)->name, (*at)->label);
        for (const Paper *const *at = module->papers; at && *at; at++) {
                once("paper", (*at)->name, (*at)->label);
                own(module, "paper", (*at)->name);
        }
        for (const Job *at = module->jobs; at && at->name; at++)
                once("job", at->name, at->label);
}

static void names(void **state) {
        size_t n;
        const Module *const *list = all_modules(&n);

        n_seen = 0;
        for (size_t i = 0; i < n; i++) {
                const Module *module = list[i];
                char code[256];
                once("module", module->name, module->label);
                for (const Record *const *at = module->records; at && *at; at++)
                        record_labels(*at);
                for (const Command *const *at = module->commands; at && *at; at++) {
                        once("command", (*at)->name, (*at)->label);
                        own(module, "command", (*at)->name);
                }
                for (const View *const *at = module->views; at && *at; at++) {
                        view_labels(*at);
                        own(module, "view", (*at)->name);
                }
                for (const ErrorText *at = module->errors; at && at->code; at++) {
                        once("refusal", at->code, at->sentence);
                        own(module, "refusal", at->code);
                }
                for (const Query *const *at = module->queries; at && *at; at++)
                        once("query", (*at)->name, (*at)->sql);
                for (const Setting *at = module->settings; at && at->name; at++) {
                        own(module, "setting", at->name);
                        if (text_empty(at->help) || !at->standard || at->store < STORE_SYSTEM ||
                                at->store > STORE_REGULATORY)
                                finding("setting %s needs help, a standard and a store", at->name);
                        /* which way is weaker is asked of numbers alone */
                        if (at->weaker != WEAKER_NEVER && (at->kind == KIND_TEXT || at->kind == KIND_CODE))
                                finding("setting %s is no number and cannot become weaker", at->name);
                }
                for (const CodeValue *at = module->codes; at && at->set; at++) {
                        snprintf(code, sizeof(code), "%s/%s", at->set, at->code);
                        once("code", strdup(code), at->label);
                }
                collector_labels(module);
        }
        findings_none();
}

/* --- clauses --- */

static char *clauses_text;

/* A row of the list, or a heading above rows of it: 4.2.1 stands for 4.2.1.1 to 4.2.1.5. */
static bool clause_known(const char *clause) {
        size_t length = strlen(clause);

        for (const char *at = clauses_text; at; at = strchr(at, '\n')) {
                at += *at == '\n';
                if (strncmp(at, clause, length) == 0 && (at[length] == '\t' || at[length] == '.'))
                        return true;
        }
        return false;
}

static void clause_check(const char *what, const char *name, const char *clause, bool must) {
        if (!clause) {
                if (must)
                        finding("%s %s names no clause", what, name);
        } else if (!clause_known(clause))
                finding("%s %s names clause %s, which docs/standard/clauses.tsv does not have", what, name,
                        clause);
}

static void clauses(void **state) {
        size_t n;
        const Module *const *list = all_modules(&n);

        clauses_text = source_text("docs/standard/clauses.tsv");
        for (size_t i = 0; i < n; i++) {
                for (const Command *const *at = list[i]->commands; at && *at; at++)
                        clause_check("command", (*at)->name, (*at)->clause, true);
                for (const View *const *at = list[i]->views; at && *at; at++)
                        clause_check("view", (*at)->name, (*at)->clause, true);
                for (const Measure *const *at = list[i]->measures; at && *at; at++)
                        clause_check("measure", (*at)->name, (*at)->clause, true);
                for (const Ratio *const *at = list[i]->ratios; at && *at; at++)
                        clause_check("ratio", (*at)->name, (*at)->clause, true);
                for (const Paper *const *at = list[i]->papers; at && *at; at++)
                        clause_check("paper", (*at)->name, (*at)->clause, true);
                for (const Importer *const *at = list[i]->importers; at && *at; at++)
                        clause_check("importer", (*at)->name, (*at)->clause, true);
                for (const Dataset *const *at = list[i]->datasets; at && *at; at++)
                        clause_check("dataset", (*at)->name, (*at)->clause, true);
                for (const ErrorText *at = list[i]->errors; at && at->code; at++)
                        clause_check("refusal", at->code, at->clause, false);
                for (const Record *const *at = list[i]->records; at && *at; at++) {
                        clause_check("record", (*at)->name, (*at)->clause, false);
                        for (size_t f = 0; f < (*at)->n_fields; f++)
                                clause_check("field", (*at)->fields[f].name, (*at)->fields[f].clause, false);
                }
        }
        free(clauses_text);
        findings_none();
}

/* --- references --- */

static bool code_set_known(const char *set) {
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                for (const CodeValue *at = list[i]->codes; at && at->set; at++)
                        if (strcmp(at->set, set) == 0)
                                return true;
        return strcmp(set, CODES_DECLARED) == 0 || strcmp(set, CODES_IMPORTER) == 0;
}

static void record_references(const Registry *registry, const Record *record) {
        for (size_t i = 0; i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                if (field->kind == KIND_ID && field->references &&
                        !registry_record(registry, field->references))
                        finding("%s.%s references %s, which no module declares", record->name, field->name,
                                field->references);
                if (field->kind == KIND_CODE && (!field->codes || !code_set_known(field->codes)))
                        finding("%s.%s is of code set %s, which no module declares", record->name,
                                field->name, field->codes ? field->codes : "(none)");
                if (field->lines && !registry_record(registry, field->lines->name))
                        finding("%s.%s has lines of %s, which is not in its module's records", record->name,
                                field->name, field->lines->name);
        }
        for (const Transition *at = record->transitions; at && at->command; at++)
                if (!registry_command(registry, at->command))
                        finding("%s has a step of command %s, which no module declares", record->name,
                                at->command);
}

static const Column *column_find(const View *view, const char *name) {
        for (const Column *column = view->columns; column->name; column++)
                if (strcmp(column->name, name) == 0)
                        return column;
        return NULL;
}

static void view_references(const Registry *registry, const View *view) {
        for (const char *const *action = view->actions; action && *action; action++)
                if (!registry_command(registry, *action))
                        finding("view %s offers %s, which no module declares", view->name, *action);
        for (const Column *column = view->columns; column->name; column++) {
                if (column->codes && column->kind == KIND_CODE && !code_set_known(column->codes))
                        finding("column %s of view %s: no code set %s", column->name, view->name,
                                column->codes);
                if (column->kind == KIND_STATE && !column->states)
                        finding("column %s of view %s has no states", column->name, view->name);
                const Column *via = column->via ? column_find(view, column->via) : NULL;
                if ((column->among != NULL) != (column->via != NULL) ||
                        (column->via && (!via || via->kind != KIND_ID)))
                        finding("column %s of view %s: rows above and the column with their id go together",
                                column->name, view->name);
        }
}

static bool event_known(const Event *event) {
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                for (const Event *const *at = list[i]->events; at && *at; at++)
                        if (*at == event)
                                return true;
        return false;
}

static bool measure_known(const Measure *measure) {
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                for (const Measure *const *at = list[i]->measures; at && *at; at++)
                        if (*at == measure)
                                return true;
        return false;
}

static void mark_references(const Registry *registry, const Module *module) {
        for (const Mark *at = module->marks; at && at->record; at++) {
                const Column *group = column_find(at->view, at->group),
                             *key = column_find(at->view, at->key),
                             *state = column_find(at->view, at->column);
                if (!registry_record(registry, at->record) || !registry_view(registry, at->view->name) ||
                        !group || !(group->flags & COLUMN_FILTER) || !key || key->kind != KIND_ID ||
                        !state || state->kind != KIND_STATE)
                        finding("mark %s of %s: record, view, filter column, id or state is not there",
                                at->label, module->name);
                for (size_t i = 0; state && state->states && state->states[i].name; i++)
                        if (!at->signs[i].tone || !at->signs[i].sign)
                                finding("mark %s of %s: no sign for %s", at->label, module->name,
                                        state->states[i].name);
        }
}

static void pairs_check(const Step *step, const char *const *pairs) {
        for (; pairs && *pairs; pairs++) {
                size_t size = strcspn(*pairs, "=");
                bool known = false;

                for (size_t i = 0; step->command && i < step->command->input->n_fields; i++) {
                        const char *name = step->command->input->fields[i].name;
                        known = known || (strlen(name) == size && strncmp(name, *pairs, size) == 0);
                }
                if (!known || (*pairs)[size] != '=')
                        finding("step %s offers %s, which is no field of its command", step->name, *pairs);
        }
}

static void step_references(const Registry *registry, const Module *module) {
        for (const Step *at = module->steps; at && at->name; at++) {
                if (!at->label || !at->purpose || !at->clause || !at->done || !at->capabilities ||
                        !at->place)
                        finding("step %s lacks label, purpose, clause, query, capabilities or place",
                                at->name);
                if (at->command && registry_command(registry, at->command->name) != at->command)
                        finding("step %s has a command that is not declared", at->name);
                if ((at->example != NULL) != (at->example_note != NULL))
                        finding("step %s has an example that does not say what it is", at->name);
                pairs_check(at, at->offers);
                pairs_check(at, at->example);
        }
}

static void collector_references(const Registry *registry, const Module *module) {
        for (const Panel *at = module->panels; at && at->record; at++) {
                const Column *column = column_find(at->view, at->column);
                if (!registry_record(registry, at->record))
                        finding("module %s shows a panel on %s, which no module declares", module->name,
                                at->record);
                if (!registry_view(registry, at->view->name) || !column || !(column->flags & COLUMN_FILTER))
                        finding("panel of %s on %s: %s has no filter column %s", module->name, at->record,
                                at->view->name, at->column);
        }
        mark_references(registry, module);
        offer_references(registry, module);
        step_references(registry, module);
        for (const Subscription *at = module->subscriptions; at && at->event; at++)
                if (!event_known(at->event))
                        finding("module %s hears %s, which no module declares", module->name,
                                at->event->name);
        for (const Ratio *const *at = module->ratios; at && *at; at++)
                if (!measure_known((*at)->numerator) || !measure_known((*at)->denominator))
                        finding("ratio %s has parts that no module declares", (*at)->name);
        for (const Dataset *const *at = module->datasets; at && *at; at++) {
                if (registry_record(registry, (*at)->record->name) != (*at)->record)
                        finding("dataset %s is of a record that is not declared", (*at)->name);
                if (strcmp((*at)->stream, "detail") != 0 && strcmp((*at)->stream, "supervision") != 0)
                        finding("dataset %s: no stream %s", (*at)->name, (*at)->stream);
        }
        for (const Importer *const *at = module->importers; at && *at; at++)
                if (registry_command(registry, (*at)->command->name) != (*at)->command)
                        finding("importer %s has a command that is not declared", (*at)->name);
        for (const Paper *const *at = module->papers; at && *at; at++)
                if (!registry_view(registry, (*at)->view))
                        finding("paper %s: no view %s", (*at)->name, (*at)->view);
        for (const Job *at = module->jobs; at && at->name; at++)
                if (registry_command(registry, at->command->name) != at->command)
                        finding("job %s has a command that is not declared", at->name);
}

static void references(void **state) {
        _cleanup_(registry_freep) Registry *registry = all_registry(CAPABILITY_ANY);
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++) {
                for (const Record *const *at = list[i]->records; at && *at; at++)
                        record_references(registry, *at);
                for (const View *const *at = list[i]->views; at && *at; at++)
                        view_references(registry, *at);
                for (const Command *const *at = list[i]->commands; at && *at; at++) {
                        const Record *both[] = { (*at)->input, (*at)->output };
                        for (size_t r = 0; r < ELEMENTSOF(both); r++)
                                if (both[r] && registry_record(registry, both[r]->name) != both[r])
                                        finding("command %s: %s is not in its module's records", (*at)->name,
                                                both[r]->name);
                }
                collector_references(registry, list[i]);
        }
        findings_none();
}

/* --- help --- */

/* A list to choose from, and the version that the page fills in itself, say enough. */
static bool self_explaining(const Field *field) {
        return field->kind == KIND_CODE || field->kind == KIND_STATE || field->kind == KIND_BOOL ||
               strcmp(field->name, "version") == 0;
}

static void form_help(const Command *command, const Record *input) {
        for (size_t i = 0; input && i < input->n_fields; i++) {
                const Field *field = &input->fields[i];
                if (field->lines)
                        form_help(command, field->lines);
                if (!self_explaining(field) && text_empty(field->help))
                        finding("the form of %s shows %s.%s (%s) without .help", command->name, input->name,
                                field->name, field->label);
        }
}

static void help(void **state) {
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                for (const Command *const *at = list[i]->commands; at && *at; at++)
                        if (!((*at)->flags & COMMAND_INTERNAL))
                                form_help(*at, (*at)->input);
        findings_none();
}

/* --- refusals --- */

typedef struct Codes {
        const Registry *registry;
        bool used[NAMES_MAX];
        const char *codes[NAMES_MAX];
        size_t n;
} Codes;

/* A literal "x.y" anywhere uses the code x.y; one in the call of a function that refuses must be declared.
 */
static void code_literal(void *data, const char *path, const char *literal, bool refused) {
        Codes *codes = data;

        for (size_t i = 0; i < codes->n; i++)
                if (strcmp(codes->codes[i], literal) == 0) {
                        codes->used[i] = true;
                        return;
                }
        if (refused)
                finding("%s refuses with %s, which no errors.def declares", path, literal);
}

static void literal_note(void *data, const char *path, const char *literal, bool refused) {
        char *text = data;

        strcat(strcat(text, literal), refused ? "! " : " ");
}

/* The reader of sources itself, or the case below could pass without seeing anything. */
static void literals(void **state) {
        static const char source[] =
                "/* refuse(q, \"a.comment\") */\n"
                "static const char x[] = \"not a code\", *y = \"view.name\"; // \"line.comment\"\n"
                "if (r < 0 && f('\"', \"other.call\"))\n"
                "        return refuse(q, r == -EEXIST ? \"taken.already\" : \"failed.twice\", \"field\",\n"
                "                text(\"\\\"quoted\", 1), NULL);\n"
                "g(\"after.all\"); refusal_set(ret, \"own.way\");\n";
        char found[256] = "";

        source_literals_of(source, "source.c", literal_note, found);
        assert_string_equal(found, "view.name other.call taken.already! failed.twice! after.all own.way! ");
}

static void refusals(void **state) {
        static Codes codes;
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                for (const ErrorText *at = list[i]->errors; at && at->code; at++) {
                        assert_true(codes.n < NAMES_MAX);
                        codes.codes[codes.n++] = at->code;
                }
        source_literals("node", code_literal, &codes);
        source_literals("federation", code_literal, &codes);
        source_literals("modules", code_literal, &codes);
        for (size_t i = 0; i < codes.n; i++)
                if (!codes.used[i])
                        finding("refusal %s is declared and never used", codes.codes[i]);
        findings_none();
}

/* What happened, and what to do next: somebody is asked, or told that nothing is left to do. */
static void sentences(void **state) {
        static const char *const next[] = { "请", "自动", "无需" };
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                for (const ErrorText *at = list[i]->errors; at && at->code; at++) {
                        bool told = false;
                        for (size_t k = 0; k < ELEMENTSOF(next); k++)
                                told = told || strstr(at->sentence, next[k]);
                        if (!told)
                                finding("refusal %s does not say what to do next: %s", at->code,
                                        at->sentence);
                }
        findings_none();
}

/* --- frozen numbers --- */

static const char *const kinds[] = {
        [KIND_ID] = "id",
        [KIND_TEXT] = "text",
        [KIND_CODE] = "code",
        [KIND_STATE] = "state",
        [KIND_INTEGER] = "integer",
        [KIND_BOOL] = "bool",
        [KIND_MONEY] = "money",
        [KIND_AREA] = "area",
        [KIND_DATE] = "date",
        [KIND_INSTANT] = "instant",
        [KIND_RATE] = "rate",
        [KIND_SEALED] = "sealed",
        [KIND_LINES] = "lines",
        [KIND_MONTH] = "integer", /* what it is on the wire */
};

static void numbers_print(FILE *out) {
        size_t n;
        const Module *const *list = all_modules(&n);

        fprintf(out, "# Wire numbers. Frozen: a line is only ever added. See docs/adding-a-module.md.\n");
        fprintf(out, "row fact %d\nrow attestation %d\nrow chain %d\n", FEDERATION_ROW_FACT,
                FEDERATION_ROW_ATTESTATION, FEDERATION_ROW_CHAIN);
        for (size_t i = 0; i < n; i++) {
                for (const Record *const *at = list[i]->records; at && *at; at++) {
                        fprintf(out, "record %s %u\n", (*at)->name, (*at)->number);
                        for (size_t f = 0; f < (*at)->n_fields; f++) {
                                const Field *field = &(*at)->fields[f];
                                fprintf(out, "field %s.%s %u %s\n", (*at)->name, field->name, field->number,
                                        kinds[field->kind]);
                                for (size_t s = 0; field->states && field->states[s].name; s++)
                                        fprintf(out, "state %s.%s %zu %s\n", (*at)->name, field->name, s,
                                                field->states[s].name);
                        }
                }
                for (const Measure *const *at = list[i]->measures; at && *at; at++)
                        fprintf(out, "measure %s %u %s\n", (*at)->name, (*at)->number, kinds[(*at)->kind]);
        }
}

static bool line_in(const char *text, const char *line, size_t length) {
        for (const char *at = text; at; at = strchr(at, '\n')) {
                at += *at == '\n';
                if (strncmp(at, line, length) == 0 && (at[length] == '\n' || at[length] == 0))
                        return true;
        }
        return false;
}

static void lines_missing(const char *from, const char *in, const char *words) {
        for (const char *line = from; *line; line += strcspn(line, "\n"), line += *line == '\n') {
                size_t length = strcspn(line, "\n");
                if (length > 0 && !line_in(in, line, length))
                        finding("%s: %.*s", words, (int) length, line);
        }
}

static void numbers(void **state) {
        char *committed = source_text("tests/registry/numbers.txt"), *now = NULL;
        size_t size;
        FILE *out = open_memstream(&now, &size);

        assert_non_null(out);
        numbers_print(out);
        assert_int_equal(fclose(out), 0);
        lines_missing(committed, now, "released, and changed or gone");
        lines_missing(now, committed, "new, not yet in tests/registry/numbers.txt");
        free(committed);
        free(now);
        findings_none();
}

int main(int argc, char **argv) {
        const struct CMUnitTest tests[] = {
                { "names are unique, labels are there", names, NULL, NULL, NULL },
                { "every declaration names a clause of the standard [15.2.5]", clauses, NULL, NULL, NULL },
                { "references, codes, steps, actions and panels lead somewhere", references, NULL, NULL,
                        NULL },
                { "every field of a form says what it means", help, NULL, NULL, NULL },
                { "codes in sources are found", literals, NULL, NULL, NULL },
                { "refusals used are declared, those declared are used", refusals, NULL, NULL, NULL },
                { "every refusal says what to do next", sentences, NULL, NULL, NULL },
                { "papers that are listed are asked for by a step [12.2.1]", paper_asks, NULL, NULL, NULL },
                { "open work is found by the person it waits for [14.4.3]", open_work, NULL, NULL, NULL },
                { "cases give private values that are there, and say whose [4.3.2A]", private_cases, NULL, NULL, NULL },
                { "wire numbers are as released", numbers, NULL, NULL, NULL },
        };

        if (argc == 2 && strcmp(argv[1], "--numbers") == 0) {
                numbers_print(stdout);
                return 0;
        }
        return cmocka_run_group_tests_name("registry declarations", tests, NULL, NULL);
}
