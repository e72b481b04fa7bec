/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 text: validity, folding, masks, hex and integers. Knows no locale. */
#include <assert.h>
#include <string.h>

#include <node/error.h>
#include <node/text.h>

/* Length of the well-formed character at p, 0 if there is none: no overlong forms, surrogates or values past
 * U+10FFFF, and no NUL, which neither C nor PostgreSQL can hold in a text. */
static size_t character_size(const uint8_t *p, size_t left) {
        if (left == 0 || p[0] == 0)
                return 0;
        if (p[0] < 0x80)
                return 1;
        size_t size = p[0] >= 0xc2 && p[0] <= 0xdf   ? 2
                      : (p[0] & 0xf0) == 0xe0        ? 3
                      : p[0] >= 0xf0 && p[0] <= 0xf4 ? 4
                                                     : 0;
        if (size == 0 || size > left)
                return 0;
        for (size_t i = 1; i < size; i++)
                if ((p[i] & 0xc0) != 0x80)
                        return 0;
        if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f))
                return 0;
        if ((p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
                return 0;
        return size;
}

bool text_is_utf8(const char *text, size_t size_bytes) {
        const uint8_t *p = (const uint8_t *) text;
        for (size_t i = 0; i < size_bytes;) {
                size_t size = character_size(p + i, size_bytes - i);
                if (size == 0)
                        return false;
                i += size;
        }
        return true;
}

size_t text_characters(const char *text) {
        size_t n = 0;
        for (const char *p = text; *p; p++)
                n += ((uint8_t) *p & 0xc0) != 0x80;
        return n;
}

void text_cut(char *text, size_t characters) {
        size_t n = 0;

        for (char *p = text; *p; p++) {
                n += ((uint8_t) *p & 0xc0) != 0x80;
                if (n > characters)
                        *p-- = 0; /* the end of the walk too */
        }
}

bool text_empty(const char *text) {
        return !text || !*text;
}

bool text_equal(const char *a, const char *b) {
        if (!a || !b)
                return a == b;
        return strcmp(a, b) == 0;
}

static bool blank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The ASCII twin of the character at p, or 0. U+FF01..U+FF5E mirror U+0021..U+007E. */
static char folded(const uint8_t *p, size_t size) {
        if (size == 2 && p[0] == 0xc2 && p[1] == 0xa0)
                return ' ';
        if (size != 3)
                return 0;
        unsigned code = (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
        if (code == 0x3000)
                return ' ';
        return code >= 0xff01 && code <= 0xff5e ? (char) (code - 0xfee0) : 0;
}

void text_fold_width(char *text) {
        const char *from = text, *end = text + strlen(text);
        char *to = text;

        while (from < end) {
                size_t size = character_size((const uint8_t *) from, (size_t) (end - from));
                char ascii = folded((const uint8_t *) from, size);
                size_t kept = ascii ? 0 : size ? size : 1; /* not UTF-8: kept, the caller's check of validity tells */
                for (size_t i = 0; i < kept; i++)
                        to[i] = from[i];
                if (ascii)
                        *to = ascii;
                to += ascii ? 1 : kept;
                from += ascii ? size : kept;
        }
        while (to > text && blank(to[-1]))
                to--;
        *to = 0;
        size_t lead = 0;
        while (blank(text[lead]))
                lead++;
        if (lead > 0)
                memmove(text, text + lead, (size_t) (to - text) - lead + 1);
}

/* Appends whole characters only; always leaves room for the NUL. */
static size_t put(char *ret, size_t max, size_t at, const char *data, size_t size) {
        if (at + size >= max)
                return at;
        memcpy(ret + at, data, size);
        ret[at + size] = 0;
        return at + size;
}

void text_mask_name(const char *name, char *ret, size_t max) {
        assert(max > 0);
        ret[0] = 0;
        size_t at = 0, length = strlen(name);
        size_t first = character_size((const uint8_t *) name, length);
        if (length == 0)
                return;
        if (first > 0 && first < length) /* a name of one character shows nothing */
                at = put(ret, max, at, name, first);
        size_t stars = text_characters(name + (at > 0 ? first : 0));
        for (size_t i = 0; i < stars; i++)
                at = put(ret, max, at, "*", 1);
}

void text_mask_number(const char *text, char *ret, size_t max) {
        assert(max > 0);
        ret[0] = 0;
        size_t length = strlen(text), head = 0, tail = length / 2 < 4 ? length / 2 : 4, at = 0;
        if (length <= 4)
                tail = 0;
        else if (length == 11 && text[0] == '1') { /* mobile telephone */
                head = 3;
                tail = 4;
        } else if (length == 18 || length == 15) /* identity number, credit code */
                head = tail = 1;
        for (size_t i = 0; i < length; i++)
                at = put(ret, max, at, i < head || i >= length - tail ? text + i : "*", 1);
}

void hex_encode(const void *data, size_t size_bytes, char *ret_hex) {
        static const char alphabet[] = "0123456789abcdef";
        const uint8_t *from = data;
        for (size_t i = 0; i < size_bytes; i++) {
                *ret_hex++ = alphabet[from[i] >> 4];
                *ret_hex++ = alphabet[from[i] & 15];
        }
        *ret_hex = 0;
}

static int nibble(char c) {
        if (c >= '0' && c <= '9')
                return c - '0';
        if (c >= 'a' && c <= 'f')
                return c - 'a' + 10;
        if (c >= 'A' && c <= 'F')
                return c - 'A' + 10;
        return -1;
}

int hex_decode(const char *hex, uint8_t *ret, size_t size_bytes) {
        if (strlen(hex) != size_bytes * 2)
                return -EMALFORMED_;
        for (size_t i = 0; i < size_bytes * 2; i++)
                if (nibble(hex[i]) < 0)
                        return -EMALFORMED_;
        for (size_t i = 0; i < size_bytes; i++)
                ret[i] = (uint8_t) (nibble(hex[i * 2]) << 4 | nibble(hex[i * 2 + 1]));
        return 0;
}

int integer_parse(const char *text, int64_t *ret) {
        bool negative = *text == '-';
        const char *p = text + negative;
        int64_t value = 0;
        bool overflow = false;

        if (!*p || (*p == '0' && (p[1] || negative)))
                return -EMALFORMED_;
        for (; *p; p++) {
                if (*p < '0' || *p > '9')
                        return -EMALFORMED_;
                int step = negative ? '0' - *p : *p - '0';
                overflow = overflow || __builtin_mul_overflow(value, 10, &value) ||
                           __builtin_add_overflow(value, step, &value);
        }
        if (overflow)
                return -EOVERFLOW;
        *ret = value;
        return 0;
}
