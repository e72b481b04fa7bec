/* SPDX-License-Identifier: Apache-2.0 */
/* The papers a counter gives out: payment notice and deposit slip (5.2.1.4). */
#pragma once

#include <node/module.h>

extern const Query deposit_paper_notice, deposit_paper_slip;
extern const Paper *const deposit_papers[];
