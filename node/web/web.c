/* SPDX-License-Identifier: Apache-2.0 */
/* Puts the front together: routes, descriptions, transport. */

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "web-private.h"

#define BUILTIN_TABLES 4

static bool registry_explain(const Web *web, const Refusal *refusal, Arena *arena, Explanation *ret) {
        const Registry *registry = web->options.engine->registry;
        const ErrorText *error = registry_error(registry, refusal->code);
        const char *sentence = error && arena ? refusal_sentence(registry, refusal, arena) : NULL;

        if (!sentence)
                return false;
        *ret = (Explanation){ sentence, error->clause };
        return true;
}

static int tables_new(Web *web, const WebOptions *options) {
        web->tables = calloc(BUILTIN_TABLES + options->n_tables, sizeof(*web->tables));
        if (!web->tables)
                return -ENOMEM;
        web->tables[0] = (WebRouteTable){ web_session_routes, web_session_routes_n, web };
        web->tables[1] = (WebRouteTable){ web_data_routes, web_data_routes_n, web };
        web->tables[2] = (WebRouteTable){ web_file_routes, web_file_routes_n, web };
        web->tables[3] = (WebRouteTable){ web_export_routes, web_export_routes_n, web };
        web->n_tables = BUILTIN_TABLES + options->n_tables;
        for (size_t i = 0; i < options->n_tables; i++)
                web->tables[BUILTIN_TABLES + i] = options->tables[i];
        return 0;
}

/* The registry is constant while the node runs: its description is made once and named by its digest. */
static int description_new(Web *web, const WebOptions *options) {
        Digest digest;
        char hex[2 * sizeof(digest.bytes) + 1];

        web->describe = registry_describe_json(options->engine->registry);
        web->describe_text = web->describe ? json_dumps(web->describe, JSON_COMPACT) : NULL;
        if (!web->describe_text)
                return -ENOMEM;
        int r = digest_compute(
                options->engine->digest_kind, web->describe_text, strlen(web->describe_text), &digest);
        if (r < 0)
                return r;
        hex_encode(digest.bytes, sizeof(digest.bytes), hex);
        snprintf(web->describe_etag, sizeof(web->describe_etag), "\"%s\"", hex);
        return 0;
}

static int front_open(Web *web, const WebOptions *options) {
        return front_start(
                &(FrontOptions){
                        .socket = options->socket,
                        .workers = options->workers > 0 ? options->workers : WEB_WORKERS_STANDARD,
                        .clock = options->clock,
                        .data = web,
                        .body_bytes = dispatch_body_bytes,
                        .serve = dispatch_serve,
                        .fail = dispatch_fail,
                        .stream_next = progress_next,
                },
                &web->front);
}

int web_start(const WebOptions *options, Web **ret) {
        _cleanup_(web_stopp) Web *web = calloc(1, sizeof(*web));

        if (!web)
                return -ENOMEM;
        signal(SIGPIPE, SIG_IGN); /* whoever hangs up must not take the node with him */
        web->options = *options;
        web->explain = registry_explain;
        web->progress = progress_new();
        web->exports = exports_new();
        if (!web->progress || !web->exports)
                return -ENOMEM;
        uploads_sweep(options->blobs);
        int r = tables_new(web, options);
        if (r == 0)
                r = description_new(web, options);
        if (r == 0)
                r = front_open(web, options);
        if (r < 0)
                return r;
        *ret = TAKE_PTR(web);
        return 0;
}

Web *web_stop(Web *web) {
        if (!web)
                return NULL;
        front_stop(web->front);
        progress_free(web->progress);
        exports_free(web->exports);
        json_decref(web->describe);
        free(web->describe_text);
        free(web->tables);
        free(web);
        return NULL;
}

int web_progress(Web *web, Id run, const WebProgress *progress) {
        int r = progress_put(web->progress, run, progress);
        if (r == 0)
                front_wake(web->front);
        return r;
}
