/* SPDX-License-Identifier: Apache-2.0 */
/* The sources as text, for checks between what is declared and what is written. */
#pragma once

#include <stdbool.h>

/* A file below the root of the sources, whole; malloc'd. Asserts that it can be read. */
char *source_text(const char *path);
/* Told of a string literal of the form "word.word" that stands in no comment. refused: it stands in the call
 * of a function whose name begins with "refus". */
typedef void (*LiteralFound)(void *data, const char *path, const char *literal, bool refused);
void source_literals_of(const char *text, const char *path, LiteralFound found, void *data);
/* In all .c and .h files below a folder, but in its tests. */
void source_literals(const char *folder, LiteralFound found, void *data);
