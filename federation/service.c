/* SPDX-License-Identifier: Apache-2.0 */
/* The service: sessions, their queue of work, the workers. One lock guards all state machines; it is never
 * held while a store, a key or an adapter is waited for. */
#include <assert.h>
#include <node/error.h>
#include <stdlib.h>
#include <string.h>

#include "service-private.h"

#define HOUSE_RETRY_MS 5000

int64_t service_now_ms(const FederationService *service) {
        const Clock *clock = service->options.engine->clock;

        return clock->monotonic_ms(clock->data);
}

void service_log(const FederationService *service, const char *event, const char *detail) {
        if (service->options.log)
                service->options.log(service->options.log_data, event, detail);
}

Directory *service_directory(FederationService *service) {
        Directory *directory;

        pthread_mutex_lock(&service->lock);
        directory = directory_ref(service->directory);
        pthread_mutex_unlock(&service->lock);
        return directory;
}

int service_directory_reload(FederationService *service) {
        Directory *fresh, *old;
        int r;

        r = directory_load(service->options.engine->stores[STORE_SYSTEM], &service->context.root, &fresh);
        if (r < 0)
                return r;
        pthread_mutex_lock(&service->lock);
        old = service->directory;
        service->directory = fresh;
        pthread_mutex_unlock(&service->lock);
        directory_unref(old);
        return 0;
}

/* --- sessions under the lock --- */

static void session_destroy(FederationSession *session) {
        FederationService *service = session->service;

        for (FederationSession **at = &service->sessions; *at; at = &(*at)->next)
                if (*at == session) {
                        *at = session->next;
                        break;
                }
        service->n_sessions--;
        machine_free(session->machine);
        free(session);
}

static void session_queue(FederationSession *session) {
        FederationService *service = session->service;

        if (session->queued || session->working || session->closed || !machine_has_work(session->machine))
                return;
        session->queued = true;
        session->next_due = NULL;
        if (service->due_last)
                service->due_last->next_due = session;
        else
                service->due_first = session;
        service->due_last = session;
        pthread_cond_signal(&service->due);
}

static FederationSession *session_next_due(FederationService *service) {
        FederationSession *session = service->due_first;

        if (!session)
                return NULL;
        service->due_first = session->next_due;
        if (!service->due_first)
                service->due_last = NULL;
        session->queued = false;
        return session;
}

static void session_unqueue(FederationSession *session) {
        FederationService *service = session->service;
        FederationSession *before = NULL;

        for (FederationSession *at = service->due_first; at; before = at, at = at->next_due) {
                if (at != session)
                        continue;
                if (before)
                        before->next_due = at->next_due;
                else
                        service->due_first = at->next_due;
                if (service->due_last == at)
                        service->due_last = before;
                break;
        }
        session->queued = false;
}

/* Tells the adapters of sessions that have something new to say; releases the lock while it does. */
static void notify(FederationService *service) {
        FederationSession *session = service->sessions;

        while (session) {
                if (session->closed || session->notified || !machine_speaks(session->machine)) {
                        session = session->next;
                        continue;
                }
                session->notified = true;
                session->notifying++;
                pthread_mutex_unlock(&service->lock);
                if (service->options.ready)
                        service->options.ready(service->options.ready_data, session, session->adapter);
                pthread_mutex_lock(&service->lock);
                session->notifying--;
                pthread_cond_broadcast(&service->settled);
                session = service->sessions; /* the list may have changed */
        }
}

static void step(FederationSession *session, const Input *input) {
        machine_step(session->machine, input);
        session_queue(session);
}

static void step_all(FederationService *service, InputKind kind) {
        Input input = { .kind = kind, .now_ms = service_now_ms(service) };

        for (FederationSession *session = service->sessions; session; session = session->next)
                if (!session->closed)
                        step(session, &input);
}

static void house_wanted(FederationService *service) {
        service->house_due = true;
        pthread_cond_signal(&service->due);
}

/* --- work --- */

static void session_work(FederationSession *session) {
        FederationService *service = session->service;
        Work *work = machine_take_work(session->machine);
        Input input = { .kind = INPUT_DONE, .work = work };
        bool changed;

        if (!work)
                return;
        session->working = true;
        pthread_mutex_unlock(&service->lock);
        work_run(service, work);
        pthread_mutex_lock(&service->lock);
        session->working = false;
        changed = work->changed;
        if (work->result < 0)
                service_log(service, "session ends", work->reason ? work->reason : "failed");
        input.now_ms = service_now_ms(service);
        step(session, &input);
        if (changed) {
                step_all(service, INPUT_CHANGED);
                house_wanted(service);
        }
        if (session->abandoned)
                session_destroy(session);
        notify(service);
}

/* 1 did something; a look that found nothing is none. */
static int house_work(FederationService *service) {
        int r;

        service->house_due = false;
        service->house_working = true;
        pthread_mutex_unlock(&service->lock);
        r = house_keep(service);
        pthread_mutex_lock(&service->lock);
        service->house_working = false;
        if (r < 0) {
                service->house_failed_ms = service_now_ms(service);
                service_log(service, "cutting or attesting failed", strerror(r > -4096 ? -r : EIO));
        }
        if (r > 0) {
                step_all(service, INPUT_CHANGED);
                house_wanted(service);
        }
        notify(service);
        return r > 0;
}

/* Under the lock. 1 did something, 0 nothing to do just now. */
static int work_once(FederationService *service) {
        FederationSession *session;
        bool house = service->house_due && !service->house_working;
        int did;

        service->house_turn++;
        if (house && (service->house_turn % 4 == 0 || !service->due_first)) {
                did = house_work(service);
                if (did || !service->due_first)
                        return did;
        }
        session = session_next_due(service);
        if (!session)
                return 0;
        session_work(session);
        return 1;
}

static void *worker(void *data) {
        FederationService *service = data;

        pthread_mutex_lock(&service->lock);
        while (!service->stopping)
                /* work gives the lock away: the call to stop may have come meanwhile */
                if (work_once(service) == 0 && !service->stopping && !service->due_first &&
                        (!service->house_due || service->house_working))
                        pthread_cond_wait(&service->due, &service->lock);
        pthread_mutex_unlock(&service->lock);
        return NULL;
}

int federation_service_run(FederationService *service) {
        int did;

        assert(service->options.inline_work);
        pthread_mutex_lock(&service->lock);
        did = work_once(service);
        pthread_mutex_unlock(&service->lock);
        return did;
}

/* --- life --- */

static int context_fill(FederationService *service) {
        const FederationOptions *options = &service->options;
        Context *context = &service->context;
        int r;

        if (options->n_offices + 1 > OFFICES_MAX)
                return -E2BIG;
        context->engine = options->engine;
        context->office = options->office;
        context->offices[context->n_offices++] = options->office;
        for (size_t i = 0; i < options->n_offices; i++)
                if (!context_hosts(context, options->offices[i]))
                        context->offices[context->n_offices++] = options->offices[i];
        context->root = options->root;
        context->capabilities = registry_capabilities(options->engine->registry);
        r = tree_of(&context->root, &context->tree);
        return r < 0 ? r : plans_get(options->engine->registry, &context->plans);
}

int federation_service_new(const FederationOptions *options, FederationService **ret) {
        FederationService *service = calloc(1, sizeof *service);
        size_t workers = options->inline_work ? 0 : options->workers ? options->workers : 2;
        int r;

        if (!service)
                return -ENOMEM;
        service->options = *options;
        service->options.offices = NULL;
        pthread_mutex_init(&service->lock, NULL);
        pthread_mutex_init(&service->directory_lock, NULL);
        pthread_cond_init(&service->due, NULL);
        pthread_cond_init(&service->settled, NULL);
        service->options.offices = options->offices;
        r = context_fill(service);
        service->options.offices = NULL; /* copied into the context */
        if (r == 0)
                r = directory_load(
                        options->engine->stores[STORE_SYSTEM], &options->root, &service->directory);
        service->house_due = true;
        while (r == 0 && service->n_threads < workers && service->n_threads < WORKERS_MAX) {
                r = -pthread_create(&service->threads[service->n_threads], NULL, worker, service);
                if (r == 0)
                        service->n_threads++;
        }
        if (r < 0) {
                federation_service_free(service);
                return r;
        }
        *ret = service;
        return 0;
}

FederationService *federation_service_free(FederationService *service) {
        if (!service)
                return NULL;
        pthread_mutex_lock(&service->lock);
        service->stopping = true;
        pthread_cond_broadcast(&service->due);
        pthread_mutex_unlock(&service->lock);
        for (size_t i = 0; i < service->n_threads; i++)
                pthread_join(service->threads[i], NULL);
        while (service->sessions)
                session_destroy(service->sessions);
        plans_done(&service->context.plans);
        directory_unref(service->directory);
        pthread_cond_destroy(&service->due);
        pthread_cond_destroy(&service->settled);
        pthread_mutex_destroy(&service->lock);
        pthread_mutex_destroy(&service->directory_lock);
        free(service);
        return NULL;
}

void federation_service_tick(FederationService *service) {
        pthread_mutex_lock(&service->lock);
        if (service->house_failed_ms == 0 ||
                service_now_ms(service) - service->house_failed_ms > HOUSE_RETRY_MS) {
                service->house_failed_ms = 0;
                house_wanted(service);
        }
        step_all(service, INPUT_TICK);
        notify(service);
        pthread_mutex_unlock(&service->lock);
}

void federation_service_changed(FederationService *service) {
        pthread_mutex_lock(&service->lock);
        house_wanted(service);
        pthread_mutex_unlock(&service->lock);
}

/* --- the adapter's door --- */

int federation_session_open(FederationService *service, FederationRole role, const char *fingerprint,
        void *adapter, FederationSession **ret) {
        FederationSession *session = calloc(1, sizeof *session);
        Input input = { .kind = INPUT_CONNECTED };

        if (!session)
                return -ENOMEM;
        session->machine = machine_new(role, fingerprint);
        if (!session->machine) {
                free(session);
                return -ENOMEM;
        }
        session->service = service;
        session->adapter = adapter;
        pthread_mutex_lock(&service->lock);
        if (service->n_sessions == SESSIONS_MAX || service->stopping) {
                pthread_mutex_unlock(&service->lock);
                machine_free(session->machine);
                free(session);
                return -EAGAIN;
        }
        session->next = service->sessions;
        service->sessions = session;
        service->n_sessions++;
        input.now_ms = service_now_ms(service);
        *ret = session;
        step(session, &input);
        pthread_mutex_unlock(&service->lock);
        return 0;
}

int federation_session_receive(FederationSession *session, Bytes frame) {
        FederationService *service = session->service;
        Input input = { .kind = INPUT_FRAME, .frame = frame };
        int r;

        pthread_mutex_lock(&service->lock);
        input.now_ms = service_now_ms(service);
        step(session, &input);
        r = machine_state(session->machine) == MACHINE_CLOSED ? -ESHUTDOWN : 0;
        pthread_mutex_unlock(&service->lock);
        return r;
}

int federation_session_take(FederationSession *session, uint8_t **ret_frame, size_t *ret_size) {
        FederationService *service = session->service;
        OutFrame frame;
        int r;

        pthread_mutex_lock(&service->lock);
        r = machine_take_frame(session->machine, &frame);
        if (r > 0) {
                *ret_frame = frame.data;
                *ret_size = frame.size;
        } else if (r == 0)
                session->notified = false;
        pthread_mutex_unlock(&service->lock);
        return r;
}

void federation_session_sent(FederationSession *session) {
        FederationService *service = session->service;
        Input input = { .kind = INPUT_SENT };

        pthread_mutex_lock(&service->lock);
        input.now_ms = service_now_ms(service);
        step(session, &input);
        pthread_mutex_unlock(&service->lock);
}

void federation_session_close(FederationSession *session) {
        FederationService *service = session->service;

        pthread_mutex_lock(&service->lock);
        session->closed = true;
        if (session->queued)
                session_unqueue(session);
        while (session->notifying > 0)
                pthread_cond_wait(&service->settled, &service->lock);
        /* A worker that is still busy with it destroys it afterwards. */
        if (session->working)
                session->abandoned = true;
        else
                session_destroy(session);
        pthread_mutex_unlock(&service->lock);
}

const char *federation_session_reason(const FederationSession *session) {
        FederationService *service = session->service;
        const char *reason;

        pthread_mutex_lock(&service->lock);
        reason = machine_reason(session->machine);
        pthread_mutex_unlock(&service->lock);
        return reason;
}

/* --- the directory, asked by adapters --- */

int federation_parent_fingerprint(FederationService *service, char ret[static 65]) {
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        const Entry *self = directory_entry(directory, service->context.office), *parent;

        if (!self || self->parent == self->office)
                return -ENOENT;
        parent = directory_entry(directory, self->parent);
        if (!parent || strlen(parent->fingerprint) != 64)
                return -ENOENT;
        memcpy(ret, parent->fingerprint, 65);
        return 0;
}

int federation_child_office(FederationService *service, const char *fingerprint, int64_t *ret_office) {
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        const Entry *entry = directory_by_fingerprint(directory, fingerprint);

        if (!entry || entry->parent == entry->office || !context_hosts(&service->context, entry->parent))
                return -ENOENT;
        *ret_office = entry->office;
        return 0;
}
