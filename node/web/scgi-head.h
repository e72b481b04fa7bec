/* SPDX-License-Identifier: Apache-2.0 */
/* The head of an SCGI request as nginx sends it: a netstring of NUL-terminated pairs. Strict and pure:
 * whatever nginx of our configuration does not send is refused, so that there is no second opinion about a
 * request. */
#pragma once

#include <node/macro.h>
#include <node/types.h>

#define SCGI_HEAD_BYTES_MAX (16u << 10)
#define SCGI_PREFIX_BYTES_MAX 6 /* "16384:" */

/* The allow-list: no other key may arrive. Keep in step with provisioning/nginx. */
typedef enum ScgiKey {
        SCGI_CONTENT_LENGTH,
        SCGI_VERSION,
        SCGI_REQUEST_METHOD,
        SCGI_REQUEST_URI,
        SCGI_REMOTE_ADDR,
        SCGI_CONTENT_TYPE,
        SCGI_COOKIE,
        SCGI_ORIGIN,
        SCGI_FETCH_SITE,
        SCGI_FUNDNODE,
        SCGI_IDEMPOTENCY_KEY,
        SCGI_STEP_UP,
        SCGI_IF_NONE_MATCH,
        SCGI_SIGNATURE,
        SCGI_CLIENT_CERTIFICATE,
        SCGI_UPLOAD_FILE,
        SCGI_USER_AGENT,
        SCGI_CLIENT_VERIFY,      /* what nginx thinks of the browser's certificate */
        SCGI_CLIENT_FINGERPRINT, /* of it, SHA-1 in hex */
        SCGI_KEYS,
} ScgiKey;

typedef struct ScgiHead {
        const char *values[SCGI_KEYS]; /* into the caller's bytes; NULL when absent */
        int64_t content_bytes;
} ScgiHead;

/* Reads a head from the beginning of data. 1: whole, ret_bytes is its length with the closing comma;
 * 0: more bytes are needed; -E2BIG: over SCGI_HEAD_BYTES_MAX; -EMALFORMED_: anything else. */
int scgi_head_parse(const char *data, size_t size, ScgiHead *ret, size_t *ret_bytes) _must_check_;
const char *scgi_key_name(ScgiKey key);
