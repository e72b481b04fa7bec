/* SPDX-License-Identifier: Apache-2.0 */
/* Papers that businesses ask for, and the files that answer (12.2.1, domain 0.1.12). */
#pragma once

#include "../housing/housing-records.h"

typedef enum PaperForm { PAPER_ORIGINAL = 0, PAPER_COPY = 1, PAPER_EITHER = 2 } PaperForm;
typedef enum AttachmentState {
        ATTACHMENT_CURRENT = 0,
        ATTACHMENT_REPLACED = 1,
        ATTACHMENT_WITHDRAWN = 2,
        ATTACHMENT_FILED = 3, /* the business it was brought for is done */
} AttachmentState;

extern const StateName essential_paper_forms[], essential_attachment_sources[],
        essential_attachment_states[];
extern const Setting setting_papers_block;

#define FIELD FIELD_MEMBER
typedef struct RequiredPaper {
        RowHead head;
#include "required_paper.def"
} RequiredPaper;
typedef struct Attachment {
        RowHead head;
#include "attachment.def"
} Attachment;
typedef struct AttachmentView {
        RowHead head;
#include "attachment_view.def"
} AttachmentView;
typedef struct CreateRequiredPaper {
#include "create_required_paper.def"
} CreateRequiredPaper;
typedef struct EndRequiredPaper {
#include "end_required_paper.def"
} EndRequiredPaper;
typedef struct LoadRequiredPapers {
#include "load_required_papers.def"
} LoadRequiredPapers;
typedef struct LoadedPapers {
#include "loaded_papers.def"
} LoadedPapers;
typedef struct AttachPaper {
#include "attach_paper.def"
} AttachPaper;
typedef struct WithdrawAttachment {
#include "withdraw_attachment.def"
} WithdrawAttachment;
typedef struct NoteView {
#include "note_view.def"
} NoteView;
#undef FIELD

typedef struct PaperPreset {
        const char *business, *record_name, *name;
        int64_t required;
        PaperForm form;
        const char *note;
} PaperPreset;
/* Ends with an empty row. */
extern const PaperPreset essential_paper_presets[];

#define RECORD(variable) extern const Record record_##variable;
#include "records.def"
#undef RECORD
#define COMMAND(variable, ...)                                                                              \
        int run_##variable(Request *q, const void *input, void *ret_output);                                \
        extern const Command essential_##variable;
#include "commands.def"
#undef COMMAND
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW
