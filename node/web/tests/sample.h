/* SPDX-License-Identifier: Apache-2.0 */
/* A whole small node for the tests of web: one module with a register, two commands and a view, on SQLite in a
 * temporary folder, behind the real front; log-in by a table of two people. */
#pragma once

#include <internal/web.h>

#define SAMPLE_TOKEN "clerkclerkclerkclerkclerk"
#define SAMPLE_ROWS_MAX 100000

typedef struct Sample {
        char folder[64], socket[96], spool[96], blobs[96];
        Engine engine;
        Registry *registry;
        Store *store;
        WebIdentity identity;
        WebRuns runs;
        WebPapers papers;
        Web *web;
} Sample;

/* origin: of the console. Fails the program with a message. */
void sample_start(Sample *sample, const char *folder, const char *origin);
void sample_stop(Sample *sample);
