/* SPDX-License-Identifier: Apache-2.0 */
/* Values as people read them, for "was" and "is to be" beside each other. */

#include <stdio.h>

#include <node/date.h>
#include <node/money.h>

#include "../essential-codes.h"
#include "proposal-query.h"
#include "proposal-records.h"

static const void *at(const Field *field, const void *row) {
        return (const char *) row + field->offset;
}

static const char *code_label(const char *set, const char *code) {
        for (const CodeValue *value = essential_codes; value->set; value++)
                if (text_equal(value->set, set) && text_equal(value->code, code))
                        return value->label;
        return code;
}

static const char *state_label(const Field *field, int64_t state) {
        for (int64_t i = 0; field->states[i].name; i++)
                if (i == state)
                        return field->states[i].label;
        return "";
}

int field_say(Request *q, const Field *field, const void *row, const char **ret) {
        const void *place = at(field, row);
        char area[AREA_TEXT_MAX], day[DATE_TEXT_MAX];
        const char *text = "";

        if (field->flags & FIELD_SECRET)
                text = essential_said_sealed;
        else if (field->kind == KIND_TEXT)
                text = *(const char *const *) place;
        else if (field->kind == KIND_CODE)
                text = code_label(field->codes, *(const char *const *) place);
        else if (field->kind == KIND_STATE)
                text = state_label(field, *(const int64_t *) place);
        else if (field->kind == KIND_BOOL)
                text = *(const int64_t *) place ? essential_said_true : essential_said_false;
        else if (field->kind == KIND_INTEGER)
                text = arena_printf(q->arena, "%lld", (long long) *(const int64_t *) place);
        else if (field->kind == KIND_AREA) {
                area_format(*(const Area *) place, area);
                text = arena_strdup(q->arena, area);
        } else if (field->kind == KIND_DATE && ((const Date *) place)->ymd != 0) {
                date_format(*(const Date *) place, day);
                text = arena_strdup(q->arena, day);
        } else if (field->kind == KIND_SEALED)
                text = essential_said_sealed;
        if (!text && (field->kind == KIND_TEXT || field->kind == KIND_CODE))
                text = "";
        *ret = text;
        return text ? 0 : -ENOMEM;
}

int shares_say(Request *q, const OwnerShare *shares, size_t n, const char **ret) {
        const char *text = "";

        for (size_t i = 0; text && i < n; i++)
                text = arena_printf(q->arena, "%s%s%lld-%lld %lld/%lld", text, i ? ", " : "",
                        (long long) id_office(shares[i].owner_id),
                        (long long) (shares[i].owner_id.value & SERIAL_MAX),
                        (long long) shares[i].share_numerator, (long long) shares[i].share_denominator);
        *ret = text;
        return text ? 0 : -ENOMEM;
}

int holders_say(Request *q, Id apartment, const char **ret) {
        Ownership *holders;
        OwnerShare *shares;
        size_t n;
        int r = ownership_current(q, apartment, &holders, &n);

        if (r < 0)
                return r;
        shares = ARENA_ARRAY(q->arena, OwnerShare, n + 1);
        if (!shares)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++)
                shares[i] = (OwnerShare){ holders[i].owner_id, holders[i].share_numerator,
                        holders[i].share_denominator };
        return shares_say(q, shares, n, ret);
}

int subject_say(
        Request *q, const ProposalKind *kind, const Field *f, const void *subject, const char **ret) {
        const Field *same;

        if (f->kind == KIND_LINES)
                return holders_say(q, ((const RowHead *) subject)->id, ret);
        same = record_field(kind->subject, f->name);
        return same ? field_say(q, same, subject, ret) : -ENOENT;
}
