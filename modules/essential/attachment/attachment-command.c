/* SPDX-License-Identifier: Apache-2.0 */
/* What a business asks for, and the files that answer (12.2.1). The node has looked at a file before
 * attach_paper. */

#include <string.h>

#include <node/date.h>

#include "../essential-codes.h"
#include "attachment-query.h"
#include "attachment-records.h"

#define MISSING_BYTES_MAX 1000
#define NO_RECORD "-"

static int dates_check(Request *q, Date from, Date to) {
        char first[DATE_TEXT_MAX], last[DATE_TEXT_MAX];

        if (to.ymd == 0 || to.ymd >= from.ymd)
                return 0;
        date_format(from, first);
        date_format(to, last);
        return refuse(q, "essential.paper_dates", "valid_to", last, first, NULL);
}

/* Required means that somebody asks: a list that promises more than the steps do would be believed. */
static int asked_check(Request *q, const CreateRequiredPaper *in) {
        const PaperAsk *other = request_paper_ask(q, in->business, NULL);

        if (!in->required || request_paper_ask(q, in->business, in->record_name))
                return 0;
        const char *business = essential_code_label("business", in->business);
        const char *record = essential_code_label("paper_record", in->record_name);
        const char *better = other ? essential_code_label("paper_record", other->record) : NULL;
        return refuse(q, "essential.paper_unasked", "record_name", business ? business : in->business,
                record ? record : in->record_name, better ? better : NO_RECORD, NULL);
}

int run_create_required_paper(Request *q, const void *input, void *ret_output) {
        const CreateRequiredPaper *in = input;
        RequiredPaper paper = {
                .business = in->business,
                .record_name = in->record_name,
                .name = in->name,
                .required = in->required,
                .form = in->form,
                .note = in->note,
                .valid_from = in->valid_from,
                .valid_to = in->valid_to,
        };
        int r = dates_check(q, in->valid_from, in->valid_to);

        if (r == 0)
                r = asked_check(q, in);
        if (r == 0)
                r = record_insert(q, &record_required_paper, &paper);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = paper.head.id };
        return r;
}

int run_end_required_paper(Request *q, const void *input, void *ret_output) {
        const EndRequiredPaper *in = input;
        RequiredPaper paper;
        int r = record_load(q, &record_required_paper, in->required_paper_id, &paper);

        if (r == 0)
                r = dates_check(q, paper.valid_from, in->valid_to);
        if (r < 0)
                return r;
        paper.valid_to = in->valid_to;
        r = record_update(q, &record_required_paper, &paper, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = paper.head.id };
        return r;
}

/* A business that has papers of the office's own is left alone. */
int run_load_required_papers(Request *q, const void *input, void *ret_output) {
        const LoadRequiredPapers *in = input;
        const char *asked = NULL;
        LoadedPapers loaded = { 0 };
        int64_t known = 0;
        int r = 0;

        for (const PaperPreset *preset = essential_paper_presets; r == 0 && preset->business; preset++) {
                RequiredPaper paper = {
                        .business = preset->business,
                        .record_name = preset->record_name,
                        .name = preset->name,
                        .required = preset->required,
                        .form = preset->form,
                        .note = preset->note,
                        .valid_from = in->valid_from,
                };
                if (!text_equal(asked, preset->business)) /* presets of one business stand together */
                        r = tx_integer(q->tx, &attachment_businesses,
                                SQL_ARGS(value_integer(q->office), value_text(preset->business)), &known);
                asked = preset->business;
                if (r < 0 || known > 0)
                        continue;
                r = record_insert(q, &record_required_paper, &paper);
                loaded.loaded++;
        }
        if (r == 0)
                *(LoadedPapers *) ret_output = loaded;
        return r;
}

static int replace(Request *q, const AttachPaper *in, Id by) {
        Attachment old;
        int r = record_load(q, &record_attachment, in->replaces, &old);

        if (r < 0)
                return r;
        if (text_empty(in->reason))
                return refuse(q, "essential.attachment_reason", "reason", NULL);
        if (old.state != ATTACHMENT_CURRENT)
                return refuse(q, "essential.attachment_gone", "replaces", NULL);
        if (!text_equal(old.record_name, in->record_name) || old.record_id.value != in->record_id.value ||
                !text_equal(old.business, in->business) || !text_equal(old.paper, in->paper))
                return refuse(q, "essential.attachment_other", "replaces", NULL);
        old.state = ATTACHMENT_REPLACED;
        old.replaced_by = by;
        return record_update(q, &record_attachment, &old, in->reason);
}

int run_attach_paper(Request *q, const void *input, void *ret_output) {
        const AttachPaper *in = input;
        Attachment attachment = {
                .record_name = in->record_name,
                .record_id = in->record_id,
                .business = in->business,
                .paper = in->paper,
                .digest = in->digest,
                .size = in->size,
                .type = in->type,
                .file_name = in->file_name,
                .pages = in->pages,
                .source = in->source,
                .taken_by = q->person,
                .taken = q->now,
                .state = ATTACHMENT_CURRENT,
        };
        int64_t same = 0;
        int r = tx_integer(q->tx, &attachment_same,
                SQL_ARGS(value_integer(q->office), value_text(in->business), value_text(in->record_name),
                        value_id(in->record_id), value_text(in->paper), value_text(in->digest)),
                &same);

        if (r == 0 && same > 0)
                return refuse(q, "essential.attachment_twice", "digest", in->paper, NULL);
        if (r < 0)
                return r;
        if (!text_empty(in->reader_text))
                attachment.reader_text.plain_input = in->reader_text;
        r = record_insert(q, &record_attachment, &attachment);
        if (r == 0 && in->replaces.value != 0)
                r = replace(q, in, attachment.head.id);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = attachment.head.id };
        return r;
}

int run_withdraw_attachment(Request *q, const void *input, void *ret_output) {
        const WithdrawAttachment *in = input;
        Attachment attachment;
        int r = record_load(q, &record_attachment, in->attachment_id, &attachment);

        if (r < 0)
                return r;
        if (attachment.state != ATTACHMENT_CURRENT)
                return refuse(q, "essential.attachment_gone", "attachment_id", NULL);
        attachment.state = ATTACHMENT_WITHDRAWN;
        r = record_update(q, &record_attachment, &attachment, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = attachment.head.id };
        return r;
}

int run_note_view(Request *q, const void *input, void *ret_output) {
        const NoteView *in = input;
        AttachmentView view = {
                .attachment_id = in->attachment_id, .person_id = q->person, .viewed = q->now
        };
        Attachment attachment;
        int r = record_load(q, &record_attachment, in->attachment_id, &attachment);

        if (r == 0)
                r = record_insert(q, &record_attachment_view, &view);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = view.head.id };
        return r;
}

/* --- what the commands of businesses call --- */

int required_papers_present(Request *q, const char *business, const char *record, Id id) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Buffer names = BUFFER_INIT(MISSING_BYTES_MAX);
        int64_t block = 1;
        int r = setting_integer(q, &setting_papers_block, &block);

        if (r < 0 || !block)
                return r;
        r = tx_query(q->tx, &attachment_missing,
                SQL_ARGS(value_integer(q->office), value_text(business), value_text(record), value_id(id),
                        value_integer(q->today.ymd)),
                &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0)
                buffer_printf(&names, "%s%s", names.size > 0 ? ", " : "", rows_text(rows, 0));
        const char *text = arena_strndup(q->arena, names.data ? (const char *) names.data : "", names.size);
        bool missing = names.size > 0 || buffer_error(&names) < 0;
        buffer_done(&names);
        if (r < 0 || !missing)
                return r;
        return refuse(q, "essential.papers_missing", NULL, text ? text : "", NULL);
}

int required_papers_file(Request *q, const char *business, const char *record, Id id) {
        Attachment found[ATTACHMENTS_OF_BUSINESS_MAX];
        size_t n = 0;
        int r;
        {
                _cleanup_(rows_closep) Rows *rows = NULL;
                r = tx_query(q->tx, &attachment_current,
                        SQL_ARGS(value_integer(q->office), value_text(business), value_text(record),
                                value_id(id)),
                        &rows);
                while (r >= 0 && n < ELEMENTSOF(found) && (r = rows_next(rows)) > 0)
                        r = record_from_rows(&record_attachment, rows, q->arena, &found[n++]);
        }
        for (size_t i = 0; r >= 0 && i < n; i++) {
                found[i].state = ATTACHMENT_FILED;
                r = record_update(q, &record_attachment, &found[i], "");
        }
        return r < 0 ? r : 0;
}
