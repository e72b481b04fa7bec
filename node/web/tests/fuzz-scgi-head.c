/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes at all: the parser answers, stays inside them, and what it accepts is what it promises. */

#include <stdlib.h>
#include <string.h>

#include <node/error.h>

#include "scgi-head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
        if (!holds)
                abort();
}

static void accepted_check(const char *data, size_t head_bytes, const ScgiHead *head) {
        demand(head->content_bytes >= 0);
        demand(data[head_bytes - 1] == ',');
        for (int i = 0; i < SCGI_KEYS; i++)
                if (head->values[i]) {
                        demand(head->values[i] > data && head->values[i] < data + head_bytes);
                        demand(head->values[i] + strlen(head->values[i]) < data + head_bytes);
                }
        demand(head->values[SCGI_REQUEST_METHOD] && head->values[SCGI_REQUEST_URI]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        ScgiHead head;
        size_t head_bytes = 0;
        char *exact = malloc(size + 1); /* its end is where the sanitizer watches */

        demand(exact != NULL);
        memcpy(exact, data, size);
        int r = scgi_head_parse(exact, size, &head, &head_bytes);
        demand(r == 1 || r == 0 || r == -E2BIG || r == -EMALFORMED_);
        if (r == 1) {
                demand(head_bytes <= size);
                accepted_check(exact, head_bytes, &head);
                demand(scgi_head_parse(exact, head_bytes - 1, &head, &head_bytes) == 0);
        }
        free(exact);
        return 0;
}
