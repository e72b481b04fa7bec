/* SPDX-License-Identifier: Apache-2.0 */
/* Housing and owners (chapter 4): what modules above and the import may call. Readers use the view v_apartment. */
#pragma once

#include <node/module.h>

extern const Module module_essential;

/* Stored numbers: the index of the name in the lists below. Never change. */
typedef enum Nature { NATURE_COMMODITY = 0, NATURE_PUBLIC = 1, NATURES = 2 } Nature;
typedef enum Phase { PHASE_HOSTED = 0, PHASE_SELF = 1, PHASES = 2 } Phase;
typedef enum ApartmentState {
        APARTMENT_NORMAL = 0,
        APARTMENT_NOT_SHARING = 1,
        APARTMENT_CLOSED = 2,
        APARTMENT_EXTINCT = 3,
        APARTMENT_SPLIT = 4,
        APARTMENT_MERGED = 5,
} ApartmentState;
typedef enum OwnerKind { OWNER_CITIZEN = 0, OWNER_ORGANIZATION = 1 } OwnerKind;

extern const StateName essential_natures[], essential_phases[], essential_apartment_states[], essential_owner_kinds[];
extern const StateName essential_structure_states[];

/* Dimensions of fact cells count from 1 (node/fact.h). */
static inline FactKey essential_fact_key(int32_t month, int64_t nature, int64_t phase) {
        return (FactKey) { .month = month, .nature = (int32_t) nature + 1, .phase = (int32_t) phase + 1 };
}

typedef struct PropertyArea {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/property_area.def>
#undef FIELD
} PropertyArea;

typedef struct Building {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/building.def>
#undef FIELD
} Building;

typedef struct Unit {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/unit.def>
#undef FIELD
} Unit;

typedef struct Apartment {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/apartment.def>
#undef FIELD
} Apartment;

extern const Record record_property_area, record_building, record_unit, record_apartment;

/* Whether code is one of a set of essential ("house_use"). */
bool essential_code_known(const char *set, const char *code);
/* A division code: 6, 9 or 12 digits. */
bool essential_division_valid(const char *division);

/* --- building tables (4.1.1, 15.2.4): what the import hands over, already normalised --- */

/* A command's chain body is bounded (CHAIN_BODY_BYTES_MAX): so many rows with a few owners each always fit. */
#define BUILDING_TABLE_ROWS_MAX 100
#define BUILDING_TABLE_OWNERS_MAX 20

/* All texts trimmed, half-width; what a row does not say (0, "", neither elevator nor no_elevator) is left
 * as it is; building without 幢, 栋, 号楼, 座; unit "" or "-" where there is none. */
typedef struct BuildingTableOwner {
#define FIELD FIELD_MEMBER
#include <essential/building_table_owner.def>
#undef FIELD
} BuildingTableOwner;

typedef struct BuildingTableRow {
#define FIELD FIELD_MEMBER
#include <essential/building_table_row.def>
#undef FIELD
} BuildingTableRow;

/* One whole unit of work: at most BUILDING_TABLE_ROWS_MAX rows; with file_digest, part `part` of that file. */
typedef struct BuildingTable {
#define FIELD FIELD_MEMBER
#include <essential/building_table.def>
#undef FIELD
} BuildingTable;

typedef struct BuildingTableResult {
#define FIELD FIELD_MEMBER
#include <essential/building_table_result.def>
#undef FIELD
} BuildingTableResult;

extern const Record record_building_table, record_building_table_row, record_building_table_owner,
        record_building_table_result;

/* Makes what is missing, changes what differs, leaves the rest; all rows or none, but that rows of what has been split,
 * merged or lost are left out and said in faults. Where file_digest is given, the same part of the same file answers
 * the counts it answered, with repeated = 1, and changes nothing.
 * Refusals carry the row's own line in their last argument: essential.id_checksum, essential.area_range,
 * essential.inner_area, essential.use_unknown, essential.owners_missing, essential.duplicate_row.
 * An owner is known by the number; another name is a change. */
int essential_import_building_table(Request *q, const BuildingTable *table, BuildingTableResult *ret) _must_check_;
/* The same as a command: internal, one call per part. Input record_building_table. */
extern const Command essential_import_building_table_rows;

/* The file that brings building tables: CSV as offices write them. */
extern const Importer essential_building_table;

/* The rules of one row, without a store: NULL when sound, otherwise the refusal's code. Used by the dry run too. */
const char *building_table_row_fault(const BuildingTableRow *row, Date today, const char **ret_field);

/* --- papers that businesses ask for (12.2.1) --- */

#define ATTACHMENTS_OF_BUSINESS_MAX 50
/* For the step of a business that takes effect. Refuses essential.papers_missing with their names while a paper that
 * the business requires today is not attached to the record; 0 where the office only wants to be told (setting
 * essential.papers_block). business: code of the set "business"; record: its name. */
int required_papers_present(Request *q, const char *business, const char *record, Id id) _must_check_;
/* After that step: the papers brought for it are filed, so that they do not answer for the next one. */
int required_papers_file(Request *q, const char *business, const char *record, Id id) _must_check_;
