/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the command path: what run()'s helpers share. */
#pragma once

#include <internal/chain-kernel.h>
#include <node/wire.h>

#include "command-query.h"
#include "record-value.h"
#include "registry.h"

/* Numbers of tables that get ids without being records. */
#define NUMBER_VAULT 1

struct RangeState {
        const Record *record;
        Id first, last;
        int64_t count;
        DigestState *digest;
        Buffer locators;
};

struct IdCounter {
        int64_t record, office, next;
};

#define COMMAND_CHANGES_MAX 20000u
#define COMMAND_RANGES_MAX 64u
#define COMMAND_DEPTH_MAX 8u
#define COMMAND_ROW_BYTES_MAX (1u << 20)

/* Frees digests and buffers of the ranges. */
void request_kernel_done(RequestKernel *kernel);
int request_counters_flush(Request *q) _must_check_;
bool request_chained(const Request *q);
/* On whose behalf the caller acts; 0: his own. */
Id request_principal(const Request *q);

/* Fault of a check as the request's refusal. Returns -EREFUSED_. */
int refuse_fault(Request *q, const Record *record, const FieldFault *fault);

/* Chains: what changed in the row of a register or document. */
int request_change(Request *q, const Record *record, Id id, int64_t version, const void *before,
        const void *after, const char *reason) _must_check_;
/* The row's wire form in q->arena. */
int row_bytes(const Record *record, const void *row, Arena *arena, Bytes *ret) _must_check_;

/* --- row.c --- */
/* By position, as the derived SELECTs give it. */
int row_from_columns(const Record *record, const Rows *rows, Arena *arena, void *ret_row) _must_check_;

/* --- vault.c --- */
/* Seals every plain input of the rows. */
int rows_seal(Request *q, const Record *record, void *rows, size_t n) _must_check_;

/* --- module.c --- */
extern const Record *const record_series[4];
extern const Record *const record_block[4];
extern const Record *const record_opening[4];
extern const Record *const record_setting[4];
extern const Command command_block[4];

typedef struct NumberSeries {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "number-series.def"
#undef FIELD
} NumberSeries;

typedef struct CommandBlock {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "command-block.def"
#undef FIELD
} CommandBlock;

typedef struct SealedOpening {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "sealed-opening.def"
#undef FIELD
} SealedOpening;

typedef struct BlockInput {
#define FIELD FIELD_MEMBER
#include "block-input.def"
#undef FIELD
} BlockInput;

typedef struct ReleaseInput {
#define FIELD FIELD_MEMBER
#include "release-input.def"
#undef FIELD
} ReleaseInput;

typedef struct SettingValue {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "setting-value.def"
#undef FIELD
} SettingValue;

typedef struct ChangeSetting {
#define FIELD FIELD_MEMBER
#include "change-setting.def"
#undef FIELD
} ChangeSetting;

typedef struct SettingChanged {
#define FIELD FIELD_MEMBER
#include "setting-changed.def"
#undef FIELD
} SettingChanged;

typedef struct SettingRequest {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "setting-request.def"
#undef FIELD
} SettingRequest;
enum { SETTING_WAITS, SETTING_APPROVED, SETTING_REFUSED };

typedef struct DecideSetting {
#define FIELD FIELD_MEMBER
#include "decide-setting.def"
#undef FIELD
} DecideSetting;

/* The store that a declaration is of stands where the node has one of these. */
#define STORE_CAPABILITIES(store_)                                                                          \
        ((store_) == STORE_SYSTEM            ? CAPABILITY_INNER                                             \
                : (store_) == STORE_BUSINESS ? CAPABILITY_BUSINESS                                          \
                                             : CAPABILITY_DETAIL | CAPABILITY_FACTS)

/* --- setting-request.c, setting-request-records.c --- */
extern const StateName setting_request_states[];
extern const Record setting_request_records[3], *const record_setting_request[4], record_setting_changed,
        record_decide_setting;
extern const Command setting_decisions[6];
extern const View setting_request_views[3];
/* Leaves a request where the change makes the rule weaker; id 0: it does not. */
int setting_ask(Request *q, const Setting *setting, const ChangeSetting *in, Id *ret) _must_check_;
int setting_approve_run(Request *q, const void *input, void *ret_output);
int setting_refuse_run(Request *q, const void *input, void *ret_output);

/* --- setting.c --- */
#define SETTING_MAC_MAX 65
/* Of what a row says, in hex; -ENOMEM also for a text that is NULL. */
int setting_text_mac(Request *q, const char *text, char ret[static SETTING_MAC_MAX]) _must_check_;
int setting_change_run(Request *q, const void *input, void *ret_output);
/* Whether the setting (NULL: there is none) may become this on this day: refuses node.setting_unknown,
 * node.setting_past, node.setting_value. */
int setting_change_check(Request *q, const Setting *setting, const ChangeSetting *in) _must_check_;
/* The row itself, checked before. */
int setting_put(Request *q, const ChangeSetting *in) _must_check_;
/* The number a text stands for, by the setting's kind. Pure. */
int setting_number(const Setting *setting, const char *text, int64_t *ret) _must_check_;
/* Whether the text is a value of this setting: 0, -EMALFORMED_, -ERANGE. Pure. */
int setting_check(const Setting *setting, const char *text);

/* --- chain-kind.c --- */
int chain_kind_write(Tx *tx, int64_t seq, const ChainEntry *entry) _must_check_;
