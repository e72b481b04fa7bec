/* SPDX-License-Identifier: Apache-2.0 */
/* The splitter of uploads on any bytes: it ends, stays inside the file and its scratch, and never counts
 * lines backwards. */

#include <stdlib.h>

#include "csv.h"

#define SCRATCH_BYTES ((size_t) IMPORT_COLUMNS_MAX * (IMPORT_CELL_BYTES_MAX + 2))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        static uint8_t scratch[SCRATCH_BYTES];
        static CsvRecord record;
        /* a copy of just this size, so that a read past its end is seen */
        uint8_t *copy = malloc(size ? size : 1);
        CsvReader reader = { .rest = { copy, size }, .scratch = scratch, .scratch_size = sizeof(scratch) };
        int64_t line = 0;

        if (!copy)
                return 0;
        for (size_t i = 0; i < size; i++)
                copy[i] = data[i];
        csv_encoding(reader.rest);
        for (size_t left = size; csv_next(&reader, &record) > 0; left = reader.rest.size) {
                if (reader.rest.size >= left || record.line <= line || record.n_cells == 0)
                        abort();
                line = record.line;
                for (size_t i = 0; i < record.n_cells; i++)
                        if (record.cells[i].data < scratch ||
                                record.cells[i].data + record.cells[i].size > scratch + sizeof(scratch))
                                abort();
        }
        free(copy);
        return 0;
}
