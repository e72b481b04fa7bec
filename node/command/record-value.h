/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and setting one field of a row by its description. */
#pragma once

#include <node/crypto.h>
#include <node/record.h>

#define LINES_MAX 2000u
#define RECORD_DEPTH_MAX 4u

bool field_is_text(const Field *field);
/* Every kind that is stored as a number; SEALED gives the vault id. */
int64_t field_integer(const Field *field, const void *row);
void field_integer_set(const Field *field, void *row, int64_t value);
/* TEXT and CODE; never NULL */
const char *field_text(const Field *field, const void *row);
void field_text_set(const Field *field, void *row, const char *text);
Sealed *field_sealed(const Field *field, const void *row);
Lines *field_lines(const Field *field, const void *row);

/* Wire form of a command's input for its digest: like record_encode, but all private input (SEALED,
 * FIELD_SECRET) enters as one MAC behind the rest, so that the digest in the chain gives nothing away.
 * -EOPNOTSUPP without keys. */
int record_encode_input(
        const Record *record, const void *row, const Keys *keys, Buffer *buffer) _must_check_;
