/* SPDX-License-Identifier: Apache-2.0 */
#include "example-domain.h"

#define AMOUNT_FEN_MAX INT64_C(100000000)

bool example_amount_allowed(Money amount) {
        return amount.fen > 0 && amount.fen <= AMOUNT_FEN_MAX;
}
