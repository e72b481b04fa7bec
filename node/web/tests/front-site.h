/* SPDX-License-Identifier: Apache-2.0 */
/* Transport and dispatcher on a socket of their own, with small handlers and a clock that only the test
 * moves. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "client.h"
#include "web-private.h"

#define COOKIE "__Host-fundnode=0123456789abcdef0123456789abcdef"
#define COOKIE_NEW "__Host-fundnode=newnewnewnewnewnewnewnew"
#define ORIGIN "https://node:8443"
#define LARGE_BYTES (8 << 20)

typedef struct Site {
        char folder[32], socket[64];
        Web web;
        WebRouteTable table;
} Site;

extern atomic_llong test_ms; /* monotonic time */
extern const Clock test_clock;
extern pthread_mutex_t gate; /* /t/wait answers when it is free */

/* cmocka fixtures: state is a Site */
int site_start_four(void **state);
int site_start_one(void **state);
int site_stop(void **state);
int status_of(Site *site, const Call *call);
void expect_alive(Site *site);
