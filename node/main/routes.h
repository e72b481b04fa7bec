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

extern const WebRoute document_routes[], federation_routes[], audit_routes[], identity_routes[], partner_routes[],
        attachment_routes[];
extern const size_t n_document_routes, n_federation_routes, n_audit_routes, n_identity_routes, n_partner_routes,
        n_attachment_routes;
