/* SPDX-License-Identifier: Apache-2.0 */
/* Building tables and buyers filed by involved organizations (4.2.3): what a unit files is what its own
 * preview found, what the office accepts is the file it has looked at, and what was accepted and not
 * imported, because the node went down between, is imported by another word. */

#include <string.h>

#include <node/error.h>
#include <node/money.h>
#include <node/text.h>

#include "routes.h"

#define VIEW_FILINGS "essential.building_filings"
#define STATE_ACCEPTED "accepted"

/* What may be filed: importer, which is also the kind of the filing, the command, and what the unit says
 * besides. */
static const struct FilingKind {
        const char *importer, *command, *subject;
} kinds[] = {
        { "building_table", "essential.file_buildings", "area_name" },
        { "ownership", "essential.file_owners", "property_area_id" },
};

static const struct FilingKind *kind_named(const char *name) {
        for (size_t i = 0; i < ELEMENTSOF(kinds); i++)
                if (text_equal(kinds[i].importer, name))
                        return &kinds[i];
        return NULL;
}

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
static json_t *filing_input(const struct FilingKind *kind, const json_t *result, const char *subject) {
        json_t *input = json_pack("{s:s, s:O, s:O, s:O, s:O}", kind->subject, subject, "file_name",
                json_object_get(result, "file"), "digest", json_object_get(result, "digest"), "rows_total",
                json_object_get(result, "rows"), "rows_good", json_object_get(result, "accepted"));
        json_t *sum = input ? area_sum(result) : NULL;

        if (sum)
                json_object_set_new(input, "covered_area", sum);
        return input;
}

static int filing_from_run(const WebRequest *request, const struct FilingKind **ret_kind, json_t **ret) {
        const RouteData *data = request->data;
        const char *run = web_json_text(request, "run");
        json_t *told = NULL;
        Id id;

        int r = run ? web_id_parse(run, &id) : -EMALFORMED_;
        if (r == 0)
                r = runs_read(data->imports->runs, &request->caller, id, &told);
        if (r < 0)
                return r;
        const json_t *result = json_object_get(told, "result");
        const struct FilingKind *kind = kind_named(json_string_value(json_object_get(result, "kind")));
        const char *subject = kind ? web_json_text(request, kind->subject) : NULL;
        if (!kind || !subject)
                r = kind ? -EMALFORMED_ : -ENOENT;
        if (r == 0) {
                *ret_kind = kind;
                *ret = filing_input(kind, result, subject);
                r = *ret ? 0 : -EMALFORMED_;
        }
        json_decref(told);
        return r;
}

static void filing_send(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        const struct FilingKind *kind = NULL;
        const Command *command = NULL;
        Reply done = { 0 };
        json_t *input = NULL;

        int r = identity_permit(data->identity, &request->caller, "other:filing.send");
        if (r == 0)
                r = filing_from_run(request, &kind, &input);
        if (r == 0) {
                command = registry_command(request->engine->registry, kind->command);
                r = command ? 0 : -ENOENT;
        }
        if (r == 0)
                command_execute_json(
                        request->engine, &request->caller, command, input, request->arena, &done);
        json_decref(input);
        command_answer(request, reply, r, command, &done);
}

/* The row as the caller may see it. */
static int filing_row(const WebRequest *request, json_t **ret) {
        const View *view = registry_view(request->engine->registry, VIEW_FILINGS);
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

/* Starts the filed file on its way; the caller must have the right to import what it holds. */
static int filed_start(const WebRequest *request, const json_t *row, ImportMode mode, Id *ret_run) {
        const RouteData *data = request->data;
        const char *kind = json_string_value(json_object_get(row, "kind"));
        const Importer *importer = kind ? importer_find(request->engine->registry, kind) : NULL;
        ImportAsked asked = { .importer = importer,
                .file_name = json_string_value(json_object_get(row, "file_name")),
                .mode = mode };
        Digest digest;

        int r = importer ? import_permit(request, importer) : -ENOENT;
        if (r == 0)
                r = digest_of_hex(json_string_value(json_object_get(row, "digest")), &digest);
        if (r == 0)
                r = web_id_parse(request->captures[0], &asked.document);
        asked.upload = &digest;
        return r < 0 ? r : imports_start(data->imports, &request->caller, &asked, ret_run);
}

static void filing_preview(WebRequest *request, WebReply *reply) {
        json_t *row = NULL;
        Id run = { 0 };

        int r = filing_row(request, &row);
        if (r == 0)
                r = filed_start(request, row, IMPORT_PREVIEW, &run);
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
static int filing_looked(const WebRequest *request, const json_t *row, Digest *ret_digest) {
        const char *kind = json_string_value(json_object_get(row, "kind")), *file;
        const Importer *importer;

        int r = import_of_run(request, web_json_text(request, "run"), &importer, ret_digest, &file);
        if (r == 0 && !text_equal(importer->name, kind))
                r = -EMALFORMED_;
        return r < 0 ? r : import_permit(request, importer);
}

static void filing_accept(WebRequest *request, WebReply *reply) {
        json_t *row = NULL;
        Digest digest;
        Reply done = { 0 };
        Id run = { 0 };

        int r = filing_row(request, &row);
        if (r == 0)
                r = filing_looked(request, row, &digest);
        if (r == 0)
                r = filing_accepted(request, &digest, &done);
        if (r == 0 && done.result < 0)
                web_reply_error(request, reply, done.result, &done.refusal);
        else {
                if (r == 0)
                        r = filed_start(request, row, IMPORT_GOOD_ROWS, &run);
                import_started(request, reply, r, run);
        }
        json_decref(row);
}

/* Accepted, and the node went down before the last row was in: the same file again, which knows what is
 * there. */
static void filing_import(WebRequest *request, WebReply *reply) {
        json_t *row = NULL;
        Id run = { 0 };

        int r = filing_row(request, &row);
        if (r == 0 && !text_equal(json_string_value(json_object_get(row, "state")), STATE_ACCEPTED)) {
                const Refusal refusal = { .code = "essential.filing_not_accepted" };
                web_reply_error(request, reply, -EREFUSED_, &refusal);
        } else {
                if (r == 0)
                        r = filed_start(request, row, IMPORT_GOOD_ROWS, &run);
                import_started(request, reply, r, run);
        }
        json_decref(row);
}

const WebRoute filing_routes[] = {
        { "POST", "/api/filing", WEB_ORGANIZATION, 0, filing_send,
                "file the building table or the buyers that a preview of one's own has checked" },
        { "POST", "/api/filing/{id}/preview", 0, 0, filing_preview, "check the filed file, as a run" },
        { "POST", "/api/filing/{id}/accept", 0, 0, filing_accept,
                "accept a filing and import the good rows of the file that was looked at" },
        { "POST", "/api/filing/{id}/import", 0, 0, filing_import,
                "import what was accepted and has not been imported to the end" },
};
const size_t n_filing_routes = ELEMENTSOF(filing_routes);
