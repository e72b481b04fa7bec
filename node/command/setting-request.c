/* SPDX-License-Identifier: Apache-2.0 */
/* A setting can take away a rule as well as a right can give one (14.2.2): whoever asks for a weaker one
 * does not decide it. Which direction weakens is declared with the setting. */

#include <node/text.h>

#include "request.h"

/* Whether the value is weaker than what holds on its first day. */
static int weaker(Request *q, const Setting *setting, const char *before, const char *after, bool *ret) {
        int64_t was, will;

        int r = setting_number(setting, text_empty(before) ? setting->standard : before, &was);
        if (r == 0)
                r = setting_number(setting, text_empty(after) ? setting->standard : after, &will);
        if (r == 0)
                *ret = setting->weaker == WEAKER_RAISED ? will > was : will < was;
        return r;
}

/* Who asked and what for is as good as a right: changed past the program, the requester could approve himself. */
static int request_mac(Request *q, const SettingRequest *row, char ret[static SETTING_MAC_MAX]) {
        return setting_text_mac(q,
                arena_printf(q->arena, "setting_request %lld %s %d %lld %lld\n%s\n%s", (long long) q->office,
                        row->name, row->valid_from.ymd, (long long) row->requested_by.value,
                        (long long) row->requested_at.ms, row->before_value, row->value),
                ret);
}

static int believed(Request *q, const SettingRequest *row) {
        char mac[SETTING_MAC_MAX];
        int r = request_mac(q, row, mac);

        return r < 0 || text_equal(mac, row->mac) ? r : refuse(q, "node.setting_broken", NULL, row->name, NULL);
}

/* What holds on a day; a row that is not believed counts as none. */
static int held_on(Request *q, const Setting *setting, Date day, const char **ret) {
        const Date today = q->today;

        q->today = day;
        int r = setting_text(q, setting, ret);
        q->today = today;
        if (r != -EREFUSED_)
                return r;
        *ret = setting->standard;
        return 0;
}

int setting_ask(Request *q, const Setting *setting, const ChangeSetting *in, Id *ret) {
        char mac[SETTING_MAC_MAX];
        const char *before;
        bool weakens = false;

        *ret = (Id){ 0 };
        if (setting->weaker == WEAKER_NEVER)
                return 0;
        int r = held_on(q, setting, in->valid_from, &before);
        if (r == 0)
                r = weaker(q, setting, before, in->value, &weakens);
        if (r < 0 || !weakens)
                return r;
        SettingRequest row = { .name = in->name,
                .value = in->value ? in->value : "",
                .before_value = before,
                .valid_from = in->valid_from,
                .reason = in->reason,
                .requested_by = q->person,
                .requested_at = q->now,
                .note = "",
                .state = SETTING_WAITS,
                .mac = mac };
        r = request_mac(q, &row, mac);
        if (r == 0)
                r = record_insert(q, record_setting_request[tx_store(q->tx)], &row);
        if (r < 0)
                return r;
        *ret = row.head.id;
        return request_note(q, "setting_waiting", in->name);
}

static int decided(Request *q, const DecideSetting *in, SettingRequest *row) {
        row->decided_by = q->person;
        row->decided_at = q->now;
        row->note = in->note;
        return document_step(q, record_setting_request[tx_store(q->tx)], row);
}

/* What was asked for is weighed against what held then: where that has moved meanwhile, it is another change. */
static int unmoved_check(Request *q, const Setting *setting, const SettingRequest *row) {
        const char *now;

        int r = held_on(q, setting, row->valid_from, &now);
        if (r < 0 || text_equal(now, row->before_value))
                return r;
        return refuse(q, "node.setting_moved", "setting_request_id", setting->label, now, row->before_value,
                NULL);
}

/* From today on where its day has passed: the past is never changed. */
int setting_approve_run(Request *q, const void *input, void *ret_output) {
        const DecideSetting *in = input;
        SettingRequest row;

        int r = record_load(q, record_setting_request[tx_store(q->tx)], in->setting_request_id, &row);
        if (r == 0)
                r = believed(q, &row);
        if (r == 0)
                r = request_other_person(q, row.requested_by, "setting_request_id");
        if (r < 0)
                return r;
        if (row.valid_from.ymd < q->today.ymd)
                row.valid_from = q->today;
        const ChangeSetting change = {
                .name = row.name, .value = row.value, .valid_from = row.valid_from, .reason = row.reason
        };
        const Setting *setting = registry_setting(q->kernel->registry, tx_store(q->tx), row.name);
        r = decided(q, in, &row);
        if (r == 0)
                r = setting_change_check(q, setting, &change);
        if (r == 0)
                r = unmoved_check(q, setting, &row);
        return r < 0 ? r : setting_put(q, &change);
}

int setting_refuse_run(Request *q, const void *input, void *ret_output) {
        const DecideSetting *in = input;
        SettingRequest row;

        int r = record_load(q, record_setting_request[tx_store(q->tx)], in->setting_request_id, &row);
        return r < 0 ? r : decided(q, in, &row);
}
