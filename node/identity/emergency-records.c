/* SPDX-License-Identifier: Apache-2.0 */
/* Records of emergencies: names, numbers and states are data (14.2.5). */

#include "emergency.h"

const StateName emergency_states[] = {
        { "stands", "正在处置" },
        { "ended", "已解除" },
        { NULL, NULL },
};
static const Transition transitions[] = {
        { "identity.declare_emergency", -1, EMERGENCY_STANDS },
        { "identity.end_emergency", EMERGENCY_STANDS, EMERGENCY_ENDED },
        { NULL, 0, 0 },
};

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define FIELDS_OF Emergency
static const Field emergency_fields[] = {
#include "emergency.def"
};
#undef FIELDS_OF
#define FIELDS_OF EmergencyTaken
static const Field measure_fields[] = {
#include "emergency-measure.def"
};
#undef FIELDS_OF
#define FIELDS_OF EmergencyStep
static const Field step_fields[] = {
#include "emergency-step.def"
};
#undef FIELDS_OF
#define FIELDS_OF EmergencyChoice
static const Field choice_fields[] = {
#include "emergency-choice.def"
};
#undef FIELDS_OF
#define FIELDS_OF EmergencyInput
static const Field input_fields[] = {
#include "emergency-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF EmergencyTake
static const Field take_fields[] = {
#include "emergency-take.def"
};
#undef FIELDS_OF
#define FIELDS_OF EmergencyTick
static const Field tick_fields[] = {
#include "emergency-tick.def"
};
#undef FIELDS_OF
#define FIELDS_OF EmergencyEnd
static const Field end_fields[] = {
#include "emergency-end.def"
};
#undef FIELDS_OF
#undef FIELD

const Record record_emergency = { .name = "emergency",
        .label = "应急处置",
        .clause = "14.2.5",
        .number = 35,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_SYSTEM,
        RECORD_FIELDS(emergency_fields, Emergency),
        .state = "state",
        .transitions = transitions };

#define RECORD(symbol_, label_, number_, fields_, type_)                                                    \
        const Record record_##symbol_ = { .name = #symbol_,                                                 \
                .label = label_,                                                                            \
                .clause = "14.2.5",                                                                         \
                .number = number_,                                                                          \
                .shape = SHAPE_REGISTER,                                                                    \
                .store = STORE_SYSTEM,                                                                      \
                RECORD_FIELDS(fields_, type_) }
RECORD(emergency_measure, "应急措施", 36, measure_fields, EmergencyTaken);
RECORD(emergency_step, "应急预案步骤", 37, step_fields, EmergencyStep);

#define VALUE_RECORD(symbol_, label_, fields_, type_)                                                       \
        const Record record_##symbol_ = { .name = "identity." #symbol_,                                     \
                .label = label_,                                                                            \
                .clause = "14.2.5",                                                                         \
                .shape = SHAPE_VALUE,                                                                       \
                .store = STORE_SYSTEM,                                                                      \
                RECORD_FIELDS(fields_, type_) }
VALUE_RECORD(emergency_choice, "应急措施", choice_fields, EmergencyChoice);
VALUE_RECORD(emergency_input, "宣布应急", input_fields, EmergencyInput);
VALUE_RECORD(emergency_take, "追加应急措施", take_fields, EmergencyTake);
VALUE_RECORD(emergency_tick, "完成预案步骤", tick_fields, EmergencyTick);
VALUE_RECORD(emergency_end, "解除应急", end_fields, EmergencyEnd);
