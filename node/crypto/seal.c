/* SPDX-License-Identifier: Apache-2.0 */
/* SM4-CTR with HMAC-SM3, encrypt then MAC (OpenSSL has no SM4-GCM), or AES-256-GCM. */

#include <limits.h>
#include <string.h>

#include <openssl/crypto.h>

#include "fetch.h"
#include "seal.h"

#define GCM_NONCE_BYTES 12
#define GCM_TAG_BYTES 16
#define HMAC_TAG_BYTES 32

static size_t nonce_size(uint8_t method) {
        return method == SEAL_AES_256_GCM ? GCM_NONCE_BYTES : SEAL_NONCE_BYTES;
}

static size_t tag_size(uint8_t method) {
        return method == SEAL_AES_256_GCM ? GCM_TAG_BYTES : HMAC_TAG_BYTES;
}

static void size_encode(size_t size, uint8_t ret[static 8]) {
        for (int i = 0; i < 8; i++)
                ret[i] = (uint8_t) ((uint64_t) size >> (56 - 8 * i));
}

int seal_key_derive(SealMethod method, const uint8_t master[static MASTER_KEY_BYTES], SealKey *ret) {
        DigestKind kind = method == SEAL_AES_256_GCM ? DIGEST_SHA256 : DIGEST_SM3;
        SealKey key = { .method = (uint8_t) method, .version = 1 };
        Digest derived;

        if (method != SEAL_SM4_CTR_HMAC_SM3 && method != SEAL_AES_256_GCM)
                return -EOPNOTSUPP;
        Bytes secret = { master, MASTER_KEY_BYTES };
        Bytes label = bytes_text("fundnode seal 1 encrypt");
        int r = hmac_compute(kind, secret, &label, 1, &derived);
        if (r < 0)
                return r;
        memcpy(key.encrypt, derived.bytes, sizeof(key.encrypt));
        label = bytes_text("fundnode seal 1 authenticate");
        r = hmac_compute(kind, secret, &label, 1, &derived);
        if (r < 0)
                return r;
        key.authenticate = hmac_key_new(kind, (Bytes){ derived.bytes, sizeof(derived.bytes) });
        OPENSSL_cleanse(&derived, sizeof(derived));
        if (key.authenticate)
                *ret = key;
        OPENSSL_cleanse(key.encrypt, sizeof(key.encrypt));
        return key.authenticate ? 0 : -ENOMEM;
}

void seal_key_done(SealKey *key) {
        hmac_key_free(key->authenticate);
        OPENSSL_cleanse(key, sizeof(*key));
}

static int sm4_ctr(const SealKey *key, const uint8_t *nonce, Bytes from, uint8_t *to) {
        _cleanup_(EVP_CIPHER_CTX_freep) EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
        int written = 0, last = 0;

        if (!context)
                return -ENOMEM;
        if (EVP_EncryptInit_ex2(context, fetched()->sm4_ctr, key->encrypt, nonce, NULL) != 1 ||
                (from.size > 0 &&
                        EVP_EncryptUpdate(context, to, &written, from.data, (int) from.size) != 1) ||
                EVP_EncryptFinal_ex(context, to + written, &last) != 1 ||
                (size_t) (written + last) != from.size)
                return -EIO;
        return 0;
}

/* Over everything that could be exchanged: method, version, nonce, associated with its length, ciphertext.
 */
static int sm4_tag(const SealKey *key, Bytes head_and_nonce, Bytes associated, Bytes cipher, Digest *ret) {
        uint8_t associated_size[8];

        size_encode(associated.size, associated_size);
        return hmac_keyed(key->authenticate,
                (Bytes[]){ head_and_nonce, { associated_size, 8 }, associated, cipher }, 4, ret);
}

static bool gcm_associated(EVP_CIPHER_CTX *context, bool encrypt, Bytes head, Bytes associated) {
        int (*update)(EVP_CIPHER_CTX *, unsigned char *, int *, const unsigned char *, int) =
                encrypt ? EVP_EncryptUpdate : EVP_DecryptUpdate;
        int ignored;

        return update(context, NULL, &ignored, head.data, (int) head.size) == 1 &&
               (associated.size == 0 ||
                       update(context, NULL, &ignored, associated.data, (int) associated.size) == 1);
}

static int gcm_seal(const SealKey *key, uint8_t *out, Bytes associated, Bytes plain) {
        _cleanup_(EVP_CIPHER_CTX_freep) EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
        uint8_t *nonce = out + SEAL_HEAD_BYTES, *cipher = nonce + GCM_NONCE_BYTES;
        int written = 0, last = 0;

        if (!context)
                return -ENOMEM;
        if (EVP_EncryptInit_ex2(context, fetched()->aes_256_gcm, key->encrypt, nonce, NULL) != 1 ||
                !gcm_associated(context, true, (Bytes){ out, SEAL_HEAD_BYTES }, associated) ||
                (plain.size > 0 &&
                        EVP_EncryptUpdate(context, cipher, &written, plain.data, (int) plain.size) != 1) ||
                EVP_EncryptFinal_ex(context, cipher + written, &last) != 1 ||
                EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, GCM_TAG_BYTES, cipher + plain.size) != 1)
                return -EIO;
        return 0;
}

static int gcm_open(const SealKey *key, Bytes sealed, Bytes associated, Bytes cipher, uint8_t *to) {
        _cleanup_(EVP_CIPHER_CTX_freep) EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
        uint8_t tag[GCM_TAG_BYTES];
        int written = 0, last = 0;

        if (!context)
                return -ENOMEM;
        memcpy(tag, cipher.data + cipher.size, sizeof(tag));
        if (EVP_DecryptInit_ex2(context, fetched()->aes_256_gcm, key->encrypt, sealed.data + SEAL_HEAD_BYTES,
                    NULL) != 1 ||
                !gcm_associated(context, false, (Bytes){ sealed.data, SEAL_HEAD_BYTES }, associated) ||
                (cipher.size > 0 &&
                        EVP_DecryptUpdate(context, to, &written, cipher.data, (int) cipher.size) != 1) ||
                EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, sizeof(tag), tag) != 1)
                return -EIO;
        return EVP_DecryptFinal_ex(context, to + written, &last) == 1 ? 0 : -EBADMSG;
}

int seal_bytes(const SealKey *key, const uint8_t nonce[static SEAL_NONCE_BYTES], Bytes associated,
        Bytes plain, Arena *arena, Bytes *ret) {
        size_t head = SEAL_HEAD_BYTES + nonce_size(key->method);
        size_t size = head + plain.size + tag_size(key->method);
        int r;

        if (plain.size > INT_MAX / 2 || associated.size > INT_MAX / 2)
                return -E2BIG;
        uint8_t *out = arena_alloc(arena, size);
        if (!out)
                return -ENOMEM;
        out[0] = key->method;
        out[1] = key->version;
        memcpy(out + SEAL_HEAD_BYTES, nonce, nonce_size(key->method));
        if (key->method == SEAL_AES_256_GCM)
                r = gcm_seal(key, out, associated, plain);
        else {
                Digest tag;
                r = sm4_ctr(key, nonce, plain, out + head);
                if (r == 0)
                        r = sm4_tag(key, (Bytes){ out, head }, associated, (Bytes){ out + head, plain.size },
                                &tag);
                if (r == 0)
                        memcpy(out + head + plain.size, tag.bytes, sizeof(tag.bytes));
        }
        if (r < 0)
                return r;
        *ret = (Bytes){ out, size };
        return 0;
}

int open_bytes(const SealKey *key, Bytes associated, Bytes sealed, Arena *arena, Bytes *ret) {
        size_t head = SEAL_HEAD_BYTES + nonce_size(key->method), tail = tag_size(key->method);
        int r;

        if (sealed.size < head + tail || sealed.size > INT_MAX / 2 || sealed.data[0] != key->method ||
                sealed.data[1] != key->version)
                return -EBADMSG;
        Bytes cipher = { sealed.data + head, sealed.size - head - tail };
        uint8_t *plain = arena_alloc(arena, cipher.size + 1); /* a NUL behind, for texts */
        if (!plain)
                return -ENOMEM;
        if (key->method == SEAL_AES_256_GCM)
                r = gcm_open(key, sealed, associated, cipher, plain);
        else {
                Digest tag, carried;
                memcpy(carried.bytes, cipher.data + cipher.size, sizeof(carried.bytes));
                r = sm4_tag(key, (Bytes){ sealed.data, head }, associated, cipher, &tag);
                if (r == 0)
                        r = digest_equal(&tag, &carried) ? 0 : -EBADMSG;
                if (r == 0)
                        r = sm4_ctr(key, sealed.data + SEAL_HEAD_BYTES, cipher, plain);
        }
        if (r < 0) {
                OPENSSL_cleanse(plain, cipher.size);
                return r;
        }
        *ret = (Bytes){ plain, cipher.size };
        return 0;
}
