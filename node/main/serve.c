/* SPDX-License-Identifier: Apache-2.0 */
/* The running node: what opens first closes last. Signals, ticks and the watchdog are one loop in this
 * thread; everything else has threads of its own. */

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <systemd/sd-daemon.h>

#include <federation/transport.h>
#include <internal/identity.h>
#include <internal/log.h>
#include <node/date.h>
#include <node/error.h>
#include <node/text.h>

#include "routes.h"
#include "verbs.h"

#define TICK_MS 1000
#define VERIFY_EVERY_MS (24 * INT64_C(3600000))
#define FEDERATION_WORKERS 2
#define WATERMARK_BYTES_MAX 1024
#define HEAPS_MAX 2
#define HEAP_PIECE_BYTES_MAX (256 << 10) /* the largest chunks of an arena are larger */
#define HEAP_SPARE_BYTES_MAX (1 << 20)
#define PAPER_COPY_BYTES_MAX (24u << 20)

typedef struct Server {
        Node node;
        Arena *arena;
        Identity *identity;
        Audit *audit;
        Syslog *syslog;
        WebIdentityLink identity_link;
        WebIdentity web_identity;
        Runs *runs;
        WebRuns web_runs;
        WebPapers web_papers;
        WebUploads web_uploads;
        Imports imports;
        Transport *transport;
        FederationService *federation;
        RouteData route_data;
        Web *web;
        pthread_mutex_t web_lock; /* progress comes from the runs' thread, the front may be going */
        char self[CONFIG_TEXT_MAX];
        TransportPair pair;
        pthread_t verifier;
        bool verifying;
        int64_t verified_ms;
} Server;

static void federation_log(void *data, const char *event, const char *detail) {
        log_info("federation: %s: %s", event, detail);
}

/* A commit may have made rows for the parent. */
static void committed(void *data, StoreId store, int64_t seq) {
        Server *server = data;

        if (server->federation)
                federation_service_changed(server->federation);
}

static void run_changed(void *data, Id run, const RunProgress *progress) {
        Server *server = data;
        const WebProgress told = { .state = progress->state,
                .done = progress->done,
                .total = progress->total,
                .final = progress->final };

        pthread_mutex_lock(&server->web_lock);
        if (server->web && web_progress(server->web, run, &told) < 0)
                log_warning("progress of run %lld could not be shown", (long long) run.value);
        pthread_mutex_unlock(&server->web_lock);
}

static int web_runs_read(void *data, const Caller *caller, Id run, json_t **ret) {
        return runs_read(data, caller, run, ret);
}

/* Name, posts, office and time: under every page of the copy (14.2.3). */
static int watermark_text(const Server *server, const WebRequest *request, char *ret, size_t max) {
        const WebIdentity *identity = &server->web_identity;
        char at[INSTANT_TEXT_MAX];
        WebFunctions may = { 0 };

        int r = identity->functions(identity->data, request, &may);
        if (r < 0)
                return r;
        instant_format(clock_now(&clock_real), at);
        snprintf(ret, max, "%s %s  %s  %s", request->session.name, may.n_posts ? may.posts[0] : "",
                server->node.config.name, at);
        return 0;
}

static int copy_given(Server *server, const WebRequest *request, const Paper *paper, Id id, Buffer *pdf) {
        Buffer copy = BUFFER_INIT(PAPER_COPY_BYTES_MAX);
        const Seer seer = web_seer(request);
        char text[WATERMARK_BYTES_MAX];
        Digest digest;

        int r = watermark_text(server, request, text, sizeof(text));
        if (r == 0)
                r = paper_copy((Bytes){ pdf->data, pdf->size }, text, &copy);
        if (r == 0)
                r = digest_compute(server->node.engine.digest_kind, copy.data, copy.size, &digest);
        if (r == 0)
                r = audit_saw_paper(server->audit, &seer, paper, id, &digest);
        if (r < 0) {
                buffer_done(&copy);
                return r;
        }
        buffer_done(pdf);
        *pdf = copy;
        return 0;
}

static int web_papers_read(void *data, const WebRequest *request, const char *kind, Id id, Buffer *ret_pdf,
        const char **ret_name) {
        Server *server = data;
        const Paper *paper = paper_find(server->node.registry, kind);

        *ret_name = NULL;
        if (!paper)
                return -ENOENT;
        int r = paper_archived(
                &server->node.engine, &request->caller, paper, id, server->node.blobs, ret_pdf);
        return r < 0 ? r : copy_given(server, request, paper, id, ret_pdf);
}

/* Who attaches papers or imports lists; nobody else fills the disk. */
static int upload_permit(void *data, const WebRequest *request) {
        Server *server = data;
        size_t n;
        const Module *const *modules = registry_modules(server->node.registry, &n);
        char function[128];

        for (size_t i = 0; i < n; i++)
                for (const Importer *const *at = modules[i]->importers; at && *at; at++) {
                        snprintf(function, sizeof(function), "other:import.%s", (*at)->name);
                        if (identity_holds(server->identity, &request->caller, function) == 0)
                                return 0;
                }
        return identity_permit(server->identity, &request->caller, "other:attachment.write");
}

static int upload_kept(
        void *data, const Caller *caller, const WebUpload *upload, Arena *arena, const char **ret_name) {
        Server *server = data;

        return upload_keep(&server->node.engine, caller, &upload->digest);
}

static int federation_begin(Server *server) {
        Config *config = &server->node.config;
        PublicKey root;

        if (server->node.office == 0) {
                log_warning("not enrolled: no office number yet; see fundnode enrol");
                return 0;
        }
        int r = node_transport(&server->node, server->arena, &server->pair);
        if (r == 0)
                r = node_root_key(&server->node, &root);
        if (r < 0)
                return r;
        const TransportOptions transport = { .listen = config->listen,
                .parent = config->parent,
                .certificate_pem = server->pair.certificate,
                .key_pem = server->pair.key,
                .log = federation_log };
        r = transport_new(&transport, &server->transport);
        if (r < 0)
                return r;
        const FederationOptions options = { .engine = &server->node.engine,
                .office = server->node.office,
                .root = root,
                .workers = FEDERATION_WORKERS,
                .ready = transport_ready,
                .ready_data = server->transport,
                .log = federation_log };
        r = federation_service_new(&options, &server->federation);
        return r == 0 ? transport_start(server->transport, server->federation) : r;
}

static int web_begin(Server *server) {
        Node *node = &server->node;

        if (text_empty(node->config.origin))
                return 0;
        server->identity_link = (WebIdentityLink){ server->identity, &node->engine };
        web_identity_fill(&server->identity_link, &server->web_identity);
        server->web_runs = (WebRuns){ server->runs, web_runs_read };
        server->web_papers = (WebPapers){ server, web_papers_read };
        server->web_uploads = (WebUploads){ server, upload_permit, upload_kept };
        server->route_data =
                (RouteData){ node, &server->imports, server->federation, server->identity, server->audit };
        const WebRouteTable tables[] = {
                { document_routes, n_document_routes, &server->route_data },
                { federation_routes, n_federation_routes, &server->route_data },
                { identity_routes, n_identity_routes, &server->route_data },
                { audit_routes, n_audit_routes, &server->route_data },
                { partner_routes, n_partner_routes, &server->route_data },
                { attachment_routes, n_attachment_routes, &server->route_data },
                { filing_routes, n_filing_routes, &server->route_data },
                { desk_routes, n_desk_routes, &server->route_data },
        };
        const WebOptions options = { .engine = &node->engine,
                .clock = &clock_real,
                .socket = node->config.web_socket,
                .spool = node->config.spool,
                .blobs = node->blobs,
                .origin = node->config.origin,
                .node_name = node->config.name,
                .level = level_name(node->config.level),
                .workers = (size_t) node->config.workers,
                .identity = &server->web_identity,
                .audit = server->audit,
                .runs = &server->web_runs,
                .run_queue = server->runs,
                .papers = &server->web_papers,
                .uploads = &server->web_uploads,
                .tables = tables,
                .n_tables = ELEMENTSOF(tables) };
        Web *web;
        int r = web_start(&options, &web);
        if (r < 0)
                return r;
        pthread_mutex_lock(&server->web_lock);
        server->web = web;
        pthread_mutex_unlock(&server->web_lock);
        return 0;
}

static int config_digest(const char *path, Digest *ret) {
        char bytes[64 * 1024];
        FILE *file = fopen(path, "re");

        if (!file)
                return -errno;
        size_t n = fread(bytes, 1, sizeof(bytes), file);
        fclose(file);
        return digest_compute(DIGEST_SM3, bytes, n, ret);
}

static int failed(const char *step, int r) {
        log_error("%s: %s", step, r > -5000 ? strerror(-r) : "refused");
        return r;
}

/* Version, schema and configuration against those of the last run (14.2.2). */
static int state_begin(Server *server, const char *path) {
        char hex[2 * sizeof(Digest) + 1];
        Digest digest;

        int r = config_digest(path, &digest);
        if (r < 0)
                return r;
        hex_encode(digest.bytes, sizeof(digest.bytes), hex);
        return audit_state_begin(server->audit, FUNDNODE_VERSION, hex);
}

/* What an inner node is: people, readings, runs, peers, pages. */
static int inner_begin(Server *server, const Config *config, const char *path) {
        int r = identity_open(
                &server->node.engine, (PasswordMethod) config->password_method, &server->identity);
        if (r < 0)
                return failed("identity", r);
        r = audit_open(&server->node.engine, server->identity, &server->audit);
        if (r < 0)
                return failed("audit", r);
        r = state_begin(server, path);
        if (r < 0 && r != -EREADONLY_)
                return failed("state", r);
        const SyslogOptions syslog = { config->syslog, config->syslog_ca, config->syslog_pin,
                config->division };
        if (!text_empty(config->syslog))
                r = syslog_start(server->audit, &syslog, &server->syslog);
        if (r < 0 && r != -EREADONLY_)
                return failed("syslog", r);
        r = runs_new(&clock_real, &server->runs);
        if (r < 0)
                return failed("runs", r);
        runs_listen(server->runs, run_changed, server);
        server->imports = (Imports){ &server->node.engine, server->runs, server->self, server->node.blobs };
        r = federation_begin(server);
        if (r < 0)
                return failed("federation", r);
        r = web_begin(server);
        return r < 0 ? failed("web", r) : 0;
}

static int server_begin(Server *server, const Config *config, const char *path) {
        ssize_t n = readlink("/proc/self/exe", server->self, sizeof(server->self) - 1);

        server->arena = arena_new(1u << 20);
        if (n < 0 || !server->arena)
                return failed("start", n < 0 ? -errno : -ENOMEM);
        int r = node_open(config, NODE_SERVE, &server->node);
        if (r < 0)
                return r;
        server->node.engine.committed = committed;
        server->node.engine.committed_data = server;
        if (config->zone == ZONE_OUTER) {
                log_info("outer node: nothing of the inner side exists here");
                return 0;
        }
        return inner_begin(server, config, path);
}

static void server_end(Server *server) {
        if (server->verifying)
                pthread_join(server->verifier, NULL);
        pthread_mutex_lock(&server->web_lock);
        Web *web = TAKE_PTR(server->web);
        pthread_mutex_unlock(&server->web_lock);
        web_stop(web);
        server->runs = runs_free(server->runs);
        server->transport = transport_stop(server->transport);
        server->federation = federation_service_free(server->federation);
        server->syslog = syslog_stop(server->syslog);
        server->audit = audit_close(server->audit);
        server->identity = identity_close(server->identity);
        node_close(&server->node);
        server->arena = arena_free(server->arena);
}

static void finding_log(
        void *data, const char *invariant, const char *record, int64_t id, const char *detail) {
        Server *server = data;
        char text[512];

        log_error("verify: %s %s %lld: %s", invariant, record, (long long) id, detail);
        snprintf(text, sizeof(text), "%s %s %lld: %s", invariant, record, (long long) id, detail);
        const SecurityNote note = { .kind = "read_only",
                .office = server->node.office,
                .login = "",
                .address = "",
                .detail = text };
        if (server->identity && identity_note(server->identity, &note) < 0)
                log_error("verify: the finding could not be recorded");
}

/* V of the invariants: a store with a finding is closed to writing until people have looked (reliability).
 */
static void *verify_thread(void *data) {
        Server *server = data;

        for (StoreId id = STORE_SYSTEM; id <= STORE_REGULATORY; id++) {
                Store *store = server->node.stores[id];
                if (!store)
                        continue;
                int r = verify_store(&server->node.engine, id, finding_log, server);
                if (r > 0)
                        store_set_read_only(store, "verify found what must not be");
                else if (r < 0)
                        log_warning("verify: store %d could not be read: %d", (int) id, r);
        }
        if (!server->audit)
                return NULL;
        int r = audit_verify(&server->node.engine, finding_log, server);
        if (r > 0)
                store_set_read_only(server->node.stores[STORE_SYSTEM], "the ledger of readings was changed");
        else if (r < 0)
                log_warning("verify: the ledger of readings could not be read: %d", r);
        return NULL;
}

static void verify_start(Server *server) {
        int64_t now = clock_real.monotonic_ms(clock_real.data);

        if (server->verified_ms && now - server->verified_ms < VERIFY_EVERY_MS)
                return;
        if (server->verifying)
                pthread_join(server->verifier, NULL);
        server->verified_ms = now;
        server->verifying = pthread_create(&server->verifier, NULL, verify_thread, server) == 0;
}

static int loop(Server *server, int signals) {
        int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
        const struct itimerspec every = { { TICK_MS / 1000, 0 }, { TICK_MS / 1000, 0 } };
        struct pollfd wait[] = { { .fd = signals, .events = POLLIN }, { .fd = timer, .events = POLLIN } };
        uint64_t ticks;

        if (timer < 0 || timerfd_settime(timer, 0, &every, NULL) < 0)
                return -errno;
        sd_notify(0, "READY=1");
        log_info("ready: %s, office %lld", server->node.config.name, (long long) server->node.office);
        for (;;) {
                if (poll(wait, ELEMENTSOF(wait), -1) < 0 && errno != EINTR)
                        break;
                if (wait[0].revents & POLLIN)
                        break;
                if (!(wait[1].revents & POLLIN) || read(timer, &ticks, sizeof(ticks)) < 0)
                        continue;
                if (server->federation)
                        federation_service_tick(server->federation);
                verify_start(server);
                if (server->audit)
                        audit_state_tick(server->audit);
                sd_notify(0, "WATCHDOG=1");
        }
        sd_notify(0, "STOPPING=1");
        log_info("stopping");
        if (server->audit && audit_state_end(server->audit) < 0)
                log_warning("the stop could not be noted");
        close(timer);
        return 0;
}

/* By itself glibc keeps up to eight heaps for each core and gives back little of any: what one thread freed,
 * another does not find. Large pieces, such as the arena of an import, go back to the system at once. */
static void memory_settings(void) {
        if (mallopt(M_ARENA_MAX, HEAPS_MAX) != 1 || mallopt(M_MMAP_THRESHOLD, HEAP_PIECE_BYTES_MAX) != 1 ||
                mallopt(M_TRIM_THRESHOLD, HEAP_SPARE_BYTES_MAX) != 1)
                log_warning("the heap keeps the system's settings");
}

int verb_serve(int argc, char **argv) {
        const char *path = option_value(argc, argv, "--config");
        Server *server = calloc(1, sizeof(Server));
        Config config;
        sigset_t set;

        if (!path || !server) {
                free(server);
                return VERB_USAGE;
        }
        if (config_load(path, &config) < 0) {
                fprintf(stderr, "fundnode: %s cannot be read\n", path);
                free(server);
                return EXIT_FAILURE;
        }
        pthread_mutex_init(&server->web_lock, NULL);
        log_open(config.division, LOG_LEVEL_INFO);
        memory_settings();
        /* before any thread begins, so that signals come here only */
        sigemptyset(&set);
        sigaddset(&set, SIGTERM);
        sigaddset(&set, SIGINT);
        sigprocmask(SIG_BLOCK, &set, NULL);
        signal(SIGPIPE, SIG_IGN);
        int signals = signalfd(-1, &set, SFD_CLOEXEC);
        int r = signals < 0 ? -errno : server_begin(server, &config, path);
        if (r == 0)
                r = loop(server, signals);
        server_end(server);
        if (signals >= 0)
                close(signals);
        free(server);
        return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
