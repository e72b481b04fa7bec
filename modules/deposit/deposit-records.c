/* SPDX-License-Identifier: Apache-2.0 */
/* The records of deposit, their steps, and the words that states and codes are shown by. */

#include "deposit-records.h"

const StateName deposit_notice_states[] = {
        { "issued", "已出单" },
        { "paid", "已付" },
        { "void", "作废" },
        { NULL, NULL },
};
const StateName deposit_payment_states[] = {
        { "entered", "待复核" },
        { "posted", "已入账" },
        { "refused", "已退回" },
        { "void", "已作废" },
        { "reversed", "已冲正" },
        { NULL, NULL },
};

/* Stand-ins until the official codes of CJJ/T 257 are loaded (domain 3.2). */
const CodeValue deposit_codes[] = {
        { "building_class", "00", "全部房屋" },
        { "building_class", "01", "有电梯" },
        { "building_class", "02", "无电梯" },
        { "deposit_kind", "00", "首次交款" },
        { "deposit_kind", "01", "追缴" },
        { "deposit_kind", "02", "续交" },
        { "deposit_kind", "03", "结息交款" },
        { "deposit_kind", "04", "欠款补交" },
        { "deposit_kind", "05", "其他" },
        { "deposit_kind", "06", "收益资金交款" },
        { "pay_method", "01", "银行柜面" },
        { "pay_method", "02", "转账" },
        { "pay_method", "03", "刷卡" },
        { "pay_method", "04", "网上支付" },
        { "pay_method", "05", "支票" },
        { NULL, NULL, NULL },
};

const char deposit_standard_none[] = "（没有标准）", deposit_standard_own[] = "本区域的标准",
           deposit_standard_wide[] = "通用标准", deposit_standard_unit[] = " 元/平方米";

const char *deposit_code_label(const char *set, const char *code) {
        for (const CodeValue *value = deposit_codes; value->set; value++)
                if (text_equal(value->set, set) && text_equal(value->code, code))
                        return value->label;
        return "";
}

static const Transition payment_notice_transitions[] = {
        { "deposit.issue_notice", -1, NOTICE_ISSUED },
        { "deposit.post", NOTICE_ISSUED, NOTICE_PAID },
        { "deposit.post_batch", NOTICE_ISSUED, NOTICE_PAID },
        { "deposit.void_notice", NOTICE_ISSUED, NOTICE_VOID },
        { "accounting.effect_housing_change", NOTICE_ISSUED, NOTICE_VOID },
        { "accounting.post_opening", NOTICE_ISSUED, NOTICE_VOID },
        { "accounting.reverse", NOTICE_ISSUED, NOTICE_VOID },
        { "deposit.reverse", NOTICE_PAID, NOTICE_ISSUED },
        { "deposit.reverse", NOTICE_ISSUED, NOTICE_VOID },
        { "accounting.reverse", NOTICE_PAID, NOTICE_ISSUED },
        { NULL, 0, 0 },
};
static const Transition payment_transitions[] = {
        { "deposit.enter_payment", -1, PAYMENT_ENTERED },
        { "deposit.post", PAYMENT_ENTERED, PAYMENT_POSTED },
        { "deposit.post_batch", PAYMENT_ENTERED, PAYMENT_POSTED },
        { "deposit.refuse_payment", PAYMENT_ENTERED, PAYMENT_REFUSED },
        { "deposit.void_payment", PAYMENT_ENTERED, PAYMENT_VOID },
        { "deposit.reverse", PAYMENT_POSTED, PAYMENT_REVERSED },
        { "accounting.reverse", PAYMENT_POSTED, PAYMENT_REVERSED },
        { NULL, 0, 0 },
};

static const Field deposit_standard_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(DepositStandard, name, kind, __VA_ARGS__)
#include "deposit_standard.def"
#undef FIELD
};
const Record record_deposit_standard = {
        .name = "deposit_standard",
        .label = "交存标准",
        .clause = "5.2.1.1",
        .number = 301,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(deposit_standard_fields, DepositStandard),
};

static const Field assessment_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Assessment, name, kind, __VA_ARGS__)
#include "assessment.def"
#undef FIELD
};
const Record record_assessment = {
        .name = "assessment",
        .label = "应交核定",
        .clause = "5.2.1.1",
        .number = 302,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(assessment_fields, Assessment),
};

static const Field payment_notice_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(PaymentNotice, name, kind, __VA_ARGS__)
#include <deposit/payment_notice.def>
#undef FIELD
};
static const char *const payment_notice_unique[] = { "year,number", NULL };
const Record record_payment_notice = {
        .name = "payment_notice",
        .label = "交款通知单",
        .clause = "5.1.3",
        .number = 303,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(payment_notice_fields, PaymentNotice),
        .unique = payment_notice_unique,
        .state = "state",
        .transitions = payment_notice_transitions,
};

static const Field payment_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Payment, name, kind, __VA_ARGS__)
#include <deposit/payment.def>
#undef FIELD
};
const Record record_payment = {
        .name = "payment",
        .label = "交款",
        .clause = "5.1.3",
        .number = 304,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(payment_fields, Payment),
        .state = "state",
        .transitions = payment_transitions,
};

static const Field deposit_position_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(DepositPosition, name, kind, __VA_ARGS__)
#include "deposit_position.def"
#undef FIELD
};
const Record record_deposit_position = {
        .name = "deposit_position",
        .label = "分户交存情况",
        .clause = "5.2.5",
        .number = 305,
        .shape = SHAPE_PROJECTION,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(deposit_position_fields, DepositPosition),
};

static const Field position_transfer_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(PositionTransfer, name, kind, __VA_ARGS__)
#include "position_transfer.def"
#undef FIELD
};
const Record record_position_transfer = {
        .name = "position_transfer",
        .label = "交存情况转移",
        .clause = "4.2.1.4",
        .number = 306,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(position_transfer_fields, PositionTransfer),
};

static const Field opening_position_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(OpeningPosition, name, kind, __VA_ARGS__)
#include "opening_position.def"
#undef FIELD
};
const Record record_opening_position = {
        .name = "opening_position",
        .label = "期初交存情况",
        .clause = "5.2.1.1",
        .number = 307,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(opening_position_fields, OpeningPosition),
};

static const Field create_standard_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(CreateStandard, name, kind, __VA_ARGS__)
#include "create_standard.def"
#undef FIELD
};
const Record record_create_standard = {
        .name = "deposit.create_standard",
        .label = "登记交存标准",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(create_standard_fields, CreateStandard),
};

static const Field end_standard_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(EndStandard, name, kind, __VA_ARGS__)
#include "end_standard.def"
#undef FIELD
};
const Record record_end_standard = {
        .name = "deposit.end_standard",
        .label = "终止交存标准",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(end_standard_fields, EndStandard),
};

static const Field deposit_created_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(DepositCreated, name, kind, __VA_ARGS__)
#include "created.def"
#undef FIELD
};
const Record record_deposit_created = {
        .name = "deposit.created",
        .label = "办理结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(deposit_created_fields, DepositCreated),
};

static const Field assess_input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(AssessInput, name, kind, __VA_ARGS__)
#include "assess_input.def"
#undef FIELD
};
const Record record_assess_input = {
        .name = "deposit.assess_input",
        .label = "核定应交金额",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(assess_input_fields, AssessInput),
};

static const Field make_up_input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(MakeUpInput, name, kind, __VA_ARGS__)
#include "make_up_input.def"
#undef FIELD
};
const Record record_make_up_input = {
        .name = "deposit.make_up_input",
        .label = "按实测面积补核",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(make_up_input_fields, MakeUpInput),
};

static const Field assess_output_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(AssessOutput, name, kind, __VA_ARGS__)
#include "assess_output.def"
#undef FIELD
};
const Record record_assess_output = {
        .name = "deposit.assess_output",
        .label = "核定结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(assess_output_fields, AssessOutput),
};

static const Field issue_input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(IssueInput, name, kind, __VA_ARGS__)
#include "issue_input.def"
#undef FIELD
};
const Record record_deposit_issue_input = {
        .name = "deposit.issue_input",
        .label = "出具通知单",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(issue_input_fields, IssueInput),
};

static const Field issue_output_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(IssueOutput, name, kind, __VA_ARGS__)
#include "issue_output.def"
#undef FIELD
};
const Record record_deposit_issue_output = {
        .name = "deposit.issue_output",
        .label = "出单结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(issue_output_fields, IssueOutput),
};

static const Field enter_input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(EnterInput, name, kind, __VA_ARGS__)
#include "enter_input.def"
#undef FIELD
};
const Record record_enter_input = {
        .name = "deposit.enter_input",
        .label = "登记交款",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(enter_input_fields, EnterInput),
};

static const Field enter_output_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(EnterOutput, name, kind, __VA_ARGS__)
#include "enter_output.def"
#undef FIELD
};
const Record record_enter_output = {
        .name = "deposit.enter_output",
        .label = "登记结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(enter_output_fields, EnterOutput),
};

static const Field post_input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(PostInput, name, kind, __VA_ARGS__)
#include "post_input.def"
#undef FIELD
};
const Record record_deposit_post_input = {
        .name = "deposit.post_input",
        .label = "审核入账",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(post_input_fields, PostInput),
};

static const Field post_output_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(PostOutput, name, kind, __VA_ARGS__)
#include "post_output.def"
#undef FIELD
};
const Record record_post_output = {
        .name = "deposit.post_output",
        .label = "入账结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(post_output_fields, PostOutput),
};

static const Field post_batch_line_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(PostBatchLine, name, kind, __VA_ARGS__)
#include "post_batch_line.def"
#undef FIELD
};
const Record record_post_batch_line = {
        .name = "deposit.post_batch_line",
        .label = "批量审核入账的交款",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(post_batch_line_fields, PostBatchLine),
};

static const Field post_batch_input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(PostBatchInput, name, kind, __VA_ARGS__)
#include "post_batch_input.def"
#undef FIELD
};
const Record record_post_batch_input = {
        .name = "deposit.post_batch_input",
        .label = "批量审核入账",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(post_batch_input_fields, PostBatchInput),
};

static const Field post_batch_output_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(PostBatchOutput, name, kind, __VA_ARGS__)
#include "post_batch_output.def"
#undef FIELD
};
const Record record_post_batch_output = {
        .name = "deposit.post_batch_output",
        .label = "批量入账结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(post_batch_output_fields, PostBatchOutput),
};

static const Field close_payment_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ClosePayment, name, kind, __VA_ARGS__)
#include "close_payment.def"
#undef FIELD
};
const Record record_close_payment = {
        .name = "deposit.close_payment",
        .label = "退回、作废或冲正",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(close_payment_fields, ClosePayment),
};

static const Field void_notice_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(VoidNotice, name, kind, __VA_ARGS__)
#include "void_notice.def"
#undef FIELD
};
const Record record_void_notice = {
        .name = "deposit.void_notice",
        .label = "作废通知单",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(void_notice_fields, VoidNotice),
};

static const Field deposit_posted_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(DepositPosted, name, kind, __VA_ARGS__)
#include <deposit/posted.def>
#undef FIELD
};
const Record record_deposit_posted = {
        .name = "deposit.posted",
        .label = "交款已入账",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(deposit_posted_fields, DepositPosted),
};

const Record *const deposit_records[] = {
        &record_deposit_standard,
        &record_assessment,
        &record_payment_notice,
        &record_payment,
        &record_deposit_position,
        &record_position_transfer,
        &record_opening_position,
        &record_create_standard,
        &record_end_standard,
        &record_deposit_created,
        &record_assess_input,
        &record_make_up_input,
        &record_assess_output,
        &record_deposit_issue_input,
        &record_deposit_issue_output,
        &record_enter_input,
        &record_enter_output,
        &record_deposit_post_input,
        &record_post_output,
        &record_post_batch_line,
        &record_post_batch_input,
        &record_post_batch_output,
        &record_close_payment,
        &record_void_notice,
        &record_deposit_posted,
        NULL,
};
