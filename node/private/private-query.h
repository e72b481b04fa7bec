/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of openings. */
#pragma once

#include <node/store.h>

extern const Query private_opened_since, private_view_openings;
