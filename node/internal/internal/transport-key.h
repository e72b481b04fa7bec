/* SPDX-License-Identifier: Apache-2.0 */
/* Keys and certificates of the wire (mutual TLS between nodes): P-256, short-lived, authorising nothing
 * beyond being found in the directory. The key's holder is the gRPC library in the main process, so it is no
 * matter of Keys. */
#pragma once

#include <node/crypto.h>

#define TRANSPORT_DAYS 90
#define TRANSPORT_NAME_MAX 64

/* "office-5101.fundnode": the DNS name in every certificate, for clients that insist on checking one. */
void transport_name(int64_t office, char ret[static TRANSPORT_NAME_MAX]);

/* PKCS#8 PEM in the arena. */
int transport_key_make(Arena *arena, const char **ret_key_pem) _must_check_;
/* The public half as PEM, to be sent to whoever issues. */
int transport_key_public(const char *key_pem, Arena *arena, const char **ret_public_pem) _must_check_;

typedef struct TransportIssue {
        int64_t office; /* subject: URI SAN fundnode:office/NUMBER */
        Instant from, until;
        const char *issuer_key_pem;
        const char *issuer_pem; /* certificate of the issuer; NULL: self-signed */
        const char *public_pem; /* of the subject; NULL: the issuer's own */
        bool authority;         /* may itself issue (a node to its children) */
} TransportIssue;
/* -EMALFORMED_: unreadable PEM; -EINVAL: self-signed for a foreign key, or an empty span. PEM in the arena.
 */
int transport_certificate_issue(
        const TransportIssue *issue, Arena *arena, const char **ret_pem) _must_check_;

typedef struct TransportCertificate {
        int64_t office;
        Instant from, until;
        Digest fingerprint; /* SHA-256 over the DER: what the directory holds */
} TransportCertificate;
/* First certificate of the PEM. -EMALFORMED_: unreadable, or without exactly one office in it. Signature not
 * checked. */
int transport_certificate_read(const char *pem, TransportCertificate *ret) _must_check_;
/* SHA-256 over the DER of any certificate. -EMALFORMED_: unreadable. */
int certificate_digest(const char *pem, Digest *ret) _must_check_;
/* 0, -EBADMSG: not signed by the issuer, not of its key, or not valid at now. */
int transport_certificate_verify(const char *pem, const char *issuer_pem, Instant now) _must_check_;
