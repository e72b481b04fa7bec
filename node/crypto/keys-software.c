/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of a folder inside this very process: command line tools and tests. */

#include <stdlib.h>

#include "keyring.h"

typedef struct Software {
        KeysHead head;
        Keyring ring;
} Software;

static int software_public_key(void *data, PublicKey *ret) {
        *ret = ((Software *) data)->ring.public_key;
        return 0;
}

static int software_sign(
        void *data, KeyPurpose purpose, const void *message, size_t size_bytes, Signature *ret) {
        return keyring_sign(&((Software *) data)->ring, purpose, (Bytes){ message, size_bytes }, ret);
}

static int software_seal(
        void *data, KeyPurpose purpose, Bytes associated, Bytes plain, Arena *arena, Bytes *ret) {
        return keyring_seal(&((Software *) data)->ring, purpose, associated, plain, arena, ret);
}

static int software_open(
        void *data, KeyPurpose purpose, Bytes associated, Bytes sealed, Arena *arena, Bytes *ret) {
        return keyring_open_sealed(&((Software *) data)->ring, purpose, associated, sealed, arena, ret);
}

static int software_mac(
        void *data, KeyPurpose purpose, const void *message, size_t size_bytes, Digest *ret) {
        return keyring_mac(&((Software *) data)->ring, purpose, (Bytes){ message, size_bytes }, ret);
}

static void software_close(void *data) {
        keyring_done(&((Software *) data)->ring);
        free(data);
}

int keys_software_open(const char *key_dir, Keys *ret) {
        Software *software = calloc(1, sizeof(*software));

        if (!software)
                return -ENOMEM;
        software->head.close = software_close;
        int r = keyring_open(key_dir, &software->ring);
        if (r < 0) {
                free(software);
                return r;
        }
        *ret = (Keys){
                .data = software,
                .public_key = software_public_key,
                .sign = software_sign,
                .seal = software_seal,
                .open = software_open,
                .mac = software_mac,
        };
        return 0;
}

void keys_close(Keys *keys) {
        if (keys->data)
                ((KeysHead *) keys->data)->close(keys->data);
        *keys = (Keys){ 0 };
}
