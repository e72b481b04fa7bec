/* SPDX-License-Identifier: Apache-2.0 */
/* gRPC writes to standard error, refused handshakes among it: we route its errors into the node's journal,
 * counted and limited, so that a stranger who knocks all day neither stays unseen nor fills a disk. */
#include <grpc/support/log.h>
#include <stdio.h>

#include "adapter.h"

static pthread_mutex_t journal_lock = PTHREAD_MUTEX_INITIALIZER;
static Transport *journal_owner;
static int64_t journal_minute_ms;
static unsigned journal_lines, journal_dropped;

static void journal_line(gpr_log_func_args *line) {
        pthread_mutex_lock(&journal_lock);
        Transport *owner = journal_owner;
        if (owner && owner->log) {
                int64_t now_ms = transport_now_ms();
                if (now_ms - journal_minute_ms >= 60000) {
                        if (journal_dropped > 0)
                                transport_log(owner, "transport.grpc", "%u lines left out", journal_dropped);
                        journal_minute_ms = now_ms;
                        journal_lines = journal_dropped = 0;
                }
                if (journal_lines < GRPC_LINES_MAX) {
                        journal_lines++;
                        transport_log(owner, "transport.grpc", "%s", line->message);
                } else {
                        journal_dropped++;
                }
        }
        pthread_mutex_unlock(&journal_lock);
}

void journal_open(Transport *transport) {
        pthread_mutex_lock(&journal_lock);
        journal_owner = transport;
        journal_minute_ms = transport_now_ms();
        journal_lines = journal_dropped = 0;
        pthread_mutex_unlock(&journal_lock);
        gpr_set_log_verbosity(GPR_LOG_SEVERITY_ERROR);
        gpr_set_log_function(journal_line);
}

void journal_close(Transport *transport) {
        pthread_mutex_lock(&journal_lock);
        if (journal_owner == transport)
                journal_owner = NULL;
        pthread_mutex_unlock(&journal_lock);
}
