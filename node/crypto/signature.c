/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures: SM2 with SM3 and ECDSA P-256 with SHA-256, raw r || s outside, DER only between here and
 * OpenSSL. OpenSSL hashes an empty id where none is set, and makes plain ECDSA of an SM2 key called EC;
 * hence the care. */

#include <stdatomic.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include "fetch.h"
#include "private-key.h"
#include "simulation.h"

#define SM2_ID "1234567812345678"
#define DER_SIGNATURE_BYTES_MAX 80

DEFINE_CLEANUP(BIO, BIO_free_all)
DEFINE_CLEANUP(ECDSA_SIG, ECDSA_SIG_free)
DEFINE_CLEANUP(OSSL_PARAM_BLD, OSSL_PARAM_BLD_free)
DEFINE_CLEANUP(OSSL_PARAM, OSSL_PARAM_free)
DEFINE_CLEANUP(BIGNUM, BN_clear_free)

static atomic_bool simulation_allowed;

void crypto_allow_simulation(void) {
        atomic_store(&simulation_allowed, true);
}

static const char *algorithm_type(Algorithm algorithm) {
        return algorithm == ALGORITHM_SM2_SM3 ? "SM2" : "EC";
}

static const char *algorithm_group(Algorithm algorithm) {
        return algorithm == ALGORITHM_SM2_SM3 ? "SM2" : "P-256";
}

int private_key_generate(Algorithm algorithm, EVP_PKEY **ret) {
        _cleanup_(EVP_PKEY_CTX_freep) EVP_PKEY_CTX *context = NULL;
        EVP_PKEY *key = NULL;
        OSSL_PARAM parameters[] = {
                OSSL_PARAM_construct_utf8_string(
                        OSSL_PKEY_PARAM_GROUP_NAME, (char *) algorithm_group(algorithm), 0),
                OSSL_PARAM_construct_end(),
        };

        if (algorithm != ALGORITHM_SM2_SM3 && algorithm != ALGORITHM_P256_SHA256)
                return -EOPNOTSUPP;
        context = EVP_PKEY_CTX_new_from_name(NULL, algorithm_type(algorithm), NULL);
        if (!context || EVP_PKEY_keygen_init(context) != 1 ||
                EVP_PKEY_CTX_set_params(context, parameters) != 1 || EVP_PKEY_generate(context, &key) != 1)
                return -EIO;
        *ret = key;
        return 0;
}

int private_key_parse(const char *pem, size_t size_bytes, EVP_PKEY **ret, Algorithm *ret_algorithm) {
        _cleanup_(BIO_free_allp) BIO *bio = BIO_new_mem_buf(pem, (int) size_bytes);
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *key = NULL;
        char group[32] = "";

        if (!bio)
                return -ENOMEM;
        key = PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *) "");
        if (!key)
                return -EMALFORMED_;
        if (EVP_PKEY_is_a(key, "SM2"))
                *ret_algorithm = ALGORITHM_SM2_SM3;
        else if (EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group, sizeof(group), NULL) == 1 &&
                 strcmp(group, "prime256v1") == 0)
                *ret_algorithm = ALGORITHM_P256_SHA256;
        else
                return -EMALFORMED_;
        *ret = TAKE_PTR(key);
        return 0;
}

int private_key_format(EVP_PKEY *key, char **ret_pem, size_t *ret_size_bytes) {
        _cleanup_(BIO_free_allp) BIO *bio = BIO_new(BIO_s_mem());
        char *data = NULL;

        if (!bio || PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1)
                return -ENOMEM;
        long size = BIO_get_mem_data(bio, &data);
        char *copy = OPENSSL_malloc((size_t) size + 1);
        if (!copy)
                return -ENOMEM;
        memcpy(copy, data, (size_t) size);
        copy[size] = 0;
        OPENSSL_cleanse(data, (size_t) size);
        *ret_pem = copy;
        *ret_size_bytes = (size_t) size;
        return 0;
}

int private_key_scalar(EVP_PKEY *key, uint8_t ret[static SCALAR_BYTES]) {
        _cleanup_(BN_clear_freep) BIGNUM *number = NULL;

        if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1 ||
                BN_bn2binpad(number, ret, SCALAR_BYTES) != SCALAR_BYTES)
                return -EIO;
        return 0;
}

static int key_from_parameters(
        Algorithm algorithm, const uint8_t *scalar, const uint8_t point[static 65], EVP_PKEY **ret) {
        _cleanup_(OSSL_PARAM_BLD_freep) OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
        _cleanup_(OSSL_PARAM_freep) OSSL_PARAM *parameters = NULL;
        _cleanup_(EVP_PKEY_CTX_freep) EVP_PKEY_CTX *context = NULL;
        _cleanup_(BN_clear_freep) BIGNUM *number = NULL;
        EVP_PKEY *key = NULL;
        int selection = scalar ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;

        if (!build ||
                OSSL_PARAM_BLD_push_utf8_string(
                        build, OSSL_PKEY_PARAM_GROUP_NAME, algorithm_group(algorithm), 0) != 1 ||
                OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point, 65) != 1)
                return -ENOMEM;
        if (scalar) {
                number = BN_secure_new();
                if (!number || !BN_bin2bn(scalar, SCALAR_BYTES, number) ||
                        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, number) != 1)
                        return -ENOMEM;
        }
        parameters = OSSL_PARAM_BLD_to_param(build);
        context = EVP_PKEY_CTX_new_from_name(NULL, algorithm_type(algorithm), NULL);
        if (!parameters || !context || EVP_PKEY_fromdata_init(context) != 1)
                return -ENOMEM;
        if (EVP_PKEY_fromdata(context, &key, selection, parameters) != 1)
                return -EBADMSG;
        *ret = key;
        return 0;
}

int private_key_from_scalar(
        const uint8_t scalar[static SCALAR_BYTES], const PublicKey *public_key, EVP_PKEY **ret) {
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *key = NULL;
        _cleanup_(EVP_PKEY_CTX_freep) EVP_PKEY_CTX *context = NULL;

        int r = key_from_parameters(public_key->algorithm, scalar, public_key->point, &key);
        if (r < 0)
                return r;
        context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
        if (!context)
                return -ENOMEM;
        if (EVP_PKEY_pairwise_check(context) != 1)
                return -EBADMSG;
        *ret = TAKE_PTR(key);
        return 0;
}

int private_key_public(EVP_PKEY *key, Algorithm algorithm, PublicKey *ret) {
        PublicKey out = { .algorithm = (uint8_t) algorithm };
        size_t size = 0;

        if (EVP_PKEY_get_octet_string_param(
                    key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, out.point, sizeof(out.point), &size) != 1 ||
                size != sizeof(out.point) || out.point[0] != 4)
                return -EIO;
        *ret = out;
        return 0;
}

int public_key_load(const PublicKey *key, EVP_PKEY **ret) {
        if (key->algorithm != ALGORITHM_SM2_SM3 && key->algorithm != ALGORITHM_P256_SHA256)
                return -EOPNOTSUPP;
        if (key->point[0] != 4)
                return -EBADMSG;
        return key_from_parameters(key->algorithm, NULL, key->point, ret);
}

static int signature_from_der(const uint8_t *der, size_t size, Signature *ret) {
        _cleanup_(ECDSA_SIG_freep) ECDSA_SIG *signature = d2i_ECDSA_SIG(NULL, &der, (long) size);

        if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature), ret->bytes, 32) != 32 ||
                BN_bn2binpad(ECDSA_SIG_get0_s(signature), ret->bytes + 32, 32) != 32)
                return -EIO;
        return 0;
}

/* Size in bytes, or negative. */
static int signature_to_der(const Signature *raw, uint8_t ret[static DER_SIGNATURE_BYTES_MAX]) {
        _cleanup_(ECDSA_SIG_freep) ECDSA_SIG *signature = ECDSA_SIG_new();
        _cleanup_(BN_clear_freep) BIGNUM *r = BN_bin2bn(raw->bytes, 32, NULL);
        _cleanup_(BN_clear_freep) BIGNUM *s = BN_bin2bn(raw->bytes + 32, 32, NULL);
        uint8_t *at = ret;

        if (!signature || !r || !s)
                return -ENOMEM;
        if (ECDSA_SIG_set0(signature, r, s) != 1)
                return -ENOMEM;
        r = s = NULL;
        int size = i2d_ECDSA_SIG(signature, NULL);
        if (size <= 0 || size > DER_SIGNATURE_BYTES_MAX)
                return -EBADMSG;
        return i2d_ECDSA_SIG(signature, &at);
}

/* The id must be there after the init and before the first byte, on both sides. */
static bool context_set_id(EVP_PKEY_CTX *context, Algorithm algorithm) {
        return algorithm != ALGORITHM_SM2_SM3 ||
               EVP_PKEY_CTX_set1_id(context, SM2_ID, (int) strlen(SM2_ID)) == 1;
}

static const char *algorithm_digest(Algorithm algorithm) {
        return algorithm == ALGORITHM_SM2_SM3 ? "SM3" : "SHA256";
}

int private_key_sign(EVP_PKEY *key, Algorithm algorithm, Bytes message, Signature *ret) {
        _cleanup_(EVP_MD_CTX_freep) EVP_MD_CTX *context = EVP_MD_CTX_new();
        EVP_PKEY_CTX *inner = NULL;
        uint8_t der[DER_SIGNATURE_BYTES_MAX];
        size_t size = sizeof(der);

        if (!context)
                return -ENOMEM;
        if (EVP_DigestSignInit_ex(context, &inner, algorithm_digest(algorithm), NULL, NULL, key, NULL) !=
                        1 ||
                !context_set_id(inner, algorithm) ||
                EVP_DigestSignUpdate(
                        context, message.size ? (const void *) message.data : "", message.size) != 1 ||
                EVP_DigestSignFinal(context, der, &size) != 1)
                return -EIO;
        return signature_from_der(der, size, ret);
}

int signature_verify(const PublicKey *key, const void *data, size_t size_bytes, const Signature *signature) {
        _cleanup_(EVP_MD_CTX_freep) EVP_MD_CTX *context = NULL;
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *loaded = NULL;
        EVP_PKEY_CTX *inner = NULL;
        uint8_t der[DER_SIGNATURE_BYTES_MAX];

        if (key->algorithm == ALGORITHM_SIMULATION)
                return atomic_load(&simulation_allowed)
                               ? simulation_verify(key, (Bytes){ data, size_bytes }, signature)
                               : -EOPNOTSUPP;
        int r = public_key_load(key, &loaded);
        if (r < 0)
                return r;
        int size = signature_to_der(signature, der);
        if (size < 0)
                return size;
        context = EVP_MD_CTX_new();
        if (!context)
                return -ENOMEM;
        if (EVP_DigestVerifyInit_ex(
                    context, &inner, algorithm_digest(key->algorithm), NULL, NULL, loaded, NULL) != 1 ||
                !context_set_id(inner, key->algorithm) ||
                EVP_DigestVerifyUpdate(context, size_bytes ? data : "", size_bytes) != 1)
                return -EIO;
        return EVP_DigestVerifyFinal(context, der, (size_t) size) == 1 ? 0 : -EBADMSG;
}
