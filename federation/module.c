/* SPDX-License-Identifier: Apache-2.0 */
/* The federation's descriptor. */
#include <federation/federation.h>

#include <string.h>

#include "enrolment.h"
#include "federation-query.h"
#include "land.h"

static const Record *const records[] = { &record_enrolment, &record_issue_input, &record_issue_output,
        &record_request_input, &record_decide_input, &record_land_input, NULL };

static const Command *const commands[] = { &command_land, &command_issue_code, &command_request_enrolment,
        &command_approve_enrolment, &command_refuse_enrolment, NULL };

static const Column enrolment_columns[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN },
        { "name", "机构名称", KIND_TEXT, COLUMN_FILTER },
        { "division_code", "区划代码", KIND_TEXT, COLUMN_FILTER },
        { "level", "层级", KIND_INTEGER },
        { "expires", "有效期至", KIND_INSTANT },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, .states = enrolment_states },
        { "issued_by", "发码人", KIND_ID },
        { "approved_by", "批准人", KIND_ID },
        { "given", "机构编号", KIND_INTEGER },
        {},
};
static const char *const enrolment_actions[] = { "federation.approve_enrolment",
        "federation.refuse_enrolment", NULL };
static const View view_enrolments = {
        .name = "federation.enrolments",
        .label = "入网登记",
        .help = "这里是要接入本级的机构。先签发一次性入网码交给对方，对方申请后由另一人批准。",
        .clause = "17.2.1",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_DETAIL | CAPABILITY_FACTS,
        .query = &query_enrolments,
        .columns = enrolment_columns,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "联网监管",
        .actions = enrolment_actions,
};
static const View *const views[] = { &view_enrolments, NULL };

static const Step steps[] = {
        { .name = "federation.office",
                .label = "本机构接入",
                .purpose = "本机构须先由上级签发接入码、核准接入，才有机构号。机构号写入每一笔记录，不能改变。",
                .clause = "17.2.1",
                .capabilities = CAPABILITY_INNER,
                .place = 10,
                .store = STORE_SYSTEM,
                .done = &query_office_enrolled },
        { 0 },
};

static const ErrorText errors[] = {
#define ERROR(code, sentence, clause) { code, sentence, clause },
#include "errors.def"
#undef ERROR
        {},
};

const Module module_federation = {
        .name = "federation",
        .label = "联网监管",
        .clause = "17",
        .capabilities = CAPABILITY_INNER,
        .migrations = federation_migrations,
        .records = records,
        .commands = commands,
        .views = views,
        .errors = errors,
        .steps = steps,
};

static const char *const stream_names[] = {
        [STREAM_DETAIL] = "detail",
        [STREAM_SUPERVISION] = "supervision",
        [STREAM_FACTS] = "facts",
        [STREAM_BACKUP] = "backup",
        [STREAM_ATTESTATION] = "attestation",
};

int federation_stream_parse(const char *name, int64_t *ret) {
        for (int64_t i = 1; i <= STREAM_LAST; i++)
                if (name && strcmp(name, stream_names[i]) == 0) {
                        *ret = i;
                        return 0;
                }
        return -EINVAL;
}

const char *federation_stream_name(int64_t stream) {
        return stream >= 1 && stream <= STREAM_LAST ? stream_names[stream] : "";
}
