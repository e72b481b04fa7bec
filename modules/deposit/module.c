/* SPDX-License-Identifier: Apache-2.0 */
/* deposit: what is owed and what was paid in (chapter 5). A table of contents. */

#include "deposit-paper.h"
#include "deposit-query.h"
#include "deposit-records.h"

static const Migration migrations[] = {
        { STORE_BUSINESS, "deposit/business-001",
#include "business-001-deposit.sql.h"
        },
        { STORE_BUSINESS, "deposit/business-002-housing",
#include "business-002-housing.sql.h"
        },
        { STORE_BUSINESS, "deposit/business-002-find",
#include "business-002-find.sql.h"
        },
        { STORE_REGULATORY, "deposit/regulatory-001",
#include "regulatory-001-deposit.sql.h"
        },
        { STORE_REGULATORY, "deposit/regulatory-002-housing",
#include "regulatory-002-housing.sql.h"
        },
        { STORE_BUSINESS, "deposit/business-003-opening",
#include "business-003-opening.sql.h"
        },
        { STORE_BUSINESS, "deposit/business-004-area",
#include "business-004-area.sql.h"
        },
        { STORE_REGULATORY, "deposit/regulatory-003-opening",
#include "regulatory-003-opening.sql.h"
        },
        { 0 },
};

#define ERROR(code, sentence, clause) { code, sentence, clause },
static const ErrorText errors[] = {
#include "errors.def"
        { NULL, NULL, NULL },
};
#undef ERROR

#define COMMAND(variable, name_, label_, clause_, flags_, input_, output_) \
        static const Command command_##variable = {                    \
                .name = name_,                                         \
                .label = label_,                                       \
                .clause = clause_,                                     \
                .store = STORE_BUSINESS,                               \
                .capabilities = CAPABILITY_BUSINESS,                   \
                .flags = flags_,                                       \
                .input = &input_,                                      \
                .output = &output_,                                    \
                .run = run_##variable,                                 \
        };
#include "commands.def"
#undef COMMAND
#define COMMAND(variable, ...) &command_##variable,
static const Command *const commands[] = {
#include "commands.def"
        NULL,
};
#undef COMMAND

/* Flows: the county posts them with each transaction, the city recomputes them from landed rows. */
const Measure deposit_owed = { "deposit.owed", "应交金额", "5.2.1.1", 301, KIND_MONEY,
        &deposit_recompute_owed };
const Measure deposit_paid = { "deposit.paid", "实交金额", "5.1.3", 302, KIND_MONEY,
        &deposit_recompute_paid };
const Measure deposit_households = { "deposit.households", "应交户数", "5.2.1.1", 303, KIND_INTEGER,
        &deposit_recompute_households };
const Measure deposit_households_paid = { "deposit.households_paid", "已交户数", "5.1.3", 304, KIND_INTEGER,
        &deposit_recompute_households_paid };
const Ratio deposit_rate = { "deposit.rate", "交存率", "5.2.5", &deposit_paid, &deposit_owed };

static const Measure *const measures[] = { &deposit_owed, &deposit_paid, &deposit_households,
        &deposit_households_paid, NULL };
static const Ratio *const ratios[] = { &deposit_rate, NULL };

static const Dataset dataset_assessment = {
        .name = "deposit.assessment",
        .label = "应交核定",
        .clause = "5.1.3",
        .stream = "detail",
        .record = &record_assessment,
};
static const Dataset dataset_payment = {
        .name = "deposit.payment",
        .label = "交款",
        .clause = "5.1.3",
        .stream = "detail",
        .record = &record_payment,
};
static const Dataset dataset_position_transfer = {
        .name = "deposit.position_transfer",
        .label = "交存情况转移",
        .clause = "4.2.1.4",
        .stream = "detail",
        .record = &record_position_transfer,
};
static const Dataset dataset_opening_position = {
        .name = "deposit.opening_position",
        .label = "期初交存情况",
        .clause = "5.1.3",
        .stream = "detail",
        .record = &record_opening_position,
};
static const Dataset *const datasets[] = { &dataset_assessment, &dataset_payment, &dataset_position_transfer,
        &dataset_opening_position, NULL };

const Event deposit_posted = {
        .name = "deposit.posted",
        .label = "交款已入账",
        .payload = &record_deposit_posted,
};
static const Event *const events[] = { &deposit_posted, NULL };

static const char *const offers_area[] = { "property_area_id={only}", NULL };
static const char *const example_standard[] = { "name=首次交存标准", "building_class=00", "per_m2=7500", NULL };
static const Step steps[] = {
        { .name = "deposit.standard",
                .label = "登记交存标准",
                .purpose = "每平方米建筑面积应交多少，由当地人民政府公布。请按公布的文件填写金额和起始日；有无电梯标准不同的，分别登记。",
                .clause = "5.2.1.1",
                .capabilities = CAPABILITY_BUSINESS,
                .place = 60,
                .store = STORE_BUSINESS,
                .done = &deposit_setup_standard,
                .command = &command_deposit_create_standard,
                .example = example_standard,
                .example_note = "示例：某市多层商品住宅自 2008 年起每平方米 75 元。仅供了解填法，不是本地标准。" },
        { .name = "deposit.assess",
                .label = "核定应交金额",
                .purpose = "按标准和建筑面积算出每户应交多少。新导入的区域都要核定一次。",
                .clause = "5.2.1.1",
                .capabilities = CAPABILITY_BUSINESS,
                .place = 80,
                .store = STORE_BUSINESS,
                .done = &deposit_setup_assessment,
                .command = &command_deposit_assess,
                .offers = offers_area },
        { .name = "deposit.notice",
                .label = "出具第一份交款通知单",
                .purpose = "通知单上有应交金额和收款账户，业主凭它到银行交款。出具后开办完成。",
                .clause = "5.1.3",
                .capabilities = CAPABILITY_BUSINESS,
                .place = 90,
                .store = STORE_BUSINESS,
                .done = &deposit_setup_notice,
                .command = &command_deposit_issue_notice,
                .offers = offers_area },
        { 0 },
};

/* What has ended owes nothing more; a notice that is paid or void is not paid again; nobody reviews his own entry. */
static const Offer offers[] = {
        { "deposit.assess", "apartment", "state", OFFER_VALUES("normal") },
        { "deposit.issue_notice", "apartment", "state", OFFER_VALUES("normal", "not_sharing", "closed") },
        { "deposit.make_up", "apartment", "state", OFFER_VALUES("normal", "not_sharing", "closed") },
        { "deposit.enter_payment", "payment_notice", "state", OFFER_VALUES("issued") },
        { "deposit.post", "payment", "operator_id", OFFER_OTHERS },
        { "deposit.refuse_payment", "payment", "operator_id", OFFER_OTHERS },
        { 0 },
};

const Module module_deposit = {
        .name = "deposit",
        .label = "资金交存管理",
        .clause = "5",
        /* facts: the nation knows the measures without keeping a row */
        .capabilities = CAPABILITY_BUSINESS | CAPABILITY_DETAIL | CAPABILITY_FACTS,
        .migrations = migrations,
        .records = deposit_records,
        .queries = deposit_queries,
        .commands = commands,
        .views = deposit_views,
        .errors = errors,
        .codes = deposit_codes,
        .events = events,
        .subscriptions = deposit_subscriptions,
        .panels = deposit_panels,
        .offers = offers,
        .open_work = deposit_open_work,
        .paper_asks = deposit_paper_asks,
        .private_cases = deposit_private_cases,
        .measures = measures,
        .ratios = ratios,
        .datasets = datasets,
        .invariants = deposit_invariants,
        .papers = deposit_papers,
        .marks = deposit_marks,
        .finders = deposit_finders,
        .steps = steps,
};
