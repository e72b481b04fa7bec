/* SPDX-License-Identifier: Apache-2.0 */
#include "all.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <federation/federation.h>
#include <internal/desk.h>
#include <internal/audit.h>
#include <internal/papers.h>
#include <internal/private.h>
#include <modules/modules.h>

#define MODULES_MAX 64

int findings;

const Module *const *all_modules(size_t *ret_n) {
        static const Module *list[MODULES_MAX] = { &module_node, &module_identity, &module_audit,
                &module_documents, &module_desk, &module_private, &module_federation };
        size_t n = 7;

        for (size_t i = 0; i < n_modules; i++) {
                assert_true(n < MODULES_MAX);
                list[n++] = modules[i];
        }
        *ret_n = n;
        return list;
}

Registry *all_registry(unsigned capabilities) {
        Registry *registry = NULL;
        size_t n;
        const Module *const *list = all_modules(&n);

        assert_int_equal(registry_new(list, n, capabilities, &registry), 0);
        return registry;
}

void finding(const char *format, ...) {
        va_list arguments;

        va_start(arguments, format);
        printf("# ");
        vprintf(format, arguments);
        puts("");
        va_end(arguments);
        fflush(stdout);
        findings++;
}

void findings_none(void) {
        int n = findings;

        findings = 0;
        if (n > 0)
                fail_msg("%d findings, see the lines above", n);
}
