/* SPDX-License-Identifier: Apache-2.0 */
/* Routes that join folders which do not know each other: imports and papers, federation and facts. */
#pragma once

#include <federation/session.h>
#include <internal/audit.h>
#include <internal/imports.h>
#include <internal/web.h>

#include "node.h"

typedef struct RouteData {
        Node *node;
        const Imports *imports;
        FederationService *federation; /* NULL before enrolment */
        Identity *identity;
        Audit *audit;
} RouteData;

/* --- attachment-routes.c --- */
/* A text of a row as views give it; "" where it has none. */
const char *row_text(const json_t *row, const char *name);

/* --- document-routes.c: imports, for the routes of filings too --- */
/* -EMALFORMED_, also for NULL. */
int digest_of_hex(const char *hex, Digest *ret) _must_check_;
/* Whoever may not import gets -EFORBIDDEN_: the importer's own command is internal and asks nobody. */
int import_permit(const WebRequest *request, const Importer *importer) _must_check_;
/* What a run of the caller's was about. Texts in the request's arena. */
int import_of_run(const WebRequest *request, const char *run, const Importer **ret_importer, Digest *ret_upload,
        const char **ret_file) _must_check_;
/* Answers with the run, or with why there is none. */
void import_started(const WebRequest *request, WebReply *reply, int r, Id run);

extern const WebRoute document_routes[], federation_routes[], audit_routes[], identity_routes[], partner_routes[],
        attachment_routes[], desk_routes[], filing_routes[];
extern const size_t n_document_routes, n_federation_routes, n_audit_routes, n_identity_routes, n_partner_routes,
        n_attachment_routes, n_desk_routes, n_filing_routes;
