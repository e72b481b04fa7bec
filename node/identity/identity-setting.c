/* SPDX-License-Identifier: Apache-2.0 */
/* Settings are read by commands; a session is looked up outside of any, so a request is made for the
 * reading. */

#include <internal/log.h>
#include <node/date.h>
#include <node/text.h>

#include "identity-setting.h"

#define SETTING_ARENA_BYTES (1u << 16)

int identity_setting(Identity *identity, Tx *tx, int64_t office, const Setting *setting, int64_t *ret) {
        _cleanup_(arena_freep) Arena *arena = arena_new(SETTING_ARENA_BYTES);
        Engine *engine = identity->engine;
        RequestKernel kernel = {
                .registry = engine->registry, .keys = engine->keys, .digest_kind = engine->digest_kind
        };
        Request q = { .arena = arena,
                .tx = tx,
                .clock = engine->clock,
                .now = clock_now(engine->clock),
                .office = office,
                .kernel = &kernel };

        if (!arena)
                return -ENOMEM;
        q.today = date_of_instant(q.now);
        int r = setting_integer(&q, setting, ret);
        if (r != -EREFUSED_ && r != -EMALFORMED_ && r != -ERANGE)
                return r;
        log_error("setting %s of office %lld is not believed; its standard holds", setting->name,
                (long long) office);
        return integer_parse(setting->standard, ret);
}
