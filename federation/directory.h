/* SPDX-License-Identifier: Apache-2.0 */
/* The directory: which office stands where, which key signs for it and since when. Entries are signed by the
 * parent office; the chain of signatures ends at the pinned root, which signs itself. An entry is never
 * changed: a new version follows it. A Directory is an immutable picture of the table, shared by reference.
 */
#pragma once

#include <internal/store-kernel.h>
#include <node/arena.h>
#include <node/crypto.h>
#include <node/text.h>

#include "machine.h"

#define ENTRY_FORMAT 201
#define ENTRY_BYTES_MAX 4096
#define ENTRY_SINCE_MAX 8

typedef enum DirectoryLevel {
        LEVEL_COUNTY = 1,
        LEVEL_CITY = 2,
        LEVEL_PROVINCE = 3,
        LEVEL_NATIONAL = 4
} DirectoryLevel;

typedef struct EntrySince {
        int64_t stream;
        Position position; /* first batch that this version rules */
} EntrySince;

typedef struct Entry {
        int64_t format;                    /* 1 */
        Digest tree;                       /* 2 */
        int64_t office;                    /* 3: number, never reused */
        int64_t version;                   /* 4: from 1 */
        int64_t parent;                    /* 5: the root names itself */
        const char *name;                  /* 6 */
        const char *division_code;         /* 7: for people; nothing is derived from it */
        int64_t level;                     /* 8: DirectoryLevel, a label */
        int64_t capabilities;              /* 9 */
        PublicKey key;                     /* 10: algorithm byte and point; none when revoked */
        const char *fingerprint;           /* 11: hex SHA-256 of the transport certificate */
        int64_t block_first, block_last;   /* 12, 13: numbers this office may give to offices below it */
        int64_t valid_from;                /* 14: yyyymmdd, for people and reports */
        bool revoked;                      /* 15 */
        EntrySince since[ENTRY_SINCE_MAX]; /* 16: streams without one: from the very first batch */
        size_t n_since;
        int64_t signer, signer_version; /* 17, 18 */
        Bytes content;                  /* as signed */
        Signature signature;
        int64_t serial;
} Entry;

int entry_encode(const Entry *entry, Buffer *buffer) _must_check_;
/* Texts in the arena, content points to bytes. Nothing is verified. */
int entry_decode(Bytes bytes, Arena *arena, Entry *ret) _must_check_;
/* Tree id of a root key. */
int tree_of(const PublicKey *root, Digest *ret) _must_check_;

typedef struct Directory Directory;
/* Reads and verifies all; an entry that does not follow from the root stops it with -EBADMSG. */
int directory_load(Store *system, const PublicKey *root, Directory **ret) _must_check_;
Directory *directory_new(const PublicKey *root);
Directory *directory_ref(Directory *directory);
Directory *directory_unref(Directory *directory);
DEFINE_CLEANUP(Directory, directory_unref)
/* Verifies against what stands already and adds: -EEXIST the very same is there, -EBADMSG does not follow,
 * -ENOENT its signer is not known (yet), -ESTALE another entry of that version stands: a fork of the
 * directory. */
int directory_add(
        Directory *directory, Bytes content, const Signature *signature, int64_t serial) _must_check_;

const Digest *directory_tree(const Directory *directory);
int64_t directory_serial(const Directory *directory);
size_t directory_count(const Directory *directory);
/* Newest version of each office, by rising number; NULL past the end. */
const Entry *directory_at(const Directory *directory, size_t index);
const Entry *directory_entry(const Directory *directory, int64_t office);
const Entry *directory_by_fingerprint(const Directory *directory, const char *fingerprint);
/* Key for a batch. -ENOENT unknown office, -EACCES revoked before this batch. */
int directory_key(const Directory *directory, int64_t office, int64_t stream, Position position,
        PublicKey *ret) _must_check_;
/* Signature by any version of the office's key, newest first; a revoked office's are refused. -EBADMSG,
 * -ENOENT, -EACCES */
int directory_verify(
        const Directory *directory, int64_t office, Bytes content, const Signature *signature) _must_check_;
/* Is office below ancestor, or the same? */
bool directory_below(const Directory *directory, int64_t office, int64_t ancestor);
/* The child of self on the way down to office; 0 when it is not below. */
int64_t directory_towards(const Directory *directory, int64_t self, int64_t office);
