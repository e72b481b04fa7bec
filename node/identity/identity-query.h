/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of identity. */
#pragma once

#include <node/store.h>

extern const Query query_person_any, query_login_find, query_login_taken, query_login_row,
        query_logins_usable, query_post_find, query_holder_overlap, query_holders_of_person,
        query_name_in_closure, query_grants_of_person, query_grants_of_post, query_grants_any, query_chain_last,
        query_delegations_of_delegate, query_delegations_alike, query_delegation_any,
        query_delegation_overlap, query_holding_overlap, query_posts_of_office, query_persons_of_office,
        query_person_named, query_person_organization;
extern const Query query_credential_insert, query_credential_set, query_credential_select,
        query_credential_attempt, query_credential_lock, query_credential_good, query_credential_expire,
        query_history_insert, query_history_last, query_history_select, query_history_trim;
extern const Query query_session_next, query_session_insert, query_session_find, query_session_seen,
        query_session_delete, query_session_delete_own, query_session_delete_login,
        query_session_delete_others, query_session_delete_old, query_session_surplus,
        query_sessions_of_login, query_session_office;
extern const Query query_factor_rules, query_factors_of_login, query_factors_shown, query_factor_material,
        query_factor_asked, query_factor_secret, query_factor_step, query_factor_secret_take,
        query_factor_secret_delete,
        query_factor_pending, query_factor_pending_set, query_factor_pending_delete, query_session_enrolled,
        query_challenge_use, query_challenge_delete_old, query_credential_undo;
extern const Query query_place_select, query_place_attempt, query_place_good, query_place_undo, query_place_set,
        query_place_trim, query_place_locked, query_place_unlock, query_place_forget;
extern const Query query_session_delete_person, query_departure_open, query_departure_left,
        query_leave_posts, query_leave_grants, query_leave_delegations, query_leave_logins,
        query_paper_handover, query_step_up_delete_person;
extern const Query query_step_up_insert, query_step_up_use, query_step_up_delete_old;
extern const Query query_handling_of, query_events_by_kind;
extern const Query query_view_persons, query_view_posts, query_view_rights, query_view_sessions,
        query_view_events, query_view_rules, query_view_delegations, query_view_departures,
        query_view_choose_person, query_view_factors, query_view_factor_requests;
extern const Query query_exclusive_all, query_setup_people, query_setup_operator, query_setup_reviewer,
        query_setup_accountant;
extern const Query *const identity_queries[];
