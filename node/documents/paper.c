/* SPDX-License-Identifier: Apache-2.0 */
/* A paper is rendered from the committed row by whoever asks first, outside the writer, and kept; everyone
 * after gets the same bytes. Two who ask at once render twice and archive once: the second archive meets the
 * first's row. */

#include <string.h>

#include <internal/papers.h>
#include <node/error.h>

#include "documents-record.h"
#include "page-draw.h"
#include "report-labels.h"

static int archive_run(Request *q, const void *input, void *ret_output) {
        const ArchiveInput *in = input;
        int64_t known;

        ArchivedPaper row = {
                .kind = in->kind,
                .subject = in->subject,
                .digest = in->digest,
                .size = in->size,
                .pages = in->pages,
                .cuts = in->cuts,
        };
        int r = tx_integer(q->tx, &query_paper_by_subject,
                SQL_ARGS(value_integer(q->office), value_text(in->kind), value_id(in->subject)), &known);
        if (r != -ENOENT)
                return r; /* someone else was first, and theirs is the paper */
        return record_insert(q, &record_paper, &row);
}

const Command command_archive = {
        .name = "documents.archive",
        .label = ARCHIVE_LABEL,
        .clause = "5.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .flags = COMMAND_INTERNAL,
        .input = &record_archive_input,
        .run = archive_run,
};

const Paper *paper_find(const Registry *registry, const char *name) {
        size_t n;
        const Module *const *modules = registry_modules(registry, &n);

        for (size_t i = 0; i < n; i++)
                for (const Paper *const *paper = modules[i]->papers; paper && *paper; paper++)
                        if (strcmp((*paper)->name, name) == 0)
                                return *paper;
        return NULL;
}

static int paper_permitted(Engine *engine, const Caller *caller, const Paper *paper) {
        const View *view = registry_view(engine->registry, paper->view);

        if (!view)
                return -EFORBIDDEN_;
        return engine->permit_view ? engine->permit_view(engine->identity, caller, view) : 0;
}

static int archived_digest(Tx *tx, const Caller *caller, const Paper *paper, Id subject, Digest *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = tx_query(tx, &query_paper_by_subject,
                SQL_ARGS(value_integer(caller->office), value_text(paper->name), value_id(subject)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r < 0)
                return r;
        return r == 0 ? -ENOENT : hex_decode(rows_text(rows, 0), ret->bytes, sizeof(ret->bytes));
}

int paper_archived(Engine *engine, const Caller *caller, const Paper *paper, Id subject, const char *blobs,
        Buffer *ret_pdf) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        Digest digest;

        int r = paper_permitted(engine, caller, paper);
        if (r == 0 && !engine->stores[STORE_BUSINESS])
                r = -ENOENT;
        if (r == 0)
                r = store_read_begin(engine->stores[STORE_BUSINESS], &tx);
        if (r == 0)
                r = archived_digest(tx, caller, paper, subject, &digest);
        if (r < 0)
                return r;
        tx = store_read_end(tx);
        return blob_get(blobs, engine->digest_kind, &digest, ret_pdf);
}

static int paper_render(Engine *engine, const Caller *caller, const Paper *paper, Id subject, Buffer *buffer,
        ArchiveInput *ret) {
        _cleanup_(page_freep) Page *page = NULL;
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = store_read_begin(engine->stores[paper->store], &tx);
        if (r == 0)
                r = tx_query(
                        tx, paper->query, SQL_ARGS(value_id(subject), value_integer(caller->office)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        r = page_new(buffer, paper->width, paper->height, clock_now(engine->clock), &page);
        if (r == 0)
                r = paper->draw(page, rows);
        if (r == 0)
                r = page_finish(page);
        if (r < 0)
                return r;
        *ret = (ArchiveInput){ .kind = paper->name,
                .subject = subject,
                .size = (int64_t) buffer->size,
                .pages = page_count(page),
                .cuts = page_cuts(page) };
        return 0;
}

int paper_print(Engine *engine, const Caller *caller, const Paper *paper, Id subject, const char *blobs,
        Buffer *ret_pdf) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        char hex[2 * sizeof(Digest) + 1];
        ArchiveInput input;
        Digest digest;
        Reply reply;

        if (!arena)
                return -ENOMEM;
        int r = paper_archived(engine, caller, paper, subject, blobs, ret_pdf);
        if (r != -ENOENT)
                return r;
        buffer_reset(ret_pdf);
        r = paper_render(engine, caller, paper, subject, ret_pdf, &input);
        if (r == 0 && !engine->stores[STORE_BUSINESS]) /* a node without an archive of papers */
                return 0;
        if (r == 0)
                r = blob_put(blobs, engine->digest_kind, (Bytes){ ret_pdf->data, ret_pdf->size }, &digest);
        if (r < 0)
                return r;
        hex_encode(digest.bytes, sizeof(digest.bytes), hex);
        input.digest = hex;
        command_execute(
                engine, &(Caller){ .office = caller->office }, &command_archive, &input, arena, &reply);
        return reply.result < 0 ? reply.result
                                : paper_archived(engine, caller, paper, subject, blobs, ret_pdf);
}
