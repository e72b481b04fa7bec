/* SPDX-License-Identifier: Apache-2.0 */
/* Deposits (chapter 5): what modules above may use. Readers use the view v_deposit_position. */
#pragma once

#include <accounting/accounting.h>

extern const Module module_deposit;

typedef enum NoticeState { NOTICE_ISSUED = 0, NOTICE_PAID = 1, NOTICE_VOID = 2 } NoticeState;
typedef enum PaymentState {
        PAYMENT_ENTERED = 0,
        PAYMENT_POSTED = 1,
        PAYMENT_REFUSED = 2,
        PAYMENT_VOID = 3,
        PAYMENT_REVERSED = 4,
} PaymentState;

extern const StateName deposit_notice_states[], deposit_payment_states[];

typedef struct PaymentNotice {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <deposit/payment_notice.def>
#undef FIELD
} PaymentNotice;

typedef struct Payment {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <deposit/payment.def>
#undef FIELD
} Payment;

extern const Record record_payment_notice, record_payment;

/* Flows, by month of the business day, nature and phase. */
extern const Measure deposit_owed, deposit_paid, deposit_households, deposit_households_paid;
/* paid / owed, recomputed at every subtotal */
extern const Ratio deposit_rate;

/* A payment was posted; heard in the same transaction. */
typedef struct DepositPosted {
#define FIELD FIELD_MEMBER
#include <deposit/posted.def>
#undef FIELD
} DepositPosted;
extern const Event deposit_posted;
