/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the archive of a year on any machine: no node, no database, no key but the office's public one. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <internal/audit.h>

#include "verbs.h"

static void line_print(void *data, const char *text) {
        puts(text);
}

int verb_verify_export(int argc, char **argv) {
        const char *path = argument_at(argc, argv, 0);
        int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;

        if (!path)
                return VERB_USAGE;
        if (fd < 0) {
                fprintf(stderr, "fundnode: %s cannot be read\n", path);
                return EXIT_FAILURE;
        }
        int r = audit_year_verify(fd, option_value(argc, argv, "--key"), line_print, NULL);
        close(fd);
        if (r < 0)
                fprintf(stderr, "fundnode: %s is not sound\n", path);
        return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
