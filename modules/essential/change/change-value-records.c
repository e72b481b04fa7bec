/* SPDX-License-Identifier: Apache-2.0 */
/* Inputs, outputs and events of housing changes: field lists become descriptors here. */

#include "change-records.h"

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define VALUE(variable_, name_, label_, type_)                                                              \
        const Record record_##variable_ = {                                                                 \
                .name = name_,                                                                              \
                .label = label_,                                                                            \
                .shape = SHAPE_VALUE,                                                                       \
                RECORD_FIELDS(variable_##_fields, type_),                                                   \
        }

#define FIELDS_OF SplitRoom
static const Field split_room_fields[] = {
#include "split_room.def"
};
#undef FIELDS_OF
VALUE(split_room, "essential.split_room", "新分户", SplitRoom);

#define FIELDS_OF RoomOwner
static const Field room_owner_fields[] = {
#include "room_owner.def"
};
#undef FIELDS_OF
VALUE(room_owner, "essential.room_owner", "新分户业主", RoomOwner);

#define FIELDS_OF RequestSplit
static const Field request_split_fields[] = {
#include "request_split.def"
};
#undef FIELDS_OF
VALUE(request_split, "essential.request_split", "分户分割申请", RequestSplit);

#define FIELDS_OF MergeApartment
static const Field merge_apartment_fields[] = {
#include "merge_apartment.def"
};
#undef FIELDS_OF
VALUE(merge_apartment, "essential.merge_apartment", "合并的分户", MergeApartment);

#define FIELDS_OF RequestMerge
static const Field request_merge_fields[] = {
#include "request_merge.def"
};
#undef FIELDS_OF
VALUE(request_merge, "essential.request_merge", "分户合并申请", RequestMerge);

#define FIELDS_OF RequestExtinction
static const Field request_extinction_fields[] = {
#include "request_extinction.def"
};
#undef FIELDS_OF
VALUE(request_extinction, "essential.request_extinction", "灭失申请", RequestExtinction);

#define FIELDS_OF StructurePart
static const Field structure_part_fields[] = {
#include "structure_part.def"
};
#undef FIELDS_OF
VALUE(structure_part, "essential.structure_part", "分割后的名称", StructurePart);

#define FIELDS_OF StructureChild
static const Field structure_child_fields[] = {
#include "structure_child.def"
};
#undef FIELDS_OF
VALUE(structure_child, "essential.structure_child", "下级归属", StructureChild);

#define FIELDS_OF RequestStructureSplit
static const Field request_structure_split_fields[] = {
#include "request_structure_split.def"
};
#undef FIELDS_OF
VALUE(request_structure_split, "essential.request_structure_split", "分割申请", RequestStructureSplit);

#define FIELDS_OF StructureOld
static const Field structure_old_fields[] = {
#include "structure_old.def"
};
#undef FIELDS_OF
VALUE(structure_old, "essential.structure_old", "合并对象", StructureOld);

#define FIELDS_OF RequestStructureMerge
static const Field request_structure_merge_fields[] = {
#include "request_structure_merge.def"
};
#undef FIELDS_OF
VALUE(request_structure_merge, "essential.request_structure_merge", "合并申请", RequestStructureMerge);

#define FIELDS_OF ChangeOutput
static const Field change_output_fields[] = {
#include "change_output.def"
};
#undef FIELDS_OF
VALUE(change_output, "essential.change_output", "变更单办理结果", ChangeOutput);

#define FIELDS_OF DecideChange
static const Field decide_change_fields[] = {
#include "decide_change.def"
};
#undef FIELDS_OF
VALUE(decide_change, "essential.decide_change", "变更单办理", DecideChange);

#define FIELDS_OF ReturnChange
static const Field return_change_fields[] = {
#include "return_change.def"
};
#undef FIELDS_OF
VALUE(return_change, "essential.return_change", "变更单退回", ReturnChange);

#define FIELDS_OF HousingChanging
static const Field housing_changing_fields[] = {
#include <essential/housing_changing.def>
};
#undef FIELDS_OF
VALUE(housing_changing, "essential.housing_changing", "房屋将变更", HousingChanging);

#define FIELDS_OF AreasChanging
static const Field areas_changing_fields[] = {
#include <essential/areas_changing.def>
};
#undef FIELDS_OF
VALUE(areas_changing, "essential.areas_changing", "物业区域将变更", AreasChanging);

#define FIELDS_OF HousingChanged
static const Field housing_changed_fields[] = {
#include <essential/housing_changed.def>
};
#undef FIELDS_OF
VALUE(housing_changed, "essential.housing_changed", "房屋已变更", HousingChanged);

#define FIELDS_OF ApartmentMoved
static const Field apartment_moved_fields[] = {
#include <essential/apartment_moved.def>
};
#undef FIELDS_OF
VALUE(apartment_moved, "essential.apartment_moved", "分户归属已变更", ApartmentMoved);
