/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <node/store.h>

extern const Query query_desk_next, query_desk_count, query_desk_find, query_desk_put, query_desk_list,
        query_desk_drop, query_desk_expire;
extern const Query *const desk_queries[];
