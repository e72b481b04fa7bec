/* SPDX-License-Identifier: Apache-2.0 */
/* Building tables filed by involved organizations (4.2.3): what a unit files is what its own preview found,
 * and what the office accepts is the file it has looked at. */

#include <string.h>

#include <node/error.h>
#include <node/money.h>
#include <node/text.h>

#include "routes.h"

static const char kind_filed[] = "building_table";

static void command_answer(
        const WebRequest *request, WebReply *reply, int r, const Command *command, const Reply *done) {
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else if (done->result < 0)
                web_reply_error(request, reply, done->result, &done->refusal);
        else
                web_reply_json(
                        reply, json_pack("{s:o}", "output", record_to_json(command->output, done->output)));
}

/* The area's sum, the one total such a file has, as a command takes it; new reference or NULL. */
static json_t *area_sum(const json_t *result) {
        const json_t *total = json_array_get(json_object_get(result, "totals"), 0);
        const char *text = json_string_value(json_object_get(total, "value"));
        Area area;

        return text && area_parse(text, &area) == 0 ? json_sprintf("%lld", (long long) area.centi_m2) : NULL;
}

/* The input of the command from the result of a run. */
static json_t *filing_input(const json_t *result, const char *area_name) {
        return json_pack("{s:s, s:O, s:O, s:O, s:O, s:o}", "area_name", area_name, "file_name",
                json_object_get(result, "file"), "digest", json_object_get(result, "digest"), "rows_total",
                json_object_get(result, "rows"), "rows_good", json_object_get(result, "accepted"),
                "covered_area", area_sum(result));
}

static int filing_from_run(const WebRequest *request, json_t **ret) {
        const RouteData *data = request->data;
        const char *run = web_json_text(request, "run"), *area_name = web_json_text(request, "area_name");
        json_t *told = NULL;
        Id id;

        int r = run && area_name ? web_id_parse(run, &id) : -EMALFORMED_;
        if (r == 0)
                r = runs_read(data->imports->runs, &request->caller, id, &told);
        if (r < 0)
                return r;
        const json_t *result = json_object_get(told, "result");
        if (!text_equal(json_string_value(json_object_get(result, "kind")), kind_filed))
                r = -ENOENT;
        if (r == 0) {
                *ret = filing_input(result, area_name);
                r = *ret ? 0 : -EMALFORMED_;
        }
        json_decref(told);
        return r;
}

static void filing_send(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        const Command *command = registry_command(request->engine->registry, "essential.file_buildings");
        Reply done = { 0 };
        json_t *input = NULL;

        int r = command ? identity_permit(data->identity, &request->caller, "other:filing.send") : -ENOENT;
        if (r == 0)
                r = filing_from_run(request, &input);
        if (r == 0)
                command_execute_json(
                        request->engine, &request->caller, command, input, request->arena, &done);
        json_decref(input);
        command_answer(request, reply, r, command, &done);
}

/* The row as the caller may see it. */
static int filing_row(const WebRequest *request, json_t **ret) {
        const View *view = registry_view(request->engine->registry, "essential.building_filings");
        const ViewCall call = {
                .filters = { { "id", FILTER_EQUAL, request->captures[0] } }, .n_filters = 1, .limit = 1
        };
        json_t *list = NULL;
        Id id;

        int r = view ? web_id_parse(request->captures[0], &id) : -ENOENT;
        if (r == 0)
                r = view_list_json(request->engine, &request->caller, view, &call, &list);
        if (r < 0)
                return r;
        *ret = json_incref(json_array_get(json_object_get(list, "rows"), 0));
        json_decref(list);
        return *ret ? 0 : -ENOENT;
}

static int digest_read(const char *hex, Digest *ret) {
        return hex && strlen(hex) == 2 * sizeof(*ret) ? hex_decode(hex, ret->bytes, sizeof(ret->bytes))
                                                      : -ENOENT;
}

static void filing_preview(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        const Importer *importer = importer_find(request->engine->registry, kind_filed);
        json_t *row = NULL;
        Digest digest;
        Id run = { 0 };

        int r = importer ? import_permit(request, importer) : -ENOENT;
        if (r == 0)
                r = filing_row(request, &row);
        if (r == 0)
                r = digest_read(json_string_value(json_object_get(row, "digest")), &digest);
        if (r == 0)
                r = imports_start(data->imports, &request->caller, importer, &digest,
                        json_string_value(json_object_get(row, "file_name")), IMPORT_PREVIEW, &run);
        json_decref(row);
        import_started(request, reply, r, run);
}

static int filing_accepted(WebRequest *request, const Digest *digest, Reply *ret) {
        const Command *command = registry_command(request->engine->registry, "essential.accept_filing");
        char hex[2 * sizeof(Digest) + 1];

        if (!command)
                return -ENOENT;
        hex_encode(digest->bytes, sizeof(digest->bytes), hex);
        json_t *input = json_pack("{s:s, s:s}", "id", request->captures[0], "digest", hex);
        command_execute_json(request->engine, &request->caller, command, input, request->arena, ret);
        json_decref(input);
        return 0;
}

/* The run is the clerk's own preview of the filed file. */
static void filing_accept(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        const Importer *importer;
        const char *file;
        json_t *row = NULL;
        Digest digest;
        Reply done = { 0 };
        Id run = { 0 };

        int r = import_of_run(request, web_json_text(request, "run"), &importer, &digest, &file);
        if (r == 0)
                r = text_equal(importer->name, kind_filed) ? import_permit(request, importer) : -EMALFORMED_;
        if (r == 0)
                r = filing_row(request, &row);
        json_decref(row);
        if (r == 0)
                r = filing_accepted(request, &digest, &done);
        if (r == 0 && done.result < 0) {
                web_reply_error(request, reply, done.result, &done.refusal);
                return;
        }
        if (r == 0)
                r = imports_start(
                        data->imports, &request->caller, importer, &digest, file, IMPORT_GOOD_ROWS, &run);
        import_started(request, reply, r, run);
}

const WebRoute filing_routes[] = {
        { "POST", "/api/filing", WEB_ORGANIZATION, 0, filing_send,
                "file the building table that a preview of one's own has checked" },
        { "POST", "/api/filing/{id}/preview", 0, 0, filing_preview, "check the filed file, as a run" },
        { "POST", "/api/filing/{id}/accept", 0, 0, filing_accept,
                "accept a filing and import the good rows of the file that was looked at" },
};
const size_t n_filing_routes = ELEMENTSOF(filing_routes);
