/* SPDX-License-Identifier: Apache-2.0 */
/* What the system can do in an emergency, and the plan for each kind: data (14.2.5). Labels stand in
 * emergency-codes.def. */

#include <string.h>

#include <node/text.h>

#include "emergency.h"

const EmergencyMeasure emergency_measures[] = {
        { "end_sessions", EMERGENCY_SESSIONS, NULL },
        { "close_login", EMERGENCY_LOGIN, "identity.emergency_login" },
        { "read_only", EMERGENCY_READ_ONLY, "identity.emergency_read_only" },
        { "hold_money", EMERGENCY_MONEY, "identity.emergency_money" },
        { "close_partners", EMERGENCY_PARTNERS, "identity.emergency_partners" },
        { NULL, 0, NULL },
};

/* Asked of every kind, in this order, those of the kind between the first two and the rest. */
#define PLAN_BEGIN "report_leader", "keep_evidence"
#define PLAN_END "verify_chain", "reconcile", "notify_people", "review", NULL

static const char *const intrusion[] = { PLAN_BEGIN, "cut_network", "find_entry", "reset_passwords",
        PLAN_END };
static const char *const leaked[] = { PLAN_BEGIN, "lock_account", "list_actions", "reset_passwords",
        PLAN_END };
static const char *const damaged[] = { PLAN_BEGIN, "stop_writing", "restore_backup", PLAN_END };
static const char *const bank[] = { PLAN_BEGIN, "call_bank", "paper_slips", "match_bank", PLAN_END };
static const char *const disaster[] = { PLAN_BEGIN, "people_safe", "other_site", "restore_backup",
        "paper_slips", PLAN_END };
static const char *const other[] = { PLAN_BEGIN, PLAN_END };

static const struct {
        const char *kind;
        const char *const *steps;
} plans[] = {
        { "intrusion", intrusion },
        { "leaked_account", leaked },
        { "data_damaged", damaged },
        { "bank_link", bank },
        { "disaster", disaster },
        { "other", other },
};

const EmergencyMeasure *emergency_measure_find(const char *code) {
        for (const EmergencyMeasure *measure = emergency_measures; measure->code; measure++)
                if (text_equal(measure->code, code))
                        return measure;
        return NULL;
}

const char *const *emergency_plan(const char *kind) {
        for (size_t i = 0; i < ELEMENTSOF(plans); i++)
                if (text_equal(plans[i].kind, kind))
                        return plans[i].steps;
        return NULL;
}
