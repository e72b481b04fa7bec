/* SPDX-License-Identifier: Apache-2.0 */
/* The line to the parent: called at once, then after pauses that double. A pause goes back to its beginning
 * only when the line stood for at least that long, so that a parent who hangs up at every hello is not
 * hammered. Each attempt has a channel of its own: the certificate to expect is read anew, and the library's
 * own pauses stay out of it. */
#include <node/clock.h>

#include "adapter.h"

static void caller_call(Transport *transport) {
        ParentLine *caller = &transport->caller;
        char expected[65];
        if (federation_parent_fingerprint(transport->service, expected) < 0) {
                caller_lost(transport, 0);
                return;
        }
        grpc_channel_credentials *credentials =
                credentials_call(transport->certificate_pem, transport->key_pem, expected);
        grpc_channel *channel = NULL;
        int r = credentials ? channel_new(transport->parent, credentials, &channel) : -ENOMEM;
        grpc_channel_credentials_release(credentials);
        if (r == 0)
                r = stream_call(transport, channel, &caller->stream);
        if (r < 0) {
                if (channel)
                        grpc_channel_destroy(channel);
                transport_log(transport, "transport.failed", "no call to the parent could be made: %d", r);
                caller_lost(transport, 0);
        }
}

/* Up to a quarter more, so that children whose parent comes back do not all call in the same moment. */
static int64_t pause_spread(int64_t pause_ms) {
        uint32_t chance;
        clock_real.random(clock_real.data, &chance, sizeof(chance));
        int64_t spread_ms = pause_ms + chance % (pause_ms / 4);
        return spread_ms < PAUSE_LAST_MS ? spread_ms : PAUSE_LAST_MS;
}

void caller_lost(Transport *transport, int64_t stood_ms) {
        ParentLine *caller = &transport->caller;
        caller->stream = NULL;
        if (stood_ms >= caller->pause_ms)
                caller->pause_ms = PAUSE_FIRST_MS;
        caller->call_at_ms = transport_now_ms() + pause_spread(caller->pause_ms);
        if (caller->pause_ms < PAUSE_LAST_MS)
                caller->pause_ms =
                        caller->pause_ms * 2 < PAUSE_LAST_MS ? caller->pause_ms * 2 : PAUSE_LAST_MS;
}

void caller_pulse(Transport *transport, int64_t now_ms) {
        ParentLine *caller = &transport->caller;
        if (transport->parent && caller->up && !caller->stream && now_ms >= caller->call_at_ms)
                caller_call(transport);
}

void caller_line(Transport *transport, bool up) {
        ParentLine *caller = &transport->caller;
        if (up == caller->up)
                return;
        caller->up = up;
        transport_log(transport, "transport.line", up ? "restored by the operator" : "cut by the operator");
        if (up) {
                caller->pause_ms = PAUSE_FIRST_MS;
                caller->call_at_ms = 0;
                caller_pulse(transport, transport_now_ms());
        } else if (caller->stream) {
                stream_cut(caller->stream, "the line is cut by the operator");
        }
}
