/* SPDX-License-Identifier: Apache-2.0 */
/* Long work with progress: one thread takes runs in order, so none is started twice and none starves the
 * writer. What a run writes, it writes through commands; the run itself is memory and may be started again
 * after a crash. */
#pragma once

#include <jansson.h>

#include <internal/engine.h>

#define RUNS_MAX 256 /* remembered, finished ones are forgotten first */
#define RUNS_QUEUE_MAX 64

typedef struct Runs Runs;
typedef struct Run Run;

typedef struct RunProgress {
        const char *state; /* "waiting", "running", "done", "failed" */
        int64_t done, total;
        bool final;
} RunProgress;

typedef struct RunWork {
        const char *label;
        /* On the runs' thread; data is freed afterwards by data_free. Negative: the run failed. */
        int (*work)(Run *run, void *data);
        void *data;
        void (*data_free)(void *data);
} RunWork;

int runs_new(const Clock *clock, Runs **ret) _must_check_;
/* Waits for the run at work, drops those still waiting. */
Runs *runs_free(Runs *runs);
DEFINE_CLEANUP(Runs, runs_free)
/* Hears of every progress, on the runs' thread. Set before the first run. */
void runs_listen(Runs *runs, void (*changed)(void *data, Id run, const RunProgress *progress), void *data);
/* -EAGAIN: too many are waiting; work->data then stays the caller's. */
int runs_start(Runs *runs, const Caller *owner, const RunWork *work, Id *ret) _must_check_;
/* {"id","label","state","done","total","result"}; -ENOENT: none such, or another person's. New reference. */
int runs_read(Runs *runs, const Caller *caller, Id run, json_t **ret) _must_check_;

/* for work(): */
void run_progress(Run *run, int64_t done, int64_t total);
/* Steals the reference. What the reader of the run gets as "result". */
void run_result(Run *run, json_t *result);
const Caller *run_owner(const Run *run);
/* Never given to another run, also after a restart. */
Id run_id(const Run *run);
