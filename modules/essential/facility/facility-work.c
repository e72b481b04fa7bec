/* SPDX-License-Identifier: Apache-2.0 */
/* What was repaired, kept up and inspected, by whom and with what result (4.2.2.3). */

#include "facility-query.h"
#include "facility-records.h"

static int work_check(Request *q, const FacilityWork *work) {
        if (work->begun.ymd > q->today.ymd)
                return refuse(q, "essential.work_dates", "begun", NULL);
        if (work->ended.ymd && work->ended.ymd < work->begun.ymd)
                return refuse(q, "essential.work_dates", "ended", NULL);
        return 0;
}

int run_record_facility_work(Request *q, const void *input, void *ret_output) {
        const RecordFacilityWork *in = input;
        Facility facility;
        FacilityWork work = {
                .facility_id = in->facility_id,
                .kind = in->kind,
                .begun = in->begun,
                .ended = in->ended,
                .organization = in->organization,
                .cost = in->cost,
                .content = in->content,
                .outcome = in->outcome,
        };
        int r = record_load(q, &record_facility, in->facility_id, &facility);

        if (r < 0)
                return r;
        if (facility.cancelled)
                return refuse(q, "essential.facility_cancelled", "facility_id", NULL);
        r = work_check(q, &work);
        if (r == 0)
                r = record_insert(q, &record_facility_work, &work);
        if (r == 0)
                *(FacilitySaved *) ret_output = (FacilitySaved){ .id = work.head.id };
        return r;
}

static int work_load(Request *q, Id id, int64_t version, FacilityWork *ret) {
        int r = record_load(q, &record_facility_work, id, ret);

        if (r == 0 && ret->cancelled)
                return refuse(q, "essential.work_cancelled", "id", NULL);
        ret->head.version = version;
        return r;
}

int run_change_facility_work(Request *q, const void *input, void *ret_output) {
        const ChangeFacilityWork *in = input;
        FacilityWork work;
        int r = work_load(q, in->id, in->version, &work);

        if (r < 0)
                return r;
        work.kind = in->kind;
        work.begun = in->begun;
        work.ended = in->ended;
        work.organization = in->organization;
        work.cost = in->cost;
        work.content = in->content;
        work.outcome = in->outcome;
        r = work_check(q, &work);
        if (r == 0)
                r = record_update(q, &record_facility_work, &work, in->reason);
        if (r == 0)
                *(FacilitySaved *) ret_output = (FacilitySaved){ .id = work.head.id };
        return r;
}

int run_cancel_facility_work(Request *q, const void *input, void *ret_output) {
        const CancelFacilityWork *in = input;
        FacilityWork work;
        int r = work_load(q, in->id, in->version, &work);

        if (r < 0)
                return r;
        work.cancelled = 1;
        r = record_update(q, &record_facility_work, &work, in->reason);
        if (r == 0)
                *(FacilitySaved *) ret_output = (FacilitySaved){ .id = work.head.id };
        return r;
}
