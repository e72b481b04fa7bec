/* SPDX-License-Identifier: Apache-2.0 */
/* The real clock and the kernel's randomness: the only place in the program that asks for either. */
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#include <node/clock.h>

static int64_t read_ms(clockid_t id) {
        struct timespec at;
        if (clock_gettime(id, &at) < 0)
                abort(); /* cannot happen on Linux; nothing sensible could follow */
        return (int64_t) at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static Instant real_now(void *data) {
        return (Instant){ read_ms(CLOCK_REALTIME) };
}

static int64_t real_monotonic_ms(void *data) {
        return read_ms(CLOCK_MONOTONIC);
}

static void real_random(void *data, void *ret, size_t size_bytes) {
        uint8_t *to = ret;
        while (size_bytes > 0) {
                ssize_t n = getrandom(to, size_bytes, 0);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        abort(); /* keys and tokens must never come from anything weaker */
                to += n;
                size_bytes -= (size_t) n;
        }
}

const Clock clock_real = { .now = real_now, .monotonic_ms = real_monotonic_ms, .random = real_random };
