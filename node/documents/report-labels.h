/* SPDX-License-Identifier: Apache-2.0 */
/* The two columns a row report adds to the user's own file. */
#pragma once

#define REPORT_CODE_HEADING "检查结果代码"
#define REPORT_SENTENCE_HEADING "问题说明"
