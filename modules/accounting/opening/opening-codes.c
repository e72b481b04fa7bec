/* SPDX-License-Identifier: Apache-2.0 */
/* Words seen in balance lists of the field, and what is said of a row. Data only. */

#include "opening-codes.h"

const char opening_file_label[] = "期初余额";

const SheetWord opening_headings[] = {
        { "首期应交", COLUMN_DUE },
        { "首期应交金额", COLUMN_DUE },
        { "应交金额", COLUMN_DUE },
        { "应交", COLUMN_DUE },
        { "首期实交", COLUMN_PAID },
        { "首期实交金额", COLUMN_PAID },
        { "实交金额", COLUMN_PAID },
        { "实交", COLUMN_PAID },
        { "交存合计", COLUMN_PAID },
        { "交存额", COLUMN_PAID },
        { "交存金额", COLUMN_PAID },
        { "续交", COLUMN_MORE },
        { "续交金额", COLUMN_MORE },
        { "分摊收益", COLUMN_RETURNS },
        { "利息", COLUMN_RETURNS },
        { "收益", COLUMN_RETURNS },
        { "累计收益", COLUMN_RETURNS },
        { "累计使用", COLUMN_USED },
        { "使用合计", COLUMN_USED },
        { "使用额", COLUMN_USED },
        { "使用金额", COLUMN_USED },
        { "当前余额", COLUMN_BALANCE },
        { "余额", COLUMN_BALANCE },
        { "账户余额", COLUMN_BALANCE },
        { "交存日期", COLUMN_PAID_ON },
        { "最近交存日", COLUMN_PAID_ON },
        { "最近交存日期", COLUMN_PAID_ON },
        { "票据号码", COLUMN_BILL },
        { "票据号", COLUMN_BILL },
        { NULL, 0 },
};

const char *const opening_fields[] = { "首期应交", "首期实交", "续交", "分摊收益", "累计使用", "余额",
        "最近交存日", "票据号码" };

const FindingText opening_texts[] = {
        { "NEGATIVE", "金额小于 0。期初余额各项都不能是负数，请查明原因后改正。" },
        { "AMT_RANGE", "单户金额超过 1,000,000 元。请核对单位是元还是万元。" },
        { "BALANCE_MISMATCH", "实交＋续交＋收益－使用 不等于余额。请在旧系统中查明差额后改正。" },
        { "ID_MISMATCH", "证件号码不是该户现业主的证件号码。请核对，或先办理产权变更。" },
        { "OPENING_DIFFERS",
                "该户已导入过期初余额，金额不同。请先撤回原批次（已入账的先冲正），再重新导入。" },
        { "BILL_TOO_LONG", "票据号码超过 40 个字符。请只填一个票据号码。" },
        { "TOTAL_DIFFERS", "表中合计与各行之和不一致，请核对后再导入。" },
        { "NO_HEADER",
                "没有找到表头。期初余额表的表头至少要有房号（或房屋坐落）、首期实交（或交存合计）和余额。" },
        { NULL, NULL },
};
