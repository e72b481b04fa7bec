// SPDX-License-Identifier: Apache-2.0
// What these pages call by name in this module.
export const NOTICES = 'deposit.notices'
export const PAYMENTS = 'deposit.payments'
export const ENTER = 'deposit.enter_payment'
export const POST = 'deposit.post'
export const REFUSE = 'deposit.refuse_payment'
export const SLIP = 'deposit.slip'
export const NOTICE_PAPER = 'deposit.notice'
export const OWED = 'deposit.owed'
export const PAID = 'deposit.paid'
export const HOUSEHOLDS = 'deposit.households'
/* One step below an office stand its areas, below an area its households: landed rows at the holder of detail, its own at
 * the county. */
export const DETAILS = [
  { areas: 'deposit.regulated_areas', down: { view: 'deposit.regulated_households', column: 'property_area_id' } },
  { areas: 'deposit.areas', down: { view: 'deposit.households', column: 'property_area_id' } },
]
