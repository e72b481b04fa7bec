/* SPDX-License-Identifier: Apache-2.0 */
/* Who serves which area in which role (2.0.11): a role that one organization holds at a time is never held
 * by two on one day. */

#include <node/date.h>

#include "essential-codes.h"
#include "organization-domain.h"
#include "organization-query.h"
#include "organization-records.h"

/* Services that hold on the day or begin after it; at most one more than may be carried at once. */
static int services_read(Request *q, Id organization, Date day, AreaService **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        AreaService *services = ARENA_ARRAY(q->arena, AreaService, ORGANIZATION_SERVICES_MAX + 1);
        size_t n = 0;

        if (!services)
                return -ENOMEM;
        int r = tx_query(q->tx, &essential_services_running,
                SQL_ARGS(value_integer(q->office), value_id(organization), value_integer(day.ymd),
                        value_integer(ORGANIZATION_SERVICES_MAX + 1)),
                &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0)
                r = record_from_rows(&record_area_service, rows, q->arena, &services[n++]);
        if (r < 0)
                return r;
        *ret = services;
        *ret_n = n;
        return 0;
}

static int area_services_read(Request *q, Id area, void **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        AreaService *services = ARENA_ARRAY(q->arena, AreaService, ORGANIZATION_SERVICES_MAX);
        size_t n = 0;
        int r = services ? tx_query(q->tx, &essential_services_of_area,
                                   SQL_ARGS(value_integer(q->office), value_id(area), value_integer(q->today.ymd),
                                           value_integer(ORGANIZATION_SERVICES_MAX + 1)),
                                   &rows)
                         : -ENOMEM;

        while (r >= 0 && (r = rows_next(rows)) > 0)
                r = n == ORGANIZATION_SERVICES_MAX
                            ? -E2BIG
                            : record_from_rows(&record_area_service, rows, q->arena, &services[n++]);
        *ret = services;
        *ret_n = n;
        return r;
}

int services_running(Request *q, Id organization, Date day, int64_t *ret) {
        AreaService *services;
        size_t n;
        int r = services_read(q, organization, day, &services, &n);

        if (r == 0)
                *ret = (int64_t) n;
        return r;
}

static int service_free(Request *q, const AreaService *service) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &essential_service_overlap,
                SQL_ARGS(value_integer(q->office), value_id(service->property_area_id),
                        value_text(service->role), value_id(service->organization_id),
                        value_integer(service->valid_from.ymd), value_integer(service->valid_to.ymd)),
                &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        const char *name = arena_strdup(q->arena, rows_text(rows, 0));
        return name ? refuse(q, "essential.service_overlap", "valid_from", name, NULL) : -ENOMEM;
}

static int service_dates(Request *q, const AreaService *service) {
        char from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];

        if (service->valid_to.ymd == 0 || service->valid_to.ymd >= service->valid_from.ymd)
                return 0;
        date_format(service->valid_from, from);
        date_format(service->valid_to, to);
        return refuse(q, "essential.service_dates", "valid_to", to, from, NULL);
}

int services_carry(Request *q, const Organization *from, Id successor, Date day, const char *reason) {
        AreaService *services;
        char limit[DATE_TEXT_MAX], begins[DATE_TEXT_MAX];
        size_t n;
        int r = services_read(q, from->head.id, day, &services, &n);

        if (r == 0 && n > ORGANIZATION_SERVICES_MAX) {
                const char *most = arena_printf(q->arena, "%d", ORGANIZATION_SERVICES_MAX);
                return most ? refuse(q, "essential.organization_services_many", "id", from->name, most, NULL)
                            : -ENOMEM;
        }
        for (size_t i = 0; r == 0 && i < n; i++) {
                AreaService next = services[i];
                if (next.valid_from.ymd > day.ymd) {
                        date_format(next.valid_from, begins);
                        date_format(day, limit);
                        return refuse(
                                q, "essential.service_starts_later", "valid_from", begins, limit, NULL);
                }
                services[i].valid_to = day;
                r = record_update(q, &record_area_service, &services[i], reason);
                next.head = (RowHead){ 0 };
                next.organization_id = successor;
                next.valid_from = day;
                if (r == 0)
                        r = service_free(q, &next);
                if (r == 0)
                        r = record_insert(q, &record_area_service, &next);
        }
        return r;
}

int services_agree(Request *q, Id change) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const char *texts[5];
        int r = tx_query(q->tx, &essential_services_disagree,
                SQL_ARGS(value_integer(q->office), value_id(change), value_integer(q->today.ymd)), &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        for (int i = 0; i < 5; i++) {
                texts[i] = arena_strdup(q->arena, rows_text(rows, i));
                if (!texts[i])
                        return -ENOMEM;
        }
        return refuse(q, "essential.services_differ", NULL, texts[0], texts[1],
                essential_code_label("organization_kind", texts[2]), texts[3], texts[4], NULL);
}

/* Who served more than one of what has become one serves it once, for the whole span. */
static int service_place(Request *q, const AreaService *of, Id area, const char *reason) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        AreaService next = *of, have;

        next.head = (RowHead){ 0 };
        next.property_area_id = area;
        if (next.valid_from.ymd < q->today.ymd)
                next.valid_from = q->today;
        int r = tx_query(q->tx, &essential_service_same,
                SQL_ARGS(value_integer(q->office), value_id(area), value_text(next.role),
                        value_id(next.organization_id), value_integer(next.valid_from.ymd),
                        value_integer(next.valid_to.ymd)),
                &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r < 0)
                return r;
        if (r == 0) {
                r = service_free(q, &next);
                return r < 0 ? r : record_insert(q, &record_area_service, &next);
        }
        r = record_from_rows(&record_area_service, rows, q->arena, &have);
        rows = rows_close(rows);
        if (have.valid_from.ymd > next.valid_from.ymd)
                have.valid_from = next.valid_from;
        if (next.valid_to.ymd == 0 || (have.valid_to.ymd != 0 && have.valid_to.ymd < next.valid_to.ymd))
                have.valid_to = next.valid_to;
        return r < 0 ? r : record_update(q, &record_area_service, &have, reason);
}

int services_follow(Request *q, Id old, const Id *news, size_t n, const char *reason) {
        void *found;
        size_t n_services;
        PropertyArea area;
        int r = record_load(q, &record_property_area, old, &area);

        if (r == 0)
                r = area_services_read(q, old, &found, &n_services);
        if (r == -E2BIG) {
                const char *most = arena_printf(q->arena, "%d", ORGANIZATION_SERVICES_MAX);
                return most ? refuse(q, "essential.area_services_many", NULL, area.name, most, NULL) : -ENOMEM;
        }
        for (size_t i = 0; r == 0 && i < n_services; i++) {
                AreaService *service = (AreaService *) found + i;
                const AreaService before = *service;
                service->valid_to = before.valid_from.ymd > q->today.ymd ? before.valid_from : q->today;
                r = record_update(q, &record_area_service, service, reason);
                for (size_t k = 0; r == 0 && k < n; k++)
                        r = service_place(q, &before, news[k], reason);
        }
        return r;
}

int run_add_area_service(Request *q, const void *input, void *ret_output) {
        const AddAreaService *in = input;
        AreaService service = {
                .property_area_id = in->property_area_id,
                .organization_id = in->organization_id,
                .role = in->role,
                .valid_from = in->valid_from,
                .valid_to = in->valid_to,
        };
        PropertyArea area;
        Organization organization;
        int r = record_load(q, &record_property_area, in->property_area_id, &area);

        if (r == 0)
                r = structure_check(q, area.name, area.state, "property_area_id");
        if (r == 0)
                r = essential_organization_active(q, in->organization_id, "organization_id", &organization);
        if (r == 0)
                r = service_dates(q, &service);
        if (r == 0)
                r = service_free(q, &service);
        if (r == 0)
                r = record_insert(q, &record_area_service, &service);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = service.head.id };
        return r;
}

int run_end_area_service(Request *q, const void *input, void *ret_output) {
        const EndAreaService *in = input;
        AreaService service;
        int r = record_load(q, &record_area_service, in->id, &service);

        if (r < 0)
                return r;
        service.head.version = in->version;
        bool later = service.valid_to.ymd != 0 && service.valid_to.ymd < in->valid_to.ymd;
        service.valid_to = in->valid_to;
        r = service_dates(q, &service);
        if (r == 0 && later)
                return refuse(q, "essential.service_ended", "valid_to", NULL);
        if (r == 0)
                r = record_update(q, &record_area_service, &service, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = service.head.id };
        return r;
}
