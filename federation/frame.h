/* SPDX-License-Identifier: Apache-2.0 */
/* Short names for the generated messages, and packing them for a session. */
#pragma once

#include "federation.pb-c.h"
#include "machine.h"

typedef Fundnode__Federation__V1__Frame FrameMessage;
typedef Fundnode__Federation__V1__Hello HelloMessage;
typedef Fundnode__Federation__V1__Signed SignedMessage;
typedef Fundnode__Federation__V1__Acknowledgements AcknowledgementsMessage;
typedef Fundnode__Federation__V1__Batch BatchMessage;
typedef Fundnode__Federation__V1__Directory DirectoryMessage;
typedef Fundnode__Federation__V1__Returned ReturnedMessage;
typedef Fundnode__Federation__V1__ReturnedRow ReturnedRowMessage;
typedef Fundnode__Federation__V1__EnrolRequest EnrolRequestMessage;
typedef Fundnode__Federation__V1__EnrolReply EnrolReplyMessage;

static inline ProtobufCBinaryData frame_bytes(const void *data, size_t size) {
        return (ProtobufCBinaryData){ .len = size, .data = (uint8_t *) data };
}
static inline Bytes bytes_of(ProtobufCBinaryData data) {
        return (Bytes){ data.data, data.len };
}
/* Packs into work->frames. -ENOMEM, -E2BIG */
int frame_add(Work *work, const FrameMessage *frame) _must_check_;
/* NULL: malformed. Free with frame_free. */
FrameMessage *frame_unpack(Bytes bytes);
FrameMessage *frame_free(FrameMessage *frame);
DEFINE_CLEANUP(FrameMessage, frame_free)
/* Text from outside: at most max bytes, valid UTF-8 without NUL; in the arena. -EMALFORMED_ */
int frame_text(ProtobufCBinaryData data, size_t max, Arena *arena, const char **ret) _must_check_;
int frame_signature(ProtobufCBinaryData data, Signature *ret) _must_check_;
