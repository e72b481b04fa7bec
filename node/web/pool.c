/* SPDX-License-Identifier: Apache-2.0 */
/* Worker threads behind a bounded queue. */

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/eventfd.h>

#include "pool.h"

#define WORKER_STACK_BYTES (1u << 20) /* address space; touched only as deep as a handler goes */

typedef struct Chain {
        PoolWork *first, **last;
} Chain;

struct Pool {
        PoolOptions options;
        pthread_mutex_t mutex;
        pthread_cond_t filled;
        Chain queue, finished;
        size_t n_queued, n_threads;
        bool stopping;
        pthread_t threads[];
};

static void chain_put(Chain *chain, PoolWork *work) {
        work->next = NULL;
        *chain->last = work;
        chain->last = &work->next;
}

static PoolWork *chain_take_all(Chain *chain) {
        PoolWork *first = chain->first;
        chain->first = NULL;
        chain->last = &chain->first;
        return first;
}

/* The next work, or NULL when the pool stops and nothing is left. */
static PoolWork *pool_next(Pool *pool) {
        pthread_mutex_lock(&pool->mutex);
        while (!pool->queue.first && !pool->stopping)
                pthread_cond_wait(&pool->filled, &pool->mutex);

        PoolWork *work = pool->queue.first;
        if (work) {
                pool->queue.first = work->next;
                if (!pool->queue.first)
                        pool->queue.last = &pool->queue.first;
                pool->n_queued--;
        }
        pthread_mutex_unlock(&pool->mutex);
        return work;
}

static void *worker(void *data) {
        Pool *pool = data;

        for (PoolWork *work; (work = pool_next(pool));) {
                pool->options.run(pool->options.data, work);
                pthread_mutex_lock(&pool->mutex);
                chain_put(&pool->finished, work);
                pthread_mutex_unlock(&pool->mutex);
                int r = eventfd_write(pool->options.wake_fd, 1);
                assert(r == 0); /* an eventfd of ours cannot fill up */
                (void) r;
        }
        return NULL;
}

static int pool_threads(Pool *pool) {
        pthread_attr_t attributes;

        int r = pthread_attr_init(&attributes);
        if (r != 0)
                return -r;
        r = pthread_attr_setstacksize(&attributes, WORKER_STACK_BYTES);
        while (r == 0 && pool->n_threads < pool->options.workers) {
                r = pthread_create(&pool->threads[pool->n_threads], &attributes, worker, pool);
                if (r == 0)
                        pool->n_threads++;
        }
        pthread_attr_destroy(&attributes);
        return -r;
}

int pool_start(const PoolOptions *options, Pool **ret) {
        Pool *pool = calloc(1, sizeof(*pool) + options->workers * sizeof(pthread_t));
        if (!pool)
                return -ENOMEM;
        pool->options = *options;
        pthread_mutex_init(&pool->mutex, NULL);
        pthread_cond_init(&pool->filled, NULL);
        pool->queue.last = &pool->queue.first;
        pool->finished.last = &pool->finished.first;

        int r = pool_threads(pool);
        if (r < 0) {
                pool_stop(pool);
                return r;
        }
        *ret = pool;
        return 0;
}

Pool *pool_stop(Pool *pool) {
        if (!pool)
                return NULL;
        pthread_mutex_lock(&pool->mutex);
        pool->stopping = true;
        pthread_cond_broadcast(&pool->filled);
        pthread_mutex_unlock(&pool->mutex);
        for (size_t i = 0; i < pool->n_threads; i++)
                pthread_join(pool->threads[i], NULL);
        pthread_cond_destroy(&pool->filled);
        pthread_mutex_destroy(&pool->mutex);
        free(pool);
        return NULL;
}

int pool_put(Pool *pool, PoolWork *work) {
        int r = -EAGAIN;

        pthread_mutex_lock(&pool->mutex);
        if (pool->n_queued < pool->options.queue_max) {
                chain_put(&pool->queue, work);
                pool->n_queued++;
                pthread_cond_signal(&pool->filled);
                r = 0;
        }
        pthread_mutex_unlock(&pool->mutex);
        return r;
}

PoolWork *pool_finished(Pool *pool) {
        pthread_mutex_lock(&pool->mutex);
        PoolWork *first = chain_take_all(&pool->finished);
        pthread_mutex_unlock(&pool->mutex);
        return first;
}
