/* SPDX-License-Identifier: Apache-2.0 */
/* Inside audit: the queue of readings, the sets of ids they carry, and what its files share. */
#pragma once

#include <pthread.h>

#include <internal/audit.h>

#include "audit-query.h"

typedef struct AccessSeal {
        RowHead head_;
#define FIELD FIELD_MEMBER
#include "access-seal.def"
#undef FIELD
} AccessSeal;

typedef struct Limits {
#define FIELD FIELD_MEMBER
#include "limits.def"
#undef FIELD
} Limits;
#define OFF_HOURS_SLOTS 256
typedef enum DayRule { DAY_AS_WEEK, DAY_WORKED_INSTEAD, DAY_OFF } DayRule;
/* As they were last read; a node may hold more offices than one. */
typedef struct OfficeLimits {
        int64_t office, read_ms; /* 0: an empty place */
        Limits limits;
        Date day; /* what the calendar says of it */
        DayRule rule;
} OfficeLimits;
#define OFFICE_LIMITS 64

/* Which rows were on a page or in a file: pairs (record number, id). Grows on the heap; the first failure
 * sticks. */
typedef struct AccessId {
        int64_t record, id;
} AccessId;
typedef struct AccessIds {
        AccessId *items;
        size_t n, capacity;
        int error;
} AccessIds;

void access_ids_done(AccessIds *ids);
void access_ids_add(AccessIds *ids, int64_t record, int64_t id);
/* Sorts, drops doubles. */
void access_ids_order(AccessIds *ids);
/* Ordered ids as bytes: groups of record, count, first id, differences; all varints. */
int access_ids_encode(const AccessIds *ids, Buffer *out) _must_check_;
/* Brings them in order. 0: an entry can hold them; -E2BIG, -ENOMEM. */
#define ACCESS_IDS_BYTES_MAX (16u << 20)
int access_ids_fit(AccessIds *ids) _must_check_;
/* 1 when the bytes hold the pair, 0 when not, -EMALFORMED_. */
int access_ids_hold(Bytes bytes, int64_t record, int64_t id) _must_check_;

#define ACCESS_BLOCK_BITS 10

/* --- access-subject.c: what a row of a view or a record's page shows --- */
void access_subjects_of_rows(const Registry *registry, const View *view, const ViewCall *call,
        const json_t *rows, AccessIds *ret);
void access_subjects_of_record(
        const Registry *registry, const Record *record, Id id, const json_t *row, AccessIds *ret);
/* The record that an id of the row leads to: declared with the field, or named by the text beside it. NULL: none. */
const Record *access_field_record(
        const Registry *registry, const Record *record, const Field *field, const json_t *row);
/* The record that a column of a view leads to; NULL: none. */
const Record *access_column_record(const Registry *registry, const View *view, const Column *column);
const char *access_filter_text(const ViewCall *call, Buffer *buffer);

/* --- access.c --- */

/* One reading on its way to the ledger; owns its memory. */
typedef struct AccessEntry {
        int64_t instant, office, person, session, subject, rows;
        char kind[12], address[65], name[97], number[EXPORT_NUMBER_MAX], digest[2 * sizeof(Digest) + 1];
        char *filter;
        AccessIds ids;
} AccessEntry;

struct Audit {
        Engine *engine;
        Identity *identity;
        pthread_t thread;
        pthread_mutex_t mutex;
        pthread_cond_t wake, flushed;
        AccessEntry *queue, *spare; /* what waits; the other one is being written */
        size_t n;
        uint64_t queued, durable, lost; /* entries ever queued; of those ever written, ever without room */
        bool stopping, urgent, failing;
        int64_t failed_since; /* ms; 0: not, or its end is noted */
        bool told;            /* auditors know of the present failure */
        int64_t exports; /* numbers given since start */
        int64_t sealed_day;
        int64_t clock_offset; /* wall minus steady; 0: not looked yet */
        OfficeLimits limits[OFFICE_LIMITS];
        struct {
                int64_t person, session, hour;
        } off_hours[OFF_HOURS_SLOTS]; /* already noted */
};

AccessEntry access_entry_make(Audit *audit, const Seer *seer, const char *kind, const char *name);
/* Takes the entry; waits only when the queue is full. -EREADONLY_: the store takes nothing and there is no
 * room left; the entry is gone. */
int access_put(Audit *audit, AccessEntry *entry);
void access_entry_done(AccessEntry *entry);
/* Digest of one entry in its canonical form over the digest before. Shared by writing and verifying. */
int access_head(DigestKind kind, const Digest *previous, const AccessEntry *entries, const Bytes *ids,
        size_t n, int64_t first_id, Digest *ret) _must_check_;

/* --- saw.c --- */
/* basis may be NULL; values: lines with record_name and record_id. Durable when it returns 0. */
int audit_saw_opened(Audit *audit, const Seer *seer, const char *basis, const json_t *values) _must_check_;
/* A file that leaves: durable when it returns 0, and noted where somebody takes too much. Takes the entry. */
int access_exported(Audit *audit, AccessEntry *entry) _must_check_;
void access_export_number(Audit *audit, char ret[static EXPORT_NUMBER_MAX]);

/* --- seal.c --- */
int access_seal(Audit *audit) _must_check_;
int run_seal(Request *q, const void *input, void *ret_output);
extern const Command command_seal;
extern const Record record_access_seal;

/* --- names.c --- */
json_t *number_text(int64_t number);
/* Fills "person_name" of each object of the array from its "person", and "principal_name" from a "principal". */
int person_names_fill(Engine *engine, json_t *array) _must_check_;

/* --- limits.c --- */
enum { SETTING_WORK_BEGIN, SETTING_WORK_END, SETTING_WORK_DAYS, SETTING_EXPORT_ROWS };
extern const Setting audit_settings[];
extern const Command command_limits;
int run_limits(Request *q, const void *input, void *ret_output);
Limits limits_standard(void);
/* Read at most once a minute for each office; who asks while they are read has those of before. */
OfficeLimits limits_now(Audit *audit, int64_t office);
bool limits_off_hours(const OfficeLimits *known, Instant now);

/* --- state.c --- */
#define STATE_VALUE_MAX 80
/* Sets it; what it was before, "" when nothing was known. */
int audit_state_set(Audit *audit, const char *name, const char *value,
        char ret_before[static STATE_VALUE_MAX]) _must_check_;
/* "" when nothing is known. */
int audit_state_get(Audit *audit, const char *name, char ret[static STATE_VALUE_MAX]) _must_check_;
