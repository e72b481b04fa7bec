/* SPDX-License-Identifier: Apache-2.0 */
/* The commands by which an office joins the tree below us. Numbers come from the block that our own parent
 * gave us, rising, and are never given twice: entries are never deleted. */
#include "enrolment.h"

#include <ctype.h>
#include <node/error.h>
#include <string.h>

#include "federation-query.h"

int enrolment_code_digest(const char *code, char ret[static 65]) {
        char plain[ENROLMENT_CODE_CHARACTERS + 1];
        Digest digest;
        size_t n = 0;
        int r;

        for (const char *at = code; *at; at++) {
                if (*at == ' ' || *at == '-')
                        continue;
                if (n == ENROLMENT_CODE_CHARACTERS)
                        return -EMALFORMED_;
                plain[n++] = (char) toupper((unsigned char) *at);
        }
        r = digest_compute(DIGEST_SM3, plain, n, &digest);
        if (r == 0)
                hex_encode(digest.bytes, sizeof digest.bytes, ret);
        return r;
}

/* 24 letters and digits without those that look alike, in groups of four: 120 bits. */
static const char *code_make(Request *q) {
        static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        uint8_t chance[ENROLMENT_CODE_CHARACTERS];
        char *code = arena_alloc(q->arena, ENROLMENT_CODE_CHARACTERS + ENROLMENT_CODE_CHARACTERS / 4);
        size_t n = 0;

        if (!code)
                return NULL;
        q->clock->random(q->clock->data, chance, sizeof chance);
        for (size_t i = 0; i < sizeof chance; i++) {
                if (i > 0 && i % 4 == 0)
                        code[n++] = '-';
                code[n++] = letters[chance[i] % 32];
        }
        return code;
}

int enrolment_issue_run(Request *q, const void *data, void *ret_output) {
        const IssueInput *input = data;
        IssueOutput *output = ret_output;
        char digest[65];
        Enrolment enrolment = {
                .name = input->name,
                .division_code = input->division_code,
                .level = input->level,
                .capabilities = input->capabilities,
                .code_digest = digest,
                .expires = { q->now.ms + ENROLMENT_DAYS * INT64_C(86400000) },
                .issued_by = q->person,
                .state = ENROLMENT_ISSUED,
                .public_key = "",
                .fingerprint = "",
        };
        const char *code = code_make(q);
        int r;

        if (!code)
                return -ENOMEM;
        r = enrolment_code_digest(code, digest);
        if (r == 0)
                r = record_insert(q, &record_enrolment, &enrolment);
        if (r < 0)
                return r;
        output->enrolment = enrolment.head.id;
        output->code = code;
        return 0;
}

static int load_by_code(Request *q, const char *code_digest, Enrolment *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        r = tx_query(q->tx, &query_enrolment_by_code,
                SQL_ARGS(value_integer(q->office), value_text(code_digest)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return record_from_rows(&record_enrolment, rows, q->arena, ret);
}

int enrolment_request_run(Request *q, const void *data, void *ret_output) {
        const RequestInput *input = data;
        Enrolment enrolment;
        int r;

        r = load_by_code(q, input->code_digest, &enrolment);
        if (r < 0)
                return r == -ENOENT ? refuse(q, "federation.code_unknown", "code", NULL) : r;
        if (enrolment.state == ENROLMENT_REFUSED)
                return refuse(q, "federation.enrolment_refused", "code", NULL);
        if (enrolment.state != ENROLMENT_ISSUED)
                return refuse(q, "federation.code_used", "code", NULL);
        if (enrolment.expires.ms < q->now.ms)
                return refuse(q, "federation.code_expired", "code", NULL);
        enrolment.algorithm = input->algorithm;
        enrolment.public_key = input->public_key;
        enrolment.fingerprint = input->fingerprint;
        enrolment.state = ENROLMENT_REQUESTED;
        return record_update(q, &record_enrolment, &enrolment, NULL);
}

/* Our own entry, newest version. */
static int own_entry(Request *q, Entry *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Bytes content;
        int r;

        r = tx_query(q->tx, &query_entry_newest, SQL_ARGS(value_integer(q->office)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : refuse(q, "federation.no_directory", NULL, NULL);
        content = rows_blob(rows, 0);
        content.data = arena_copy(q->arena, content.data, content.size);
        return content.data ? entry_decode(content, q->arena, ret) : -ENOMEM;
}

/* How many numbers an office of a level gets, its own included. */
static int64_t block_size(int64_t level) {
        switch (level) {
        case LEVEL_PROVINCE:
                return INT64_C(1) << 24;
        case LEVEL_CITY:
                return INT64_C(1) << 16;
        default:
                return INT64_C(1) << 8;
        }
}

static int give_numbers(Request *q, const Entry *own, const Enrolment *enrolment, Entry *entry) {
        int64_t top, size = block_size(enrolment->level);
        int r = tx_integer(q->tx, &query_block_top, SQL_ARGS(value_integer(own->office)), &top);

        if (r < 0)
                return r;
        entry->block_first = (top > own->office ? top : own->office) + 1;
        entry->block_last = entry->block_first + size - 1;
        if (entry->block_last > own->block_last)
                return refuse(q, "federation.block_full", NULL, NULL);
        entry->office = entry->block_first;
        return 0;
}

static int entry_sign(Request *q, Entry *entry) {
        _cleanup_(buffer_done) Buffer buffer = BUFFER_INIT(ENTRY_BYTES_MAX);
        const Keys *keys = q->kernel->keys;
        Signature signature;
        int64_t serial;
        Entry read;
        int r;

        r = entry_encode(entry, &buffer);
        /* What cannot be read again would keep the whole directory from being read, here and everywhere. */
        if (r == 0)
                r = entry_decode((Bytes){ buffer.data, buffer.size }, q->arena, &read);
        if (r == 0)
                r = keys->sign(keys->data, KEY_IDENTITY, buffer.data, buffer.size, &signature);
        if (r == 0)
                r = tx_integer(q->tx, &query_entry_serial, SQL_NO_ARGS, &serial);
        if (r < 0)
                return r;
        return tx_exec(q->tx, &query_entry_insert,
                SQL_ARGS(value_integer(serial + 1), value_integer(entry->office),
                        value_integer(entry->version), value_integer(entry->parent),
                        value_integer(entry->block_first), value_integer(entry->block_last),
                        value_blob(buffer.data, buffer.size),
                        value_blob(signature.bytes, sizeof signature.bytes), value_integer(0)),
                NULL);
}

static int grant(Request *q, Enrolment *enrolment) {
        Entry own, entry = {
                .format = ENTRY_FORMAT,
                .version = 1,
                .name = enrolment->name,
                .division_code = enrolment->division_code,
                .level = enrolment->level,
                .capabilities = enrolment->capabilities,
                .key.algorithm = (uint8_t) enrolment->algorithm,
                .fingerprint = enrolment->fingerprint,
                .valid_from = q->today.ymd,
        };
        int r;

        r = own_entry(q, &own);
        if (r < 0)
                return r;
        entry.tree = own.tree;
        entry.parent = entry.signer = own.office;
        entry.signer_version = own.version;
        r = hex_decode(enrolment->public_key, entry.key.point, sizeof entry.key.point);
        if (r == 0)
                r = give_numbers(q, &own, enrolment, &entry);
        if (r == 0)
                r = entry_sign(q, &entry);
        if (r == 0)
                enrolment->given = entry.office;
        return r;
}

static int load_requested(Request *q, const DecideInput *input, Enrolment *ret) {
        int r = record_load(q, &record_enrolment, input->enrolment, ret);

        if (r < 0)
                return r;
        if (ret->state != ENROLMENT_REQUESTED)
                return refuse(q, "federation.not_requested", "enrolment", NULL);
        return 0;
}

int enrolment_approve_run(Request *q, const void *data, void *ret_output) {
        Enrolment enrolment;
        int r;

        r = load_requested(q, data, &enrolment);
        if (r == 0)
                r = request_other_person(q, enrolment.issued_by, "enrolment");
        if (r == 0)
                r = grant(q, &enrolment);
        if (r < 0)
                return r;
        enrolment.state = ENROLMENT_GRANTED;
        enrolment.approved_by = q->person;
        return record_update(q, &record_enrolment, &enrolment, NULL);
}

int enrolment_refuse_run(Request *q, const void *data, void *ret_output) {
        Enrolment enrolment;
        int r = load_requested(q, data, &enrolment);

        if (r < 0)
                return r;
        enrolment.state = ENROLMENT_REFUSED;
        enrolment.approved_by = q->person;
        return record_update(q, &record_enrolment, &enrolment, NULL);
}
