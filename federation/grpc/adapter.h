/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the adapter share. Everything here belongs to the queue thread (transport_run) unless it
 * says otherwise; other threads leave a note under the lock and ring the bell. */
#pragma once

#include <pthread.h>

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>

#include <federation/transport.h>

#define METHOD_EXCHANGE "/fundnode.federation.v1.Federation/Exchange"
#define METHOD_ENROL "/fundnode.federation.v1.Federation/Enrol"

#define PULSE_MS 250                /* how often limits of time are looked at */
#define PAUSE_FIRST_MS 1000         /* between two calls to the parent; doubles … */
#define PAUSE_LAST_MS 60000         /* … up to here */
#define STAND_WAIT_MS 20000         /* a call to the parent that does not stand by then is given up */
#define DRAIN_WAIT_MS 5000          /* last frames and the status of a call that ends */
#define STOP_WAIT_MS 2000           /* calls still open after so long are cancelled when the node stops */
#define TRUST_CHECK_MS 5000         /* how often standing lines are held against the directory again */
#define ENROL_WAIT_MS 20000         /* both sides of an enrolment */
#define ENROL_BYTES_MAX (64u << 10) /* either message of an enrolment */
#define ENROL_WAITING_MAX 16        /* requests taken in and not answered */
#define CALLS_MAX 4096              /* calls of any kind at one time; more wait in the peers */
#define CALLS_PER_CONNECTION_MAX 16
#define GRPC_LINES_MAX 60 /* lines of the library's own journal in a minute */

/* What an event of the completion queue means: done(owner, ok). */
typedef struct Tag {
        void (*done)(void *owner, bool ok);
        void *owner;
} Tag;

typedef struct Stream Stream;
typedef struct EnrolCall EnrolCall;

/* The worker that answers enrolments: it may wait for the store, which the queue thread must not. */
typedef struct EnrolDesk {
        pthread_t thread;
        bool running;
        pthread_cond_t changed;
        EnrolCall *waiting, *answered; /* under the lock */
        bool closing;                  /* under the lock */
        EnrolCall *calls;
        size_t n_calls;
} EnrolDesk;

typedef struct Listener {
        grpc_server *server;
        int port;
        Tag arrived, shut;
        bool posted, closing, closed;
        grpc_call *call; /* filled by the posted request */
        grpc_call_details details;
        grpc_metadata_array metadata;
} Listener;

typedef struct ParentLine {
        Stream *stream; /* to the parent, or NULL */
        bool up;        /* what the operator wants */
        int64_t call_at_ms, pause_ms;
} ParentLine;

struct Transport {
        char *listen, *parent, *certificate_pem, *key_pem;
        void (*log)(void *data, const char *event, const char *detail);
        void *log_data;
        FederationService *service;

        pthread_t thread;
        bool started, running;
        grpc_completion_queue *queue;
        grpc_channel *bell_channel; /* leads nowhere; its call exists to put a tag into the queue from any
                                       thread */
        grpc_call *bell_call;
        Tag bell;

        pthread_mutex_t lock;
        bool rung, stopping, line_up; /* under the lock */
        Stream *ready;                /* under the lock: sessions with something to say */

        bool ending; /* the queue thread has seen stopping */
        Stream *streams;
        size_t n_calls; /* everything that still waits for an event of a call */
        int64_t pulse_at_ms, trust_at_ms, cancel_at_ms;
        Listener listener;
        ParentLine caller;
        EnrolDesk desk;
};

/* transport.c */
int64_t transport_now_ms(void);
void transport_ring(Transport *transport);
void transport_log(Transport *transport, const char *event, const char *format, ...) _printf_(3, 4);
/* Starts operations whose completion comes as tag. Operations of one call never fail to start but by our own
 * mistake. */
void batch_start(grpc_call *call, const grpc_op *operations, size_t n, Tag *tag);
/* Contents of a message, malloc'd and at least one byte long. -EMALFORMED_: compressed; -E2BIG; -ENOMEM. */
int message_bytes(grpc_byte_buffer *message, size_t size_max, uint8_t **ret, size_t *ret_size) _must_check_;
/* Takes malloc'd bytes over. */
grpc_byte_buffer *message_new(uint8_t *data, size_t size);

/* credentials.c */
/* Lower-case hex SHA-256 over the first certificate of a PEM. -EMALFORMED_ */
int certificate_fingerprint(const char *pem, size_t size, char ret[static 65]) _must_check_;
/* Of the certificate that the other end of a call has proven to hold. -ENOENT */
int call_fingerprint(grpc_call *call, char ret[static 65]) _must_check_;
grpc_server_credentials *credentials_listen(const Transport *transport);
/* expected NULL: any certificate will do (enrolment). */
grpc_channel_credentials *credentials_call(
        const char *certificate_pem, const char *key_pem, const char *expected);
/* A channel that connects once, when its first call is made. -ENOMEM */
int channel_new(const char *target, grpc_channel_credentials *credentials, grpc_channel **ret) _must_check_;

/* listener.c */
/* Takes the call over. detail is static text. */
void call_refuse(Transport *transport, grpc_call *call, grpc_status_code status, const char *detail);
int listener_open(Transport *transport) _must_check_;
void listener_post(Transport *transport);
void listener_close(Transport *transport);
void listener_done(Transport *transport);

/* stream.c */
/* Takes the call over when it returns 0. -EAGAIN: too many sessions; -ENOMEM. */
int stream_accept(Transport *transport, grpc_call *call, const char *fingerprint) _must_check_;
/* Takes the channel over when it returns 0. */
int stream_call(Transport *transport, grpc_channel *channel, Stream **ret) _must_check_;
void stream_push(Stream *stream);
/* An orderly end: the session is closed, the peer learns the status. detail is static text. */
void stream_end(Stream *stream, grpc_status_code status, const char *detail);
/* The end without any order, as when a cable is pulled. */
void stream_cut(Stream *stream, const char *detail);
void stream_pulse(Stream *stream, int64_t now_ms, bool check_trust);
Stream *stream_next(Stream *stream);
/* Hands out and empties the list of sessions with something to say, one at a time; NULL at its end. */
Stream *stream_take_ready(Transport *transport);

/* caller.c */
void caller_pulse(Transport *transport, int64_t now_ms);
void caller_line(Transport *transport, bool up);
/* The stream to the parent is gone; stood_ms 0: it never stood. */
void caller_lost(Transport *transport, int64_t stood_ms);

/* enrol-desk.c */
int desk_open(Transport *transport) _must_check_;
void desk_accept(Transport *transport, grpc_call *call);
void desk_answer(Transport *transport);
void desk_pulse(Transport *transport, int64_t now_ms);
void desk_cancel(Transport *transport);
void desk_close(Transport *transport);

/* journal.c: the library's own lines go where the adapter's go. One adapter at a time owns them, the last
 * opened. */
void journal_open(Transport *transport);
void journal_close(Transport *transport);
