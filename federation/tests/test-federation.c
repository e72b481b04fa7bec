/* SPDX-License-Identifier: Apache-2.0 */
/* Codecs of what is signed, and the directory's chain of trust. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <federation/federation.h>
#include <internal/keys-process.h>
#include <node/error.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "directory.h"
#include "enrolment.h"
#include "land.h"
#include "machine.h"
#include "statement.h"

static int collect(void *data, int64_t record, Bytes row) {
        int64_t *sum = data;

        *sum += record * (int64_t) row.size;
        return 0;
}

static void pack(BatchPacker *packer, Arena *arena, BatchHeader *header, int rows) {
        uint8_t row[600];

        batch_packer_init(packer, DIGEST_SHA256, arena);
        memset(row, 7, sizeof row);
        for (int i = 0; i < rows; i++)
                assert_int_equal(batch_packer_row(packer, 7, (Bytes){ row, sizeof row }), 0);
        assert_int_equal(batch_packer_sum(packer, 7, 3, INT64_MAX), 0);
        assert_int_equal(batch_packer_sum(packer, 7, 3, 1), -EOVERFLOW);
        assert_int_equal(batch_packer_record(packer, 7, 12), 0);
        *header = (BatchHeader){ .format = 1,
                .office = 5,
                .stream = STREAM_DETAIL,
                .epoch = 1,
                .seq = 9,
                .kind = BATCH_DELTA,
                .chain_first = 3,
                .chain_last = 8,
                .signature_algorithm = 1,
                .digest_algorithm = DIGEST_SHA256 };
        memset(&header->tree, 1, sizeof header->tree);
        assert_int_equal(batch_packer_finish(packer, header), 0);
}

static void batch_round_trip(void **state) {
        Arena *arena = arena_new(64u << 20);
        Buffer bytes = BUFFER_INIT(BATCH_HEADER_BYTES_MAX), body = BUFFER_INIT(8u << 20);
        BatchHeader header, read;
        BatchPacker packer;
        int64_t sum = 0;
        Bytes *chunks;
        size_t n;

        pack(&packer, arena, &header, 2000);
        assert_true(header.n_chunks > 1);
        assert_int_equal(batch_header_encode(&header, &bytes), 0);
        assert_int_equal(batch_header_decode((Bytes){ bytes.data, bytes.size }, arena, &read), 0);
        assert_int_equal(read.rows, 2000);
        assert_int_equal(read.sums[0].sum, INT64_MAX);
        assert_int_equal(read.records[0].fields, 12);
        assert_int_equal(read.chain_last, 8);
        assert_int_equal(batch_body_join(packer.packed, packer.n_chunks, &body), 0);
        assert_int_equal(batch_body_split((Bytes){ body.data, body.size }, arena, &chunks, &n), 0);
        assert_int_equal(batch_chunks_check(&read, chunks, n), 0);
        assert_int_equal(batch_rows(&read, chunks, collect, &sum), 0);
        assert_int_equal(sum, INT64_C(2000) * 7 * 600);
        ((uint8_t *) chunks[0].data)[20] ^= 1;
        assert_int_equal(batch_chunks_check(&read, chunks, n), -EBADMSG);
        batch_packer_done(&packer);
        buffer_done(&bytes);
        buffer_done(&body);
        arena_free(arena);
}

static void batch_refuses(void **state) {
        Arena *arena = arena_new(64u << 20);
        BatchHeader header, read;
        BatchPacker packer;
        int64_t sum = 0;

        pack(&packer, arena, &header, 3);
        for (int i = 0; i < 6; i++) {
                Buffer bytes = BUFFER_INIT(BATCH_HEADER_BYTES_MAX);
                BatchHeader bad = header;

                bad.stream = i == 0 ? STREAM_LAST + 1 : bad.stream;
                bad.seq = i == 1 ? 0 : bad.seq;
                bad.rows = i == 2 ? BATCH_ROWS_MAX + 1 : bad.rows;
                bad.chain_last = i == 3 ? 1 : bad.chain_last;
                bad.n_chunks = i == 4 ? 0 : bad.n_chunks;
                bad.seq = i == 5 ? BATCH_SEQ_MAX + 1 : bad.seq;
                assert_int_equal(batch_header_encode(&bad, &bytes), 0);
                assert_int_equal(
                        batch_header_decode((Bytes){ bytes.data, bytes.size }, arena, &read), -EMALFORMED_);
                buffer_done(&bytes);
        }
        /* One row fewer than promised, one more than promised. */
        header.rows = 4;
        assert_int_equal(batch_rows(&header, packer.packed, collect, &sum), -EMALFORMED_);
        header.rows = 2;
        assert_int_equal(batch_rows(&header, packer.packed, collect, &sum), -EMALFORMED_);
        /* A chunk that unpacks to more than it says stops at what it said. */
        header.rows = 3;
        packer.chunks[0].raw -= 1;
        assert_int_equal(batch_rows(&header, packer.packed, collect, &sum), -EMALFORMED_);
        batch_packer_done(&packer);
        arena_free(arena);
}

static void statement_round_trip(void **state) {
        Arena *arena = arena_new(1u << 20);
        Buffer bytes = BUFFER_INIT(STATEMENT_BYTES_MAX);
        Statement read, said = { .format = STATEMENT_REFUSAL,
                .office = 7,
                .stream = 3,
                .epoch = 2,
                .seq = 11,
                .signer = 1,
                .code = "federation.gap",
                .held_epoch = 2,
                .held_seq = 9 };

        assert_int_equal(statement_encode(&said, &bytes), 0);
        assert_int_equal(statement_decode((Bytes){ bytes.data, bytes.size }, arena, &read), 0);
        assert_string_equal(read.code, "federation.gap");
        assert_int_equal(read.held_seq, 9);
        /* A batch header is never a statement, whatever it says. */
        bytes.data[1] = 2;
        assert_int_equal(statement_decode((Bytes){ bytes.data, bytes.size }, arena, &read), -EMALFORMED_);
        buffer_done(&bytes);
        arena_free(arena);
}

/* --- directory --- */

typedef struct Tree {
        Keys root, city, stranger;
        PublicKey root_key;
        Directory *directory;
} Tree;

static Entry entry_of(
        Tree *tree, const Keys *keys, int64_t office, int64_t parent, int64_t first, int64_t last) {
        Entry entry = { .format = ENTRY_FORMAT,
                .office = office,
                .version = 1,
                .parent = parent,
                .name = "office",
                .division_code = "",
                .fingerprint = "",
                .level = parent == office ? 4 : 2,
                .capabilities = 4,
                .block_first = first,
                .block_last = last,
                .valid_from = 20260101,
                .signer = parent,
                .signer_version = 1 };

        assert_int_equal(keys->public_key(keys->data, &entry.key), 0);
        assert_int_equal(tree_of(&tree->root_key, &entry.tree), 0);
        return entry;
}

static int add(Tree *tree, const Keys *signer, const Entry *entry) {
        Buffer bytes = BUFFER_INIT(ENTRY_BYTES_MAX);
        Signature signature;
        int r;

        assert_int_equal(entry_encode(entry, &bytes), 0);
        assert_int_equal(signer->sign(signer->data, KEY_IDENTITY, bytes.data, bytes.size, &signature), 0);
        r = directory_add(tree->directory, (Bytes){ bytes.data, bytes.size }, &signature,
                directory_serial(tree->directory) + 1);
        buffer_done(&bytes);
        return r;
}

static int tree_begin(void **state) {
        static Tree tree;
        Entry root;

        assert_int_equal(keys_simulation(1, &tree.root), 0);
        assert_int_equal(keys_simulation(2, &tree.city), 0);
        assert_int_equal(keys_simulation(3, &tree.stranger), 0);
        assert_int_equal(tree.root.public_key(tree.root.data, &tree.root_key), 0);
        tree.directory = directory_new(&tree.root_key);
        assert_non_null(tree.directory);
        root = entry_of(&tree, &tree.root, 1, 1, 1, 1000);
        assert_int_equal(add(&tree, &tree.root, &root), 0);
        *state = &tree;
        return 0;
}

static int tree_end(void **state) {
        Tree *tree = *state;

        directory_unref(tree->directory);
        keys_close(&tree->root);
        keys_close(&tree->city);
        keys_close(&tree->stranger);
        return 0;
}

static void directory_follows(void **state) {
        Tree *tree = *state;
        Entry city = entry_of(tree, &tree->city, 100, 1, 100, 199);
        Entry county = entry_of(tree, &tree->stranger, 101, 100, 101, 110);

        assert_int_equal(add(tree, &tree->city, &county), -ENOENT);
        assert_int_equal(add(tree, &tree->stranger, &city), -EBADMSG);
        assert_int_equal(add(tree, &tree->root, &city), 0);
        assert_int_equal(add(tree, &tree->root, &city), -EEXIST);
        assert_int_equal(add(tree, &tree->root, &county), -EBADMSG);
        assert_int_equal(add(tree, &tree->city, &county), 0);
        assert_true(directory_below(tree->directory, 101, 1));
        assert_int_equal(directory_towards(tree->directory, 1, 101), 100);
        city.name = "other";
        assert_int_equal(add(tree, &tree->root, &city), -ESTALE);
}

static void directory_blocks(void **state) {
        Tree *tree = *state;
        Entry city = entry_of(tree, &tree->city, 100, 1, 100, 199);
        Entry sister = entry_of(tree, &tree->stranger, 199, 1, 199, 299);
        Entry outside = entry_of(tree, &tree->stranger, 5000, 1, 5000, 5001);

        assert_int_equal(add(tree, &tree->root, &city), 0);
        assert_int_equal(add(tree, &tree->root, &sister), -EBADMSG);
        assert_int_equal(add(tree, &tree->root, &outside), -EBADMSG);
}

/* History stays valid; the next batch is refused. */
static void directory_revokes(void **state) {
        Tree *tree = *state;
        Entry city = entry_of(tree, &tree->city, 100, 1, 100, 199);
        PublicKey key;

        assert_int_equal(add(tree, &tree->root, &city), 0);
        city.version = 2;
        city.revoked = true;
        city.since[0] = (EntrySince){ STREAM_FACTS, { 1, 8 } };
        city.n_since = 1;
        assert_int_equal(add(tree, &tree->root, &city), 0);
        assert_int_equal(directory_key(tree->directory, 100, STREAM_FACTS, (Position){ 1, 7 }, &key), 0);
        assert_int_equal(
                directory_key(tree->directory, 100, STREAM_FACTS, (Position){ 1, 8 }, &key), -EACCES);
        assert_int_equal(
                directory_key(tree->directory, 77, STREAM_FACTS, (Position){ 1, 1 }, &key), -ENOENT);
}

/* A later version comes from above the office: no sister, stranger or child takes it, and nobody the root.
 */
static void directory_keeps(void **state) {
        Tree *tree = *state;
        Entry city = entry_of(tree, &tree->city, 100, 1, 100, 199);
        Entry sister = entry_of(tree, &tree->stranger, 200, 1, 200, 299);
        Entry county = entry_of(tree, &tree->stranger, 101, 100, 101, 110);
        Entry taken = entry_of(tree, &tree->stranger, 101, 200, 101, 110);
        Entry root = entry_of(tree, &tree->stranger, 1, 200, 1, 1000);
        Entry turned = entry_of(tree, &tree->stranger, 100, 101, 100, 199);

        assert_int_equal(add(tree, &tree->root, &city), 0);
        assert_int_equal(add(tree, &tree->root, &sister), 0);
        assert_int_equal(add(tree, &tree->city, &county), 0);
        taken.version = root.version = turned.version = 2;
        assert_int_equal(add(tree, &tree->stranger, &taken), -EBADMSG);
        assert_int_equal(add(tree, &tree->stranger, &root), -EBADMSG);
        assert_int_equal(add(tree, &tree->stranger, &turned), -EBADMSG);
        assert_true(directory_below(tree->directory, 101, 100));
        county.version = 2;
        assert_int_equal(add(tree, &tree->city, &county), 0);
        county.version = 3;
        county.parent = county.signer = 1;
        assert_int_equal(add(tree, &tree->root, &county), 0);
        assert_false(directory_below(tree->directory, 101, 100));
}

static int landed_attestations(Tree *tree, const int64_t offices[2], Arena *arena, Landing *ret) {
        Context context = { .capabilities = CAPABILITY_FACTS };
        Buffer row = BUFFER_INIT(4096), bytes = BUFFER_INIT(BATCH_HEADER_BYTES_MAX);
        const char *code = "";
        Signature signature;
        BatchHeader header;
        BatchPacker packer;
        PublicKey key;
        int r;

        assert_int_equal(tree_of(&tree->root_key, &context.tree), 0);
        assert_int_equal(tree->city.public_key(tree->city.data, &key), 0);
        batch_packer_init(&packer, DIGEST_SHA256, arena);
        for (size_t i = 0; i < 2; i++) {
                const AttestationRow said = {
                        .office = offices[i], .month = 202601, .revision = 1, .verdict = 1, .differing = ""
                };

                buffer_reset(&row);
                assert_int_equal(attestation_row_encode(&said, &row), 0);
                assert_int_equal(
                        batch_packer_row(&packer, FEDERATION_ROW_ATTESTATION, (Bytes){ row.data, row.size }),
                        0);
        }
        header = (BatchHeader){ .format = BATCH_FORMAT,
                .tree = context.tree,
                .office = 100,
                .stream = STREAM_ATTESTATION,
                .epoch = 1,
                .seq = 1,
                .kind = BATCH_DELTA,
                .signature_algorithm = key.algorithm,
                .digest_algorithm = DIGEST_SHA256 };
        assert_int_equal(batch_packer_finish(&packer, &header), 0);
        assert_int_equal(batch_header_encode(&header, &bytes), 0);
        assert_int_equal(
                tree->city.sign(tree->city.data, KEY_IDENTITY, bytes.data, bytes.size, &signature), 0);
        const ReceivedBatch received = { { bytes.data, bytes.size },
                { signature.bytes, sizeof signature.bytes }, packer.packed, packer.n_chunks };
        r = landing_check(&context, tree->directory, &received, 100, arena, ret, &code);
        assert_string_equal(code, "");
        batch_packer_done(&packer);
        buffer_done(&row);
        buffer_done(&bytes);
        return r;
}

/* An office attests what is below it; what it says of others stands aside. */
static void attestation_of_others(void **state) {
        Tree *tree = *state;
        Arena *arena = arena_new(64u << 20);
        Entry city = entry_of(tree, &tree->city, 100, 1, 100, 199);
        Entry county = entry_of(tree, &tree->stranger, 101, 100, 101, 110);
        Entry sister = entry_of(tree, &tree->stranger, 200, 1, 200, 299);
        Landing landing;

        assert_int_equal(add(tree, &tree->root, &city), 0);
        assert_int_equal(add(tree, &tree->root, &sister), 0);
        assert_int_equal(add(tree, &tree->city, &county), 0);
        assert_int_equal(landed_attestations(tree, (int64_t[]){ 101, 200 }, arena, &landing), 0);
        assert_int_equal(landing.n_rows, 2);
        assert_false(landing.rows[0].foreign);
        assert_true(landing.rows[1].foreign);
        assert_true(landing.rows[1].id.value < 0);
        arena_free(arena);
}

/* --- session --- */

/* A parent that answers nothing any more: what the child does by itself until it waits. */
static size_t loads_until_waiting(Machine *machine, int64_t head) {
        static const uint8_t small[] = { FRAME_BATCH << 3 | 2, 0 };
        size_t loads = 0;
        Work *work;

        while ((work = machine_take_work(machine))) {
                OutFrame frame;

                work->peer = 1;
                work->credit = FEDERATION_CREDIT_BYTES;
                work->ready = work->kind == WORK_FRAME && work->frame_kind == FRAME_READY;
                if (work->kind == WORK_FLOWS) {
                        work->flows = calloc(1, sizeof *work->flows);
                        assert_non_null(work->flows);
                        work->flows[work->n_flows++] =
                                (Flow){ .office = 5, .stream = STREAM_FACTS, .head = { 1, head } };
                } else if (work->kind == WORK_LOAD) {
                        uint8_t *data = malloc(sizeof small);

                        assert_non_null(data);
                        memcpy(data, small, sizeof small);
                        assert_int_equal(work_frame(work, data, sizeof small), 0);
                        work->position = (Position){ 1, work->position.seq + 1 };
                        loads++;
                }
                machine_step(machine, &(Input){ .kind = INPUT_DONE, .work = work });
                while (machine_take_frame(machine, &frame) > 0) {
                        free(frame.data);
                        machine_step(machine, &(Input){ .kind = INPUT_SENT });
                }
        }
        return loads;
}

/* However small its batches, a child sends no more of them than its parent keeps in its queue. */
static void backlog_fits_the_queue(void **state) {
        static const uint8_t hello[] = { FRAME_HELLO << 3 | 2, 0 }, ready[] = { FRAME_READY << 3 | 2, 0 };
        Machine *machine = machine_new(FEDERATION_UP, "");
        size_t loads;

        assert_non_null(machine);
        machine_step(machine, &(Input){ .kind = INPUT_CONNECTED });
        assert_int_equal(loads_until_waiting(machine, 10000), 0);
        machine_step(machine, &(Input){ .kind = INPUT_FRAME, .frame = { hello, sizeof hello } });
        assert_int_equal(loads_until_waiting(machine, 10000), 0);
        machine_step(machine, &(Input){ .kind = INPUT_FRAME, .frame = { ready, sizeof ready } });
        loads = loads_until_waiting(machine, 10000);
        assert_int_equal(machine_state(machine), MACHINE_OPEN);
        assert_true(loads > 0 && loads < FEDERATION_FRAMES_QUEUED_MAX);
        machine_free(machine);
}

static void code_digest(void **state) {
        char a[65], b[65];

        assert_int_equal(enrolment_code_digest("ABCD-EFGH-JKLM-NPQR-STUV-WXYZ", a), 0);
        assert_int_equal(enrolment_code_digest("abcd efgh jklm npqr stuv wxyz", b), 0);
        assert_string_equal(a, b);
        assert_int_equal(enrolment_code_digest("ABCDEFGHJKLMNPQRSTUVWXYZA", a), -EMALFORMED_);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "a batch is read as it was written [17.2.1]", batch_round_trip, NULL, NULL, NULL },
                { "a batch that lies about itself is malformed", batch_refuses, NULL, NULL, NULL },
                { "statements", statement_round_trip, NULL, NULL, NULL },
                { "entries follow from the root [14.3.2]", directory_follows, tree_begin, tree_end, NULL },
                { "numbers stay within the block given", directory_blocks, tree_begin, tree_end, NULL },
                { "an office is taken only from above [14.3.2]", directory_keeps, tree_begin, tree_end,
                        NULL },
                { "attestations on offices below", attestation_of_others, tree_begin, tree_end, NULL },
                { "revocation by sequence", directory_revokes, tree_begin, tree_end, NULL },
                { "a backlog of small batches fits the parent's queue", backlog_fits_the_queue, NULL, NULL,
                        NULL },
                { "one-time codes as typed", code_digest, NULL, NULL, NULL },
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests(tests, NULL, NULL);
}
