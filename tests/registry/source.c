/* SPDX-License-Identifier: Apache-2.0 */
#include "source.h"

#include <ctype.h>
#include <fts.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PATH_BYTES_MAX 4096
#define LITERAL_BYTES_MAX 256

static char *file_text(const char *path) {
        FILE *file = fopen(path, "re");
        char *text = NULL;
        size_t size = 0;

        if (!file)
                fail_msg("%s cannot be read", path);
        if (getdelim(&text, &size, 0, file) < 0)
                fail_msg("%s is empty", path);
        fclose(file);
        return text;
}

char *source_text(const char *path) {
        char whole[PATH_BYTES_MAX];

        assert_true(snprintf(whole, sizeof(whole), "%s/%s", SOURCE_ROOT, path) < (int) sizeof(whole));
        return file_text(whole);
}

static bool dotted(const char *literal) {
        const char *dot = strchr(literal, '.');

        if (!dot || dot == literal || !dot[1])
                return false;
        for (const char *at = literal; *at; at++)
                if (at != dot && !islower((unsigned char) *at) && !isdigit((unsigned char) *at) &&
                        *at != '_')
                        return false;
        return true;
}

/* The name before the parenthesis that is open here. */
static bool call_refuses(const char *text, const char *open) {
        const char *begin = open;

        while (begin > text && (isalnum((unsigned char) begin[-1]) || begin[-1] == '_'))
                begin--;
        return strncmp(begin, "refus", 5) == 0;
}

static const char *comment_end(const char *at) {
        const char *end = at[1] == '*' ? strstr(at, "*/") : strchr(at, '\n');

        return end ? end + 1 : at + strlen(at) - 1;
}

/* depth counts parentheses from the one of a refusing call; 0: outside of any. */
void source_literals_of(const char *text, const char *path, LiteralFound found, void *data) {
        int depth = 0;

        for (const char *at = text; *at; at++) {
                char literal[LITERAL_BYTES_MAX];
                size_t n = 0;
                if (*at == '/' && (at[1] == '*' || at[1] == '/'))
                        at = comment_end(at);
                else if (*at == '(')
                        depth = depth > 0 ? depth + 1 : call_refuses(text, at);
                else if (*at == ')' && depth > 0)
                        depth--;
                else if (*at == '\'' && at[1] == '"')
                        at += 2;
                if (*at != '"')
                        continue;
                for (at++; *at && *at != '"'; at++) {
                        if (*at == '\\' && at[1])
                                at++;
                        if (n + 1 < sizeof(literal))
                                literal[n++] = *at;
                }
                literal[n] = 0;
                if (!*at)
                        break;
                if (dotted(literal))
                        found(data, path, literal, depth > 0);
        }
}

static bool source_name(const char *name) {
        size_t length = strlen(name);

        return length > 2 && (strcmp(name + length - 2, ".c") == 0 || strcmp(name + length - 2, ".h") == 0);
}

void source_literals(const char *folder, LiteralFound found, void *data) {
        char whole[PATH_BYTES_MAX];
        char *const paths[] = { whole, NULL };

        assert_true(snprintf(whole, sizeof(whole), "%s/%s", SOURCE_ROOT, folder) < (int) sizeof(whole));
        FTS *tree = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, NULL);
        assert_non_null(tree);
        for (FTSENT *entry = fts_read(tree); entry; entry = fts_read(tree)) {
                if (entry->fts_info == FTS_D && (strcmp(entry->fts_name, "tests") == 0 ||
                                                        strcmp(entry->fts_name, "node_modules") == 0))
                        fts_set(tree, entry, FTS_SKIP);
                if (entry->fts_info != FTS_F || !source_name(entry->fts_name))
                        continue;
                char *text = file_text(entry->fts_path);
                source_literals_of(text, entry->fts_path + strlen(SOURCE_ROOT) + 1, found, data);
                free(text);
        }
        fts_close(tree);
}
