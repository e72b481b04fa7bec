/* SPDX-License-Identifier: Apache-2.0 */
/* Units in types, so that mixing them does not compile. All integers; there is no float in this program. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Money { int64_t fen; } Money;          /* 1/100 yuan, signed */
typedef struct Area { int64_t centi_m2; } Area;       /* 0.01 square metre */
typedef struct Date { int32_t ymd; } Date;            /* 20261123, business day, always UTC+8; 0 = none */
typedef struct Instant { int64_t ms; } Instant;       /* milliseconds since 1970 UTC; 0 = none */
typedef struct Rate { int64_t millionths; } Rate;     /* 0.0035 a year = 3,500 */
typedef struct Id { int64_t value; } Id;              /* office number << 32 | serial; 0 = none; a string in JSON */
typedef struct Bytes { const uint8_t *data; size_t size; } Bytes;
typedef struct Digest { uint8_t bytes[32]; } Digest;  /* SM3 or SHA-256, as the context says */

#define OFFICE_MAX INT64_C(0x7fffffff)
#define SERIAL_MAX INT64_C(0xffffffff)

static inline Id id_make(int64_t office, int64_t serial) {
        return (Id) { (office << 32) | serial };
}
static inline int64_t id_office(Id id) {
        return id.value >> 32;
}
