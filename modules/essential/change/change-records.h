/* SPDX-License-Identifier: Apache-2.0 */
/* Housing changes: records that nobody above may touch, the inputs of the commands, and what the files of
 * this folder share. */
#pragma once

#include <essential/housing_change.h>

#include "../housing/housing-records.h"

#define FIELD FIELD_MEMBER
typedef struct HousingChangeOld {
        RowHead head;
#include "housing_change_old.def"
} HousingChangeOld;
typedef struct HousingChangeNew {
        RowHead head;
#include "housing_change_new.def"
} HousingChangeNew;
typedef struct HousingChangeOwner {
        RowHead head;
#include "housing_change_owner.def"
} HousingChangeOwner;
typedef struct HousingChangeChild {
        RowHead head;
#include "housing_change_child.def"
} HousingChangeChild;
typedef struct HousingLink {
        RowHead head;
#include "housing_link.def"
} HousingLink;
typedef struct SplitRoom {
#include "split_room.def"
} SplitRoom;
typedef struct RoomOwner {
#include "room_owner.def"
} RoomOwner;
typedef struct RequestSplit {
#include "request_split.def"
} RequestSplit;
typedef struct MergeApartment {
#include "merge_apartment.def"
} MergeApartment;
typedef struct RequestMerge {
#include "request_merge.def"
} RequestMerge;
typedef struct RequestExtinction {
#include "request_extinction.def"
} RequestExtinction;
typedef struct StructurePart {
#include "structure_part.def"
} StructurePart;
typedef struct StructureChild {
#include "structure_child.def"
} StructureChild;
typedef struct RequestStructureSplit {
#include "request_structure_split.def"
} RequestStructureSplit;
typedef struct StructureOld {
#include "structure_old.def"
} StructureOld;
typedef struct RequestStructureMerge {
#include "request_structure_merge.def"
} RequestStructureMerge;
typedef struct ChangeOutput {
#include "change_output.def"
} ChangeOutput;
typedef struct DecideChange {
#include "decide_change.def"
} DecideChange;
typedef struct ReturnChange {
#include "return_change.def"
} ReturnChange;
#undef FIELD

/* --- change-records.c, change-value-records.c --- */
#define RECORD(variable) extern const Record record_##variable;
#include "records.def"
#undef RECORD

/* --- change-request.c, change-structure.c, change-step.c --- */
#define COMMAND(variable, ...)                                                                              \
        int run_##variable(Request *q, const void *input, void *ret_output);                                \
        extern const Command essential_##variable;
#include "commands.def"
#undef COMMAND

/* --- change-view.c --- */
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW
extern const Setting essential_setting_housing_change_persons;
#define CHANGE_CHILDREN_MAX 500
extern const char essential_former_prefix[]; /* put before a name that its successor takes over */

/* --- change-place.c: an apartment, unit, building or area, whatever its level --- */

typedef struct Place {
        ChangeLevel level;
        Id id, property_area, parent; /* parent: building of apartment and unit, area of a building */
        int64_t version, state, nature, phase;
        const char *name;
} Place;

int place_load(Request *q, ChangeLevel level, Id id, Place *ret) _must_check_;
/* The label of the state that forbids more, or NULL while it may be split, merged or extinguished. */
const char *place_ended(const Place *place);
/* The field that holds its name: how long that may be. */
const Field *place_name_field(ChangeLevel level);
/* What it lies in has not ended either: nothing becomes of a place whose building is gone, or whose children are on
 * their way into another. Refuses essential.change_not_normal with the parent's name. */
int place_parents_check(Request *q, const Place *place) _must_check_;
/* The apartments of a place, dead ones too, ascending; refuses essential.change_too_large. In q->arena. */
int place_apartments(Request *q, const Place *place, Apartment **ret, size_t *ret_n) _must_check_;
bool apartment_lives(const Apartment *apartment);
/* Covered area of what lives in a place. */
int place_area(Request *q, const Place *place, Area *ret) _must_check_;
/* All rows of a query over one record (office, id, limit), at most max; -E2BIG. In q->arena. */
int rows_under(Request *q, const Record *record, const Query *query, Id under, size_t max, void **ret,
        size_t *ret_n) _must_check_;

/* --- change-document.c: the document and its lines --- */

typedef struct ChangeDraft {
        ChangeKind kind;
        ChangeLevel level;
        const char *reason;
        const Place *olds;
        size_t n_olds;
        HousingChangeNew *news; /* position and what is to be made; change_id is filled */
        size_t n_news;
        HousingChangeOwner *owners;
        size_t n_owners;
        HousingChangeChild *children;
        size_t n_children;
} ChangeDraft;

/* Checks that the old ones may end, tells whoever may object, numbers and keeps the document. */
int change_request(Request *q, const ChangeDraft *draft, ChangeOutput *ret) _must_check_;
/* Tells of every living apartment inside that it is about to end. */
int change_announce(Request *q, Id change, ChangeKind kind, const Place *place) _must_check_;
/* Of property areas: what serves them agrees, and whoever keeps something for them is told. Their lines are kept. */
int areas_announce(Request *q, const HousingChange *change) _must_check_;
/* Papers of a change: asked before it is checked and before it takes effect, filed with the effect (12.2.1). */
int change_papers_present(Request *q, const HousingChange *change) _must_check_;
int change_papers_file(Request *q, const HousingChange *change) _must_check_;
int change_olds(Request *q, Id change, HousingChangeOld **ret, size_t *ret_n) _must_check_;
int change_news(Request *q, Id change, HousingChangeNew **ret, size_t *ret_n) _must_check_;
int change_children(Request *q, Id change, HousingChangeChild **ret, size_t *ret_n) _must_check_;
/* Owner lines of one of the new ones; none: those of before are kept. */
int change_owners(Request *q, Id change, int64_t position, OwnerShare **ret, size_t *ret_n) _must_check_;
int area_conserved(Request *q, Area before, Area after, const char *field) _must_check_;
int count_between(Request *q, const char *what, size_t n, size_t min) _must_check_;

/* --- change-link.c: what became what --- */

typedef struct LinkDraft {
        const HousingChange *change;
        Id old_id, new_id;
        Area old_area, new_area;
} LinkDraft;
/* The link itself and, through what was before the old one, the links of earlier generations. */
int link_insert(Request *q, const LinkDraft *draft) _must_check_;

/* --- change-effect.c, change-move.c --- */
typedef struct ChangeWork {
        HousingChange change;
        Place *olds;
        size_t n_olds;
        HousingChangeNew *news;
        size_t n_news;
} ChangeWork;
/* The document with its lines; places as they are now. */
int change_work(Request *q, Id change, ChangeWork *ret) _must_check_;
/* A name that one of the new ones takes over gets a prefix and the number of the change. */
int former_name(Request *q, const ChangeWork *work, const char *name, const char **ret) _must_check_;
/* Every living child of an old place is assigned; refuses essential.child_left. */
int children_complete(
        Request *q, const Place *old, const HousingChangeChild *children, size_t n) _must_check_;
int structure_effect(Request *q, ChangeWork *work, HousingEffect *ret) _must_check_;
/* Moves what one command may; *ret_moved: something was left to move, a building without apartments too. */
int structure_move(Request *q, const ChangeWork *work, HousingEffect *ret, bool *ret_moved) _must_check_;
