/* SPDX-License-Identifier: Apache-2.0 */
/* A case of test-declarations.c. */
#pragma once

void private_cases(void **state);
