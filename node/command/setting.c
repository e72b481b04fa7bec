/* SPDX-License-Identifier: Apache-2.0 */
/* Settings: what differs between offices and years is a row with its first day, never code. A row carries a
 * MAC, because a setting can take away a second person as well as a right can give one (GB/T 39786 8.4 b).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <node/date.h>
#include <node/error.h>

#include "request.h"

int setting_text_mac(Request *q, const char *text, char ret[static SETTING_MAC_MAX]) {
        const Keys *keys = q->kernel->keys;
        Digest digest;

        if (!text)
                return -ENOMEM;
        int r = keys->mac(keys->data, KEY_RIGHTS, text, strlen(text), &digest);
        if (r == 0)
                hex_encode(digest.bytes, sizeof(digest.bytes), ret);
        return r;
}

static int setting_mac(Request *q, const SettingValue *row, char ret[static SETTING_MAC_MAX]) {
        return setting_text_mac(q,
                arena_printf(q->arena, "setting %lld %s %d %s", (long long) q->office, row->name,
                        row->valid_from.ymd, row->value ? row->value : ""),
                ret);
}

int setting_text(Request *q, const Setting *setting, const char **ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char mac[SETTING_MAC_MAX];
        SettingValue row;

        if (setting->store != tx_store(q->tx))
                return -EXDEV;
        int r = tx_query(q->tx, &query_setting_on[setting->store],
                SQL_ARGS(value_integer(q->office), value_text(setting->name), value_integer(q->today.ymd)),
                &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r < 0)
                return r;
        if (r == 0) {
                *ret = setting->standard;
                return 0;
        }
        r = record_from_rows(record_setting[setting->store], rows, q->arena, &row);
        if (r == 0)
                r = setting_mac(q, &row, mac);
        if (r < 0)
                return r;
        if (!text_equal(mac, row.mac))
                return refuse(q, "node.setting_broken", NULL, setting->name, NULL);
        *ret = text_empty(row.value) ? setting->standard : row.value;
        return 0;
}

/* "7:30", "07:30" or "730", as 730. */
static int clock_number(const char *text, int64_t *ret) {
        const char *colon = strchr(text, ':');
        int64_t number = 0;
        size_t digits = 0;

        for (const char *p = text; *p; p++) {
                if (p == colon)
                        continue;
                if (*p < '0' || *p > '9' || ++digits > 4)
                        return -EMALFORMED_;
                number = 10 * number + (*p - '0');
        }
        if (digits == 0 || (colon && (colon == text || strlen(colon + 1) != 2)))
                return -EMALFORMED_;
        if (number % 100 > 59)
                return -ERANGE;
        *ret = number;
        return 0;
}

/* The number a text stands for, by the setting's kind. Pure. */
int setting_number(const Setting *setting, const char *text, int64_t *ret) {
        Date date;
        int r;

        switch (setting->kind) {
        case KIND_BOOL:
                *ret = text_equal(text, "1");
                return *ret || text_equal(text, "0") ? 0 : -EMALFORMED_;
        case KIND_DATE:
                r = date_parse(text, &date);
                if (r == 0)
                        *ret = date.ymd;
                return r;
        case KIND_INTEGER:
        case KIND_MONEY:
        case KIND_AREA:
        case KIND_RATE:
                r = setting->clock ? clock_number(text, ret) : integer_parse(text, ret);
                if (r == 0 && (setting->min != 0 || setting->max != 0) &&
                        (*ret < setting->min || *ret > setting->max))
                        return -ERANGE;
                return r;
        default:
                return -EINVAL;
        }
}

int setting_integer(Request *q, const Setting *setting, int64_t *ret) {
        const char *text;
        int r = setting_text(q, setting, &text);

        return r == 0 ? setting_number(setting, text, ret) : r;
}

int setting_check(const Setting *setting, const char *text) {
        int64_t number;

        if (setting->kind == KIND_TEXT || setting->kind == KIND_CODE)
                return setting->max > 0 && text_characters(text) > (size_t) setting->max ? -ERANGE : 0;
        return setting_number(setting, text, &number);
}

int setting_change_check(Request *q, const Setting *setting, const ChangeSetting *in) {
        char today[DATE_TEXT_MAX];

        if (!setting)
                return refuse(q, "node.setting_unknown", "name", in->name, NULL);
        date_format(q->today, today);
        if (in->valid_from.ymd < q->today.ymd)
                return refuse(q, "node.setting_past", "valid_from", today, NULL);
        if (!text_empty(in->value) && setting_check(setting, in->value) < 0) {
                const char *low = arena_printf(q->arena, "%lld", (long long) setting->min);
                const char *high = arena_printf(q->arena, "%lld", (long long) setting->max);
                if (!low || !high)
                        return -ENOMEM;
                return refuse(q, "node.setting_value", "value", setting->label, low, high, NULL);
        }
        return 0;
}

int setting_put(Request *q, const ChangeSetting *in) {
        const Record *record = record_setting[tx_store(q->tx)];
        SettingValue row = { .name = in->name, .value = in->value, .valid_from = in->valid_from };
        char mac[SETTING_MAC_MAX];
        int64_t id = 0;

        int r = tx_integer(q->tx, &query_setting_of_day[tx_store(q->tx)],
                SQL_ARGS(value_integer(q->office), value_text(in->name), value_integer(in->valid_from.ymd)),
                &id);
        if (r == 0)
                r = record_load(q, record, (Id){ id }, &row);
        if (r < 0 && r != -ENOENT)
                return r;
        row.value = in->value ? in->value : "";
        r = setting_mac(q, &row, mac);
        if (r < 0)
                return r;
        row.mac = mac;
        r = id != 0 ? record_update(q, record, &row, in->reason) : record_insert(q, record, &row);
        /* a setting may take away a second person: whoever watches sees it at once */
        return r < 0 ? r : request_note(q, "setting_changed", in->name);
}

int setting_change_run(Request *q, const void *input, void *ret_output) {
        const ChangeSetting *in = input;
        const Setting *setting = registry_setting(q->kernel->registry, tx_store(q->tx), in->name);
        SettingChanged *out = ret_output;

        int r = setting_change_check(q, setting, in);
        if (r == 0)
                r = setting_ask(q, setting, in, &out->setting_request_id);
        if (r < 0)
                return r;
        out->waiting = out->setting_request_id.value != 0;
        return out->waiting ? 0 : setting_put(q, in);
}
