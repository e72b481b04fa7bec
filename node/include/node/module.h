/* SPDX-License-Identifier: Apache-2.0 */
/* A module is data plus handlers: one constant, module_<name>, read by the kernel and by the collectors.
 * Tables end with an empty row; pointer tables with NULL. */
#pragma once

#include <node/command.h>
#include <node/fact.h>
#include <node/guide.h>
#include <node/importer.h>
#include <node/paper.h>
#include <node/record.h>
#include <node/store.h>

/* The set of what is declared: names of views, records and papers, each with its label; and that of importers. */
#define CODES_DECLARED "declared"
#define CODES_IMPORTER "importer"

/* A column of a view as shown: money right-aligned, codes by label, filters only where allowed. */
typedef enum ColumnFlags {
        COLUMN_FILTER = 1 << 0,   /* equality, range; texts by prefix */
        COLUMN_HIDDEN = 1 << 1,   /* in JSON, not in the list (ids, keys) */
        COLUMN_SUM = 1 << 2,      /* summed over the whole filter and shown in the foot */
        COLUMN_CONTAINS = 1 << 3, /* text filter by substring */
        COLUMN_ZERO_UNKNOWN = 1 << 4, /* as FIELD_ZERO_UNKNOWN */
} ColumnFlags;

typedef struct Column {
        const char *name, *label;
        FieldKind kind;
        unsigned flags;
        const char *codes;
        const StateName *states;
        const char *link;         /* view or page this cell leads to, with the row's id */
        /* A text that stands in a row above (the area's name in a list of apartments): a filter looks there first, and
         * few that fit are then named by their ids, so that the list need not be walked to the end for them. */
        const char *via;          /* column with the id of that row */
        const Query *among;       /* (id, text) of all such rows */
} Column;

typedef struct View {
        const char *name, *label, *clause;  /* "deposit.payments", "交款记录" */
        StoreId store;
        unsigned capabilities;
        const Query *query;       /* SELECT of exactly the columns, plus the scope column; no ORDER BY, no parameters */
        const Column *columns;
        const char *scope;        /* column that holds the office; the engine adds the caller's closure. Mandatory. */
        const char *organization; /* column with the involved organization a row belongs to: its users see their own
                                   * rows (2.0.11). NULL: staff only. */
        const char *key;          /* unique ascending key for paging, usually "id" */
        bool descending;          /* newest first */
        const char *menu;         /* group in the console's menu, NULL: reached by link only */
        const char *const *actions; /* commands offered on a row */
        bool choosing;            /* names to choose from: opens no page of the module's records */
        const char *help;         /* what the list is for and what comes first; shown while it is empty */
} View;

typedef struct Dataset {
        const char *name, *label, *clause;
        const char *stream;       /* "detail", "supervision" */
        const Record *record;     /* register, document or ledger; LOCAL and SEALED fields stay at home */
} Dataset;

typedef struct CodeValue {
        const char *set, *code, *label;
} CodeValue;

/* Which direction makes a rule weaker: such a change is asked for by one person and takes effect by another. */
typedef enum SettingWeaker { WEAKER_NEVER, WEAKER_RAISED, WEAKER_LOWERED } SettingWeaker;

/* A parameter of the business: rows with their first day, changed by node.change_setting. Kinds INTEGER, MONEY, AREA,
 * RATE (fen, 0.01 m2, millionths as text), BOOL ("0", "1"), DATE ("2026-11-23"), TEXT. */
typedef struct Setting {
        const char *name, *label, *clause; /* "essential.change_persons" */
        FieldKind kind;
        const char *standard;     /* what holds without a row, as text */
        int64_t min, max;         /* numbers: value, both 0 = any; TEXT: characters */
        StoreId store;            /* of the commands that read it */
        const char *help;         /* what it changes, and what to weigh */
        SettingWeaker weaker;     /* numbers and BOOL */
        bool clock;               /* INTEGER: a time of day, 730; typed also as 7:30 and shown as 07:30 */
} Setting;

/* A row of a list of settings: SETTING_ROW(store, name, label, clause, kind, standard, min, max, weaker, help). */
#define SETTING_ROW(store_, name_, label_, clause_, kind_, standard_, min_, max_, weaker_, help_)           \
        {                                                                                                   \
                .name = name_, .label = label_, .clause = clause_, .kind = kind_, .standard = standard_,    \
                .min = min_, .max = max_, .store = store_, .help = help_, .weaker = weaker_                 \
        }

/* What holds on q->today. Refuses node.setting_broken (a row whose MAC is wrong). -EXDEV: the setting is of another
 * store than the command. The text lives in q->arena. */
int setting_text(Request *q, const Setting *setting, const char **ret) _must_check_;
/* The same as a number, by the setting's kind: count, fen, 0.01 m2, millionths, yyyymmdd, 0 or 1. */
int setting_integer(Request *q, const Setting *setting, int64_t *ret) _must_check_;

typedef struct Job {
        const char *name, *label;
        const Command *command;
        int32_t every_s;
} Job;

typedef struct Panel {
        const char *record;       /* on whose page */
        const View *view;
        const char *column;       /* filter column that takes the record's id */
} Panel;

/* Values of a row's field in which a command takes the row; pages offer it in no other. A document's table of steps
 * says the same for its state: this is for what is no step. A field that names a person takes everybody but him: it
 * says who came before a command of another person. Where several fields are declared each must hold. It offers only,
 * the command itself refuses. */
typedef struct Offer {
        const char *command, *record;
        const char *field;         /* STATE, BOOL or ID of the record, or of the list that offers the command */
        const char *const *values; /* names of states, or "true", "false", of an ID none; ends with NULL */
} Offer;
#define OFFER_VALUES(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define OFFER_OTHERS OFFER_VALUES(NULL)

/* Work that waits for somebody: rows of a view whose column names him. Listed when he leaves (14.4.3). */
typedef struct OpenWork {
        const View *view;
        const char *person;         /* filter column that takes the person's id */
        const char *column, *value; /* one more filter, as in JSON; NULL: none */
        const char *label;          /* "待复核的交款" */
} OpenWork;

/* A step that is refused while papers are missing (12.2.1): for which business, on the page of which record, and whose
 * step it is. A paper nobody asks for cannot be listed as required. */
typedef struct PaperAsk {
        const char *business, *record, *command;
} PaperAsk;
/* The first step that asks for papers of the business, on this record or (NULL) on any. NULL: none does. */
const PaperAsk *request_paper_ask(Request *q, const char *business, const char *record);

/* Whom a case is about while it is open: the query (office, id of the case) gives the ids of records with private
 * values, in order, and none when the case is closed. private.open opens those and nothing else (4.3.2A). */
typedef struct PrivateCase {
        const char *name;   /* record of the case: "payment" */
        const char *record; /* whose values: "owner" */
        const Query *query;
} PrivateCase;

/* A query that must return no row: (invariant, record, id, detail). From the rules of reliability: I1 … */
typedef struct Invariant {
        const char *name;         /* "I1" */
        StoreId store;
        unsigned capabilities;
        const Query *all;         /* verify: over everything; NULL if only the command check exists */
        const Query *touched;     /* after every command of the store: over what that one touched; NULL: verify alone */
} Invariant;

typedef struct Module {
        const char *name, *label, *clause;    /* "deposit", "资金交存管理", "5" */
        unsigned capabilities;                /* where its tables, commands, views and jobs exist */
        const Migration *migrations;
        const Record *const *records;
        const Query *const *queries;
        const Command *const *commands;
        const View *const *views;
        const ErrorText *errors;
        const CodeValue *codes;
        /* Codes that are rows of the business store, in addition to those declared: a query of (office, set, code, day)
         * that finds the row, and the list (code_set, code, name) that pages read. At most one module has them. */
        const Query *code_rows;
        const View *code_view;
        /* Days that are not what their weekday says are rows of the business store: a query of (office, day) whose one
         * row is 1 for a day worked instead and 0 for a holiday, and none for a day as its weekday says. At most one
         * module has it. */
        const Query *calendar;
        const Event *const *events;
        const Subscription *subscriptions;
        const Job *jobs;
        const Setting *settings;
        const Panel *panels;
        const Offer *offers;
        const Measure *const *measures;
        const Ratio *const *ratios;
        const Dataset *const *datasets;
        const Invariant *invariants;
        const Paper *const *papers;
        const Importer *const *importers;
        const OpenWork *open_work;
        const PaperAsk *paper_asks;
        const PrivateCase *private_cases;
        const Mark *marks;
        const Finder *finders;
        const Step *steps;
} Module;
