/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the registry as reference pages. docs/reference holds these very outputs; a test keeps them equal.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <internal/web.h>
#include <node/text.h>

#include "describe.h"
#include "node.h"
#include "routes.h"
#include "verbs.h"

static const char *const kind_words[] = {
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
        [KIND_MONTH] = "month",
};
static const char *const shape_words[] = {
        [SHAPE_VALUE] = "value",
        [SHAPE_REGISTER] = "register",
        [SHAPE_DOCUMENT] = "document",
        [SHAPE_LEDGER] = "ledger",
        [SHAPE_PROJECTION] = "projection",
};
const char *const store_words[] = { "", "system", "business", "regulatory" };

const char *shown(const char *text) {
        return text ? text : "";
}

static void field_rules(const Field *field) {
        static const struct {
                unsigned flag;
                const char *word;
        } words[] = {
                { FIELD_REQUIRED, "required" },
                { FIELD_FIXED, "fixed" },
                { FIELD_SEARCH, "search" },
                { FIELD_LOCAL, "local" },
                { FIELD_BALANCE, "balance" },
                { FIELD_SECRET, "secret" },
                { FIELD_ZERO_UNKNOWN, "0 is unknown" },
        };
        const char *between = "";

        for (size_t i = 0; i < ELEMENTSOF(words); i++)
                if (field->flags & words[i].flag) {
                        printf("%s%s", between, words[i].word);
                        between = ", ";
                }
        if (field->references)
                printf("%s-> %s", between, field->references);
        else if (field->codes)
                printf("%s%s %s", between, field->kind == KIND_SEALED ? "index" : "codes", field->codes);
        else if (field->lines)
                printf("%slines of %s", between, field->lines->name);
        for (const StateName *state = field->states; state && state->name; state++) {
                printf("%s%s %s", state == field->states ? between : " / ", state->name, state->label);
        }
}

static void transitions_describe(const Record *record) {
        const Field *field = record->state ? record_field(record, record->state) : NULL;

        if (!field || !record->transitions)
                return;
        puts("\n| step | from | to |\n|---|---|---|");
        for (const Transition *at = record->transitions; at->command; at++)
                printf("| %s | %s | %s |\n", at->command,
                        at->from < 0 ? "(new)" : field->states[at->from].name, field->states[at->to].name);
}

static void records_describe(const Module *module) {
        for (const Record *const *at = module->records; at && *at; at++) {
                const Record *record = *at;
                printf("\n## %s %s\n\n%s", record->name, record->label, shape_words[record->shape]);
                if (record->shape != SHAPE_VALUE)
                        printf(", %s store", store_words[record->store]);
                if (record->number)
                        printf(", number %u", record->number);
                printf("%s%s\n", record->clause ? ", clause " : "", shown(record->clause));
                for (const char *const *set = record->unique; set && *set; set++)
                        printf("\nUnique within the office: %s\n", *set);
                puts("\n| no. | field | label | kind | rules | clause |\n|---|---|---|---|---|---|");
                for (size_t i = 0; i < record->n_fields; i++) {
                        const Field *field = &record->fields[i];
                        printf("| %u | %s | %s | %s | ", field->number, field->name, field->label,
                                kind_words[field->kind]);
                        field_rules(field);
                        printf(" | %s |\n", shown(field->clause));
                }
                transitions_describe(record);
        }
}

static void commands_describe(const Module *module) {
        for (const Command *const *at = module->commands; at && *at; at++)
                printf("| %s | %s | %s | %s%s%s%s | %s | %s | %s |\n", (*at)->name, (*at)->label,
                        shown((*at)->clause), (*at)->flags & COMMAND_INTERNAL ? "internal " : "",
                        (*at)->flags & COMMAND_OTHER_PERSON ? "other person " : "",
                        (*at)->flags & COMMAND_STEP_UP ? "step-up " : "",
                        (*at)->flags & COMMAND_NO_CHAIN ? "no chain" : "", store_words[(*at)->store],
                        (*at)->input ? (*at)->input->name : "", (*at)->output ? (*at)->output->name : "");
}

static void views_describe(const Module *module) {
        for (const View *const *at = module->views; at && *at; at++) {
                printf("| %s | %s | %s | %s | %s | %s |", (*at)->name, (*at)->label, shown((*at)->clause),
                        store_words[(*at)->store], (*at)->scope, shown((*at)->menu));
                for (const Column *column = (*at)->columns; column->name; column++)
                        printf(" %s%s", column->name,
                                column->flags & COLUMN_CONTAINS ? "~"
                                : column->flags & COLUMN_FILTER ? "="
                                                                : "");
                puts(" |");
        }
}

static void errors_describe(const Module *module) {
        for (const ErrorText *error = module->errors; error && error->code; error++)
                printf("| %s | %s | %s |\n", error->code, error->sentence, shown(error->clause));
}

static const char *const weaker_words[] = { "–", "raised", "lowered" };

static void setting_line(void *data, const char *name, const char *standard, const char *meaning) {
        printf("| %s | %s | %s |\n", name, standard, meaning);
}

static void settings_describe(const Module *const *list, size_t n) {
        bool any = false;

        puts("# Settings\n\nThe configuration file of a node: `key = value` lines.\n");
        puts("| key | default | meaning |\n|---|---|---|");
        config_describe(setting_line, NULL);
        for (size_t i = 0; i < n; i++)
                for (const Setting *setting = list[i]->settings; setting && setting->name; setting++) {
                        if (!any)
                                puts("\nDeclared by modules:\n\n| setting | label | kind | default | weaker "
                                     "| "
                                     "clause |\n"
                                     "|---|---|---|---|---|---|");
                        any = true;
                        printf("| %s | %s | %s | %s | %s | %s |\n", setting->name, setting->label,
                                kind_words[setting->kind], shown(setting->standard),
                                weaker_words[setting->weaker], shown(setting->clause));
                }
}

typedef struct DescribePage {
        const char *word, *head;
        void (*each)(const Module *module);
} DescribePage;

static const DescribePage pages[] = {
        { "records",
                "# Records\n\nEvery row and every input, as declared. Numbers are the wire numbers, frozen; "
                "1 to 4 are the head of\n"
                "a stored row (id, office, version, chain_seq).",
                records_describe },
        { "commands",
                "# Commands\n\nEvery change. `POST /api/command/NAME`, except internal ones; `fundnode "
                "command NAME`.\n\n"
                "| command | label | clause | rules | store | input | output "
                "|\n|---|---|---|---|---|---|---|",
                commands_describe },
        { "views",
                "# Views\n\nEvery read. `GET /api/view/NAME`; `fundnode view NAME`. A column with `=` "
                "filters, one with `~` also by a "
                "part of it.\n\n"
                "| view | label | clause | store | scope | menu | columns |\n|---|---|---|---|---|---|---|",
                views_describe },
        { "errors",
                "# Refusals\n\nWhat a command answers when it may not. `{0}` is the first argument.\n\n"
                "| code | sentence | clause |\n|---|---|---|",
                errors_describe },
        { "modules",
                "# Modules\n\nWhat each module stands for, offers to collectors and hears; lowest first.",
                describe_module },
};

static int json_describe(json_t *object) {
        int r = object ? json_dumpf(object, stdout, JSON_INDENT(1) | JSON_SORT_KEYS) : -1;

        putchar('\n');
        json_decref(object);
        return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* The routes of other folders stand in the same document as the front's own. */
static int openapi_describe(const Registry *registry) {
        const WebRouteTable tables[] = {
                { document_routes, n_document_routes, NULL },
                { federation_routes, n_federation_routes, NULL },
                { partner_routes, n_partner_routes, NULL },
                { attachment_routes, n_attachment_routes, NULL },
                { filing_routes, n_filing_routes, NULL },
                { identity_routes, n_identity_routes, NULL },
        };
        size_t n = 0, all = 0;
        for (size_t i = 0; i < ELEMENTSOF(tables); i++)
                all += tables[i].n + n_desk_routes;
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        WebRoute *routes = arena ? ARENA_ARRAY(arena, WebRoute, all) : NULL;

        if (!routes)
                return EXIT_FAILURE;
        for (size_t i = 0; i < ELEMENTSOF(tables); n += tables[i++].n)
                memcpy(routes + n, tables[i].routes, tables[i].n * sizeof(*routes));
        memcpy(routes + n_document_routes + n_federation_routes, desk_routes,
                n_desk_routes * sizeof(*routes));
        return json_describe(web_openapi(registry, routes, n));
}

static int describe_do(const Node *node, const char *word, const char *proven) {
        size_t n;
        const Module *const *list = registry_modules(node->registry, &n);

        for (size_t i = 0; i < ELEMENTSOF(pages); i++)
                if (strcmp(pages[i].word, word) == 0) {
                        puts(pages[i].head);
                        for (size_t m = 0; m < n; m++)
                                pages[i].each(list[m]);
                        return EXIT_SUCCESS;
                }
        if (strcmp(word, "settings") == 0) {
                settings_describe(list, n);
                return EXIT_SUCCESS;
        }
        if (strcmp(word, "clauses") == 0)
                return describe_clauses(list, n, proven);
        if (strcmp(word, "openapi") == 0)
                return openapi_describe(node->registry);
        if (strcmp(word, "json") == 0)
                return json_describe(registry_describe_json(node->registry));
        return VERB_USAGE;
}

int verb_describe(int argc, char **argv) {
        const char *word = argument_at(argc, argv, 0), *proven = option_value(argc, argv, "--proven");
        const Config config = { 0 };
        Node node = { 0 };

        if (!word) {
                for (size_t i = 0; i < ELEMENTSOF(pages); i++)
                        puts(pages[i].word);
                puts("settings\nclauses\nopenapi\njson");
                return EXIT_SUCCESS;
        }
        if (node_open(&config, NODE_LOOK, &node) < 0)
                return EXIT_FAILURE;
        int r = describe_do(&node, word, proven);
        node_close(&node);
        return r;
}
