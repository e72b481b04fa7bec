/* SPDX-License-Identifier: Apache-2.0 */
/* The records of organizations: field lists become descriptors here. */

#include "organization-records.h"

const StateName essential_organization_states[] = {
        { "active", "有效" },
        { "cancelled", "已注销" },
        { "succeeded", "已由继任机构承接" },
        { NULL, NULL },
};

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define VALUE(variable_, name_, label_, type_)                                                              \
        const Record record_##variable_ = {                                                                 \
                .name = name_,                                                                              \
                .label = label_,                                                                            \
                .shape = SHAPE_VALUE,                                                                       \
                RECORD_FIELDS(variable_##_fields, type_),                                                   \
        }

#define FIELDS_OF Organization
static const Field organization_fields[] = {
#include <essential/organization.def>
};
#undef FIELDS_OF
const Record record_organization = {
        .name = "organization",
        .label = "机构",
        .clause = "4.2.3",
        .number = 120,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(organization_fields, Organization),
};

#define FIELDS_OF AreaService
static const Field area_service_fields[] = {
#include <essential/area_service.def>
};
#undef FIELDS_OF
const Record record_area_service = {
        .name = "area_service",
        .label = "区域服务机构",
        .clause = "4.2.3",
        .number = 121,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(area_service_fields, AreaService),
};

#define FIELDS_OF CreateOrganization
static const Field create_organization_fields[] = {
#include "create_organization.def"
};
#undef FIELDS_OF
VALUE(create_organization, "essential.create_organization", "登记机构", CreateOrganization);

#define FIELDS_OF ChangeOrganization
static const Field change_organization_fields[] = {
#include "change_organization.def"
};
#undef FIELDS_OF
VALUE(change_organization, "essential.change_organization", "机构变更", ChangeOrganization);

#define FIELDS_OF CancelOrganization
static const Field cancel_organization_fields[] = {
#include "cancel_organization.def"
};
#undef FIELDS_OF
VALUE(cancel_organization, "essential.cancel_organization", "机构注销", CancelOrganization);

#define FIELDS_OF RenameOrganization
static const Field rename_organization_fields[] = {
#include "rename_organization.def"
};
#undef FIELDS_OF
VALUE(rename_organization, "essential.rename_organization", "机构更名", RenameOrganization);

#define FIELDS_OF MergeOrganization
static const Field merge_organization_fields[] = {
#include "merge_organization.def"
};
#undef FIELDS_OF
VALUE(merge_organization, "essential.merge_organization", "机构合并", MergeOrganization);

#define FIELDS_OF AddAreaService
static const Field add_area_service_fields[] = {
#include "add_area_service.def"
};
#undef FIELDS_OF
VALUE(add_area_service, "essential.add_area_service", "登记服务机构", AddAreaService);

#define FIELDS_OF EndAreaService
static const Field end_area_service_fields[] = {
#include "end_area_service.def"
};
#undef FIELDS_OF
VALUE(end_area_service, "essential.end_area_service", "服务终止", EndAreaService);

#define FIELDS_OF OrganizationRow
static const Field organization_row_fields[] = {
#include "organization_row.def"
};
#undef FIELDS_OF
VALUE(organization_row, "essential.organization_row", "机构清单行", OrganizationRow);

#define FIELDS_OF OrganizationTable
static const Field organization_table_fields[] = {
#include "organization_table.def"
};
#undef FIELDS_OF
VALUE(organization_table, "essential.organization_table", "机构清单部分", OrganizationTable);
