/* SPDX-License-Identifier: Apache-2.0 */
/* What every part of the federation's work needs to know of its node. */
#pragma once

#include <federation/session.h>

#include "batch.h"
#include "directory.h"
#include "plan.h"
#include "statement.h"

#define OFFICES_MAX 256
#define WORK_ARENA_BYTES_MAX (64u << 20)

typedef struct Context {
        Engine *engine;
        int64_t office;
        int64_t offices[OFFICES_MAX]; /* all that keep books here, office first */
        size_t n_offices;
        PublicKey root;
        Digest tree;
        Plans plans;
        unsigned capabilities;
} Context;

/* Where batches are archived for sending on: regulatory where there is one, else business. */
Store *context_archive(const Context *context);
bool context_hosts(const Context *context, int64_t office);
/* Does this node land rows of such a stream, or only keep and forward its bytes? */
bool context_lands(const Context *context, int64_t stream);
/* detail and backup go to the nearest holder and no further. */
bool stream_goes_on(const Context *context, int64_t stream);
bool stream_wanted(const Context *context, int64_t office, int64_t stream);

/* Signs a statement with the node's identity; both results in the arena. */
int statement_sign(const Context *context, Statement *statement, Arena *arena, Bytes *ret_content,
        Signature *ret) _must_check_;

/* --- shared pieces of work on tables, all inside a transaction --- */
int counter_next(Tx *tx, const char *name, int64_t *ret) _must_check_;
typedef struct StreamRow {
        Position position;
        Digest digest;
        int64_t chain_last, partial, landed, detail_epoch, detail_seq, instant_ms;
} StreamRow;
/* -ENOENT; zeros then. */
int stream_get(Tx *tx, int64_t office, int64_t stream, StreamRow *ret) _must_check_;
int stream_put(Tx *tx, int64_t office, int64_t stream, const StreamRow *row) _must_check_;

typedef struct BatchBytes {
        const BatchHeader *header;
        Bytes header_bytes, body;
        Signature signature;
        Digest digest;
} BatchBytes;
/* Batch, receipt; not the stream's row. */
int archive_add(Tx *tx, const BatchBytes *batch, int64_t instant_ms) _must_check_;
int acknowledgement_put(
        Tx *tx, const Statement *statement, Bytes content, const Signature *signature) _must_check_;
int alarm_add(
        Tx *tx, const Statement *about, const char *kind, int64_t peer, int64_t instant_ms) _must_check_;

typedef enum StreamState {
        STREAM_IN_STEP = 0,
        STREAM_BEHIND = 1,
        STREAM_AHEAD = 2, /* the other side holds more of ours than we do: we were restored */
        STREAM_FORK = 3,
        STREAM_UNKNOWN = 4,
        STREAM_REFUSED = 5,
} StreamState;
int stream_state(Tx *tx, int64_t office, int64_t stream, StreamState *ret) _must_check_;
int stream_state_put(
        Tx *tx, int64_t office, int64_t stream, StreamState state, int64_t instant_ms) _must_check_;
