/* SPDX-License-Identifier: Apache-2.0 */
/* What is counted, as refusals say it. */
#pragma once

extern const char essential_count_rooms[], essential_count_apartments[], essential_count_parts[],
        essential_count_structures[];
