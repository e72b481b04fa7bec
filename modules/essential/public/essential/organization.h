/* SPDX-License-Identifier: Apache-2.0 */
/* Organizations and who serves which area (2.0.11, 4.2.3, 4.2.5): what modules above may call. */
#pragma once

#include <essential/essential.h>

/* Stored numbers: the index of the name in the list. Never change. */
typedef enum OrganizationState {
        ORGANIZATION_ACTIVE = 0,
        ORGANIZATION_CANCELLED = 1,
        ORGANIZATION_SUCCEEDED = 2, /* renamed or merged: successor_id says into whom */
} OrganizationState;

extern const StateName essential_organization_states[];

typedef struct Organization {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/organization.def>
#undef FIELD
} Organization;

typedef struct AreaService {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/area_service.def>
#undef FIELD
} AreaService;

extern const Record record_organization, record_area_service;

/* The organization when it may be chosen; refuses essential.organization_not_active. -ENOENT. */
int essential_organization_active(Request *q, Id id, const char *field, Organization *ret) _must_check_;
