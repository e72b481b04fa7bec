/* SPDX-License-Identifier: Apache-2.0 */
/* A module of the tests' own: balances that no command of the product can give an apartment yet. */
#pragma once

#include <node/module.h>

extern const Module module_opening;
