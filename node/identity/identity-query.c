/* SPDX-License-Identifier: Apache-2.0 */
/* The SQL of persons, rights and sessions. Names first, texts beside them; nothing is composed at run time.
 */

#include "emergency.h"

#define QUERY(symbol_, text_) const Query query_##symbol_ = { "identity." #symbol_, text_ }

QUERY(person_any, "SELECT office FROM person ORDER BY id LIMIT 1");
QUERY(name_in_closure, "SELECT name FROM person WHERE id = $1 AND (office = $2 OR office IN "
                       "(SELECT c.office FROM office_closure c WHERE c.root = $2))");
QUERY(login_find, "SELECT l.id, l.office, l.person, l.name, l.locked, p.name, p.organization FROM login l "
                  "JOIN person p ON p.id = l.person WHERE l.name = $1");
QUERY(login_taken, "SELECT id FROM login WHERE name = $1");
QUERY(login_row, "SELECT l.id, l.office, l.person, l.name, l.locked, p.name FROM login l "
                 "JOIN person p ON p.id = l.person WHERE l.id = $1");
QUERY(logins_usable, "SELECT COUNT(*) FROM login l JOIN credential c ON c.login = l.id "
                     "WHERE l.person = $1 AND l.locked = 0 AND c.must_change = 0");
QUERY(post_find, "SELECT id FROM post WHERE office = $1 AND kind = $2");
/* What ended before it began ran on no day. */
#define RUNS(row_) "(" row_ ".valid_to = 0 OR " row_ ".valid_to >= " row_ ".valid_from) "
/* $1 person, $2 first day, $3 last day or 0: posts held on any of those days */
QUERY(holder_overlap,
        "SELECT p.kind, p.id FROM post_holder h JOIN post p ON p.id = h.post WHERE h.person = $1 "
        "AND " RUNS("h") "AND (h.valid_to = 0 OR h.valid_to >= $2) AND ($3 = 0 OR h.valid_from <= $3)");
QUERY(holders_of_person,
        "SELECT h.office, h.person, h.post, h.valid_from, h.valid_to, h.mac, p.kind, h.amount_max, "
        "p.office, p.amount_max, p.factors, p.mac, q.organization "
        "FROM post_holder h JOIN post p ON p.id = h.post JOIN person q ON q.id = h.person "
        "WHERE h.person = $1 ORDER BY h.id");
QUERY(grants_of_person, "SELECT office, person, post, function, at_office, book, valid_from, valid_to, mac, "
                        "amount_max FROM right_grant WHERE person = $1 ORDER BY id");
QUERY(grants_of_post, "SELECT office, person, post, function, at_office, book, valid_from, valid_to, mac, "
                      "amount_max FROM right_grant WHERE post = $1 ORDER BY id");
QUERY(delegations_of_delegate,
        "SELECT office, principal, delegate, post, function, amount_max, valid_from, valid_to, mac "
        "FROM delegation WHERE delegate = $1 AND state = 1 ORDER BY id");
/* $1 person (either side), $2 today: what is over matters no more; what ended today ran today, and has kept its MAC */
QUERY(delegations_alike,
        "SELECT CASE WHEN principal = $1 THEN delegate ELSE principal END, valid_from, valid_to "
        "FROM delegation WHERE (state = 1 OR (state IN (3, 4) AND mac <> '')) "
        "AND (principal = $1 OR delegate = $1) AND valid_to >= $2 ORDER BY id");
/* $1 person (either side), $2 first day, $3 last day or 0; asked for or approved */
QUERY(delegation_any, "SELECT id FROM delegation WHERE (principal = $1 OR delegate = $1) AND state <= 1 "
                      "AND valid_to >= $2 AND ($3 = 0 OR valid_from <= $3) LIMIT 1");
/* $1 delegate, $2 principal, $3 post, $4 first day, $5 last day */
QUERY(delegation_overlap, "SELECT id FROM delegation WHERE delegate = $1 AND principal = $2 AND post = $3 "
                          "AND state <= 1 AND valid_to >= $4 AND valid_from <= $5 LIMIT 1");
/* $1 person, $2 post, $3 first day, $4 last day: holding on any of those days, the largest limit first */
QUERY(holding_overlap,
        "SELECT h.amount_max FROM post_holder h WHERE h.person = $1 AND h.post = $2 AND " RUNS("h")
        "AND (h.valid_to = 0 OR h.valid_to >= $3) AND h.valid_from <= $4 "
        "ORDER BY CASE WHEN h.amount_max = 0 THEN 0 ELSE 1 END, h.amount_max DESC LIMIT 1");
QUERY(persons_of_office, "SELECT id, name FROM person WHERE office = $1 ORDER BY id");
QUERY(posts_of_office, "SELECT kind, amount_max FROM post WHERE office = $1 ORDER BY id");
QUERY(person_organization, "SELECT organization FROM person WHERE id = $1");
QUERY(person_named, "SELECT name FROM person WHERE id = $1");
QUERY(grants_any,
        "SELECT g.id FROM right_grant g WHERE g.person = $1 AND " RUNS("g")
        "AND (g.valid_to = 0 OR g.valid_to >= $2) LIMIT 1");
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
/* an attempt that turned out to be only half of one */
QUERY(credential_undo, "UPDATE credential SET failed = failed - 1, locked_until = 0 WHERE login = $1 AND "
                       "hash = $2 AND failed > 0");
/* $1 log-in, $2 from, $3 a good log-in after this counts */
QUERY(place_select, "SELECT failed, locked_until FROM login_place WHERE login = $1 AND address = $2 AND good > $3");
QUERY(place_attempt, "UPDATE login_place SET failed = $2, locked_until = $3 WHERE login = $1 AND address = $4");
QUERY(place_good, "UPDATE login_place SET failed = 0, locked_until = 0 WHERE login = $1 AND address = $3 AND "
                  "EXISTS (SELECT 1 FROM credential c WHERE c.login = $1 AND c.hash = $2)");
QUERY(place_undo, "UPDATE login_place SET failed = failed - 1, locked_until = 0 WHERE login = $1 AND "
                  "address = $3 AND failed > 0 AND "
                  "EXISTS (SELECT 1 FROM credential c WHERE c.login = $1 AND c.hash = $2)");
QUERY(place_set, "INSERT INTO login_place (login, address, good, failed, locked_until) VALUES ($1, $2, $3, 0, 0) "
                 "ON CONFLICT (login, address) DO UPDATE SET good = excluded.good");
QUERY(place_trim, "DELETE FROM login_place WHERE login = $1 AND address NOT IN "
                  "(SELECT address FROM login_place WHERE login = $1 ORDER BY good DESC, address LIMIT $2)");
QUERY(place_locked, "SELECT COALESCE(MAX(locked_until), 0) FROM login_place WHERE login = $1");
QUERY(place_unlock, "UPDATE login_place SET failed = 0, locked_until = 0 WHERE login = $1");
QUERY(place_forget, "DELETE FROM login_place WHERE login = $1");
QUERY(credential_expire, "UPDATE credential SET must_change = 1 WHERE login = $1");
QUERY(history_insert, "INSERT INTO credential_history (login, number, hash) VALUES ($1, $2, $3)");
QUERY(history_last, "SELECT MAX(number) FROM credential_history WHERE login = $1");
QUERY(history_select, "SELECT hash FROM credential_history WHERE login = $1 ORDER BY number DESC");
QUERY(history_trim, "DELETE FROM credential_history WHERE login = $1 AND number <= $2");

QUERY(session_next, "SELECT MAX(id) FROM session");
QUERY(session_insert,
        "INSERT INTO session (id, office, token, login, person, address, started, seen, agent, "
        "factor, enrol) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)");
QUERY(session_find, "SELECT s.id, s.office, s.person, s.login, s.started, s.seen, l.name, p.name, l.locked, "
                    "c.must_change, s.factor, s.enrol, p.organization, s.address FROM session s JOIN login l ON l.id = "
                    "s.login JOIN person p ON p.id = s.person "
                    "JOIN credential c ON c.login = s.login WHERE s.token = $1");
QUERY(session_seen, "UPDATE session SET seen = $2 WHERE id = $1 AND seen < $2");
QUERY(session_delete, "DELETE FROM session WHERE id = $1");
QUERY(session_delete_own, "DELETE FROM session WHERE id = $1 AND login = $2");
QUERY(session_delete_login, "DELETE FROM session WHERE login = $1");
QUERY(session_delete_others, "DELETE FROM session WHERE login = $1 AND id <> $2");
QUERY(session_delete_old, "DELETE FROM session WHERE started < $1 OR seen < $2");
QUERY(session_surplus, "DELETE FROM session WHERE login = $1 AND id NOT IN "
                       "(SELECT id FROM session WHERE login = $1 ORDER BY id DESC LIMIT $2)");
QUERY(sessions_of_login, "SELECT id, address, started, seen, agent, factor FROM session WHERE login = $1 "
                         "AND started >= $2 AND seen >= $3 ORDER BY id DESC LIMIT 64");
QUERY(session_office, "SELECT person FROM session WHERE id = $1 AND office = $2");

QUERY(session_delete_person, "DELETE FROM session WHERE person = $1");

QUERY(departure_open, "SELECT id FROM departure WHERE person = $1 AND state <= 1 LIMIT 1");
QUERY(departure_left, "SELECT id FROM departure WHERE person = $1 AND state = 2 LIMIT 1");
QUERY(leave_posts,
        "SELECT id FROM post_holder WHERE person = $1 AND (valid_to = 0 OR valid_to > $2) ORDER BY id");
QUERY(leave_grants,
        "SELECT id FROM right_grant WHERE person = $1 AND (valid_to = 0 OR valid_to > $2) ORDER BY id");
QUERY(leave_delegations,
        "SELECT id FROM delegation WHERE (principal = $1 OR delegate = $1) AND state <= 1 ORDER BY id");
QUERY(leave_logins, "SELECT id FROM login WHERE person = $1 ORDER BY id");
QUERY(paper_handover,
        "SELECT d.id, p.name, p.staff_number, r.name, w.name, s.name, d.kind, d.last_day, d.prepared_on, "
        "d.reason, d.items FROM departure d JOIN person p ON p.id = d.person JOIN person r ON r.id = "
        "d.receiver "
        "JOIN person w ON w.id = d.witness LEFT JOIN person s ON s.id = d.prepared_by "
        "WHERE d.id = $1 AND d.office = $2 AND d.state < 3");

/* $1 person, $2 day: of the posts he holds, and of those in which he stands in */
QUERY(factor_rules, "SELECT p.factors FROM post_holder h JOIN post p ON p.id = h.post "
                    "WHERE h.person = $1 AND h.valid_from <= $2 AND (h.valid_to = 0 OR h.valid_to >= $2) "
                    "AND p.factors <> '' UNION SELECT p.factors FROM delegation d JOIN post p ON p.id = "
                    "d.post WHERE d.delegate = $1 AND d.state = 1 AND d.valid_from <= $2 AND d.valid_to >= "
                    "$2 AND p.factors <> ''");
QUERY(factors_of_login,
        "SELECT id, kind, material, mac FROM factor WHERE login = $1 AND revoked = 0 ORDER BY id DESC");
QUERY(factors_shown,
        "SELECT id, kind, label, bound_on FROM factor WHERE login = $1 AND revoked = 0 ORDER BY id");
QUERY(factor_material, "SELECT id FROM factor WHERE material = $1 AND revoked = 0 LIMIT 1");
QUERY(factor_asked, "SELECT id FROM factor_request WHERE factor = $1 AND state = 0 LIMIT 1");
QUERY(factor_secret, "SELECT sealed FROM factor_secret WHERE factor = $1");
QUERY(factor_step, "UPDATE factor_secret SET last_step = $2 WHERE factor = $1 AND last_step < $2");
QUERY(factor_secret_take,
        "INSERT INTO factor_secret (factor, sealed, last_step) "
        "SELECT CAST($1 AS BIGINT), sealed, CAST($3 AS BIGINT) FROM factor_pending WHERE login = $2");
QUERY(factor_secret_delete, "DELETE FROM factor_secret WHERE factor = $1");
QUERY(factor_pending, "SELECT sealed FROM factor_pending WHERE login = $1 AND expires > $2");
QUERY(factor_pending_set,
        "INSERT INTO factor_pending (login, sealed, expires) VALUES ($1, $2, $3) "
        "ON CONFLICT (login) DO UPDATE SET sealed = excluded.sealed, expires = excluded.expires");
QUERY(factor_pending_delete, "DELETE FROM factor_pending WHERE login = $1");
/* it has shown the factor that it binds */
QUERY(session_enrolled, "UPDATE session SET enrol = 0, factor = 'totp' WHERE login = $1 AND id = $2");
QUERY(challenge_use, "INSERT INTO challenge_used (challenge, expires) VALUES ($1, $2) ON CONFLICT "
                     "(challenge) DO NOTHING");
QUERY(challenge_delete_old, "DELETE FROM challenge_used WHERE expires <= $1");

QUERY(step_up_insert, "INSERT INTO step_up (proof, person, office, command, input, expires, used_key) "
                      "VALUES ($1, $2, $3, $4, $5, $6, '')");
QUERY(step_up_use, "UPDATE step_up SET used_key = $6 WHERE proof = $1 AND person = $2 AND office = $3 "
                   "AND command = $4 AND input = $5 AND expires > $7 AND (used_key = '' OR used_key = $6)");
QUERY(step_up_delete_person, "DELETE FROM step_up WHERE person = $1");
QUERY(step_up_delete_old, "DELETE FROM step_up WHERE expires <= $1");

QUERY(view_persons, "SELECT l.id, l.office, l.person, l.version, p.name AS person_name, p.staff_number, "
                    "l.name AS login, l.locked, p.home_office, p.organization FROM login l JOIN person p ON "
                    "p.id = l.person");
QUERY(view_posts,
        "SELECT h.id, h.office, h.version, h.person, p.name AS person_name, o.kind, h.post, h.valid_from, "
        "h.valid_to, h.amount_max, p.home_office FROM post_holder h JOIN person p ON p.id = h.person JOIN "
        "post o ON o.id = h.post");
QUERY(view_rights,
        "SELECT g.id, g.office, g.version, g.person, COALESCE(p.name, '') AS person_name, "
        "COALESCE(o.kind, '') AS kind, g.function, g.at_office, g.book, g.valid_from, g.valid_to, "
        "g.amount_max "
        "FROM right_grant g LEFT JOIN person p ON p.id = g.person LEFT JOIN post o ON o.id = g.post");
/* Colleagues only: a user of an involved organization stands in for nobody. */
QUERY(view_choose_person,
        "SELECT id, office, name AS person_name, staff_number FROM person WHERE organization = 0");
QUERY(view_rules, "SELECT id, office, version, kind, amount_max, factors FROM post");
QUERY(view_delegations,
        "SELECT d.id, d.office, d.version, d.principal, p.name AS principal_name, d.delegate, "
        "r.name AS delegate_name, o.kind, d.function, d.amount_max, d.valid_from, d.valid_to, d.reason, "
        "COALESCE(s.name, '') AS decided_name, d.state FROM delegation d JOIN person p ON p.id = "
        "d.principal "
        "JOIN person r ON r.id = d.delegate JOIN post o ON o.id = d.post "
        "LEFT JOIN person s ON s.id = d.decided_by");
QUERY(view_departures,
        "SELECT d.id, d.office, d.version, d.person, p.name AS person_name, d.kind, d.last_day, d.receiver, "
        "r.name AS receiver_name, d.witness, w.name AS witness_name, d.handed_on, d.received_on, "
        "d.witnessed_on, d.left_on, d.state FROM departure d JOIN person p ON p.id = d.person "
        "JOIN person r ON r.id = d.receiver JOIN person w ON w.id = d.witness");
QUERY(view_factors, "SELECT f.id, f.office, f.version, f.person, p.name AS person_name, l.name AS login, "
                    "f.kind, f.label, "
                    "f.bound_on, f.revoked, CASE WHEN EXISTS (SELECT 1 FROM factor_request r WHERE "
                    "r.factor = f.id AND r.state = 0) THEN 1 ELSE 0 END AS waiting "
                    "FROM factor f JOIN person p ON p.id = f.person JOIN login l ON "
                    "l.id = f.login");
QUERY(view_factor_requests,
        "SELECT r.id, r.office, r.version, r.person, p.name AS person_name, l.name AS login, r.change, "
        "r.factor, r.kind, r.label, r.reason, r.requested_by, COALESCE(a.name, '') AS requested_by_name, "
        "r.requested_at, r.decided_by, COALESCE(d.name, '') AS decided_by_name, r.decided_at, r.note, r.state "
        "FROM factor_request r JOIN person p ON p.id = r.person JOIN login l ON l.id = r.login "
        "LEFT JOIN person a ON a.id = r.requested_by LEFT JOIN person d ON d.id = r.decided_by");
QUERY(view_sessions,
        "SELECT s.id, s.office, s.person, p.name AS person_name, l.name AS login, s.address, s.agent, "
        "s.factor, s.started, s.seen FROM session s JOIN person p ON p.id = s.person JOIN login l ON l.id = "
        "s.login");
/* waiting: the kinds of event.c that are the day's course wait for nobody */
QUERY(view_events,
        "SELECT e.id, e.office, e.instant, e.kind, e.person, COALESCE(p.name, '') AS person_name, e.login, "
        "e.address, e.detail, CASE WHEN h.id IS NULL AND e.kind NOT IN ('login', 'logout', 'first_start', "
        "'system_started', 'system_stopped', 'emergency_step', 'readings_resumed') THEN 1 ELSE 0 END AS "
        "waiting, "
        "CASE WHEN h.id IS NULL THEN 0 ELSE 1 END AS handled, COALESCE(o.name, '') AS "
        "handled_by, COALESCE(h.instant, 0) AS handled_at, COALESCE(h.note, '') AS note "
        "FROM security_event e LEFT JOIN person p ON p.id = e.person "
        "LEFT JOIN event_handling h ON h.event = e.id LEFT JOIN person o ON o.id = h.person");
QUERY(handling_of, "SELECT id FROM event_handling WHERE event = $1");
/* $1 root office, $2 since */
QUERY(events_by_kind,
        "SELECT e.kind, COUNT(*), CAST(SUM(CASE WHEN h.id IS NULL THEN 1 ELSE 0 END) AS BIGINT) "
        "FROM security_event e LEFT JOIN event_handling h ON h.event = e.id WHERE e.instant >= $2 AND "
        "e.office IN "
        "(SELECT c.office FROM office_closure c WHERE c.root = $1 UNION ALL SELECT CAST($1 AS BIGINT)) "
        "GROUP BY e.kind ORDER BY e.kind");

/* A person with an administrator's post and another post or right on the same day. */
QUERY(exclusive_all,
        "SELECT 'ADMINISTRATORS' AS invariant, 'post_holder' AS record, a.id AS id, x.kind AS detail "
        "FROM post_holder a JOIN post x ON x.id = a.post JOIN post_holder b ON b.person = a.person AND b.id "
        "<> a.id "
        "JOIN post y ON y.id = b.post WHERE x.kind IN ('system', 'security', 'audit', 'auditor') AND y.kind "
        "<> x.kind "
        "AND " RUNS("a") "AND " RUNS("b")
        "AND (a.valid_to = 0 OR a.valid_to >= b.valid_from) AND (b.valid_to = 0 OR b.valid_to >= "
        "a.valid_from) "
        "UNION ALL SELECT 'ADMINISTRATORS', 'right_grant', g.id, g.function FROM right_grant g "
        "JOIN post_holder h ON h.person = g.person JOIN post z ON z.id = h.post "
        "WHERE z.kind IN ('system', 'security', 'audit', 'auditor') AND " RUNS("g") "AND " RUNS("h")
        "AND (h.valid_to = 0 OR h.valid_to >= g.valid_from) AND (g.valid_to = 0 OR g.valid_to >= "
        "h.valid_from) "
        "UNION ALL SELECT 'ADMINISTRATORS', 'delegation', d.id, z.kind FROM delegation d "
        "JOIN post_holder h ON h.person = d.delegate JOIN post z ON z.id = h.post "
        "WHERE d.state = 1 AND z.kind IN ('system', 'security', 'audit', 'auditor') AND " RUNS("h")
        "AND (h.valid_to = 0 OR h.valid_to >= d.valid_from) AND d.valid_to >= h.valid_from");

/* $1 office. Persons who do business: at least two, for nobody reviews his own entry. */
QUERY(setup_people,
        "SELECT CASE WHEN COUNT(*) >= 2 THEN 1 ELSE 0 END FROM person p WHERE p.office = $1 AND NOT EXISTS ("
        "SELECT 1 FROM post_holder h JOIN post t ON t.id = h.post WHERE h.person = p.id "
        "AND t.kind IN ('system', 'security', 'audit'))");
#define HELD(kind_)                                                                                         \
        "SELECT COUNT(*) FROM post_holder h JOIN post t ON t.id = h.post WHERE t.office = $1 AND t.kind = " \
        "'" kind_ "' AND h.valid_to = 0"
QUERY(setup_operator, HELD("operator"));
QUERY(setup_reviewer, HELD("reviewer"));
QUERY(setup_accountant, HELD("accountant"));

const Query *const identity_queries[] = {
        &query_setup_people,
        &query_setup_operator,
        &query_setup_reviewer,
        &query_setup_accountant,
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
        &query_delegations_of_delegate,
        &query_delegations_alike,
        &query_delegation_any,
        &query_delegation_overlap,
        &query_holding_overlap,
        &query_posts_of_office,
        &query_persons_of_office,
        &query_person_named,
        &query_person_organization,
        &query_chain_last,
        &query_name_in_closure,
        &query_credential_insert,
        &query_credential_set,
        &query_credential_select,
        &query_credential_attempt,
        &query_credential_lock,
        &query_credential_good,
        &query_credential_undo,
        &query_place_select,
        &query_place_attempt,
        &query_place_good,
        &query_place_undo,
        &query_place_set,
        &query_place_trim,
        &query_place_locked,
        &query_place_unlock,
        &query_place_forget,
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
        &query_session_delete_person,
        &query_departure_open,
        &query_departure_left,
        &query_leave_posts,
        &query_leave_grants,
        &query_leave_delegations,
        &query_leave_logins,
        &query_paper_handover,
        &query_factor_rules,
        &query_factors_of_login,
        &query_factors_shown,
        &query_factor_material,
        &query_factor_asked,
        &query_factor_secret,
        &query_factor_step,
        &query_factor_secret_take,
        &query_factor_secret_delete,
        &query_factor_pending,
        &query_factor_pending_set,
        &query_factor_pending_delete,
        &query_session_enrolled,
        &query_challenge_use,
        &query_challenge_delete_old,
        &query_step_up_insert,
        &query_step_up_delete_person,
        &query_step_up_use,
        &query_step_up_delete_old,
        &query_handling_of,
        &query_events_by_kind,
        &query_emergency_standing,
        &query_emergency_state,
        &query_emergency_taken,
        &query_emergency_holding,
        &query_emergency_steps,
        &query_emergency_sessions,
        NULL,
};
