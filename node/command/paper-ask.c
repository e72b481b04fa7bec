/* SPDX-License-Identifier: Apache-2.0 */
/* Who asks for papers: the list of papers stands lowest, those who ask may stand above it. */

#include <internal/request-kernel.h>

const PaperAsk *request_paper_ask(Request *q, const char *business, const char *record) {
        size_t n;
        const Module *const *modules = registry_modules(q->kernel->registry, &n);

        for (size_t i = 0; i < n; i++)
                for (const PaperAsk *ask = modules[i]->paper_asks; ask && ask->business; ask++)
                        if (text_equal(ask->business, business) &&
                                (!record || text_equal(ask->record, record)))
                                return ask;
        return NULL;
}
