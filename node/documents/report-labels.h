/* SPDX-License-Identifier: Apache-2.0 */
/* Words shown to users: the three columns a row report adds to the user's own file, and names of commands;
 * the name of the report is made of the length and the name of the file it speaks of. */
#pragma once

#define REPORT_CODE_HEADING "检查结果代码"
#define REPORT_SENTENCE_HEADING "问题说明"
#define REPORT_WARNING_HEADING "已自动规范、请核对的内容"
#define REPORT_VALUE "（原文：%s）"
#define REPORT_NAME "%.*s-核对结果.csv"
#define RECORD_IMPORT_LABEL "登记导入文件"
#define ARCHIVE_LABEL "归档打印件"
