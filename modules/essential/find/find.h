/* SPDX-License-Identifier: Apache-2.0 */
/* What one typed text may mean to housing. */
#pragma once

#include <node/guide.h>

size_t essential_ask_apartments(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]);
size_t essential_ask_buildings(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]);
size_t essential_ask_areas(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]);
