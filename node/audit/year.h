/* SPDX-License-Identifier: Apache-2.0 */
/* The yearly archive: files are made one after the other without a name, then packed with a manifest of
 * their digests that the office has signed.
 *
 *   changes-STORE.csv   one line per changed field or range of ledger rows, in the order of the chain
 *   accesses.csv        one line per reading
 *   manifest.txt        "file NAME BYTES ROWS DIGEST" for each; "year", "number", "made", "key ALGORITHM
 * POINT" manifest.sig        signature over manifest.txt, hexadecimal
 *
 * Digests are SM3. */
#pragma once

#include "audit-private.h"

#define YEAR_FILES_MAX 4
#define YEAR_NAME_MAX 40
#define YEAR_MANIFEST "manifest.txt"
#define YEAR_SIGNATURE "manifest.sig"
#define YEAR_MANIFEST_BYTES_MAX 4096

typedef struct YearFile {
        char name[YEAR_NAME_MAX];
        int fd; /* owned */
        int64_t bytes, rows;
        Digest digest;
} YearFile;

typedef struct Year {
        Audit *audit;
        const YearCall *call;
        char number[EXPORT_NUMBER_MAX];
        Instant from, to;
        YearFile files[YEAR_FILES_MAX];
        size_t n_files;
        int64_t done;
} Year;

/* Packs the files of the year into call->fd. */
int year_pack(Year *year) _must_check_;
