/* SPDX-License-Identifier: Apache-2.0 */
/* Lay-out of the payment notice and the deposit slip. Neither is a fiscal bill, and both say so. */

#include <stdio.h>
#include <string.h>

#include <node/date.h>
#include <node/money.h>

#include "deposit-paper.h"

#define MARGIN 200
#define WIDTH (PAGE_A4_WIDTH - 2 * MARGIN)
#define LABEL_WIDTH 330
#define QR_SIDE 330
#define TEXT_MAX 700

static const TextStyle title_style = { .size = 200, .align = ALIGN_CENTER, .bold = true };
static const TextStyle under_style = { .size = 100, .align = ALIGN_CENTER };
static const TextStyle note_style = { .size = 95, .align = ALIGN_LEFT, .fit = FIT_WRAP };

typedef struct PaperTexts {
        char place[TEXT_MAX], area[AREA_TEXT_MAX + 16], money[MONEY_TEXT_MAX + 16],
                capital[MONEY_CAPITAL_MAX];
        char account[TEXT_MAX], voucher[64], first_date[DATE_TEXT_MAX], second_date[DATE_TEXT_MAX];
} PaperTexts;

/* Columns 1 to 6 are the same in both queries: place, covered area, amount. */
static void texts_common(const Rows *row, PaperTexts *ret) {
        char covered[AREA_TEXT_MAX], amount[MONEY_TEXT_MAX];
        const char *unit = rows_text(row, 3);

        if (strcmp(unit, "-") == 0) /* a building without units has one of this name */
                unit = "";
        snprintf(ret->place, sizeof(ret->place), "%s %s幢 %s%s%s室", rows_text(row, 1), rows_text(row, 2),
                unit, *unit ? "单元 " : "", rows_text(row, 4));
        area_format((Area){ rows_integer(row, 5) }, covered);
        snprintf(ret->area, sizeof(ret->area), "%s ㎡", covered);
        money_format_grouped((Money){ rows_integer(row, 6) }, amount);
        snprintf(ret->money, sizeof(ret->money), "￥ %s", amount);
        money_format_capital((Money){ rows_integer(row, 6) }, ret->capital);
}

static int head_draw(Page *page, const char *title, const char *under, const char *number) {
        int r = page_text(page, (Box){ MARGIN, 180, WIDTH, 110 }, &title_style, title);

        if (r == 0)
                r = page_text(page, (Box){ MARGIN, 290, WIDTH, 60 }, &under_style, under);
        if (r == 0)
                r = page_text(page, (Box){ MARGIN, 370, WIDTH, 60 },
                        &(TextStyle){ .size = 100, .align = ALIGN_RIGHT }, number);
        return r;
}

static int foot_draw(Page *page, int32_t top, const char *qr, const char *note) {
        int r = page_qr(page, (Box){ MARGIN + WIDTH - QR_SIDE, top, QR_SIDE, QR_SIDE }, qr);

        return r < 0 ? r
                     : page_text(
                               page, (Box){ MARGIN, top, WIDTH - QR_SIDE - 60, QR_SIDE }, &note_style, note);
}

static int notice_draw(Page *page, const Rows *row) {
        PaperTexts texts;
        char number[64];

        texts_common(row, &texts);
        date_format((Date){ (int32_t) rows_integer(row, 7) }, texts.first_date);
        snprintf(texts.account, sizeof(texts.account), "%s  %s", rows_text(row, 8), rows_text(row, 10));
        snprintf(number, sizeof(number), "通知单号 %s", rows_text(row, 0));
        const FormRow rows[] = {
                { "房屋坐落", texts.place },
                { "建筑面积", texts.area },
                { "应交金额（小写）", texts.money, ALIGN_RIGHT },
                { "应交金额（大写）", texts.capital },
                { "收款户名", rows_text(row, 9) },
                { "开户银行及账号", texts.account },
                { "出单日期", texts.first_date },
        };
        int r = head_draw(page, "住宅专项维修资金交款通知单", "请凭本单到指定银行交款", number);
        if (r == 0)
                r = page_form(page, (Box){ MARGIN, 450, WIDTH, 120 * (int32_t) ELEMENTSOF(rows) },
                        LABEL_WIDTH, rows, ELEMENTSOF(rows));
        return r < 0 ? r
                     : foot_draw(page, 450 + 120 * (int32_t) ELEMENTSOF(rows) + 60, rows_text(row, 11),
                               "1. 请按应交金额足额交存，并注明通知单号。\n"
                               "2. 银行到账并经审核入账后，可领取交存回单。\n"
                               "3. 本单不是收款凭证。");
}

static int slip_draw(Page *page, const Rows *row) {
        PaperTexts texts;
        char number[64];
        int month = (int) rows_integer(row, 13);

        texts_common(row, &texts);
        date_format((Date){ (int32_t) rows_integer(row, 7) }, texts.first_date);
        date_format((Date){ (int32_t) rows_integer(row, 8) }, texts.second_date);
        snprintf(texts.account, sizeof(texts.account), "%s  %s", rows_text(row, 9), rows_text(row, 11));
        snprintf(texts.voucher, sizeof(texts.voucher), "%d年%02d月第 %lld 号", month / 100, month % 100,
                (long long) rows_integer(row, 14));
        snprintf(number, sizeof(number), "通知单号 %s", rows_text(row, 0));
        const FormRow rows[] = {
                { "房屋坐落", texts.place },
                { "建筑面积", texts.area },
                { "实交金额（小写）", texts.money, ALIGN_RIGHT },
                { "实交金额（大写）", texts.capital },
                { "收款户名", rows_text(row, 10) },
                { "开户银行及账号", texts.account },
                { "银行流水号", rows_text(row, 12) },
                { "到账日期", texts.first_date },
                { "入账日期", texts.second_date },
                { "记账凭证", texts.voucher },
        };
        int r = head_draw(page, "住宅专项维修资金交存回单", "（非财政票据）", number);
        if (r == 0)
                r = page_form(page, (Box){ MARGIN, 450, WIDTH, 120 * (int32_t) ELEMENTSOF(rows) },
                        LABEL_WIDTH, rows, ELEMENTSOF(rows));
        return r < 0 ? r
                     : foot_draw(page, 450 + 120 * (int32_t) ELEMENTSOF(rows) + 60, rows_text(row, 15),
                               "1. 本回单证明上述款项已审核入账并计入该分户账。\n"
                               "2. 本回单不是财政票据；财政电子票据由财政票据平台开具。\n"
                               "3. 如与银行回单不符，请持两份单据到窗口核对。");
}

static const Paper paper_notice = {
        .name = "deposit.notice",
        .label = "交款通知单",
        .clause = "5.2.1.4",
        .view = "deposit.notices",
        .store = STORE_BUSINESS,
        .query = &deposit_paper_notice,
        .width = PAGE_A4_WIDTH,
        .height = PAGE_A4_HEIGHT,
        .draw = notice_draw,
};

static const Paper paper_slip = {
        .name = "deposit.slip",
        .label = "交存回单",
        .clause = "5.2.1.4",
        .view = "deposit.payments",
        .store = STORE_BUSINESS,
        .query = &deposit_paper_slip,
        .width = PAGE_A4_WIDTH,
        .height = PAGE_A4_HEIGHT,
        .draw = slip_draw,
};

const Paper *const deposit_papers[] = { &paper_notice, &paper_slip, NULL };
