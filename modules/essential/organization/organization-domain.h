/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of organizations: pure functions of values. */
#pragma once

/* One of both is needed; the credit code is checked by GB 32100, already normalised. NULL when sound,
 * otherwise the refusal's code. */
const char *organization_code_fault(const char *credit_code, const char *local_code);
