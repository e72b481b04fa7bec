/* SPDX-License-Identifier: Apache-2.0 */
/* The changes that may have to wait for other persons, as they take effect. Output is a Created. */
#pragma once

#include <node/command.h>

int apply_change_property_area(Request *q, const void *input, void *ret_output) _must_check_;
int apply_change_building(Request *q, const void *input, void *ret_output) _must_check_;
int apply_change_unit(Request *q, const void *input, void *ret_output) _must_check_;
int apply_change_apartment(Request *q, const void *input, void *ret_output) _must_check_;
int apply_change_owner(Request *q, const void *input, void *ret_output) _must_check_;
int apply_change_ownership(Request *q, const void *input, void *ret_output) _must_check_;
/* What can be told wrong when it is requested; apply checks it again. */
int check_change_apartment(Request *q, const void *input) _must_check_;
int check_change_owner(Request *q, const void *input) _must_check_;
int check_change_ownership(Request *q, const void *input) _must_check_;
