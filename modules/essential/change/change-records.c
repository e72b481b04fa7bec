/* SPDX-License-Identifier: Apache-2.0 */
/* The records of housing changes, their steps, and the words that states are shown by. */

#include "change-records.h"

const StateName essential_change_kinds[] = { { "split", "分割" }, { "merge", "合并" },
        { "extinction", "灭失" }, { NULL, NULL } };
const StateName essential_change_levels[] = {
        { "apartment", "分户" },
        { "unit", "单元" },
        { "building", "楼幢" },
        { "property_area", "物业区域" },
        { NULL, NULL },
};
const StateName essential_change_states[] = {
        { "requested", "已申请" },
        { "checked", "已复核" },
        { "effected", "已生效" },
        { "returned", "已退回" },
        { "withdrawn", "已撤回" },
        { NULL, NULL },
};
const StateName essential_structure_states[] = {
        { "normal", "正常" },
        { "extinct", "灭失" },
        { "split", "已分割" },
        { "merged", "已合并" },
        { NULL, NULL },
};

static const Transition housing_change_transitions[] = {
        { "essential.request_split", -1, CHANGE_REQUESTED },
        { "essential.request_merge", -1, CHANGE_REQUESTED },
        { "essential.request_extinction", -1, CHANGE_REQUESTED },
        { "essential.request_structure_split", -1, CHANGE_REQUESTED },
        { "essential.request_structure_merge", -1, CHANGE_REQUESTED },
        { "essential.check_housing_change", CHANGE_REQUESTED, CHANGE_CHECKED },
        { "essential.return_housing_change", CHANGE_REQUESTED, CHANGE_RETURNED },
        { "essential.return_housing_change", CHANGE_CHECKED, CHANGE_RETURNED },
        { "essential.withdraw_housing_change", CHANGE_REQUESTED, CHANGE_WITHDRAWN },
        { "essential.withdraw_housing_change", CHANGE_CHECKED, CHANGE_WITHDRAWN },
        { "accounting.effect_housing_change", CHANGE_CHECKED, CHANGE_EFFECTED },
        { NULL, 0, 0 },
};

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)

#define FIELDS_OF HousingChange
static const Field housing_change_fields[] = {
#include <essential/housing_change.def>
};
#undef FIELDS_OF
static const char *const housing_change_unique[] = { "year,number", NULL };
const Record record_housing_change = {
        .name = "housing_change",
        .label = "房屋变更单",
        .clause = "4.2.1.4",
        .number = 108,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(housing_change_fields, HousingChange),
        .unique = housing_change_unique,
        .state = "state",
        .transitions = housing_change_transitions,
};

#define FIELDS_OF HousingChangeOld
static const Field housing_change_old_fields[] = {
#include "housing_change_old.def"
};
#undef FIELDS_OF
const Record record_housing_change_old = {
        .name = "housing_change_old",
        .label = "变更前的房屋",
        .clause = "4.2.1.4",
        .number = 109,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(housing_change_old_fields, HousingChangeOld),
};

#define FIELDS_OF HousingChangeNew
static const Field housing_change_new_fields[] = {
#include "housing_change_new.def"
};
#undef FIELDS_OF
static const char *const housing_change_new_unique[] = { "change_id,position", NULL };
const Record record_housing_change_new = {
        .name = "housing_change_new",
        .label = "变更后的房屋",
        .clause = "4.2.1.4",
        .number = 110,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(housing_change_new_fields, HousingChangeNew),
        .unique = housing_change_new_unique,
};

#define FIELDS_OF HousingChangeOwner
static const Field housing_change_owner_fields[] = {
#include "housing_change_owner.def"
};
#undef FIELDS_OF
const Record record_housing_change_owner = {
        .name = "housing_change_owner",
        .label = "变更后的业主",
        .clause = "4.2.1.4",
        .number = 111,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(housing_change_owner_fields, HousingChangeOwner),
};

#define FIELDS_OF HousingChangeChild
static const Field housing_change_child_fields[] = {
#include "housing_change_child.def"
};
#undef FIELDS_OF
const Record record_housing_change_child = {
        .name = "housing_change_child",
        .label = "下级归属",
        .clause = "4.2.1.4",
        .number = 112,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(housing_change_child_fields, HousingChangeChild),
};

#define FIELDS_OF HousingLink
static const Field housing_link_fields[] = {
#include "housing_link.def"
};
#undef FIELDS_OF
const Record record_housing_link = {
        .name = "housing_link",
        .label = "房屋沿革",
        .clause = "4.2.1.4",
        .number = 113,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(housing_link_fields, HousingLink),
};
