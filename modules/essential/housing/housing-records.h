/* SPDX-License-Identifier: Apache-2.0 */
/* Housing and owners: records that nobody above may touch, and the inputs of its commands. */
#pragma once

#include <essential/import.h>

#define UNIT_NONE "-" /* name of the unit where a building has none */

typedef struct Owner {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "owner.def"
#undef FIELD
} Owner;

typedef struct Ownership {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "ownership.def"
#undef FIELD
} Ownership;

typedef struct ImportPart {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "import_part.def"
#undef FIELD
} ImportPart;

#define FIELD FIELD_MEMBER
typedef struct Created {
#include "created.def"
} Created;
typedef struct CreatePropertyArea {
#include "create_property_area.def"
} CreatePropertyArea;
typedef struct ChangePropertyArea {
#include "change_property_area.def"
} ChangePropertyArea;
typedef struct CreateBuilding {
#include "create_building.def"
} CreateBuilding;
typedef struct ChangeBuilding {
#include "change_building.def"
} ChangeBuilding;
typedef struct CreateUnit {
#include "create_unit.def"
} CreateUnit;
typedef struct ChangeUnit {
#include "change_unit.def"
} ChangeUnit;
typedef struct CreateApartment {
#include "create_apartment.def"
} CreateApartment;
typedef struct ChangeApartment {
#include "change_apartment.def"
} ChangeApartment;
typedef struct CreateOwner {
#include "create_owner.def"
} CreateOwner;
typedef struct ChangeOwner {
#include "change_owner.def"
} ChangeOwner;
typedef struct OwnerShare {
#include "owner_share.def"
} OwnerShare;
typedef struct ChangeOwnership {
#include "change_ownership.def"
} ChangeOwnership;
typedef struct OwnershipImportOwner {
#include "ownership_import_owner.def"
} OwnershipImportOwner;
typedef struct OwnershipImportRow {
#include "ownership_import_row.def"
} OwnershipImportRow;
typedef struct OwnershipImport {
#include "ownership_import.def"
} OwnershipImport;
#undef FIELD

/* --- housing-records.c, housing-value-records.c --- */
#define RECORD(variable) extern const Record record_##variable;
#include "records.def"
#undef RECORD

/* --- housing-command.c, building-table.c --- */
#define COMMAND(variable, ...)                                                                              \
        int run_##variable(Request *q, const void *input, void *ret_output);                                \
        extern const Command essential_##variable;
#include "commands.def"
#undef COMMAND

/* An area, building or unit that has ended takes nothing new; refuses essential.change_not_normal. */
int structure_check(Request *q, const char *name, int64_t state, const char *field) _must_check_;

/* What change_ownership does, for those who need no papers: the interface to the land register. */
int ownership_change(Request *q, const ChangeOwnership *in, Created *ret) _must_check_;

/* --- housing-view.c --- */
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW

/* --- owner.c: owners and shares, shared by commands and import --- */
/* The owner with this number; -ENOENT. */
int owner_find(Request *q, const char *id_number, Owner *ret) _must_check_;
/* Makes owner_find of these numbers cheap. */
int owners_prepared(Request *q, const char *const *id_numbers, size_t n) _must_check_;
/* Checks the number by kind; refuses essential.id_… with line. */
int owner_check(
        Request *q, const char *id_number, int64_t kind, const char *field, const char *line) _must_check_;
/* Known owners, none twice, shares that sum to one; refuses essential.owner_twice, essential.shares_not_one.
 */
int owner_shares_check(Request *q, const OwnerShare *owners, size_t n) _must_check_;
int owners_too_many(Request *q);
/* 1 when the owner bears this name, 0 when another: told by the blind index, nothing is opened. */
int owner_named(Request *q, const Owner *owner, const char *name) _must_check_;
int owner_insert(Request *q, Id property_area, const BuildingTableOwner *given, Owner *ret) _must_check_;
/* The owner of this number, made or with the name corrected; without apply nothing is, and an owner that
 * would be made is 0. *ret_changed is set, never cleared. */
int owner_place(Request *q, Id area, const BuildingTableOwner *given, bool apply, Id *ret,
        bool *ret_changed) _must_check_;
/* Holders of today, ordered by owner. Rows in q->arena. */
int ownership_current(Request *q, Id apartment, Ownership **ret, size_t *ret_n) _must_check_;
/* Ends what holds today and begins these shares; shares are known to sum to one. */
int ownership_replace(Request *q, Id apartment, const OwnerShare *shares, size_t n, Date from,
        const char *reason) _must_check_;

extern const MarkSign essential_apartment_signs[];

/* --- import-outcome.c --- */
/* How many areas bear this name, in whatever width it is written, and the first of them. */
int areas_named(Request *q, const char *name, PropertyArea *ret, size_t *ret_n) _must_check_;
/* The area of this name: "" or NULL is the only one the office has. -ENOENT: none, or several. */
int area_named(Request *q, const char *name, PropertyArea *ret) _must_check_;
/* -ENOENT. */
int building_named(Request *q, Id area, const char *name, Building *ret) _must_check_;
int unit_named(Request *q, Id building, const char *name, Unit *ret) _must_check_;
/* By names all the way; unit "" is the building without units. -ENOENT. */
int apartment_named(Request *q, Id area, const char *building, const char *unit, const char *room,
        Apartment *ret) _must_check_;
