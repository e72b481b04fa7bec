/* SPDX-License-Identifier: Apache-2.0 */
/* The sources as text, for checks between what is declared and what is written. */
#pragma once

#include <stdbool.h>

/* A file below the root of the sources, whole; malloc'd. Asserts that it can be read. */
char *source_text(const char *path);
/* Every string literal of the form "word.word" in the .c and .h files below a folder, but in errors.def,
 * tests and comments. refused: it stands in the call of a function whose name begins with "refus". */
void source_literals(const char *folder,
        void (*found)(void *data, const char *path, const char *literal, bool refused), void *data);
