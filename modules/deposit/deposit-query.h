/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of deposit. */
#pragma once

#include <node/store.h>

extern const Query deposit_households_to_assess, deposit_households_to_assess_count, deposit_standards_on,
        deposit_standards_from, deposit_change_areas, deposit_area_began,
        deposit_assessed_first, deposit_position_add, deposit_households_to_notify,
        deposit_households_to_notify_count, deposit_notice_by_number, deposit_payment_active,
        deposit_apartment_page, deposit_case_payment, deposit_case_notice;
extern const Query deposit_view_standards, deposit_view_areas, deposit_view_households, deposit_view_marks,
        deposit_view_unpaid, deposit_view_assessments, deposit_view_notices, deposit_view_payments,
        deposit_view_regulated_areas, deposit_view_regulated_households;
extern const Query deposit_recompute_owed, deposit_recompute_paid, deposit_recompute_households,
        deposit_recompute_households_paid;
extern const Query deposit_position_all, deposit_i6_all, deposit_i6_touched, deposit_i9_all,
        deposit_i9_touched, deposit_i10_all, deposit_i10_touched, deposit_owed_all;
extern const Query deposit_find_notices, deposit_find_payments, deposit_find_payments_by_bank;
extern const Query deposit_setup_standard, deposit_setup_assessment, deposit_setup_notice;
extern const Query deposit_households_to_make_up, deposit_households_to_make_up_count;
extern const Query deposit_view_area_differences, deposit_view_area_consequences,
        deposit_view_deposit_states;
extern const Query *const deposit_queries[];
extern const Query deposit_payment_waiting, deposit_notices_open, deposit_notices_beyond,
        deposit_position_of, deposit_change_olds, deposit_change_news, deposit_position_place,
        deposit_view_position_transfers, deposit_transfer_sums, deposit_opening_lines, deposit_opening_kept;
