/* SPDX-License-Identifier: Apache-2.0 */
/* The one door to cryptography. Public-key verification and digests are plain functions; whatever needs a secret
 * goes through Keys, whose real form lives in a process of its own (fundnode keys) behind a socket pair. */
#pragma once

#include <node/arena.h>
#include <node/macro.h>
#include <node/types.h>

typedef enum Algorithm {             /* numbers are stored and sent: never change */
        ALGORITHM_SM2_SM3 = 1,       /* id 1234567812345678 */
        ALGORITHM_P256_SHA256 = 2,
        ALGORITHM_SIMULATION = 255,  /* deterministic, for the simulator; the product refuses it */
} Algorithm;

typedef enum DigestKind { DIGEST_SM3 = 1, DIGEST_SHA256 = 2 } DigestKind;

typedef struct Signature { uint8_t bytes[64]; } Signature;      /* raw r || s, big endian */
typedef struct PublicKey {
        uint8_t algorithm;                                      /* Algorithm */
        uint8_t point[65];                                      /* 04 || x || y */
} PublicKey;

typedef struct DigestState DigestState;
DigestState *digest_new(DigestKind kind);
DigestState *digest_free(DigestState *state);
DEFINE_CLEANUP(DigestState, digest_free)
void digest_update(DigestState *state, const void *data, size_t size_bytes);
void digest_final(DigestState *state, Digest *ret);
int digest_compute(DigestKind kind, const void *data, size_t size_bytes, Digest *ret) _must_check_;
bool digest_equal(const Digest *a, const Digest *b);            /* constant time */

/* 0 good, -EBADMSG bad signature or key, -EOPNOTSUPP algorithm refused. Simulation keys verify only where
 * crypto_allow_simulation() was called, which the product never does. */
int signature_verify(const PublicKey *key, const void *data, size_t size_bytes, const Signature *signature)
        _must_check_;
void crypto_allow_simulation(void);

/* Passwords: scrypt N=2^15 r=8 p=1 (standard profile) or PBKDF2-HMAC-SM3 600,000 (national). Text form names its
 * method and parameters, so that old ones stay checkable. -ENOMEM, -EINVAL. Slow on purpose: never in the writer. */
typedef enum PasswordMethod { PASSWORD_SCRYPT = 1, PASSWORD_PBKDF2_SM3 = 2 } PasswordMethod;
#define PASSWORD_HASH_MAX 256
int password_hash(PasswordMethod method, const char *password, char ret[static PASSWORD_HASH_MAX]) _must_check_;
/* 0 right, -EBADMSG wrong, -EMALFORMED_ */
int password_verify(const char *hash, const char *password) _must_check_;

/* Secrets. A Keys is a table of operations: the keys process, or the simulator's own. */
typedef enum KeyPurpose {
        KEY_IDENTITY = 1,     /* signs batches, attestations, acknowledgements, directory entries */
        KEY_VAULT = 2,        /* seals private fields: SM4-CTR with HMAC-SM3, encrypt then MAC */
        KEY_INDEX = 3,        /* blind index of private fields */
        KEY_RIGHTS = 4,       /* MAC over rights and settings */
        KEY_BACKUP = 5,       /* seals segments to the office's recovery key; cannot open */
} KeyPurpose;

/* One of several operations asked for at once. */
typedef struct KeysTask {
        bool seal; /* else a MAC */
        KeyPurpose purpose;
        Bytes associated, message; /* associated of a seal only */
        Digest mac;
        Bytes sealed; /* in the arena */
} KeysTask;

typedef struct Keys {
        void *data;
        int (*public_key)(void *data, PublicKey *ret);
        int (*sign)(void *data, KeyPurpose purpose, const void *message, size_t size_bytes, Signature *ret);
        /* associated binds the ciphertext to its place (row id); ret in the arena */
        int (*seal)(void *data, KeyPurpose purpose, Bytes associated, Bytes plain, Arena *arena, Bytes *ret);
        /* -EBADMSG: changed bytes or other place */
        int (*open)(void *data, KeyPurpose purpose, Bytes associated, Bytes sealed, Arena *arena, Bytes *ret);
        int (*mac)(void *data, KeyPurpose purpose, const void *message, size_t size_bytes, Digest *ret);
        /* All of them in their order by one exchange; NULL: one after the other. */
        int (*many)(void *data, KeysTask *tasks, size_t n, Arena *arena);
} Keys;

/* RFC 6238. Telephones know SHA-1, six digits and thirty seconds; the other digests are for other devices. */
typedef enum TotpHash { TOTP_SHA1 = 1, TOTP_SHA256 = 2, TOTP_SHA512 = 3 } TotpHash;
#define TOTP_CODE_MAX 9
#define TOTP_STEP_MS 30000
/* 6 to 8 digits. -EINVAL */
int totp_code(TotpHash hash, Bytes secret, int64_t step, unsigned digits, char ret[static TOTP_CODE_MAX])
        _must_check_;

/* Seals and MACs of a row or a part at once: with keys in a process of their own, each exchange costs two changes of
 * process. The first failure ends it. */
int keys_many(const Keys *keys, KeysTask *tasks, size_t n, Arena *arena) _must_check_;
