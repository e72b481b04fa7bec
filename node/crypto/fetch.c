/* SPDX-License-Identifier: Apache-2.0 */
/* See fetch.h. Nothing is ever released: the algorithms live as long as the process. */

#include <pthread.h>
#include <stdlib.h>

#include "fetch.h"

static Fetched all;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void fetch_all(void) {
        all = (Fetched){
                .sm3 = EVP_MD_fetch(NULL, "SM3", NULL),
                .sha256 = EVP_MD_fetch(NULL, "SHA256", NULL),
                .sm4_ctr = EVP_CIPHER_fetch(NULL, "SM4-CTR", NULL),
                .aes_256_gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL),
                .hmac = EVP_MAC_fetch(NULL, "HMAC", NULL),
                .scrypt = EVP_KDF_fetch(NULL, "SCRYPT", NULL),
                .pbkdf2 = EVP_KDF_fetch(NULL, "PBKDF2", NULL),
        };
        if (!all.sm3 || !all.sha256 || !all.sm4_ctr || !all.aes_256_gcm || !all.hmac || !all.scrypt ||
                !all.pbkdf2)
                abort();
}

const Fetched *fetched(void) {
        pthread_once(&once, fetch_all);
        return &all;
}
