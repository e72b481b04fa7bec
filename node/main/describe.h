/* SPDX-License-Identifier: Apache-2.0 */
/* The reference pages of `fundnode describe`, one function each; all print to standard output. */
#pragma once

#include <node/module.h>

/* "" for NULL. */
const char *shown(const char *text);
extern const char *const store_words[];

/* What one module offers to others and asks of them. */
void describe_module(const Module *module);

/* The acceptance table: every clause of the standard with what declares it. proven: a file that holds ids of
 * clauses that tests have proven, anywhere among other words (the report of tests/run does); NULL: no column
 * for it. An exit status. */
int describe_clauses(const Module *const *list, size_t n, const char *proven);
