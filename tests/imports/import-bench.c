/* SPDX-License-Identifier: Apache-2.0 */
/* A county's store, runs and parse process for tests of imports. */

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <internal/keys-process.h>
#include <internal/papers.h>
#include <modules/modules.h>

#include "import-bench.h"

const char *import_samples;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended = PTHREAD_COND_INITIALIZER;
static int64_t ended_run;

static void run_heard(void *data, Id run, const RunProgress *progress) {
        pthread_mutex_lock(&lock);
        if (progress->final)
                ended_run = run.value;
        pthread_cond_broadcast(&ended);
        pthread_mutex_unlock(&lock);
}

static int64_t now_ms;

static Instant bench_now(void *data) {
        return (Instant){ now_ms++ };
}

static int64_t bench_monotonic(void *data) {
        return clock_real.monotonic_ms(clock_real.data);
}

static void bench_random(void *data, void *ret, size_t size_bytes) {
        clock_real.random(clock_real.data, ret, size_bytes);
}

static const Clock bench_clock = { bench_now, bench_monotonic, bench_random, NULL };

static int engine_open(Bench *bench) {
        const StoreOptions options = { .id = STORE_BUSINESS,
                .dsn = bench->dsn,
                .clock = &bench_clock,
                .readers = 2,
                .inline_writer = true };
        Store *store;

        bench->list[0] = &module_documents;
        memcpy(bench->list + 1, modules, n_modules * sizeof(modules[0]));
        int r = registry_new(bench->list, n_modules + 1, CAPABILITY_BUSINESS, &bench->registry);
        if (r == 0)
                r = keys_simulation(1, &bench->keys);
        if (r == 0)
                r = store_open(&options, &store);
        if (r < 0)
                return r;
        bench->engine = (Engine){ .registry = bench->registry,
                .stores = { [STORE_BUSINESS] = store },
                .keys = &bench->keys,
                .clock = &bench_clock,
                .digest_kind = DIGEST_SM3,
                .division = "510129" };
        return engine_migrate(bench->registry, store);
}

int bench_open(void **state) {
        Bench *bench = calloc(1, sizeof(Bench));

        if (!bench || n_modules + 2 > ELEMENTSOF(bench->list))
                return -1;
        now_ms = INT64_C(1795406400000); /* 2026-11-23, noon */
        ended_run = 0;                   /* each bench numbers its runs from there */
        strcpy(bench->folder, "/tmp/fundnode-imports-XXXXXX");
        if (!mkdtemp(bench->folder))
                return -1;
        snprintf(bench->blobs, sizeof(bench->blobs), "%s/blobs", bench->folder);
        snprintf(bench->dsn, sizeof(bench->dsn), "sqlite:%s/business.db", bench->folder);
        if (engine_open(bench) < 0 || runs_new(&bench_clock, &bench->runs) < 0)
                return -1;
        runs_listen(bench->runs, run_heard, NULL);
        bench->imports = (Imports){ &bench->engine, bench->runs, "/proc/self/exe", bench->blobs };
        bench->clerk = (Caller){ .person = { 7001 }, .office = 510129 };
        *state = bench;
        return 0;
}

int bench_close(void **state) {
        Bench *bench = *state;
        char command[100];

        runs_free(bench->runs);
        store_close(bench->engine.stores[STORE_BUSINESS]);
        keys_close(&bench->keys);
        registry_free(bench->registry);
        snprintf(command, sizeof(command), "rm -r '%s'", bench->folder);
        free(bench);
        return system(command);
}

Digest bytes_upload(const Bench *bench, Bytes bytes) {
        Digest digest;

        assert_int_equal(blob_put(bench->blobs, DIGEST_SM3, bytes, &digest), 0);
        return digest;
}

Bytes sample_bytes(const char *name) {
        const char *slash = strrchr(name, '/'), *last = slash ? slash + 1 : name;
        char path[1000];

        snprintf(path, sizeof(path), "%s/%s%s", import_samples, name, strchr(last, '.') ? "" : ".csv");
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        uint8_t *data = malloc(1u << 20);
        assert_non_null(data);
        size_t size = fread(data, 1, 1u << 20, file);
        fclose(file);
        return (Bytes){ data, size };
}

Digest sample_upload(const Bench *bench, const char *name) {
        Bytes bytes = sample_bytes(name);
        Digest digest = bytes_upload(bench, bytes);

        free((void *) bytes.data);
        return digest;
}

/* Runs to its end; the run's "result", a new reference. */
json_t *importer_run(
        Bench *bench, const Importer *importer, const Digest *upload, ImportMode mode, const char *state) {
        json_t *told = NULL;

        assert_int_equal(imports_start(&bench->imports, &bench->clerk,
                                 &(ImportAsked){ importer, upload, "样例.csv", mode }, &bench->last),
                0);
        pthread_mutex_lock(&lock);
        while (ended_run != bench->last.value)
                pthread_cond_wait(&ended, &lock);
        pthread_mutex_unlock(&lock);
        assert_int_equal(runs_read(bench->runs, &bench->clerk, bench->last, &told), 0);
        assert_string_equal(json_string_value(json_object_get(told, "state")), state);
        json_t *result = json_incref(json_object_get(told, "result"));
        json_decref(told);
        assert_non_null(result);
        return result;
}

json_t *import_run(Bench *bench, const Digest *upload, ImportMode mode, const char *state) {
        return importer_run(bench, importer_find(bench->registry, "building_table"), upload, mode, state);
}

int64_t number(const json_t *result, const char *name) {
        const json_t *value = json_object_get(result, name);

        assert_true(json_is_integer(value));
        return json_integer_value(value);
}

Digest business_digest(const Bench *bench) {
        Digest digest;

        assert_int_equal(store_digest(bench->engine.stores[STORE_BUSINESS], bench->list, &digest), 0);
        return digest;
}

void error_is(const json_t *result, const char *code) {
        const json_t *error = json_object_get(result, "error");
        const char *message = json_string_value(json_object_get(error, "message"));

        assert_string_equal(json_string_value(json_object_get(error, "code")), code);
        assert_true(message && *message);
        assert_null(strchr(message, '{'));
}
