/* SPDX-License-Identifier: Apache-2.0 */
/* Papers that a list promises and no step asks for would be believed. So: every business of the list is
 * asked for, every step that says so is there, its record has the papers beside it on the page, and a
 * scenario shows each refuse. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "all.h"
#include "paper-asks.h"
#include "source.h"

#define SCENARIO "tests/scenario/papers.scenario"
#define PAGES "modules/essential/console/pages.js"
#define BESIDE "beside: ["
#define CATCH_ALL "other" /* papers that belong to no step of the program */

static bool code_exists(const char *set, const char *code) {
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                for (const CodeValue *at = list[i]->codes; at && at->set; at++)
                        if (strcmp(at->set, set) == 0 && strcmp(at->code, code) == 0)
                                return true;
        return false;
}

static bool asked(const char *business) {
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                for (const PaperAsk *ask = list[i]->paper_asks; ask && ask->business; ask++)
                        if (strcmp(ask->business, business) == 0)
                                return true;
        return false;
}

/* Inside its case, which is named after business, record and step. */
static bool shown(const char *scenario, const PaperAsk *ask) {
        char name[200], line[200];

        snprintf(name, sizeof(name), "\ncase %s papers on %s stop %s [", ask->business, ask->record,
                ask->command);
        snprintf(line, sizeof(line), "\n  refuse essential.papers_missing %s ", ask->command);
        const char *begin = strstr(scenario, name);
        const char *found = begin ? strstr(begin, line) : NULL;
        const char *end = begin ? strstr(begin + 1, "\ncase ") : NULL;
        return found && (!end || found < end);
}

static bool beside(const char *pages, const char *record) {
        const char *begin = strstr(pages, BESIDE);
        const char *end = begin ? strchr(begin, ']') : NULL;
        char quoted[100];

        snprintf(quoted, sizeof(quoted), "'%s'", record);
        const char *found = begin ? strstr(begin, quoted) : NULL;
        return found && found < end;
}

void paper_asks(void **state) {
        char *scenario = source_text(SCENARIO), *pages = source_text(PAGES);
        Registry *registry = all_registry(CAPABILITY_BUSINESS);
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++) {
                for (const CodeValue *at = list[i]->codes; at && at->set; at++) {
                        if (strcmp(at->set, "business") == 0 &&
                                asked(at->code) == (strcmp(at->code, CATCH_ALL) == 0))
                                finding("business %s is asked by no step, or by one although it has none",
                                        at->code);
                        if (strcmp(at->set, "paper_record") == 0 && !beside(pages, at->code))
                                finding("%s does not show papers beside %s", PAGES, at->code);
                }
                for (const PaperAsk *ask = list[i]->paper_asks; ask && ask->business; ask++) {
                        if (!code_exists("business", ask->business) ||
                                !code_exists("paper_record", ask->record) ||
                                !registry_record(registry, ask->record) ||
                                !registry_command(registry, ask->command))
                                finding("%s asks for papers of %s on %s: one of them is not declared",
                                        ask->command, ask->business, ask->record);
                        if (!shown(scenario, ask))
                                finding("%s has no case in which %s is refused for papers of %s on %s",
                                        SCENARIO, ask->command, ask->business, ask->record);
                }
        }
        registry_free(registry);
        free(scenario);
        free(pages);
        findings_none();
}
