/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate a partner system proved to hold, as nginx hands it on: a PEM escaped into one line. */

#include <string.h>

#include <internal/transport-key.h>

#include "web-private.h"

static char *pem_unescape(const char *escaped, Arena *arena) {
        size_t size = strlen(escaped), n = 0;
        char *pem = arena_alloc(arena, size + 1), pair[3] = { 0 };
        uint8_t byte;

        for (size_t i = 0; pem && i < size; i++) {
                pem[n] = escaped[i];
                if (escaped[i] == '%' && i + 2 < size) {
                        pair[0] = escaped[i + 1] | 0x20; /* hexadecimal in small letters; digits stay */
                        pair[1] = escaped[i + 2] | 0x20;
                        if (hex_decode(pair, &byte, 1) == 0) {
                                pem[n] = (char) byte;
                                i += 2;
                        }
                }
                n++;
        }
        return pem;
}

int web_certificate_fingerprint(const WebRequest *request, Digest *ret) {
        if (text_empty(request->partner_certificate))
                return -EAUTHENTICATE_;
        const char *pem = pem_unescape(request->partner_certificate, request->arena);
        int r = pem ? certificate_digest(pem, ret) : -ENOMEM;
        return r == -EMALFORMED_ ? -EAUTHENTICATE_ : r;
}
