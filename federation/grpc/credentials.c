/* SPDX-License-Identifier: Apache-2.0 */
/* Mutual TLS without an authority: both ends show a certificate of their own making and prove that they hold
 * its key; who that is, the fingerprint decides. gRPC's usual checks (issuer, host name) are off on both
 * sides because they would ask an authority that does not exist; the check that replaces them stands here
 * and in listener.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <grpc/support/alloc.h>
#include <grpc/support/string_util.h>
#include <node/error.h>
#include <node/text.h>

#include "adapter.h"

#define PEM_BEGIN "-----BEGIN CERTIFICATE-----"
#define PEM_END "-----END CERTIFICATE-----"

static int base64_value(char c) {
        if (c >= 'A' && c <= 'Z')
                return c - 'A';
        if (c >= 'a' && c <= 'z')
                return c - 'a' + 26;
        if (c >= '0' && c <= '9')
                return c - '0' + 52;
        if (c == '+')
                return 62;
        return c == '/' ? 63 : -1;
}

/* Padding only at the end, as many signs as the length asks for; unused bits are zero. */
static int base64_decode(const char *text, const char *end, uint8_t *ret, size_t *ret_size) {
        uint32_t bits = 0;
        unsigned n_bits = 0, n_signs = 0, n_padding = 0;
        size_t size = 0;
        for (; text < end; text++) {
                if (*text == '\n' || *text == '\r' || *text == ' ' || *text == '\t')
                        continue;
                n_signs++;
                if (*text == '=') {
                        n_padding++;
                        continue;
                }
                int value = base64_value(*text);
                if (value < 0 || n_padding > 0)
                        return -EMALFORMED_;
                bits = bits << 6 | (uint32_t) value;
                n_bits += 6;
                if (n_bits >= 8) {
                        n_bits -= 8;
                        ret[size++] = (uint8_t) (bits >> n_bits);
                        bits &= (1u << n_bits) - 1;
                }
        }
        if (n_signs % 4 != 0 || n_padding > 2 || n_bits != 2 * n_padding || bits != 0 || size == 0)
                return -EMALFORMED_;
        *ret_size = size;
        return 0;
}

int certificate_fingerprint(const char *pem, size_t size, char ret[static 65]) {
        const char *begin = memmem(pem, size, PEM_BEGIN, strlen(PEM_BEGIN));
        if (!begin)
                return -EMALFORMED_;
        begin += strlen(PEM_BEGIN);
        const char *end = memmem(begin, size - (size_t) (begin - pem), PEM_END, strlen(PEM_END));
        if (!end)
                return -EMALFORMED_;
        uint8_t *der = malloc((size_t) (end - begin) + 1);
        if (!der)
                return -ENOMEM;
        size_t der_size;
        Digest digest;
        int r = base64_decode(begin, end, der, &der_size);
        if (r == 0)
                r = digest_compute(DIGEST_SHA256, der, der_size, &digest);
        free(der);
        if (r < 0)
                return r;
        hex_encode(digest.bytes, sizeof(digest.bytes), ret);
        return 0;
}

int call_fingerprint(grpc_call *call, char ret[static 65]) {
        grpc_auth_context *context = grpc_call_auth_context(call);
        if (!context)
                return -ENOENT;
        grpc_auth_property_iterator each =
                grpc_auth_context_find_properties_by_name(context, GRPC_X509_PEM_CERT_PROPERTY_NAME);
        const grpc_auth_property *found = grpc_auth_property_iterator_next(&each);
        int r = -ENOENT;
        if (found && !grpc_auth_property_iterator_next(&each))
                r = certificate_fingerprint(found->value, found->value_length, ret);
        grpc_auth_context_release(context);
        return r;
}

grpc_server_credentials *credentials_listen(const Transport *transport) {
        grpc_ssl_pem_key_cert_pair pair = { .private_key = transport->key_pem,
                .cert_chain = transport->certificate_pem };
        grpc_ssl_server_certificate_config *config =
                grpc_ssl_server_certificate_config_create(NULL, &pair, 1);
        /* Unverified means: by no authority. The handshake still proves that the peer holds the key. */
        return grpc_ssl_server_credentials_create_with_options(
                grpc_ssl_server_credentials_create_options_using_config(
                        GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_BUT_DONT_VERIFY, config));
}

/* Owned by the library from credentials_call() on, which may outlive the adapter by a handshake: no pointers
 * out. */
typedef struct ParentCheck {
        grpc_tls_certificate_verifier_external external;
        char expected[65];
} ParentCheck;

static int parent_check(void *data, grpc_tls_custom_verification_check_request *request,
        grpc_tls_on_custom_verification_check_done_cb callback, void *callback_data,
        grpc_status_code *ret_status, char **ret_detail) {
        const ParentCheck *check = data;
        const char *pem = request->peer_info.peer_cert;
        char fingerprint[65];
        if (pem && certificate_fingerprint(pem, strlen(pem), fingerprint) == 0 &&
                strcmp(fingerprint, check->expected) == 0) {
                *ret_status = GRPC_STATUS_OK;
                return 1;
        }
        *ret_status = GRPC_STATUS_UNAUTHENTICATED;
        *ret_detail = gpr_strdup("the certificate is not the parent's");
        return 1;
}

static void parent_check_cancel(void *data, grpc_tls_custom_verification_check_request *request) {
        /* parent_check() answers at once: there is never anything to cancel. */
}

static void parent_check_free(void *data) {
        free(data);
}

static grpc_tls_certificate_verifier *parent_check_new(const char *expected) {
        ParentCheck *check = calloc(1, sizeof(*check));
        if (!check)
                return NULL;
        memcpy(check->expected, expected, sizeof(check->expected));
        check->external = (grpc_tls_certificate_verifier_external){
                .user_data = check,
                .verify = parent_check,
                .cancel = parent_check_cancel,
                .destruct = parent_check_free,
        };
        return grpc_tls_certificate_verifier_external_create(&check->external);
}

grpc_channel_credentials *credentials_call(
        const char *certificate_pem, const char *key_pem, const char *expected) {
        grpc_tls_certificate_verifier *verifier =
                expected ? parent_check_new(expected) : grpc_tls_certificate_verifier_no_op_create();
        if (!verifier)
                return NULL;
        grpc_tls_identity_pairs *pairs = grpc_tls_identity_pairs_create();
        grpc_tls_identity_pairs_add_pair(pairs, key_pem, certificate_pem);
        grpc_tls_certificate_provider *provider =
                grpc_tls_certificate_provider_static_data_create(NULL, pairs);

        grpc_tls_credentials_options *options = grpc_tls_credentials_options_create();
        grpc_tls_credentials_options_set_certificate_provider(options, provider);
        grpc_tls_credentials_options_watch_identity_key_cert_pairs(options);
        grpc_tls_credentials_options_set_verify_server_cert(options, 0);
        grpc_tls_credentials_options_set_check_call_host(options, 0);
        grpc_tls_credentials_options_set_certificate_verifier(options, verifier);
        grpc_channel_credentials *credentials = grpc_tls_credentials_create(options);
        grpc_tls_certificate_provider_release(provider);
        grpc_tls_certificate_verifier_release(verifier);
        return credentials;
}

static grpc_arg argument(const char *key, int value) {
        return (grpc_arg){ .type = GRPC_ARG_INTEGER, .key = (char *) key, .value.integer = value };
}

int channel_new(const char *target, grpc_channel_credentials *credentials, grpc_channel **ret) {
        grpc_arg arguments[] = {
                argument(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, FEDERATION_FRAME_BYTES_MAX),
                argument(GRPC_ARG_MAX_SEND_MESSAGE_LENGTH, FEDERATION_FRAME_BYTES_MAX),
                argument(GRPC_ARG_ENABLE_HTTP_PROXY, 0),
                argument(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1),
                argument(GRPC_ARG_ENABLE_RETRIES, 0),            /* would keep copies of what was sent */
                argument(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1), /* pauses between attempts are ours alone */
                argument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION,
                        0), /* a small message may unfold to any size */
                argument(GRPC_COMPRESSION_CHANNEL_ENABLED_ALGORITHMS_BITSET, 1),
                argument(GRPC_ARG_KEEPALIVE_TIME_MS, 30000),
                argument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10000),
                argument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA,
                        0),                            /* no limit: an idle line is still watched */
                argument(GRPC_ARG_HTTP2_BDP_PROBE, 0), /* no windows that grow past what we count with */
                argument(GRPC_ARG_MAX_METADATA_SIZE, 16384),
        };
        grpc_channel_args list = { .num_args = ELEMENTSOF(arguments), .args = arguments };
        char *name = NULL;
        if (asprintf(&name, "dns:///%s", target) < 0)
                return -ENOMEM;
        *ret = grpc_channel_create(name, credentials, &list);
        free(name);
        return *ret ? 0 : -ENOMEM;
}
