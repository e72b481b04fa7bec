/* SPDX-License-Identifier: Apache-2.0 */
/* The table of runs and its one thread. */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <internal/log.h>
#include <internal/runs.h>

struct Run {
        Runs *runs;
        int64_t id;
        Caller owner; /* without key and proof */
        RunWork work;
        const char *state;
        int64_t done, total;
        json_t *result;
        bool final;
};

struct Runs {
        pthread_mutex_t lock;
        pthread_cond_t wake;
        pthread_t thread;
        bool stopping;
        int64_t next_id;
        Run *table[RUNS_MAX];
        size_t n;
        void (*changed)(void *data, Id run, const RunProgress *progress);
        void *changed_data;
};

static Run *run_free(Run *run) {
        if (run && run->work.data && run->work.data_free)
                run->work.data_free(run->work.data);
        if (run)
                json_decref(run->result);
        free(run);
        return NULL;
}

static void run_tell(Run *run) {
        const RunProgress progress = { run->state, run->done, run->total, run->final };

        if (run->runs->changed)
                run->runs->changed(run->runs->changed_data, (Id){ run->id }, &progress);
}

static Run *run_waiting(Runs *runs) {
        for (size_t i = 0; i < runs->n; i++)
                if (strcmp(runs->table[i]->state, "waiting") == 0)
                        return runs->table[i];
        return NULL;
}

static void run_do(Run *run) {
        int r = run->work.work(run, run->work.data);

        if (run->work.data && run->work.data_free)
                run->work.data_free(run->work.data);
        run->work.data = NULL;
        if (r < 0)
                log_warning("run %lld (%s) failed: %d", (long long) run->id, run->work.label, r);
        pthread_mutex_lock(&run->runs->lock);
        run->state = r < 0 ? "failed" : "done";
        run->final = true;
        pthread_mutex_unlock(&run->runs->lock);
        run_tell(run);
}

static void *runs_thread(void *data) {
        Runs *runs = data;

        pthread_mutex_lock(&runs->lock);
        for (;;) {
                Run *run = run_waiting(runs);
                if (runs->stopping)
                        break;
                if (!run) {
                        pthread_cond_wait(&runs->wake, &runs->lock);
                        continue;
                }
                run->state = "running";
                pthread_mutex_unlock(&runs->lock);
                run_do(run);
                pthread_mutex_lock(&runs->lock);
        }
        pthread_mutex_unlock(&runs->lock);
        return NULL;
}

int runs_new(const Clock *clock, Runs **ret) {
        Runs *runs = calloc(1, sizeof(Runs));

        if (!runs)
                return -ENOMEM;
        pthread_mutex_init(&runs->lock, NULL);
        pthread_cond_init(&runs->wake, NULL);
        /* numbers go on rising over restarts, so that an old page cannot read a new run */
        runs->next_id = clock_now(clock).ms;
        int r = pthread_create(&runs->thread, NULL, runs_thread, runs);
        if (r != 0) {
                free(runs);
                return -r;
        }
        *ret = runs;
        return 0;
}

Runs *runs_free(Runs *runs) {
        if (!runs)
                return NULL;
        pthread_mutex_lock(&runs->lock);
        runs->stopping = true;
        pthread_cond_signal(&runs->wake);
        pthread_mutex_unlock(&runs->lock);
        pthread_join(runs->thread, NULL);
        for (size_t i = 0; i < runs->n; i++)
                run_free(runs->table[i]);
        pthread_mutex_destroy(&runs->lock);
        pthread_cond_destroy(&runs->wake);
        free(runs);
        return NULL;
}

void runs_listen(Runs *runs, void (*changed)(void *data, Id run, const RunProgress *progress), void *data) {
        runs->changed = changed;
        runs->changed_data = data;
}

/* Forgets the oldest finished run when the table is full. */
static bool runs_room(Runs *runs) {
        size_t waiting = 0;

        for (size_t i = 0; i < runs->n; i++)
                waiting += !runs->table[i]->final;
        if (waiting >= RUNS_QUEUE_MAX)
                return false;
        for (size_t i = 0; runs->n == RUNS_MAX && i < runs->n; i++)
                if (runs->table[i]->final) {
                        run_free(runs->table[i]);
                        memmove(&runs->table[i], &runs->table[i + 1], (--runs->n - i) * sizeof(Run *));
                }
        return runs->n < RUNS_MAX;
}

int runs_start(Runs *runs, const Caller *owner, const RunWork *work, Id *ret) {
        Run *run = calloc(1, sizeof(Run));

        if (!run)
                return -ENOMEM;
        *run = (Run){ .runs = runs,
                .state = "waiting",
                .owner = { .person = owner->person,
                        .office = owner->office,
                        .organization = owner->organization } };
        pthread_mutex_lock(&runs->lock);
        bool room = !runs->stopping && runs_room(runs);
        if (room) {
                run->id = ++runs->next_id;
                run->work = *work;
                runs->table[runs->n++] = run;
                *ret = (Id){ run->id };
                pthread_cond_signal(&runs->wake);
        }
        pthread_mutex_unlock(&runs->lock);
        if (!room)
                run_free(run);
        return room ? 0 : -EAGAIN;
}

int runs_read(Runs *runs, const Caller *caller, Id id, json_t **ret) {
        json_t *object = NULL;

        pthread_mutex_lock(&runs->lock);
        for (size_t i = 0; i < runs->n && !object; i++) {
                const Run *run = runs->table[i];
                if (run->id != id.value || run->owner.person.value != caller->person.value)
                        continue;
                char text[24];
                snprintf(text, sizeof(text), "%lld", (long long) run->id);
                object = json_pack("{s:s, s:s, s:s, s:I, s:I, s:O?}", "id", text, "label", run->work.label,
                        "state", run->state, "done", (json_int_t) run->done, "total",
                        (json_int_t) run->total, "result", run->final ? run->result : NULL);
        }
        pthread_mutex_unlock(&runs->lock);
        if (!object)
                return -ENOENT;
        *ret = object;
        return 0;
}

void run_progress(Run *run, int64_t done, int64_t total) {
        pthread_mutex_lock(&run->runs->lock);
        run->done = done;
        run->total = total;
        pthread_mutex_unlock(&run->runs->lock);
        run_tell(run);
}

void run_result(Run *run, json_t *result) {
        json_decref(run->result);
        run->result = result;
}

Id run_id(const Run *run) {
        return (Id){ run->id };
}

const Caller *run_owner(const Run *run) {
        return &run->owner;
}
