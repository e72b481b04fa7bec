/* SPDX-License-Identifier: Apache-2.0 */
/* Why: each list that is imported tells what became of its rows in the same words. */

#include <errno.h>

#include "list-records.h"

int list_note(ListResult *result, RowNote note, Arena *arena) {
        RowNote *notes = result->notes.rows;

        if (!notes) {
                notes = ARENA_ARRAY(arena, RowNote, LIST_NOTES_MAX);
                if (!notes)
                        return -ENOMEM;
                result->notes.rows = notes;
        }
        if (result->notes.n == LIST_NOTES_MAX)
                return -E2BIG;
        notes[result->notes.n++] = note;
        return 0;
}

int list_rows_check(Request *q, size_t n, size_t max) {
        if (n > 0 && n <= max)
                return 0;
        const char *given = arena_printf(q->arena, "%zu", n), *most = arena_printf(q->arena, "%zu", max);
        return given && most ? refuse(q, "essential.list_rows", "rows", given, most, NULL) : -ENOMEM;
}

void list_tally(const void *output, int64_t counts[static 3]) {
        const ListResult *result = output;

        counts[0] += result->rows_created;
        counts[1] += result->rows_changed;
        counts[2] += result->rows_unchanged;
}

int list_faults(const void *output, Arena *arena, const Finding **ret, size_t *ret_n) {
        const ListResult *result = output;
        const RowNote *notes = result->notes.rows;
        Finding *findings = ARENA_ARRAY(arena, Finding, result->notes.n + 1);

        if (!findings)
                return -ENOMEM;
        for (size_t i = 0; i < result->notes.n; i++)
                findings[i] = (Finding){
                        .level = notes[i].left_out ? FINDING_REJECT : FINDING_NOTE,
                        .line = notes[i].line,
                        .code = notes[i].code,
                        .value = notes[i].value,
                };
        *ret = findings;
        *ret_n = result->notes.n;
        return 0;
}
