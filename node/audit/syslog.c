/* SPDX-License-Identifier: Apache-2.0 */
/* Security events to a collector outside, over TLS (RFC 5424, RFC 5425). The ledger itself is the queue: the
 * thread reads from the position that the collector's machine has acknowledged, so neither an outage nor a
 * restart loses one, and nobody waits. What was sent twice is known by its id. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <internal/log.h>
#include <node/date.h>
#include <node/text.h>

#include "audit-private.h"
#include "syslog.h"

#define EVENTS_AT_ONCE 100
#define MESSAGE_BYTES_MAX 4096
#define FRAMES_BYTES_MAX (EVENTS_AT_ONCE * (MESSAGE_BYTES_MAX + 16))
#define STEP_MS 1000
#define PAUSE_MS_MAX 30000
#define FACILITY_AUDIT 13
#define SEVERITY_WARNING 4
#define SEVERITY_INFORMATIONAL 6
#define POSITION "syslog"

struct Syslog {
        Audit *audit;
        SyslogOptions options;
        pthread_t thread;
        pthread_mutex_t mutex;
        pthread_cond_t wake;
        bool stopping, failing;
        SyslogLink *link;
        int64_t position; /* chain entry of the last event acknowledged; -1: not read yet */
};

/* --- form --- */

static void parameter_put(Buffer *out, const char *name, const char *value) {
        if (text_empty(value))
                return;
        buffer_printf(out, " %s=\"", name);
        for (const char *p = value; *p; p++) {
                if (*p == '"' || *p == '\\' || *p == ']')
                        buffer_text(out, "\\");
                if ((unsigned char) *p >= 0x20)
                        buffer_append(out, p, 1);
        }
        buffer_text(out, "\"");
}

static void stamp_put(Buffer *out, int64_t ms) {
        char text[INSTANT_TEXT_MAX];

        instant_format((Instant){ ms }, text);
        buffer_printf(out, "%.10sT%.8s.%03lld+08:00", text, text + 11, (long long) (ms % 1000));
}

void syslog_message(const SyslogEvent *event, const char *host, Buffer *out) {
        Buffer message = BUFFER_INIT(MESSAGE_BYTES_MAX);
        char text[48];

        buffer_printf(&message, "<%d>1 ",
                FACILITY_AUDIT * 8 + (event->routine ? SEVERITY_INFORMATIONAL : SEVERITY_WARNING));
        stamp_put(&message, event->instant);
        buffer_printf(&message, " %s fundnode %d %s [fundnode@32473", text_empty(host) ? "-" : host,
                (int) getpid(), event->kind);
        snprintf(text, sizeof(text), "%lld", (long long) event->id);
        parameter_put(&message, "id", text);
        snprintf(text, sizeof(text), "%lld", (long long) event->person);
        parameter_put(&message, "person", event->person ? text : "");
        parameter_put(&message, "login", event->login);
        parameter_put(&message, "address", event->address);
        parameter_put(&message, "detail", event->detail);
        buffer_printf(&message, "] \xef\xbb\xbf%s", event->label);
        if (buffer_error(&message) == 0) {
                buffer_printf(out, "%zu ", message.size);
                buffer_append(out, message.data, message.size);
        }
        buffer_done(&message);
}

/* --- reading --- */

static int events_read(Syslog *syslog, Buffer *out, int64_t *ret_last) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        const Registry *registry = syslog->audit->engine->registry;
        int n = 0;

        int r = store_read_begin(syslog->audit->engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_events_after,
                        SQL_ARGS(value_integer(syslog->position), value_integer(EVENTS_AT_ONCE)), &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                const char *kind = rows_text(rows, 3),
                           *label = registry_code_label(registry, "security_event", kind);
                const SyslogEvent event = { .id = rows_integer(rows, 1),
                        .instant = rows_integer(rows, 2),
                        .kind = kind,
                        .label = label ? label : kind,
                        .person = rows_integer(rows, 4),
                        .login = rows_text(rows, 5),
                        .address = rows_text(rows, 6),
                        .detail = rows_text(rows, 7),
                        .routine = identity_event_routine(kind) };

                syslog_message(&event, syslog->options.host, out);
                *ret_last = rows_integer(rows, 0);
                n++;
        }
        if (r >= 0)
                r = buffer_error(out);
        return r < 0 ? r : n;
}

static int position_load(Syslog *syslog) {
        char text[STATE_VALUE_MAX];

        int r = audit_state_get(syslog->audit, POSITION, text);
        if (r == 0 && integer_parse(text, &syslog->position) < 0)
                syslog->position = 0;
        return r;
}

static int position_keep(Syslog *syslog, int64_t last) {
        char text[24], before[STATE_VALUE_MAX];

        snprintf(text, sizeof(text), "%lld", (long long) last);
        syslog->position = last;
        int r = audit_state_set(syslog->audit, POSITION, text, before);
        return r == -EREADONLY_ ? 0 : r; /* sent again after a restart, then */
}

/* Number of events sent, 0 when none waits. */
static int step(Syslog *syslog) {
        Buffer frames = BUFFER_INIT(FRAMES_BYTES_MAX);
        int64_t last = 0;
        int r = syslog->position < 0 ? position_load(syslog) : 0;

        if (r == 0 && syslog->link && !syslog_link_alive(syslog->link))
                syslog->link = syslog_link_close(syslog->link);
        int n = r < 0 ? r : events_read(syslog, &frames, &last);
        if (n > 0 && !syslog->link)
                r = syslog_link_open(&syslog->options, &syslog->link);
        if (n > 0 && r == 0)
                r = syslog_link_send(syslog->link, frames.data, frames.size);
        if (n > 0 && r == 0)
                r = position_keep(syslog, last);
        if (r < 0)
                syslog->link = syslog_link_close(syslog->link);
        buffer_done(&frames);
        return r < 0 ? r : n;
}

static void step_told(Syslog *syslog, int r) {
        if (r < 0 && !syslog->failing)
                log_warning("syslog: %s does not take events (%d); they wait in the ledger",
                        syslog->options.address, r);
        else if (r > 0 && syslog->failing)
                log_info("syslog: %s takes events again", syslog->options.address);
        if (r != 0)
                syslog->failing = r < 0;
}

static void *syslog_thread(void *data) {
        Syslog *syslog = data;
        const Clock *clock = syslog->audit->engine->clock;
        int64_t pause_ms = STEP_MS;

        pthread_mutex_lock(&syslog->mutex);
        while (!syslog->stopping) {
                pthread_mutex_unlock(&syslog->mutex);
                int r = step(syslog);
                step_told(syslog, r);
                pause_ms = r >= 0 ? STEP_MS : pause_ms * 2 > PAUSE_MS_MAX ? PAUSE_MS_MAX : pause_ms * 2;
                pthread_mutex_lock(&syslog->mutex);
                if (r == EVENTS_AT_ONCE)
                        continue; /* more may wait */
                int64_t at = clock->monotonic_ms(clock->data) + pause_ms;
                const struct timespec until = { .tv_sec = at / 1000, .tv_nsec = at % 1000 * 1000000 };
                while (!syslog->stopping &&
                        pthread_cond_timedwait(&syslog->wake, &syslog->mutex, &until) == 0)
                        ;
        }
        pthread_mutex_unlock(&syslog->mutex);
        return NULL;
}

int syslog_start(Audit *audit, const SyslogOptions *options, Syslog **ret) {
        Syslog *syslog = calloc(1, sizeof(*syslog));
        pthread_condattr_t attributes;

        if (!syslog)
                return -ENOMEM;
        *syslog = (Syslog){ .audit = audit, .options = *options, .position = -1 };
        pthread_mutex_init(&syslog->mutex, NULL);
        pthread_condattr_init(&attributes);
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
        pthread_cond_init(&syslog->wake, &attributes);
        pthread_condattr_destroy(&attributes);
        int r = pthread_create(&syslog->thread, NULL, syslog_thread, syslog);
        if (r != 0) {
                free(syslog);
                return -r;
        }
        *ret = syslog;
        return 0;
}

Syslog *syslog_stop(Syslog *syslog) {
        if (!syslog)
                return NULL;
        pthread_mutex_lock(&syslog->mutex);
        syslog->stopping = true;
        pthread_cond_signal(&syslog->wake);
        pthread_mutex_unlock(&syslog->mutex);
        pthread_join(syslog->thread, NULL);
        step_told(syslog, step(syslog)); /* the stop itself is an event */
        syslog_link_close(syslog->link);
        pthread_cond_destroy(&syslog->wake);
        pthread_mutex_destroy(&syslog->mutex);
        free(syslog);
        return NULL;
}
