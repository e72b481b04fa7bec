/* SPDX-License-Identifier: Apache-2.0 */
/* Every module that the program has, for the tests that look at all declarations at once. */
#pragma once

#include <internal/request-kernel.h>

/* Kernel first, as node/main lists them. */
const Module *const *all_modules(size_t *ret_n);
/* A registry of all of them; asserts that it can be made. */
Registry *all_registry(unsigned capabilities);

/* How many findings a case has told so far; each is printed as a line that says what is wrong and where. */
extern int findings;
void finding(const char *format, ...) _printf_(1, 2);
/* Fails the case if it found anything. */
void findings_none(void);
