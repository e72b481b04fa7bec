/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 text: validity, length in characters, full-width folding, and a growing buffer with a limit. */
#pragma once

#include <node/macro.h>
#include <node/types.h>

bool text_is_utf8(const char *text, size_t size_bytes);
size_t text_characters(const char *text);
/* At most so many characters of it are left, none of them in part. In place. */
void text_cut(char *text, size_t characters);
/* True for NULL and "". */
bool text_empty(const char *text);
bool text_equal(const char *a, const char *b);
/* Full-width digits, letters and punctuation to ASCII, U+3000 and U+00A0 to blanks, both ends trimmed, in place. */
void text_fold_width(char *text);
/* Masks for pages (11.2.6): 张*, 9***…***X, 138****0000 by length and form. Writes at most max bytes. */
void text_mask_name(const char *name, char *ret, size_t max);
void text_mask_number(const char *number, char *ret, size_t max);
/* "0a1f…" both ways; ret_hex has room for 2 * size + 1. -EMALFORMED_ */
void hex_encode(const void *data, size_t size_bytes, char *ret_hex);
int hex_decode(const char *hex, uint8_t *ret, size_t size_bytes) _must_check_;
/* Whole text is a decimal integer without leading zeros or plus sign. -EMALFORMED_, -EOVERFLOW */
int integer_parse(const char *text, int64_t *ret) _must_check_;

/* Growing byte buffer; after the first failure every append does nothing and buffer_error() tells. */
typedef struct Buffer {
        uint8_t *data;
        size_t size, capacity, size_max;
        int error;
} Buffer;

#define BUFFER_INIT(max) { .size_max = (max) }
void buffer_done(Buffer *buffer);
void buffer_append(Buffer *buffer, const void *data, size_t size_bytes);
void buffer_text(Buffer *buffer, const char *text);
void buffer_printf(Buffer *buffer, const char *format, ...) _printf_(2, 3);
void buffer_reset(Buffer *buffer);
/* 0, -ENOMEM or -E2BIG */
int buffer_error(const Buffer *buffer);
