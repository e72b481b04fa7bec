/* SPDX-License-Identifier: Apache-2.0 */
/* The verbs of the program. Each gets its own arguments with its name first and returns an exit status. */
#pragma once

#include <stdbool.h>

#include <node/macro.h>

#define VERB_USAGE 2

typedef struct Verb {
        const char *name, *arguments, *purpose;
        int (*run)(int argc, char **argv);
} Verb;

int verb_init(int argc, char **argv);
int verb_serve(int argc, char **argv);
int verb_enrol(int argc, char **argv);
int verb_command(int argc, char **argv);
int verb_view(int argc, char **argv);
int verb_verify(int argc, char **argv);
int verb_verify_export(int argc, char **argv);
int verb_describe(int argc, char **argv);

/* Value of "--name VALUE", or NULL. */
const char *option_value(int argc, char **argv, const char *name);
bool option_given(int argc, char **argv, const char *name);
/* The n-th argument that is neither an option nor an option's value; from 0. */
const char *argument_at(int argc, char **argv, int n);
