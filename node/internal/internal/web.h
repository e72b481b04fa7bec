/* SPDX-License-Identifier: Apache-2.0 */
/* The node's web front: SCGI on a Unix socket behind nginx, one route table, whole requests in, whole
 * replies out. A route is the only way in: its row says method, path, whether a session is needed and how
 * large a body may be; the dispatcher has then done CSRF, session and parsing before a handler runs. Other
 * folders add rows of their own (WebRouteTable) and use the web_reply_ functions below; web knows none of
 * them. */
#pragma once

#include <jansson.h>

#include <internal/audit.h>

typedef struct Web Web;

#define WEB_HEAD_BYTES_MAX (16u << 10)
#define WEB_BODY_BYTES_MAX (1u << 20) /* JSON bodies; uploads come as files from nginx */
#define WEB_UPLOAD_BYTES_MAX (300u << 20)
#define WEB_REPLY_BYTES_MAX (16u << 20)
#define WEB_CONNECTIONS_MAX 1024
#define WEB_QUEUE_MAX 256            /* whole requests waiting for a worker; beyond: 503 */
#define WEB_STREAMS_MAX 256          /* progress streams open at once; beyond: 503 */
#define WEB_PROGRESS_MAX 256         /* runs whose last progress is remembered */
#define WEB_EXPORTS_PER_PERSON_MAX 2 /* beyond: 429 */
#define WEB_WORKERS_STANDARD 32
#define WEB_PARAMETERS_MAX 48
#define WEB_CAPTURES_MAX 4
#define WEB_JSON_DEPTH_MAX 32
#define WEB_TOKEN_MAX 128
#define WEB_HEAD_TIMEOUT_MS 15000
#define WEB_BODY_TIMEOUT_MS 60000
#define WEB_SEND_TIMEOUT_MS 60000 /* without a byte taken */
#define WEB_STREAM_BEAT_MS 15000  /* a comment line, so that a vanished reader is noticed */
/* Then the browser connects again, as whoever it is by then, and reads the state afresh: whose session has ended hears
 * nothing more within a minute (domain 0.1, 15). */
#define WEB_STREAM_LIFE_MS 45000

/* --- what a handler gets --- */

/* Who is logged in. Texts live in the request's arena. */
typedef struct WebSession {
        Id session;
        Id person;
        Id organization; /* an involved organization's own user (2.0.11); 0: staff */
        int64_t office;
        const char *name, *login;
        bool must_enrol;  /* only binding the second factor is open */
        bool must_change; /* first log-in: only password, logout and me are open */
        const void *own;  /* identity's own form of it, in the arena */
} WebSession;

typedef struct WebParameter {
        const char *name, *value; /* percent-decoded UTF-8 */
} WebParameter;

typedef struct WebRoute WebRoute;

typedef struct WebRequest {
        Web *web; /* NULL where a dispatcher is tested alone */
        Engine *engine;
        const WebRoute *route;
        void *data;   /* of the route's table */
        Arena *arena; /* freed after the reply has been handed over */
        const char *method, *path;
        const char *captures[WEB_CAPTURES_MAX]; /* {parts} of the path, in order */
        WebParameter parameters[WEB_PARAMETERS_MAX];
        size_t n_parameters;
        json_t *json;            /* body as an object; NULL for GET and raw bodies; borrowed */
        Bytes body;              /* as sent */
        const char *token;       /* of the cookie, or NULL */
        const char *address;     /* of the browser, as nginx saw it */
        const char *agent;       /* what the browser calls itself, or NULL */
        const char *certificate; /* fingerprint of its certificate, only when nginx has verified it */
        const char *idempotency_key, *step_up, *if_none_match;
        const char *partner_certificate; /* of a partner system, PEM as nginx escapes it; only from the partners' own
                                    port */
        const char *signature;   /* of the body, hexadecimal, as the partner sent it */
        const char *upload_file; /* path of the spooled body; only on WEB_UPLOAD routes, set only by nginx */
        WebSession session;      /* zeros on WEB_OPEN routes */
        Caller caller;           /* of the session, with key and step_up: ready for the engine */
} WebRequest;

/* Who reads, for the ledger of readings. */
static inline Seer web_seer(const WebRequest *request) {
        return (Seer){ request->session.person, request->session.office, request->session.session.value,
                request->address };
}
/* NULL when absent. */
const char *web_parameter(const WebRequest *request, const char *name);
/* Member of the JSON body that must be a text without NUL; NULL otherwise. */
const char *web_json_text(const WebRequest *request, const char *name);
/* 0 for those who may open the page of a record; -EFORBIDDEN_. Whether the row is in scope is the engine's to say. */
int web_record_permit(const WebRequest *request, const Record *record) _must_check_;
/* SHA-256 over the certificate that the caller proved to hold. -EAUTHENTICATE_: none, or unreadable. */
int web_certificate_fingerprint(const WebRequest *request, Digest *ret) _must_check_;
/* Member of the JSON body or a text that holds an id ("4398046511104001"). -EMALFORMED_ */
int web_id_parse(const char *text, Id *ret) _must_check_;

/* --- what a handler gives --- */

typedef struct WebReply {
        unsigned status;  /* 0: nothing said yet, answered as 500 */
        const char *type; /* constant */
        Buffer body;
        int fd; /* body from a file instead, owned; -1: none */
        int64_t fd_bytes;
        char etag[80];         /* with quotes, or empty */
        char disposition[900]; /* value of Content-Disposition, or empty */
        char cookie[256];      /* value of Set-Cookie, or empty */
        bool revalidate;       /* no-cache instead of no-store */
        int64_t stream;        /* not 0: a progress stream of this run; body is its beginning */
} WebReply;

/* 200 with the object; steals the reference; NULL answers 500. */
void web_reply_json(WebReply *reply, json_t *object);
void web_reply_empty(WebReply *reply); /* 204 */
/* Attachment out of an open file; takes fd. name is what the browser stores (UTF-8; unsafe characters are
 * replaced). */
void web_reply_file(WebReply *reply, int fd, int64_t bytes, const char *type, const char *name);
/* The same for a frame of our own page: only below /api/shown/, which nginx gives a policy of its own. */
void web_reply_shown(WebReply *reply, int fd, int64_t bytes, const char *type, const char *name);
/* Attachment of these bytes; large ones wait in an unnamed file and not in memory, so they may exceed the
 * bounds above. */
void web_reply_bytes(
        const WebRequest *request, WebReply *reply, Bytes bytes, const char *type, const char *name);
/* Attachment whose bytes the handler appends to reply->body. */
void web_reply_attachment(WebReply *reply, const char *type, const char *name);
/* One of web's own refusals (node/web/errors.def) by its code. */
void web_reply_code(
        const WebRequest *request, WebReply *reply, unsigned status, const char *code, const char *field);
/* The one error shape of docs/api.md for a negative result of the engine, identity or a handler:
 * -EMALFORMED_ 400, -EAUTHENTICATE_ 401, -EFORBIDDEN_ -ESTEPUP_ 403, -ENOENT 404 (always the same bytes),
 * -ECONFLICT_ 409, -E2BIG 413, -EREFUSED_ 422, -EUSERS 429, -EAGAIN -EBUSY -EUNKNOWN_ -EREADONLY_ 503,
 * everything else 500 with an incident number that stands in the log too. refusal may be NULL. */
void web_reply_error(const WebRequest *request, WebReply *reply, int result, const Refusal *refusal);

/* --- routes --- */

typedef enum WebRouteFlags {
        WEB_OPEN = 1 << 0,        /* needs no session */
        WEB_MUST_CHANGE = 1 << 1, /* open also to those who must change their password first */
        WEB_RAW = 1 << 2,         /* the body is not JSON */
        WEB_MUST_ENROL = 1 << 4,  /* open also to those who must bind a second factor first */
        WEB_ORGANIZATION = 1 << 5, /* open also to users of involved organizations (2.0.11) */
        WEB_UPLOAD = 1 << 3,      /* the body is a file that nginx spooled; implies WEB_RAW */
} WebRouteFlags;

struct WebRoute {
        const char *method; /* "GET", "POST"; anything but GET passes the CSRF check */
        const char *path;   /* "/api/paper/{kind}/{id}.pdf"; {part} is 1 or more of [A-Za-z0-9_.-] */
        unsigned flags;
        size_t body_bytes_max; /* 0: WEB_BODY_BYTES_MAX for anything but GET */
        void (*handle)(WebRequest *request, WebReply *reply); /* on a worker; may wait for a commit */
        const char *summary;                                  /* for OpenAPI, English */
};

typedef struct WebRouteTable {
        const WebRoute *routes; /* earlier rows win */
        size_t n;
        void *data; /* becomes request->data */
} WebRouteTable;

/* --- what main plugs in --- */

/* What stands in the caller's office (14.2.5): everybody is told. */
typedef struct WebEmergency {
        Id id;
        const char *kind, *declared_by;
        Instant declared_at;
        bool read_only; /* for this caller */
} WebEmergency;
/* What somebody may use, in the order of modules; arrays in the arena. */
typedef struct WebFunctions {
        const char *watermark; /* on every page of a visitor; NULL: none */
        const Command **commands;
        size_t n_commands;
        const View **views;
        size_t n_views;
        const char **posts; /* labels */
        size_t n_posts;
        const char **doors; /* what is neither command nor view: "facts.read" */
        size_t n_doors;
        const WebEmergency *emergency; /* NULL: none stands */
        int64_t password_characters;   /* the fewest of a new password in this office; 0: not told */
} WebFunctions;

/* Identity as web needs it: web_identity_fill() connects node/identity, tests bring their own. Called on
 * workers. */
/* What somebody shows to prove who he is; NULL where not given. */
typedef struct WebProof {
        const char *password, *code, *certificate, *challenge, *signature;
} WebProof;
#define WEB_FACTORS_MAX 4
typedef struct WebWanted {
        const char *kinds[WEB_FACTORS_MAX]; /* second factors of which one is asked for */
        size_t n;
        Refusal refusal; /* of -EREFUSED_: may not come in now */
} WebWanted;

typedef struct WebIdentity {
        void *data;
        /* Writes the token of a new session. -EREFUSED_ not now, -EAUTHENTICATE_ wrong, -EUSERS locked or too
         * many, -ESTEPUP_: a second factor is asked for. */
        int (*login)(void *data, const WebRequest *request, const char *login, const WebProof *proof,
                char ret_token[static WEB_TOKEN_MAX], WebSession *ret, WebWanted *ret_wanted);
        /* Also moves the idle time on. -EAUTHENTICATE_ */
        int (*session)(void *data, const char *token, Arena *arena, WebSession *ret);
        int (*logout)(void *data, const char *token, const char *address);
        /* -EREFUSED_ with the rule it breaks, -EUSERS locked. */
        int (*password)(void *data, const WebRequest *request, const char *old_password,
                const char *new_password, Refusal *ret);
        /* A proof bound to command and input. -EAUTHENTICATE_ wrong password, -EUSERS, -EREFUSED_,
         * -EMALFORMED_. */
        int (*step_up)(void *data, const WebRequest *request, const WebProof *proof, const Command *command,
                const json_t *input, const char **ret_proof);
        int (*functions)(void *data, const WebRequest *request, WebFunctions *ret);
        int (*sessions)(void *data, const WebRequest *request, json_t **ret); /* array */
        int (*session_end)(void *data, const WebRequest *request, Id which);  /* -ENOENT: not one's own */
        int (*sessions_end_others)(void *data, const WebRequest *request);
} WebIdentity;

struct Identity;
typedef struct WebIdentityLink {
        struct Identity *identity;
        Engine *engine;
} WebIdentityLink;
/* The table over node/identity; link must live as long as it. */
void web_identity_fill(WebIdentityLink *link, WebIdentity *ret);

/* A run as docs/api.md shows it: {"state","done","total","message","result"}; -ENOENT also when not the
 * caller's. */
typedef struct WebRuns {
        void *data;
        int (*read)(void *data, const Caller *caller, Id run, json_t **ret);
} WebRuns;

typedef struct WebPapers {
        void *data;
        /* A copy of the archived bytes for whoever asks, and what the browser calls the file (NULL: KIND-ID.pdf).
         * -ENOENT */
        int (*read)(void *data, const WebRequest *request, const char *kind, Id id, Buffer *ret_pdf,
                const char **ret_name);
} WebPapers;

/* A hand-written page of the console in the menu of GET /api/me; shown to who may use the view or the
 * command. */
typedef struct WebPage {
        const char *group, *label;  /* Chinese; from a data table of whoever owns the page */
        const char *page;           /* the console's name of it: "federation" */
        const char *view, *command; /* right it needs; both NULL: everybody */
} WebPage;

typedef struct WebUpload {
        const char *purpose, *name;
        int64_t bytes;
        Digest digest;
        const char *path; /* durable blob */
} WebUpload;
typedef struct WebUploads {
        void *data;
        /* Whether the caller has any use for a file; asked before a byte of it is kept. NULL: everybody has. */
        int (*permit)(void *data, const WebRequest *request);
        /* Records the blob and gives it the text by which later calls name it. Whole struct absent: the
         * digest in hex. */
        int (*keep)(void *data, const Caller *caller, const WebUpload *upload, Arena *arena,
                const char **ret_name);
} WebUploads;

typedef struct WebOptions {
        Engine *engine;
        const Clock *clock;
        const char *socket;            /* path of the Unix socket */
        const char *spool;             /* where nginx leaves uploads */
        const char *blobs;             /* durable files by digest; temporary files lie here too */
        const char *origin;            /* "https://host:port" */
        const char *node_name, *level; /* for GET /api/me: "county" … */
        /* Name of an office as people read it, in the arena; NULL, or an answer of NULL: node_name. */
        const char *(*office_name)(void *data, int64_t office, Arena *arena);
        void *office_data;
        size_t workers; /* 0: WEB_WORKERS_STANDARD */
        const WebIdentity *identity;
        Audit *audit;        /* NULL: nobody keeps what was seen (tests) */
        const WebRuns *runs; /* NULL: those routes answer 404 */
        struct Runs *run_queue; /* of exports as runs; NULL: those routes answer 404 */
        const WebPapers *papers;
        const WebUploads *uploads;
        const WebPage *pages; /* before the views of the registry in the menu */
        size_t n_pages;
        const WebRouteTable *tables; /* of other folders; copied, the rows are not */
        size_t n_tables;
} WebOptions;

/* Ignores SIGPIPE in the process, binds the socket (a stale one is replaced, -EADDRINUSE a living one),
 * starts threads. Texts and tables of options must live until web_stop. -ENAMETOOLONG, -ENOMEM, -EIO … */
int web_start(const WebOptions *options, Web **ret) _must_check_;
/* Accepts nothing new, lets running requests finish and their replies leave, joins all threads. NULL is
 * accepted. */
Web *web_stop(Web *web);
DEFINE_CLEANUP(Web, web_stop)

/* A file that a run has made: GET /api/export/{run}/file gives it to that person for an hour. Takes fd. */
typedef struct WebFile {
        int fd;
        int64_t bytes;
        const char *type, *name; /* type: constant */
} WebFile;
void web_keep_file(Web *web, Id run, Id person, const WebFile *file);

/* Progress of a run, from any thread: open streams of it show it at once, later ones begin with it. final
 * ends them. message may be NULL. -EAGAIN: too many unfinished runs; the streams then learn it when they
 * connect again. */
typedef struct WebProgress {
        const char *state; /* "running", "done", "failed" */
        int64_t done, total;
        const char *message;
        bool final;
} WebProgress;
int web_progress(Web *web, Id run, const WebProgress *progress) _must_check_;

/* Path of a blob below the folder: blobs/ab/cdef…; in the arena. NULL: no memory. */
char *web_blob_path(const char *blobs, const Digest *digest, Arena *arena);

/* OpenAPI 3 document of the built-in routes, every command and view of the registry, and routes of others.
 */
json_t *web_openapi(const Registry *registry, const WebRoute *routes, size_t n_routes);
