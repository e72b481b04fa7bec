/* SPDX-License-Identifier: Apache-2.0 */
/* Who may speak with us and about what (13.0.3, 14.4.3): requested by one person, approved by another who
 * has the fingerprint from the partner itself. */

#include <string.h>

#include <node/date.h>

#include "exchange-records.h"

#define PUBLIC_KEY_HEX 132

static bool hex_lower(const char *text, size_t n) {
        return strlen(text) == n && strspn(text, "0123456789abcdef") == n;
}

static int partner_check(Request *q, const ExchangePartner *partner) {
        const char *key = partner->public_key ? partner->public_key : "";
        char from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];

        if (!hex_lower(partner->fingerprint, 64))
                return refuse(q, "essential.fingerprint_invalid", "fingerprint", NULL);
        if (*key && (!hex_lower(key, PUBLIC_KEY_HEX) || key[0] != '0' || (key[1] != '1' && key[1] != '2') ||
                            strncmp(key + 2, "04", 2) != 0))
                return refuse(q, "essential.public_key_invalid", "public_key", NULL);
        if (partner->valid_to.ymd == 0 || partner->valid_to.ymd >= partner->valid_from.ymd)
                return 0;
        date_format(partner->valid_from, from);
        date_format(partner->valid_to, to);
        return refuse(q, "essential.partner_dates", "valid_to", to, from, NULL);
}

/* What a machine asks must not look like what a person did, and no person's rights are a machine's. */
static int person_check(Request *q, Id person) {
        int r = request_person_staff(q, person);

        return r > 0 ? refuse(q, "essential.partner_person", "person_id", NULL) : r;
}

int run_create_partner(Request *q, const void *input, void *ret_output) {
        const CreatePartner *in = input;
        ExchangePartner partner = {
                .name = in->name,
                .kind = in->kind,
                .person_id = in->person_id,
                .fingerprint = in->fingerprint,
                .public_key = in->public_key,
                .push_building_table = in->push_building_table,
                .push_areas = in->push_areas,
                .push_ownership = in->push_ownership,
                .pull_building_table = in->pull_building_table,
                .pull_deposit = in->pull_deposit,
                .contact = in->contact,
                .valid_from = in->valid_from,
                .valid_to = in->valid_to,
                .requested_by = q->person,
                .state = PARTNER_REQUESTED,
        };
        int r = partner_check(q, &partner);

        if (r == 0)
                r = person_check(q, partner.person_id);
        if (r == 0)
                r = record_insert(q, &record_exchange_partner, &partner);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = partner.head.id };
        return r;
}

/* Whatever changes must be approved again: until then the partner is not heard. */
int run_change_partner(Request *q, const void *input, void *ret_output) {
        const ChangePartner *in = input;
        ExchangePartner partner;
        int r = record_load(q, &record_exchange_partner, in->partner_id, &partner);

        if (r < 0)
                return r;
        partner.head.version = in->version;
        partner.name = in->name;
        partner.kind = in->kind;
        partner.fingerprint = in->fingerprint;
        partner.public_key = in->public_key;
        partner.push_building_table = in->push_building_table;
        partner.push_areas = in->push_areas;
        partner.push_ownership = in->push_ownership;
        partner.pull_building_table = in->pull_building_table;
        partner.pull_deposit = in->pull_deposit;
        partner.contact = in->contact;
        partner.valid_from = in->valid_from;
        partner.valid_to = in->valid_to;
        partner.requested_by = q->person;
        partner.approved_by = (Id){ 0 };
        r = partner_check(q, &partner);
        if (r == 0)
                r = document_step(q, &record_exchange_partner, &partner);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = partner.head.id };
        return r;
}

int run_approve_partner(Request *q, const void *input, void *ret_output) {
        const ApprovePartner *in = input;
        ExchangePartner partner;
        int r = record_load(q, &record_exchange_partner, in->partner_id, &partner);

        if (r == 0)
                r = request_other_person(q, partner.requested_by, "partner_id");
        if (r == 0)
                r = person_check(q, partner.person_id);
        if (r < 0)
                return r;
        if (!text_equal(partner.fingerprint, in->fingerprint))
                return refuse(q, "essential.fingerprint_differs", "fingerprint", NULL);
        partner.approved_by = q->person;
        r = document_step(q, &record_exchange_partner, &partner);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = partner.head.id };
        return r;
}

int run_revoke_partner(Request *q, const void *input, void *ret_output) {
        const RevokePartner *in = input;
        ExchangePartner partner;
        int r = record_load(q, &record_exchange_partner, in->partner_id, &partner);

        if (r < 0)
                return r;
        partner.closing_note = in->reason;
        r = document_step(q, &record_exchange_partner, &partner);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = partner.head.id };
        return r;
}

/* The partner as it stands inside this very transaction: what was revoked a moment ago is refused. */
static int partner_active(Request *q, Id id, ExchangePartner *ret) {
        int r = record_load(q, &record_exchange_partner, id, ret);

        if (r < 0)
                return r;
        if (ret->state != PARTNER_ACTIVE || ret->valid_from.ymd > q->today.ymd ||
                (ret->valid_to.ymd != 0 && ret->valid_to.ymd < q->today.ymd))
                return refuse(q, "essential.partner_not_active", "partner_id", ret->name, NULL);
        return 0;
}

int partner_may_push(Request *q, Id id, int64_t kind) {
        ExchangePartner partner;
        int r = partner_active(q, id, &partner);

        if (r < 0)
                return r;
        const int64_t may[] = { partner.push_building_table, partner.push_areas, partner.push_ownership };
        if (!may[kind])
                return refuse(q, "essential.partner_kind", "kind", partner.name,
                        essential_exchange_kinds[kind].label, NULL);
        return 0;
}

int run_note_access(Request *q, const void *input, void *ret_output) {
        const NoteAccess *in = input;
        ExchangePartner partner;
        ExchangeAccess access = {
                .partner_id = in->partner_id,
                .kind = in->kind,
                .subject = in->subject,
                .asked = q->now,
        };
        int r = partner_active(q, in->partner_id, &partner);

        if (r < 0)
                return r;
        if (in->kind == ACCESS_DEPOSIT ? !partner.pull_deposit : !partner.pull_building_table)
                return refuse(q, "essential.partner_kind", "kind", partner.name,
                        essential_access_kinds[in->kind].label, NULL);
        r = record_insert(q, &record_exchange_access, &access);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = access.head.id };
        return r;
}
