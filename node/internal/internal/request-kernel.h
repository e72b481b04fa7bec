/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel's part of a request, and the registry of everything that modules declare. */
#pragma once

#include <internal/store-kernel.h>
#include <node/chain.h>
#include <node/command.h>
#include <node/module.h>

typedef struct Registry Registry;

/* Under which rights the caller may do this command; 14.4.2. Own rights come first. Without any basis it is
 * the system that acts, and nothing is limited. */
#define PERMIT_BASES_MAX 8u
#define PERMIT_SAME_MAX 16u
#define PERMIT_ABOVE_MAX 200u
typedef struct PermitBasis {
        Money limit;  /* per operation; 0: none */
        Id principal; /* on whose behalf; 0: by one's own right */
} PermitBasis;
typedef struct Permit {
        PermitBasis bases[PERMIT_BASES_MAX];
        size_t n_bases;
        Id same[PERMIT_SAME_MAX]; /* count as the caller where two persons are asked for */
        size_t n_same;
        char above[PERMIT_ABOVE_MAX]; /* posts that may do more, for people */
} Permit;

/* What changed so far in this command; becomes the chain entry's body. */
struct RequestKernel {
        const struct Engine *engine; /* NULL where a request is made for reading alone */
        const Registry *registry;
        const Keys *keys;
        DigestKind digest_kind;
        int64_t chain_seq; /* of this command, already taken */
        ChainChange *changes;
        size_t n_changes, changes_capacity;
        struct RangeState *ranges; /* one per ledger table touched */
        size_t n_ranges;
        Bytes landed_body;          /* batch digest given by federation.land, or empty */
        unsigned depth;             /* nested command_call */
        struct IdCounter *counters; /* one per table that got rows, written back at the end */
        size_t n_counters, counters_capacity;
        const Permit *permit; /* NULL: the system */
        size_t basis;         /* of the permit, the one acted under */
        bool amount_asked;
        const void *prepared; /* of command->prepare */
        struct RequestNote {
                const char *kind, *detail;
        } notes[REQUEST_NOTES_MAX]; /* told after the commit */
        size_t n_notes;
        struct IndexKnown *indexes; /* blind indexes this command has asked for; in the request's arena */
        size_t n_indexes, indexes_capacity;
        bool stepping; /* document_step is saving: the state field may move */
};

/* node's own tables, records, errors and commands come as a module of the same shape. registry_new puts it
 * first when the list does not have it. -EEXIST: a name or number twice; -EINVAL: a record that cannot be
 * stored; both logged. */
extern const Module module_node;

int registry_new(const Module *const *modules, size_t n, unsigned capabilities, Registry **ret) _must_check_;
Registry *registry_free(Registry *registry);
DEFINE_CLEANUP(Registry, registry_free)
const Command *registry_command(const Registry *registry, const char *name);
const View *registry_view(const Registry *registry, const char *name);
const Record *registry_record(const Registry *registry, const char *name);
const Record *registry_record_by_number(const Registry *registry, int64_t number);
const ErrorText *registry_error(const Registry *registry, const char *code);
const Module *const *registry_modules(const Registry *registry, size_t *ret_n);
unsigned registry_capabilities(const Registry *registry);
/* Module.calendar; NULL: no module has it. */
const Query *registry_calendar(const Registry *registry);
/* Label of a code; NULL when the set or the code is not declared by any module. */
const char *registry_code_label(const Registry *registry, const char *set, const char *code);

/* What the record engine does for a command goes through these; federation.land uses them for rows of other
 * offices. */
/* The caller has inserted the ledger row by its own statement: counts it into the range of its table. */
int request_ledger_row(Request *q, const Record *record, const void *row) _must_check_;
/* n consecutive ids of one table for q->office; the first is returned. */
int request_ids(Request *q, const Record *record, int64_t n, Id *ret_first) _must_check_;
