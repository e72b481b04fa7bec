/* SPDX-License-Identifier: Apache-2.0 */
/* One part of a workbook as events: names without prefixes, a bounded depth, no DOCTYPE. */
#pragma once

#include "xlsx.h"

/* A negative result ends the reading of the part. Attributes are pairs that end with NULL. */
typedef struct XlsxEvents {
        int (*start)(void *data, const char *name, const char *const *attributes);
        int (*end)(void *data, const char *name);
        int (*text)(void *data, const char *text, size_t size);
} XlsxEvents;

/* -ENOENT: no such part. */
int xlsx_part_read(
        const XlsxParts *parts, const char *name, const XlsxEvents *events, void *data) _must_check_;
/* Value of an attribute, its prefix left aside, or NULL. */
const char *xlsx_attribute(const char *const *attributes, const char *name);
/* Whole text is a number of at most nine digits. */
bool xlsx_whole(const char *text, size_t size, long *ret);
/* Appends a string with _x000D_ and its like undone. */
void xlsx_text_append(Buffer *buffer, const char *text, size_t size);
