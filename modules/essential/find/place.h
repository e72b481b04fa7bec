/* SPDX-License-Identifier: Apache-2.0 */
/* A place as people type it: numbers with or without the words for building, unit and room behind them, and
 * the name of the area before them. */
#pragma once

#include <node/arena.h>

/* "" where nothing was typed. Letters are capitals; area is a LIKE pattern's words, blanks between them. */
typedef struct Place {
        const char *area, *building, *unit, *room;
} Place;

/* text: half-width, trimmed, single blanks. 0 or -ENOMEM. */
int place_parse(const char *text, Arena *arena, Place *ret) _must_check_;
/* ASCII letters as capitals; NULL: no memory. */
const char *place_capitals(const char *from, size_t size, Arena *arena);
