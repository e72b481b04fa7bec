/* SPDX-License-Identifier: Apache-2.0 */
/* Settings of exchange; their words stand in module.c. */
#pragma once

#include <node/module.h>

extern const Setting setting_exchange_second_person, setting_area_tolerance;
