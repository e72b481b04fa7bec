/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <internal/desk.h>

/* Whether the body says only what the view or the command knows, and nothing private. Pure. -EMALFORMED_,
 * -ENOENT, -EREFUSED_. */
int desk_check(const Registry *registry, const DeskItem *item, Refusal *ret_refusal) _must_check_;
