/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a building table on its way into the store. */
#pragma once

#include "filer.h"

/* Written into history as the reason; the file is named by its digest in the import's own record. */
#define REASON_IMPORT "building table"
#define ROOMS_ASKED 32 /* of essential_apartments_by_rooms */

/* A row of the part and the apartment it is about. */
typedef struct Placed {
        const BuildingTableRow *row;
        Apartment *apartment;
        bool taken, created, changed; /* taken: not left out */
} Placed;

/* Rooms of a unit that were looked for by one statement. */
typedef struct RoomsAsked {
        Id unit;
        const char *asked[ROOMS_ASKED];
        Apartment found[ROOMS_ASKED];
        size_t n_asked, n_found;
} RoomsAsked;

/* A part on its way. What is new is gathered and written by kinds: apartments, owners, shares. */
typedef struct Taking {
        Request *q;
        bool apply;
        Filer filer;
        /* What the row before was about: rows of one building come together. New ones have no id in a
         * rehearsal. */
        PropertyArea area;
        Building building;
        Unit unit;
        bool known;
        bool unit_new; /* has no apartments but those of this part */
        bool building_changed;  /* by the row at hand */
        bool building_unitless; /* it has rooms that lie in no unit */
        const BuildingTableRow *rows;
        size_t n_rows;
        Placed *placed;
        RoomsAsked rooms;
        Apartment *apartments; /* new ones; those before n_written are in the store */
        size_t n_apartments, n_written;
        Owner *owners; /* new ones, each with the line that brought it */
        const BuildingTableOwner **owners_given;
        size_t n_owners;
        Ownership *shares; /* new ones of new apartments */
        size_t n_shares;
        ImportOutcome left_out; /* its faults only */
        BuildingTableResult result;
} Taking;

/* Code of what a stranger's row may not do, or NULL: the first before anything is made for the row, the
 * second once its place is found. known: the line's apartment where it is there already, which it differs
 * from or not. */
int taking_filed_owners(Taking *taking, const BuildingTableRow *row, const char **ret_code) _must_check_;
int taking_filed_fault(Taking *taking, const BuildingTableRow *row, const Apartment *known, bool differs,
        const char **ret_code) _must_check_;
/* Makes the owners whom nobody knows yet, of all lines that are taken. */
int taking_owners(Taking *taking) _must_check_;
/* Who holds the line's apartment: gathered for a new one, written for a known one. */
int taking_shares(Taking *taking, Placed *placed) _must_check_;
