/* SPDX-License-Identifier: Apache-2.0 */
/* Inside identity: emergencies (14.2.5), their measures and their plan. */
#pragma once

#include "identity-kernel.h"

typedef struct Emergency {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "emergency.def"
#undef FIELD
} Emergency;
enum { EMERGENCY_STANDS, EMERGENCY_ENDED };
typedef struct EmergencyTaken {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "emergency-measure.def"
#undef FIELD
} EmergencyTaken;
typedef struct EmergencyStep {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "emergency-step.def"
#undef FIELD
} EmergencyStep;
typedef struct EmergencyChoice {
#define FIELD FIELD_MEMBER
#include "emergency-choice.def"
#undef FIELD
} EmergencyChoice;
typedef struct EmergencyInput {
#define FIELD FIELD_MEMBER
#include "emergency-input.def"
#undef FIELD
} EmergencyInput;
typedef struct EmergencyTake {
#define FIELD FIELD_MEMBER
#include "emergency-take.def"
#undef FIELD
} EmergencyTake;
typedef struct EmergencyTick {
#define FIELD FIELD_MEMBER
#include "emergency-tick.def"
#undef FIELD
} EmergencyTick;
typedef struct EmergencyEnd {
#define FIELD FIELD_MEMBER
#include "emergency-end.def"
#undef FIELD
} EmergencyEnd;

/* --- emergency-records.c, emergency-view.c --- */
extern const Record record_emergency, record_emergency_measure, record_emergency_step,
        record_emergency_choice, record_emergency_input, record_emergency_take, record_emergency_tick,
        record_emergency_end;
extern const StateName emergency_states[];
extern const Command command_declare_emergency, command_take_measure, command_tick_emergency_step,
        command_end_emergency;
extern const View view_emergencies, view_emergency_measures, view_emergency_steps;
extern const Panel identity_panels[];

/* --- emergency-query.c --- */
extern const Query query_emergency_standing, query_emergency_state, query_emergency_taken,
        query_emergency_holding, query_emergency_steps, query_emergency_sessions, query_view_emergencies,
        query_view_emergency_measures, query_view_emergency_steps;

/* --- emergency-codes.c --- */
typedef struct EmergencyMeasure {
        const char *code;
        unsigned bit;        /* of the measures in internal/identity.h */
        const char *refusal; /* what whoever it stops is told; NULL: it stops nobody, it is done once */
} EmergencyMeasure;
extern const EmergencyMeasure emergency_measures[]; /* ends with an empty row */
const EmergencyMeasure *emergency_measure_find(const char *code);
/* Steps for a kind, ended by NULL; NULL: no such kind. */
const char *const *emergency_plan(const char *kind);

/* --- emergency-command.c --- */
int emergency_prepare(Engine *engine, const Caller *caller, const void *input, Arena *arena, void **ret);
int run_declare_emergency(Request *q, const void *input, void *ret_output);
int run_take_measure(Request *q, const void *input, void *ret_output);
int run_tick_emergency_step(Request *q, const void *input, void *ret_output);
int run_end_emergency(Request *q, const void *input, void *ret_output);

/* --- emergency.c: the doors --- */
int emergency_command(
        void *data, const Caller *caller, const Command *command, Arena *arena, Refusal *ret) _must_check_;
