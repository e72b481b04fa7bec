/* SPDX-License-Identifier: Apache-2.0 */
/* The one form of failure: 0 or a negative number; results in ret_ parameters are untouched on failure.
 * Plain errno values mean what they mean (-EINVAL bad argument, -EOVERFLOW, -ENOENT no such row, -ENOMEM, -EIO);
 * the codes below are ours and lie outside errno's range. */
#pragma once

#include <errno.h>

#define EREFUSED_ 5001  /* legal, but against a rule: Request.refusal says which (HTTP 422) */
#define ECONFLICT_ 5002 /* row version, document state or idempotency key has moved on (HTTP 409) */
#define EFORBIDDEN_ 5003 /* the caller lacks the right (HTTP 403) */
#define EBROKEN_ 5004   /* an invariant does not hold: rolled back, the node warns (HTTP 500) */
#define EUNKNOWN_ 5005  /* connection lost at COMMIT: outcome unknown, repeat with the same key (HTTP 503) */
#define EREADONLY_ 5006 /* the store has turned read-only after a failed check or fsync (HTTP 503) */
#define EMALFORMED_ 5007 /* bytes that do not parse: request body, batch, file (HTTP 400) */
#define EAUTHENTICATE_ 5008 /* nobody is logged in, or the session has ended (HTTP 401) */
#define ESTEPUP_ 5009   /* the operation asks for a second authentication first (HTTP 403) */
