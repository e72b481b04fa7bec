/* SPDX-License-Identifier: Apache-2.0 */
/* A real store, the runs' thread and the parse process (the test program again) for tests of imports. */
#pragma once

#include <internal/imports.h>
#include <node/text.h>

#define REPORT_BYTES_MAX (4u << 20)

typedef struct Bench {
        char folder[64], blobs[100], dsn[100];
        const Module *list[32]; /* ends with NULL */
        Keys keys;
        Registry *registry;
        Engine engine;
        Runs *runs;
        Imports imports;
        Caller clerk;
        Id last;
} Bench;

extern const char *import_samples; /* folder of the sample files */

/* Of CMUnitTest: state is a Bench. */
int bench_open(void **state);
int bench_close(void **state);
Digest bytes_upload(const Bench *bench, Bytes bytes);
/* name without its end is a CSV file; data is to be freed. */
Bytes sample_bytes(const char *name);
Digest sample_upload(const Bench *bench, const char *name);
/* Runs to its end, which must be state; the run's "result", a new reference. */
json_t *importer_run(
        Bench *bench, const Importer *importer, const Digest *upload, ImportMode mode, const char *state);
/* The same of a building table. */
json_t *import_run(Bench *bench, const Digest *upload, ImportMode mode, const char *state);
int64_t number(const json_t *result, const char *name);
Digest business_digest(const Bench *bench);
void error_is(const json_t *result, const char *code);
