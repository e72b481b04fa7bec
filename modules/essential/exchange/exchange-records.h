/* SPDX-License-Identifier: Apache-2.0 */
/* Exchange with survey, market and registration systems (13.0.3): partners, what they said, what differs. */
#pragma once

#include "../housing/housing-records.h"

/* Stored numbers: the index of the name in exchange-records.c. Never change. */
typedef enum PartnerState { PARTNER_REQUESTED = 0, PARTNER_ACTIVE = 1, PARTNER_REVOKED = 2 } PartnerState;
typedef enum ExchangeKind {
        EXCHANGE_BUILDING_TABLE = 0,
        EXCHANGE_AREAS = 1,
        EXCHANGE_OWNERSHIP = 2
} ExchangeKind;
typedef enum AreaStage { STAGE_NONE = 0, STAGE_FORECAST = 1, STAGE_MEASURED = 2 } AreaStage;
typedef enum ListState { LIST_OPEN = 0, LIST_CLOSED = 1 } ListState;
typedef enum DifferenceItem {
        ITEM_COVERED_AREA = 0,
        ITEM_INNER_AREA = 1,
        ITEM_FLOOR = 2,
        ITEM_USE = 3,
        ITEM_UNIT_CODE = 4,
        ITEM_OWNERS = 5,
        ITEM_APARTMENT = 6, /* we have no such apartment */
        ITEM_ROW = 7,       /* nothing can be done with the row */
} DifferenceItem;
typedef enum DifferenceState {
        DIFFERENCE_PENDING = 0,
        DIFFERENCE_ACCEPTED = 1,
        DIFFERENCE_APPLIED = 2,
        DIFFERENCE_REFUSED = 3,
        DIFFERENCE_UNUSABLE = 4,
        DIFFERENCE_SAME = 5,
} DifferenceState;
typedef enum Decision { DECISION_ACCEPT = 0, DECISION_REFUSE = 1 } Decision;
typedef enum DecisionScope { SCOPE_TOLERANCE = 0, SCOPE_AREAS = 1, SCOPE_ALL = 2 } DecisionScope;
typedef enum CheckDecision { CHECK_CONFIRM = 0, CHECK_SEND_BACK = 1 } CheckDecision;
typedef enum AccessKind { ACCESS_BUILDING_TABLE = 0, ACCESS_DEPOSIT = 1, ACCESS_CHANGES = 2 } AccessKind;

extern const StateName essential_partner_kinds[], essential_partner_states[], essential_exchange_kinds[],
        essential_area_stages[], essential_list_states[], essential_difference_items[],
        essential_difference_states[], essential_decisions[], essential_decision_scopes[],
        essential_check_decisions[], essential_access_kinds[];

#define EXCHANGE_ROWS_MAX 100
#define EXCHANGE_DECISIONS_MAX 50 /* of one command: its chain body is bounded */
#define EXCHANGE_ITEMS_OF_ROW 6

#define FIELD FIELD_MEMBER
typedef struct ExchangePartner {
        RowHead head;
#include "partner.def"
} ExchangePartner;
typedef struct ExchangeList {
        RowHead head;
#include "exchange_list.def"
} ExchangeList;
typedef struct ExchangeMessage {
        RowHead head;
#include "exchange_message.def"
} ExchangeMessage;
typedef struct ExchangeDifference {
        RowHead head;
#include "exchange_difference.def"
} ExchangeDifference;
typedef struct ExchangeOwner {
        RowHead head;
#include "exchange_owner.def"
} ExchangeOwner;
typedef struct ExchangeAccess {
        RowHead head;
#include "exchange_access.def"
} ExchangeAccess;
typedef struct CreatePartner {
#include "create_partner.def"
} CreatePartner;
typedef struct ChangePartner {
#include "change_partner.def"
} ChangePartner;
typedef struct ApprovePartner {
#include "approve_partner.def"
} ApprovePartner;
typedef struct RevokePartner {
#include "revoke_partner.def"
} RevokePartner;
typedef struct NoteAccess {
#include "note_access.def"
} NoteAccess;
typedef struct ExchangePushOwner {
#include "exchange_push_owner.def"
} ExchangePushOwner;
typedef struct ExchangeRow {
#include "exchange_row.def"
} ExchangeRow;
typedef struct ExchangePush {
#include "exchange_push.def"
} ExchangePush;
typedef struct ExchangeAreaRow {
#include "exchange_area_row.def"
} ExchangeAreaRow;
typedef struct ExchangeAreaTable {
#include "exchange_area_table.def"
} ExchangeAreaTable;
typedef struct ExchangeReceipt {
#include "exchange_receipt.def"
} ExchangeReceipt;
typedef struct DecideDifference {
#include "decide_difference.def"
} DecideDifference;
typedef struct DecideList {
#include "decide_list.def"
} DecideList;
typedef struct CheckList {
#include "check_list.def"
} CheckList;
typedef struct Decided {
#include "decided.def"
} Decided;
typedef struct CloseList {
#include "close_list.def"
} CloseList;
#undef FIELD

/* --- exchange-records.c, exchange-value-records.c --- */
#define RECORD(variable) extern const Record record_##variable;
#include "records.def"
#undef RECORD

/* --- the commands --- */
#define COMMAND(variable, ...)                                                                              \
        int run_##variable(Request *q, const void *input, void *ret_output);                                \
        extern const Command essential_##variable;
#include "commands.def"
#undef COMMAND

/* --- exchange-view.c --- */
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW

/* --- exchange-partner.c --- */
/* Refuses unless the partner is active today and may push this kind. */
int partner_may_push(Request *q, Id partner, int64_t kind) _must_check_;

/* --- exchange-find.c --- */
/* The apartment a row speaks of. 0; -ENOENT: none; 1: the row is at fault, *ret_fault says how. */
int exchange_apartment(
        Request *q, const ExchangeRow *row, Apartment *ret, const char **ret_fault) _must_check_;
/* First row of a query, decoded. -ENOENT. */
int exchange_one(Request *q, const Record *record, const Query *query, const Value *args, size_t n,
        void *ret) _must_check_;
/* "area building-unit-room" as the partner wrote it, or its code. */
const char *exchange_place(Request *q, const ExchangeRow *row);

/* --- exchange-compare.c --- */
typedef struct Comparison {
        Request *q;
        const ExchangePush *push;
        ExchangeDifference *found; /* not yet stored */
        const ExchangeRow **rows;  /* the row each came from */
        size_t n;
        ExchangeReceipt receipt;
} Comparison;
/* Compares every row with the registers; writes nothing. */
int exchange_compare(Comparison *c) _must_check_;
/* 1: the line's dwelling has ended since; the line is unusable and says so. */
int exchange_ended(Request *q, ExchangeDifference *difference) _must_check_;
/* 1: the owners are not those the line was compared with; it says how many there are now, and waits again. */
int exchange_owners_moved(Request *q, ExchangeDifference *difference) _must_check_;
/* Whether the holders of today are exactly these. 0, 1, negative. */
int exchange_owners_same(Request *q, Id apartment, const ExchangePushOwner *owners, size_t n) _must_check_;

/* --- exchange-apply.c --- */
/* Brings an accepted difference into the registers by the ordinary commands. Sets its state: applied, same,
 * or pending again with what we hold now where that has changed since. The caller stores it. */
int exchange_apply(Request *q, ExchangeDifference *difference, const char *reason) _must_check_;

/* --- exchange-setting.c --- */
/* Whether accepted lines wait for another person (14.2.2). */
int exchange_second_person(Request *q, bool *ret) _must_check_;
/* Areas that differ by no more are accepted together. */
int exchange_tolerance(Request *q, Area *ret) _must_check_;

/* --- area-table.c --- */
/* The file that brings surveyed areas. */
extern const Importer essential_area_table;
