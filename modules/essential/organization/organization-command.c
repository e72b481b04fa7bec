/* SPDX-License-Identifier: Apache-2.0 */
/* Organizations are recorded, changed, cancelled and followed by others (4.2.3, 4.2.5). A cancelled one
 * stays to be seen and cannot be chosen; a new name or owner is a new row tied to the old one, so that old
 * papers keep the name of their day. */

#include <stdio.h>

#include <node/date.h>
#include <node/identifier.h>

#include <essential/support.h>
#include "organization-domain.h"
#include "organization-query.h"
#include "organization-records.h"

#define CLEARED "-" /* in a change: take the private value away */

static int organization_one(Request *q, const Query *query, const char *code, Id except, Organization *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(
                q->tx, query, SQL_ARGS(value_integer(q->office), value_text(code), value_id(except)), &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return record_from_rows(&record_organization, rows, q->arena, ret);
}

int organization_find(
        Request *q, const char *credit_code, const char *local_code, Id except, Organization *ret) {
        int r = -ENOENT;

        if (!text_empty(credit_code))
                r = organization_one(q, &essential_organization_by_credit, credit_code, except, ret);
        if (r == -ENOENT && !text_empty(local_code))
                r = organization_one(q, &essential_organization_by_local, local_code, except, ret);
        return r;
}

int essential_organization_active(Request *q, Id id, const char *field, Organization *ret) {
        Organization organization;
        int r = record_load(q, &record_organization, id, &organization);

        if (r < 0)
                return r;
        if (organization.state != ORGANIZATION_ACTIVE)
                return refuse(q, "essential.organization_not_active", field, organization.name, NULL);
        *ret = organization;
        return 0;
}

/* No other organization in business bears it: one of the two codes. */
static int code_free(Request *q, const Organization *organization, const char *credit_code, const char *local_code) {
        Organization other;
        int r = organization_find(q, credit_code, local_code, organization->head.id, &other);

        if (r == 0 && other.state == ORGANIZATION_ACTIVE)
                return refuse(q, "essential.organization_exists", credit_code ? "credit_code" : "local_code",
                        credit_code ? credit_code : local_code, other.name, NULL);
        return r == -ENOENT ? 0 : r;
}

/* Codes normalised, sound and borne by nobody else; a division that is known. */
static int organization_check(Request *q, Organization *organization) {
        char *credit_code =
                arena_strdup(q->arena, organization->credit_code ? organization->credit_code : "");

        if (!credit_code)
                return -ENOMEM;
        identifier_normalise(credit_code);
        organization->credit_code = credit_code;
        const char *fault = organization_code_fault(credit_code, organization->local_code);
        if (fault && text_empty(credit_code))
                return refuse(q, fault, "credit_code", NULL);
        if (fault)
                return refuse(q, fault, "credit_code", credit_code, NULL);
        int r = code_free(q, organization, credit_code, NULL);
        if (r == 0)
                r = code_free(q, organization, NULL, organization->local_code);
        if (r < 0)
                return r;
        if (text_empty(organization->division))
                organization->division = q->division;
        return essential_division_check(q, organization->division, "division");
}

int run_create_organization(Request *q, const void *input, void *ret_output) {
        const CreateOrganization *in = input;
        Organization organization = {
                .kind = in->kind,
                .name = in->name,
                .credit_code = in->credit_code,
                .local_code = in->local_code,
                .division = in->division,
                .address = in->address,
                .legal_person.plain_input = in->legal_person,
                .contact.plain_input = in->contact,
                .phone.plain_input = in->phone,
                .valid_from = in->valid_from.ymd ? in->valid_from : q->today,
        };
        int r = organization_check(q, &organization);

        if (r == 0)
                r = record_insert(q, &record_organization, &organization);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = organization.head.id };
        return r;
}

/* Nothing: as it was. "-": none from now on. */
static void private_change(Sealed *sealed, const char *text) {
        if (!text_empty(text))
                sealed->plain_input = text_equal(text, CLEARED) ? "" : text;
}

int run_change_organization(Request *q, const void *input, void *ret_output) {
        const ChangeOrganization *in = input;
        Organization organization;
        int r = essential_organization_active(q, in->id, "id", &organization);

        if (r < 0)
                return r;
        organization.head.version = in->version;
        organization.kind = in->kind;
        organization.name = in->name;
        organization.credit_code = in->credit_code;
        organization.local_code = in->local_code;
        if (!text_equal(organization.division, in->division))
                organization.division = in->division;
        organization.address = in->address;
        private_change(&organization.legal_person, in->legal_person);
        private_change(&organization.contact, in->contact);
        private_change(&organization.phone, in->phone);
        r = organization_check(q, &organization);
        if (r == 0)
                r = record_update(q, &record_organization, &organization, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = organization.head.id };
        return r;
}

/* Nothing ends before it began. */
static int end_check(Request *q, const Organization *organization, Date day) {
        char given[DATE_TEXT_MAX], from[DATE_TEXT_MAX];

        if (day.ymd >= organization->valid_from.ymd)
                return 0;
        date_format(day, given);
        date_format(organization->valid_from, from);
        return refuse(q, "essential.organization_date", "valid_to", given, from, NULL);
}

int run_cancel_organization(Request *q, const void *input, void *ret_output) {
        const CancelOrganization *in = input;
        Date day = in->valid_to.ymd ? in->valid_to : q->today;
        Organization organization;
        int64_t running = 0;
        char count[24];
        int r = essential_organization_active(q, in->id, "id", &organization);

        if (r == 0)
                r = end_check(q, &organization, day);
        if (r == 0)
                r = services_running(q, in->id, day, &running);
        if (r < 0)
                return r;
        if (running > 0) {
                snprintf(count, sizeof(count), "%lld", (long long) running);
                return refuse(q, "essential.organization_serving", "id", organization.name, count, NULL);
        }
        organization.head.version = in->version;
        organization.valid_to = day;
        organization.state = ORGANIZATION_CANCELLED;
        r = record_update(q, &record_organization, &organization, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = organization.head.id };
        return r;
}

/* The old one ends on the day, tied to the one that follows, which takes its areas over. */
static int organization_succeed(Request *q, Organization *old, Id successor, Date day, const char *reason) {
        int r = end_check(q, old, day);

        if (r < 0)
                return r;
        old->successor_id = successor;
        old->valid_to = day;
        old->state = ORGANIZATION_SUCCEEDED;
        r = record_update(q, &record_organization, old, reason);
        return r < 0 ? r : services_carry(q, old, successor, day, reason);
}

int run_rename_organization(Request *q, const void *input, void *ret_output) {
        const RenameOrganization *in = input;
        Date day = in->valid_from.ymd ? in->valid_from : q->today;
        Organization old, renamed;
        int r = essential_organization_active(q, in->id, "id", &old);

        if (r < 0)
                return r;
        if (text_equal(old.name, in->name))
                return refuse(q, "essential.organization_same_name", "name", NULL);
        old.head.version = in->version;
        renamed = old;
        renamed.head = (RowHead){ 0 };
        renamed.name = in->name;
        renamed.valid_from = day;
        r = record_insert(
                q, &record_organization, &renamed); /* people and phone: the same rows of the vault */
        if (r == 0)
                r = organization_succeed(q, &old, renamed.head.id, day, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = renamed.head.id };
        return r;
}

int run_merge_organization(Request *q, const void *input, void *ret_output) {
        const MergeOrganization *in = input;
        Organization old, successor;
        int r = essential_organization_active(q, in->id, "id", &old);

        if (r < 0)
                return r;
        if (in->id.value == in->successor_id.value)
                return refuse(q, "essential.organization_itself", "successor_id", NULL);
        r = essential_organization_active(q, in->successor_id, "successor_id", &successor);
        if (r < 0)
                return r;
        old.head.version = in->version;
        r = organization_succeed(
                q, &old, successor.head.id, in->valid_from.ymd ? in->valid_from : q->today, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = successor.head.id };
        return r;
}
