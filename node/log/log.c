/* SPDX-License-Identifier: Apache-2.0 */
/* sd_journal_send succeeds into the void where no journal runs, so the sink is chosen once at start. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>

#include <internal/log.h>

#define LOG_LINE_BYTES_MAX 2048

static struct {
        const char *name;
        LogLevel level_max;
        bool to_journal;
} log_sink = { .name = "fundnode", .level_max = LOG_LEVEL_INFO };

void log_open(const char *name, LogLevel level_max) {
        log_sink.name = name;
        log_sink.level_max = level_max;
        log_sink.to_journal = getenv("JOURNAL_STREAM") && access("/run/systemd/journal/socket", W_OK) == 0;
}

void log_line(LogLevel level, const char *format, ...) {
        char line[LOG_LINE_BYTES_MAX], whole[LOG_LINE_BYTES_MAX + 128];

        if (level > log_sink.level_max)
                return;

        va_list arguments;
        va_start(arguments, format);
        int n = vsnprintf(line, sizeof(line), format, arguments);
        va_end(arguments);
        if (n < 0)
                return;

        if (log_sink.to_journal) {
                sd_journal_send("MESSAGE=%s", line, "PRIORITY=%i", (int) level, "FUNDNODE_NODE=%s",
                        log_sink.name, NULL);
                return;
        }
        /* one write per line, so that threads and processes do not mix */
        n = snprintf(whole, sizeof(whole), "<%d>%s: %s\n", (int) level, log_sink.name, line);
        if (n <= 0)
                return;
        size_t size = (size_t) n < sizeof(whole) ? (size_t) n : sizeof(whole) - 1;
        if (write(STDERR_FILENO, whole, size) < 0)
                return; /* nobody is left to tell */
}
