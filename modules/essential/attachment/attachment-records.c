/* SPDX-License-Identifier: Apache-2.0 */
/* The records of attachments, what their states are called, and the papers that offices ask for today. */

#include "attachment-records.h"

const StateName essential_paper_forms[] = { { "original", "原件" }, { "copy", "复印件" },
        { "either", "原件或复印件" }, { NULL, NULL } };
const StateName essential_attachment_sources[] = { { "file", "文件" }, { "scanner", "扫描件" },
        { "camera", "拍照" }, { NULL, NULL } };
const StateName essential_attachment_states[] = { { "current", "有效" }, { "replaced", "已替换" },
        { "withdrawn", "已撤下" }, { "filed", "已归档" }, { NULL, NULL } };

const PaperPreset essential_paper_presets[] = {
#define PRESET(business, record, name, required, form, note)                                                \
        { business, record, name, required, form, note },
#include "presets.def"
#undef PRESET
        { 0 },
};

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define VALUE(variable_, name_, label_, type_)                                                              \
        const Record record_##variable_ = {                                                                 \
                .name = name_,                                                                              \
                .label = label_,                                                                            \
                .shape = SHAPE_VALUE,                                                                       \
                RECORD_FIELDS(variable_##_fields, type_),                                                   \
        }

#define FIELDS_OF RequiredPaper
static const Field required_paper_fields[] = {
#include "required_paper.def"
};
#undef FIELDS_OF
static const char *const required_paper_unique[] = { "business,record_name,name,valid_from", NULL };
const Record record_required_paper = {
        .name = "required_paper",
        .label = "业务要件",
        .clause = "12.2.1",
        .number = 146,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(required_paper_fields, RequiredPaper),
        .unique = required_paper_unique,
};

#define FIELDS_OF Attachment
static const Field attachment_fields[] = {
#include "attachment.def"
};
#undef FIELDS_OF
const Record record_attachment = {
        .name = "attachment",
        .label = "要件附件",
        .clause = "12.2.1",
        .number = 147,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(attachment_fields, Attachment),
};

#define FIELDS_OF AttachmentView
static const Field attachment_view_fields[] = {
#include "attachment_view.def"
};
#undef FIELDS_OF
const Record record_attachment_view = {
        .name = "attachment_view",
        .label = "附件查看",
        .clause = "14.2.3",
        .number = 148,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(attachment_view_fields, AttachmentView),
};

#define FIELDS_OF CreateRequiredPaper
static const Field create_required_paper_fields[] = {
#include "create_required_paper.def"
};
#undef FIELDS_OF
VALUE(create_required_paper, "essential.create_required_paper", "业务要件登记", CreateRequiredPaper);

#define FIELDS_OF EndRequiredPaper
static const Field end_required_paper_fields[] = {
#include "end_required_paper.def"
};
#undef FIELDS_OF
VALUE(end_required_paper, "essential.end_required_paper", "业务要件终止", EndRequiredPaper);

#define FIELDS_OF LoadRequiredPapers
static const Field load_required_papers_fields[] = {
#include "load_required_papers.def"
};
#undef FIELDS_OF
VALUE(load_required_papers, "essential.load_required_papers", "载入预设要件", LoadRequiredPapers);

#define FIELDS_OF LoadedPapers
static const Field loaded_papers_fields[] = {
#include "loaded_papers.def"
};
#undef FIELDS_OF
VALUE(loaded_papers, "essential.loaded_papers", "载入结果", LoadedPapers);

#define FIELDS_OF AttachPaper
static const Field attach_paper_fields[] = {
#include "attach_paper.def"
};
#undef FIELDS_OF
VALUE(attach_paper, "essential.attach_paper", "要件附件登记", AttachPaper);

#define FIELDS_OF WithdrawAttachment
static const Field withdraw_attachment_fields[] = {
#include "withdraw_attachment.def"
};
#undef FIELDS_OF
VALUE(withdraw_attachment, "essential.withdraw_attachment", "附件撤下", WithdrawAttachment);

#define FIELDS_OF NoteView
static const Field note_view_fields[] = {
#include "note_view.def"
};
#undef FIELDS_OF
VALUE(note_view, "essential.note_view", "附件查看", NoteView);
