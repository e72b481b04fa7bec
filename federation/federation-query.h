/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of the federation. Migrations first, then queries by subject. */
#pragma once

#include <node/module.h>

extern const Migration federation_migrations[];

/* archive: business and regulatory alike */
extern const Query query_batch_insert, query_batch_next, query_batch_get, query_batch_list, query_batch_digest,
        query_receipt_insert, query_receipt_digest, query_stream_get, query_stream_put, query_stream_list,
        query_counter_next, query_counter_get;
extern const Query query_ack_get, query_ack_put, query_ack_after, query_ack_list, query_alarm_insert, query_alarm_list,
        query_state_get, query_state_put, query_returned_clear, query_returned_insert, query_returned_list,
        query_returned_total_put, query_grant_get, query_grant_insert, query_grant_of_stream;
/* regulatory */
extern const Query query_aside_put, query_aside_get, query_aside_clear, query_aside_waiting, query_aside_count,
        query_aside_of, query_aside_by_batch, query_returned_serial_put, query_returned_after, query_cell_put,
        query_cells_of_month, query_attest_due_put, query_attest_again,
        query_attest_due_list, query_attest_due_clear, query_attestation_get, query_attestation_put,
        query_attestation_after, query_attestation_list, query_unknown_put, query_unknown_list, query_unknown_clear;
/* business */
extern const Query query_own_cells_after;
/* figures by office, month, nature, phase, category */
extern const Query query_landed_figures[5], query_own_figures[5];
/* system */
extern const Query query_entry_insert, query_entry_list, query_entry_after, query_entry_serial, query_peer_get,
        query_peer_put, query_block_top, query_entry_newest, query_enrolment_by_code, query_enrolments,
        query_office_enrolled;
