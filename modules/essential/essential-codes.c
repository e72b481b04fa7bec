/* SPDX-License-Identifier: Apache-2.0 */
/* The code sets of all rooms of essential, until the official codes of CJJ/T 257 are loaded (domain 3.2). */

#include <essential/essential.h>

#include "essential-codes.h"

const CodeValue essential_codes[] = {
#define CODE(set, code, label) { set, code, label },
#include "attachment/codes.def"
#include "housing/codes.def"
#include "organization/codes.def"
#include "support/codes.def"
#undef CODE
        { NULL, NULL, NULL },
};

const char *essential_code_label(const char *set, const char *code) {
        for (const CodeValue *value = essential_codes; value->set; value++)
                if (text_equal(value->set, set) && text_equal(value->code, code))
                        return value->label;
        return NULL;
}

bool essential_code_known(const char *set, const char *code) {
        return essential_code_label(set, code);
}
