/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of attachments; one text for both engines. */

#include "attachment-query.h"

const Query attachment_missing = {
        "essential.attachment_missing",
        "SELECT DISTINCT p.name FROM required_paper p WHERE p.office = $1 AND p.business = $2 AND "
        "p.record_name = $3"
        " AND p.required = 1 AND p.valid_from <= $5 AND (COALESCE(p.valid_to, 0) = 0 OR p.valid_to >= $5)"
        " AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.office = p.office AND a.record_name = $3"
        " AND a.record_id = $4 AND a.business = p.business AND a.paper = p.name AND a.state = 0) ORDER BY "
        "p.name",
};
const Query attachment_current = {
        "essential.attachment_current",
        "SELECT * FROM attachment WHERE office = $1 AND business = $2 AND record_name = $3 AND record_id = "
        "$4"
        " AND state = 0 ORDER BY id",
};
const Query attachment_same = {
        "essential.attachment_same",
        "SELECT COUNT(*) FROM attachment WHERE office = $1 AND business = $2 AND record_name = $3"
        " AND record_id = $4 AND paper = $5 AND digest = $6 AND state = 0",
};
const Query attachment_businesses = {
        "essential.attachment_businesses",
        "SELECT COUNT(*) FROM required_paper WHERE office = $1 AND business = $2",
};

const Query attachment_view_required_papers = {
        "essential.view_required_papers",
        "SELECT id, version, business, record_name, name, required, form, note, valid_from, valid_to, office"
        " FROM required_paper",
};
const Query attachment_view_attachments = {
        "essential.view_attachments",
        "SELECT id, version, record_name, record_id, business, paper, type, file_name, size, pages, source,"
        " reader_text, taken_by, taken, state, digest, replaced_by, office FROM "
        "attachment",
};
const Query attachment_view_views = {
        "essential.view_attachment_views",
        "SELECT v.id AS id, v.attachment_id AS attachment_id, a.record_name AS record_name,"
        " a.record_id AS record_id, a.paper AS paper, v.person_id AS person_id, v.viewed AS viewed,"
        " v.office AS office FROM attachment_view v JOIN attachment a ON a.id = v.attachment_id",
};
