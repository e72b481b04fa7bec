/* SPDX-License-Identifier: Apache-2.0 */
/* Opening private values (4.3.2A, 14.2.3): by a case that is open, or by a look that says what for. */
#pragma once

#include <node/module.h>

#define PRIVATE_RECORDS_MAX 20 /* of one opening */
#define PRIVATE_VALUES_MAX 60

extern const Module module_private;
