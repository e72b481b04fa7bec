/* SPDX-License-Identifier: Apache-2.0 */
/* Imports and papers over HTTP. */

#include <string.h>

#include <node/error.h>
#include <node/text.h>

#include "routes.h"

#define REPORT_BYTES_MAX (64u << 20)

int digest_of_hex(const char *hex, Digest *ret) {
        return hex && strlen(hex) == 2 * sizeof(ret->bytes) ? hex_decode(hex, ret->bytes, sizeof(ret->bytes))
                                                            : -EMALFORMED_;
}

int import_permit(const WebRequest *request, const Importer *importer) {
        const RouteData *data = request->data;
        char function[128];

        if (snprintf(function, sizeof(function), "other:import.%s", importer->name) >=
                (int) sizeof(function))
                return -EFORBIDDEN_;
        return identity_permit(data->identity, &request->caller, function);
}

void import_started(const WebRequest *request, WebReply *reply, int r, Id run) {
        char text[24];

        if (r < 0) {
                web_reply_error(request, reply, r, NULL);
                return;
        }
        snprintf(text, sizeof(text), "%lld", (long long) run.value);
        web_reply_json(reply, json_pack("{s:s}", "run", text));
}

static void import_preview(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        const char *kind = web_json_text(request, "kind"), *name = web_json_text(request, "name");
        const Importer *importer = kind ? importer_find(request->engine->registry, kind) : NULL;
        Digest upload;
        Id run = { 0 };

        int r = importer ? import_permit(request, importer) : -EMALFORMED_;
        if (r == 0)
                r = digest_of_hex(web_json_text(request, "upload"), &upload);
        if (r == 0)
                r = upload_own(request->engine, &request->caller, &upload);
        if (r == 0)
                r = imports_start(data->imports, &request->caller,
                        &(ImportAsked){ importer, &upload, name ? name : "", IMPORT_PREVIEW }, &run);
        import_started(request, reply, r, run);
}

int import_of_run(const WebRequest *request, const char *run, const Importer **ret_importer,
        Digest *ret_upload, const char **ret_file) {
        const RouteData *data = request->data;
        json_t *told = NULL;
        Id id;

        int r = run ? web_id_parse(run, &id) : -EMALFORMED_;
        if (r == 0)
                r = runs_read(data->imports->runs, &request->caller, id, &told);
        if (r < 0)
                return r;
        const json_t *result = json_object_get(told, "result");
        const char *kind = json_string_value(json_object_get(result, "kind"));
        *ret_importer = kind ? importer_find(request->engine->registry, kind) : NULL;
        r = *ret_importer ? digest_of_hex(json_string_value(json_object_get(result, "digest")), ret_upload)
                          : -ENOENT;
        const char *file = json_string_value(json_object_get(result, "file"));
        *ret_file = arena_strdup(request->arena, file ? file : "");
        json_decref(told);
        return r == 0 && !*ret_file ? -ENOMEM : r;
}

static void import_apply(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        const char *mode = web_json_text(request, "mode"), *file;
        const Importer *importer;
        Digest upload;
        Id run = { 0 };

        int r = import_of_run(request, web_json_text(request, "run"), &importer, &upload, &file);
        if (r == 0)
                r = import_permit(request, importer);
        /* the preview of a filing is no way around its acceptance */
        if (r == 0)
                r = upload_own(request->engine, &request->caller, &upload);
        if (r == 0 && !text_equal(mode, "good_rows") && !text_equal(mode, "all_or_nothing"))
                r = -EMALFORMED_;
        if (r == 0)
                r = imports_start(data->imports, &request->caller,
                        &(ImportAsked){ importer, &upload, file,
                                text_equal(mode, "good_rows") ? IMPORT_GOOD_ROWS : IMPORT_ALL_OR_NOTHING },
                        &run);
        import_started(request, reply, r, run);
}

static void import_report(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        Buffer csv = BUFFER_INIT(REPORT_BYTES_MAX);
        Id run;

        const Importer *importer;
        Digest upload;
        const char *file;

        int r = import_of_run(request, request->captures[0], &importer, &upload, &file);
        if (r == 0)
                r = import_permit(request, importer);
        if (r == 0)
                r = web_id_parse(request->captures[0], &run);
        if (r == 0)
                r = imports_run_report(data->imports, &request->caller, run, &csv);
        const char *name = r == 0 ? imports_report_name(request->arena, file) : NULL;
        if (r == 0 && !name)
                r = -ENOMEM;
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_bytes(
                        request, reply, (Bytes){ csv.data, csv.size }, "text/csv; charset=utf-8", name);
        buffer_done(&csv);
}

static int paper_asked(const WebRequest *request, const Paper **ret_paper, Id *ret_subject) {
        *ret_paper = paper_find(request->engine->registry, request->captures[0]);
        return *ret_paper ? web_id_parse(request->captures[1], ret_subject) : -ENOENT;
}

static void paper_post(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        Buffer pdf = BUFFER_INIT(16u << 20);
        const Paper *paper;
        Id subject;

        int r = paper_asked(request, &paper, &subject);
        if (r == 0)
                r = paper_print(request->engine, &request->caller, paper, subject, data->node->blobs, &pdf);
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_json(
                        reply, json_pack("{s:s, s:I}", "paper", paper->name, "size", (json_int_t) pdf.size));
        buffer_done(&pdf);
}

const WebRoute document_routes[] = {
        { "POST", "/api/import/preview", WEB_ORGANIZATION, 0, import_preview,
                "check every row of an uploaded file; changes nothing" },
        { "POST", "/api/import/apply", 0, 0, import_apply, "import what a preview checked" },
        { "GET", "/api/import/{run}/report.csv", WEB_ORGANIZATION, 0, import_report,
                "the user's own file with two more columns" },
        { "POST", "/api/paper/{kind}/{id}", 0, 0, paper_post, "render a paper once and keep it" },
};
const size_t n_document_routes = ELEMENTSOF(document_routes);
