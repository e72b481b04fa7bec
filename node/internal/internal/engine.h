/* SPDX-License-Identifier: Apache-2.0 */
/* The engine runs commands and views for every door alike: web, command line, jobs, imports, batches. */
#pragma once

#include <jansson.h>

#include <internal/request-kernel.h>

typedef struct Caller {
        Id person;           /* 0: the system itself */
        int64_t office;      /* on whose behalf; views see the closure below it */
        const char *key;     /* idempotency key; NULL only for the system */
        const char *step_up; /* proof, or NULL */
        Id organization;     /* an involved organization's own user (2.0.11) sees its part only; 0: staff */
} Caller;

typedef struct Engine {
        const Registry *registry;
        Store *stores[4]; /* by StoreId; NULL where the node has none */
        const Keys *keys;
        const Clock *clock;
        DigestKind digest_kind;
        const char *division; /* of the configuration; NULL: none */
        const char *scratch;  /* folder for files without a name; NULL: the system's */
        /* identity fills these in: 0, -EFORBIDDEN_, -ESTEPUP_, -EAUTHENTICATE_. NULL: everything is allowed
         * (tests). */
        void *identity;
        int (*permit_command)(void *identity, const Caller *caller, const Command *command,
                const Digest *input, Permit *ret);
        int (*permit_view)(void *identity, const Caller *caller, const View *view);
        /* What the office has ruled for an emergency (14.2.5), asked after the permit: 0, or -EREFUSED_ with why. */
        int (*emergency)(void *identity, const Caller *caller, const Command *command, Arena *arena,
                Refusal *ret);
        /* 1: the person holds a post, right or delegation on any day, or belongs to an organization; 0: a name
         * that only stands for a machine. Any thread, its own snapshot. NULL: nobody does. */
        int (*person_staff)(void *identity, Id person);
        /* Name of a person for histories, in the arena; NULL: unknown. May be NULL itself. */
        const char *(*person_name)(void *identity, Id person, Arena *arena);
        /* a command's note for auditors, after it is durable, on the caller's thread; identity fills it in */
        void (*noted)(void *identity, const Caller *caller, const char *kind, const char *detail);
        /* after a durable command, on the caller's thread; the federation and progress streams listen */
        void (*committed)(void *data, StoreId store, int64_t seq);
        void *committed_data;
} Engine;

typedef struct Reply {
        int result;      /* 0 or negative as in error.h */
        Refusal refusal; /* for -EREFUSED_ and field faults; texts in the arena */
        int64_t seq;
        bool repeated; /* the key was known: this is the first answer again */
        void *output;  /* struct of command->output, or NULL */
} Reply;

/* The whole path of design 4 for one command; waits until it is durable. Never fails itself: see
 * ret->result. */
void command_execute(Engine *engine, const Caller *caller, const Command *command, const void *input,
        Arena *arena, Reply *ret);
/* The same from JSON; refuses unknown members (node.unknown_field). */
void command_execute_json(Engine *engine, const Caller *caller, const Command *command, const json_t *input,
        Arena *arena, Reply *ret);
/* Digest that binds a step-up proof to one input: the same as permit_command is given. -EMALFORMED_,
 * -EREFUSED_. */
int command_digest(Engine *engine, const Command *command, const void *input, Digest *ret) _must_check_;
int command_digest_json(
        Engine *engine, const Command *command, const json_t *input, Arena *arena, Digest *ret) _must_check_;
/* Sentence of a refusal with its arguments, from the errors.def of whoever declared it. */
const char *refusal_sentence(const Registry *registry, const Refusal *refusal, Arena *arena);

/* Struct <-> JSON by field list (values as in docs/api.md). The fault names field and code. -EMALFORMED_,
 * -EREFUSED_. */
int record_from_json(const Record *record, const json_t *object, Arena *arena, void *ret_row,
        FieldFault *ret_fault) _must_check_;
json_t *record_to_json(const Record *record, const void *row);

/* Applies the migrations of every module that exists here (capabilities, store), in registry order. */
int engine_migrate(const Registry *registry, Store *store) _must_check_;
/* Fills the index of kinds of the chain where it lags behind; at each start. Returns 0. */
int engine_chain_kinds_fill(Store *store) _must_check_;
/* Prepares every query and every record's statements of this store; the first wrong one is logged. */
int engine_prepare_check(const Registry *registry, Store *store) _must_check_;
/* Who sees whom: pairs (root, office), itself included. Replaces the whole table of one store; derived from
 * the directory, so it leaves no chain entry. An office sees itself also when the table is empty. */
typedef struct OfficePair {
        int64_t root, office;
} OfficePair;
int engine_closure_replace(Engine *engine, StoreId store, const OfficePair *pairs, size_t n) _must_check_;

#define VIEW_LIMIT_MAX 500
#define VIEW_FILTERS_MAX 12
#define VIEW_COLUMNS_MAX 40 /* of a call, with the ids that the ledger of readings adds */
#define VIEW_CHOSEN_MAX 24  /* of a request */
#define VIEW_AMONG_MAX 16    /* rows above that are named one by one */
#define VIEW_NARROW_MAX 5000 /* rows of an answer that holds chosen columns only */
typedef enum FilterOperator { FILTER_EQUAL, FILTER_MIN, FILTER_MAX, FILTER_HAS } FilterOperator;
typedef struct Filter {
        const char *column;
        FilterOperator operator;
        const char *value;  /* as in JSON */
        const int64_t *ids; /* of the rows above that fit, by the engine itself; NULL: not asked, or many */
        size_t n_ids;
} Filter;
typedef struct ViewCall {
        Filter filters[VIEW_FILTERS_MAX];
        size_t n_filters;
        size_t limit;
        const char *after; /* "next" of the page before, or NULL */
        const char *order; /* a filter column, "-" before it: falling; NULL: by the view's key */
        bool sums;
        const char *columns[VIEW_COLUMNS_MAX]; /* chosen ones: rows are arrays in this order */
        size_t n_columns;                      /* 0: all, rows are objects */
} ViewCall;
/* {"rows","next","count","sums"} and "columns" when some were chosen; new reference. -EMALFORMED_ for an
 * unknown column or operator, -EFORBIDDEN_. */
int view_list_json(Engine *engine, const Caller *caller, const View *view, const ViewCall *call,
        json_t **ret) _must_check_;
/* Who may not see a view is not asked on its behalf, and that is no attempt of his: the views he may see are
 * given. */
typedef struct FindCall {
        const char *text;
        const View *const *views;
        size_t n_views;
} FindCall;
/* {"text","groups":[{"finder","label","record","more","hits":[{"id","title","detail"}]}]}. -EMALFORMED_ for
 * nothing, or more than FINDER_TEXT_MAX characters. */
int find_json(Engine *engine, const Caller *caller, const FindCall *call, json_t **ret) _must_check_;
/* {"steps":[{"name","label","purpose","clause","done","command","page","offers","example","example_note"}]}
 * in their order, of the caller's office. */
int setup_json(Engine *engine, const Caller *caller, json_t **ret) _must_check_;
/* {"row","history"} of one record in scope. -ENOENT. */
int record_page_json(
        Engine *engine, const Caller *caller, const Record *record, Id id, json_t **ret) _must_check_;
/* One version of a row out of a chain entry, with masks for private values; null when there was none. */
int record_version_json(Tx *tx, const Record *record, Bytes bytes, Arena *arena, json_t **ret) _must_check_;
/* The row exists, but not for an office of this one's closure. */
bool record_elsewhere(Engine *engine, const Record *record, Id id, int64_t office);
/* Answers GET /api/describe: records, commands, views, codes, errors, measures of the registry. */
json_t *registry_describe_json(const Registry *registry);

/* Sees everything and changes nothing: written apart from what it checks. Calls report for each finding.
 * 0 sound, 1 findings, negative: could not read. */
typedef void (*VerifyReport)(
        void *data, const char *invariant, const char *record, int64_t id, const char *detail);
int verify_store(Engine *engine, StoreId store, VerifyReport report, void *data) _must_check_;
#define VERIFY_ROWS_MAX 32768
/* The same with another bound: so many rows' states are gathered in memory before they go to a file of the
 * engine's scratch folder. Tells how many were held at most, readers of those files included. */
int verify_store_bounded(Engine *engine, StoreId store, size_t rows_max, VerifyReport report, void *data,
        size_t *ret_held_max) _must_check_;
