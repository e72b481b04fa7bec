/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of exchange; one text for both engines. */

#include "exchange-query.h"

const Query exchange_apartment_by_code = {
        "essential.exchange_apartment_by_code",
        "SELECT * FROM apartment WHERE office = $1 AND real_estate_unit_code = $2 ORDER BY id LIMIT 1",
};
const Query exchange_list_by_reference = {
        "essential.exchange_list_by_reference",
        "SELECT * FROM exchange_list WHERE office = $1 AND COALESCE(partner_id, 0) = CAST($2 AS BIGINT)"
        " AND kind = $3 AND reference = $4",
};

/* $3: 0 areas within the tolerance $4, 1 areas, 2 everything. Items 0 and 1 are areas. */
#define PENDING                                                                                             \
        " FROM exchange_difference WHERE office = $1 AND list_id = $2 AND state = 0"                        \
        " AND (CAST($3 AS BIGINT) = 2 OR (item IN (0, 1) AND (CAST($3 AS BIGINT) = 1"                       \
        " OR ABS(theirs_area - ours_area) <= CAST($4 AS BIGINT))))"
const Query exchange_pending = {
        "essential.exchange_pending",
        "SELECT *" PENDING " ORDER BY id LIMIT CAST($5 AS BIGINT)",
};
const Query exchange_pending_count = {
        "essential.exchange_pending_count",
        "SELECT COUNT(*)" PENDING,
};
#define ACCEPTED " FROM exchange_difference WHERE office = $1 AND list_id = $2 AND state = 1"
const Query exchange_accepted = {
        "essential.exchange_accepted",
        "SELECT *" ACCEPTED " AND decided_by <> $4 ORDER BY id LIMIT CAST($3 AS BIGINT)",
};
const Query exchange_accepted_count = {
        "essential.exchange_accepted_count",
        "SELECT COUNT(*)" ACCEPTED,
};
const Query exchange_owners_of = {
        "essential.exchange_owners_of",
        "SELECT * FROM exchange_owner WHERE office = $1 AND difference_id = $2 ORDER BY id",
};

const Query exchange_view_partners = {
        "essential.view_partners",
        "SELECT id, version, name, kind, person_id, fingerprint, public_key, push_building_table, "
        "push_areas,"
        " push_ownership, pull_building_table, pull_deposit, contact, valid_from, valid_to, requested_by,"
        " approved_by, state, office FROM exchange_partner",
};
const Query exchange_view_lists = {
        "essential.view_exchange_lists",
        "SELECT l.id AS id, l.version AS version, l.partner_id AS partner_id, COALESCE(p.name, '') AS "
        "partner_name,"
        " l.kind AS kind, l.reference AS reference, l.stage AS stage, l.rows_total AS rows_total,"
        " l.rows_unchanged AS rows_unchanged, l.rows_different AS rows_different,"
        " l.rows_unmatched AS rows_unmatched,"
        " (SELECT COUNT(*) FROM exchange_difference d WHERE d.list_id = l.id AND d.state = 0) AS pending,"
        " (SELECT COUNT(*) FROM exchange_difference d WHERE d.list_id = l.id AND d.state = 1) AS accepted,"
        " l.state AS state, l.office AS office"
        " FROM exchange_list l LEFT JOIN exchange_partner p ON p.id = l.partner_id",
};
const Query exchange_view_messages = {
        "essential.view_exchange_messages",
        "SELECT id, list_id, partner_id, message_number, received, rows_total, rows_unchanged, "
        "rows_different,"
        " rows_unmatched, office FROM exchange_message",
};
const Query exchange_view_differences = {
        "essential.view_exchange_differences",
        "SELECT d.id AS id, d.version AS version, d.list_id AS list_id, d.message_id AS message_id,"
        " d.row_number AS row_number, d.apartment_id AS apartment_id, COALESCE(v.area_name, '') AS "
        "area_name,"
        " COALESCE(v.building_name, '') AS building_name, COALESCE(v.unit_name, '') AS unit_name,"
        " COALESCE(v.room_number, '') AS room_number, d.place AS place, d.item AS item, d.ours AS ours,"
        " d.theirs AS theirs, d.ours_area AS ours_area, d.theirs_area AS theirs_area,"
        " d.registration_number AS registration_number, d.effective_on AS effective_on, d.state AS state,"
        " d.fault AS fault, d.reason AS reason, d.decided_by AS decided_by, d.checked_by AS checked_by,"
        " d.office AS office FROM exchange_difference d LEFT JOIN v_apartment v ON v.id = d.apartment_id",
};
const Query exchange_view_owners = {
        "essential.view_exchange_owners",
        "SELECT id, difference_id, name, id_number, kind, share_numerator, share_denominator, office"
        " FROM exchange_owner",
};
const Query exchange_view_accesses = {
        "essential.view_exchange_accesses",
        "SELECT id, partner_id, kind, subject, asked, office FROM exchange_access",
};
const Query exchange_view_apartments = {
        "essential.view_shared_apartments",
        "SELECT v.id AS id, v.property_area_id AS property_area_id, v.area_name AS area_name,"
        " v.division AS division, v.building_name AS building_name, v.unit_name AS unit_name,"
        " v.room_number AS room_number, p.real_estate_unit_code AS real_estate_unit_code, v.floor AS floor,"
        " v.covered_area AS covered_area, v.inner_area AS inner_area, v.use_code AS use_code,"
        " v.state AS state, p.chain_seq AS change_number, v.office AS office"
        " FROM v_apartment v JOIN apartment p ON p.id = v.id",
};
