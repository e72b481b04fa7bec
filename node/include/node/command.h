/* SPDX-License-Identifier: Apache-2.0 */
/* The one path of a change. A command's run() holds only its subject; identification, permission, step-up,
 * decoding, idempotency, transaction, chain and answer are the kernel's (design 4). */
#pragma once

#include <node/arena.h>
#include <node/clock.h>
#include <node/error.h>
#include <node/record.h>
#include <node/store.h>

/* One row of an errors.def: ERROR(code, sentence with {0} {1} …, clause). Stable for ever. */
typedef struct ErrorText {
        const char *code;     /* "deposit.same_person" */
        const char *sentence; /* Chinese; says what happened and what to do; {0} is the first argument */
        const char *clause;
} ErrorText;

#define REFUSAL_ARGUMENTS_MAX 6
typedef struct Refusal {
        const char *code, *field;
        const char *arguments[REFUSAL_ARGUMENTS_MAX]; /* already as text; never sealed data */
        size_t n_arguments;
} Refusal;

struct Engine; /* the kernel's */
struct Caller;
typedef struct Command Command;
typedef struct RequestKernel RequestKernel; /* the kernel's own part */

typedef struct Request {
        Arena *arena;
        Tx *tx;
        const Clock *clock;
        Instant now; /* fixed for the whole command */
        Date today;  /* business day of now, UTC+8 */
        int64_t office;
        const char *division; /* division code the node is configured with: a default for new rows, never a
                                 key */
        Id person;            /* 0: the system itself (jobs, batches) */
        Id organization;      /* the person is a user of this involved organization (2.0.11); 0: staff */
        const Command *command;
        Refusal refusal;
        RequestKernel *kernel;
} Request;

/* Records why and returns -EREFUSED_. Arguments are texts; NULL ends the list: refuse(q, "x.y", "amount", a,
 * NULL). */
int refuse(Request *q, const char *code, const char *field, ...) __attribute__((sentinel));

typedef enum CommandFlags {
        COMMAND_STEP_UP = 1 << 0, /* asks the second authentication, bound to this very input (14.4.5) */
        COMMAND_OTHER_PERSON = 1 << 1, /* run() calls request_other_person() */
        COMMAND_INTERNAL = 1 << 2,     /* only jobs, imports and federation: no route */
        COMMAND_NO_CHAIN = 1 << 3,     /* technical: leaves no chain entry (sessions, positions) */
        COMMAND_ORGANIZATION = 1 << 4, /* users of involved organizations too; run() asks request_own() */
        COMMAND_OWN = 1 << 5,          /* about the caller himself: opens no page of the module's records */
        COMMAND_AMOUNT = 1 << 6,       /* moves money: run() calls request_amount() (14.4.2) */
        COMMAND_READING = 1 << 7,      /* only notes that something was read or printed: goes on while an office may
                                          only read (14.2.5) */
        COMMAND_SHOWS = 1 << 8, /* its answer shows private values, {"basis","values":[{"record_name","record_id"…}]}:
                                 * who was shown them is on record before it leaves (14.2.3) */
} CommandFlags;

typedef enum Capability {
        CAPABILITY_BUSINESS = 1 << 0,
        CAPABILITY_DETAIL = 1 << 1,
        CAPABILITY_FACTS = 1 << 2,
        CAPABILITY_PUBLIC = 1 << 3,
        /* the inner side (3.0.4, 14.2.6): whatever an outer node must not have exists with one of these only */
        CAPABILITY_INNER = CAPABILITY_BUSINESS | CAPABILITY_DETAIL | CAPABILITY_FACTS,
        CAPABILITY_ANY = 0xff,
} Capability;

struct Command {
        const char *name; /* "deposit.post": route, permission, audit verb and CLI verb */
        const char *label, *clause;
        StoreId store;
        unsigned capabilities; /* where it exists: any of these */
        unsigned flags;
        const Record *input, *output; /* SHAPE_VALUE or a stored record; output may be NULL */
        int (*run)(Request *q, const void *input, void *ret_output);
        /* Of the kernel's own commands: reads, on the caller's thread and before the writer, what run() needs from
         * other stores. The result lives in the arena. NULL: nothing. */
        int (*prepare)(struct Engine *engine, const struct Caller *caller, const void *input, Arena *arena,
                void **ret);
};

/* --- what a command may do with rows; each is recorded for the chain by itself --- */

/* Commands with COMMAND_NO_CHAIN may write SHAPE_PROJECTION rows only (-EPERM otherwise): what is not in the
 * chain is not history. Projections are never in the chain, whoever writes them. */
/* Assigns id, office, version 1 and chain_seq in row->head and inserts. Seals KIND_SEALED input into the
 * vault. Refuses node.duplicate when a unique set is taken, node.required … from record_check. */
int record_insert(Request *q, const Record *record, void *row) _must_check_;
/* The same for an array of n rows: private values by one exchange with the keys, PostgreSQL waited for once. */
int record_insert_many(Request *q, const Record *record, void *rows, size_t n) _must_check_;
/* Registers, documents and projections (not ledgers: -EPERM; a document's state moves by document_step only:
 * -EPERM). Refuses node.fixed, node.duplicate, and node.moved_on with -ECONFLICT_. head.id and head.version
 * say what was read; -ECONFLICT_ when it moved. */
int record_update(Request *q, const Record *record, void *row, const char *reason) _must_check_;
/* -ENOENT also when the row belongs to another office than q->office. Texts live in q->arena. */
int record_load(Request *q, const Record *record, Id id, void *ret_row) _must_check_;
/* Reads the row at hand of "SELECT * FROM record …" into a struct by column name. */
int record_from_rows(const Record *record, const Rows *rows, Arena *arena, void *ret_row) _must_check_;
/* Moves a document along its transition table for q->command and saves; refuses node.wrong_state naming
 * both. The row as loaded, with other fields already changed by the caller; its state field is set here. */
int document_step(Request *q, const Record *record, void *row) _must_check_;
/* The next number of a gapless series, from a row inside the transaction: ("payment_notice", 2026). From 1.
 * The row is a register with history, so verify sees that no number was left out. Inside a command with a
 * chain entry only. */
int number_next(Request *q, const char *series, int32_t period, int64_t *ret) _must_check_;
/* I9: refuses node.same_person when earlier is the caller (a person, not a log-in), or whom he stands in for,
 * or who stands in for him. */
int request_other_person(Request *q, Id earlier, const char *field) _must_check_;
/* 14.4.2: refuses node.over_limit when the operation is larger than the caller's right to this command. Among
 * several rights the first that is large enough is the one he acts under. Every command with COMMAND_AMOUNT
 * asks, with all it moves at once: a batch with its sum. */
int request_amount(Request *q, Money amount, const char *field) _must_check_;
/* Whether somebody works under this person: 1 for a post, right or delegation on any day, or an organization's user; 0
 * where the person only stands for a machine. Asked of the system store, outside of this transaction. */
int request_person_staff(const Request *q, Id person) _must_check_;
/* What command->prepare found; NULL when it has none. */
const void *request_prepared(const Request *q);
/* Whether any module declares codes of the set, and how a declared code is called; NULL: it is not declared. */
bool code_set_declared(const Request *q, const char *set);
const char *code_declared(const Request *q, const char *set, const char *code);
/* 1: declared, or a row that holds today; 0: neither. Sets that nobody declares hold anything. */
int code_known(Request *q, const char *set, const char *code) _must_check_;
/* The organization whose part this is, when a user of an involved organization calls: -ENOENT where it is another's,
 * as if it were not there (2.0.11). Staff pass. */
int request_own(const Request *q, Id organization) _must_check_;
/* Opens a sealed value for a named purpose; the kernel logs the opening. Result in q->arena. */
int sealed_open(Request *q, Sealed sealed, const char *purpose, const char **ret) _must_check_;
/* Exact match by blind index; scope 0 for ID numbers and phones, a property area id for names. Ids in
 * q->arena. */
int sealed_find(Request *q, const char *kind, Id scope, const char *plain, Id **ret_vault_ids,
        size_t *ret_n) _must_check_;
/* Asks for the blind indexes of many values at once, for sealed_find and inserts of this command. Only faster,
 * never needed. */
int sealed_prepare(Request *q, const char *kind, Id scope, const char *const *plains, size_t n) _must_check_;
/* Rows another command of the same transaction: runs it in place, no chain entry of its own. */
int command_call(Request *q, const Command *command, const void *input, void *ret_output) _must_check_;

/* Events: heard in the same transaction by modules above; they never move money. */
typedef struct Event {
        const char *name, *label; /* "deposit.posted" */
        const Record *payload;
} Event;
typedef struct Subscription {
        const Event *event;
        int (*hear)(Request *q, const void *payload);
} Subscription;
int event_emit(Request *q, const Event *event, const void *payload) _must_check_;

#define REQUEST_NOTES_MAX 4
/* Something that auditors should see ("payee_changed", a code of the set security_event): noted in the system store
 * after this command is durable; a command that is refused leaves none. detail without private values. */
int request_note(Request *q, const char *kind, const char *detail) _must_check_;
