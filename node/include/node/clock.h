/* SPDX-License-Identifier: Apache-2.0 */
/* Time and chance come only from here, so that the simulator can give its own. */
#pragma once

#include <node/types.h>

typedef struct Clock {
        Instant (*now)(void *data);                   /* wall clock; never used for order */
        int64_t (*monotonic_ms)(void *data);
        void (*random)(void *data, void *ret, size_t size_bytes);
        void *data;
} Clock;

extern const Clock clock_real;

static inline Instant clock_now(const Clock *clock) { return clock->now(clock->data); }
