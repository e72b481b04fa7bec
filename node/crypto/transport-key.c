/* SPDX-License-Identifier: Apache-2.0 */
/* X.509 for the wire. P-256 only: OpenSSL and gRPC of our base system speak no TLS with SM2; what counts as
 * evidence is signed above TLS with the identity key. */

#include <stdio.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <internal/transport-key.h>
#include <node/text.h>

#include "fetch.h"
#include "private-key.h"

#define SERIAL_BYTES 16
#define OFFICE_URI "fundnode:office/"

DEFINE_CLEANUP(BIO, BIO_free_all)
DEFINE_CLEANUP(X509, X509_free)
DEFINE_CLEANUP(X509_EXTENSION, X509_EXTENSION_free)
DEFINE_CLEANUP(GENERAL_NAMES, GENERAL_NAMES_free)
DEFINE_CLEANUP(BIGNUM, BN_free)
DEFINE_CLEANUP(ASN1_TIME, ASN1_TIME_free)
DEFINE_CLEANUP(X509_STORE, X509_STORE_free)
DEFINE_CLEANUP(X509_STORE_CTX, X509_STORE_CTX_free)

void transport_name(int64_t office, char ret[static TRANSPORT_NAME_MAX]) {
        snprintf(ret, TRANSPORT_NAME_MAX, "office-%lld.fundnode", (long long) office);
}

static int bio_text(BIO *bio, Arena *arena, const char **ret) {
        char *data = NULL;
        long size = BIO_get_mem_data(bio, &data);
        const char *text = arena_strndup(arena, data, (size_t) size);

        if (!text)
                return -ENOMEM;
        *ret = text;
        return 0;
}

int transport_key_make(Arena *arena, const char **ret_key_pem) {
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *key = NULL;
        char *pem = NULL;
        size_t size = 0;

        int r = private_key_generate(ALGORITHM_P256_SHA256, &key);
        if (r == 0)
                r = private_key_format(key, &pem, &size);
        if (r < 0)
                return r;
        const char *copy = arena_strndup(arena, pem, size);
        OPENSSL_clear_free(pem, size);
        if (!copy)
                return -ENOMEM;
        *ret_key_pem = copy;
        return 0;
}

static int transport_key_parse(const char *pem, EVP_PKEY **ret) {
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *key = NULL;
        Algorithm algorithm;

        int r = private_key_parse(pem, strlen(pem), &key, &algorithm);
        if (r < 0)
                return r;
        if (algorithm != ALGORITHM_P256_SHA256)
                return -EMALFORMED_;
        *ret = TAKE_PTR(key);
        return 0;
}

int transport_key_public(const char *key_pem, Arena *arena, const char **ret_public_pem) {
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *key = NULL;
        _cleanup_(BIO_free_allp) BIO *bio = BIO_new(BIO_s_mem());

        int r = transport_key_parse(key_pem, &key);
        if (r < 0)
                return r;
        if (!bio || PEM_write_bio_PUBKEY(bio, key) != 1)
                return -ENOMEM;
        return bio_text(bio, arena, ret_public_pem);
}

static int public_parse(const char *pem, EVP_PKEY **ret) {
        _cleanup_(BIO_free_allp) BIO *bio = BIO_new_mem_buf(pem, -1);
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *key = NULL;
        char group[32] = "";

        if (!bio)
                return -ENOMEM;
        key = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
        if (!key || !EVP_PKEY_is_a(key, "EC") ||
                EVP_PKEY_get_group_name(key, group, sizeof(group), NULL) != 1 ||
                strcmp(group, "prime256v1") != 0)
                return -EMALFORMED_;
        *ret = TAKE_PTR(key);
        return 0;
}

static int certificate_parse(const char *pem, X509 **ret) {
        _cleanup_(BIO_free_allp) BIO *bio = BIO_new_mem_buf(pem, -1);

        if (!bio)
                return -ENOMEM;
        X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, (void *) "");
        if (!certificate)
                return -EMALFORMED_;
        *ret = certificate;
        return 0;
}

static int serial_set(X509 *certificate) {
        _cleanup_(BN_freep) BIGNUM *number = NULL;
        uint8_t bytes[SERIAL_BYTES];

        if (RAND_bytes(bytes, sizeof(bytes)) != 1)
                return -EIO;
        bytes[0] = (uint8_t) ((bytes[0] & 0x7f) | 0x40); /* positive and of one length */
        number = BN_bin2bn(bytes, sizeof(bytes), NULL);
        return number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) ? 0 : -ENOMEM;
}

static int extension_add(X509 *certificate, X509 *issuer, int nid, const char *value) {
        _cleanup_(X509_EXTENSION_freep) X509_EXTENSION *extension = NULL;
        X509V3_CTX context;

        X509V3_set_ctx_nodb(&context);
        X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
        extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
        return extension && X509_add_ext(certificate, extension, -1) == 1 ? 0 : -ENOMEM;
}

static int extensions_add(X509 *certificate, X509 *issuer, const TransportIssue *issue) {
        char names[160], name[TRANSPORT_NAME_MAX];
        struct {
                int nid;
                const char *value;
        } extensions[] = {
                { NID_basic_constraints,
                        issue->authority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE" },
                { NID_key_usage, issue->authority ? "critical,digitalSignature,keyCertSign"
                                                  : "critical,digitalSignature" },
                { NID_ext_key_usage, "serverAuth,clientAuth" },
                { NID_subject_key_identifier, "hash" },
                { NID_authority_key_identifier, "keyid" },
                { NID_subject_alt_name, names },
        };

        transport_name(issue->office, name);
        snprintf(names, sizeof(names), "URI:" OFFICE_URI "%lld,DNS:%s", (long long) issue->office, name);
        for (size_t i = 0; i < ELEMENTSOF(extensions); i++) {
                int r = extension_add(certificate, issuer, extensions[i].nid, extensions[i].value);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int certificate_fill(X509 *certificate, X509 *issuer, const TransportIssue *issue) {
        char name[TRANSPORT_NAME_MAX];
        X509_NAME *subject = X509_get_subject_name(certificate);

        transport_name(issue->office, name);
        if (X509_set_version(certificate, X509_VERSION_3) != 1 ||
                !ASN1_TIME_set(X509_getm_notBefore(certificate), (time_t) (issue->from.ms / 1000)) ||
                !ASN1_TIME_set(X509_getm_notAfter(certificate), (time_t) (issue->until.ms / 1000)) ||
                X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const uint8_t *) name, -1, -1, 0) !=
                        1 ||
                X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) != 1)
                return -ENOMEM;
        int r = serial_set(certificate);
        return r < 0 ? r : extensions_add(certificate, issuer, issue);
}

int transport_certificate_issue(const TransportIssue *issue, Arena *arena, const char **ret_pem) {
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *issuer_key = NULL;
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *public_key = NULL;
        _cleanup_(X509_freep) X509 *issuer = NULL;
        _cleanup_(X509_freep) X509 *certificate = X509_new();
        _cleanup_(BIO_free_allp) BIO *bio = BIO_new(BIO_s_mem());

        if (!certificate || !bio)
                return -ENOMEM;
        if (issue->from.ms >= issue->until.ms || issue->office < 0 || issue->office > OFFICE_MAX)
                return -EINVAL;
        int r = transport_key_parse(issue->issuer_key_pem, &issuer_key);
        if (r == 0 && issue->public_pem)
                r = public_parse(issue->public_pem, &public_key);
        if (r == 0 && issue->issuer_pem)
                r = certificate_parse(issue->issuer_pem, &issuer);
        if (r < 0)
                return r;
        if (!issue->issuer_pem && public_key && EVP_PKEY_eq(public_key, issuer_key) != 1)
                return -EINVAL;
        if (issuer && X509_check_private_key(issuer, issuer_key) != 1)
                return -EINVAL;
        if (X509_set_pubkey(certificate, public_key ? public_key : issuer_key) != 1)
                return -ENOMEM;
        r = certificate_fill(certificate, issuer ? issuer : certificate, issue);
        if (r < 0)
                return r;
        if (X509_sign(certificate, issuer_key, fetched()->sha256) <= 0 ||
                PEM_write_bio_X509(bio, certificate) != 1)
                return -EIO;
        return bio_text(bio, arena, ret_pem);
}

static int office_of_uri(const ASN1_IA5STRING *uri, int64_t *ret) {
        const char *text = (const char *) ASN1_STRING_get0_data(uri);
        size_t size = (size_t) ASN1_STRING_length(uri), prefix = strlen(OFFICE_URI);
        char number[24];
        int64_t office;

        if (size <= prefix || size - prefix >= sizeof(number) || memcmp(text, OFFICE_URI, prefix) != 0 ||
                memchr(text, 0, size))
                return -EMALFORMED_;
        memcpy(number, text + prefix, size - prefix);
        number[size - prefix] = 0;
        if (integer_parse(number, &office) < 0 || office < 0 || office > OFFICE_MAX)
                return -EMALFORMED_;
        *ret = office;
        return 0;
}

static int office_of_certificate(X509 *certificate, int64_t *ret) {
        _cleanup_(GENERAL_NAMES_freep) GENERAL_NAMES *names =
                X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
        int found = 0;
        int64_t office = 0;

        for (int i = 0; names && i < sk_GENERAL_NAME_num(names); i++) {
                const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
                if (name->type != GEN_URI)
                        continue;
                if (office_of_uri(name->d.uniformResourceIdentifier, &office) < 0)
                        return -EMALFORMED_;
                found++;
        }
        if (found != 1)
                return -EMALFORMED_;
        *ret = office;
        return 0;
}

static int instant_of_asn1(const ASN1_TIME *time, Instant *ret) {
        _cleanup_(ASN1_TIME_freep) ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
        int days, seconds;

        if (!epoch || ASN1_TIME_diff(&days, &seconds, epoch, time) != 1)
                return -EMALFORMED_;
        ret->ms = ((int64_t) days * 86400 + seconds) * 1000;
        return 0;
}

int transport_certificate_read(const char *pem, TransportCertificate *ret) {
        _cleanup_(X509_freep) X509 *certificate = NULL;
        TransportCertificate out;

        int r = certificate_parse(pem, &certificate);
        if (r == 0)
                r = office_of_certificate(certificate, &out.office);
        if (r == 0)
                r = instant_of_asn1(X509_get0_notBefore(certificate), &out.from);
        if (r == 0)
                r = instant_of_asn1(X509_get0_notAfter(certificate), &out.until);
        if (r < 0)
                return r;
        if (X509_digest(certificate, fetched()->sha256, out.fingerprint.bytes, NULL) != 1)
                return -EIO;
        *ret = out;
        return 0;
}

int certificate_digest(const char *pem, Digest *ret) {
        _cleanup_(X509_freep) X509 *certificate = NULL;

        int r = certificate_parse(pem, &certificate);
        if (r < 0)
                return r;
        return X509_digest(certificate, fetched()->sha256, ret->bytes, NULL) == 1 ? 0 : -EIO;
}

int transport_certificate_verify(const char *pem, const char *issuer_pem, Instant now) {
        _cleanup_(X509_freep) X509 *certificate = NULL;
        _cleanup_(X509_freep) X509 *issuer = NULL;
        _cleanup_(X509_STORE_freep) X509_STORE *store = X509_STORE_new();
        _cleanup_(X509_STORE_CTX_freep) X509_STORE_CTX *context = X509_STORE_CTX_new();

        if (!store || !context)
                return -ENOMEM;
        int r = certificate_parse(pem, &certificate);
        if (r == 0)
                r = certificate_parse(issuer_pem, &issuer);
        if (r < 0)
                return r;
        if (X509_STORE_add_cert(store, issuer) != 1 ||
                X509_STORE_CTX_init(context, store, certificate, NULL) != 1)
                return -ENOMEM;
        X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(context);
        X509_VERIFY_PARAM_set_time(parameters, (time_t) (now.ms / 1000));
        X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_X509_STRICT);
        return X509_verify_cert(context) == 1 ? 0 : -EBADMSG;
}
