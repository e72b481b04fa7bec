/* SPDX-License-Identifier: Apache-2.0 */
/* The office's recovery key: made with the node's keys, split two of three, and kept by nobody whole. Backup
 * segments are sealed to it; only a restore, with two shares typed or read in, can open them. */
#pragma once

#include <node/crypto.h>

typedef struct RecoveryKey RecoveryKey;

/* Two share texts as written at setup. -EMALFORMED_ (a mistyped share), -EINVAL (the same share twice),
 * -EBADMSG (of different keys). Owned by the caller. */
int recovery_key_combine(const char *share_a, const char *share_b, RecoveryKey **ret) _must_check_;
RecoveryKey *recovery_key_free(RecoveryKey *key);
DEFINE_CLEANUP(RecoveryKey, recovery_key_free)
/* What Keys.seal(KEY_BACKUP) made. -EBADMSG. ret in the arena. */
int recovery_key_open(
        const RecoveryKey *key, Bytes associated, Bytes sealed, Arena *arena, Bytes *ret) _must_check_;
