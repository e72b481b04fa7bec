/* SPDX-License-Identifier: Apache-2.0 */
/* A whole small node for the tests of web: one module with a register, two commands and a view, on SQLite in
 * a temporary folder, behind the real front; log-in by a table of two people. */
#pragma once

#include <semaphore.h>
#include <stdatomic.h>

#include <internal/runs.h>
#include <internal/web.h>

#define SAMPLE_LARGE_BYTES (20 << 20) /* more than a reply in memory may have */
#define SAMPLE_TOKEN "clerkclerkclerkclerkclerk"

/* While held is true, a reader of a view says so by entered and waits for release. */
extern atomic_bool sample_held;
extern sem_t sample_entered, sample_release;

typedef struct Sample {
        char folder[64], socket[96], spool[96], blobs[96];
        Engine engine;
        Registry *registry;
        Store *store;
        WebIdentity identity;
        WebRuns runs;
        Runs *run_queue;
        WebPapers papers;
        Web *web;
} Sample;

/* origin: of the console. Fails the program with a message. */
void sample_start(Sample *sample, const char *folder, const char *origin);
void sample_stop(Sample *sample);
