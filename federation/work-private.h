/* SPDX-License-Identifier: Apache-2.0 */
/* Acting on one frame; shared by the files that do. */
#pragma once

#include "frame.h"
#include "service-private.h"

typedef struct Acting {
        FederationService *service;
        const Context *context;
        const Directory *directory;
        Work *work;
        Arena *arena;
} Acting;

/* Notes why the session ends; returns result. */
int act_fail(Work *work, int result, const char *reason);
int act_directory(Acting *acting, const DirectoryMessage *message) _must_check_;
int act_returned(Acting *acting, const ReturnedMessage *message) _must_check_;
