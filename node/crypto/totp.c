/* SPDX-License-Identifier: Apache-2.0 */
/* One-time codes by time (RFC 6238): what a telephone shows for thirty seconds. */

#include <errno.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <node/crypto.h>

static const EVP_MD *md_of(TotpHash hash) {
        switch (hash) {
        case TOTP_SHA1:
                return EVP_sha1();
        case TOTP_SHA256:
                return EVP_sha256();
        case TOTP_SHA512:
                return EVP_sha512();
        default:
                return NULL;
        }
}

int totp_code(TotpHash hash, Bytes secret, int64_t step, unsigned digits, char ret[static TOTP_CODE_MAX]) {
        uint8_t counter[8], mac[EVP_MAX_MD_SIZE];
        const EVP_MD *md = md_of(hash);
        unsigned size = 0;
        uint32_t modulus = 1;

        if (!md || digits < 6 || digits >= TOTP_CODE_MAX || step < 0 || secret.size == 0)
                return -EINVAL;
        for (int i = 7; i >= 0; i--, step >>= 8)
                counter[i] = (uint8_t) step;
        if (!HMAC(md, secret.data, (int) secret.size, counter, sizeof(counter), mac, &size))
                return -ENOMEM;
        const uint8_t *cut = mac + (mac[size - 1] & 0x0f);
        uint32_t number =
                ((uint32_t) cut[0] & 0x7f) << 24 | (uint32_t) cut[1] << 16 | (uint32_t) cut[2] << 8 | cut[3];
        for (unsigned i = 0; i < digits; i++)
                modulus *= 10;
        number %= modulus;
        ret[digits] = '\0';
        for (unsigned i = digits; i > 0; number /= 10)
                ret[--i] = (char) ('0' + number % 10);
        return 0;
}
