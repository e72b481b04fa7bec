/* SPDX-License-Identifier: Apache-2.0 */
/* Every module of this build, lowest first, as meson.build lists them. For node/main and tests only. */
#pragma once

#include <node/module.h>

extern const Module *const modules[];
extern const size_t n_modules;
