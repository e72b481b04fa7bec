/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of essential data that wait for other persons (4.1.2): request, check, effect. One mechanism for
 * all. */
#pragma once

#include "../change/change-records.h"
#include "proposal-apply.h"

#define FIELD FIELD_MEMBER
typedef struct ChangeProposal {
        RowHead head;
#include "change_proposal.def"
} ChangeProposal;
typedef struct ProposalField {
        RowHead head;
#include "proposal_field.def"
} ProposalField;
typedef struct ProposalInput {
        RowHead head;
#include "proposal_input.def"
} ProposalInput;
typedef struct Changed {
#include "changed.def"
} Changed;
typedef struct DecideProposal {
#include "decide_proposal.def"
} DecideProposal;
typedef struct ReturnProposal {
#include "return_proposal.def"
} ReturnProposal;
#undef FIELD

/* --- proposal-records.c --- */
#define RECORD(variable) extern const Record record_##variable;
#include "records.def"
#undef RECORD

/* --- proposal.c, proposal-step.c --- */
#define COMMAND(variable, ...)                                                                              \
        int run_##variable(Request *q, const void *input, void *ret_output);                                \
        extern const Command essential_##variable;
#include "commands.def"
#undef COMMAND

/* --- proposal-view.c --- */
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW
extern const char essential_said_true[], essential_said_false[], essential_said_sealed[],
        essential_said_purpose[];

#define SETTING(variable, ...) extern const Setting variable;
#include "settings.def"
#undef SETTING

/* A command whose input may have to wait: what it is about, and what it does when it takes effect. */
typedef struct ProposalKind {
        const Command *command;
        const Record *input, *subject;
        size_t id_offset;      /* of the subject's id in the input */
        size_t version_offset; /* of the version seen; 0: the input has none */
        size_t reason_offset;
        size_t column_offset;                        /* of the subject's column in ChangeProposal */
        int (*check)(Request *q, const void *input); /* or NULL */
        int (*apply)(Request *q, const void *input, void *ret_output);
} ProposalKind;
extern const ProposalKind proposal_kinds[]; /* ends with an empty row */

/* --- proposal-say.c: values as people read them --- */
/* One field of a row or input; "" for none. In q->arena. */
int field_say(Request *q, const Field *field, const void *row, const char **ret) _must_check_;
/* Holders of an apartment: "510129-1 1/3, 510129-2 2/3". */
int holders_say(Request *q, Id apartment, const char **ret) _must_check_;
int shares_say(Request *q, const OwnerShare *shares, size_t n, const char **ret) _must_check_;
/* What input field f is on the subject today. -ENOENT: the subject has no such field. */
int subject_say(Request *q, const ProposalKind *kind, const Field *f, const void *subject,
        const char **ret) _must_check_;
