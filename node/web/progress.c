/* SPDX-License-Identifier: Apache-2.0 */
/* The last progress of each run, and what a stream's reader has not seen of it. Only the newest counts: a
 * slow reader skips, it never falls behind. */

#include <stdlib.h>
#include <string.h>

#include "web-private.h"

#define STATE_MAX 24
#define MESSAGE_MAX 400

typedef struct ProgressEntry {
        Id run;
        uint64_t version; /* rises over all entries; 0: free */
        char state[STATE_MAX], message[MESSAGE_MAX];
        int64_t done, total;
        bool final;
} ProgressEntry;

struct Progress {
        pthread_mutex_t mutex;
        uint64_t version;
        ProgressEntry entries[WEB_PROGRESS_MAX];
};

Progress *progress_new(void) {
        Progress *progress = calloc(1, sizeof(*progress));
        if (!progress)
                return NULL;
        pthread_mutex_init(&progress->mutex, NULL);
        progress->version = 1; /* a stream that has seen nothing says 1 */
        return progress;
}

Progress *progress_free(Progress *progress) {
        if (!progress)
                return NULL;
        pthread_mutex_destroy(&progress->mutex);
        free(progress);
        return NULL;
}

/* The run's own entry, else a free one, else the oldest that has ended. */
static ProgressEntry *entry_for(Progress *progress, Id run) {
        ProgressEntry *found = NULL;

        for (size_t i = 0; i < WEB_PROGRESS_MAX; i++) {
                ProgressEntry *entry = &progress->entries[i];
                if (entry->version > 0 && entry->run.value == run.value)
                        return entry;
                if ((entry->version == 0 || entry->final) && (!found || entry->version < found->version))
                        found = entry;
        }
        return found;
}

/* Copies whole UTF-8 characters only. */
static void words_copy(char *ret, size_t max, const char *text) {
        size_t size = text ? strlen(text) : 0;

        if (size >= max) {
                size = max - 1;
                while (size > 0 && ((unsigned char) text[size] & 0xc0) == 0x80)
                        size--;
        }
        memcpy(ret, text ? text : "", size);
        ret[size] = 0;
}

int progress_put(Progress *progress, Id run, const WebProgress *news) {
        int r = -EAGAIN;

        pthread_mutex_lock(&progress->mutex);
        ProgressEntry *entry = entry_for(progress, run);
        if (entry) {
                *entry = (ProgressEntry){ .run = run,
                        .version = ++progress->version,
                        .done = news->done,
                        .total = news->total,
                        .final = news->final };
                words_copy(entry->state, STATE_MAX, news->state);
                words_copy(entry->message, MESSAGE_MAX, news->message);
                r = 0;
        }
        pthread_mutex_unlock(&progress->mutex);
        return r;
}

static int dump_into(const char *data, size_t size, void *buffer) {
        buffer_append(buffer, data, size);
        return 0;
}

void progress_event(Buffer *out, const char *state, int64_t done, int64_t total, const char *message) {
        json_t *object = json_pack("{s:s,s:I,s:I,s:s}", "state", state, "done", (json_int_t) done, "total",
                (json_int_t) total, "message", message ? message : "");

        buffer_text(out, "data: ");
        if (object)
                json_dump_callback(object, dump_into, out, JSON_COMPACT);
        buffer_text(out, "\n\n");
        json_decref(object);
}

bool progress_next(void *data, int64_t run, uint64_t *version, Buffer *out) {
        Progress *progress = ((Web *) data)->progress;
        bool final = false;

        pthread_mutex_lock(&progress->mutex);
        for (size_t i = 0; i < WEB_PROGRESS_MAX; i++) {
                const ProgressEntry *entry = &progress->entries[i];
                if (entry->run.value != run || entry->version <= *version)
                        continue;
                progress_event(out, entry->state, entry->done, entry->total, entry->message);
                *version = entry->version;
                final = entry->final;
                break;
        }
        pthread_mutex_unlock(&progress->mutex);
        return final;
}
