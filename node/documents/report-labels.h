/* SPDX-License-Identifier: Apache-2.0 */
/* Words shown to users: the two columns a row report adds to the user's own file, and names of commands;
 * the name of the report is made of the length and the name of the file it speaks of. */
#pragma once

#define REPORT_CODE_HEADING "检查结果代码"
#define REPORT_SENTENCE_HEADING "问题说明"
#define REPORT_NAME "%.*s-核对结果.csv"
#define RECORD_IMPORT_LABEL "登记导入文件"
#define ARCHIVE_LABEL "归档打印件"
