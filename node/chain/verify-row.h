/* SPDX-License-Identifier: Apache-2.0 */
/* Verify's own reading of the wire form: a second writer of rows and a second reader of bodies, which share
 * nothing with the command path but the documented format. */
#pragma once

#include <node/crypto.h>
#include <node/record.h>

/* The row at hand of SELECT * in wire form. -EINVAL: a column is missing. */
int verify_row(const Record *record, const Rows *rows, Buffer *buffer) _must_check_;

typedef struct VerifyHeader {
        int64_t store, seq, instant, office, person;
        const char *command, *key;
        Bytes input, body, previous;
} VerifyHeader;
void verify_header(const VerifyHeader *header, Buffer *buffer);

/* A flat reader: next field of a message; 1, 0 at the end, -1 malformed. */
typedef struct VerifyField {
        uint64_t number;
        uint64_t varint;
        Bytes bytes;
        bool is_bytes;
} VerifyField;
int verify_field(Bytes *rest, VerifyField *ret);
int64_t verify_signed(uint64_t varint);
