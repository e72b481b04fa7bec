/* SPDX-License-Identifier: Apache-2.0 */
/* Split, merge and extinction of housing (4.2.1.4, 4.2.1.5): requested and checked here, taking effect by a
 * command of accounting, because balances move with it. Readers use the views v_housing_link and
 * v_housing_change. */
#pragma once

#include <essential/essential.h>

typedef enum ChangeKind { CHANGE_SPLIT = 0, CHANGE_MERGE = 1, CHANGE_EXTINCTION = 2 } ChangeKind;
typedef enum ChangeLevel {
        LEVEL_APARTMENT = 0,
        LEVEL_UNIT = 1,
        LEVEL_BUILDING = 2,
        LEVEL_AREA = 3,
        LEVELS = 4,
} ChangeLevel;
typedef enum ChangeState {
        CHANGE_REQUESTED = 0,
        CHANGE_CHECKED = 1,
        CHANGE_EFFECTED = 2,
        CHANGE_RETURNED = 3,
        CHANGE_WITHDRAWN = 4,
} ChangeState;
/* Of areas, buildings and units; apartments have their own. */
typedef enum StructureState {
        STRUCTURE_NORMAL = 0,
        STRUCTURE_EXTINCT = 1,
        STRUCTURE_SPLIT = 2,
        STRUCTURE_MERGED = 3,
} StructureState;

extern const StateName essential_change_kinds[], essential_change_levels[], essential_change_states[];

typedef struct HousingChange {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/housing_change.def>
#undef FIELD
} HousingChange;
extern const Record record_housing_change;

/* Objects of one change, and apartments that move or end by it. */
#define CHANGE_OBJECTS_MAX 50
#define CHANGE_APARTMENTS_MAX 150 /* of one command: the body of its chain entry is bounded */

/* What took effect. Split and merge of apartments: n_before apartments ended and n_after took their place.
 * Of units, buildings and areas: moved apartments, before and after at the same index. Extinction: ended
 * ones, nothing after. Arrays in q->arena; those of a merge in the order of its request, others ascending by id. */
typedef struct HousingEffect {
        HousingChange change;
        const Apartment *before, *after;
        size_t n_before, n_after;
        bool moved;        /* the same apartments before and after */
        bool continued;    /* not its first part: it has taken effect before */
        int64_t remaining; /* children that still wait for essential_housing_change_move() */
} HousingEffect;

/* For the command that lets a checked change take effect: tells of it by essential_housing_changing before
 * anything moves, ends the old, makes the new, ties them, and moves the document one step. The caller moves
 * the balances in the same transaction and then tells essential_housing_changed(). Refuses node.wrong_state,
 * node.same_person and essential.change_…; whoever hears may refuse too. */
int essential_housing_change_effect(Request *q, Id change, HousingEffect *ret) _must_check_;
/* The next part of a change of units, buildings or areas that is in effect and too large for one command. */
int essential_housing_change_move(Request *q, Id change, HousingEffect *ret) _must_check_;
int essential_housing_change_done(Request *q, const HousingEffect *effect) _must_check_;

/* Heard before an apartment ends or before its end is requested: refuse what stands against it. */
typedef struct HousingChanging {
#define FIELD FIELD_MEMBER
#include <essential/housing_changing.def>
#undef FIELD
} HousingChanging;
/* Heard when a split or merge of property areas is requested, and again before it takes effect; the old ones stand in
 * v_housing_change_old: refuse where what is kept for them does not agree. */
typedef struct AreasChanging {
#define FIELD FIELD_MEMBER
#include <essential/areas_changing.def>
#undef FIELD
} AreasChanging;
/* Heard once, when it has taken effect and the balances of its first part have moved; which became which stands in
 * v_housing_link. What is kept for an area goes over to what it has become. */
typedef struct HousingChanged {
#define FIELD FIELD_MEMBER
#include <essential/housing_changed.def>
#undef FIELD
} HousingChanged;
/* Heard for each apartment that lies elsewhere now. */
typedef struct ApartmentMoved {
#define FIELD FIELD_MEMBER
#include <essential/apartment_moved.def>
#undef FIELD
} ApartmentMoved;
extern const Event essential_housing_changing, essential_areas_changing, essential_housing_changed,
        essential_apartment_moved;
