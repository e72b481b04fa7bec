/* SPDX-License-Identifier: Apache-2.0 */
/* The records and commands of example, for its own files. What modules above may call would stand in
 * public/. */
#pragma once

#include <node/module.h>

extern const StateName example_order_states[];
enum { ORDER_ENTERED, ORDER_REVIEWED, ORDER_POSTED, ORDER_CANCELLED };

typedef struct Shelf {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "shelf.def"
#undef FIELD
} Shelf;

typedef struct Order {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "order.def"
#undef FIELD
} Order;

typedef struct Entry {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "entry.def"
#undef FIELD
} Entry;

typedef struct Balance {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "balance.def"
#undef FIELD
} Balance;

typedef struct OpenShelf {
#define FIELD FIELD_MEMBER
#include "open-shelf.def"
#undef FIELD
} OpenShelf;

typedef struct ChangeShelf {
#define FIELD FIELD_MEMBER
#include "change-shelf.def"
#undef FIELD
} ChangeShelf;

typedef struct Reference {
#define FIELD FIELD_MEMBER
#include "reference.def"
#undef FIELD
} Reference;

typedef struct Enter {
#define FIELD FIELD_MEMBER
#include "enter.def"
#undef FIELD
} Enter;

typedef struct EnterMany {
#define FIELD FIELD_MEMBER
#include "enter-many.def"
#undef FIELD
} EnterMany;

typedef struct Keeper {
#define FIELD FIELD_MEMBER
#include "keeper.def"
#undef FIELD
} Keeper;

typedef struct KeeperShown {
#define FIELD FIELD_MEMBER
#include "keeper-shown.def"
#undef FIELD
} KeeperShown;

extern const Record record_example_shelf, record_example_order, record_example_entry, record_example_balance;
extern const Record record_example_open_shelf, record_example_change_shelf, record_example_reference;
extern const Record record_example_enter, record_example_enter_many;
extern const Record record_example_keeper, record_example_keeper_shown;
extern const Measure measure_example_posted;
extern const Event event_example_posted;
extern const Command command_example_enter;

int example_open_shelf(Request *q, const void *input, void *ret_output);
int example_change_shelf(Request *q, const void *input, void *ret_output);
int example_enter(Request *q, const void *input, void *ret_output);
int example_enter_many(Request *q, const void *input, void *ret_output);
int example_review(Request *q, const void *input, void *ret_output);
int example_cancel(Request *q, const void *input, void *ret_output);
int example_post(Request *q, const void *input, void *ret_output);
int example_keeper(Request *q, const void *input, void *ret_output);

extern const Module module_example;
