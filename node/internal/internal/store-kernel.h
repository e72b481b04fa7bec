/* SPDX-License-Identifier: Apache-2.0 */
/* What only the kernel may do with a store: open it, migrate it, write through its one writer, read a
 * snapshot. */
#pragma once

#include <node/clock.h>
#include <node/crypto.h>
#include <node/module.h>
#include <node/store.h>

typedef struct Store Store;

typedef struct StoreOptions {
        StoreId id;
        const char *dsn; /* "sqlite:/path/file.db" or "postgresql:…" (a libpq connection string) */
        const Clock *clock;
        const char *sqlite_vfs; /* NULL, or the simulator's VFS */
        size_t readers;         /* read-only connections */
        bool inline_writer;     /* no thread: store_write runs in the caller (CLI tools, simulator) */
} StoreOptions;

#define WRITER_GROUP_COMMANDS_MAX 64
#define WRITER_GROUP_MS_MAX 20
#define WRITER_QUEUE_MAX 1024
#define READ_HOLD_MS_MAX 5000

/* Opens, takes the writer's lock (-EBUSY when another process has it) and starts the writer. */
int store_open(const StoreOptions *options, Store **ret) _must_check_;
Store *store_close(Store *store);
DEFINE_CLEANUP(Store, store_close)

/* Applies what is missing, in order; refuses with -EBADMSG when an applied one has another digest. */
int store_migrate(Store *store, const Migration *migrations, size_t n) _must_check_;
/* Prepares a query on the engine in use; -EINVAL with a logged reason when it does not. */
int store_prepare_check(Store *store, const Query *query) _must_check_;

/* One command's work: runs in a savepoint of the group; negative = rolled back alone. It may be called once
 * more from the start when the whole group was rolled back under it (disk full, connection lost): keep no
 * state from the first call. A failed statement dooms the command even when work returns 0. */
typedef int (*StoreWork)(Tx *tx, void *data);
/* After the group is durable (result of work, or of the commit). Called on the writer's thread: be short. */
typedef void (*StoreDone)(int result, void *data);
/* -EAGAIN when the queue is full, -EREADONLY_ after a failed fsync or check. done is called only after a 0
 * here. Results besides work's own: -EUNKNOWN_ (the commit may or may not be durable), -ENOSPC, -EREADONLY_,
 * -ENOTCONN. */
int store_write_async(Store *store, StoreWork work, StoreDone done, void *data) _must_check_;
/* The same, waiting. Returns what work returned, or the commit's failure. -EDEADLK on the writer's own
 * thread. */
int store_write(Store *store, StoreWork work, void *data) _must_check_;

/* A snapshot, taken now; at most READ_HOLD_MS_MAX, then statements answer -ETIMEDOUT. -EAGAIN when all
 * readers are busy that long. Without reader connections (options.readers 0) reads share the writer's:
 * -EBUSY inside a write. */
int store_read_begin(Store *store, Tx **ret) _must_check_;
/* A snapshot without a time limit, for verify, digests and backups. */
int store_read_begin_long(Store *store, Tx **ret) _must_check_;
Tx *store_read_end(Tx *tx);
DEFINE_CLEANUP(Tx, store_read_end)

StoreId store_id(const Store *store);
/* What the engine said at the last failure of this transaction's connection; for the log, never for users.
 */
const char *tx_error_text(const Tx *tx);
void store_set_read_only(Store *store, const char *reason);
bool store_is_read_only(const Store *store);
/* One digest over all tables in registry order, rows by id: equal before and after a restart, and on both
 * engines. Registers, documents, ledgers; tables this node does not have are passed over; then what
 * migrations named by a line
 * "--truth: TABLE KEY" (chain, vault, series), and the migrations themselves. */
int store_digest(Store *store, const Module *const *modules, Digest *ret) _must_check_;
