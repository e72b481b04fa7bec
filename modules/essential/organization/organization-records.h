/* SPDX-License-Identifier: Apache-2.0 */
/* Organizations: the inputs of their commands. */
#pragma once

#include <essential/organization.h>

#include "../housing/housing-records.h"
#include "../support/list-records.h"

/* Bounded by the chain's body (CHAIN_BODY_BYTES_MAX). */
#define ORGANIZATION_TABLE_ROWS_MAX 50
#define ORGANIZATION_SERVICES_MAX 100

#define FIELD FIELD_MEMBER
typedef struct CreateOrganization {
#include "create_organization.def"
} CreateOrganization;
typedef struct ChangeOrganization {
#include "change_organization.def"
} ChangeOrganization;
typedef struct CancelOrganization {
#include "cancel_organization.def"
} CancelOrganization;
typedef struct RenameOrganization {
#include "rename_organization.def"
} RenameOrganization;
typedef struct MergeOrganization {
#include "merge_organization.def"
} MergeOrganization;
typedef struct AddAreaService {
#include "add_area_service.def"
} AddAreaService;
typedef struct EndAreaService {
#include "end_area_service.def"
} EndAreaService;
typedef struct OrganizationRow {
#include "organization_row.def"
} OrganizationRow;
typedef struct OrganizationTable {
#include "organization_table.def"
} OrganizationTable;
#undef FIELD

/* --- organization-records.c --- */
#define RECORD(variable) extern const Record record_##variable;
#include "records.def"
#undef RECORD

/* --- organization-command.c, area-service.c, organization-table.c --- */
#define COMMAND(variable, ...)                                                                              \
        int run_##variable(Request *q, const void *input, void *ret_output);                                \
        extern const Command essential_##variable;
#include "commands.def"
#undef COMMAND

/* --- organization-view.c --- */
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW

/* --- organization-sheet.c: the file that brings organizations --- */
extern const Importer essential_organization_list;

/* --- organization-command.c: shared with the import --- */
/* Who bears one of the codes and is not `except`, the active one first; -ENOENT. The id is 0 where nobody is
 * left out. */
int organization_find(Request *q, const char *credit_code, const char *local_code, Id except,
        Organization *ret) _must_check_;

/* --- area-service.c --- */
/* How many areas the organization serves on or after the day. */
int services_running(Request *q, Id organization, Date day, int64_t *ret) _must_check_;
/* Areas that are to become one have nobody else in a role that one holds; refuses essential.services_differ. */
int services_agree(Request *q, Id change) _must_check_;
/* An area ends today: whoever serves it serves what it has become, as long as before. */
int services_follow(Request *q, Id old, const Id *news, size_t n, const char *reason) _must_check_;
/* From the day on the successor serves where the organization did. */
int services_carry(
        Request *q, const Organization *from, Id successor, Date day, const char *reason) _must_check_;
