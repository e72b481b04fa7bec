/* SPDX-License-Identifier: Apache-2.0 */
/* Frames between protobuf-c and us. */
#include "frame.h"

#include <node/error.h>
#include <stdlib.h>
#include <string.h>

int frame_add(Work *work, const FrameMessage *frame) {
        size_t size = fundnode__federation__v1__frame__get_packed_size(frame);
        uint8_t *data;

        if (size > FEDERATION_FRAME_BYTES_MAX)
                return -E2BIG;
        data = malloc(size ? size : 1);
        if (!data)
                return -ENOMEM;
        fundnode__federation__v1__frame__pack(frame, data);
        return work_frame(work, data, size);
}

FrameMessage *frame_unpack(Bytes bytes) {
        return fundnode__federation__v1__frame__unpack(NULL, bytes.size, bytes.data);
}

FrameMessage *frame_free(FrameMessage *frame) {
        if (frame)
                fundnode__federation__v1__frame__free_unpacked(frame, NULL);
        return NULL;
}

int frame_text(ProtobufCBinaryData data, size_t max, Arena *arena, const char **ret) {
        const char *text;

        if (data.len > max || (data.len > 0 && memchr(data.data, 0, data.len)) ||
                !text_is_utf8(data.len > 0 ? (const char *) data.data : "", data.len))
                return -EMALFORMED_;
        text = arena_strndup(arena, data.len > 0 ? (const char *) data.data : "", data.len);
        if (!text)
                return -ENOMEM;
        *ret = text;
        return 0;
}

int frame_signature(ProtobufCBinaryData data, Signature *ret) {
        if (data.len != sizeof ret->bytes)
                return -EMALFORMED_;
        memcpy(ret->bytes, data.data, sizeof ret->bytes);
        return 0;
}
