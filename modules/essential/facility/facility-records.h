/* SPDX-License-Identifier: Apache-2.0 */
/* Common parts and facilities: records of this room, and the inputs of its commands. */
#pragma once

#include <essential/facility.h>

#include <essential/housing_change.h>

#include "housing/housing-records.h"

#define FIELD FIELD_MEMBER
typedef struct FacilityBenefit {
        RowHead head;
#include "facility_benefit.def"
} FacilityBenefit;
typedef struct FacilityWork {
        RowHead head;
#include "facility_work.def"
} FacilityWork;
typedef struct FacilitySaved {
#include "facility_saved.def"
} FacilitySaved;
typedef struct FacilityResult {
#include "facility_result.def"
} FacilityResult;
typedef struct PresetCatalogue {
#include "preset_catalogue.def"
} PresetCatalogue;
typedef struct PresetResult {
#include "preset_result.def"
} PresetResult;
typedef struct CreateFacilityCategory {
#include "create_facility_category.def"
} CreateFacilityCategory;
typedef struct ChangeFacilityCategory {
#include "change_facility_category.def"
} ChangeFacilityCategory;
typedef struct CancelFacilityCategory {
#include "cancel_facility_category.def"
} CancelFacilityCategory;
typedef struct FacilityApartment {
#include "facility_apartment.def"
} FacilityApartment;
typedef struct CreateFacility {
#include "create_facility.def"
} CreateFacility;
typedef struct ChangeFacility {
#include "change_facility.def"
} ChangeFacility;
typedef struct CancelFacility {
#include "cancel_facility.def"
} CancelFacility;
typedef struct RecheckFacility {
#include "recheck_facility.def"
} RecheckFacility;
typedef struct RecordFacilityWork {
#include "record_facility_work.def"
} RecordFacilityWork;
typedef struct ChangeFacilityWork {
#include "change_facility_work.def"
} ChangeFacilityWork;
typedef struct CancelFacilityWork {
#include "cancel_facility_work.def"
} CancelFacilityWork;
typedef struct FacilityImportRoom {
#include "facility_import_room.def"
} FacilityImportRoom;
typedef struct FacilityImportRow {
#include "facility_import_row.def"
} FacilityImportRow;
typedef struct FacilityImport {
#include "facility_import.def"
} FacilityImport;
#undef FIELD

/* --- facility-records.c, facility-value-records.c --- */
extern const StateName essential_facility_works[];
#define RECORD(variable) extern const Record record_##variable;
#include "records.def"
#undef RECORD

/* --- facility-command.c, facility-catalogue.c, facility-work.c --- */
#define COMMAND(variable, ...)                                                                              \
        int run_##variable(Request *q, const void *input, void *ret_output);                                \
        extern const Command essential_##variable;
#include "commands.def"
#undef COMMAND

/* --- facility-view.c --- */
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW

/* --- facility-command.c: for commands and the import alike --- */
/* Place and dates of a facility are sound and its name is free there; resolves whom it benefits. */
int facility_check(Request *q, Facility *facility, const Lines *apartments) _must_check_;
/* Inserts with its chosen apartments and counts whom it benefits. */
int facility_insert(Request *q, Facility *facility, const Lines *apartments) _must_check_;
/* Writes a changed row with what it benefits now. */
int facility_save(Request *q, Facility *facility, const char *reason) _must_check_;
/* Chosen apartments become these. */
int facility_benefits_replace(
        Request *q, Facility *facility, const Lines *apartments, const char *reason) _must_check_;

/* --- facility-follow.c: facilities in use, when housing changes; at most max rows are written --- */
#define FACILITY_BENEFITS_MAX 200 /* chosen for one apartment */
/* What lies inside a unit or building that comes to lie in another building or area says so. */
int facilities_follow(Request *q, ChangeLevel level, Id place, Id target, size_t max, const char *reason,
        size_t *ret_n) _must_check_;
/* What lies right at a unit, building or area that is merged lies at the one it has become. */
int facilities_take_over(Request *q, ChangeLevel level, Id place, Id target, size_t max, const char *reason,
        size_t *ret_n) _must_check_;
/* Of what lies right at a place that is split nobody can tell where it goes: refuses essential.facility_left. */
int facilities_none_left(Request *q, ChangeLevel level, Id place, const char *name) _must_check_;
/* Who takes the place of an apartment takes its place among those that were chosen. */
int facility_benefits_pass(Request *q, Id old, const Apartment *news, size_t n_news, const char *reason) _must_check_;

/* --- facility-codes.c --- */
typedef struct CataloguePreset {
        FacilityScope scope;
        const char *code, *name; /* the parent's code is this one less its last two digits */
} CataloguePreset;
extern const char facility_counted[]; /* why a new row has a second version */
extern const CataloguePreset facility_catalogue[]; /* parents first; ends with an empty row */
