/* SPDX-License-Identifier: Apache-2.0 */
/* The gate before every change of essential data: where the setting wants more than one person, the input is
 * kept as a proposal and nothing changes yet. */

#include <stddef.h>
#include <string.h>

#include <node/date.h>
#include <node/wire.h>

#include "proposal-query.h"
#include "proposal-records.h"

#define SERIES "change_proposal"
#define WIRE_BYTES_MAX 4000u

#define KIND(command_, subject_, Input, column_, check_)                                                    \
        {                                                                                                   \
                .command = &essential_##command_, .input = &record_##command_,                              \
                .subject = &record_##subject_, .id_offset = offsetof(Input, id),                            \
                .version_offset = offsetof(Input, version), .reason_offset = offsetof(Input, reason),       \
                .column_offset = offsetof(ChangeProposal, column_), .check = check_,                        \
                .apply = apply_##command_,                                                                  \
        }
const ProposalKind proposal_kinds[] = {
        KIND(change_property_area, property_area, ChangePropertyArea, property_area_id, NULL),
        KIND(change_building, building, ChangeBuilding, building_id, NULL),
        KIND(change_unit, unit, ChangeUnit, unit_id, NULL),
        KIND(change_apartment, apartment, ChangeApartment, apartment_id, check_change_apartment),
        KIND(change_owner, owner, ChangeOwner, owner_id, check_change_owner),
        {
                .command = &essential_change_ownership,
                .input = &record_change_ownership,
                .subject = &record_apartment,
                .id_offset = offsetof(ChangeOwnership, apartment_id),
                .reason_offset = offsetof(ChangeOwnership, reason),
                .column_offset = offsetof(ChangeProposal, apartment_id),
                .check = check_change_ownership,
                .apply = apply_change_ownership,
        },
        { 0 },
};

static Id id_at(const void *row, size_t offset) {
        return *(const Id *) ((const char *) row + offset);
}

/* Of private input there are at most a name and a number. */
static void private_take(const ProposalKind *kind, const void *input, ChangeProposal *proposal) {
        for (size_t i = 0; i < kind->input->n_fields; i++) {
                const Field *field = &kind->input->fields[i];
                const char *text = *(const char *const *) ((const char *) input + field->offset);
                if (!(field->flags & FIELD_SECRET))
                        continue;
                if (text_equal(field->name, "name"))
                        proposal->private_name.plain_input = text;
                else
                        proposal->private_number.plain_input = text;
        }
}

static int open_check(Request *q, const ChangeProposal *proposal) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &essential_proposal_open,
                SQL_ARGS(value_integer(q->office), value_text(proposal->command),
                        value_id(proposal->property_area_id), value_id(proposal->building_id),
                        value_id(proposal->unit_id), value_id(proposal->apartment_id),
                        value_id(proposal->owner_id)),
                &rows);

        if (r >= 0)
                r = rows_next(rows);
        return r > 0 ? refuse(q, "essential.proposal_open", NULL, rows_text(rows, 1), NULL) : r;
}

static int wire_keep(Request *q, const ProposalKind *kind, const void *input, Id proposal) {
        ProposalInput row = { .proposal_id = proposal };
        Buffer buffer = BUFFER_INIT(WIRE_BYTES_MAX);
        char *text = NULL;
        int r;

        record_encode(kind->input, input, FIELD_SECRET, &buffer);
        r = buffer_error(&buffer);
        if (r >= 0)
                text = arena_alloc(q->arena, 2 * buffer.size + 1);
        if (text)
                hex_encode(buffer.data, buffer.size, text);
        buffer_done(&buffer);
        if (r < 0 || !text)
                return r < 0 ? r : -ENOMEM;
        row.wire = text;
        return record_insert(q, &record_proposal_input, &row);
}

/* Each input field that would be another than the subject's is now. */
static int fields_keep(
        Request *q, const ProposalKind *kind, const void *input, const void *subject, Id proposal) {
        for (size_t i = 0; i < kind->input->n_fields; i++) {
                const Field *field = &kind->input->fields[i];
                ProposalField row = { .proposal_id = proposal, .field = field->name, .label = field->label };
                int r = subject_say(q, kind, field, subject, &row.before);
                if (field->offset == kind->id_offset || field->offset == kind->reason_offset)
                        continue;
                if (text_equal(field->name, "version") || (r == -ENOENT && field->kind != KIND_DATE))
                        continue;
                if (r == -ENOENT)
                        row.before = "";
                else if (r < 0)
                        return r;
                if (field->kind == KIND_LINES) {
                        const Lines *lines = (const Lines *) ((const char *) input + field->offset);
                        r = shares_say(q, lines->rows, lines->n, &row.after);
                } else
                        r = field_say(q, field, input, &row.after);
                if (r == 0 && (field->flags & FIELD_SECRET || !text_equal(row.before, row.after)))
                        r = record_insert(q, &record_proposal_field, &row);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int proposal_make(
        Request *q, const ProposalKind *kind, const void *input, int64_t persons, Changed *ret) {
        void *subject = arena_alloc(q->arena, kind->subject->size);
        const RowHead *head = subject;
        ChangeProposal proposal = {
                .year = date_year(q->today),
                .command = kind->command->name,
                .command_label = kind->command->label,
                .persons = persons,
                .reason = *(const char *const *) ((const char *) input + kind->reason_offset),
                .requested_on = q->today,
                .requested_by = q->person,
                .state = CHANGE_REQUESTED,
        };
        Id id = id_at(input, kind->id_offset);
        int r = subject ? record_load(q, kind->subject, id, subject) : -ENOMEM;

        if (r < 0)
                return r;
        proposal.subject_version = head->version;
        *(Id *) ((char *) &proposal + kind->column_offset) = id;
        if (kind->version_offset &&
                *(const int64_t *) ((const char *) input + kind->version_offset) != head->version) {
                r = refuse(q, "node.moved_on", NULL, kind->subject->label, NULL);
                return r == -EREFUSED_ ? -ECONFLICT_ : r;
        }
        private_take(kind, input, &proposal);
        r = open_check(q, &proposal);
        if (r == 0)
                r = number_next(q, SERIES, (int32_t) proposal.year, &proposal.number);
        if (r < 0)
                return r;
        proposal.proposal_number = arena_printf(
                q->arena, "BG%lld-%06lld", (long long) proposal.year, (long long) proposal.number);
        r = proposal.proposal_number ? record_insert(q, &record_change_proposal, &proposal) : -ENOMEM;
        if (r == 0)
                r = wire_keep(q, kind, input, proposal.head.id);
        if (r == 0)
                r = fields_keep(q, kind, input, subject, proposal.head.id);
        if (r == 0)
                *ret = (Changed){ id, proposal.head.id, proposal.proposal_number };
        return r;
}

static int change_run(Request *q, const Command *command, const void *input, void *ret_output) {
        const ProposalKind *kind = proposal_kinds;
        Created created = { 0 };
        int64_t persons;
        int r = setting_integer(q, &essential_setting_change_persons, &persons);

        while (kind->command && kind->command != command)
                kind++;
        if (r < 0 || !kind->command)
                return r < 0 ? r : -EINVAL;
        if (persons > 1 && kind->check)
                r = kind->check(q, input);
        if (r < 0)
                return r;
        if (persons > 1)
                return proposal_make(q, kind, input, persons, ret_output);
        r = kind->apply(q, input, &created);
        if (r == 0)
                *(Changed *) ret_output = (Changed){ .id = created.id };
        return r;
}

#define GATE(name)                                                                                          \
        int run_##name(Request *q, const void *input, void *ret_output) {                                   \
                return change_run(q, &essential_##name, input, ret_output);                                 \
        }
GATE(change_property_area)
GATE(change_building)
GATE(change_unit)
GATE(change_apartment)
GATE(change_owner)
GATE(change_ownership)
