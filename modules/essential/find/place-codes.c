/* SPDX-License-Identifier: Apache-2.0 */
/* The words that say what the number before them is; longer ones before those they begin with. */
#include <stddef.h>

#include "place-codes.h"

const PlaceWord place_words[] = {
        { "号楼", PLACE_BUILDING },
        { "幢", PLACE_BUILDING },
        { "栋", PLACE_BUILDING },
        { "座", PLACE_BUILDING },
        { "单元", PLACE_UNIT },
        { "门", PLACE_UNIT },
        { "号房", PLACE_ROOM },
        { "室", PLACE_ROOM },
        { "号", PLACE_ROOM },
        { "户", PLACE_ROOM },
        { NULL, PLACE_ROOM },
};
