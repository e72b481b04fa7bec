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

static bool day_within(Date day, Date from, Date to) {
        return day.ymd >= from.ymd && (to.ymd == 0 || day.ymd <= to.ymd);
}

static bool grant_today(const Grant *grant, const Question *question) {
        return grant->office == question->office && day_within(question->today, grant->from, grant->to);
}

/* People of involved organizations act by their own posts alone, and nobody else does by those. */
static bool grant_fits(const Entry *entry, const Grant *grant) {
        return (grant->kind && grant->kind->class == POST_OUTSIDE) == (entry->organization.value != 0);
}

static bool grant_answers(const Entry *entry, const Grant *grant, const Question *question) {
        if (!grant_fits(entry, grant))
                return false;
        if (grant->office != question->office || !day_within(question->today, grant->from, grant->to))
                return false;
        if (grant->book.value != 0 && grant->book.value != question->book.value)
                return false;
        if (grant->only[0] && !function_matches(grant->only, question->function))
                return false;
        return grant->kind ? post_kind_allows(grant->kind, question->function)
                           : function_matches(grant->function, question->function);
}

/* A caller whose organization was lost on the way may do nothing. */
static bool caller_is(const Caller *caller, const Entry *entry) {
        return caller->organization.value == entry->organization.value;
}

static bool entry_answers(const Entry *entry, const Question *question) {
        if (!entry->usable)
                return false;
        for (size_t i = 0; i < entry->n; i++)
                if (grant_answers(entry, &entry->grants[i], question))
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

        r = rights_load(identity, tx, person, &entry);
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

/* Limits: 0 is none, and so the largest. */
static bool limit_larger(Money a, Money b) {
        return b.fen != 0 && (a.fen == 0 || a.fen > b.fen);
}

bool entry_basis(const Entry *entry, const char *function, int64_t office, Date day, Money *ret_limit,
        bool *ret_delegated) {
        Question question = { .function = function, .office = office, .today = day };
        bool found = false, own = false;

        for (size_t i = 0; i < entry->n; i++) {
                const Grant *grant = &entry->grants[i];

                /* for a book alone is for some book */
                question.book = grant->book;
                if (!grant_answers(entry, grant, &question))
                        continue;
                if (!found || limit_larger(grant->limit, *ret_limit))
                        *ret_limit = grant->limit;
                own = own || grant->principal.value == 0;
                found = true;
        }
        *ret_delegated = found && !own;
        return found;
}

/* One basis for each principal, one's own first: the largest limit among the grants that answer. */
static void bases_fill(const Entry *entry, const Question *question, Permit *permit) {
        for (int delegated = 0; delegated < 2; delegated++)
                for (size_t i = 0; i < entry->n; i++) {
                        const Grant *grant = &entry->grants[i];
                        size_t k = 0;

                        if ((grant->principal.value != 0) != delegated ||
                                !grant_answers(entry, grant, question))
                                continue;
                        while (k < permit->n_bases &&
                                permit->bases[k].principal.value != grant->principal.value)
                                k++;
                        if (k == PERMIT_BASES_MAX)
                                continue;
                        if (k == permit->n_bases)
                                permit->bases[permit->n_bases++] =
                                        (PermitBasis){ grant->limit, grant->principal };
                        else if (limit_larger(grant->limit, permit->bases[k].limit))
                                permit->bases[k].limit = grant->limit;
                }
}

/* More people than there is room for: then whoever they are, nobody may be taken for somebody else. */
static int alike_fill(const Entry *entry, Date today, Permit *permit) {
        for (size_t i = 0; i < entry->n_alike; i++) {
                if (!day_within(today, entry->alike[i].from, entry->alike[i].to))
                        continue;
                if (permit->n_same == PERMIT_SAME_MAX)
                        return -E2BIG;
                permit->same[permit->n_same++] = entry->alike[i].person;
        }
        return 0;
}

/* Posts of the office that may do this with more than the caller's largest limit. */
static int above_fill(Identity *identity, const Question *question, Permit *permit) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        Money largest = { 1 };
        size_t used = 0;

        for (size_t i = 0; i < permit->n_bases; i++)
                if (limit_larger(permit->bases[i].limit, largest))
                        largest = permit->bases[i].limit;
        if (permit->n_bases == 0 || largest.fen == 0)
                return 0;
        int r = store_read_begin(identity->engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_posts_of_office, SQL_ARGS(value_integer(question->office)), &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                const PostKind *kind = post_kind_find(rows_text(rows, 0));
                int size;

                if (!kind || !post_kind_allows(kind, question->function) ||
                        !limit_larger((Money){ rows_integer(rows, 1) }, largest))
                        continue;
                if (used + strlen(kind->label) + 4 >= sizeof(permit->above))
                        break;
                size = snprintf(permit->above + used, sizeof(permit->above) - used, "%s%s",
                        used > 0 ? ", " : "", kind->label);
                used += (size_t) size;
        }
        return r < 0 ? r : 0;
}

static int permit_fill(Identity *identity, const Entry *entry, const Question *question, Permit *permit) {
        bases_fill(entry, question, permit);
        int r = alike_fill(entry, question->today, permit);
        return r < 0 ? r : above_fill(identity, question, permit);
}

static int broken_note(Identity *identity, const Caller *caller) {
        if (atomic_exchange(&identity->broken_noted, true)) /* once: each note moves the chain */
                return 0;
        int r = identity_note(identity,
                &(SecurityNote){
                        .kind = "right_broken", .office = caller->office, .person = caller->person });
        return r == -EREADONLY_ ? 0 : r;
}

/* ret may be NULL. */
static int function_check(
        Identity *identity, const Caller *caller, const char *function, Id book, Permit *ret) {
        Question question = { function, caller->office, book, today_of(identity) };
        Permit permit = { 0 };
        Entry *entry = NULL;

        if (caller->person.value == 0)
                return 0;
        int r = entry_get(identity, caller->person, &entry);
        if (r < 0)
                return r;
        bool allowed = caller_is(caller, entry) && entry_answers(entry, &question), broken = entry->broken;
        if (allowed && ret)
                r = permit_fill(identity, entry, &question, &permit);
        free(entry);
        if (r == 0 && broken)
                r = broken_note(identity, caller);
        if (r < 0)
                return r;
        if (allowed) {
                if (ret)
                        *ret = permit;
                return 0;
        }
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
        bool allowed = caller_is(caller, entry) && entry_answers(entry, &question);
        free(entry);
        return allowed ? 0 : -EFORBIDDEN_;
}

int identity_person_staff(void *identity, Id person) {
        Entry *entry = NULL;

        int r = entry_get(identity, person, &entry);
        if (r < 0)
                return r;
        r = entry->n > 0 || entry->n_alike > 0 || entry->broken || entry->organization.value != 0;
        free(entry);
        return r;
}

int identity_administers(Identity *identity, Id person, int64_t office) {
        Question question = { .office = office, .today = today_of(identity) };
        bool found = false;
        Entry *entry = NULL;

        int r = entry_get(identity, person, &entry);
        if (r < 0)
                return r;
        for (size_t i = 0; i < entry->n; i++)
                found = found ||
                        (entry->grants[i].kind && entry->grants[i].kind->class == POST_ADMINISTRATOR &&
                                grant_today(&entry->grants[i], &question));
        free(entry);
        return found;
}

int identity_permit(Identity *identity, const Caller *caller, const char *function) {
        return function_check(identity, caller, function, (Id){ 0 }, NULL);
}

int identity_permit_book(Identity *identity, const Caller *caller, const char *function, Id book) {
        return function_check(identity, caller, function, book, NULL);
}

/* Internal commands have no door: whoever calls them is this program. */
int identity_permit_command(
        void *data, const Caller *caller, const Command *command, const Digest *input, Permit *ret) {
        char function[FUNCTION_MAX];

        if (caller->person.value == 0 || command->flags & COMMAND_INTERNAL)
                return 0;
        if (snprintf(function, sizeof(function), "command:%s", command->name) >= (int) sizeof(function))
                return -EFORBIDDEN_;
        int r = function_check(data, caller, function, (Id){ 0 }, ret);
        if (r == 0 && command->flags & COMMAND_STEP_UP)
                r = step_up_use(data, caller, command, input);
        return r;
}

int identity_permit_view(void *data, const Caller *caller, const View *view) {
        char function[FUNCTION_MAX];

        if (snprintf(function, sizeof(function), "view:%s", view->name) >= (int) sizeof(function))
                return -EFORBIDDEN_;
        return function_check(data, caller, function, (Id){ 0 }, NULL);
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

static const char *watermark_of(Identity *identity, Id person, const PostKind *kind, Arena *arena) {
        char today[DATE_TEXT_MAX];
        const char *name = identity_person_name(identity, person, arena);

        date_format(today_of(identity), today);
        return arena_printf(arena, "%s %s %s", kind->label, name ? name : "", today);
}

static void posts_of(const Entry *entry, const Question *question, Functions *out) {
        for (size_t i = 0; i < entry->n; i++) {
                const Grant *grant = &entry->grants[i];
                if (grant->kind && grant->principal.value == 0 && grant->office == question->office &&
                        day_within(question->today, grant->from, grant->to)) {
                        out->post_codes[out->n_posts] = grant->kind->code;
                        out->posts[out->n_posts++] = grant->kind->label;
                }
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
        out.post_codes = ARENA_ARRAY(arena, const char *, entry->n + 1);
        if (!out.commands || !out.views || !out.posts || !out.post_codes) {
                free(entry);
                return -ENOMEM;
        }
        for (size_t i = 0; i < n_modules; i++)
                functions_of_module(registry, modules[i], entry, &question, &out);
        posts_of(entry, &question, &out);
        for (size_t i = 0; i < entry->n; i++)
                if (entry->grants[i].kind && entry->grants[i].kind->class == POST_VISITOR &&
                        grant_today(&entry->grants[i], &question))
                        out.watermark = watermark_of(identity, caller->person, entry->grants[i].kind, arena);
        free(entry);
        *ret = out;
        return 0;
}

const char *identity_person_name(void *data, Id person, Arena *arena) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        Identity *identity = data;

        int r = store_read_begin(identity->engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_person_named, SQL_ARGS(value_id(person)), &rows);
        if (r == 0)
                r = rows_next(rows);
        return r > 0 ? arena_strdup(arena, rows_text(rows, 0)) : NULL;
}
