/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of attachments. */
#pragma once

#include <node/store.h>

#define QUERY(variable) extern const Query variable;
#include "queries.def"
#undef QUERY
extern const Query attachment_view_required_papers, attachment_view_attachments, attachment_view_views;
