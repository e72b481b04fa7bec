/* SPDX-License-Identifier: Apache-2.0 */
/* The ready-made posts and what each may do: data. Administrators hold no business function and no business
 * post holds an administrator's. What an office wants beyond this it grants as rights. */

#include <string.h>

#include <node/text.h>

#include "identity-kernel.h"

static const char *const none[] = { NULL };

/* 14.2.5: either administrator declares, another ends. */
#define EMERGENCY                                                                                           \
        "command:identity.declare_emergency", "command:identity.take_measure",                              \
                "command:identity.tick_emergency_step", "command:identity.end_emergency",                   \
                "view:identity.emergenc*"

/* 14.2.2: whoever asked for a weaker rule does not decide it; the program compares the persons. */
#define SETTING_DECISIONS                                                                                   \
        "command:node.approve_setting*", "command:node.refuse_setting*", "view:node.setting_requests*"

/* 14.4.2A: a password and a second factor of the same person are never one administrator's. The audit one decides too:
 * in an office of three, whoever lost his own comes in again by the other two. */
#define FACTOR_DECISIONS                                                                                    \
        "command:identity.approve_factor", "command:identity.refuse_factor", "view:identity.factor_requests"

static const char *const system_functions[] = {
        "command:identity.create_person",
        "command:identity.add_login",
        "command:identity.revoke_factor",
        "view:identity.factors",
        FACTOR_DECISIONS,
        "command:federation.issue_code",
        "command:node.change_setting*",
        SETTING_DECISIONS,
        "command:node.release*",
        "view:identity.persons",
        "view:identity.posts",
        "view:essential.choose_organization",
        "view:federation.*",
        "view:node.settings*",
        "view:node.blocks*",
        "other:federation.*",
        "other:status.read",
        "command:identity.confirm_departure",
        EMERGENCY,
        NULL,
};
static const char *const security_functions[] = {
        "command:identity.*",
        "view:identity.persons",
        "view:identity.posts",
        "view:identity.rights",
        "view:identity.sessions",
        "view:identity.delegations",
        "view:identity.post_rules",
        "view:identity.departures",
        "view:identity.factors",
        "view:identity.factor_requests",
        "view:identity.security_events",
        "view:identity.emergenc*",
        SETTING_DECISIONS,
        "view:node.settings*",
        "other:status.read",
        "command:federation.approve_enrolment",
        "command:federation.refuse_enrolment",
        "view:federation.enrolments",
        NULL,
};
static const char *const security_except[] = { "command:identity.create_person",
        "command:identity.add_login", "command:identity.request_delegation",
        "command:identity.withdraw_delegation", NULL };
static const char *const audit_functions[] = {
        "view:identity.*",
        "view:node.*",
        "view:audit.*",
        "view:private.*",
        "command:identity.handle_event",
        "command:identity.tick_emergency_step",
        /* whoever declares one cannot end it: with a third, an office that lost an administrator opens again */
        "command:identity.end_emergency",
        FACTOR_DECISIONS,
        "other:audit.*",
        "other:status.read",
        "command:identity.confirm_departure",
        NULL,
};

/* The other half of the two-person rule. */
#define CHECKER_COMMANDS                                                                                    \
        "command:*.review", "command:*.post", "command:*.post_batch", "command:*.return",                   \
                "command:deposit.refuse_payment", "command:deposit.reverse", "command:essential.check_*",   \
                "command:essential.return_*", "command:essential.effect_*",                                 \
                "command:essential.approve_partner", "command:essential.check_list",                        \
                "command:accounting.post_opening"
/* The third: whoever answers for the office lets money out. */
#define APPROVER_COMMANDS "command:*.approve", "command:*.approve_batch", "command:*.reject"
/* What everybody in business may do for himself. */
#define OWN_COMMANDS                                                                                        \
        "command:identity.request_delegation", "command:identity.withdraw_delegation",                      \
                "command:identity.confirm_departure", "view:identity.choose_person"

static const char *const operator_functions[] = {
        "command:essential.*",
        "command:deposit.*",
        "command:utilizing.*",
        "command:returns.*",
        "command:import.*",
        "command:private.*",
        OWN_COMMANDS,
        "view:essential.*",
        "view:deposit.*",
        "view:documents.*",
        "view:utilizing.*",
        "view:returns.*",
        "view:import.*",
        "other:facts.read",
        "other:attachment.*",
        "other:import.*",
        "other:paper.*",
        NULL,
};
static const char *const operator_except[] = { CHECKER_COMMANDS, APPROVER_COMMANDS, NULL };
static const char *const reviewer_functions[] = {
        CHECKER_COMMANDS,
        "other:attachment.*",
        "command:private.*",
        OWN_COMMANDS,
        "view:essential.*",
        "view:deposit.*",
        "view:documents.*",
        "view:utilizing.*",
        "view:returns.*",
        "view:accounting.*",
        "other:facts.read",
        "other:paper.*",
        NULL,
};
static const char *const approver_functions[] = {
        APPROVER_COMMANDS,
        "command:private.*",
        OWN_COMMANDS,
        "view:essential.*",
        "view:deposit.*",
        "view:documents.*",
        "view:utilizing.*",
        "view:returns.*",
        "view:accounting.*",
        "other:facts.read",
        "other:paper.*",
        NULL,
};
static const char *const accountant_functions[] = {
        OWN_COMMANDS,
        "command:accounting.*",
        "view:accounting.*",
        "view:deposit.*",
        "view:essential.*",
        "view:returns.*",
        "other:facts.read",
        "other:import.balance",
        "other:paper.*",
        NULL,
};
static const char *const accountant_except[] = { CHECKER_COMMANDS, APPROVER_COMMANDS, NULL };
static const char *const supervisor_functions[] = {
        OWN_COMMANDS,
        "view:essential.*",
        "view:deposit.*",
        "view:utilizing.*",
        "view:returns.*",
        "view:accounting.*",
        "view:statistics.*",
        "view:monitoring.*",
        "view:acquisition.*",
        "view:federation.*",
        "other:facts.read",
        "other:federation.read",
        NULL,
};

/* An audit visit: the whole office to read, nothing to change (domain 0.1, 20). */
static const char *const auditor_functions[] = {
        "view:*",
        "other:facts.read",
        "other:federation.read",
        "other:paper.*",
        "other:audit.*",
        NULL,
};

/* What an involved organization's own user sees of his areas (2.0.11); the engine narrows each list to it.
 */
#define OUTSIDE_VIEWS                                                                                       \
        "view:essential.organizations", "view:essential.area_services", "view:essential.served_areas",      \
                "view:essential.served_buildings", "view:essential.served_apartments"
static const char *const outside_functions[] = { OUTSIDE_VIEWS, NULL };
static const char *const construction_functions[] = {
        OUTSIDE_VIEWS,
        "view:essential.building_filings",
        "other:import.building_table",
        "other:import.ownership",
        "other:filing.send",
        NULL,
};

const PostKind post_kinds[] = {
        { "system", "系统管理员", POST_ADMINISTRATOR, system_functions, none },
        { "security", "安全管理员", POST_ADMINISTRATOR, security_functions, security_except },
        { "audit", "审计管理员", POST_ADMINISTRATOR, audit_functions, none },
        { "operator", "经办", POST_BUSINESS, operator_functions, operator_except },
        { "reviewer", "复核", POST_BUSINESS, reviewer_functions, none },
        { "approver", "审批", POST_BUSINESS, approver_functions, none },
        { "accountant", "会计", POST_BUSINESS, accountant_functions, accountant_except },
        { "supervisor", "监管", POST_BUSINESS, supervisor_functions, none },
        { "auditor", "审计检查", POST_VISITOR, auditor_functions, none },
        { "construction_unit", "建设单位", POST_OUTSIDE, construction_functions, none },
        { "property_company", "物业服务企业", POST_OUTSIDE, outside_functions, none },
        { "owner_committee", "业主委员会", POST_OUTSIDE, outside_functions, none },
        { "cost_reviewer", "审价单位", POST_OUTSIDE, outside_functions, none },
        { "supervision_unit", "监理单位", POST_OUTSIDE, outside_functions, none },
        { NULL },
};

const PostKind *post_kind_find(const char *code) {
        for (const PostKind *kind = post_kinds; kind->code; kind++)
                if (strcmp(kind->code, code) == 0)
                        return kind;
        return NULL;
}

bool function_matches(const char *pattern, const char *function) {
        const char *star = strchr(pattern, '*');

        if (!star)
                return strcmp(pattern, function) == 0;
        size_t before = (size_t) (star - pattern), after = strlen(star + 1), size = strlen(function);
        return size >= before + after && memcmp(pattern, function, before) == 0 &&
               memcmp(star + 1, function + size - after, after) == 0;
}

static bool any_matches(const char *const *patterns, const char *function) {
        for (; *patterns; patterns++)
                if (function_matches(*patterns, function))
                        return true;
        return false;
}

bool post_kind_allows(const PostKind *kind, const char *function) {
        /* made for users of involved organizations: staff have the whole lists */
        if (kind->class != POST_OUTSIDE && function_matches("view:essential.served_*", function))
                return false;
        return any_matches(kind->functions, function) && !any_matches(kind->except, function);
}

bool post_kind_exclusive(const PostKind *kind) {
        return kind->class != POST_BUSINESS;
}

static const char *function_body(const char *pattern) {
        static const char *const forms[] = { "command:", "view:", "other:" };

        for (size_t i = 0; i < ELEMENTSOF(forms); i++)
                if (strncmp(pattern, forms[i], strlen(forms[i])) == 0)
                        return pattern + strlen(forms[i]);
        return NULL;
}

bool function_pattern_valid(const char *pattern) {
        const char *body = function_body(pattern);
        const char *star = body ? strchr(body, '*') : NULL;

        return body && *body && strlen(body) == strspn(body, "abcdefghijklmnopqrstuvwxyz0123456789_.*") &&
               (!star || !strchr(star + 1, '*'));
}

/* Anything that could match a name beginning with the prefix. */
static bool reaches(const char *body, const char *prefix) {
        size_t fixed = strcspn(body, "*"), size = strlen(prefix);

        return strncmp(body, prefix, fixed < size && body[fixed] == '*' ? fixed : size) == 0;
}

bool function_administrators(const char *pattern) {
        static const char *const prefixes[] = { "identity.", "node.", "federation.", "audit." };
        const char *body = function_body(pattern);

        if (!body)
                return true;
        for (size_t i = 0; i < ELEMENTSOF(prefixes); i++)
                if (reaches(body, prefixes[i]))
                        return strncmp(pattern, "view:federation.", 16) != 0;
        return false;
}
