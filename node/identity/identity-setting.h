/* SPDX-License-Identifier: Apache-2.0 */
/* Inside identity: parameters of passwords and sessions, read where no command runs. */
#pragma once

#include "identity-kernel.h"

#define SESSION_IDLE_MINUTES_MAX 60
#define SESSION_ABSOLUTE_MINUTES_MAX 720
#define MINUTE_MS INT64_C(60000)
#define DAY_MS INT64_C(86400000)

enum {
        SETTING_SESSION_IDLE,
        SETTING_SESSION_ABSOLUTE,
        SETTING_LOGIN_FAILURES,
        SETTING_LOCK_MINUTES,
        SETTING_PASSWORD_AGE,
        SETTING_PASSWORD_LENGTH,
        SETTING_END,
};
extern const Setting identity_settings[]; /* by those numbers; ends with an empty row */
/* Of an office today. A row that is not believed counts as none and is logged. */
int identity_setting(
        Identity *identity, Tx *tx, int64_t office, const Setting *setting, int64_t *ret) _must_check_;
