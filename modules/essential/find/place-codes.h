/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

typedef enum PlacePart { PLACE_BUILDING, PLACE_UNIT, PLACE_ROOM, PLACE_PARTS } PlacePart;

typedef struct PlaceWord {
        const char *word;
        PlacePart part;
} PlaceWord;

/* Ends with a NULL word. */
extern const PlaceWord place_words[];
