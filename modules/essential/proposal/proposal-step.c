/* SPDX-License-Identifier: Apache-2.0 */
/* Check, effect, return and withdrawal of a proposal. With two persons the check lets it take effect at
 * once. */

#include <string.h>

#include <node/wire.h>

#include "proposal-query.h"
#include "proposal-records.h"

#define FIELDS_MAX 40

static int answer(const ChangeProposal *proposal, Id subject, void *ret_output) {
        *(Changed *) ret_output = (Changed){ subject, proposal->head.id, proposal->proposal_number };
        return 0;
}

static const ProposalKind *kind_of(const ChangeProposal *proposal) {
        for (const ProposalKind *kind = proposal_kinds; kind->command; kind++)
                if (text_equal(kind->command->name, proposal->command))
                        return kind;
        return NULL;
}

static Id subject_of(const ProposalKind *kind, const ChangeProposal *proposal) {
        return *(const Id *) ((const char *) proposal + kind->column_offset);
}

/* What has changed since the request is told with both values; a change of something else needs a new
 * request too, because it was not seen. */
static int fresh_check(
        Request *q, const ProposalKind *kind, const ChangeProposal *proposal, const void *subject) {
        const RowHead *head = subject;
        const char *was, *is;
        void *rows;
        size_t n;
        int r = rows_under(q, &record_proposal_field, &essential_proposal_fields, proposal->head.id,
                FIELDS_MAX, &rows, &n);

        for (size_t i = 0; r == 0 && i < n; i++) {
                const ProposalField *line = (const ProposalField *) rows + i;
                const Field *field = record_field(kind->input, line->field);
                r = field ? subject_say(q, kind, field, subject, &is) : -EBROKEN_;
                if (r == -ENOENT) {
                        r = 0;
                        continue;
                }
                if (r == 0 && !text_equal(is, line->before))
                        return refuse(q, "essential.proposal_stale", "proposal_id", line->label,
                                line->before, is, NULL);
        }
        if (r < 0 || head->version == proposal->subject_version)
                return r;
        was = arena_printf(q->arena, "%lld", (long long) proposal->subject_version);
        is = arena_printf(q->arena, "%lld", (long long) head->version);
        return refuse(q, "essential.proposal_stale", "proposal_id", kind->subject->label, was, is, NULL);
}

static int wire_load(Request *q, Id proposal, Bytes *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &essential_proposal_wire,
                SQL_ARGS(value_integer(q->office), value_id(proposal)), &rows);

        if (r >= 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -EBROKEN_;
        const char *text = rows_text(rows, 0);
        size_t size = strlen(text) / 2;
        uint8_t *bytes = arena_alloc(q->arena, size + 1);
        if (!bytes)
                return -ENOMEM;
        if (hex_decode(text, bytes, size) < 0)
                return -EBROKEN_;
        *ret = (Bytes){ bytes, size };
        return 0;
}

static int private_open(Request *q, const ProposalKind *kind, const ChangeProposal *proposal, void *input) {
        for (size_t i = 0; i < kind->input->n_fields; i++) {
                const Field *field = &kind->input->fields[i];
                const char **text = (const char **) ((char *) input + field->offset);
                bool name = text_equal(field->name, "name");
                if (!(field->flags & FIELD_SECRET))
                        continue;
                int r = sealed_open(q, name ? proposal->private_name : proposal->private_number,
                        essential_said_purpose, text);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int proposal_apply(Request *q, const ProposalKind *kind, const ChangeProposal *proposal) {
        void *input = arena_alloc(q->arena, kind->input->size);
        void *subject = arena_alloc(q->arena, kind->subject->size);
        Created created;
        Bytes wire;
        int r = wire_load(q, proposal->head.id, &wire);

        if (!input || !subject)
                return -ENOMEM;
        memset(input, 0, kind->input->size);
        if (r == 0)
                r = record_decode(kind->input, wire, q->arena, input);
        if (r == 0)
                r = private_open(q, kind, proposal, input);
        if (r == 0)
                r = record_load(q, kind->subject, subject_of(kind, proposal), subject);
        if (r == 0)
                r = fresh_check(q, kind, proposal, subject);
        return r < 0 ? r : kind->apply(q, input, &created);
}

int run_effect_proposal(Request *q, const void *input, void *ret_output) {
        const DecideProposal *in = input;
        ChangeProposal proposal;
        const ProposalKind *kind;
        int r = record_load(q, &record_change_proposal, in->proposal_id, &proposal);

        if (r == 0 && proposal.state == CHANGE_CHECKED) {
                r = request_other_person(q, proposal.requested_by, "proposal_id");
                if (r == 0 && proposal.persons > 2)
                        r = request_other_person(q, proposal.checked_by, "proposal_id");
        }
        if (r < 0)
                return r;
        kind = kind_of(&proposal);
        if (!kind)
                return -EBROKEN_;
        proposal.effected_on = q->today;
        proposal.effected_by = q->person;
        r = document_step(q, &record_change_proposal, &proposal);
        if (r == 0)
                r = proposal_apply(q, kind, &proposal);
        return r < 0 ? r : answer(&proposal, subject_of(kind, &proposal), ret_output);
}

int run_check_proposal(Request *q, const void *input, void *ret_output) {
        const DecideProposal *in = input;
        ChangeProposal proposal;
        const ProposalKind *kind;
        int r = record_load(q, &record_change_proposal, in->proposal_id, &proposal);

        if (r == 0 && proposal.state == CHANGE_REQUESTED)
                r = request_other_person(q, proposal.requested_by, "proposal_id");
        if (r < 0)
                return r;
        kind = kind_of(&proposal);
        if (!kind)
                return -EBROKEN_;
        proposal.checked_on = q->today;
        proposal.checked_by = q->person;
        r = document_step(q, &record_change_proposal, &proposal);
        if (r == 0 && proposal.persons == 2)
                return command_call(q, &essential_effect_proposal, in, ret_output);
        return r < 0 ? r : answer(&proposal, subject_of(kind, &proposal), ret_output);
}

int run_return_proposal(Request *q, const void *input, void *ret_output) {
        const ReturnProposal *in = input;
        ChangeProposal proposal;
        int r = record_load(q, &record_change_proposal, in->proposal_id, &proposal);

        if (r == 0 && proposal.state <= CHANGE_CHECKED)
                r = request_other_person(q, proposal.requested_by, "proposal_id");
        if (r < 0)
                return r;
        proposal.closing_note = in->reason;
        r = document_step(q, &record_change_proposal, &proposal);
        return r < 0 ? r : answer(&proposal, (Id){ 0 }, ret_output);
}

int run_withdraw_proposal(Request *q, const void *input, void *ret_output) {
        const DecideProposal *in = input;
        ChangeProposal proposal;
        int r = record_load(q, &record_change_proposal, in->proposal_id, &proposal);

        if (r == 0 && proposal.requested_by.value != q->person.value)
                return refuse(q, "essential.not_requester", "proposal_id", NULL);
        if (r == 0)
                r = document_step(q, &record_change_proposal, &proposal);
        return r < 0 ? r : answer(&proposal, (Id){ 0 }, ret_output);
}
