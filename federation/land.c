/* SPDX-License-Identifier: Apache-2.0 */
/* What can be known about a received batch without a store: who may have sent it, whether it is what was
 * signed, and what stands in it. Runs on a worker, so that the writer only writes. */
#include "land.h"

#include <federation/federation.h>
#include <node/error.h>
#include <string.h>

typedef struct Unpacking {
        Landing *landing;
        const Directory *directory;
        Arena *arena;
        BatchSum sums[BATCH_SUMS_MAX];
        size_t n_sums;
} Unpacking;

static int say(const char **ret_code, const char *code) {
        *ret_code = code;
        return -EREFUSED_;
}

static int sum_add(Unpacking *unpacking, int64_t record, int64_t field, int64_t amount) {
        for (size_t i = 0; i < unpacking->n_sums; i++) {
                BatchSum *sum = &unpacking->sums[i];
                int64_t added;

                if (sum->record != record || sum->field != field)
                        continue;
                if (__builtin_add_overflow(sum->sum, amount, &added))
                        return -EOVERFLOW;
                sum->sum = added;
                return 0;
        }
        if (unpacking->n_sums == BATCH_SUMS_MAX)
                return -E2BIG;
        unpacking->sums[unpacking->n_sums++] = (BatchSum){ record, field, amount };
        return 0;
}

static int sums_of_row(Unpacking *unpacking, const Plan *plan, const void *row) {
        for (size_t i = 0; i < plan->record.n_fields; i++) {
                const Field *field = &plan->record.fields[i];
                int r;

                if (field->kind != KIND_MONEY)
                        continue;
                r = sum_add(unpacking, plan->record.number, field->number,
                        *(const int64_t *) ((const uint8_t *) row + field->offset));
                if (r < 0)
                        return r;
        }
        return 0;
}

/* A row that has no id of its own stands aside under a number of its place. */
static Id place_id(const Landing *landing) {
        return (Id){ -(landing->header.seq * (BATCH_ROWS_MAX + 1) + (int64_t) landing->n_rows) };
}

static int take_record_row(Unpacking *unpacking, LandRow *row) {
        Landing *landing = unpacking->landing;
        void *decoded = arena_alloc(unpacking->arena, row->plan->record.size);
        int r;

        if (!decoded)
                return -ENOMEM;
        r = record_decode(&row->plan->record, row->bytes, unpacking->arena, decoded);
        if (r == -ENOMEM)
                return r;
        if (r < 0) {
                /* One bad row never stops what follows. */
                row->id = place_id(landing);
                return 0;
        }
        row->row = decoded;
        row->id = ((const RowHead *) decoded)->id;
        return sums_of_row(unpacking, row->plan, decoded);
}

static int take_attestation(Unpacking *unpacking, LandRow *row) {
        const Landing *landing = unpacking->landing;
        int r = attestation_row_decode(row->bytes, unpacking->arena, &row->attestation);

        if (r < 0)
                return r;
        row->foreign =
                !directory_below(unpacking->directory, row->attestation.office, landing->header.office);
        if (row->foreign)
                row->id = place_id(landing);
        return 0;
}

static int take_row(void *data, int64_t record, Bytes bytes) {
        Unpacking *unpacking = data;
        Landing *landing = unpacking->landing;
        LandRow *row = &landing->rows[landing->n_rows];
        uint8_t *copy = arena_copy(unpacking->arena, bytes.data, bytes.size);
        int r = 0;

        if (!copy)
                return -ENOMEM;
        *row = (LandRow){ .record = record, .bytes = { copy, bytes.size } };
        if (record == FEDERATION_ROW_FACT)
                r = fact_row_decode(row->bytes, &row->fact);
        else if (record == FEDERATION_ROW_ATTESTATION)
                r = take_attestation(unpacking, row);
        else {
                row->plan = plans_find(&landing->context->plans, record);
                if (row->plan)
                        r = take_record_row(unpacking, row);
        }
        landing->n_rows++;
        return r;
}

/* Sums of records that we know must be what the header says. */
static bool sums_agree(const Unpacking *unpacking) {
        const Landing *landing = unpacking->landing;

        for (size_t i = 0; i < landing->header.n_sums; i++) {
                const BatchSum *said = &landing->header.sums[i];
                const Plan *plan = plans_find(&landing->context->plans, said->record);
                bool known = false, found = false;

                for (size_t k = 0; plan && k < plan->record.n_fields; k++)
                        known = known || plan->record.fields[k].number == said->field;
                if (!known)
                        continue;
                for (size_t k = 0; k < unpacking->n_sums; k++)
                        if (unpacking->sums[k].record == said->record &&
                                unpacking->sums[k].field == said->field)
                                found = unpacking->sums[k].sum == said->sum;
                if (!found)
                        return false;
        }
        return true;
}

static bool has_unreadable(const Landing *landing) {
        for (size_t i = 0; i < landing->n_rows; i++)
                if (landing->rows[i].plan && !landing->rows[i].row)
                        return true;
        return false;
}

static int unpack(const Directory *directory, Landing *landing, const ReceivedBatch *received, Arena *arena,
        const char **ret_code) {
        Unpacking *unpacking;
        int r;

        if (!context_lands(landing->context, landing->header.stream) || landing->header.rows == 0)
                return 0;
        unpacking = arena_alloc(arena, sizeof *unpacking);
        landing->rows = ARENA_ARRAY(arena, LandRow, (size_t) landing->header.rows);
        if (!unpacking || !landing->rows)
                return -ENOMEM;
        unpacking->landing = landing;
        unpacking->directory = directory;
        unpacking->arena = arena;
        r = batch_rows(&landing->header, received->chunks, take_row, unpacking);
        if (r == -ENOMEM)
                return r;
        if (r < 0)
                return say(ret_code, "federation.malformed");
        if (!has_unreadable(landing) && !sums_agree(unpacking))
                return say(ret_code, "federation.sums");
        return 0;
}

static int check_origin(
        const Context *context, const Directory *directory, const Landing *landing, const char **ret_code) {
        const BatchHeader *header = &landing->header;

        if (memcmp(&header->tree, &context->tree, sizeof header->tree) != 0)
                return say(ret_code, "federation.tree");
        if (!directory_entry(directory, header->office) ||
                !directory_below(directory, header->office, landing->peer))
                return say(ret_code, "federation.unknown_office");
        return 0;
}

static int check_signature(const Directory *directory, const Landing *landing, const char **ret_code) {
        const BatchHeader *header = &landing->header;
        Position position = { header->epoch, header->seq };
        PublicKey key;
        int r;

        r = directory_key(directory, header->office, header->stream, position, &key);
        if (r == -EACCES)
                return say(ret_code, "federation.revoked");
        if (r < 0)
                return say(ret_code, "federation.unknown_office");
        if (key.algorithm != header->signature_algorithm)
                return say(ret_code, "federation.signature");
        r = signature_verify(&key, landing->bytes.header_bytes.data, landing->bytes.header_bytes.size,
                &landing->bytes.signature);
        return r < 0 ? say(ret_code, "federation.signature") : 0;
}

/* The first batch of a new epoch carries the parent's signed word for it. */
static int check_grant(
        const Directory *directory, const Landing *landing, Arena *arena, const char **ret_code) {
        const BatchHeader *header = &landing->header;
        const Entry *entry = directory_entry(directory, header->office);
        Signature signature;
        Statement grant;

        if (header->epoch == 1 || header->seq > 1)
                return 0;
        if (header->grant_signature.size != sizeof signature.bytes ||
                statement_decode(header->grant, arena, &grant) < 0)
                return say(ret_code, "federation.grant");
        memcpy(signature.bytes, header->grant_signature.data, sizeof signature.bytes);
        if (grant.format != STATEMENT_GRANT || grant.office != header->office ||
                grant.stream != header->stream || grant.epoch != header->epoch ||
                grant.signer != entry->parent || !digest_equal(&grant.digest, &header->previous) ||
                memcmp(&grant.tree, &header->tree, sizeof grant.tree) != 0)
                return say(ret_code, "federation.grant");
        if (directory_verify(directory, grant.signer, header->grant, &signature) < 0)
                return say(ret_code, "federation.grant");
        return 0;
}

int landing_check(const Context *context, const Directory *directory, const ReceivedBatch *received,
        int64_t peer, Arena *arena, Landing *ret, const char **ret_code) {
        Landing landing = { .context = context, .peer = peer, .bytes.header_bytes = received->header };
        Buffer body = BUFFER_INIT(FEDERATION_FRAME_BYTES_MAX);
        int r;

        r = batch_header_decode(received->header, arena, &landing.header);
        if (r == -ENOMEM)
                return r;
        if (r == -EOPNOTSUPP)
                return say(ret_code, "federation.format");
        if (r < 0 || received->signature.size != sizeof landing.bytes.signature.bytes)
                return say(ret_code, "federation.malformed");
        memcpy(landing.bytes.signature.bytes, received->signature.data,
                sizeof landing.bytes.signature.bytes);
        /* From here on a refusal can name the batch. */
        r = digest_compute((DigestKind) landing.header.digest_algorithm, received->header.data,
                received->header.size, &landing.bytes.digest);
        if (r < 0)
                return r;
        *ret = landing;
        r = check_origin(context, directory, &landing, ret_code);
        if (r == 0)
                r = check_signature(directory, &landing, ret_code);
        if (r == 0)
                r = check_grant(directory, &landing, arena, ret_code);
        if (r < 0)
                return r;
        if (batch_chunks_check(&landing.header, received->chunks, received->n_chunks) < 0)
                return say(ret_code, "federation.malformed");
        r = unpack(directory, &landing, received, arena, ret_code);
        if (r < 0)
                return r;
        r = batch_body_join(received->chunks, received->n_chunks, &body);
        if (r == 0) {
                landing.bytes.body =
                        (Bytes){ arena_copy(arena, body.data ? body.data : (uint8_t *) "", body.size),
                                body.size };
                r = landing.bytes.body.data ? 0 : -ENOMEM;
        }
        buffer_done(&body);
        if (r == 0)
                *ret = landing;
        return r;
}
