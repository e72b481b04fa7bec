/* SPDX-License-Identifier: Apache-2.0 */
/* Landing a batch: checked and unpacked by a worker, then stored, projected and acknowledged in one commit
 * by the command federation.land. */
#pragma once

#include "context.h"

typedef struct FactRow {
        int64_t measure, month, nature, phase, category, revision, value;
} FactRow;
int fact_row_encode(const FactRow *fact, Buffer *buffer) _must_check_;
int fact_row_decode(Bytes bytes, FactRow *ret) _must_check_;

typedef struct AttestationRow {
        int64_t office, month, revision, verdict;
        Digest digest;
        const char *differing;
} AttestationRow;
int attestation_row_encode(const AttestationRow *attestation, Buffer *buffer) _must_check_;
int attestation_row_decode(Bytes bytes, Arena *arena, AttestationRow *ret) _must_check_;

typedef struct LandRow {
        int64_t record;
        Bytes bytes;
        const Plan *plan; /* NULL: a fact, an attestation, or a record we do not know (yet) */
        void *row;        /* of plan->record; NULL: not readable */
        Id id;            /* of the row; negative when it is not readable */
        FactRow fact;
        AttestationRow attestation;
        bool foreign; /* an attestation on an office that is not below its signer */
} LandRow;

typedef struct Landing {
        const Context *context;
        BatchHeader header;
        BatchBytes bytes;
        int64_t peer; /* who brought it; our own office for our own batches */
        LandRow *rows;
        size_t n_rows;
} Landing;

/* Everything that needs no store: sizes, tree, origin below peer, key, signature, chunks, rows, sums. arena
 * holds what the landing points to. -EREFUSED_ with the code in *ret_code; other failures are ours. */
typedef struct ReceivedBatch {
        Bytes header, signature;
        const Bytes *chunks;
        size_t n_chunks;
} ReceivedBatch;
int landing_check(const Context *context, const Directory *directory, const ReceivedBatch *received,
        int64_t peer, Arena *arena, Landing *ret, const char **ret_code) _must_check_;

/* Runs federation.land. -EREFUSED_: code federation.known (landed before), federation.gap, federation.fork,
 * federation.frozen, federation.grant. */
int landing_execute(Landing *landing, Arena *arena, const char **ret_code) _must_check_;

typedef struct LandInput {
#define FIELD FIELD_MEMBER
#include "land-input.def"
#undef FIELD
        Landing *landing; /* beside the fields: only this program can give it */
} LandInput;
int landing_run(Request *q, const void *data, void *ret_output) _must_check_;

extern const Record record_land_input;
extern const Command command_land;
