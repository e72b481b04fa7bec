/* SPDX-License-Identifier: Apache-2.0 */
/* The joining node's one call, made before it knows whom it may trust: the answer is proven by signatures
 * that end at the pinned root, so any certificate of the server will do. */
#include <grpc/support/alloc.h>
#include <node/error.h>
#include <node/text.h>

#include "adapter.h"

typedef struct Answer {
        grpc_status_code status;
        grpc_byte_buffer *message;
        grpc_metadata_array initial, trailing;
        grpc_slice detail;
} Answer;

static void enrol_exchange(grpc_call *call, grpc_completion_queue *queue, Bytes request, Answer *answer) {
        grpc_slice slice = grpc_slice_from_copied_buffer((const char *) request.data, request.size);
        grpc_byte_buffer *message = grpc_raw_byte_buffer_create(&slice, 1);
        grpc_slice_unref(slice);
        grpc_op operations[6] = {
                { .op = GRPC_OP_SEND_INITIAL_METADATA },
                { .op = GRPC_OP_SEND_MESSAGE, .data.send_message.send_message = message },
                { .op = GRPC_OP_SEND_CLOSE_FROM_CLIENT },
                { .op = GRPC_OP_RECV_INITIAL_METADATA,
                        .data.recv_initial_metadata.recv_initial_metadata = &answer->initial },
                { .op = GRPC_OP_RECV_MESSAGE, .data.recv_message.recv_message = &answer->message },
                { .op = GRPC_OP_RECV_STATUS_ON_CLIENT },
        };
        operations[5].data.recv_status_on_client.trailing_metadata = &answer->trailing;
        operations[5].data.recv_status_on_client.status = &answer->status;
        operations[5].data.recv_status_on_client.status_details = &answer->detail;
        Tag tag = { 0 };
        batch_start(call, operations, ELEMENTSOF(operations), &tag);
        (void) grpc_completion_queue_next(queue, gpr_inf_future(GPR_CLOCK_REALTIME), NULL);
        grpc_byte_buffer_destroy(message);
}

static int answer_result(
        const TransportOptions *options, const Answer *answer, uint8_t **ret, size_t *ret_size) {
        if (answer->status == GRPC_STATUS_OK)
                return answer->message && message_bytes(answer->message, ENROL_BYTES_MAX, ret, ret_size) == 0
                               ? 0
                               : -EPROTO;
        if (options->log) {
                char *detail = grpc_slice_to_c_string(answer->detail);
                options->log(options->log_data, "transport.enrol", detail);
                gpr_free(detail);
        }
        if (answer->status == GRPC_STATUS_UNAVAILABLE)
                return -ECONNREFUSED;
        return answer->status == GRPC_STATUS_DEADLINE_EXCEEDED ? -ETIMEDOUT : -EPROTO;
}

static int enrol_ask(const TransportOptions *options, grpc_channel *channel, Bytes request,
        uint8_t **ret_reply, size_t *ret_size) {
        gpr_timespec until = gpr_time_add(
                gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_millis(ENROL_WAIT_MS, GPR_TIMESPAN));
        grpc_completion_queue *queue = grpc_completion_queue_create_for_next(NULL);
        grpc_call *call = grpc_channel_create_call(channel, NULL, GRPC_PROPAGATE_DEFAULTS, queue,
                grpc_slice_from_static_string(METHOD_ENROL), NULL, until, NULL);
        int r = -ENOMEM;
        if (call) {
                Answer answer = { .status = GRPC_STATUS_UNKNOWN, .detail = grpc_empty_slice() };
                grpc_metadata_array_init(&answer.initial);
                grpc_metadata_array_init(&answer.trailing);
                enrol_exchange(call, queue, request, &answer);
                r = answer_result(options, &answer, ret_reply, ret_size);
                if (answer.message)
                        grpc_byte_buffer_destroy(answer.message);
                grpc_metadata_array_destroy(&answer.initial);
                grpc_metadata_array_destroy(&answer.trailing);
                grpc_slice_unref(answer.detail);
                grpc_call_unref(call);
        }
        grpc_completion_queue_shutdown(queue);
        (void) grpc_completion_queue_next(queue, gpr_inf_future(GPR_CLOCK_REALTIME), NULL);
        grpc_completion_queue_destroy(queue);
        return r;
}

int transport_enrol(const TransportOptions *options, Bytes request, uint8_t **ret_reply, size_t *ret_size) {
        if (text_empty(options->parent) || text_empty(options->certificate_pem) ||
                text_empty(options->key_pem) || request.size > ENROL_BYTES_MAX)
                return -EINVAL;
        grpc_init();
        grpc_channel *channel = NULL;
        grpc_channel_credentials *credentials =
                credentials_call(options->certificate_pem, options->key_pem, NULL);
        int r = credentials ? channel_new(options->parent, credentials, &channel) : -ENOMEM;
        grpc_channel_credentials_release(credentials);
        if (r == 0) {
                r = enrol_ask(options, channel, request, ret_reply, ret_size);
                grpc_channel_destroy(channel);
        }
        grpc_shutdown();
        return r;
}
