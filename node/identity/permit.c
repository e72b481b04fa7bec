/* SPDX-License-Identifier: Apache-2.0 */
/* Rights: function x office x book x day, by posts and grants. What a person holds is read once and kept
 * until the system store's chain moves on; days are compared at each question, so midnight needs no event.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <internal/log.h>
#include <node/date.h>

#include "identity-kernel.h"

#define GRANTS_MAX 256u
#define FUNCTION_MAX 96u

typedef struct Grant {
        const PostKind *kind;        /* a post's functions, or */
        char function[FUNCTION_MAX]; /* one granted pattern */
        int64_t office;
        Id book;
        Date from, to;
} Grant;

struct Entry {
        Id person;
        int64_t seq, generation;
        bool usable; /* has a log-in that is neither locked nor waiting for a new password */
        bool broken; /* rows with a wrong MAC were left out */
        size_t n;
        Grant grants[];
};

typedef struct Loading {
        Identity *identity;
        Tx *tx;
        Id person;
        Grant grants[GRANTS_MAX];
        size_t n;
        Id posts[GRANTS_MAX]; /* of the grant of the same index; 0: not a post */
        size_t broken;
} Loading;

static int grant_add(Loading *loading, const Grant *grant, Id post) {
        if (loading->n == GRANTS_MAX)
                return -E2BIG;
        loading->grants[loading->n] = *grant;
        loading->posts[loading->n++] = post;
        return 0;
}

static int holders_load(Loading *loading) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char mac[RIGHTS_MAC_MAX];

        int r = tx_query(loading->tx, &query_holders_of_person, SQL_ARGS(value_id(loading->person)), &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                PostHolder row = { .head.office = rows_integer(rows, 0),
                        .person = { rows_integer(rows, 1) },
                        .post = { rows_integer(rows, 2) },
                        .valid_from = { (int32_t) rows_integer(rows, 3) },
                        .valid_to = { (int32_t) rows_integer(rows, 4) } };
                r = rights_mac_holder(loading->identity->engine->keys, &row, mac);
                if (r < 0)
                        return r;
                Grant grant = { .kind = post_kind_find(rows_text(rows, 6)),
                        .office = row.head.office,
                        .from = row.valid_from,
                        .to = row.valid_to };
                if (strcmp(mac, rows_text(rows, 5)) != 0)
                        loading->broken++;
                else if (grant.kind) {
                        r = grant_add(loading, &grant, row.post);
                        if (r < 0)
                                return r;
                }
        }
        return r;
}

/* Days of a grant to a post are those of the grant and of the holding together. */
static int grants_load(Loading *loading, const Query *query, Id subject, const Grant *holding) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char mac[RIGHTS_MAC_MAX];

        int r = tx_query(loading->tx, query, SQL_ARGS(value_id(subject)), &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                RightGrant row = { .head.office = rows_integer(rows, 0),
                        .person = { rows_integer(rows, 1) },
                        .post = { rows_integer(rows, 2) },
                        .function = rows_text(rows, 3),
                        .at_office = rows_integer(rows, 4),
                        .book = { rows_integer(rows, 5) },
                        .valid_from = { (int32_t) rows_integer(rows, 6) },
                        .valid_to = { (int32_t) rows_integer(rows, 7) } };
                r = rights_mac_grant(loading->identity->engine->keys, &row, mac);
                if (r < 0)
                        return r;
                if (strcmp(mac, rows_text(rows, 8)) != 0) {
                        loading->broken++;
                        continue;
                }
                Grant grant = {
                        .office = row.at_office, .book = row.book, .from = row.valid_from, .to = row.valid_to
                };
                snprintf(grant.function, sizeof(grant.function), "%s", row.function);
                if (holding && holding->from.ymd > grant.from.ymd)
                        grant.from = holding->from;
                if (holding && holding->to.ymd != 0 && (grant.to.ymd == 0 || holding->to.ymd < grant.to.ymd))
                        grant.to = holding->to;
                r = grant_add(loading, &grant, (Id){ 0 });
                if (r < 0)
                        return r;
        }
        return r;
}

static int entry_load(Identity *identity, Tx *tx, Id person, Entry **ret) {
        Loading *loading = calloc(1, sizeof(*loading));
        int64_t usable = 0;

        if (!loading)
                return -ENOMEM;
        *loading = (Loading){ .identity = identity, .tx = tx, .person = person };
        int r = tx_integer(tx, &query_logins_usable, SQL_ARGS(value_id(person)), &usable);
        if (r == 0)
                r = holders_load(loading);
        size_t n_holdings = loading->n;
        for (size_t i = 0; i < n_holdings && r == 0; i++)
                r = grants_load(loading, &query_grants_of_post, loading->posts[i], &loading->grants[i]);
        if (r == 0)
                r = grants_load(loading, &query_grants_of_person, person, NULL);
        if (r == 0 && loading->broken > 0)
                log_error("rights of person %lld: %zu rows with a wrong MAC are not believed",
                        (long long) person.value, loading->broken);
        Entry *entry = r < 0 ? NULL : malloc(sizeof(*entry) + loading->n * sizeof(Grant));
        if (entry) {
                *entry = (Entry){ .person = person,
                        .usable = usable > 0,
                        .broken = loading->broken > 0,
                        .n = loading->n };
                memcpy(entry->grants, loading->grants, loading->n * sizeof(Grant));
                *ret = entry;
        } else if (r == 0)
                r = -ENOMEM;
        free(loading);
        return r;
}

void cache_drop(Identity *identity) {
        pthread_mutex_lock(&identity->mutex);
        for (size_t i = 0; i < CACHE_SLOTS; i++) {
                free(identity->cache[i]);
                identity->cache[i] = NULL;
        }
        pthread_mutex_unlock(&identity->mutex);
}

typedef struct Question {
        const char *function;
        int64_t office;
        Id book;
        Date today;
} Question;

static bool grant_answers(const Grant *grant, const Question *question) {
        if (grant->office != question->office || question->today.ymd < grant->from.ymd ||
                (grant->to.ymd != 0 && question->today.ymd > grant->to.ymd))
                return false;
        if (grant->book.value != 0 && grant->book.value != question->book.value)
                return false;
        return grant->kind ? post_kind_allows(grant->kind, question->function)
                           : function_matches(grant->function, question->function);
}

static bool entry_answers(const Entry *entry, const Question *question) {
        if (!entry->usable)
                return false;
        for (size_t i = 0; i < entry->n; i++)
                if (grant_answers(&entry->grants[i], question))
                        return true;
        return false;
}

/* A copy of what the person holds now. Owned by the caller. */
static int entry_get(Identity *identity, Id person, Entry **ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        size_t slot = (size_t) ((uint64_t) person.value * UINT64_C(0x9e3779b97f4a7c15) >> 55) % CACHE_SLOTS;
        int64_t seq, generation = atomic_load(&identity->generation);
        Entry *entry = NULL, *kept;
        int r = store_read_begin(identity->engine->stores[STORE_SYSTEM], &tx);

        if (r == 0)
                r = tx_integer(tx, &query_chain_last, SQL_NO_ARGS, &seq);
        if (r < 0)
                return r;
        pthread_mutex_lock(&identity->mutex);
        kept = identity->cache[slot];
        if (kept && kept->person.value == person.value && kept->seq == seq &&
                kept->generation == generation) {
                size_t size = sizeof(*kept) + kept->n * sizeof(Grant);
                entry = malloc(size);
                if (entry)
                        memcpy(entry, kept, size);
                pthread_mutex_unlock(&identity->mutex);
                *ret = entry;
                return entry ? 0 : -ENOMEM;
        }
        pthread_mutex_unlock(&identity->mutex);

        r = entry_load(identity, tx, person, &entry);
        if (r < 0)
                return r;
        entry->seq = seq;
        entry->generation = generation;
        size_t size = sizeof(*entry) + entry->n * sizeof(Grant);
        kept = malloc(size);
        if (kept) {
                memcpy(kept, entry, size);
                pthread_mutex_lock(&identity->mutex);
                free(identity->cache[slot]);
                identity->cache[slot] = kept;
                pthread_mutex_unlock(&identity->mutex);
        }
        *ret = entry;
        return 0;
}

static Date today_of(Identity *identity) {
        return date_of_instant(clock_now(identity->engine->clock));
}

static int function_check(Identity *identity, const Caller *caller, const char *function, Id book) {
        Question question = { function, caller->office, book, today_of(identity) };
        Entry *entry = NULL;

        if (caller->person.value == 0)
                return 0;
        int r = entry_get(identity, caller->person, &entry);
        if (r < 0)
                return r;
        bool allowed = entry_answers(entry, &question), broken = entry->broken;
        free(entry);
        if (broken &&
                !atomic_exchange(&identity->broken_noted, true)) { /* once: each note moves the chain */
                r = identity_note(identity, &(SecurityNote){ .kind = "right_broken",
                                                    .office = caller->office,
                                                    .person = caller->person });
                if (r < 0 && r != -EREADONLY_)
                        return r;
        }
        if (allowed)
                return 0;
        r = identity_note(identity, &(SecurityNote){ .kind = "forbidden",
                                            .office = caller->office,
                                            .person = caller->person,
                                            .detail = function });
        return r < 0 && r != -EREADONLY_ ? r : -EFORBIDDEN_;
}

int identity_holds(Identity *identity, const Caller *caller, const char *function) {
        Question question = { function, caller->office, { 0 }, today_of(identity) };
        Entry *entry = NULL;

        if (caller->person.value == 0)
                return 0;
        int r = entry_get(identity, caller->person, &entry);
        if (r < 0)
                return r;
        bool allowed = entry_answers(entry, &question);
        free(entry);
        return allowed ? 0 : -EFORBIDDEN_;
}

int identity_permit(Identity *identity, const Caller *caller, const char *function) {
        return function_check(identity, caller, function, (Id){ 0 });
}

int identity_permit_book(Identity *identity, const Caller *caller, const char *function, Id book) {
        return function_check(identity, caller, function, book);
}

/* Internal commands have no door: whoever calls them is this program. */
int identity_permit_command(void *data, const Caller *caller, const Command *command, const Digest *input) {
        char function[FUNCTION_MAX];

        if (caller->person.value == 0 || command->flags & COMMAND_INTERNAL)
                return 0;
        if (snprintf(function, sizeof(function), "command:%s", command->name) >= (int) sizeof(function))
                return -EFORBIDDEN_;
        int r = function_check(data, caller, function, (Id){ 0 });
        if (r == 0 && command->flags & COMMAND_STEP_UP)
                r = step_up_use(data, caller, command, input);
        return r;
}

int identity_permit_view(void *data, const Caller *caller, const View *view) {
        char function[FUNCTION_MAX];

        if (snprintf(function, sizeof(function), "view:%s", view->name) >= (int) sizeof(function))
                return -EFORBIDDEN_;
        return function_check(data, caller, function, (Id){ 0 });
}

static bool allowed_name(const Entry *entry, Question *question, const char *form, const char *name) {
        char function[FUNCTION_MAX];

        if (snprintf(function, sizeof(function), "%s%s", form, name) >= (int) sizeof(function))
                return false;
        question->function = function;
        return entry_answers(entry, question);
}

static void functions_of_module(const Registry *registry, const Module *module, const Entry *entry,
        Question *question, Functions *out) {
        for (size_t i = 0; module->commands && module->commands[i]; i++) {
                const Command *command = module->commands[i];
                if (!(command->flags & COMMAND_INTERNAL) &&
                        registry_command(registry, command->name) == command &&
                        allowed_name(entry, question, "command:", command->name))
                        out->commands[out->n_commands++] = command;
        }
        for (size_t i = 0; module->views && module->views[i]; i++) {
                const View *view = module->views[i];
                if (registry_view(registry, view->name) == view &&
                        allowed_name(entry, question, "view:", view->name))
                        out->views[out->n_views++] = view;
        }
}

static void posts_of(const Entry *entry, const Question *question, Functions *out) {
        for (size_t i = 0; i < entry->n; i++) {
                const Grant *grant = &entry->grants[i];
                if (grant->kind && grant->office == question->office &&
                        question->today.ymd >= grant->from.ymd &&
                        (grant->to.ymd == 0 || question->today.ymd <= grant->to.ymd))
                        out->posts[out->n_posts++] = grant->kind->label;
        }
}

int identity_functions(Identity *identity, const Caller *caller, Arena *arena, Functions *ret) {
        Question question = { .office = caller->office, .today = today_of(identity) };
        const Registry *registry = identity->engine->registry;
        size_t n_modules, n_commands = 0, n_views = 0;
        const Module *const *modules = registry_modules(registry, &n_modules);
        Functions out = { 0 };
        Entry *entry = NULL;

        for (size_t i = 0; i < n_modules; i++) {
                for (size_t k = 0; modules[i]->commands && modules[i]->commands[k]; k++)
                        n_commands++;
                for (size_t k = 0; modules[i]->views && modules[i]->views[k]; k++)
                        n_views++;
        }
        int r = entry_get(identity, caller->person, &entry);
        if (r < 0)
                return r;
        out.commands = ARENA_ARRAY(arena, const Command *, n_commands + 1);
        out.views = ARENA_ARRAY(arena, const View *, n_views + 1);
        out.posts = ARENA_ARRAY(arena, const char *, entry->n + 1);
        if (!out.commands || !out.views || !out.posts) {
                free(entry);
                return -ENOMEM;
        }
        for (size_t i = 0; i < n_modules; i++)
                functions_of_module(registry, modules[i], entry, &question, &out);
        posts_of(entry, &question, &out);
        free(entry);
        *ret = out;
        return 0;
}
