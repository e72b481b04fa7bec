/* SPDX-License-Identifier: Apache-2.0 */
/* Words of housing changes that are put into sentences and names. */

#include "change-labels.h"
#include "change-records.h"

const char essential_count_rooms[] = "新分户";
const char essential_count_apartments[] = "原分户";
const char essential_count_parts[] = "分割后的名称";
const char essential_count_structures[] = "合并对象";
const char essential_former_prefix[] = "原";
