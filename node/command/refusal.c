/* SPDX-License-Identifier: Apache-2.0 */
/* Refusals made readable at the edge, and commands whose input is JSON. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "request.h"

#define SENTENCE_BYTES_MAX 4096u

const char *refusal_sentence(const Registry *registry, const Refusal *refusal, Arena *arena) {
        const ErrorText *error = registry_error(registry, refusal->code);
        Buffer buffer = BUFFER_INIT(SENTENCE_BYTES_MAX);
        const char *at, *sentence;

        if (!error)
                return refusal->code;
        for (at = error->sentence; *at; at++) {
                if (at[0] == '{' && isdigit((unsigned char) at[1]) && at[2] == '}') {
                        size_t i = (size_t) (at[1] - '0');

                        if (i < refusal->n_arguments)
                                buffer_text(&buffer, refusal->arguments[i]);
                        at += 2;
                } else {
                        buffer_append(&buffer, at, 1);
                }
        }
        sentence = buffer_error(&buffer) < 0 ? NULL
                                             : arena_strndup(arena, (const char *) buffer.data, buffer.size);
        buffer_done(&buffer);
        return sentence ? sentence : error->sentence;
}

static void fault_reply(const FieldFault *fault, int result, Arena *arena, Reply *ret) {
        char limit[32] = "";

        *ret = (Reply){ .result = result };
        if (result != -EREFUSED_ && result != -EMALFORMED_)
                return;
        ret->refusal.code = fault->code;
        if (!fault->field)
                return;
        if (fault->field->max != 0)
                (void) snprintf(limit, sizeof(limit), "%lld", (long long) fault->field->max);
        ret->refusal.field = fault->field->name;
        ret->refusal.arguments[0] = fault->field->label;
        ret->refusal.arguments[1] = arena_strdup(arena, limit);
        ret->refusal.n_arguments = ret->refusal.arguments[1] ? 2 : 1;
}

static int input_take(
        const Command *command, const json_t *input, Arena *arena, void **ret, FieldFault *ret_fault) {
        void *row;
        int r;

        if (!command->input) {
                *ret_fault = (FieldFault){ NULL, "node.unknown_field" };
                if (!input || (json_is_object(input) && json_object_size(input) == 0))
                        return 0;
                return -EMALFORMED_;
        }
        row = arena_alloc(arena, command->input->size);
        if (!row)
                return -ENOMEM;
        r = record_from_json(command->input, input, arena, row, ret_fault);
        if (r >= 0)
                *ret = row;
        return r;
}

void command_execute_json(Engine *engine, const Caller *caller, const Command *command, const json_t *input,
        Arena *arena, Reply *ret) {
        FieldFault fault = { NULL, "node.bad_form" };
        void *row = NULL;
        int r;

        r = input_take(command, input, arena, &row, &fault);
        if (r < 0) {
                /* whoever may not do it is not told what is wrong with his form */
                static const Digest none;
                Permit ignored = { 0 };
                int permit = engine->permit_command ? engine->permit_command(engine->identity, caller,
                                                              command, &none, &ignored)
                                                    : 0;
                if (caller->organization.value && !(command->flags & COMMAND_ORGANIZATION))
                        permit = -EFORBIDDEN_;
                if (permit == -EFORBIDDEN_ || permit == -EAUTHENTICATE_)
                        *ret = (Reply){ .result = permit };
                else
                        fault_reply(&fault, r, arena, ret);
                return;
        }
        command_execute(engine, caller, command, row, arena, ret);
}

int command_digest_json(
        Engine *engine, const Command *command, const json_t *input, Arena *arena, Digest *ret) {
        FieldFault fault;
        void *row = NULL;
        int r;

        r = input_take(command, input, arena, &row, &fault);
        return r < 0 ? r : command_digest(engine, command, row, ret);
}
