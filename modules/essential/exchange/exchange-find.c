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

static int fault_found(const char **ret_fault, const char *fault) {
        *ret_fault = fault;
        return 1;
}

/* Divisions may have areas of one name: which of them a partner means cannot be told, and is never guessed. */
static int by_place(Request *q, const ExchangeRow *row, Apartment *ret, const char **ret_fault) {
        PropertyArea area;
        size_t n;
        int r = areas_named(q, row->area_name, &area, &n);

        if (r < 0)
                return r;
        if (n > 1)
                return fault_found(ret_fault, "essential.exchange_area_twice");
        return n == 0 ? -ENOENT : apartment_named(q, area.head.id, row->building, row->unit, row->room_number, ret);
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
                place_found = by_place(q, row, &placed, ret_fault);
        if (place_found > 0 && code_found < 0)
                return place_found;
        *ret_fault = NULL;
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
