/* SPDX-License-Identifier: Apache-2.0 */
/* Check, return and withdrawal of a requested housing change. Check and effect are by others than the
 * requester. */

#include "change-records.h"

static int answer(const HousingChange *change, void *ret_output) {
        *(ChangeOutput *) ret_output = (ChangeOutput){ change->head.id, change->change_number };
        return 0;
}

#define BUSINESS_SPLIT_MERGE "split_merge"
#define BUSINESS_EXTINCTION "extinction"

static const char *business_of(const HousingChange *change) {
        return change->kind == CHANGE_EXTINCTION ? BUSINESS_EXTINCTION : BUSINESS_SPLIT_MERGE;
}

/* On the change's own page, and on those of the apartments where the office's list says so. */
int change_papers_present(Request *q, const HousingChange *change) {
        const char *business = business_of(change);
        HousingChangeOld *olds;
        size_t n = 0;
        int r = required_papers_present(q, business, record_housing_change.name, change->head.id);

        if (r == 0 && change->level == LEVEL_APARTMENT)
                r = change_olds(q, change->head.id, &olds, &n);
        for (size_t i = 0; r == 0 && i < n; i++)
                r = required_papers_present(q, business, record_apartment.name, olds[i].object_id);
        return r;
}

/* Those of the apartments end with the apartments. */
int change_papers_file(Request *q, const HousingChange *change) {
        return required_papers_file(q, business_of(change), record_housing_change.name, change->head.id);
}

int run_check_housing_change(Request *q, const void *input, void *ret_output) {
        const DecideChange *in = input;
        HousingChange change;
        int r = record_load(q, &record_housing_change, in->change_id, &change);

        if (r == 0 && change.state == CHANGE_REQUESTED)
                r = request_other_person(q, change.requested_by, "change_id");
        if (r == 0 && change.state == CHANGE_REQUESTED)
                r = change_papers_present(q, &change);
        if (r < 0)
                return r;
        change.checked_on = q->today;
        change.checked_by = q->person;
        r = document_step(q, &record_housing_change, &change);
        return r < 0 ? r : answer(&change, ret_output);
}

int run_return_housing_change(Request *q, const void *input, void *ret_output) {
        const ReturnChange *in = input;
        HousingChange change;
        int r = record_load(q, &record_housing_change, in->change_id, &change);

        if (r == 0 && (change.state == CHANGE_REQUESTED || change.state == CHANGE_CHECKED))
                r = request_other_person(q, change.requested_by, "change_id");
        if (r < 0)
                return r;
        change.closing_note = in->reason;
        r = document_step(q, &record_housing_change, &change);
        return r < 0 ? r : answer(&change, ret_output);
}

int run_withdraw_housing_change(Request *q, const void *input, void *ret_output) {
        const DecideChange *in = input;
        HousingChange change;
        int r = record_load(q, &record_housing_change, in->change_id, &change);

        if (r == 0 && change.requested_by.value != q->person.value)
                return refuse(q, "essential.not_requester", "change_id", NULL);
        if (r == 0)
                r = document_step(q, &record_housing_change, &change);
        return r < 0 ? r : answer(&change, ret_output);
}
