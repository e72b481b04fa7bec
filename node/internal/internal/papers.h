/* SPDX-License-Identifier: Apache-2.0 */
/* Rendering and keeping of papers, and the blobs they are kept as. */
#pragma once

#include <internal/engine.h>
#include <node/text.h>

/* Content-addressed files below folder: two characters of the hex digest, then the rest. Durable before the
 * call returns; writing the same bytes again is no error. */
int blob_put(const char *folder, DigestKind kind, Bytes bytes, Digest *ret) _must_check_;
/* Reads and checks against the digest. -ENOENT, -EBADMSG when the file was changed. */
int blob_get(const char *folder, DigestKind kind, const Digest *digest, Buffer *ret) _must_check_;

/* The same bytes under the vault's key: beside the plain blob's place, as DIGEST.sealed. Nothing is done
 * when it is there already. fd is read from its beginning. */
int blob_seal(
        const Keys *keys, const char *folder, const Digest *digest, int fd, int64_t bytes) _must_check_;
/* Opens it into memory without a name and checks it against the digest. -ENOENT, -EBADMSG: changed. The fd
 * is the caller's. */
int blob_unseal(const Keys *keys, const char *folder, DigestKind kind, const Digest *digest, int *ret_fd,
        int64_t *ret_bytes) _must_check_;

extern const Module module_documents;

const Paper *paper_find(const Registry *registry, const char *name);
/* Who brought a file may do with it what files are for; nobody learns of another's by its digest. */
int upload_keep(Engine *engine, const Caller *caller, const Digest *digest) _must_check_;
/* 0: the caller brought it; -ENOENT. */
int upload_own(Engine *engine, const Caller *caller, const Digest *digest) _must_check_;

/* Renders the subject's paper unless it is archived already, keeps it as a blob and records its digest by
 * the command documents.archive. -ENOENT: no such subject in the caller's office. Never on the writer's
 * thread. */
int paper_print(Engine *engine, const Caller *caller, const Paper *paper, Id subject, const char *blobs,
        Buffer *ret_pdf) _must_check_;
/* The archived bytes. -ENOENT: not printed yet. */
int paper_archived(Engine *engine, const Caller *caller, const Paper *paper, Id subject, const char *blobs,
        Buffer *ret_pdf) _must_check_;
/* The copy that is given out: the archived bytes, then an addition that lays text under every page. -EMALFORMED_: not a
 * file of ours. */
int paper_copy(Bytes archived, const char *text, Buffer *ret) _must_check_;

/* Modules of a QR code, '0' and '1', row by row, without the quiet zone. In the arena. -EINVAL: too long. */
int qr_rows(const char *text, Arena *arena, const char ***ret, size_t *ret_n) _must_check_;
