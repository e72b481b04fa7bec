/* SPDX-License-Identifier: Apache-2.0 */
/* Syslog over TLS: the line to the collector, and the form of a message. */
#pragma once

#include <internal/audit.h>

typedef struct SyslogLink SyslogLink;

/* Connects and checks the collector's certificate. -EACCES: not the one that was configured; -ENOTCONN … */
int syslog_link_open(const SyslogOptions *options, SyslogLink **ret) _must_check_;
SyslogLink *syslog_link_close(SyslogLink *link);
DEFINE_CLEANUP(SyslogLink, syslog_link_close)
/* Returns when the collector's machine has acknowledged every byte. */
int syslog_link_send(SyslogLink *link, const void *data, size_t size) _must_check_;
/* False when the collector has hung up. */
bool syslog_link_alive(SyslogLink *link);

typedef struct SyslogEvent {
        int64_t id, instant, person;
        const char *kind, *label, *login, *address, *detail;
        bool routine;
} SyslogEvent;
/* RFC 5424 in the frame of RFC 5425: length, blank, message. */
void syslog_message(const SyslogEvent *event, const char *host, Buffer *out);
