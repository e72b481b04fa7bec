/* SPDX-License-Identifier: Apache-2.0 */
/* One program, many verbs. Each verb is a row here and a file of its own. */

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <internal/keys-process.h>
#include <internal/sheets.h>

#include "verbs.h"

static int verb_keys(int argc, char **argv) {
        return argc == 3 ? keys_process_main(atoi(argv[1]), argv[2]) : VERB_USAGE;
}

static int verb_parse(int argc, char **argv) {
        return argc == 1 ? parse_process_main() : VERB_USAGE;
}

static int verb_version(int argc, char **argv) {
        puts("fundnode " FUNDNODE_VERSION);
        return EXIT_SUCCESS;
}

static int verb_help(int argc, char **argv);

static const Verb verbs[] = {
        { "init", "--config FILE",
                "make a node's folder, keys and stores; at the root of a tree also its administrators",
                verb_init },
        { "serve", "--config FILE", "run the node until SIGTERM", verb_serve },
        { "enrol", "--config FILE --code CODE",
                "ask the parent for an office number; print the administrators' one-time passwords once "
                "(node stopped)",
                verb_enrol },
        { "command", "--config FILE NAME --login LOGIN [--password-file FILE] --key KEY < input.json",
                "run one command (node stopped)", verb_command },
        { "view", "--config FILE NAME --login LOGIN [--password-file FILE] [COLUMN=VALUE…]",
                "print a list as JSON (node stopped)", verb_view },
        { "verify", "--config FILE [--digest]", "check every invariant; or print one digest per store",
                verb_verify },
        { "verify-export", "FILE [--key HEX]",
                "check the signed archive of a year, away from any node; HEX: the office's identity key",
                verb_verify_export },
        { "describe",
                "[records|commands|views|errors|modules|settings|clauses [--proven FILE]|openapi|json]",
                "print what this program knows and can do", verb_describe },
        { "keys", "DESCRIPTOR FOLDER", "the keys process; started by serve", verb_keys },
        { "parse", "", "the parse process; started by serve", verb_parse },
        { "version", "", "print the version", verb_version },
        { "help", "", "print this", verb_help },
};

static int verb_help(int argc, char **argv) {
        puts("usage: fundnode VERB …\n");
        for (size_t i = 0; i < ELEMENTSOF(verbs); i++)
                printf("  %-9s %s\n            %s\n", verbs[i].name, verbs[i].arguments, verbs[i].purpose);
        puts("\nExit status: 0 done, 1 failed (a sentence on stderr), 2 wrong usage.");
        return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
        /* archive names and iconv need a UTF-8 locale; nothing else of the environment's language is used */
        setlocale(LC_CTYPE, "C.UTF-8");
        if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
                return argc < 2 ? (verb_help(0, NULL), VERB_USAGE) : verb_help(0, NULL);
        if (strcmp(argv[1], "--version") == 0)
                return verb_version(0, NULL);
        for (size_t i = 0; i < ELEMENTSOF(verbs); i++)
                if (strcmp(verbs[i].name, argv[1]) == 0) {
                        if (argc > 2 && strcmp(argv[2], "--help") == 0) {
                                printf("usage: fundnode %s %s\n%s\n", verbs[i].name, verbs[i].arguments,
                                        verbs[i].purpose);
                                return EXIT_SUCCESS;
                        }
                        int r = verbs[i].run(argc - 1, argv + 1);
                        if (r == VERB_USAGE)
                                fprintf(stderr, "usage: fundnode %s %s\n", verbs[i].name,
                                        verbs[i].arguments);
                        return r;
                }
        fprintf(stderr, "fundnode: no verb '%s'; see fundnode help\n", argv[1]);
        return VERB_USAGE;
}
