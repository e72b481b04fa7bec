/* SPDX-License-Identifier: Apache-2.0 */
/* Which rows a reader had before him, small enough to keep for every page and every export: ids of one page
 * lie close together, so differences take one or two bytes each. */

#include <stdlib.h>

#include "audit-private.h"

#define VARINT_BYTES_MAX 10

void access_ids_done(AccessIds *ids) {
        free(ids->items);
        *ids = (AccessIds){ 0 };
}

void access_ids_add(AccessIds *ids, int64_t record, int64_t id) {
        if (ids->error < 0 || id == 0)
                return;
        if (ids->n == ids->capacity) {
                size_t capacity = ids->capacity ? 2 * ids->capacity : 64;
                AccessId *items = reallocarray(ids->items, capacity, sizeof(*items));

                if (!items) {
                        ids->error = -ENOMEM;
                        return;
                }
                ids->items = items;
                ids->capacity = capacity;
        }
        ids->items[ids->n++] = (AccessId){ record, id };
}

static int id_compare(const void *left, const void *right) {
        const AccessId *a = left, *b = right;

        if (a->record != b->record)
                return a->record < b->record ? -1 : 1;
        return a->id < b->id ? -1 : a->id > b->id;
}

void access_ids_order(AccessIds *ids) {
        size_t n = 0;

        if (ids->n == 0)
                return;
        qsort(ids->items, ids->n, sizeof(*ids->items), id_compare);
        for (size_t i = 1; i < ids->n; i++)
                if (id_compare(&ids->items[n], &ids->items[i]) != 0)
                        ids->items[++n] = ids->items[i];
        ids->n = n + 1;
}

static void varint_put(Buffer *out, uint64_t value) {
        uint8_t bytes[VARINT_BYTES_MAX];
        size_t n = 0;

        do {
                bytes[n++] = (uint8_t) ((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
                value >>= 7;
        } while (value > 0);
        buffer_append(out, bytes, n);
}

int access_ids_encode(const AccessIds *ids, Buffer *out) {
        size_t end;

        if (ids->error < 0)
                return ids->error;
        for (size_t begin = 0; begin < ids->n; begin = end) {
                int64_t record = ids->items[begin].record, last = 0;

                for (end = begin; end < ids->n && ids->items[end].record == record; end++)
                        ;
                varint_put(out, (uint64_t) record);
                varint_put(out, end - begin);
                for (size_t i = begin; i < end; i++) {
                        varint_put(out, (uint64_t) (ids->items[i].id - last));
                        last = ids->items[i].id;
                }
        }
        return buffer_error(out);
}

int access_ids_fit(AccessIds *ids) {
        Buffer bytes = BUFFER_INIT(ACCESS_IDS_BYTES_MAX);

        access_ids_order(ids);
        int r = access_ids_encode(ids, &bytes);
        buffer_done(&bytes);
        return r;
}

static int varint_take(Bytes *rest, uint64_t *ret) {
        uint64_t value = 0;

        for (unsigned i = 0; i < VARINT_BYTES_MAX && i < rest->size; i++) {
                value |= (uint64_t) (rest->data[i] & 0x7f) << (7 * i);
                if (rest->data[i] & 0x80)
                        continue;
                *rest = (Bytes){ rest->data + i + 1, rest->size - i - 1 };
                *ret = value;
                return 0;
        }
        return -EMALFORMED_;
}

int access_ids_hold(Bytes bytes, int64_t record, int64_t id) {
        uint64_t group, n, step;

        while (bytes.size > 0) {
                int64_t at = 0;
                int r = varint_take(&bytes, &group);

                if (r == 0)
                        r = varint_take(&bytes, &n);
                for (; r == 0 && n > 0; n--) {
                        r = varint_take(&bytes, &step);
                        at = (int64_t) ((uint64_t) at + step);
                        if (r == 0 && group == (uint64_t) record && at == id)
                                return 1;
                }
                if (r < 0)
                        return r;
        }
        return 0;
}
