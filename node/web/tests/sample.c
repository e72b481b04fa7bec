/* SPDX-License-Identifier: Apache-2.0 */
/* The small node of the tests. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sample.h"

typedef struct SampleItem {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "sample-item.def"
#undef FIELD
} SampleItem;

typedef struct SampleInput {
#define FIELD FIELD_MEMBER
#include "sample-input.def"
#undef FIELD
} SampleInput;

static const Field item_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(SampleItem, name, kind, __VA_ARGS__)
#include "sample-item.def"
#undef FIELD
};
static const Field input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(SampleInput, name, kind, __VA_ARGS__)
#include "sample-input.def"
#undef FIELD
};

static const Record record_item = {
        .name = "sample_item",
        .label = "样品",
        .number = 9001,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(item_fields, SampleItem),
};
static const Record record_input = {
        .name = "sample_input",
        .label = "样品登记",
        .number = 9002,
        .shape = SHAPE_VALUE,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(input_fields, SampleInput),
};

static int add_run(Request *q, const void *data, void *ret) {
        const SampleInput *input = data;
        SampleItem item = { .name = input->name,
                .kind = input->kind,
                .price = input->price,
                .area = input->area,
                .account = input->account,
                .month = input->month };

        if (text_equal(input->name, "refused"))
                return refuse(q, "sample.refused", "name", input->name, NULL);
        if (text_equal(input->name, "broken"))
                return -EIO;
        int r = record_insert(q, &record_item, &item);
        if (r == 0)
                *(SampleItem *) ret = item;
        return r;
}

static const Command command_add = {
        .name = "sample.add",
        .label = "登记样品",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_ANY,
        .input = &record_input,
        .output = &record_item,
        .run = add_run,
};
static const Command command_inner = {
        .name = "sample.inner",
        .label = "内部",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_ANY,
        .flags = COMMAND_INTERNAL,
        .input = &record_input,
        .output = &record_item,
        .run = add_run,
};
static const Command command_forbidden = {
        .name = "sample.forbidden",
        .label = "无权",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_ANY,
        .input = &record_input,
        .output = &record_item,
        .run = add_run,
};

static const Query query_items = { "sample.items",
        "SELECT id, name, kind, price, area, account, month, office FROM sample_item" };
static const Column item_columns[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN },
        { "name", "名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS },
        { "kind", "类别", KIND_CODE, COLUMN_FILTER, "sample_kind" },
        { "price", "价格", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM },
        { "area", "面积", KIND_AREA, COLUMN_SUM },
        { "account", "账号", KIND_TEXT, 0 },
        { "month", "月份", KIND_MONTH, COLUMN_FILTER },
        { NULL },
};
static const View view_items = {
        .name = "sample.items",
        .label = "样品清单",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_ANY,
        .query = &query_items,
        .columns = item_columns,
        .scope = "office",
        .key = "id",
        .menu = "样品",
};

static const Migration migrations[] = {
        { STORE_BUSINESS, "sample/001-item",
                "CREATE TABLE sample_item (id BIGINT NOT NULL PRIMARY KEY, office BIGINT NOT NULL,"
                " version BIGINT NOT NULL, chain_seq BIGINT NOT NULL, name TEXT NOT NULL, kind TEXT, price "
                "BIGINT,"
                " area BIGINT, account TEXT, month BIGINT)" },
        { 0 },
};
static const Record *const records[] = { &record_item, &record_input, NULL };
static const Command *const commands[] = { &command_add, &command_inner, &command_forbidden, NULL };
static const View *const views[] = { &view_items, NULL };
static const Query *const queries[] = { &query_items, NULL };
static const ErrorText errors[] = { { "sample.refused", "“{0}”不予登记。", "4.1" }, { NULL } };
static const CodeValue codes[] = { { "sample_kind", "01", "甲类" }, { "sample_kind", "02", "=乙类" },
        { NULL } };

static const Module module_sample = {
        .name = "sample",
        .label = "样品",
        .capabilities = CAPABILITY_ANY,
        .migrations = migrations,
        .records = records,
        .queries = queries,
        .commands = commands,
        .views = views,
        .errors = errors,
        .codes = codes,
};

/* --- people --- */

static const WebSession clerk = {
        .session = { 11 }, .person = { 7 }, .office = 1, .name = "测试员", .login = "clerk"
};

static int sample_login(void *data, const WebRequest *request, const char *login, const WebProof *proof,
        char ret_token[static WEB_TOKEN_MAX], WebSession *ret, WebWanted *ret_wanted) {
        if (text_equal(login, "locked"))
                return -EUSERS;
        if (text_equal(login, "careful") && text_equal(proof->password, "right") && !proof->code &&
                !proof->certificate) {
                *ret_wanted = (WebWanted){ { "totp", "certificate" }, 2 };
                return -ESTEPUP_;
        }
        if (text_equal(login, "careful") && !text_equal(proof->code, "123456") &&
                !text_equal(proof->certificate, "00112233"))
                return -EAUTHENTICATE_;
        if ((!text_equal(login, "clerk") && !text_equal(login, "careful")) ||
                !text_equal(proof->password, "right"))
                return -EAUTHENTICATE_;
        strcpy(ret_token, SAMPLE_TOKEN);
        *ret = clerk;
        return 0;
}
static int sample_session(void *data, const char *token, Arena *arena, WebSession *ret) {
        if (!text_equal(token, SAMPLE_TOKEN) && !text_equal(token, "strangerstrangerstranger"))
                return -EAUTHENTICATE_;
        *ret = clerk;
        if (!text_equal(token, SAMPLE_TOKEN))
                ret->person = (Id){ 8 }; /* may do nothing at all */
        return 0;
}
static int sample_logout(void *data, const char *token, const char *address) {
        return 0;
}
static int sample_password(void *data, const WebRequest *request, const char *old_password,
        const char *new_password, Refusal *ret) {
        if (strlen(new_password) >= 10)
                return 0;
        *ret = (Refusal){
                .code = "sample.refused", .field = "new", .arguments = { "short" }, .n_arguments = 1
        };
        return -EREFUSED_;
}
static int sample_step_up(void *data, const WebRequest *request, const WebProof *proof,
        const Command *command, const json_t *input, const char **ret_proof) {
        *ret_proof = "proof";
        if (text_equal(proof->code, "123456"))
                return 0;
        return text_equal(proof->password, "right")  ? 0
               : text_equal(proof->password, "half") ? -ESTEPUP_
                                                     : -EAUTHENTICATE_;
}
static const Command *may_commands[] = { &command_add };
static const View *may_views[] = { &view_items };
static const char *may_posts[] = { "经办" };
static int sample_functions(void *data, const WebRequest *request, WebFunctions *ret) {
        *ret = request->session.person.value == 7 ? (WebFunctions){ .commands = may_commands,
                .n_commands = 1,
                .views = may_views,
                .n_views = 1,
                .posts = may_posts,
                .n_posts = 1 }
                                                  : (WebFunctions){ 0 };
        return 0;
}
static int sample_sessions(void *data, const WebRequest *request, json_t **ret) {
        *ret = json_pack("[{s:s}]", "id", "11");
        return 0;
}
static int sample_session_end(void *data, const WebRequest *request, Id which) {
        return which.value == 11 ? 0 : -ENOENT;
}

static int sample_sessions_end_others(void *data, const WebRequest *request) {
        return 0;
}

static int permit_command(
        void *identity, const Caller *caller, const Command *command, const Digest *input, Permit *ret) {
        return caller->person.value == 7 && command != &command_forbidden ? 0 : -EFORBIDDEN_;
}
atomic_bool sample_held;
sem_t sample_entered, sample_release;

static int permit_view(void *identity, const Caller *caller, const View *view) {
        if (sample_held) {
                sem_post(&sample_entered);
                sem_wait(&sample_release);
        }
        return caller->person.value == 7 ? 0 : -EFORBIDDEN_;
}

static int sample_run(void *data, const Caller *caller, Id run, json_t **ret) {
        if (run.value != 42 && run.value != 43)
                return runs_read(((Sample *) data)->run_queue, caller, run, ret);
        *ret = json_pack("{s:s,s:s,s:i,s:i}", "id", "42", "state", run.value == 42 ? "running" : "done",
                "done", 3, "total", 9);
        return 0;
}
static int sample_paper(void *data, const WebRequest *request, const char *kind, Id id, Buffer *ret_pdf,
        const char **ret_name) {
        if (text_equal(kind, "large") && id.value == 5) {
                ret_pdf->size_max = SAMPLE_LARGE_BYTES;
                for (int i = 0; i < SAMPLE_LARGE_BYTES / 8; i++)
                        buffer_text(ret_pdf, "12345678");
                *ret_name = "large.pdf";
                return 0;
        }
        if (!text_equal(kind, "slip") || id.value != 5)
                return -ENOENT;
        buffer_text(ret_pdf, "%PDF-1.5 sample");
        return 0;
}

/* --- start and stop --- */

static void must(int result, const char *what) {
        if (result >= 0)
                return;
        fprintf(stderr, "sample: %s: %d\n", what, result);
        exit(1);
}

void sample_start(Sample *sample, const char *folder, const char *origin) {
        static const Module *const modules[] = { &module_node, &module_sample };
        char dsn[160];

        snprintf(sample->folder, sizeof(sample->folder), "%s", folder);
        snprintf(sample->socket, sizeof(sample->socket), "%s/web.socket", sample->folder);
        snprintf(sample->spool, sizeof(sample->spool), "%s/spool", sample->folder);
        snprintf(sample->blobs, sizeof(sample->blobs), "%s/blobs", sample->folder);
        snprintf(dsn, sizeof(dsn), "sqlite:%s/business.db", sample->folder);
        mkdir(sample->spool, 0750);
        sem_init(&sample_entered, 0, 0);
        sem_init(&sample_release, 0, 0);
        must(mkdir(sample->blobs, 0750), "folder");
        must(registry_new(modules, ELEMENTSOF(modules), CAPABILITY_BUSINESS, &sample->registry), "registry");
        must(store_open(
                     &(StoreOptions){ .id = STORE_BUSINESS, .dsn = dsn, .clock = &clock_real, .readers = 4 },
                     &sample->store),
                "store");
        must(engine_migrate(sample->registry, sample->store), "migrations");
        sample->engine = (Engine){
                .registry = sample->registry,
                .stores = { [STORE_BUSINESS] = sample->store },
                .clock = &clock_real,
                .digest_kind = DIGEST_SM3,
                .permit_command = permit_command,
                .permit_view = permit_view,
        };
        sample->identity = (WebIdentity){ NULL, sample_login, sample_session, sample_logout, sample_password,
                sample_step_up, sample_functions, sample_sessions, sample_session_end,
                sample_sessions_end_others };
        sample->runs = (WebRuns){ sample, sample_run };
        sample->papers = (WebPapers){ NULL, sample_paper };
        must(runs_new(&clock_real, &sample->run_queue), "runs");
        must(web_start(&(WebOptions){ .engine = &sample->engine,
                               .clock = &clock_real,
                               .socket = sample->socket,
                               .spool = sample->spool,
                               .blobs = sample->blobs,
                               .origin = origin,
                               .node_name = "试验县",
                               .level = "county",
                               .identity = &sample->identity,
                               .runs = &sample->runs,
                               .run_queue = sample->run_queue,
                               .papers = &sample->papers },
                     &sample->web),
                "web");
}

void sample_stop(Sample *sample) {
        sample->web = web_stop(sample->web);
        sample->run_queue = runs_free(sample->run_queue);
        sample->store = store_close(sample->store);
        sample->registry = registry_free(sample->registry);
}
