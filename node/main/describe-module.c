/* SPDX-License-Identifier: Apache-2.0 */
/* A module as its neighbours see it: measures, ratios, datasets, events, importers, papers, jobs, panels,
 * invariants, codes. Walking the registry hides who supplies what; this page shows it. */

#include <stdio.h>
#include <string.h>

#include "describe.h"

static const char *const measure_words[] = { [KIND_INTEGER] = "integer", [KIND_MONEY] = "money" };

static void facts_describe(const Module *module) {
        if (module->measures && module->measures[0])
                puts("\n| measure | label | clause | number | kind | recomputed from rows "
                     "|\n|---|---|---|---|---|---|");
        for (const Measure *const *at = module->measures; at && *at; at++)
                printf("| %s | %s | %s | %u | %s | %s |\n", (*at)->name, (*at)->label, shown((*at)->clause),
                        (*at)->number, measure_words[(*at)->kind], (*at)->recompute ? "yes" : "no");
        if (module->ratios && module->ratios[0])
                puts("\n| ratio | label | clause | numerator | denominator |\n|---|---|---|---|---|");
        for (const Ratio *const *at = module->ratios; at && *at; at++)
                printf("| %s | %s | %s | %s | %s |\n", (*at)->name, (*at)->label, shown((*at)->clause),
                        (*at)->numerator->name, (*at)->denominator->name);
}

static void datasets_describe(const Module *module) {
        if (module->datasets && module->datasets[0])
                puts("\n| dataset | label | clause | stream | record |\n|---|---|---|---|---|");
        for (const Dataset *const *at = module->datasets; at && *at; at++)
                printf("| %s | %s | %s | %s | %s |\n", (*at)->name, (*at)->label, shown((*at)->clause),
                        (*at)->stream, (*at)->record->name);
}

static void events_describe(const Module *module) {
        if (module->events && module->events[0])
                puts("\n| event | label | payload |\n|---|---|---|");
        for (const Event *const *at = module->events; at && *at; at++)
                printf("| %s | %s | %s |\n", (*at)->name, (*at)->label,
                        (*at)->payload ? (*at)->payload->name : "");
        for (const Subscription *at = module->subscriptions; at && at->event; at++)
                printf("\nHears `%s`.\n", at->event->name);
}

static void files_describe(const Module *module) {
        if (module->importers && module->importers[0])
                puts("\n| importer | label | clause | command | at once |\n|---|---|---|---|---|");
        for (const Importer *const *at = module->importers; at && *at; at++)
                printf("| %s | %s | %s | %s | %zu |\n", (*at)->name, (*at)->label, shown((*at)->clause),
                        (*at)->command->name, (*at)->chunk_items_max);
        if (module->papers && module->papers[0])
                puts("\n| paper | label | clause | whoever may read | store |\n|---|---|---|---|---|");
        for (const Paper *const *at = module->papers; at && *at; at++)
                printf("| %s | %s | %s | %s | %s |\n", (*at)->name, (*at)->label, shown((*at)->clause),
                        (*at)->view, store_words[(*at)->store]);
}

static void offers_describe(const Module *module) {
        if (module->offers && module->offers[0].command)
                puts("\n| offered | on | where | is |\n|---|---|---|---|");
        for (const Offer *at = module->offers; at && at->command; at++) {
                printf("| %s | %s | %s | ", at->command, at->record, at->field);
                if (!at->values[0])
                        fputs("another person", stdout);
                for (size_t i = 0; at->values[i]; i++)
                        printf("%s%s", i > 0 ? " / " : "", at->values[i]);
                puts(" |");
        }
}

static void work_describe(const Module *module) {
        if (module->jobs && module->jobs[0].name)
                puts("\n| job | label | command | every |\n|---|---|---|---|");
        for (const Job *at = module->jobs; at && at->name; at++)
                printf("| %s | %s | %s | %d s |\n", at->name, at->label, at->command->name,
                        (int) at->every_s);
        if (module->panels && module->panels[0].record)
                puts("\n| on the page of | shows view | by column |\n|---|---|---|");
        for (const Panel *at = module->panels; at && at->record; at++)
                printf("| %s | %s | %s |\n", at->record, at->view->name, at->column);
        offers_describe(module);
        if (module->invariants && module->invariants[0].name)
                puts("\n| invariant | store | at commit | by verify |\n|---|---|---|---|");
        for (const Invariant *at = module->invariants; at && at->name; at++)
                printf("| %s | %s | %s | %s |\n", at->name, store_words[at->store],
                        at->touched ? "yes" : "", at->all ? "yes" : "");
}

static void codes_describe(const Module *module) {
        const char *set = NULL;

        for (const CodeValue *at = module->codes; at && at->set; at++) {
                if (at == module->codes)
                        puts("\n| codes | code | label |\n|---|---|---|");
                /* the name of a set once, at its first code */
                bool same = set && strcmp(set, at->set) == 0;
                printf("| %s | %s | %s |\n", same ? "" : at->set, at->code, at->label);
                set = at->set;
        }
}

static void capabilities_print(unsigned capabilities) {
        static const struct {
                unsigned bit;
                const char *word;
        } words[] = {
                { CAPABILITY_BUSINESS, "business" },
                { CAPABILITY_DETAIL, "detail" },
                { CAPABILITY_FACTS, "facts" },
                { CAPABILITY_PUBLIC, "public" },
        };
        const char *between = "";

        if (capabilities == CAPABILITY_ANY) {
                printf("any node");
                return;
        }
        if (capabilities == CAPABILITY_INNER) {
                printf("any inner node");
                return;
        }
        printf("nodes with ");
        for (size_t i = 0; i < ELEMENTSOF(words); i++)
                if (capabilities & words[i].bit) {
                        printf("%s%s", between, words[i].word);
                        between = ", ";
                }
}

void describe_module(const Module *module) {
        printf("\n## %s %s\n\nRuns on ", module->name, shown(module->label));
        capabilities_print(module->capabilities);
        if (module->clause)
                printf("; chapter or clause %s", module->clause);
        puts(".");
        facts_describe(module);
        datasets_describe(module);
        events_describe(module);
        files_describe(module);
        work_describe(module);
        codes_describe(module);
}
