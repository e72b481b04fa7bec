/* SPDX-License-Identifier: Apache-2.0 */
/* The one writer of a store: a bounded queue, groups of commands that become durable by one commit, and what
 * happens when a group fails. It does not know what a command is; see README.md for the states. */
#include <assert.h>
#include <string.h>

#include "driver.h"

int writer_acquire(Store *store) {
        return pthread_mutex_lock(&store->writer_lock) == 0 ? 0 : -EBUSY;
}

void writer_give_back(Store *store) {
        int r = pthread_mutex_unlock(&store->writer_lock);

        assert(r == 0);
        (void) r;
}

/* True: and takes the next errand. Never waits. */
static bool queue_pop(Store *store, Errand *ret) {
        bool found;

        pthread_mutex_lock(&store->queue_lock);
        found = store->n_queue > 0;
        if (found) {
                *ret = store->queue[store->queue_first];
                store->queue_first = (store->queue_first + 1) % WRITER_QUEUE_MAX;
                store->n_queue--;
        }
        pthread_mutex_unlock(&store->queue_lock);
        return found;
}

static int work_run(Store *store, Errand *errand) {
        Tx tx = { .store = store, .connection = store->writer, .writable = true };
        int r = errand->work(&tx, errand->data);

        assert(!store->writer->open_rows);
        return r >= 0 && tx.doomed < 0 ? tx.doomed : r;
}

/* In a savepoint of the open group. Afterwards the group is still open, or lost as a whole. */
static void errand_run(Store *store, Errand *errand) {
        const Driver *driver = store->driver;
        Connection *c = store->writer;
        int r;

        r = driver->savepoint(c);
        if (r < 0) {
                errand->result = r;
                return;
        }
        errand->result = work_run(store, errand);
        if (errand->result >= 0) {
                r = driver->release(c);
                if (r < 0)
                        errand->result = r;
        }
        if (errand->result >= 0 || !driver->in_transaction(c))
                return;
        r = driver->rollback_to(c);
        if (r < 0 && driver->in_transaction(c))
                driver->rollback(c);
}

static void note_broken(Store *store) {
        if (store->writer->broken && !store_is_read_only(store))
                store_set_read_only(store, store->writer->error);
}

/* A transaction of its own: what is done after a group was lost. */
static void errand_run_alone(Store *store, Errand *errand) {
        const Driver *driver = store->driver;
        Connection *c = store->writer;

        if (store_is_read_only(store)) {
                errand->result = -EREADONLY_;
                return;
        }
        errand->result = driver->begin(c, true, false);
        if (errand->result < 0)
                return;
        errand->result = work_run(store, errand);
        if (errand->result >= 0 && driver->in_transaction(c)) {
                int r = driver->commit(c);
                if (r < 0)
                        errand->result = r;
        } else {
                driver->rollback(c);
                if (errand->result >= 0)
                        errand->result = -EIO;
        }
        note_broken(store);
}

static void group_refuse(Errand *errands, size_t n, int error) {
        for (size_t i = 0; i < n; i++)
                errands[i].result = error;
}

static bool group_has_success(const Errand *errands, size_t n) {
        for (size_t i = 0; i < n; i++)
                if (errands[i].result >= 0)
                        return true;
        return false;
}

/* The group's transaction is open and its errands have run: makes it durable or undone. */
static int group_end(Store *store, const Errand *errands, size_t n) {
        if (group_has_success(errands, n))
                return store->driver->commit(store->writer);
        store->driver->rollback(store->writer);
        return 0;
}

/* first is there; more are taken from the queue while the group is small and young. Answers nothing yet. */
static size_t group_run(Store *store, Errand *errands) {
        const Driver *driver = store->driver;
        const Clock *clock = store->options.clock;
        int64_t start_ms = clock->monotonic_ms(clock->data);
        size_t n = 1;
        int r;

        if (store_is_read_only(store)) {
                group_refuse(errands, n, -EREADONLY_);
                return n;
        }
        r = driver->begin(store->writer, true, false);
        if (r < 0) {
                group_refuse(errands, n, r);
                note_broken(store);
                return n;
        }
        for (;;) {
                errand_run(store, &errands[n - 1]);
                if (!driver->in_transaction(store->writer))
                        break;
                if (n == WRITER_GROUP_COMMANDS_MAX ||
                        clock->monotonic_ms(clock->data) - start_ms >= WRITER_GROUP_MS_MAX ||
                        !queue_pop(store, &errands[n]))
                        break;
                n++;
        }

        if (driver->in_transaction(store->writer)) {
                r = group_end(store, errands, n);
                if (r == 0)
                        return n;
                note_broken(store);
                if (r == -EUNKNOWN_) {
                        for (size_t i = 0; i < n; i++)
                                if (errands[i].result >= 0)
                                        errands[i].result = r;
                        return n;
                }
        } else
                driver->rollback(store->writer);
        note_broken(store);
        /* Nothing of the group is there. Refusals too may have stood on what is gone: all run again, one by
         * one. */
        for (size_t i = 0; i < n; i++)
                errand_run_alone(store, &errands[i]);
        return n;
}

static void group(Store *store, Errand *errands) {
        size_t n;

        n = group_run(store, errands);
        for (size_t i = 0; i < n; i++)
                if (errands[i].done)
                        errands[i].done(errands[i].result, errands[i].data);
        if (!store_is_read_only(store)) {
                store->driver->rest(store->writer);
                note_broken(store);
        }
}

static void *writer_main(void *data) {
        Store *store = data;
        Errand errands[WRITER_GROUP_COMMANDS_MAX];

        for (;;) {
                bool stop;

                pthread_mutex_lock(&store->queue_lock);
                while (store->n_queue == 0 && !store->stopping)
                        pthread_cond_wait(&store->queue_filled, &store->queue_lock);
                stop = store->n_queue == 0;
                pthread_mutex_unlock(&store->queue_lock);
                if (stop)
                        return NULL;

                int r = writer_acquire(store);
                assert(r == 0);
                (void) r;
                if (queue_pop(store, &errands[0]))
                        group(store, errands);
                writer_give_back(store);
        }
}

int writer_start(Store *store) {
        int r = pthread_create(&store->writer_thread, NULL, writer_main, store);

        if (r != 0)
                return -r;
        store->writer_running = true;
        return 0;
}

/* What is queued is still done. */
void writer_stop(Store *store) {
        if (!store->writer_running)
                return;
        pthread_mutex_lock(&store->queue_lock);
        store->stopping = true;
        pthread_cond_broadcast(&store->queue_filled);
        pthread_mutex_unlock(&store->queue_lock);
        pthread_join(store->writer_thread, NULL);
        store->writer_running = false;
}

static int queue_push(Store *store, const Errand *errand) {
        int r = 0;

        pthread_mutex_lock(&store->queue_lock);
        if (store->stopping)
                r = -ESHUTDOWN;
        else if (store->n_queue == WRITER_QUEUE_MAX)
                r = -EAGAIN;
        else {
                store->queue[(store->queue_first + store->n_queue) % WRITER_QUEUE_MAX] = *errand;
                store->n_queue++;
                pthread_cond_signal(&store->queue_filled);
        }
        pthread_mutex_unlock(&store->queue_lock);
        return r;
}

static int write_inline(Store *store, Errand *errand) {
        int r = writer_acquire(store);

        if (r < 0)
                return r;
        group(store, errand);
        writer_give_back(store);
        return 0;
}

int store_write_async(Store *store, StoreWork work, StoreDone done, void *data) {
        Errand errand = { .work = work, .done = done, .data = data };

        assert(store && work);
        if (store_is_read_only(store))
                return -EREADONLY_;
        if (!store->options.inline_writer)
                return queue_push(store, &errand);

        Errand errands[WRITER_GROUP_COMMANDS_MAX] = { errand };
        return write_inline(store, errands);
}

typedef struct Waiting {
        StoreWork work;
        void *data;
        pthread_mutex_t lock;
        pthread_cond_t over;
        bool done;
        int result;
} Waiting;

static int waiting_work(Tx *tx, void *data) {
        Waiting *w = data;

        return w->work(tx, w->data);
}

static void waiting_done(int result, void *data) {
        Waiting *w = data;

        pthread_mutex_lock(&w->lock);
        w->result = result;
        w->done = true;
        pthread_cond_signal(&w->over);
        pthread_mutex_unlock(&w->lock);
}

int store_write(Store *store, StoreWork work, void *data) {
        Waiting w = { .work = work, .data = data };
        int r;

        assert(store && work);
        if (store->writer_running && pthread_equal(pthread_self(), store->writer_thread))
                return -EDEADLK;
        pthread_mutex_init(&w.lock, NULL);
        pthread_cond_init(&w.over, NULL);
        r = store_write_async(store, waiting_work, waiting_done, &w);
        if (r == 0) {
                pthread_mutex_lock(&w.lock);
                while (!w.done)
                        pthread_cond_wait(&w.over, &w.lock);
                r = w.result;
                pthread_mutex_unlock(&w.lock);
        }
        pthread_cond_destroy(&w.over);
        pthread_mutex_destroy(&w.lock);
        return r;
}
