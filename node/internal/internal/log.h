/* SPDX-License-Identifier: Apache-2.0 */
/* The one place that writes for operators: journald when it is there, lines on stderr otherwise. Library
 * code returns errors; whoever ends the matter (command runner, thread loop, main) logs once. Never private
 * data. */
#pragma once

#include <stdbool.h>

#include <node/macro.h>

typedef enum LogLevel {
        LOG_LEVEL_ERROR = 3,
        LOG_LEVEL_WARNING = 4,
        LOG_LEVEL_INFO = 6,
        LOG_LEVEL_DEBUG = 7
} LogLevel;

/* Chooses the sink once; name appears in each line ("5101"). */
void log_open(const char *name, LogLevel level_max);
void log_line(LogLevel level, const char *format, ...) _printf_(2, 3);

#define log_error(...) log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_line(LOG_LEVEL_INFO, __VA_ARGS__)
