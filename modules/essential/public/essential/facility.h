/* SPDX-License-Identifier: Apache-2.0 */
/* Common parts and facilities (4.2.2, 4.3.3): what modules above may call. Readers use the view
 * v_facility_apartment: office, facility_id, apartment_id, covered_area, state of the apartment. */
#pragma once

#include <essential/essential.h>

/* Stored numbers: the index of the name in the lists below. Never change. */
typedef enum FacilityScope { FACILITY_PART = 0, FACILITY_EQUIPMENT = 1 } FacilityScope;
typedef enum FacilityBenefits {
        BENEFITS_AREA = 0,
        BENEFITS_BUILDING = 1,
        BENEFITS_UNIT = 2,
        BENEFITS_APARTMENTS = 3,
} FacilityBenefits;
typedef enum FacilityChannel { CHANNEL_WINDOW = 0, CHANNEL_FILE = 1, CHANNEL_INTERFACE = 2 } FacilityChannel;

extern const StateName essential_facility_scopes[], essential_facility_benefits[],
        essential_facility_channels[];

typedef struct FacilityCategory {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/facility_category.def>
#undef FIELD
} FacilityCategory;

typedef struct Facility {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/facility.def>
#undef FIELD
} Facility;

extern const Record record_facility_category, record_facility;

/* The fund pays for what is out of warranty only. In warranty from the first to the last day, both included;
 * a missing first day is the day of manufacture, and without a last day there is no warranty. Pure. */
bool facility_in_warranty(const Facility *facility, Date day);
/* Dates that cannot be: code of a refusal, or NULL. Pure. */
const char *facility_dates_fault(const Facility *facility, Date today, const char **ret_field);
