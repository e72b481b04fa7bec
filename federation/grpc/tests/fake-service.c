/* SPDX-License-Identifier: Apache-2.0 */
/* See fake-service.h. Counters are read and waited for under the one lock; nothing here knows of time. */
#include <stdlib.h>
#include <string.h>

#include <node/error.h>

#include "fake-service.h"

#define LAST_WORDS UINT64_MAX

struct FederationSession {
        FederationService *service;
        void *adapter;
        uint64_t next_out, next_in;
        bool refused, said_last;
        FederationSession *next;
};

void fake_init(FederationService *service) {
        *service = (FederationService){ 0 };
        pthread_mutex_init(&service->lock, NULL);
        pthread_mutex_init(&service->notifying, NULL);
        pthread_cond_init(&service->changed, NULL);
}

void fake_done(FederationService *service) {
        pthread_mutex_destroy(&service->lock);
        pthread_mutex_destroy(&service->notifying);
        pthread_cond_destroy(&service->changed);
}

static void fake_unlock(FederationService *service) {
        pthread_cond_broadcast(&service->changed);
        pthread_mutex_unlock(&service->lock);
}

void fake_log(void *data, const char *event, const char *detail) {
        FederationService *service = data;
        pthread_mutex_lock(&service->lock);
        if (strcmp(event, "transport.refused") == 0)
                service->n_events_refused++;
        if (strcmp(event, "transport.closed") == 0) {
                service->n_events_closed++;
                strncpy(service->detail, detail, sizeof(service->detail) - 1);
        }
        fake_unlock(service);
}

void fake_say(FederationService *service, size_t n) {
        pthread_mutex_lock(&service->notifying);
        pthread_mutex_lock(&service->lock);
        service->n_frames += n;
        FederationSession *each = service->sessions;
        fake_unlock(service);
        for (; each; each = each->next)
                service->ready(service->ready_data, each, each->adapter);
        pthread_mutex_unlock(&service->notifying);
}

void fake_trust(FederationService *service, const char *child) {
        pthread_mutex_lock(&service->lock);
        strncpy(service->child, child, 64);
        fake_unlock(service);
}

void fake_hold(FederationService *service, bool held) {
        pthread_mutex_lock(&service->lock);
        service->held = held;
        fake_unlock(service);
}

void fake_wait(FederationService *service, const size_t *counter, size_t n) {
        pthread_mutex_lock(&service->lock);
        while (*counter < n)
                pthread_cond_wait(&service->changed, &service->lock);
        pthread_mutex_unlock(&service->lock);
}

void fake_wait_zero(FederationService *service, const size_t *counter) {
        pthread_mutex_lock(&service->lock);
        while (*counter > 0)
                pthread_cond_wait(&service->changed, &service->lock);
        pthread_mutex_unlock(&service->lock);
}

size_t fake_read(FederationService *service, const size_t *counter) {
        pthread_mutex_lock(&service->lock);
        size_t n = *counter;
        pthread_mutex_unlock(&service->lock);
        return n;
}

int federation_session_open(FederationService *service, FederationRole role, const char *fingerprint,
        void *adapter, FederationSession **ret) {
        FederationSession *session = calloc(1, sizeof(*session));
        if (!session)
                return -ENOMEM;
        session->service = service;
        session->adapter = adapter;
        pthread_mutex_lock(&service->notifying);
        pthread_mutex_lock(&service->lock);
        session->next = service->sessions;
        service->sessions = session;
        service->n_open++;
        service->n_opened++;
        fake_unlock(service);
        pthread_mutex_unlock(&service->notifying);
        *ret = session;
        return 0;
}

int federation_session_receive(FederationSession *session, Bytes frame) {
        FederationService *service = session->service;
        uint64_t number = 0;
        pthread_mutex_lock(&service->lock);
        while (service->held)
                pthread_cond_wait(&service->changed, &service->lock);
        if (frame.size >= sizeof(number))
                memcpy(&number, frame.data, sizeof(number));
        if (number == LAST_WORDS)
                service->n_last_words++;
        else if (number != session->next_in++)
                service->n_disordered++;
        for (size_t i = sizeof(number); i < frame.size; i++)
                if (frame.data[i] != (uint8_t) number) {
                        service->n_disordered++;
                        break;
                }
        service->n_received++;
        session->refused = service->refuse_at > 0 && session->next_in >= service->refuse_at;
        bool refused = session->refused;
        fake_unlock(service);
        return refused ? -ESHUTDOWN : 0;
}

int federation_session_take(FederationSession *session, uint8_t **ret_frame, size_t *ret_size) {
        FederationService *service = session->service;
        int r = 0;
        pthread_mutex_lock(&service->lock);
        if (session->said_last) {
                r = -ESHUTDOWN;
        } else if (session->refused || session->next_out < service->n_frames) {
                uint64_t number = session->refused ? LAST_WORDS : session->next_out++;
                size_t size = session->refused ? sizeof(number) : service->frame_size;
                uint8_t *frame = malloc(size);
                if (!frame)
                        abort();
                memset(frame, (uint8_t) number, size);
                memcpy(frame, &number, sizeof(number));
                session->said_last = session->refused;
                service->n_taken++;
                *ret_frame = frame;
                *ret_size = size;
                r = 1;
        }
        fake_unlock(service);
        return r;
}

void federation_session_sent(FederationSession *session) {
        pthread_mutex_lock(&session->service->lock);
        session->service->n_sent++;
        fake_unlock(session->service);
}

void federation_session_close(FederationSession *session) {
        FederationService *service = session->service;
        pthread_mutex_lock(&service->notifying);
        pthread_mutex_lock(&service->lock);
        FederationSession **each = &service->sessions;
        while (*each != session)
                each = &(*each)->next;
        *each = session->next;
        service->n_open--;
        fake_unlock(service);
        pthread_mutex_unlock(&service->notifying);
        free(session);
}

const char *federation_session_reason(const FederationSession *session) {
        return "refused for the test";
}

int federation_parent_fingerprint(FederationService *service, char ret[static 65]) {
        pthread_mutex_lock(&service->lock);
        memcpy(ret, service->parent, 65);
        pthread_mutex_unlock(&service->lock);
        return *ret ? 0 : -ENOENT;
}

int federation_child_office(FederationService *service, const char *fingerprint, int64_t *ret_office) {
        pthread_mutex_lock(&service->lock);
        bool known = strcmp(service->child, fingerprint) == 0;
        pthread_mutex_unlock(&service->lock);
        *ret_office = 5101;
        return known ? 0 : -ENOENT;
}

/* Answers with the bytes in reverse; a request that begins with '?' is malformed. */
int federation_enrol_serve(
        FederationService *service, Bytes request, uint8_t **ret_reply, size_t *ret_size) {
        if (request.size == 0 || request.data[0] == '?')
                return -EMALFORMED_;
        uint8_t *reply = malloc(request.size);
        if (!reply)
                return -ENOMEM;
        for (size_t i = 0; i < request.size; i++)
                reply[i] = request.data[request.size - 1 - i];
        *ret_reply = reply;
        *ret_size = request.size;
        return 0;
}
