/* SPDX-License-Identifier: Apache-2.0 */
/* The document of a housing change: what every request checks, announces and keeps, and how it is read
 * again. */

#include <stdio.h>

#include <node/date.h>
#include <node/money.h>

#include "../organization/organization-records.h"
#include "change-query.h"
#include "change-records.h"

#define SERIES "housing_change"
#define SUBJECT_NAMES 5
#define SUBJECT_NAME_MAX 30 /* characters of each */

int count_between(Request *q, const char *what, size_t n, size_t min) {
        char given[24], low[24], high[24];

        if (n >= min && n <= CHANGE_OBJECTS_MAX)
                return 0;
        snprintf(given, sizeof(given), "%zu", n);
        snprintf(low, sizeof(low), "%zu", min);
        snprintf(high, sizeof(high), "%d", CHANGE_OBJECTS_MAX);
        return refuse(q, "essential.change_count", NULL, what, low, high, given, NULL);
}

int area_conserved(Request *q, Area before, Area after, const char *field) {
        char old[AREA_TEXT_MAX], new[AREA_TEXT_MAX], difference[AREA_TEXT_MAX];

        if (before.centi_m2 == after.centi_m2)
                return 0;
        area_format(before, old);
        area_format(after, new);
        area_format((Area){ after.centi_m2 - before.centi_m2 }, difference);
        return refuse(q, "essential.area_not_conserved", field, old, new, difference, NULL);
}

int change_announce(Request *q, Id change, ChangeKind kind, const Place *place) {
        Apartment *apartments;
        size_t n;
        int r = place_apartments(q, place, &apartments, &n);

        for (size_t i = 0; r == 0 && i < n; i++) {
                Place one;
                if (!apartment_lives(&apartments[i]))
                        continue;
                r = place_load(q, LEVEL_APARTMENT, apartments[i].head.id, &one);
                if (r < 0)
                        return r;
                HousingChanging payload = {
                        .change_id = change,
                        .kind = kind,
                        .apartment_id = one.id,
                        .name = one.name,
                };
                r = event_emit(q, &essential_housing_changing, &payload);
        }
        return r;
}

int areas_announce(Request *q, const HousingChange *change) {
        const AreasChanging payload = { .change_id = change->head.id, .kind = change->kind };

        if (change->level != LEVEL_AREA || change->kind == CHANGE_EXTINCTION)
                return 0;
        int r = services_agree(q, change->head.id);
        return r < 0 ? r : event_emit(q, &essential_areas_changing, &payload);
}

/* Not ended, not twice, in no other open change. */
static int old_check(Request *q, const ChangeDraft *draft, size_t at) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const Place *old = &draft->olds[at];
        const char *ended = place_ended(old);
        int r;

        if (draft->kind == CHANGE_EXTINCTION && old->level == LEVEL_APARTMENT &&
                old->state == APARTMENT_CLOSED)
                ended = NULL;
        if (ended)
                return refuse(q, "essential.change_not_normal", NULL, old->name, ended, NULL);
        for (size_t i = 0; i < at; i++)
                if (draft->olds[i].id.value == old->id.value)
                        return refuse(q, "essential.change_twice", NULL, old->name, NULL);
        r = place_parents_check(q, old);
        if (r < 0)
                return r;
        r = tx_query(q->tx, &essential_change_open_of,
                SQL_ARGS(value_integer(q->office), value_id(old->id), value_integer(old->level)), &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r > 0)
                return refuse(q, "essential.change_open", NULL, old->name, rows_text(rows, 1), NULL);
        return r;
}

static const char *subject_of(Request *q, const ChangeDraft *draft) {
        const char *text = "";

        for (size_t i = 0; text && i < draft->n_olds; i++) {
                if (i >= SUBJECT_NAMES)
                        return arena_printf(q->arena, "%s … (%zu)", text, draft->n_olds);
                char *name = arena_strdup(q->arena, draft->olds[i].name);
                if (!name)
                        return NULL;
                text_cut(name, SUBJECT_NAME_MAX);
                text = arena_printf(q->arena, "%s%s%s", text, i ? " + " : "", name);
        }
        return text;
}

/* What is to be made fits where it will stand: told with the request, not after two more persons. */
static int names_check(Request *q, const ChangeDraft *draft) {
        const Field *field = place_name_field(draft->level);

        for (size_t i = 0; i < draft->n_news; i++)
                if (text_characters(draft->news[i].name) > (size_t) field->max) {
                        const char *most = arena_printf(q->arena, "%lld", (long long) field->max);
                        return most ? refuse(q, "node.too_long", NULL, field->label, most, NULL) : -ENOMEM;
                }
        return 0;
}

static int old_keep(Request *q, Id change, const Place *place) {
        HousingChangeOld old = {
                .change_id = change,
                .object_id = place->id,
                .object_version = place->version,
                .name = place->name,
        };
        int r = place_area(q, place, &old.covered_area);

        return r < 0 ? r : record_insert(q, &record_housing_change_old, &old);
}

static int lines_keep(Request *q, Id change, const ChangeDraft *draft) {
        int r = 0;

        for (size_t i = 0; r == 0 && i < draft->n_olds; i++)
                r = old_keep(q, change, &draft->olds[i]);
        for (size_t i = 0; r == 0 && i < draft->n_news; i++) {
                draft->news[i].change_id = change;
                draft->news[i].position = (int64_t) i + 1;
                r = record_insert(q, &record_housing_change_new, &draft->news[i]);
        }
        for (size_t i = 0; r == 0 && i < draft->n_owners; i++) {
                draft->owners[i].change_id = change;
                r = record_insert(q, &record_housing_change_owner, &draft->owners[i]);
        }
        for (size_t i = 0; r == 0 && i < draft->n_children; i++) {
                draft->children[i].change_id = change;
                r = record_insert(q, &record_housing_change_child, &draft->children[i]);
        }
        return r;
}

int change_request(Request *q, const ChangeDraft *draft, ChangeOutput *ret) {
        HousingChange change = {
                .year = date_year(q->today),
                .kind = draft->kind,
                .level = draft->level,
                .property_area_id = draft->olds[0].property_area,
                .subject = subject_of(q, draft),
                .reason = draft->reason,
                .requested_on = q->today,
                .requested_by = q->person,
                .state = CHANGE_REQUESTED,
        };
        int r = change.subject ? names_check(q, draft) : -ENOMEM;

        for (size_t i = 0; r == 0 && i < draft->n_olds; i++)
                r = old_check(q, draft, i);
        for (size_t i = 0; r == 0 && i < draft->n_olds; i++)
                if (draft->level == LEVEL_APARTMENT || draft->kind == CHANGE_EXTINCTION)
                        r = change_announce(q, (Id){ 0 }, draft->kind, &draft->olds[i]);
        if (r == 0)
                r = number_next(q, SERIES, (int32_t) change.year, &change.number);
        if (r < 0)
                return r;
        change.change_number =
                arena_printf(q->arena, "FB%lld-%06lld", (long long) change.year, (long long) change.number);
        if (!change.change_number)
                return -ENOMEM;
        r = record_insert(q, &record_housing_change, &change);
        if (r == 0)
                r = lines_keep(q, change.head.id, draft);
        if (r == 0)
                r = areas_announce(q, &change);
        if (r == 0)
                *ret = (ChangeOutput){ .id = change.head.id, .change_number = change.change_number };
        return r;
}

int change_olds(Request *q, Id change, HousingChangeOld **ret, size_t *ret_n) {
        void *rows;
        int r = rows_under(q, &record_housing_change_old, &essential_change_olds, change, CHANGE_OBJECTS_MAX,
                &rows, ret_n);

        if (r == 0)
                *ret = rows;
        return r;
}

int change_news(Request *q, Id change, HousingChangeNew **ret, size_t *ret_n) {
        void *rows;
        int r = rows_under(q, &record_housing_change_new, &essential_change_news, change, CHANGE_OBJECTS_MAX,
                &rows, ret_n);

        if (r == 0)
                *ret = rows;
        return r;
}

int change_children(Request *q, Id change, HousingChangeChild **ret, size_t *ret_n) {
        void *rows;
        int r = rows_under(q, &record_housing_change_child, &essential_change_children, change,
                CHANGE_CHILDREN_MAX, &rows, ret_n);

        if (r == 0)
                *ret = rows;
        return r;
}

int change_owners(Request *q, Id change, int64_t position, OwnerShare **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        OwnerShare *shares = ARENA_ARRAY(q->arena, OwnerShare, BUILDING_TABLE_OWNERS_MAX);
        size_t n = 0;
        int r;

        if (!shares)
                return -ENOMEM;
        r = tx_query(q->tx, &essential_change_owners,
                SQL_ARGS(value_integer(q->office), value_id(change), value_integer(position)), &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                HousingChangeOwner owner;
                if (n == BUILDING_TABLE_OWNERS_MAX)
                        return -E2BIG;
                r = record_from_rows(&record_housing_change_owner, rows, q->arena, &owner);
                if (r < 0)
                        return r;
                shares[n++] = (OwnerShare){ owner.owner_id, owner.share_numerator, owner.share_denominator };
        }
        if (r < 0)
                return r;
        *ret = shares;
        *ret_n = n;
        return 0;
}
