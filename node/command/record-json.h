/* SPDX-License-Identifier: Apache-2.0 */
/* Single values as JSON, shared by commands, views and pages. */
#pragma once

#include <jansson.h>

#include <node/record.h>

/* Largest integer that JSON numbers carry everywhere. */
#define JSON_INTEGER_MAX (INT64_C(1) << 53)

/* A number of this kind as JSON; new reference. */
json_t *value_to_json(FieldKind kind, const StateName *states, int64_t value);
/* The stored number of a text as filters carry it. -EMALFORMED_ */
int value_parse(FieldKind kind, const StateName *states, const char *text, int64_t *ret) _must_check_;
