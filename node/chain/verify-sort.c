/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting beyond memory: full memory becomes a sorted run in a file, VERIFY_FAN_IN runs of a level become
 * one of the next, so that a span is written once for each level. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "verify-sort.h"

#define READ_SPANS_MAX 128u /* of each run at once */

static int key_compare(const VerifySpan *a, int64_t record, int64_t id) {
        if (a->record != record)
                return a->record < record ? -1 : 1;
        return a->id == id ? 0 : a->id < id ? -1 : 1;
}

static int span_compare(const void *left, const void *right) {
        const VerifySpan *a = left, *b = right;
        int r = key_compare(a, b->record, b->id);

        if (r != 0)
                return r;
        if (a->seq_from != b->seq_from)
                return a->seq_from < b->seq_from ? -1 : 1;
        return a->version_from == b->version_from ? 0 : a->version_from < b->version_from ? -1 : 1;
}

static void span_join(VerifySpan *span, const VerifySpan *later, VerifySeam seam, void *data) {
        if (seam)
                seam(data, span, later);
        span->version_to = later->version_to;
        span->seq_to = later->seq_to;
        memcpy(span->after, later->after, sizeof(span->after));
}

static size_t read_spans(const VerifySort *sort) {
        size_t part = sort->items_max / 4 + 1;

        return part < READ_SPANS_MAX ? part : READ_SPANS_MAX;
}

static void held(VerifySort *sort, size_t n) {
        if (n > sort->held_max)
                sort->held_max = n;
}

int verify_sort_init(VerifySort *sort) {
        sort->items = calloc(sort->items_max, sizeof(VerifySpan));
        return sort->items ? 0 : -ENOMEM;
}

void verify_sort_done(VerifySort *sort) {
        for (size_t i = 0; i < sort->n_runs; i++)
                close(sort->runs[i].fd);
        sort->n_runs = 0;
        free(sort->items);
        sort->items = NULL;
}

/* In order, and one span for each row. */
static void memory_settle(VerifySort *sort) {
        size_t n = 0;

        if (sort->sorted || sort->n == 0)
                return;
        qsort(sort->items, sort->n, sizeof(VerifySpan), span_compare);
        for (size_t i = 1; i < sort->n; i++) {
                VerifySpan *last = &sort->items[n];
                if (key_compare(last, sort->items[i].record, sort->items[i].id) == 0)
                        span_join(last, &sort->items[i], sort->seam, sort->data);
                else
                        sort->items[++n] = sort->items[i];
        }
        sort->n = n + 1;
        sort->sorted = true;
}

static int spans_write(int fd, const VerifySpan *spans, size_t n) {
        const uint8_t *at = (const uint8_t *) spans;
        size_t left = n * sizeof(VerifySpan);

        while (left > 0) {
                ssize_t written = write(fd, at, left);
                if (written < 0 && errno == EINTR)
                        continue;
                if (written <= 0)
                        return written < 0 ? -errno : -EIO;
                at += written;
                left -= (size_t) written;
        }
        return 0;
}

static int spans_read(int fd, VerifySpan *spans, size_t n, size_t first) {
        uint8_t *at = (uint8_t *) spans;
        size_t left = n * sizeof(VerifySpan);
        off_t offset = (off_t) (first * sizeof(VerifySpan));

        while (left > 0) {
                ssize_t got = pread(fd, at, left, offset);
                if (got < 0 && errno == EINTR)
                        continue;
                if (got <= 0)
                        return got < 0 ? -errno : -EIO;
                at += got;
                offset += got;
                left -= (size_t) got;
        }
        return 0;
}

static int run_begin(const VerifySort *sort, VerifyRun *ret) {
        *ret = (VerifyRun){ .fd = open(sort->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) };
        return ret->fd < 0 ? -errno : 0;
}

/* --- reading several runs as one --- */

static int source_fill(VerifySource *source, size_t max) {
        size_t n = source->run ? source->run->n - source->next : 0;
        int r;

        if (n > max)
                n = max;
        r = n ? spans_read(source->run->fd, source->spans, n, source->next) : 0;
        source->at = 0;
        source->end = n;
        source->next += n;
        return r;
}

/* First of the sorted spans that is behind (record, id). */
static int source_seek(VerifySource *source, size_t n, int64_t record, int64_t id, size_t *ret) {
        size_t low = 0, high = n;

        while (low < high) {
                size_t middle = low + (high - low) / 2;
                VerifySpan read, *span = source->run ? &read : &source->spans[middle];
                int r = source->run ? spans_read(source->run->fd, &read, 1, middle) : 0;

                if (r < 0)
                        return r;
                if (key_compare(span, record, id) <= 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        *ret = low;
        return 0;
}

static const VerifySpan *source_head(const VerifySource *source) {
        return &source->spans[source->at];
}

static void heap_sink(VerifyCursor *cursor, size_t at) {
        for (;;) {
                size_t least = at;
                for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < cursor->n_heap; child++)
                        if (span_compare(
                                    source_head(cursor->heap[child]), source_head(cursor->heap[least])) < 0)
                                least = child;
                if (least == at)
                        return;
                VerifySource *above = cursor->heap[at];
                cursor->heap[at] = cursor->heap[least];
                cursor->heap[least] = above;
                at = least;
        }
}

static void heap_make(VerifyCursor *cursor) {
        for (size_t i = 0; i < cursor->n_sources; i++)
                if (cursor->sources[i].at < cursor->sources[i].end)
                        cursor->heap[cursor->n_heap++] = &cursor->sources[i];
        for (size_t i = cursor->n_heap; i > 0; i--)
                heap_sink(cursor, i - 1);
}

/* A source for each run from the first on, each with its part of one buffer. */
static int runs_open(VerifySort *sort, size_t first, VerifyCursor *ret) {
        *ret = (VerifyCursor){ .n_sources = sort->n_runs - first, .max = read_spans(sort) };
        if (ret->n_sources == 0)
                return 0;
        ret->buffer = calloc(ret->n_sources * ret->max, sizeof(VerifySpan));
        if (!ret->buffer)
                return -ENOMEM;
        held(sort, sort->n + ret->n_sources * ret->max);
        for (size_t i = 0; i < ret->n_sources; i++)
                ret->sources[i] =
                        (VerifySource){ .run = &sort->runs[first + i], .spans = ret->buffer + i * ret->max };
        return 0;
}

void verify_cursor_done(VerifyCursor *cursor) {
        free(cursor->buffer);
        cursor->buffer = NULL;
}

int verify_cursor_open(VerifySort *sort, int64_t record, int64_t id, VerifyCursor *ret) {
        int r;

        memory_settle(sort);
        r = runs_open(sort, 0, ret);
        for (size_t i = 0; r == 0 && i < ret->n_sources; i++) {
                VerifySource *source = &ret->sources[i];
                r = source_seek(source, source->run->n, record, id, &source->next);
                if (r == 0)
                        r = source_fill(source, ret->max);
        }
        if (r < 0) {
                verify_cursor_done(ret);
                return r;
        }
        VerifySource *memory = &ret->sources[ret->n_sources++];
        *memory = (VerifySource){ .spans = sort->items, .end = sort->n };
        r = source_seek(memory, sort->n, record, id, &memory->at);
        heap_make(ret);
        return r;
}

/* The least span of all sources. */
static int cursor_take(VerifyCursor *cursor, VerifySpan *ret) {
        VerifySource *source = cursor->heap[0];
        int r = 0;

        *ret = source->spans[source->at++];
        if (source->at == source->end)
                r = source_fill(source, cursor->max);
        if (source->at == source->end)
                cursor->heap[0] = cursor->heap[--cursor->n_heap];
        heap_sink(cursor, 0);
        return r;
}

int verify_cursor_next(VerifyCursor *cursor, VerifySeam seam, void *data, VerifySpan *ret) {
        VerifySpan span, later;
        int r;

        if (cursor->n_heap == 0)
                return 0;
        r = cursor_take(cursor, &span);
        while (r == 0 && cursor->n_heap > 0 &&
                key_compare(source_head(cursor->heap[0]), span.record, span.id) == 0) {
                r = cursor_take(cursor, &later);
                if (r == 0)
                        span_join(&span, &later, seam, data);
        }
        if (r < 0)
                return r;
        *ret = span;
        return 1;
}

/* --- making runs --- */

static int merge_into(VerifySort *sort, VerifyCursor *cursor, VerifyRun *run) {
        VerifySpan *spans = calloc(cursor->max, sizeof(VerifySpan));
        size_t n = 0;
        int r = spans ? 1 : -ENOMEM;

        while (r > 0) {
                r = verify_cursor_next(cursor, sort->seam, sort->data, &spans[n]);
                n += r > 0;
                if (r < 0 || n == 0 || (r > 0 && n < cursor->max))
                        continue;
                int written = spans_write(run->fd, spans, n);
                run->n += n;
                n = 0;
                if (written < 0)
                        r = written;
        }
        free(spans);
        return r;
}

/* The last VERIFY_FAN_IN runs become one. */
static int runs_merge(VerifySort *sort) {
        size_t first = sort->n_runs - VERIFY_FAN_IN;
        VerifyCursor cursor;
        VerifyRun run;
        int r = run_begin(sort, &run);

        if (r < 0)
                return r;
        run.level = sort->runs[first].level + 1;
        r = runs_open(sort, first, &cursor);
        for (size_t i = 0; r == 0 && i < cursor.n_sources; i++)
                r = source_fill(&cursor.sources[i], cursor.max);
        heap_make(&cursor);
        if (r == 0)
                r = merge_into(sort, &cursor, &run);
        verify_cursor_done(&cursor);
        if (r < 0) {
                close(run.fd);
                return r;
        }
        for (size_t i = first; i < sort->n_runs; i++)
                close(sort->runs[i].fd);
        sort->runs[first] = run;
        sort->n_runs = first + 1;
        return 0;
}

static bool level_full(const VerifySort *sort) {
        size_t n = sort->n_runs;

        return n >= VERIFY_FAN_IN && sort->runs[n - VERIFY_FAN_IN].level == sort->runs[n - 1].level;
}

static int memory_spill(VerifySort *sort) {
        VerifyRun run;
        int r;

        if (sort->n_runs == VERIFY_RUNS_MAX)
                return -E2BIG;
        r = run_begin(sort, &run);
        if (r < 0)
                return r;
        run.n = sort->n;
        r = spans_write(run.fd, sort->items, sort->n);
        if (r < 0) {
                close(run.fd);
                return r;
        }
        sort->runs[sort->n_runs++] = run;
        sort->n = 0;
        while (r == 0 && level_full(sort))
                r = runs_merge(sort);
        return r;
}

int verify_sort_add(VerifySort *sort, const VerifySpan *span) {
        int r = 0;

        if (sort->n == sort->items_max) {
                memory_settle(sort);
                if (2 * sort->n >= sort->items_max)
                        r = memory_spill(sort);
        }
        if (r < 0)
                return r;
        sort->items[sort->n++] = *span;
        sort->sorted = false;
        held(sort, sort->n);
        return 0;
}
