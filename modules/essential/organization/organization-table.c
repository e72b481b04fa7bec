/* SPDX-License-Identifier: Apache-2.0 */
/* A list of organizations meets the register: what is missing is recorded, what differs is changed, the rest
 * is left alone, so that the corrected list can simply be given again. The preview takes the same steps and
 * changes nothing. */

#include <node/error.h>

#include <essential/support.h>

#include "organization-domain.h"
#include "organization-records.h"

#define REASON_LIST "organization list"

/* 1 when the sealed value is this text, told by the blind index; nothing is opened. */
static int sealed_is(Request *q, const char *kind, Sealed sealed, const char *plain) {
        Id *found;
        size_t n;

        if (sealed.vault.value == 0)
                return 0;
        int r = sealed_find(q, kind, (Id){ 0 }, plain, &found, &n);
        if (r < 0)
                return r;
        for (size_t i = 0; i < n; i++)
                if (found[i].value == sealed.vault.value)
                        return 1;
        return 0;
}

/* An empty cell says nothing about what is known. */
static int private_take(Request *q, const char *kind, const char *text, Sealed *sealed, bool *ret_changed) {
        if (text_empty(text))
                return 0;
        int same = sealed_is(q, kind, *sealed, text);
        if (same < 0)
                return same;
        if (!same) {
                sealed->plain_input = text;
                *ret_changed = true;
        }
        return 0;
}

static void text_take(const char *text, const char **value, bool *ret_changed) {
        if (text_empty(text) || text_equal(text, *value))
                return;
        *value = text;
        *ret_changed = true;
}

static int row_fill(Request *q, const OrganizationRow *row, Organization *organization, bool *ret_changed) {
        text_take(row->kind, &organization->kind, ret_changed);
        text_take(row->name, &organization->name, ret_changed);
        text_take(row->credit_code, &organization->credit_code, ret_changed);
        text_take(row->local_code, &organization->local_code, ret_changed);
        text_take(row->division, &organization->division, ret_changed);
        text_take(row->address, &organization->address, ret_changed);
        int r = private_take(
                q, "legal_person_name", row->legal_person, &organization->legal_person, ret_changed);
        if (r == 0)
                r = private_take(q, "contact_name", row->contact, &organization->contact, ret_changed);
        if (r == 0)
                r = private_take(q, "phone", row->phone, &organization->phone, ret_changed);
        return r;
}

/* 1: another organization in business bears one of the row's codes: which of them is meant is not guessed. */
static int codes_taken(Request *q, const OrganizationRow *row, Id found) {
        const char *const given[][2] = { { row->credit_code, NULL }, { NULL, row->local_code } };
        Organization other;

        for (size_t i = 0; i < ELEMENTSOF(given); i++) {
                int r = organization_find(q, given[i][0], given[i][1], found, &other);
                if (r < 0 && r != -ENOENT)
                        return r;
                if (r == 0 && other.state == ORGANIZATION_ACTIVE)
                        return 1;
        }
        return 0;
}

/* 1: the row is left out, and a note says why. */
static int row_left_out(
        Request *q, const OrganizationRow *row, const Organization *found, ListResult *result) {
        const char *code = NULL, *value = row->name;
        int r = text_empty(row->division) ? 0 : essential_division_check(q, row->division, "division");

        if (r == -EREFUSED_) {
                q->refusal = (Refusal){ 0 };
                code = "DIVISION_UNKNOWN";
                value = row->division;
        } else if (r < 0)
                return r;
        else if (found && found->state != ORGANIZATION_ACTIVE)
                code = "ORGANIZATION_ENDED";
        else {
                r = codes_taken(q, row, found ? found->head.id : (Id){ 0 });
                if (r < 0)
                        return r;
                code = r > 0 ? "ORGANIZATION_CODE_TAKEN" : NULL;
        }
        if (!code)
                return 0;
        const RowNote note = { .line = row->source_line, .code = code, .value = value, .left_out = 1 };
        r = list_note(result, note, q->arena);
        return r < 0 ? r : 1;
}

static int row_take(Request *q, const OrganizationRow *row, bool apply, ListResult *result) {
        const char *fault = organization_code_fault(row->credit_code, row->local_code);
        Organization organization = { 0 };
        bool changed = false;

        if (fault)
                return refuse(q, fault, "credit_code",
                        text_empty(row->credit_code) ? NULL : row->credit_code, NULL);
        int r = organization_find(q, row->credit_code, row->local_code, (Id){ 0 }, &organization);
        bool found = r == 0;
        if (r < 0 && r != -ENOENT)
                return r;
        r = row_left_out(q, row, found ? &organization : NULL, result);
        if (r != 0)
                return r < 0 ? r : 0;
        if (!found)
                organization = (Organization){ .division = q->division, .valid_from = q->today };
        r = row_fill(q, row, &organization, &changed);
        if (r == 0 && apply && !found)
                r = record_insert(q, &record_organization, &organization);
        else if (r == 0 && apply && changed)
                r = record_update(q, &record_organization, &organization, REASON_LIST);
        if (r < 0)
                return r;
        result->rows_created += !found;
        result->rows_changed += found && changed;
        result->rows_unchanged += found && !changed;
        return 0;
}

static int table_take(Request *q, const OrganizationTable *table, bool apply, ListResult *ret) {
        const OrganizationRow *rows = table->rows.rows;
        ListResult result = { 0 };
        int r = list_rows_check(q, table->rows.n, ORGANIZATION_TABLE_ROWS_MAX);

        for (size_t i = 0; r == 0 && i < table->rows.n; i++)
                r = row_take(q, &rows[i], apply, &result);
        if (r == 0)
                *ret = result;
        return r;
}

int run_import_organizations(Request *q, const void *input, void *ret_output) {
        return table_take(q, input, true, ret_output);
}

int run_try_organizations(Request *q, const void *input, void *ret_output) {
        return table_take(q, input, false, ret_output);
}
