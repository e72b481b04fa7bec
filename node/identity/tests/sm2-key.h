/* SPDX-License-Identifier: Apache-2.0 */
/* An SM2 key as its owner holds it: made with OpenSSL alone, so that it shares nothing with what checks it.
 */
#pragma once

#define SM2_POINT_HEX_MAX 131
#define SM2_SIGNATURE_HEX_MAX 129

typedef struct Sm2Key Sm2Key;
Sm2Key *sm2_key_new(void);
void sm2_key_free(Sm2Key *key);
void sm2_key_point(const Sm2Key *key, char ret_hex[static SM2_POINT_HEX_MAX]);
/* SM2 over SM3 with the id 1234567812345678; raw r || s. */
void sm2_key_sign(const Sm2Key *key, const char *text, char ret_hex[static SM2_SIGNATURE_HEX_MAX]);
