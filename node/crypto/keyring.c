/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the keys of a folder at its first start, reads them at every later one, and uses each for its one
 * purpose. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <node/text.h>

#include "digest.h"
#include "fetch.h"
#include "key-file.h"
#include "keyring.h"
#include "private-key.h"
#include "recovery.h"

static const char *const vault_methods[] = {
        [VAULT_SM4_CTR_HMAC_SM3] = "sm4-ctr-hmac-sm3",
        [VAULT_AES_256_GCM] = "aes-256-gcm",
};
static const char *const identity_algorithms[] = {
        [ALGORITHM_SM2_SM3] = "sm2-sm3",
        [ALGORITHM_P256_SHA256] = "p256-sha256",
};

typedef struct Profile {
        Algorithm algorithm;
        VaultMethod method;
} Profile;

static void fd_closep(int *fd) {
        if (*fd >= 0)
                close(*fd);
}

static int name_index(const char *const *names, size_t n, const char *name) {
        for (size_t i = 1; i < n; i++)
                if (strcmp(names[i], name) == 0)
                        return (int) i;
        return -EMALFORMED_;
}

static int profile_write(int folder, Profile profile) {
        char text[128];
        int size = snprintf(text, sizeof(text), "fundnode-profile-1 %s %s\n",
                identity_algorithms[profile.algorithm], vault_methods[profile.method]);

        return key_file_write(folder, "profile", text, (size_t) size);
}

static int profile_read(int folder, Profile *ret) {
        char text[KEY_FILE_BYTES_MAX + 1], algorithm[32], method[32];
        size_t size;

        int r = key_file_read(folder, "profile", text, &size);
        if (r < 0)
                return r;
        if (sscanf(text, "fundnode-profile-1 %31s %31s", algorithm, method) != 2)
                return -EMALFORMED_;
        int a = name_index(identity_algorithms, ELEMENTSOF(identity_algorithms), algorithm);
        int m = name_index(vault_methods, ELEMENTSOF(vault_methods), method);
        if (a < 0 || m < 0)
                return -EMALFORMED_;
        *ret = (Profile){ (Algorithm) a, (VaultMethod) m };
        return 0;
}

int keys_configure(const char *key_dir, Algorithm algorithm, VaultMethod method) {
        _cleanup_(fd_closep) int folder = -1;
        Profile profile;

        if (algorithm != ALGORITHM_SM2_SM3 && algorithm != ALGORITHM_P256_SHA256)
                return -EOPNOTSUPP;
        if (method != VAULT_SM4_CTR_HMAC_SM3 && method != VAULT_AES_256_GCM)
                return -EOPNOTSUPP;
        int r = key_folder_open(key_dir, &folder);
        if (r < 0)
                return r;
        r = profile_read(folder, &profile);
        return r == -ENOENT ? profile_write(folder, (Profile){ algorithm, method }) : r;
}

static int identity_make(int folder, Algorithm algorithm) {
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *key = NULL;
        char *pem = NULL;
        size_t size = 0;

        int r = private_key_generate(algorithm, &key);
        if (r == 0)
                r = private_key_format(key, &pem, &size);
        if (r < 0)
                return r;
        r = key_file_write(folder, "identity.pem", pem, size);
        OPENSSL_clear_free(pem, size);
        return r;
}

/* Always used as it was read back from its file: what is wrong with the writing shows at the first start. */
static int identity_load(int folder, Algorithm algorithm, Keyring *ring) {
        char pem[KEY_FILE_BYTES_MAX + 1];
        size_t size;

        int r = key_file_read(folder, "identity.pem", pem, &size);
        if (r == -ENOENT) {
                r = identity_make(folder, algorithm);
                if (r == 0)
                        r = key_file_read(folder, "identity.pem", pem, &size);
        }
        if (r < 0)
                return r;
        r = private_key_parse(pem, size, &ring->identity, &ring->algorithm);
        OPENSSL_cleanse(pem, sizeof(pem));
        return r < 0 ? r : private_key_public(ring->identity, ring->algorithm, &ring->public_key);
}

static int master_make(int folder, const char *name, const char *method) {
        uint8_t master[MASTER_KEY_BYTES];
        char hex[2 * MASTER_KEY_BYTES + 1], text[256], file[64];

        if (RAND_priv_bytes(master, sizeof(master)) != 1)
                return -EIO;
        hex_encode(master, sizeof(master), hex);
        int size = snprintf(text, sizeof(text), "fundnode-key-1 %s %s %s\n", name, method, hex);
        snprintf(file, sizeof(file), "%s.key", name);
        int r = key_file_write(folder, file, text, (size_t) size);
        OPENSSL_cleanse(master, sizeof(master));
        OPENSSL_cleanse(hex, sizeof(hex));
        OPENSSL_cleanse(text, sizeof(text));
        return r;
}

/* The file says which key it is, so that two files changed over are refused. */
static int master_load(int folder, const char *name, const char *method,
        uint8_t ret[static MASTER_KEY_BYTES], char ret_method[32]) {
        char text[KEY_FILE_BYTES_MAX + 1], found[32], hex[80], file[64];
        size_t size;

        snprintf(file, sizeof(file), "%s.key", name);
        int r = key_file_read(folder, file, text, &size);
        if (r == -ENOENT) {
                r = master_make(folder, name, method);
                if (r == 0)
                        r = key_file_read(folder, file, text, &size);
        }
        if (r < 0)
                return r;
        if (sscanf(text, "fundnode-key-1 %31s %31s %79s", found, ret_method, hex) != 3 ||
                strcmp(found, name) != 0 || strlen(hex) != 2 * MASTER_KEY_BYTES ||
                hex_decode(hex, ret, MASTER_KEY_BYTES) < 0)
                r = -EMALFORMED_;
        OPENSSL_cleanse(text, sizeof(text));
        OPENSSL_cleanse(hex, sizeof(hex));
        return r;
}

static int vault_load(int folder, VaultMethod wanted, Keyring *ring) {
        uint8_t master[MASTER_KEY_BYTES];
        char method[32];

        int r = master_load(folder, "vault", vault_methods[wanted], master, method);
        if (r < 0)
                return r;
        r = name_index(vault_methods, ELEMENTSOF(vault_methods), method);
        if (r > 0)
                r = seal_key_derive((SealMethod) r, master, &ring->vault);
        OPENSSL_cleanse(master, sizeof(master));
        return r;
}

static int hmac_load(int folder, const char *name, HmacKey **ret) {
        uint8_t master[MASTER_KEY_BYTES];
        char method[32];

        int r = master_load(folder, name, "hmac-sm3", master, method);
        if (r == 0 && !(*ret = hmac_key_new(DIGEST_SM3, (Bytes){ master, sizeof(master) })))
                r = -ENOMEM;
        OPENSSL_cleanse(master, sizeof(master));
        return r;
}

/* The shares go first and the public half last: without it a start makes all of them anew. */
static int recovery_create(int folder) {
        char shares[SHARES][SHARE_TEXT_MAX], name[64], text[2 * 65 + 2];
        PublicKey public_key;

        int r = recovery_make(&public_key, shares);
        for (int i = 0; i < SHARES && r == 0; i++) {
                snprintf(name, sizeof(name), "recovery-share-%s.txt", share_holders[i]);
                if (unlinkat(folder, name, 0) < 0 && errno != ENOENT)
                        r = -errno;
                if (r == 0)
                        r = key_file_write(folder, name, shares[i], strlen(shares[i]));
        }
        OPENSSL_cleanse(shares, sizeof(shares));
        if (r < 0)
                return r;
        hex_encode(public_key.point, sizeof(public_key.point), text);
        text[130] = '\n';
        return key_file_write(folder, "recovery.public", text, 131);
}

static int recovery_load(int folder, Keyring *ring) {
        char text[KEY_FILE_BYTES_MAX + 1];
        PublicKey key = { .algorithm = ALGORITHM_SM2_SM3 };
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *check = NULL;
        size_t size;

        int r = key_file_read(folder, "recovery.public", text, &size);
        if (r == -ENOENT) {
                r = recovery_create(folder);
                if (r == 0)
                        r = key_file_read(folder, "recovery.public", text, &size);
        }
        if (r < 0)
                return r;
        if (size != 131 || text[130] != '\n')
                return -EMALFORMED_;
        text[130] = 0;
        if (hex_decode(text, key.point, sizeof(key.point)) < 0 || public_key_load(&key, &check) < 0)
                return -EMALFORMED_;
        ring->recovery = key;
        return 0;
}

int keyring_open(const char *key_dir, Keyring *ret) {
        _cleanup_(fd_closep) int folder = -1;
        _cleanup_(keyring_done) Keyring ring = { 0 };
        Profile profile = { ALGORITHM_SM2_SM3, VAULT_SM4_CTR_HMAC_SM3 };

        int r = key_folder_open(key_dir, &folder);
        if (r < 0)
                return r;
        r = profile_read(folder, &profile);
        if (r == -ENOENT)
                r = profile_write(folder, profile);
        if (r == 0)
                r = identity_load(folder, profile.algorithm, &ring);
        if (r == 0)
                r = vault_load(folder, profile.method, &ring);
        if (r == 0)
                r = hmac_load(folder, "index", &ring.index);
        if (r == 0)
                r = hmac_load(folder, "rights", &ring.rights);
        if (r == 0)
                r = recovery_load(folder, &ring);
        if (r < 0)
                return r;
        *ret = ring;
        ring = (Keyring){ 0 };
        return 0;
}

void keyring_done(Keyring *ring) {
        EVP_PKEY_free(ring->identity);
        seal_key_done(&ring->vault);
        hmac_key_free(ring->index);
        hmac_key_free(ring->rights);
        OPENSSL_cleanse(ring, sizeof(*ring));
}

int keyring_sign(const Keyring *ring, KeyPurpose purpose, Bytes message, Signature *ret) {
        if (purpose != KEY_IDENTITY)
                return -EPERM;
        return private_key_sign(ring->identity, ring->algorithm, message, ret);
}

int keyring_seal(
        const Keyring *ring, KeyPurpose purpose, Bytes associated, Bytes plain, Arena *arena, Bytes *ret) {
        uint8_t nonce[SEAL_NONCE_BYTES];

        if (purpose == KEY_BACKUP)
                return recovery_seal(&ring->recovery, associated, plain, arena, ret);
        if (purpose != KEY_VAULT)
                return -EPERM;
        if (RAND_bytes(nonce, sizeof(nonce)) != 1)
                return -EIO;
        return seal_bytes(&ring->vault, nonce, associated, plain, arena, ret);
}

int keyring_open_sealed(
        const Keyring *ring, KeyPurpose purpose, Bytes associated, Bytes sealed, Arena *arena, Bytes *ret) {
        if (purpose != KEY_VAULT)
                return -EPERM;
        return open_bytes(&ring->vault, associated, sealed, arena, ret);
}

int keyring_mac(const Keyring *ring, KeyPurpose purpose, Bytes message, Digest *ret) {
        if (purpose != KEY_INDEX && purpose != KEY_RIGHTS)
                return -EPERM;
        return hmac_keyed(purpose == KEY_INDEX ? ring->index : ring->rights, &message, 1, ret);
}
