/* SPDX-License-Identifier: Apache-2.0 */
/* The service and the work it does for its sessions. */
#pragma once

#include <pthread.h>

#include "context.h"
#include "cut.h"
#include "machine.h"

#define SESSIONS_MAX 4096
#define WORKERS_MAX 16

struct FederationSession {
        FederationService *service;
        Machine *machine;
        void *adapter;
        FederationSession *next;     /* in service->sessions */
        FederationSession *next_due; /* in the queue for workers */
        bool queued, working, closed, abandoned, notified;
        unsigned notifying;
};

struct FederationService {
        FederationOptions options;
        Context context;

        pthread_mutex_t lock;
        pthread_cond_t due, settled;
        FederationSession *sessions;
        size_t n_sessions;
        FederationSession *due_first, *due_last;
        bool house_due, house_working, stopping;
        int64_t house_failed_ms;
        pthread_t threads[WORKERS_MAX];
        size_t n_threads;

        pthread_mutex_t directory_lock; /* one change at a time */
        Directory *directory;           /* current picture; taken by reference under lock */

        CutMarks marks; /* only the one who keeps house */
        size_t house_turn;
        int64_t closure_serial;           /* of the directory whose pairs stand in the stores */
};

/* The current directory, with a reference of the caller's own. */
Directory *service_directory(FederationService *service);
/* Reads it again after entries were added. */
int service_directory_reload(FederationService *service) _must_check_;
int64_t service_now_ms(const FederationService *service);
void service_log(const FederationService *service, const char *event, const char *detail);

/* --- work.c: acts on one piece; fills the results; never fails itself --- */
void work_run(FederationService *service, Work *work);
/* --- push.c --- */
int work_push(FederationService *service, Work *work) _must_check_;
/* --- house.c: cutting, landing our own, attesting. 1 did something, 0 nothing to do --- */
int house_keep(FederationService *service) _must_check_;
