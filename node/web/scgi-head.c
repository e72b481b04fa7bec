/* SPDX-License-Identifier: Apache-2.0 */
/* Strict SCGI head parser: a pure function of bytes. No allocation, no state, no input beyond its arguments.
 */

#include <string.h>

#include <node/error.h>

#include "scgi-head.h"

static const char *const key_names[SCGI_KEYS] = {
        [SCGI_CONTENT_LENGTH] = "CONTENT_LENGTH",
        [SCGI_VERSION] = "SCGI",
        [SCGI_REQUEST_METHOD] = "REQUEST_METHOD",
        [SCGI_REQUEST_URI] = "REQUEST_URI",
        [SCGI_REMOTE_ADDR] = "REMOTE_ADDR",
        [SCGI_CONTENT_TYPE] = "CONTENT_TYPE",
        [SCGI_COOKIE] = "HTTP_COOKIE",
        [SCGI_ORIGIN] = "HTTP_ORIGIN",
        [SCGI_FETCH_SITE] = "HTTP_SEC_FETCH_SITE",
        [SCGI_FUNDNODE] = "HTTP_X_FUNDNODE",
        [SCGI_IDEMPOTENCY_KEY] = "HTTP_X_IDEMPOTENCY_KEY",
        [SCGI_STEP_UP] = "HTTP_X_STEP_UP",
        [SCGI_IF_NONE_MATCH] = "HTTP_IF_NONE_MATCH",
        [SCGI_SIGNATURE] = "HTTP_X_SIGNATURE",
        [SCGI_CLIENT_CERTIFICATE] = "CLIENT_CERTIFICATE",
        [SCGI_UPLOAD_FILE] = "UPLOAD_FILE",
        [SCGI_USER_AGENT] = "HTTP_USER_AGENT",
        [SCGI_CLIENT_VERIFY] = "SSL_CLIENT_VERIFY",
        [SCGI_CLIENT_FINGERPRINT] = "SSL_CLIENT_FINGERPRINT",
};

static const ScgiKey required[] = {
        SCGI_CONTENT_LENGTH,
        SCGI_VERSION,
        SCGI_REQUEST_METHOD,
        SCGI_REQUEST_URI,
        SCGI_REMOTE_ADDR,
};

const char *scgi_key_name(ScgiKey key) {
        return key_names[key];
}

/* "0" or digits without a leading zero, at most digits_max of them. Returns how many, 0 for none, -1 for too
 * many. */
static int digits(const char *text, size_t size, int digits_max, int64_t *ret) {
        int64_t value = 0;
        int n = 0;

        for (; (size_t) n < size && text[n] >= '0' && text[n] <= '9'; n++) {
                if (n == digits_max || (n > 0 && value == 0))
                        return -1;
                value = value * 10 + (text[n] - '0');
        }
        *ret = value;
        return n;
}

/* 1 with the length of the pairs and where they begin, 0 for more, negative. */
static int prefix_parse(const char *data, size_t size, size_t *ret_at, size_t *ret_length) {
        int64_t length = 0;
        int n = digits(data, size, SCGI_PREFIX_BYTES_MAX - 1, &length);

        if (n < 0)
                return -EMALFORMED_;
        if ((size_t) n == size)
                return length > SCGI_HEAD_BYTES_MAX ? -E2BIG : 0;
        if (n == 0 || data[n] != ':' || length == 0)
                return -EMALFORMED_;
        if (length > SCGI_HEAD_BYTES_MAX)
                return -E2BIG;
        *ret_at = (size_t) n + 1;
        *ret_length = (size_t) length;
        return 1;
}

/* Length of the text at data with its NUL inside the next size bytes; 0 when there is no NUL. */
static size_t text_size(const char *data, size_t size) {
        const char *end = memchr(data, 0, size);
        return end ? (size_t) (end - data) + 1 : 0;
}

static bool value_clean(const char *value) {
        for (const unsigned char *p = (const unsigned char *) value; *p; p++)
                if (*p < 0x20 || *p == 0x7f)
                        return false;
        return true;
}

static int key_number(const char *name) {
        for (int i = 0; i < SCGI_KEYS; i++)
                if (strcmp(name, key_names[i]) == 0)
                        return i;
        return -EMALFORMED_;
}

static int pairs_parse(const char *data, size_t size, ScgiHead *head) {
        for (bool first = true; size > 0; first = false) {
                size_t name_size = text_size(data, size);
                if (name_size == 0)
                        return -EMALFORMED_;
                const char *value = data + name_size;
                size_t value_size = text_size(value, size - name_size);
                int key = key_number(data);

                if (value_size == 0 || key < 0 || head->values[key] || !value_clean(value))
                        return -EMALFORMED_;
                if (first != (key == SCGI_CONTENT_LENGTH))
                        return -EMALFORMED_;
                head->values[key] = value;
                data = value + value_size;
                size -= name_size + value_size;
        }
        return 0;
}

int scgi_head_parse(const char *data, size_t size, ScgiHead *ret, size_t *ret_bytes) {
        ScgiHead head = { 0 };
        size_t at = 0, length = 0;

        int r = prefix_parse(data, size, &at, &length);
        if (r <= 0)
                return r;
        if (size - at < length + 1)
                return 0;
        if (data[at + length] != ',')
                return -EMALFORMED_;
        r = pairs_parse(data + at, length, &head);
        if (r < 0)
                return r;
        for (size_t i = 0; i < ELEMENTSOF(required); i++)
                if (!head.values[required[i]])
                        return -EMALFORMED_;

        const char *content = head.values[SCGI_CONTENT_LENGTH];
        int n = digits(content, strlen(content), 12, &head.content_bytes);
        if (n <= 0 || content[n] || strcmp(head.values[SCGI_VERSION], "1") != 0)
                return -EMALFORMED_;
        *ret = head;
        *ret_bytes = at + length + 1;
        return 1;
}
