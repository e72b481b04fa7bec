/* SPDX-License-Identifier: Apache-2.0 */
/* A case of test-declarations.c. */
#pragma once

void paper_asks(void **state);
