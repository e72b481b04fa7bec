/* SPDX-License-Identifier: Apache-2.0 */
/* The growing byte buffer. A NUL always stands after the data, outside size, so that a text may be read in
 * place. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <node/error.h>
#include <node/text.h>

#define CAPACITY_MIN 256

void buffer_done(Buffer *buffer) {
        if (!buffer)
                return;
        free(buffer->data);
        *buffer = (Buffer){ .size_max = buffer->size_max };
}

void buffer_reset(Buffer *buffer) {
        buffer->size = 0;
        buffer->error = 0;
        if (buffer->data)
                buffer->data[0] = 0;
}

int buffer_error(const Buffer *buffer) {
        return buffer->error;
}

/* Room for size_bytes more and a NUL. */
static bool buffer_reserve(Buffer *buffer, size_t size_bytes) {
        if (buffer->error)
                return false;
        if (size_bytes > buffer->size_max - buffer->size || buffer->size + size_bytes == SIZE_MAX) {
                buffer->error = -E2BIG;
                return false;
        }
        size_t needed = buffer->size + size_bytes + 1;
        if (needed <= buffer->capacity)
                return true;
        size_t capacity = buffer->capacity ? buffer->capacity : CAPACITY_MIN;
        while (capacity < needed)
                capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
        uint8_t *data = realloc(buffer->data, capacity);
        if (!data) {
                buffer->error = -ENOMEM;
                return false;
        }
        buffer->data = data;
        buffer->capacity = capacity;
        return true;
}

void buffer_append(Buffer *buffer, const void *data, size_t size_bytes) {
        if (!buffer_reserve(buffer, size_bytes))
                return;
        if (size_bytes > 0)
                memcpy(buffer->data + buffer->size, data, size_bytes);
        buffer->size += size_bytes;
        buffer->data[buffer->size] = 0;
}

void buffer_text(Buffer *buffer, const char *text) {
        buffer_append(buffer, text, strlen(text));
}

void buffer_printf(Buffer *buffer, const char *format, ...) {
        va_list arguments;

        va_start(arguments, format);
        int length = vsnprintf(NULL, 0, format, arguments);
        va_end(arguments);
        if (length < 0) {
                buffer->error = buffer->error ? buffer->error : -E2BIG; /* longer than INT_MAX */
                return;
        }
        if (!buffer_reserve(buffer, (size_t) length))
                return;
        va_start(arguments, format);
        vsnprintf((char *) buffer->data + buffer->size, (size_t) length + 1, format, arguments);
        va_end(arguments);
        buffer->size += (size_t) length;
}
