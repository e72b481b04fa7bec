/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a .scenario file: one step a line, as README.md lists them. Every case is one TAP line; after each,
 * the whole store is verified unless the case spoiled it on purpose. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

#define VARIABLES_MAX 200
#define LINE_MAX_BYTES (256 * 1024)
#define WORDS_MAX 24

typedef struct Variable {
        char name[48], value[256];
} Variable;

typedef struct Run {
        World world;
        const char *file;
        int line;
        Variable variables[VARIABLES_MAX];
        size_t n_variables;
        Caller caller;
        char key[64]; /* of the next command; empty: a new one */
        char title[400];
        char told[1024]; /* the last refusal's sentence */
        int cases, failures;
        bool failed, spoiled, any;
        Arena *arena;
        json_t *output;       /* of the last command */
        json_t *list;         /* of the last view, or the hits of a group */
        json_t *found_groups; /* of the last find */
        /* the last command, to be repeated */
        const Command *command;
        char input[LINE_MAX_BYTES], last_key[64];
        /* what verify must find */
        const char *invariant, *record;
        bool found;
        int findings;
} Run;

static void complain(Run *run, const char *format, ...) _printf_(2, 3);
static void complain(Run *run, const char *format, ...) {
        va_list arguments;

        va_start(arguments, format);
        printf("# %s:%d: ", run->file, run->line);
        vprintf(format, arguments);
        printf("\n");
        va_end(arguments);
        run->failed = true;
}

static const char *variable(const Run *run, const char *name, size_t n) {
        for (size_t i = run->n_variables; i > 0; i--)
                if (strlen(run->variables[i - 1].name) == n &&
                        strncmp(run->variables[i - 1].name, name, n) == 0)
                        return run->variables[i - 1].value;
        return NULL;
}

static void variable_set(Run *run, const char *name, const char *value) {
        Variable *slot = NULL;

        for (size_t i = 0; i < run->n_variables; i++)
                if (strcmp(run->variables[i].name, name) == 0)
                        slot = &run->variables[i];
        if (!slot && run->n_variables == VARIABLES_MAX) {
                complain(run, "too many variables");
                return;
        }
        if (!slot)
                slot = &run->variables[run->n_variables++];
        snprintf(slot->name, sizeof(slot->name), "%s", name);
        snprintf(slot->value, sizeof(slot->value), "%s", value);
}

/* $name becomes its value. */
static void expand(Run *run, const char *text, char *ret, size_t max) {
        size_t n = 0;

        while (*text && n + 1 < max) {
                size_t length = *text == '$' ? strspn(text + 1, "abcdefghijklmnopqrstuvwxyz0123456789_") : 0;
                const char *value = length ? variable(run, text + 1, length) : NULL;
                if (length && !value)
                        complain(run, "unknown variable %.*s", (int) length + 1, text);
                if (value) {
                        n += (size_t) snprintf(ret + n, max - n, "%s", value);
                        text += length + 1;
                } else
                        ret[n++] = *text++;
        }
        ret[n < max ? n : max - 1] = '\0';
}

static char *word(char **rest) {
        char *start = *rest + strspn(*rest, " ");
        size_t n = strcspn(start, " ");

        if (n == 0)
                return NULL;
        *rest = start + n;
        if (**rest)
                *(*rest)++ = '\0';
        return start;
}

static Reply command_run(Run *run, const Command *command, const char *text, const char *key) {
        json_error_t error;
        json_t *input = json_loads(text, 0, &error);
        Reply reply = { .result = -EMALFORMED_ };

        run->caller.office = run->world.office;
        run->caller.key = key;
        if (!input) {
                complain(run, "%s in %s", error.text, text);
                return reply;
        }
        arena_reset(run->arena);
        command_execute_json(&run->world.engine, &run->caller, command, input, run->arena, &reply);
        json_decref(input);
        run->command = command;
        snprintf(run->input, sizeof(run->input), "%s", text);
        snprintf(run->last_key, sizeof(run->last_key), "%s", key);
        if (reply.result == 0 && command->output && reply.output) {
                json_decref(run->output);
                run->output = record_to_json(command->output, reply.output);
        }
        return reply;
}

/* Takes the command's name off the rest and runs it with the object behind. */
static int command_step(Run *run, char *rest, Reply *ret) {
        char *name = word(&rest), key[64];
        const Command *command = name ? registry_command(run->world.registry, name) : NULL;

        if (!command) {
                complain(run, "no command %s", name ? name : "");
                return -ENOENT;
        }
        snprintf(key, sizeof(key), "scenario-key-%06d", ++run->world.key);
        *ret = command_run(run, command, *rest ? rest : "{}", run->key[0] ? run->key : key);
        run->key[0] = '\0';
        return 0;
}

static void explain(Run *run, const Reply *reply) {
        complain(run, "result %d %s %s: %s", reply->result, reply->refusal.code ? reply->refusal.code : "",
                reply->refusal.field ? reply->refusal.field : "",
                reply->refusal.code ? refusal_sentence(run->world.registry, &reply->refusal, run->arena)
                                    : "");
}

static void step_do(Run *run, char *rest) {
        Reply reply;

        if (command_step(run, rest, &reply) == 0 && reply.result != 0)
                explain(run, &reply);
}

/* A refusal must have a sentence, and the sentence all its arguments. */
static void step_refuse(Run *run, char *rest) {
        const char *code = word(&rest);
        Reply reply;

        if (!code || command_step(run, rest, &reply) != 0)
                return;
        if ((reply.result != -EREFUSED_ && reply.result != -ECONFLICT_) ||
                !text_equal(reply.refusal.code, code)) {
                explain(run, &reply);
                return;
        }
        const char *sentence = refusal_sentence(run->world.registry, &reply.refusal, run->arena);
        if (text_empty(sentence) || strchr(sentence, '{'))
                complain(run, "%s has no whole sentence: %s", code, sentence ? sentence : "");
        snprintf(run->told, sizeof(run->told), "%s", sentence ? sentence : "");
}

/* What people read must name what they have to look for. */
static void step_told(Run *run, char *rest) {
        char text[256];

        expand(run, rest, text, sizeof(text));
        if (!*text || !strstr(run->told, text))
                complain(run, "\"%s\" is not in: %s", text, run->told);
}

static void step_missing(Run *run, char *rest) {
        Reply reply;

        if (command_step(run, rest, &reply) == 0 && reply.result != -ENOENT)
                explain(run, &reply);
}

static void step_again(Run *run, char *rest) {
        json_t *before = json_incref(run->output);
        char input[LINE_MAX_BYTES], key[64];
        Reply reply;

        snprintf(input, sizeof(input), "%s", run->input);
        snprintf(key, sizeof(key), "%s", run->last_key);
        reply = command_run(run, run->command, input, key);
        if (reply.result != 0)
                explain(run, &reply);
        else if (!reply.repeated || !json_equal(before, run->output))
                complain(run, "was not answered from memory with the same answer");
        json_decref(before);
}

static const char *json_text(const json_t *value, char *buffer, size_t max) {
        if (json_is_string(value))
                return json_string_value(value);
        if (json_is_integer(value))
                snprintf(buffer, max, "%lld", (long long) json_integer_value(value));
        else if (json_is_boolean(value))
                snprintf(buffer, max, "%s", json_is_true(value) ? "true" : "false");
        else
                snprintf(buffer, max, "%s", value ? "null" : "(absent)");
        return buffer;
}

static void expect(Run *run, const char *what, const json_t *value, const char *wanted) {
        char buffer[64];
        const char *text = json_text(value, buffer, sizeof(buffer));

        if (strcmp(text, wanted) != 0)
                complain(run, "%s is %s, not %s", what, text, wanted);
}

static void step_let(Run *run, char *rest) {
        const char *name = word(&rest), *field = word(&rest);
        char buffer[64];

        if (name && field)
                variable_set(
                        run, name, json_text(json_object_get(run->output, field), buffer, sizeof(buffer)));
}

/* faults.0.code: members and places by turns; NULL where there is none. */
static const json_t *answer_at(const json_t *value, const char *path) {
        while (value && *path) {
                size_t size = strcspn(path, ".");
                char name[64];
                snprintf(name, sizeof(name), "%.*s", (int) size, path);
                value = json_is_array(value) ? json_array_get(value, strtoul(name, NULL, 10))
                                             : json_object_get(value, name);
                path += size + (path[size] == '.');
        }
        return value;
}

static void step_answer(Run *run, char *rest) {
        const char *field = word(&rest);

        if (field)
                expect(run, field, answer_at(run->output, field), rest);
}

/* among LINES FIELD VALUE: a line of the last answer says so. */
static void step_among(Run *run, char *rest) {
        const char *lines = word(&rest), *field = word(&rest);
        const json_t *line;
        size_t i;

        json_array_foreach(json_object_get(run->output, lines ? lines : ""), i, line) {
                const char *text = json_string_value(json_object_get(line, field ? field : ""));
                if (text && text_equal(text, rest))
                        return;
        }
        complain(run, "no line of %s has %s %s", lines ? lines : "", field ? field : "", rest);
}

/* view NAME column=value …: filters by equality */
static void step_view(Run *run, char *rest) {
        ViewCall call = { .limit = VIEW_LIMIT_MAX, .sums = true };
        const char *name = word(&rest);
        const View *view = name ? registry_view(run->world.registry, name) : NULL;
        char *filter;

        if (!view) {
                complain(run, "no view %s", name ? name : "");
                return;
        }
        while ((filter = word(&rest)) && call.n_filters < VIEW_FILTERS_MAX) {
                char *equal = strchr(filter, '=');
                if (!equal) {
                        complain(run, "a filter is column=value");
                        return;
                }
                *equal = '\0';
                call.filters[call.n_filters++] = (Filter){ filter, FILTER_EQUAL, equal + 1 };
        }
        run->caller.office = run->world.office;
        json_decref(run->list);
        run->list = NULL;
        int r = view_list_json(&run->world.engine, &run->caller, view, &call, &run->list);
        if (r < 0)
                complain(run, "view %s: %d", name, r);
}

static void step_count(Run *run, char *rest) {
        expect(run, "count", json_object_get(run->list, "count"), rest);
}

static void step_sum(Run *run, char *rest) {
        const char *column = word(&rest);

        if (column)
                expect(run, column, json_object_get(json_object_get(run->list, "sums"), column), rest);
}

/* row N column value; row N column > variable */
static void step_row(Run *run, char *rest) {
        const char *index = word(&rest), *column = word(&rest);
        json_t *row =
                index ? json_array_get(json_object_get(run->list, "rows"), (size_t) atoi(index) - 1) : NULL;
        char buffer[64];

        if (!row || !column)
                complain(run, "no row %s", index ? index : "");
        else if (strncmp(rest, "> ", 2) == 0)
                variable_set(run, rest + 2, json_text(json_object_get(row, column), buffer, sizeof(buffer)));
        else
                expect(run, column, json_object_get(row, column), rest);
}

static const char *unseen; /* view that the next search must do without */

static size_t views_seen(const Run *run, const View **ret, size_t max) {
        size_t n_list, n = 0;
        const Module *const *list = registry_modules(run->world.registry, &n_list);

        for (size_t i = 0; i < n_list; i++)
                for (const View *const *at = list[i]->views; at && *at && n < max; at++)
                        if (!unseen || strcmp((*at)->name, unseen) != 0)
                                ret[n++] = *at;
        return n;
}

/* find TEXT: asks every finder; then "group FINDER N" makes its hits the last list. */
static void step_find(Run *run, char *rest) {
        const View *views[1024];
        FindCall call = { rest, views, views_seen(run, views, ELEMENTSOF(views)) };

        run->caller.office = run->world.office;
        json_decref(run->found_groups);
        run->found_groups = NULL;
        int r = find_json(&run->world.engine, &run->caller, &call, &run->found_groups);
        if (r < 0)
                complain(run, "find %s: %d", rest, r);
}

static void step_group(Run *run, char *rest) {
        const char *name = word(&rest);
        const json_t *group;
        json_t *hits = NULL;
        size_t i;

        json_array_foreach(json_object_get(run->found_groups, "groups"), i,
                group) if (name && strcmp(json_string_value(json_object_get(group, "finder")), name) == 0)
                hits = json_object_get(group, "hits");
        if (json_array_size(hits) != (size_t) atoi(rest))
                complain(run, "%s has %zu hits, not %s", name ? name : "", json_array_size(hits), rest);
        json_decref(run->list);
        run->list = json_pack("{s:O?}", "rows", hits);
}

/* unseen VIEW: a view the caller may not see; "unseen" alone: all again */
static void step_unseen(Run *run, char *rest) {
        const View *view = *rest ? registry_view(run->world.registry, rest) : NULL;

        if (*rest && !view)
                complain(run, "no view %s", rest);
        unseen = view ? view->name : NULL;
}

static void verify_report(
        void *data, const char *invariant, const char *record, int64_t id, const char *detail) {
        Run *run = data;

        run->findings++;
        if (run->invariant)
                run->found |= text_equal(invariant, run->invariant) && text_equal(record, run->record);
        else
                printf("# finding: %s %s %lld %s\n", invariant, record, (long long) id,
                        detail ? detail : "");
}

static void step_verify(Run *run, char *rest) {
        run->invariant = NULL;
        run->findings = 0;
        int r = verify_store(&run->world.engine, STORE_BUSINESS, verify_report, run);
        if (r != 0 || run->findings > 0)
                complain(run, "verify: %d, %d findings", r, run->findings);
}

/* found INVARIANT RECORD: verify names it */
static void step_found(Run *run, char *rest) {
        run->invariant = word(&rest);
        run->record = word(&rest);
        run->found = false;
        int r = verify_store(&run->world.engine, STORE_BUSINESS, verify_report, run);
        if (r != 1 || !run->found)
                complain(run, "verify: %d, without %s of %s", r, run->invariant, run->record);
        run->invariant = NULL;
}

static void step_tamper(Run *run, char *rest) {
        run->spoiled = true;
        if (world_tamper(&run->world, rest) < 0)
                complain(run, "could not change the database");
}

static void step_mend(Run *run, char *rest) {
        step_tamper(run, rest);
        run->spoiled = false;
}

static void step_attest(Run *run, char *rest) {
        int r = world_attest(&run->world);

        if (r != 0)
                complain(run, "recomputed figures differ: %d", r);
}

/* fact MEASURE MONTH VALUE: over all dimensions */
static void step_fact(Run *run, char *rest) {
        const char *number = word(&rest), *month = word(&rest);
        char sql[300];
        int64_t value = 0;

        if (!number || !month) {
                complain(run, "fact NUMBER MONTH VALUE");
                return;
        }
        snprintf(sql, sizeof(sql),
                "SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM fact_cell"
                " WHERE measure = %s AND month = %s AND office = %lld",
                number, month, (long long) run->world.office);
        int r = world_integer(&run->world, sql, &value);
        if (r < 0 || value != atoll(rest))
                complain(run, "fact %s of %s is %lld, not %s (%d)", number, month, (long long) value, rest,
                        r);
}

static void step_as(Run *run, char *rest) {
        const char *name = word(&rest), *person = name ? variable(run, name, strlen(name)) : NULL;
        const char *of = word(&rest);

        if (!person || (of && !text_equal(of, "of")))
                complain(run, "no person %s", name ? name : "");
        else
                run->caller.person.value = atoll(person);
        run->caller.organization.value = of ? atoll(rest) : 0;
}

static void step_set(Run *run, char *rest) {
        const char *name = word(&rest);

        if (name)
                variable_set(run, name, rest);
}

static void step_key(Run *run, char *rest) {
        snprintf(run->key, sizeof(run->key), "%s", rest);
}

static void step_day(Run *run, char *rest) {
        if (world_day(&run->world, rest) < 0)
                complain(run, "no day %s", rest);
}

static void step_office(Run *run, char *rest) {
        run->world.office = atoll(rest);
}

static void step_restart(Run *run, char *rest) {
        if (world_restart(&run->world) < 0)
                complain(run, "does not start again");
}

static void case_end(Run *run) {
        if (!run->any)
                return;
        if (!run->spoiled)
                step_verify(run, NULL);
        run->cases++;
        run->failures += run->failed;
        printf("%s %d - %s\n", run->failed ? "not ok" : "ok", run->cases, run->title);
        fflush(stdout);
}

static void step_case(Run *run, char *rest) {
        case_end(run);
        snprintf(run->title, sizeof(run->title), "%s", rest);
        run->any = true;
        run->failed = false;
}

static const struct {
        const char *name;
        void (*run)(Run *run, char *rest);
} steps[] = {
        { "case", step_case },
        { "set", step_set },
        { "office", step_office },
        { "day", step_day },
        { "as", step_as },
        { "key", step_key },
        { "do", step_do },
        { "again", step_again },
        { "refuse", step_refuse },
        { "told", step_told },
        { "missing", step_missing },
        { "let", step_let },
        { "answer", step_answer },
        { "among", step_among },
        { "view", step_view },
        { "find", step_find },
        { "group", step_group },
        { "unseen", step_unseen },
        { "count", step_count },
        { "sum", step_sum },
        { "row", step_row },
        { "fact", step_fact },
        { "attest", step_attest },
        { "verify", step_verify },
        { "tamper", step_tamper },
        { "mend", step_mend },
        { "found", step_found },
        { "restart", step_restart },
};

static void step(Run *run, char *text) {
        char *name = word(&text);

        text += strspn(text, " ");
        for (size_t i = 0; i < ELEMENTSOF(steps); i++)
                if (strcmp(steps[i].name, name) == 0) {
                        steps[i].run(run, text);
                        return;
                }
        complain(run, "no step %s", name);
}

static int file_run(Run *run, FILE *file) {
        static char raw[LINE_MAX_BYTES], text[LINE_MAX_BYTES];

        while (fgets(raw, sizeof(raw), file)) {
                size_t n = strlen(raw);
                run->line++;
                if (n > 0 && raw[n - 1] != '\n' && !feof(file)) {
                        complain(run, "line too long");
                        return -E2BIG;
                }
                while (n > 0 && (raw[n - 1] == '\n' || raw[n - 1] == ' '))
                        raw[--n] = '\0';
                const char *start = raw + strspn(raw, " ");
                if (*start == '\0' || *start == '#')
                        continue;
                expand(run, start, text, sizeof(text));
                step(run, text);
        }
        case_end(run);
        return ferror(file) ? -EIO : 0;
}

int main(int argc, char **argv) {
        const char *dsn = getenv("FUNDNODE_TEST_PG_DSN");
        static Run run;
        FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
        int r;

        if (!file) {
                fprintf(stderr, "usage: scenario FILE\n");
                return 2;
        }
        run.file = strrchr(argv[1], '/') ? strrchr(argv[1], '/') + 1 : argv[1];
        run.arena = arena_new(64u << 20);
        r = run.arena ? world_open(&run.world, dsn && *dsn ? dsn : NULL) : -ENOMEM;
        if (r == 0)
                r = file_run(&run, file);
        else
                printf("# %s: the stores do not open: %d\n", run.file, r);
        printf("1..%d\n", run.cases);
        fclose(file);
        json_decref(run.output);
        json_decref(run.list);
        json_decref(run.found_groups);
        world_close(&run.world);
        arena_free(run.arena);
        return r != 0 || run.failures > 0 || run.cases == 0;
}
