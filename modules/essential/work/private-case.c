/* SPDX-License-Identifier: Apache-2.0 */
/* Whose private values a case of essential gives while it is open (4.3.2A). */

#include "work-query.h"
#include "work.h"

const PrivateCase essential_private_cases[] = {
        { "housing_change", "owner", &essential_case_change_owners },
        { "change_proposal", "change_proposal", &essential_case_proposal },
        { "change_proposal", "owner", &essential_case_proposal_owners },
        { "exchange_difference", "exchange_owner", &essential_case_difference_owners },
        { "building_filing", "organization", &essential_case_filing_organization },
        { 0 },
};
