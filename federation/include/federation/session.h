/* SPDX-License-Identifier: Apache-2.0 */
/* What carries frames between nodes talks to this header only: the gRPC adapter, the in-process simulator
 * and the file bundle are thin. No function here touches a network or waits for one.
 *
 * Life of a session: federation_session_open() when the connection stands, federation_session_receive() for
 * each whole frame that arrives (in order), federation_session_take() for frames to send,
 * federation_session_sent() after each of them left, federation_session_close() when the connection is gone
 * (from either side).
 *
 * Threads: every function may be called from any thread; they take the service's own lock and never wait for
 * a store. Landing, loading and verifying run on the service's workers (or inside federation_service_run()
 * with options.inline_work). options.ready is called without any lock, from any thread, whenever take() has
 * something new to say for that session: be short, hand it to the adapter's own loop (gRPC: an alarm on the
 * completion queue). It is never called for a session after federation_session_close() has returned. */
#pragma once

#include <internal/engine.h>
#include <node/crypto.h>

#define FEDERATION_FRAME_BYTES_MAX (8u << 20) /* longest frame either way: set the transport's limit to it  \
                                               */
#define FEDERATION_CREDIT_BYTES (16u << 20)   /* unacknowledged batch bytes a receiver allows */
/* No acknowledgement for so long: the session is closed and begun anew. */
#define FEDERATION_ACK_WAIT_MS 60000
#define FEDERATION_HELLO_WAIT_MS 20000  /* a silent beginner is cut off */
#define FEDERATION_FRAMES_QUEUED_MAX 64 /* received and not yet worked on; more closes the session */
#define FEDERATION_FRAMES_OUT_MAX 8     /* made and not yet sent; the session makes no more until sent() */

typedef struct FederationService FederationService;
typedef struct FederationSession FederationSession;

typedef enum FederationRole {
        FEDERATION_UP = 1,   /* the peer is our parent: we called out */
        FEDERATION_DOWN = 2, /* the peer is a child: it called us */
} FederationRole;

typedef struct FederationOptions {
        Engine *engine;
        int64_t office;         /* primary office of this node: signs acknowledgements and attestations */
        const int64_t *offices; /* further offices that keep their books here; batches are cut for each */
        size_t n_offices;
        PublicKey root;   /* pinned identity key of the tree's root */
        size_t workers;   /* threads for landing and loading; 0 with inline_work */
        bool inline_work; /* no threads: work is done in federation_service_run() (simulator, tools) */
        void (*ready)(void *data, FederationSession *session, void *adapter);
        void *ready_data;
        void (*log)(void *data, const char *event,
                const char *detail); /* NULL: silent; English, for the journal */
        void *log_data;
} FederationOptions;

/* Borrows the engine and copies the rest. The stores must be migrated with federation_landing_migrate()
 * before. */
int federation_service_new(const FederationOptions *options, FederationService **ret) _must_check_;
/* Closes what is still open and waits for the workers. No other thread may be inside the service any more.
 */
FederationService *federation_service_free(FederationService *service);
DEFINE_CLEANUP(FederationService, federation_service_free)

/* Call about once a second: deadlines, cutting of batches, attestation, silence. */
void federation_service_tick(FederationService *service);
/* Something was committed (Engine.committed): cut and send soon. Cheap. */
void federation_service_changed(FederationService *service);
/* inline_work only: does one piece of waiting work. 1 did something, 0 nothing to do. */
int federation_service_run(FederationService *service);

/* fingerprint: lower-case hex SHA-256 of the peer's transport certificate (DER), already proven by TLS. The
 * session matches it to the directory at hello. adapter is handed back in ready(). -EAGAIN: too many
 * sessions. */
int federation_session_open(FederationService *service, FederationRole role, const char *fingerprint,
        void *adapter, FederationSession **ret) _must_check_;
/* One whole frame; the bytes are copied. Negative: close the connection (federation_session_reason tells
 * why). */
int federation_session_receive(FederationSession *session, Bytes frame) _must_check_;
/* 1: *ret_frame is malloc'd and yours to free; 0: nothing now; negative: close the connection. */
int federation_session_take(FederationSession *session, uint8_t **ret_frame, size_t *ret_size) _must_check_;
/* One taken frame has left (or was handed to a transport that accepted it). */
void federation_session_sent(FederationSession *session);
/* The connection is gone. The session must not be used afterwards. */
void federation_session_close(FederationSession *session);
/* Why the session asked to be closed; static text, "" when it did not. */
const char *federation_session_reason(const FederationSession *session);

/* The fingerprint that the directory gives for our parent; the caller compares it with the server's
 * certificate. -ENOENT: no parent (root) or unknown. ret has 65 bytes. */
int federation_parent_fingerprint(FederationService *service, char ret[static 65]) _must_check_;
/* Is this certificate one of a node that may connect to us as a child? -ENOENT when not. Lets the adapter
 * refuse early. */
int federation_child_office(
        FederationService *service, const char *fingerprint, int64_t *ret_office) _must_check_;

/* --- enrolment: one request, one reply, outside of sessions; the adapter offers it as a unary call
 * ---------------- */

/* At the parent: bytes of an EnrolRequest in, of an EnrolReply out (malloc'd). Malformed input:
 * -EMALFORMED_. */
int federation_enrol_serve(
        FederationService *service, Bytes request, uint8_t **ret_reply, size_t *ret_size) _must_check_;

typedef struct EnrolAsk {
        const char *code; /* one-time code from the parent */
        const char *name, *division_code;
        const char *fingerprint; /* of our own transport certificate */
} EnrolAsk;
/* At the joining node: makes the signed request (malloc'd). Before the service exists: uses engine->keys and
 * clock. */
int federation_enrol_ask(
        Engine *engine, const EnrolAsk *ask, uint8_t **ret_request, size_t *ret_size) _must_check_;
/* Takes the reply: 0 granted and stored (*ret_office), -EAGAIN still waiting for the second person,
 * -EREFUSED_ with the code in ret_code, -EBADMSG entries do not follow from the pinned root. */
int federation_enrol_take(Engine *engine, const PublicKey *root, Bytes reply, int64_t *ret_office,
        char ret_code[static 64]) _must_check_;
/* At the root, once: writes its own first entry, signed by itself, with the whole block of numbers. -EEXIST
 */
typedef struct RootAsk {
        int64_t office; /* 1 */
        const char *name, *division_code, *fingerprint;
        int64_t level; /* DirectoryLevel */
        unsigned capabilities;
} RootAsk;
int federation_root_create(Engine *engine, const RootAsk *ask) _must_check_;

/* --- stores
 * ------------------------------------------------------------------------------------------------------- */

/* Adds to the regulatory store one table per record of the registry's datasets (grows by column). Before the
 * own migrations. */
int federation_landing_migrate(Store *regulatory, const Registry *registry) _must_check_;

/* --- pages: new references; -ENOENT, -EINVAL, -EMALFORMED_. See docs/api.md, "Federation" and "Facts"
 * ------------- */

int federation_tree_json(FederationService *service, const Caller *caller, json_t **ret) _must_check_;
typedef struct BatchListAsk {
        int64_t office, stream; /* 0: all */
        const char *after;      /* "next" of the page before, or NULL */
        size_t limit;           /* 0: 50; at most 200 */
} BatchListAsk;
int federation_batches_json(FederationService *service, const Caller *caller, const BatchListAsk *ask,
        json_t **ret) _must_check_;
int federation_batch_json(FederationService *service, const Caller *caller, int64_t office,
        const char *stream, int64_t epoch, int64_t seq, json_t **ret) _must_check_;
typedef struct FactsAsk {
        const char *measures; /* "deposit.owed,deposit.paid" */
        const char *by;       /* child, month, phase, nature, category */
        int64_t office;       /* 0: our own */
        int32_t from, to;     /* yyyymm, inclusive; 0: open */
} FactsAsk;
int federation_facts_json(
        FederationService *service, const Caller *caller, const FactsAsk *ask, json_t **ret) _must_check_;
/* "detail" … to the number on the wire; -EINVAL. "" for an unknown number. */
int federation_stream_parse(const char *name, int64_t *ret) _must_check_;
const char *federation_stream_name(int64_t stream);
