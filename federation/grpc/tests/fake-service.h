/* SPDX-License-Identifier: Apache-2.0 */
/* Stands behind session.h in the adapter's own test: sends numbered frames, checks the numbers of those it
 * gets. */
#pragma once

#include <pthread.h>

#include <federation/session.h>

struct FederationService {
        pthread_mutex_t lock, notifying;
        pthread_cond_t changed;
        void (*ready)(void *data, FederationSession *session, void *adapter);
        void *ready_data;
        char parent[65]; /* fingerprint; "" none */
        char child[65];
        size_t n_frames, frame_size; /* what every session sends */
        size_t refuse_at;            /* the received frame at which a session asks to be closed; 0 never */
        bool held;                   /* receive() waits */
        FederationSession *sessions;
        size_t n_open, n_opened, n_taken, n_sent, n_received, n_disordered, n_last_words;
        size_t n_events_refused, n_events_closed;
        char detail[512]; /* of the last closing */
};

void fake_init(FederationService *service);
void fake_done(FederationService *service);
void fake_log(void *data, const char *event, const char *detail);
/* Every session has n more frames to send. */
void fake_say(FederationService *service, size_t n);
void fake_trust(FederationService *service, const char *child);
void fake_hold(FederationService *service, bool held);
/* Waits until the counter of the service is at least n. */
void fake_wait(FederationService *service, const size_t *counter, size_t n);
void fake_wait_zero(FederationService *service, const size_t *counter);
size_t fake_read(FederationService *service, const size_t *counter);
