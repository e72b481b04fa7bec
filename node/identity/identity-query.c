/* SPDX-License-Identifier: Apache-2.0 */
/* The SQL of persons, rights and sessions. Names first, texts beside them; nothing is composed at run time.
 */

#include "identity-query.h"

#define QUERY(symbol_, text_) const Query query_##symbol_ = { "identity." #symbol_, text_ }

QUERY(person_any, "SELECT office FROM person ORDER BY id LIMIT 1");
QUERY(login_find, "SELECT l.id, l.office, l.person, l.name, l.locked, p.name FROM login l "
                  "JOIN person p ON p.id = l.person WHERE l.name = $1");
QUERY(login_taken, "SELECT id FROM login WHERE name = $1");
QUERY(login_row, "SELECT l.id, l.office, l.person, l.name, l.locked, p.name FROM login l "
                 "JOIN person p ON p.id = l.person WHERE l.id = $1");
QUERY(logins_usable, "SELECT COUNT(*) FROM login l JOIN credential c ON c.login = l.id "
                     "WHERE l.person = $1 AND l.locked = 0 AND c.must_change = 0");
QUERY(post_find, "SELECT id FROM post WHERE office = $1 AND kind = $2");
/* $1 person, $2 first day, $3 last day or 0: posts held on any of those days */
QUERY(holder_overlap,
        "SELECT p.kind, p.id FROM post_holder h JOIN post p ON p.id = h.post WHERE h.person = $1 "
        "AND (h.valid_to = 0 OR h.valid_to >= $2) AND ($3 = 0 OR h.valid_from <= $3)");
QUERY(holders_of_person,
        "SELECT h.office, h.person, h.post, h.valid_from, h.valid_to, h.mac, p.kind "
        "FROM post_holder h JOIN post p ON p.id = h.post WHERE h.person = $1 ORDER BY h.id");
QUERY(grants_of_person, "SELECT office, person, post, function, at_office, book, valid_from, valid_to, mac "
                        "FROM right_grant WHERE person = $1 ORDER BY id");
QUERY(grants_of_post, "SELECT office, person, post, function, at_office, book, valid_from, valid_to, mac "
                      "FROM right_grant WHERE post = $1 ORDER BY id");
QUERY(grants_any,
        "SELECT id FROM right_grant WHERE person = $1 AND (valid_to = 0 OR valid_to >= $2) LIMIT 1");
QUERY(chain_last, "SELECT MAX(seq) FROM chain");

QUERY(credential_insert, "INSERT INTO credential (login, hash, must_change, changed, failed, locked_until) "
                         "VALUES ($1, $2, 1, $3, 0, 0)");
QUERY(credential_set,
        "UPDATE credential SET hash = $2, must_change = $3, changed = $4, failed = 0, locked_until = 0 "
        "WHERE login = $1");
QUERY(credential_select,
        "SELECT hash, must_change, changed, failed, locked_until FROM credential WHERE login = $1");
QUERY(credential_attempt, "UPDATE credential SET failed = $2, locked_until = $3 WHERE login = $1");
QUERY(credential_lock, "UPDATE credential SET failed = 0, locked_until = 0 WHERE login = $1");
QUERY(credential_good, "UPDATE credential SET failed = 0, locked_until = 0 WHERE login = $1 AND hash = $2");
QUERY(credential_expire, "UPDATE credential SET must_change = 1 WHERE login = $1");
QUERY(history_insert, "INSERT INTO credential_history (login, number, hash) VALUES ($1, $2, $3)");
QUERY(history_last, "SELECT MAX(number) FROM credential_history WHERE login = $1");
QUERY(history_select, "SELECT hash FROM credential_history WHERE login = $1 ORDER BY number DESC");
QUERY(history_trim, "DELETE FROM credential_history WHERE login = $1 AND number <= $2");

QUERY(session_next, "SELECT MAX(id) FROM session");
QUERY(session_insert, "INSERT INTO session (id, office, token, login, person, address, started, seen) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $7)");
QUERY(session_find,
        "SELECT s.id, s.office, s.person, s.login, s.started, s.seen, l.name, p.name, l.locked, "
        "c.must_change FROM session s JOIN login l ON l.id = s.login JOIN person p ON p.id = s.person "
        "JOIN credential c ON c.login = s.login WHERE s.token = $1");
QUERY(session_seen, "UPDATE session SET seen = $2 WHERE id = $1 AND seen < $2");
QUERY(session_delete, "DELETE FROM session WHERE id = $1");
QUERY(session_delete_own, "DELETE FROM session WHERE id = $1 AND login = $2");
QUERY(session_delete_login, "DELETE FROM session WHERE login = $1");
QUERY(session_delete_others, "DELETE FROM session WHERE login = $1 AND id <> $2");
QUERY(session_delete_old, "DELETE FROM session WHERE started < $1 OR seen < $2");
QUERY(session_surplus, "DELETE FROM session WHERE login = $1 AND id NOT IN "
                       "(SELECT id FROM session WHERE login = $1 ORDER BY id DESC LIMIT $2)");
QUERY(sessions_of_login, "SELECT id, address, started, seen FROM session WHERE login = $1 "
                         "AND started >= $2 AND seen >= $3 ORDER BY id DESC LIMIT 64");
QUERY(session_office, "SELECT person FROM session WHERE id = $1 AND office = $2");

QUERY(step_up_insert, "INSERT INTO step_up (proof, person, office, command, input, expires, used_key) "
                      "VALUES ($1, $2, $3, $4, $5, $6, '')");
QUERY(step_up_use, "UPDATE step_up SET used_key = $6 WHERE proof = $1 AND person = $2 AND office = $3 "
                   "AND command = $4 AND input = $5 AND expires > $7 AND (used_key = '' OR used_key = $6)");
QUERY(step_up_delete_old, "DELETE FROM step_up WHERE expires <= $1");

QUERY(view_persons, "SELECT l.id, l.office, l.person, l.version, p.name AS person_name, p.staff_number, "
                    "l.name AS login, l.locked FROM login l JOIN person p ON p.id = l.person");
QUERY(view_posts,
        "SELECT h.id, h.office, h.version, h.person, p.name AS person_name, o.kind, h.post, h.valid_from, "
        "h.valid_to FROM post_holder h JOIN person p ON p.id = h.person JOIN post o ON o.id = h.post");
QUERY(view_rights,
        "SELECT g.id, g.office, g.version, g.person, COALESCE(p.name, '') AS person_name, "
        "COALESCE(o.kind, '') AS kind, g.function, g.at_office, g.book, g.valid_from, g.valid_to "
        "FROM right_grant g LEFT JOIN person p ON p.id = g.person LEFT JOIN post o ON o.id = g.post");
QUERY(view_sessions,
        "SELECT s.id, s.office, s.person, p.name AS person_name, l.name AS login, s.address, s.started, "
        "s.seen FROM session s JOIN person p ON p.id = s.person JOIN login l ON l.id = s.login");
QUERY(view_events,
        "SELECT e.id, e.office, e.instant, e.kind, e.person, COALESCE(p.name, '') AS person_name, e.login, "
        "e.address, e.detail, CASE WHEN h.id IS NULL THEN 0 ELSE 1 END AS handled, COALESCE(o.name, '') AS "
        "handled_by, COALESCE(h.instant, 0) AS handled_at, COALESCE(h.note, '') AS note "
        "FROM security_event e LEFT JOIN person p ON p.id = e.person "
        "LEFT JOIN event_handling h ON h.event = e.id LEFT JOIN person o ON o.id = h.person");
QUERY(handling_of, "SELECT id FROM event_handling WHERE event = $1");
/* $1 root office, $2 since */
QUERY(events_by_kind,
        "SELECT e.kind, COUNT(*), CAST(SUM(CASE WHEN h.id IS NULL THEN 1 ELSE 0 END) AS BIGINT) "
        "FROM security_event e LEFT JOIN event_handling h ON h.event = e.id WHERE e.instant >= $2 AND e.office IN "
        "(SELECT c.office FROM office_closure c WHERE c.root = $1 UNION ALL SELECT CAST($1 AS BIGINT)) "
        "GROUP BY e.kind ORDER BY e.kind");

/* A person with an administrator's post and another post or right on the same day. */
QUERY(exclusive_all,
        "SELECT 'ADMINISTRATORS' AS invariant, 'post_holder' AS record, a.id AS id, x.kind AS detail "
        "FROM post_holder a JOIN post x ON x.id = a.post JOIN post_holder b ON b.person = a.person AND b.id "
        "<> a.id "
        "JOIN post y ON y.id = b.post WHERE x.kind IN ('system', 'security', 'audit') AND y.kind <> x.kind "
        "AND (a.valid_to = 0 OR a.valid_to >= b.valid_from) AND (b.valid_to = 0 OR b.valid_to >= "
        "a.valid_from) "
        "UNION ALL SELECT 'ADMINISTRATORS', 'right_grant', g.id, g.function FROM right_grant g "
        "JOIN post_holder h ON h.person = g.person JOIN post z ON z.id = h.post "
        "WHERE z.kind IN ('system', 'security', 'audit') "
        "AND (h.valid_to = 0 OR h.valid_to >= g.valid_from) AND (g.valid_to = 0 OR g.valid_to >= "
        "h.valid_from)");

const Query *const identity_queries[] = {
        &query_person_any,
        &query_login_find,
        &query_login_taken,
        &query_login_row,
        &query_logins_usable,
        &query_post_find,
        &query_holder_overlap,
        &query_holders_of_person,
        &query_grants_of_person,
        &query_grants_of_post,
        &query_grants_any,
        &query_chain_last,
        &query_credential_insert,
        &query_credential_set,
        &query_credential_select,
        &query_credential_attempt,
        &query_credential_lock,
        &query_credential_good,
        &query_credential_expire,
        &query_history_insert,
        &query_history_last,
        &query_history_select,
        &query_history_trim,
        &query_session_next,
        &query_session_insert,
        &query_session_find,
        &query_session_seen,
        &query_session_delete,
        &query_session_delete_own,
        &query_session_delete_login,
        &query_session_delete_others,
        &query_session_delete_old,
        &query_session_surplus,
        &query_sessions_of_login,
        &query_session_office,
        &query_step_up_insert,
        &query_step_up_use,
        &query_step_up_delete_old,
        &query_handling_of,
        &query_events_by_kind,
        NULL,
};
