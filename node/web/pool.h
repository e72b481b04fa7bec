/* SPDX-License-Identifier: Apache-2.0 */
/* Worker threads with one bounded queue in and one list out. Cheap threads: most of them wait for a group
 * commit. */
#pragma once

#include <node/macro.h>

typedef struct Pool Pool;

/* Work is linked through its own first member. */
typedef struct PoolWork {
        struct PoolWork *next;
} PoolWork;

typedef struct PoolOptions {
        size_t workers;
        size_t queue_max;
        int wake_fd; /* an eventfd, written after each finished work */
        void *data;
        void (*run)(void *data, PoolWork *work);
} PoolOptions;

int pool_start(const PoolOptions *options, Pool **ret) _must_check_;
/* Runs what is queued, then joins. */
Pool *pool_stop(Pool *pool);
/* -EAGAIN: the queue is full. */
int pool_put(Pool *pool, PoolWork *work) _must_check_;
/* Everything finished since the last call, in order; NULL when nothing. */
PoolWork *pool_finished(Pool *pool);
