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

#include "sheet-wire.h"
#include "xlsx.h"

typedef struct Collector {
        Arena *arena;
        FILE *pipe;
        Sheet *first, *sheet; /* of the workbook; the one rows are added to */
        SheetRow *rows;
        size_t n_rows, capacity, n_sheets;
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

static void sheet_done(Collector *c) {
        if (c->sheet) {
                c->sheet->rows = c->rows;
                c->sheet->n_rows = c->n_rows;
        }
        c->rows = NULL;
        c->n_rows = c->capacity = 0;
}

static int sheet_begin(Collector *c, const char *name, bool dates_1904) {
        Sheet *sheet = ARENA_NEW(c->arena, Sheet);

        if (!sheet || ++c->n_sheets > XLSX_SHEETS_MAX)
                return -E2BIG;
        sheet_done(c);
        *sheet = (Sheet){ .encoding = c->encoding, .name = name, .dates_1904 = dates_1904 };
        if (c->sheet)
                c->sheet->next = sheet;
        else
                c->first = sheet;
        c->sheet = sheet;
        return 0;
}

static int cell_take(Collector *c, const char **ret_text, uint8_t *ret_kind) {
        uint32_t head[2];

        int r = bytes_take(c, head, sizeof(head));
        if (r == 0 && (head[0] > SHEET_CELL_TEXT_MAX || head[1] > UINT8_MAX))
                r = -EIO;
        if (r < 0)
                return r;
        char *text = arena_alloc(c->arena, head[0] + 1);
        if (!text)
                return -E2BIG;
        r = bytes_take(c, text, head[0]);
        if (r < 0 || !text_is_utf8(text, head[0]))
                return -EIO;
        *ret_text = text;
        *ret_kind = (uint8_t) head[1];
        return 0;
}

static int row_take(Collector *c, const SheetWireRow *head) {
        if (head->n_cells > IMPORT_COLUMNS_MAX)
                return -EIO;
        int r = row_room(c);
        if (r < 0)
                return r;
        const char **cells = ARENA_ARRAY(c->arena, const char *, head->n_cells + 1);
        uint8_t *kinds = ARENA_ARRAY(c->arena, uint8_t, head->n_cells + 1);
        if (!cells || !kinds)
                return -E2BIG;
        for (uint32_t i = 0; r == 0 && i < head->n_cells; i++)
                r = cell_take(c, &cells[i], &kinds[i]);
        if (r < 0)
                return r;
        if (head->flags & SHEET_ROW_SHEET)
                return head->n_cells == 1 ? sheet_begin(c, cells[0], head->flags & SHEET_ROW_1904) : -EIO;
        c->rows[c->n_rows++] = (SheetRow){ .line = head->line,
                .n_cells = head->n_cells,
                .cells = cells,
                .kinds = c->n_sheets ? kinds : NULL,
                .bad_encoding = head->flags & SHEET_ROW_BAD_ENCODING };
        return 0;
}

static int sheet_collect(Collector *c) {
        static const char *const encodings[SHEET_ENCODINGS] = { "UTF-8", "GB18030", "XLSX" };
        SheetWireRow head;

        int r = bytes_take(c, &head, sizeof(head));
        if (r < 0)
                return r;
        if (head.line < 0 || head.line >= SHEET_ENCODINGS)
                return -EIO;
        c->encoding = encodings[head.line];
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
        if (c.first) {
                sheet_done(&c);
                *ret = *c.first;
        } else
                *ret = (Sheet){ .rows = c.rows, .n_rows = c.n_rows, .encoding = c.encoding, .name = "" };
        return 0;
}

int sheet_judge(Sheet *sheet, const Importer *importer, Date today, Arena *arena, ImportResult *ret) {
        const SheetCode *codes = sheet->codes;
        int r = -EMALFORMED_;

        for (const Sheet *at = sheet; at && r == -EMALFORMED_; at = at->next) {
                Sheet one = *at;

                one.codes = codes;
                r = importer->check(&one, today, arena, ret);
                if (r == 0)
                        *sheet = one;
        }
        return r;
}
