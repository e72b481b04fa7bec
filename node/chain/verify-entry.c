/* SPDX-License-Identifier: Apache-2.0 */
/* One entry of the chain after the other: header, body, the ledger rows it vouches for and the rows it
 * changed. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <node/text.h>

#include "verify.h"

#define ROW_BYTES_MAX (1u << 20)
#define LOCATOR_BYTES 4u
#define SERIES_NEXT 8u /* field number of number_series.next */

typedef struct Change {
        int64_t record, id, version;
        Bytes before, after;
} Change;

typedef struct Range {
        int64_t record, first, last, count;
        Bytes digest, locators;
} Range;

static int change_read(Bytes rest, Change *ret) {
        VerifyField field;
        int r;

        while ((r = verify_field(&rest, &field)) > 0) {
                if (field.number == 1)
                        ret->record = verify_signed(field.varint);
                else if (field.number == 2)
                        ret->id = verify_signed(field.varint);
                else if (field.number == 3)
                        ret->version = verify_signed(field.varint);
                else if (field.number == 4)
                        ret->before = field.bytes;
                else if (field.number == 5)
                        ret->after = field.bytes;
        }
        return r;
}

static int range_read(Bytes rest, Range *ret) {
        VerifyField field;
        int r;

        while ((r = verify_field(&rest, &field)) > 0) {
                if (field.number == 1)
                        ret->record = verify_signed(field.varint);
                else if (field.number == 2)
                        ret->first = verify_signed(field.varint);
                else if (field.number == 3)
                        ret->last = verify_signed(field.varint);
                else if (field.number == 4)
                        ret->count = verify_signed(field.varint);
                else if (field.number == 5)
                        ret->digest = field.bytes;
                else if (field.number == 6)
                        ret->locators = field.bytes;
        }
        return r;
}

static int64_t number_of(Bytes row, unsigned number) {
        VerifyField field;

        while (verify_field(&row, &field) > 0)
                if (field.number == number && !field.is_bytes)
                        return verify_signed(field.varint);
        return 0;
}

/* I6: a series gives each number once and leaves none out. */
static void series_check(Verify *v, const Record *record, const Change *change) {
        int64_t before = change->before.size > 0 ? number_of(change->before, SERIES_NEXT) : 1;

        if (strncmp(record->name, "number_series", strlen("number_series")) != 0)
                return;
        if (number_of(change->after, SERIES_NEXT) != before + 1)
                verify_finding(v, "I6", record->name, change->id,
                        "the series jumps: a number is missing or doubled");
}

void verify_seam(void *data, const VerifySpan *earlier, const VerifySpan *later) {
        Verify *v = data;
        const char *name = verify_record(v, later->record)->record->name;

        if (earlier->version_to + 1 != later->version_from)
                verify_finding(v, "I8", name, later->id, "a version is missing in the chain");
        if (memcmp(earlier->after, later->before, sizeof(earlier->after)) != 0)
                verify_finding(
                        v, "I8", name, later->id, "the entry does not begin where the one before ended");
        if (earlier->seq_to == later->seq_from)
                v->index_rows--;
}

static int change_check(Verify *v, const Change *change, int64_t seq) {
        const VerifyRecord *known = verify_record(v, change->record);
        VerifySpan span = { .record = change->record,
                .id = change->id,
                .version_from = change->version,
                .version_to = change->version,
                .seq_from = seq,
                .seq_to = seq };
        Digest before, after;
        int r;

        if (!known || known->record->shape == SHAPE_LEDGER) {
                verify_finding(v, "I8", known ? known->record->name : "chain", seq,
                        known ? "the entry changes a row of a ledger"
                              : "the entry changes a record that nobody declares");
                return 0;
        }
        r = verify_digest(v, change->before, &before);
        if (r >= 0)
                r = verify_digest(v, change->after, &after);
        if (r < 0)
                return r;
        series_check(v, known->record, change);
        memcpy(span.before, before.bytes, sizeof(span.before));
        memcpy(span.after, after.bytes, sizeof(span.after));
        v->index_rows++;
        return verify_sort_add(&v->sort, &span);
}

/* Compares one ledger row with its locator; rows between the expected id and this one are gone. */
static int ledger_row(
        Verify *v, const Record *record, const Range *range, int64_t expected, int64_t id, Bytes row) {
        size_t at = (size_t) (id - range->first) * LOCATOR_BYTES;
        Digest own;
        int r;

        for (; expected < id; expected++)
                verify_finding(v, "I7", record->name, expected, "the ledger row is gone");
        r = verify_digest(v, row, &own);
        if (r < 0)
                return r;
        if (range->locators.size < at + LOCATOR_BYTES ||
                memcmp(range->locators.data + at, own.bytes, LOCATOR_BYTES) != 0)
                verify_finding(v, "I7", record->name, id, "the ledger row is not as it was written");
        return 0;
}

static int range_rows(Verify *v, const VerifyRecord *known, const Range *range, Rows *rows,
        DigestState *digest, Buffer *row) {
        int64_t expected = range->first;
        int r;

        while ((r = rows_next(rows)) > 0) {
                int64_t id;

                buffer_reset(row);
                r = verify_row(known->record, rows, row);
                if (r < 0)
                        return r;
                id = number_of((Bytes){ row->data, row->size }, 1);
                r = ledger_row(v, known->record, range, expected, id, (Bytes){ row->data, row->size });
                if (r < 0)
                        return r;
                digest_update(digest, row->data, row->size);
                expected = id + 1;
        }
        for (; r >= 0 && expected <= range->last; expected++)
                verify_finding(v, "I7", known->record->name, expected, "the ledger row is gone");
        return r;
}

static int range_check(Verify *v, Tx *tx, const Range *range, int64_t seq) {
        VerifyRecord *known = verify_record(v, range->record);
        _cleanup_(rows_closep) Rows *rows = NULL;
        _cleanup_(digest_freep) DigestState *state = digest_new(v->engine->digest_kind);
        Buffer row = BUFFER_INIT(ROW_BYTES_MAX);
        Digest digest;
        int r;

        if (!state)
                return -ENOMEM;
        if (!known || known->record->shape != SHAPE_LEDGER ||
                range->count != range->last - range->first + 1 ||
                range->digest.size != sizeof(digest.bytes) || range->count < 1 ||
                range->locators.size != (size_t) range->count * LOCATOR_BYTES) {
                verify_finding(v, "I8", "chain", seq, "the entry vouches for rows that cannot be");
                return 0;
        }
        known->rows += range->count;
        r = tx_query(
                tx, &known->range, SQL_ARGS(value_integer(range->first), value_integer(range->last)), &rows);
        if (r >= 0)
                r = range_rows(v, known, range, rows, state, &row);
        buffer_done(&row);
        if (r < 0)
                return r;
        digest_final(state, &digest);
        if (memcmp(digest.bytes, range->digest.data, sizeof(digest.bytes)) != 0)
                verify_finding(v, "I7", known->record->name, range->first,
                        "the rows from here to the end of the command's range are not as written");
        return 0;
}

static int body_check(Verify *v, Tx *tx, Bytes rest, int64_t seq) {
        VerifyField field;
        bool malformed = false;
        int r;

        while (!malformed && (r = verify_field(&rest, &field)) != 0) {
                Change change = { 0 };
                Range range = { 0 };

                malformed = r < 0 || (field.number == 1 && change_read(field.bytes, &change) < 0) ||
                            (field.number == 2 && range_read(field.bytes, &range) < 0);
                if (malformed)
                        break;
                r = field.number == 1   ? change_check(v, &change, seq)
                    : field.number == 2 ? range_check(v, tx, &range, seq)
                                        : 0;
                if (r < 0)
                        return r;
        }
        if (malformed)
                verify_finding(v, "I8", "chain", seq, "the body of the entry cannot be read");
        return 0;
}

static int header_check(Verify *v, const VerifyHeader *header, Bytes head) {
        Buffer bytes = BUFFER_INIT(ROW_BYTES_MAX);
        Digest digest;
        int r;

        verify_header(header, &bytes);
        r = buffer_error(&bytes);
        if (r >= 0)
                r = verify_digest(v, (Bytes){ bytes.data, bytes.size }, &digest);
        buffer_done(&bytes);
        if (r < 0)
                return r;
        if (header->seq != v->seq + 1)
                verify_finding(v, "I8", "chain", header->seq, "entries before this one are gone");
        if (header->previous.size != sizeof(v->head) ||
                memcmp(header->previous.data, v->head.bytes, sizeof(v->head)) != 0)
                verify_finding(v, "I8", "chain", header->seq,
                        "the entry does not carry the digest of the one before");
        if (head.size != sizeof(digest) || memcmp(head.data, digest.bytes, sizeof(digest)) != 0)
                verify_finding(v, "I8", "chain", header->seq, "the header is not as it was written");
        v->seq = header->seq;
        /* Go on from what is stored, so that one changed entry is one finding. */
        if (head.size == sizeof(v->head))
                memcpy(v->head.bytes, head.data, sizeof(v->head));
        return 0;
}

static int entry_check(Verify *v, Tx *tx, const Rows *rows) {
        VerifyHeader header = { .store = v->id,
                .seq = rows_integer(rows, 0),
                .instant = rows_integer(rows, 1),
                .office = rows_integer(rows, 2),
                .person = rows_integer(rows, 3),
                .command = rows_text(rows, 4),
                .key = rows_text(rows, 5),
                .input = rows_blob(rows, 6),
                .body = rows_blob(rows, 7),
                .previous = rows_blob(rows, 8) };
        Bytes body = rows_blob(rows, 10);
        Digest digest;
        int r;

        r = header_check(v, &header, rows_blob(rows, 9));
        if (r >= 0)
                r = verify_digest(v, body, &digest);
        if (r < 0)
                return r;
        if (header.body.size != sizeof(digest) ||
                memcmp(header.body.data, digest.bytes, sizeof(digest)) != 0)
                verify_finding(v, "I8", "chain", header.seq, "the body is not as it was written");
        return body_check(v, tx, body, header.seq);
}

int verify_entries(Verify *v, Tx *tx, size_t max) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r, n = 0;

        r = tx_query(tx, &verify_chain_page, SQL_ARGS(value_integer(v->seq), value_integer((int64_t) max)),
                &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                r = entry_check(v, tx, rows);
                n++;
        }
        return r < 0 ? r : n;
}
