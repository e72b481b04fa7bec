/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of the simulator: everything follows from the seed, so that one printed number repeats a whole run.
 * Signatures are digests that anyone can compute and prove nothing; that is why the product refuses
 * algorithm 255. */

#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "keyring.h"
#include "simulation.h"

typedef struct Simulation {
        KeysHead head;
        PublicKey public_key;
        SealKey vault, backup;
        Digest secret;
} Simulation;

static int simulation_signature(const PublicKey *key, Bytes message, Signature *ret) {
        Bytes point = { key->point, sizeof(key->point) };
        Digest half;

        for (int i = 0; i < 2; i++) {
                uint8_t number = (uint8_t) i;
                int r = hmac_compute(DIGEST_SHA256, point, (Bytes[]){ { &number, 1 }, message }, 2, &half);
                if (r < 0)
                        return r;
                memcpy(ret->bytes + 32 * i, half.bytes, 32);
        }
        return 0;
}

int simulation_verify(const PublicKey *key, Bytes message, const Signature *signature) {
        Signature expected;

        int r = simulation_signature(key, message, &expected);
        if (r < 0)
                return r;
        return memcmp(expected.bytes, signature->bytes, sizeof(expected.bytes)) == 0 ? 0 : -EBADMSG;
}

static int simulation_public_key(void *data, PublicKey *ret) {
        *ret = ((Simulation *) data)->public_key;
        return 0;
}

static int simulation_sign(
        void *data, KeyPurpose purpose, const void *message, size_t size_bytes, Signature *ret) {
        if (purpose != KEY_IDENTITY)
                return -EPERM;
        return simulation_signature(&((Simulation *) data)->public_key, (Bytes){ message, size_bytes }, ret);
}

static int simulation_seal(
        void *data, KeyPurpose purpose, Bytes associated, Bytes plain, Arena *arena, Bytes *ret) {
        const Simulation *simulation = data;
        Digest nonce;

        if (purpose != KEY_VAULT && purpose != KEY_BACKUP)
                return -EPERM;
        int r = hmac_compute(DIGEST_SHA256, (Bytes){ simulation->secret.bytes, 32 },
                (Bytes[]){ associated, plain }, 2, &nonce);
        if (r < 0)
                return r;
        return seal_bytes(purpose == KEY_VAULT ? &simulation->vault : &simulation->backup, nonce.bytes,
                associated, plain, arena, ret);
}

static int simulation_open(
        void *data, KeyPurpose purpose, Bytes associated, Bytes sealed, Arena *arena, Bytes *ret) {
        if (purpose != KEY_VAULT)
                return -EPERM;
        return open_bytes(&((Simulation *) data)->vault, associated, sealed, arena, ret);
}

static int simulation_mac(
        void *data, KeyPurpose purpose, const void *message, size_t size_bytes, Digest *ret) {
        uint8_t number = (uint8_t) purpose;

        if (purpose != KEY_INDEX && purpose != KEY_RIGHTS)
                return -EPERM;
        return hmac_compute(DIGEST_SHA256, (Bytes){ ((Simulation *) data)->secret.bytes, 32 },
                (Bytes[]){ { &number, 1 }, { message, size_bytes } }, 2, ret);
}

static void simulation_close(void *data) {
        Simulation *simulation = data;

        seal_key_done(&simulation->vault);
        seal_key_done(&simulation->backup);
        free(simulation);
}

static int seed_derive(uint64_t seed, const char *label, Digest *ret) {
        uint8_t bytes[8];

        for (int i = 0; i < 8; i++)
                bytes[i] = (uint8_t) (seed >> (56 - 8 * i));
        Bytes text = bytes_text(label);
        return hmac_compute(DIGEST_SHA256, (Bytes){ bytes, sizeof(bytes) }, &text, 1, ret);
}

static int simulation_fill(uint64_t seed, Simulation *simulation) {
        Digest part;

        simulation->public_key.algorithm = ALGORITHM_SIMULATION;
        simulation->public_key.point[0] = 4;
        int r = seed_derive(seed, "x", &part);
        if (r < 0)
                return r;
        memcpy(simulation->public_key.point + 1, part.bytes, 32);
        r = seed_derive(seed, "y", &part);
        if (r < 0)
                return r;
        memcpy(simulation->public_key.point + 33, part.bytes, 32);
        r = seed_derive(seed, "vault", &part);
        if (r == 0)
                r = seal_key_derive(SEAL_AES_256_GCM, part.bytes, &simulation->vault);
        if (r == 0)
                r = seed_derive(seed, "backup", &part);
        if (r == 0)
                r = seal_key_derive(SEAL_AES_256_GCM, part.bytes, &simulation->backup);
        return r < 0 ? r : seed_derive(seed, "secret", &simulation->secret);
}

int keys_simulation(uint64_t seed, Keys *ret) {
        Simulation *simulation = calloc(1, sizeof(*simulation));

        if (!simulation)
                return -ENOMEM;
        simulation->head.close = simulation_close;
        int r = simulation_fill(seed, simulation);
        if (r < 0) {
                simulation_close(simulation);
                return r;
        }
        *ret = (Keys){
                .data = simulation,
                .public_key = simulation_public_key,
                .sign = simulation_sign,
                .seal = simulation_seal,
                .open = simulation_open,
                .mac = simulation_mac,
        };
        return 0;
}
