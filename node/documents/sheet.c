/* SPDX-License-Identifier: Apache-2.0 */
/* Spawns the parse process and collects its rows. The child is not trusted either: sizes are checked again.
 */

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <internal/sheets.h>
#include <node/error.h>
#include <node/text.h>

#include "csv.h"
#include "sheet-wire.h"

typedef struct Collector {
        Arena *arena;
        FILE *pipe;
        SheetRow *rows;
        size_t n_rows, capacity;
        int64_t fault_line;
        const char *encoding;
} Collector;

static int parser_spawn(const char *executable, int file, int out, pid_t *ret) {
        char *const argv[] = { (char *) "fundnode", (char *) "parse", NULL };
        char *const environment[] = { NULL };
        posix_spawn_file_actions_t actions;

        /* both go above the fixed numbers first, so that neither overwrites the other */
        int file_high = fcntl(file, F_DUPFD_CLOEXEC, 10), out_high = fcntl(out, F_DUPFD_CLOEXEC, 10);
        if (file_high < 0 || out_high < 0) {
                int r = -errno;
                if (file_high >= 0)
                        close(file_high);
                return r;
        }
        posix_spawn_file_actions_init(&actions);
        int r = posix_spawn_file_actions_adddup2(&actions, file_high, SHEET_IN_FD);
        if (r == 0)
                r = posix_spawn_file_actions_adddup2(&actions, out_high, SHEET_OUT_FD);
        if (r == 0)
                r = posix_spawn_file_actions_addclosefrom_np(&actions, SHEET_OUT_FD + 1);
        if (r == 0)
                r = posix_spawn(ret, executable, &actions, NULL, argv, environment);
        posix_spawn_file_actions_destroy(&actions);
        close(file_high);
        close(out_high);
        return -r;
}

static int bytes_take(Collector *c, void *ret, size_t size) {
        return fread(ret, 1, size, c->pipe) == size ? 0 : -EIO;
}

static int row_room(Collector *c) {
        if (c->n_rows < c->capacity)
                return 0;
        size_t capacity = c->capacity ? 2 * c->capacity : 1024;
        if (capacity > 2 * (size_t) IMPORT_ROWS_MAX)
                return -E2BIG;
        SheetRow *rows = ARENA_ARRAY(c->arena, SheetRow, capacity);
        if (!rows)
                return -E2BIG;
        if (c->n_rows)
                memcpy(rows, c->rows, c->n_rows * sizeof(SheetRow));
        c->rows = rows;
        c->capacity = capacity;
        return 0;
}

static int row_take(Collector *c, const SheetWireRow *head) {
        if (head->n_cells > IMPORT_COLUMNS_MAX)
                return -EIO;
        int r = row_room(c);
        if (r < 0)
                return r;
        const char **cells = ARENA_ARRAY(c->arena, const char *, head->n_cells + 1);
        if (!cells)
                return -E2BIG;
        for (uint32_t i = 0; i < head->n_cells; i++) {
                uint32_t size;
                r = bytes_take(c, &size, sizeof(size));
                if (r == 0 && size > SHEET_CELL_TEXT_MAX)
                        r = -EIO;
                if (r < 0)
                        return r;
                char *text = arena_alloc(c->arena, size + 1);
                if (!text)
                        return -E2BIG;
                r = bytes_take(c, text, size);
                if (r < 0 || !text_is_utf8(text, size))
                        return -EIO;
                cells[i] = text;
        }
        c->rows[c->n_rows++] = (SheetRow){ .line = head->line,
                .n_cells = head->n_cells,
                .cells = cells,
                .bad_encoding = head->flags & SHEET_ROW_BAD_ENCODING };
        return 0;
}

static int sheet_collect(Collector *c) {
        SheetWireRow head;

        int r = bytes_take(c, &head, sizeof(head));
        if (r < 0)
                return r;
        c->encoding = head.line == CSV_GB18030 ? "GB18030" : "UTF-8";
        for (;;) {
                size_t n = fread(&head, 1, sizeof(head), c->pipe);
                if (n == 0)
                        return 0;
                if (n != sizeof(head))
                        return -EIO;
                if (head.flags & SHEET_ROW_FAULT) {
                        c->fault_line = head.line;
                        return -E2BIG;
                }
                r = row_take(c, &head);
                if (r < 0)
                        return r;
        }
}

static int parser_wait(pid_t child) {
        int status;

        while (waitpid(child, &status, 0) < 0)
                if (errno != EINTR)
                        return -errno;
        if (!WIFEXITED(status))
                return -EIO;
        switch (WEXITSTATUS(status)) {
        case SHEET_EXIT_GOOD:
                return 0;
        case SHEET_EXIT_TOO_LARGE:
                return -E2BIG;
        case SHEET_EXIT_MALFORMED:
                return -EMALFORMED_;
        default:
                return -EIO;
        }
}

int sheet_read(const char *executable, int file, Arena *arena, Sheet *ret, int64_t *ret_fault_line) {
        Collector c = { .arena = arena };
        int ends[2];
        pid_t child;

        if (pipe2(ends, O_CLOEXEC) < 0)
                return -errno;
        int r = parser_spawn(executable, file, ends[1], &child);
        close(ends[1]);
        if (r < 0) {
                close(ends[0]);
                return r;
        }
        c.pipe = fdopen(ends[0], "r");
        r = c.pipe ? sheet_collect(&c) : -ENOMEM;
        if (c.pipe)
                fclose(c.pipe);
        else
                close(ends[0]);
        /* closing the pipe first lets a child that still writes end by itself */
        int ended = parser_wait(child);
        if (ended < 0 && ended != -EIO)
                r = ended;
        else if (r == 0)
                r = ended;
        if (r < 0) {
                *ret_fault_line = c.fault_line;
                return r;
        }
        *ret = (Sheet){ .rows = c.rows, .n_rows = c.n_rows, .encoding = c.encoding };
        return 0;
}
