/* SPDX-License-Identifier: Apache-2.0 */
/* Protocol-buffer wire form written and read by hand, for bytes that must be canonical: fields in rising number,
 * varints minimal, defaults left out. Used for record rows and chain headers; frames of the network use protobuf-c. */
#pragma once

#include <node/text.h>

typedef struct WireReader {
        const uint8_t *at, *end;
        bool failed;
} WireReader;

typedef struct WireField {
        uint32_t number;
        uint8_t type;        /* 0 varint, 2 length-delimited */
        uint64_t varint;
        Bytes bytes;
} WireField;

/* Signed values go zigzag; zero and empty are left out. */
void wire_put_signed(Buffer *buffer, uint32_t number, int64_t value);
void wire_put_unsigned(Buffer *buffer, uint32_t number, uint64_t value);
void wire_put_bytes(Buffer *buffer, uint32_t number, const void *data, size_t size_bytes);
void wire_put_text(Buffer *buffer, uint32_t number, const char *text);

void wire_reader_init(WireReader *reader, Bytes bytes);
/* 1 with a field, 0 at the end, -EMALFORMED_ (bad varint, unknown wire type, length past the end). */
int wire_next(WireReader *reader, WireField *ret) _must_check_;
int64_t wire_signed(uint64_t varint);
