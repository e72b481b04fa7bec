/* SPDX-License-Identifier: Apache-2.0 */
/* The SQL of emergencies. */

#include "emergency.h"

#define QUERY(symbol_, text_) const Query query_##symbol_ = { "identity." #symbol_, text_ }

QUERY(emergency_standing, "SELECT id FROM emergency WHERE office = $1 AND state = 0 ORDER BY id LIMIT 1");
/* $1 office: what stands, a row for each measure that holds */
QUERY(emergency_state, "SELECT e.id, e.kind, e.declared_at, p.name, coalesce(m.measure, '') FROM emergency e "
                       "JOIN person p ON p.id = e.declared_by "
                       "LEFT JOIN emergency_measure m ON m.emergency = e.id AND m.lifted_at = 0 "
                       "WHERE e.office = $1 AND e.state = 0 ORDER BY e.id, m.id");
QUERY(emergency_taken,
        "SELECT id FROM emergency_measure WHERE emergency = $1 AND measure = $2 AND lifted_at = 0 LIMIT 1");
QUERY(emergency_holding,
        "SELECT id FROM emergency_measure WHERE emergency = $1 AND lifted_at = 0 ORDER BY id");
QUERY(emergency_steps,
        "SELECT CAST(coalesce(sum(CASE WHEN done_by = 0 THEN 1 ELSE 0 END), 0) AS BIGINT), COUNT(*) "
        "FROM emergency_step WHERE emergency = $1");
QUERY(emergency_sessions, "SELECT DISTINCT person FROM session WHERE office = $1 ORDER BY person");
QUERY(view_emergencies,
        "SELECT e.id, e.office, e.version, e.declared_at, e.kind, e.reason, e.declared_by, "
        "p.name AS declared_name, e.state, "
        "coalesce(f.name, '') AS ended_name, e.ended_at, e.sessions, e.steps_done, e.steps_open "
        "FROM emergency e JOIN person p ON p.id = e.declared_by LEFT JOIN person f ON f.id = e.ended_by");
QUERY(view_emergency_measures,
        "SELECT m.id, m.office, m.version, m.emergency, m.measure, m.taken_at, p.name AS taken_name, "
        "m.sessions, m.lifted_at FROM emergency_measure m JOIN person p ON p.id = m.taken_by");
QUERY(view_emergency_steps,
        "SELECT s.id, s.office, s.version, s.emergency, s.place, s.step, "
        "CASE WHEN s.done_by = 0 THEN 0 ELSE 1 END AS done, coalesce(p.name, '') AS done_name, s.done_at, "
        "s.note FROM emergency_step s LEFT JOIN person p ON p.id = s.done_by");
