/* SPDX-License-Identifier: Apache-2.0 */
/* Which apartment a partner speaks of: by the code of the real estate unit, or by the place. */

#include <node/date.h>

#include "../housing/housing-domain.h"
#include "../housing/housing-query.h"
#include "exchange-query.h"
#include "exchange-records.h"

int exchange_one(
        Request *q, const Record *record, const Query *query, const Value *args, size_t n, void *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, query, args, n, &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return record_from_rows(record, rows, q->arena, ret);
}

static bool place_whole(const ExchangeRow *row) {
        return !text_empty(row->area_name) && !text_empty(row->building) && !text_empty(row->room_number);
}

const char *exchange_place(Request *q, const ExchangeRow *row) {
        if (!place_whole(row))
                return row->unit_code ? row->unit_code : "";
        return arena_printf(q->arena, "%s %s-%s-%s", row->area_name, row->building,
                text_empty(row->unit) ? UNIT_NONE : row->unit, row->room_number);
}

static int by_place(Request *q, const ExchangeRow *row, Apartment *ret) {
        const char *unit_name = text_empty(row->unit) ? UNIT_NONE : row->unit;
        PropertyArea area;
        Building building;
        Unit unit;
        int r = exchange_one(q, &record_property_area, &essential_area_by_name,
                SQL_ARGS(value_integer(q->office), value_text(row->area_name)), &area);

        if (r == 0)
                r = exchange_one(q, &record_building, &essential_building_by_name,
                        SQL_ARGS(
                                value_integer(q->office), value_id(area.head.id), value_text(row->building)),
                        &building);
        if (r == 0)
                r = exchange_one(q, &record_unit, &essential_unit_by_name,
                        SQL_ARGS(
                                value_integer(q->office), value_id(building.head.id), value_text(unit_name)),
                        &unit);
        if (r == 0)
                r = exchange_one(q, &record_apartment, &essential_apartment_by_room,
                        SQL_ARGS(value_integer(q->office), value_id(unit.head.id),
                                value_text(row->room_number)),
                        ret);
        return r;
}

static int fault_found(const char **ret_fault, const char *fault) {
        *ret_fault = fault;
        return 1;
}

int exchange_apartment(Request *q, const ExchangeRow *row, Apartment *ret, const char **ret_fault) {
        Apartment coded, placed;
        bool by_code = !text_empty(row->unit_code);
        int code_found = -ENOENT, place_found = -ENOENT;

        if (by_code && !real_estate_unit_code_valid(row->unit_code))
                return fault_found(ret_fault, "essential.unit_code_invalid");
        if (!by_code && !place_whole(row))
                return fault_found(ret_fault, "essential.exchange_no_place");
        if (by_code)
                code_found = exchange_one(q, &record_apartment, &exchange_apartment_by_code,
                        SQL_ARGS(value_integer(q->office), value_text(row->unit_code)), &coded);
        if (code_found < 0 && code_found != -ENOENT)
                return code_found;
        if (place_whole(row))
                place_found = by_place(q, row, &placed);
        if (place_found < 0 && place_found != -ENOENT)
                return place_found;
        if (code_found == 0 && place_found == 0 && coded.head.id.value != placed.head.id.value)
                return fault_found(ret_fault, "essential.unit_code_taken");
        if (code_found < 0 && place_found < 0)
                return -ENOENT;
        *ret = code_found == 0 ? coded : placed;
        if (ret->state != APARTMENT_NORMAL && ret->state != APARTMENT_NOT_SHARING)
                return fault_found(ret_fault, "essential.apartment_not_normal");
        return 0;
}
