/* SPDX-License-Identifier: Apache-2.0 */
/* How people find their way into the rows of a module: signs in pictures of many rows, what one typed text
 * may mean, and the steps of a new office. Tables end with an empty row. */
#pragma once

#include <node/arena.h>
#include <node/command.h>

struct View;

/* --- marks: a state of a row in one glyph, for pictures such as the diagram of a building --- */

typedef struct MarkSign {
        const char *tone; /* "good", "wait", "bad", "plain", "gone": colour, never the only difference */
        const char *sign; /* one or two characters beside the row's name; "": none */
} MarkSign;

/* Whoever may see the view sees the mark. A picture asks for the rows of one group and names neither module.
 */
typedef struct Mark {
        const char *record; /* what is marked: "apartment" */
        const char *label;  /* "交款状态" */
        const struct View *view;
        const char *group;     /* filter column that holds the picture's own id: "building_id" */
        const char *key;       /* column with the id of the marked record */
        const char *column;    /* its state */
        const MarkSign *signs; /* by the number of the state */
} Mark;

/* --- finders: what one typed text may mean (Ctrl+K) --- */

/* One reading of the text. The query answers (id, title, detail, sort, office) for its parameters; the
 * engine adds the offices the caller may see, the order (sort, id) and the bound. It never names persons. */
typedef struct FinderCall {
        const Query *query;
        const Value *args;
        size_t n_args;
} FinderCall;

#define FINDER_CALLS_MAX 4
#define FINDER_TEXT_MAX 60 /* characters */

typedef struct Finder {
        const char *name, *label;    /* "deposit.notice", "交款通知单" */
        const struct View *view;     /* whoever may not see it is not answered */
        const char *record;          /* whose page a hit opens */
        int weight;                  /* heavier groups stand first */
        const Query *const *queries; /* all that ask() may choose from; end with NULL */
        /* Readings of the text (UTF-8, half-width, single blanks), the likeliest first; 0: means nothing
         * here. */
        size_t (*ask)(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]);
} Finder;

/* For ask(): the one query, with $1 and $2 the first and last text that begin so. 0 without a digit in the
 * text. */
size_t finder_by_number(
        const Query *query, const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]);
/* The last text that begins with this one, in the order of bytes. NULL: no memory. */
const char *text_last_with(const char *text, Arena *arena);
/* A LIKE pattern of what contains the words of the text in this order; anything but letters and digits parts
 * words, so that no character of a pattern comes in and half-width brackets find full-width ones. NULL: no
 * memory. */
const char *text_pattern_of(const char *text, Arena *arena);

/* --- steps: what an office needs before its first day --- */

typedef struct Step {
        const char *name, *label; /* "accounting.book", "建立账套" */
        const char *purpose;      /* what it is for, what to have at hand */
        const char *clause;
        unsigned capabilities; /* where an office needs it */
        int place;             /* order among all steps */
        StoreId store;
        const Query *done;      /* $1 office: 0 while it is missing */
        const Command *command; /* who may run it does the step, in its form; NULL: nothing to do here */
        const char *page;       /* console page that does it instead of the form, or NULL */
        /* "FIELD=VALUE", ends with NULL: filled in beforehand. {today}, {office_name} and {only} (the only
         * row that may be referred to) stand for what they say. Never what an office has to look up in its
         * own documents. */
        const char *const *offers;
        /* The same, filled in on demand only, and the sentence that says whence it is and that it is but an
         * example. */
        const char *const *example;
        const char *example_note;
} Step;
