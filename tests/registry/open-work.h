/* SPDX-License-Identifier: Apache-2.0 */
/* A case of test-declarations.c. */
#pragma once

void open_work(void **state);
