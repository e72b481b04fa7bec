/* SPDX-License-Identifier: Apache-2.0 */
/* expat, held tightly. */

#include <ctype.h>
#include <string.h>

#include <expat.h>

#include <node/error.h>

#include "xlsx-part.h"

typedef struct Part {
        XML_Parser parser;
        const XlsxEvents *events;
        void *data;
        int error, depth;
} Part;

static const char *local_name(const char *name) {
        const char *colon = strrchr(name, ':');

        return colon ? colon + 1 : name;
}

static void part_fail(Part *part, int r) {
        if (r >= 0 || part->error < 0)
                return;
        part->error = r;
        XML_StopParser(part->parser, XML_FALSE);
}

static void part_start(void *data, const char *name, const char **attributes) {
        Part *part = data;

        if (part->error < 0)
                return;
        if (++part->depth > XLSX_DEPTH_MAX) {
                part_fail(part, -EMALFORMED_);
                return;
        }
        part_fail(part, part->events->start(part->data, local_name(name), (const char *const *) attributes));
}

static void part_end(void *data, const char *name) {
        Part *part = data;

        part->depth--;
        if (part->error == 0)
                part_fail(part, part->events->end(part->data, local_name(name)));
}

static void part_text(void *data, const char *text, int size) {
        Part *part = data;

        if (part->error == 0)
                part_fail(part, part->events->text(part->data, text, (size_t) size));
}

/* Entities are where XML grows out of nothing; a spreadsheet has none. */
static void part_doctype(
        void *data, const char *name, const char *system, const char *public, int has_internal_subset) {
        part_fail(data, -EMALFORMED_);
}

static int part_sink(void *data, const void *bytes, size_t size) {
        Part *part = data;

        if (XML_Parse(part->parser, bytes, (int) size, XML_FALSE) == XML_STATUS_OK)
                return 0;
        if (part->error < 0)
                return part->error;
        return XML_GetErrorCode(part->parser) == XML_ERROR_NO_MEMORY ? -ENOMEM : -EMALFORMED_;
}

int xlsx_part_read(const XlsxParts *parts, const char *name, const XlsxEvents *events, void *data) {
        Part part = { .parser = XML_ParserCreate(NULL), .events = events, .data = data };

        if (!part.parser)
                return -ENOMEM;
        XML_SetHashSalt(part.parser, parts->salt);
        XML_SetUserData(part.parser, &part);
        XML_SetElementHandler(part.parser, part_start, part_end);
        XML_SetCharacterDataHandler(part.parser, part_text);
        XML_SetStartDoctypeDeclHandler(part.parser, part_doctype);
        int r = parts->read(parts->data, name, part_sink, &part);
        if (r == 0 && XML_Parse(part.parser, "", 0, XML_TRUE) != XML_STATUS_OK)
                r = part.error < 0 ? part.error : -EMALFORMED_;
        XML_ParserFree(part.parser);
        return r;
}

const char *xlsx_attribute(const char *const *attributes, const char *name) {
        for (; *attributes; attributes += 2)
                if (strcmp(local_name(attributes[0]), name) == 0)
                        return attributes[1];
        return NULL;
}

bool xlsx_whole(const char *text, size_t size, long *ret) {
        long value = 0;

        if (size == 0 || size > 9)
                return false;
        for (size_t i = 0; i < size; i++) {
                if (!isdigit((unsigned char) text[i]))
                        return false;
                value = 10 * value + (text[i] - '0');
        }
        *ret = value;
        return true;
}

static int hex_value(char c) {
        if (isdigit((unsigned char) c))
                return c - '0';
        c = (char) toupper((unsigned char) c);
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "_x4E2D_" at text: the character in *ret, or false. */
static bool escape_at(const char *text, size_t size, unsigned *ret) {
        unsigned value = 0;

        if (size < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
                return false;
        for (size_t i = 2; i < 6; i++) {
                int digit = hex_value(text[i]);
                if (digit < 0)
                        return false;
                value = 16 * value + (unsigned) digit;
        }
        *ret = value;
        return true;
}

static void character_append(Buffer *buffer, unsigned value) {
        if (value < 0x80) {
                /* the rest of these say nothing on paper */
                if (value >= 0x20 || value == '\n' || value == '\t')
                        buffer_append(buffer, &(char){ (char) value }, 1);
        } else if (value < 0x800) {
                const char two[] = { (char) (0xc0 | value >> 6), (char) (0x80 | (value & 0x3f)) };
                buffer_append(buffer, two, sizeof(two));
        } else if (value < 0xd800 || value > 0xdfff) {
                const char three[] = { (char) (0xe0 | value >> 12), (char) (0x80 | (value >> 6 & 0x3f)),
                        (char) (0x80 | (value & 0x3f)) };
                buffer_append(buffer, three, sizeof(three));
        }
}

void xlsx_text_append(Buffer *buffer, const char *text, size_t size) {
        size_t from = 0;
        unsigned value;

        if (size == 0)
                return;
        for (size_t i = 0; i < size; i++)
                if (text[i] == '_' && escape_at(text + i, size - i, &value)) {
                        buffer_append(buffer, text + from, i - from);
                        character_append(buffer, value);
                        i += 6;
                        from = i + 1;
                }
        buffer_append(buffer, text + from, size - from);
}
