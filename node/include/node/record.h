/* SPDX-License-Identifier: Apache-2.0 */
/* Records: what a row is, listed once in a .def file and used for struct, checks, JSON, wire, dictionary, SQL.
 *
 *   typedef struct Apartment {
 *           RowHead head;
 *   #define FIELD FIELD_MEMBER
 *   #include "apartment.def"
 *   #undef FIELD
 *   } Apartment;
 *
 *   static const Field apartment_fields[] = {
 *   #define FIELD(name, kind, ...) FIELD_ROW(Apartment, name, kind, __VA_ARGS__)
 *   #include "apartment.def"
 *   #undef FIELD
 *   };
 *
 * Every stored table has the columns id, office, version, chain_seq, then one column per field of its .def, by the
 * same name. All are NOT NULL: "none" is 0 or '' and never NULL, so an optional reference has no REFERENCES clause.
 * Numbers in .def are the wire numbers: frozen, never reused; 1 to 4 are the head, so fields begin at 5 (also in
 * SHAPE_VALUE, which has neither head nor table). Record numbers: 1 to 99 are the kernel's own (1 to 29 node/command,
 * 30 to 99 node/identity and others of node), 100 and above belong to modules and federation, unique over all. */
#pragma once

#include <node/arena.h>
#include <node/store.h>
#include <node/text.h>

typedef struct RowHead {
        Id id;
        int64_t office;       /* who keeps the row and answers for it */
        int64_t version;      /* 1 at insert; +1 at each change; the optimistic lock */
        int64_t chain_seq;    /* chain entry that wrote this version */
} RowHead;

/* A private value: stored in the vault, rows hold the vault id. plain is set only on input, and has no way to text.
 * In a .def, .codes of a KIND_SEALED field names the kind of its blind index ("id_number", "phone", "name"; NULL: the
 * field's own name) and .references the KIND_ID field of the same record whose value is the scope of the search
 * (names within one property area); NULL: scope 0. Kinds that are or end in "name" are masked as names. */
typedef struct Sealed {
        Id vault;
        const char *plain_input;
        const char *mask;     /* "张*": filled by the kernel for answers and pages, never stored in rows */
} Sealed;

/* Lines inside an input record: rows is an array of n structs of the field's .lines record. */
typedef struct Lines {
        void *rows;
        size_t n;
} Lines;

typedef enum FieldKind {
        KIND_ID, KIND_TEXT, KIND_CODE, KIND_STATE, KIND_INTEGER, KIND_BOOL,
        KIND_MONEY, KIND_AREA, KIND_DATE, KIND_INSTANT, KIND_RATE,
        KIND_SEALED, KIND_LINES, KIND_MONTH,
} FieldKind;

#define FIELD_C_ID Id
#define FIELD_C_TEXT const char *
#define FIELD_C_CODE const char *
#define FIELD_C_STATE int64_t
#define FIELD_C_INTEGER int64_t
#define FIELD_C_BOOL int64_t
#define FIELD_C_MONEY Money
#define FIELD_C_AREA Area
#define FIELD_C_DATE Date
#define FIELD_C_INSTANT Instant
#define FIELD_C_RATE Rate
#define FIELD_C_SEALED Sealed
#define FIELD_C_LINES Lines
#define FIELD_C_MONTH int64_t /* yyyymm; 0 is none */

#define FIELD_MEMBER(name_, kind_, ...) FIELD_C_##kind_ name_;
#define FIELD_ROW(type_, name_, kind_, ...) \
        { .name = #name_, .kind = KIND_##kind_, .offset = offsetof(type_, name_), __VA_ARGS__ },

typedef enum FieldFlags {
        FIELD_REQUIRED = 1 << 0,
        FIELD_SEARCH = 1 << 1,    /* filter column of the generic list */
        FIELD_LOCAL = 1 << 2,     /* never leaves the office: left out of datasets */
        FIELD_FIXED = 1 << 3,     /* set at insert, refused in updates */
        FIELD_BALANCE = 1 << 4,   /* may change in a ledger's maintained row */
        FIELD_SECRET = 1 << 5,    /* SHAPE_VALUE only: a password, an opened private value, a one-time code. Its input
                                   * enters the input digest as a MAC; its output is left out of the chain's answer,
                                   * so that a repeated answer lacks it. */
        FIELD_ZERO_UNKNOWN = 1 << 6, /* a number whose 0 says that nobody knows: pages show a dash */
} FieldFlags;

typedef struct Record Record;

typedef struct StateName {
        const char *name, *label; /* "posted", "已入账"; array ends with { NULL, NULL }; index is the stored number */
} StateName;

typedef struct Field {
        const char *name, *label;
        FieldKind kind;
        uint16_t number;
        unsigned flags;
        size_t offset;
        const char *references;   /* record name, for KIND_ID */
        const char *codes;        /* code set, for KIND_CODE */
        const StateName *states;  /* for KIND_STATE */
        const Record *lines;      /* for KIND_LINES */
        int64_t min, max;         /* numbers: value, both 0 = any; TEXT: characters, max 0 = 200 */
        const char *clause, *help;
} Field;

/* What no draft, log or page may keep: private values and secrets. */
static inline bool field_private(const Field *field) {
        return field->kind == KIND_SEALED || field->flags & FIELD_SECRET ||
               (field->kind == KIND_TEXT && field->flags & FIELD_LOCAL);
}

typedef enum Shape {
        SHAPE_VALUE,       /* input or output of a command: no table, no head */
        SHAPE_REGISTER,    /* rows with history */
        SHAPE_DOCUMENT,    /* numbered, with states and steps */
        SHAPE_LEDGER,      /* append only; database triggers refuse UPDATE and DELETE */
        SHAPE_PROJECTION,  /* derived; never in the chain */
} Shape;

typedef struct Transition {
        const char *command;      /* "deposit.review" */
        int64_t from, to;         /* state numbers; from -1: creation */
} Transition;

struct Record {
        const char *name, *label, *clause;   /* name is the table's name too */
        uint16_t number;                     /* on the wire and in the chain; frozen */
        Shape shape;
        StoreId store;
        const Field *fields;
        size_t n_fields;
        size_t size;                         /* sizeof the struct */
        const char *const *unique;           /* "building_id,room_number", NULL-terminated; columns without office */
        const char *ends;                    /* KIND_STATE field or NULL: its unique sets hold among rows whose state */
        int64_t ends_from;                   /* is below this one; from it on a row has ended and its name is free */
        const char *state;                   /* document: name of its KIND_STATE field */
        const Transition *transitions;       /* document: ends with { NULL } */
};

#define RECORD_FIELDS(array, type) .fields = (array), .n_fields = ELEMENTSOF(array), .size = sizeof(type)

const Field *record_field(const Record *record, const char *name);
/* How many of its fields are private; NULL has none. */
size_t record_private_fields(const Record *record);

/* What a check found: field and code of node's errors ("node.required", "node.too_long", "node.out_of_range"). */
typedef struct FieldFault {
        const Field *field;
        const char *code;
} FieldFault;
/* Required, lengths, ranges, UTF-8, valid dates, known state. 0 or -EREFUSED_ with the first fault. Pure. */
int record_check(const Record *record, const void *row, FieldFault *ret) _must_check_;
/* Copies into the arena what the row points at, so that it outlives where it came from. A text that like
 * (another row of the record, or NULL) has too is shared with it. -ENOMEM. */
int record_keep(const Record *record, void *row, const void *like, Arena *arena) _must_check_;

/* Wire form of a row: head 1 to 4 (not for SHAPE_VALUE), fields by number; fields with any of the skip flags left
 * out. Canonical: equal rows give equal bytes. Sealed fields give the vault id only. Errors show in buffer_error(). */
void record_encode(const Record *record, const void *row, unsigned skip_flags, Buffer *buffer);
/* Unknown numbers are passed over. Text is validated UTF-8. -EMALFORMED_, -ENOMEM. */
int record_decode(const Record *record, Bytes bytes, Arena *arena, void *ret_row) _must_check_;
