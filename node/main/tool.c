/* SPDX-License-Identifier: Apache-2.0 */
/* What an operator does on the command line with a stopped node: one command, one list, a check of
 * everything. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <internal/audit.h>
#include <node/error.h>
#include <node/text.h>

#include "node.h"
#include "verbs.h"

/* options without a value */
static const char *const flags[] = { "--digest" };

static bool is_flag(const char *option) {
        for (size_t i = 0; i < ELEMENTSOF(flags); i++)
                if (strcmp(flags[i], option) == 0)
                        return true;
        return false;
}

const char *option_value(int argc, char **argv, const char *name) {
        for (int i = 1; i + 1 < argc; i++)
                if (strcmp(argv[i], name) == 0)
                        return argv[i + 1];
        return NULL;
}

bool option_given(int argc, char **argv, const char *name) {
        for (int i = 1; i < argc; i++)
                if (strcmp(argv[i], name) == 0)
                        return true;
        return false;
}

const char *argument_at(int argc, char **argv, int n) {
        for (int i = 1; i < argc; i++) {
                if (strncmp(argv[i], "--", 2) == 0) {
                        i += !is_flag(argv[i]);
                        continue;
                }
                if (n-- == 0)
                        return argv[i];
        }
        return NULL;
}

int tool_open(int argc, char **argv, Node *ret) {
        const char *path = option_value(argc, argv, "--config");
        Config config;

        if (!path)
                return VERB_USAGE;
        int r = config_load(path, &config);
        if (r < 0) {
                fprintf(stderr, "fundnode: %s cannot be read\n", path);
                return EXIT_FAILURE;
        }
        return node_open(&config, NODE_TOOL, ret) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

int inner_open(int argc, char **argv, Node *ret) {
        int r = tool_open(argc, argv, ret);

        if (r != EXIT_SUCCESS || ret->config.zone == ZONE_INNER)
                return r;
        fprintf(stderr, "fundnode: an outer node has no office, no people and no commands (3.0.4)\n");
        return EXIT_FAILURE;
}

static int json_print(json_t *object) {
        int r = object ? json_dumpf(object, stdout, JSON_INDENT(2)) : -1;

        putchar('\n');
        json_decref(object);
        return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* What happened and what to do, where no rule of the business says it. */
static const char *failure_words(int result) {
        static const struct {
                int result;
                const char *words;
        } table[] = {
                { -EFORBIDDEN_, "no right to it; the security administrator gives rights" },
                { -ESTEPUP_, "it asks for the second authentication, which the console has" },
                { -ENOENT, "there is no such record, or it is another office's" },
                { -EMALFORMED_, "the key, the input or a filter has not the right form" },
                { -EUNKNOWN_, "the outcome is unknown: repeat it with the same key" },
                { -EREADONLY_, "the store or the ledger of readings takes nothing: see the log and the disk, then "
                               "repeat it with another key" },
        };

        for (size_t i = 0; i < ELEMENTSOF(table); i++)
                if (table[i].result == result)
                        return table[i].words;
        return strerror(-result);
}

static int reply_print(const Node *node, const Command *command, const Reply *reply, Arena *arena) {
        if (reply->result == 0)
                return json_print(json_pack("{s:o?, s:I, s:b}", "output",
                        command->output && reply->output ? record_to_json(command->output, reply->output)
                                                         : NULL,
                        "seq", (json_int_t) reply->seq, "repeated", reply->repeated));
        fprintf(stderr, "fundnode: %s: %s\n", reply->refusal.code ? reply->refusal.code : "failed",
                reply->refusal.code ? refusal_sentence(node->registry, &reply->refusal, arena)
                                    : failure_words(reply->result));
        return EXIT_FAILURE;
}

/* Whoever works here logs in like anybody else: rights, two persons, the chain and the ledger of readings know no
 * back door. */
typedef struct Desk {
        Identity *identity;
        Audit *audit;
        Session session;
        Caller caller;
        Seer seer;
} Desk;

#define DESK_ADDRESS "command line"

static int password_read(const char *path, char ret[static PASSWORD_BYTES_MAX + 2]) {
        const char *typed = path ? NULL : getpass("password: ");
        FILE *file = path ? fopen(path, "re") : NULL;

        ret[0] = 0;
        if (typed)
                snprintf(ret, PASSWORD_BYTES_MAX + 2, "%s", typed);
        if (file && !fgets(ret, PASSWORD_BYTES_MAX + 2, file))
                ret[0] = 0;
        if (file)
                fclose(file);
        ret[strcspn(ret, "\n")] = 0;
        return *ret ? 0 : -EAUTHENTICATE_;
}

static int desk_open(Node *node, int argc, char **argv, Arena *arena, Desk *ret) {
        const char *login = option_value(argc, argv, "--login");
        char password[PASSWORD_BYTES_MAX + 2];

        if (!login)
                return -EINVAL;
        int r = identity_open(&node->engine, (PasswordMethod) node->config.password_method, &ret->identity);
        if (r == 0)
                r = password_read(option_value(argc, argv, "--password-file"), password);
        if (r == 0)
                r = identity_login(ret->identity, login, password, DESK_ADDRESS, arena, &ret->session);
        explicit_bzero(password, sizeof(password));
        if (r == 0 && (ret->session.must_change || ret->session.must_enrol))
                r = -EAUTHENTICATE_;
        if (r == 0)
                r = audit_open(&node->engine, ret->identity, &ret->audit);
        if (r < 0) {
                fprintf(stderr,
                        "fundnode: %s cannot log in here; a first password is changed and a second factor "
                        "bound in the console\n",
                        login);
                return r;
        }
        ret->caller = (Caller){ .person = ret->session.person,
                .office = ret->session.office,
                .organization = ret->session.organization };
        ret->seer = (Seer){ ret->session.person, ret->session.office, ret->session.id, DESK_ADDRESS };
        return 0;
}

static void desk_close(Desk *desk) {
        desk->audit = audit_close(desk->audit);
        if (desk->identity && *desk->session.token &&
                identity_logout(desk->identity, desk->session.token, DESK_ADDRESS) < 0)
                fputs("fundnode: the session ends by itself after its idle time\n", stderr);
        desk->identity = identity_close(desk->identity);
}

static int command_run(Node *node, const Desk *desk, const Command *command, Arena *arena) {
        json_error_t error;
        Reply reply;

        json_t *input = json_loadf(stdin, JSON_REJECT_DUPLICATES, &error);
        if (!input) {
                fprintf(stderr, "fundnode: input line %d: %s\n", error.line, error.text);
                return EXIT_FAILURE;
        }
        command_execute_json(&node->engine, &desk->caller, command, input, arena, &reply);
        if (reply.result == -ENOENT)
                audit_missed_input(desk->audit, &desk->seer, command, input);
        json_decref(input);
        if (reply.result == 0)
                reply.result = audit_saw_answer(desk->audit, &desk->seer, command, &reply);
        return reply_print(node, command, &reply, arena);
}

static int command_do(Node *node, int argc, char **argv) {
        const char *name = argument_at(argc, argv, 0);
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        const Command *command = name ? registry_command(node->registry, name) : NULL;
        const char *key = option_value(argc, argv, "--key");
        Desk desk = { 0 };

        if (!name || !key || !arena)
                return VERB_USAGE;
        if (!command || command->flags & COMMAND_INTERNAL) {
                fprintf(stderr, "fundnode: no command '%s'\n", name);
                return EXIT_FAILURE;
        }
        int r = desk_open(node, argc, argv, arena, &desk);
        desk.caller.key = key;
        int status = r == 0         ? command_run(node, &desk, command, arena)
                     : r == -EINVAL ? VERB_USAGE
                                    : EXIT_FAILURE;
        desk_close(&desk);
        return status;
}

int verb_command(int argc, char **argv) {
        Node node = { 0 };

        int r = inner_open(argc, argv, &node);
        if (r == EXIT_SUCCESS)
                r = command_do(&node, argc, argv);
        node_close(&node);
        return r;
}

static int view_print(Node *node, const Desk *desk, const View *view, int argc, char **argv) {
        ViewCall call = { .limit = VIEW_LIMIT_MAX, .sums = true };
        json_t *page = NULL;
        int r = 0;

        for (int n = 1; r == 0 && argument_at(argc, argv, n) && call.n_filters < VIEW_FILTERS_MAX; n++) {
                char *text = strdup(argument_at(argc, argv, n)), *equals = text ? strchr(text, '=') : NULL;
                if (!equals) {
                        free(text);
                        r = -EMALFORMED_;
                        break;
                }
                *equals = 0;
                call.filters[call.n_filters++] = (Filter){ text, FILTER_EQUAL, equals + 1 };
        }
        if (r == 0)
                r = view_list_json(&node->engine, &desk->caller, view, &call, &page);
        if (r == 0)
                r = audit_saw_list(desk->audit, &desk->seer, view, &call, json_object_get(page, "rows"));
        if (r == 0)
                r = audit_flush(desk->audit);
        for (size_t i = 0; i < call.n_filters; i++)
                free((char *) call.filters[i].column);
        if (r < 0) {
                json_decref(page);
                fprintf(stderr, "fundnode: %s: %s\n", view->name, failure_words(r));
                return EXIT_FAILURE;
        }
        return json_print(page);
}

static int view_do(Node *node, int argc, char **argv) {
        const char *name = argument_at(argc, argv, 0);
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        const View *view = name ? registry_view(node->registry, name) : NULL;
        Desk desk = { 0 };

        if (!name || !arena)
                return VERB_USAGE;
        if (!view) {
                fprintf(stderr, "fundnode: no view '%s'\n", name);
                return EXIT_FAILURE;
        }
        int r = desk_open(node, argc, argv, arena, &desk);
        int status = r == 0         ? view_print(node, &desk, view, argc, argv)
                     : r == -EINVAL ? VERB_USAGE
                                    : EXIT_FAILURE;
        desk_close(&desk);
        return status;
}

int verb_view(int argc, char **argv) {
        Node node = { 0 };

        int r = inner_open(argc, argv, &node);
        if (r == EXIT_SUCCESS)
                r = view_do(&node, argc, argv);
        node_close(&node);
        return r;
}

static const char *store_word(StoreId id) {
        return id == STORE_SYSTEM ? "system" : id == STORE_BUSINESS ? "business" : "regulatory";
}

static int digests_print(Node *node) {
        size_t n;
        const Module *const *list = registry_modules(node->registry, &n);
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        const Module **ended = arena ? ARENA_ARRAY(arena, const Module *, n + 1) : NULL;

        if (!ended)
                return EXIT_FAILURE;
        memcpy(ended, list, n * sizeof(*list));
        for (StoreId id = STORE_SYSTEM; id <= STORE_REGULATORY; id++) {
                char hex[2 * sizeof(Digest) + 1];
                Digest digest;
                if (!node->stores[id])
                        continue;
                if (store_digest(node->stores[id], ended, &digest) < 0)
                        return EXIT_FAILURE;
                hex_encode(digest.bytes, sizeof(digest.bytes), hex);
                printf("%-10s %s\n", store_word(id), hex);
        }
        return EXIT_SUCCESS;
}

static void finding_print(
        void *data, const char *invariant, const char *record, int64_t id, const char *detail) {
        printf("%s %s %lld: %s\n", invariant, record, (long long) id, detail);
        ++*(int64_t *) data;
}

static int verify_do(Node *node) {
        int64_t findings = 0;
        int status = EXIT_SUCCESS;

        for (StoreId id = STORE_SYSTEM; id <= STORE_REGULATORY; id++) {
                if (!node->stores[id])
                        continue;
                int64_t before = findings;
                int r = verify_store(&node->engine, id, finding_print, &findings);
                printf("%-10s %s\n", store_word(id),
                        r == 0  ? "sound"
                        : r > 0 ? "NOT SOUND: see the lines above"
                                : "could not be read");
                if (r != 0 || findings != before)
                        status = EXIT_FAILURE;
        }
        if (node->config.zone == ZONE_OUTER) /* nobody reads there */
                return status;
        int r = audit_verify(&node->engine, finding_print, &findings);
        printf("%-10s %s\n", "readings",
                r == 0  ? "sound"
                : r > 0 ? "NOT SOUND: see the lines above"
                        : "could not be read");
        return r == 0 ? status : EXIT_FAILURE;
}

int verb_verify(int argc, char **argv) {
        Node node = { 0 };

        int r = tool_open(argc, argv, &node);
        if (r == EXIT_SUCCESS)
                r = option_given(argc, argv, "--digest") ? digests_print(&node) : verify_do(&node);
        node_close(&node);
        return r;
}
