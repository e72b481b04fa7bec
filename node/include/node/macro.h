/* SPDX-License-Identifier: Apache-2.0 */
/* Words the compiler helps us keep: cleanup, must-check, element counts. */
#pragma once

#include <stddef.h>

#define _cleanup_(function) __attribute__((cleanup(function)))
#define _must_check_ __attribute__((warn_unused_result))
#define _printf_(string_index, first) __attribute__((format(printf, string_index, first)))
#define _unused_ __attribute__((unused))

#define ELEMENTSOF(array) (sizeof(array) / sizeof((array)[0]))

/* Hands ownership over: returns the pointer and leaves NULL behind, so that a cleanup does nothing. */
#define TAKE_PTR(pointer)                         \
        ({                                        \
                __typeof__(pointer) *taken_from_ = &(pointer); \
                __typeof__(pointer) taken_ = *taken_from_;     \
                *taken_from_ = NULL;              \
                taken_;                           \
        })

/* Defines name##p() for _cleanup_() from a destructor that accepts NULL. */
#define DEFINE_CLEANUP(type, destructor)                   \
        static inline void destructor##p(type **pointer) { \
                if (*pointer)                              \
                        destructor(*pointer);              \
        }
