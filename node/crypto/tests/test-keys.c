/* SPDX-License-Identifier: Apache-2.0 */
/* One behaviour, three forms of Keys: in process, in the keys process (this program started again as
 * "keys"), and the simulator's. Then the files: modes, restarts, credentials; and the process: threads,
 * limits, its end. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <internal/keys-process.h>
#include <internal/recovery-key.h>
#include <node/error.h>

#include "digest.h"
#include "keys-frame.h"

static char self_exe[PATH_MAX];

typedef struct Folder {
        char path[64];
        char keys[80];
} Folder;

static int folder_make(void **state) {
        Folder *folder = calloc(1, sizeof(*folder));

        strcpy(folder->path, "/tmp/test-keys-XXXXXX");
        assert_non_null(mkdtemp(folder->path));
        snprintf(folder->keys, sizeof(folder->keys), "%s/keys", folder->path);
        *state = folder;
        return 0;
}

static int folder_remove(void **state) {
        static const char *const names[] = { "profile", "identity.pem", "vault.key", "index.key",
                "rights.key", "recovery.public", "recovery-share-office.txt", "recovery-share-city.txt",
                "recovery-share-province.txt", "credentials/vault.key", "credentials" };
        Folder *folder = *state;
        char path[160];

        for (size_t i = 0; i < ELEMENTSOF(names); i++) {
                snprintf(path, sizeof(path), "%s/%s", folder->keys, names[i]);
                if (remove(path) < 0)
                        assert_int_equal(errno, ENOENT);
        }
        rmdir(folder->keys);
        assert_int_equal(rmdir(folder->path), 0);
        free(folder);
        return 0;
}

static void file_text(const Folder *folder, const char *name, char *ret, size_t max) {
        char path[160];
        snprintf(path, sizeof(path), "%s/%s", folder->keys, name);
        FILE *file = fopen(path, "r");

        assert_non_null(file);
        size_t size = fread(ret, 1, max - 1, file);
        ret[size] = 0;
        fclose(file);
}

static void file_mode(const Folder *folder, const char *name, mode_t mode) {
        char path[160];

        snprintf(path, sizeof(path), "%s/%s", folder->keys, name);
        assert_int_equal(chmod(path, mode), 0);
}

/* What every form of Keys must do and refuse. */
static void expect_behaviour(const Keys *keys) {
        Arena *arena = arena_new(1 << 20);
        Bytes place = bytes_text("row 1"), plain = bytes_text("13800000000"), sealed, opened;
        PublicKey public_key;
        Signature signature;
        Digest index, rights, again;

        assert_int_equal(keys->public_key(keys->data, &public_key), 0);
        assert_int_equal(keys->sign(keys->data, KEY_IDENTITY, "head", 4, &signature), 0);
        assert_int_equal(signature_verify(&public_key, "head", 4, &signature), 0);
        assert_int_equal(signature_verify(&public_key, "heaD", 4, &signature), -EBADMSG);
        assert_int_equal(keys->seal(keys->data, KEY_VAULT, place, plain, arena, &sealed), 0);
        assert_int_equal(keys->open(keys->data, KEY_VAULT, place, sealed, arena, &opened), 0);
        assert_int_equal(opened.size, plain.size);
        assert_memory_equal(opened.data, plain.data, plain.size);
        assert_int_equal(
                keys->open(keys->data, KEY_VAULT, bytes_text("row 2"), sealed, arena, &opened), -EBADMSG);
        assert_int_equal(keys->mac(keys->data, KEY_INDEX, "x", 1, &index), 0);
        assert_int_equal(keys->mac(keys->data, KEY_INDEX, "x", 1, &again), 0);
        assert_int_equal(keys->mac(keys->data, KEY_RIGHTS, "x", 1, &rights), 0);
        assert_true(digest_equal(&index, &again));
        assert_false(digest_equal(&index, &rights));
        assert_int_equal(keys->seal(keys->data, KEY_BACKUP, place, plain, arena, &sealed), 0);

        for (KeyPurpose purpose = KEY_IDENTITY; purpose <= KEY_BACKUP + 1; purpose++) {
                if (purpose != KEY_IDENTITY)
                        assert_int_equal(keys->sign(keys->data, purpose, "head", 4, &signature), -EPERM);
                if (purpose != KEY_VAULT && purpose != KEY_BACKUP)
                        assert_int_equal(
                                keys->seal(keys->data, purpose, place, plain, arena, &sealed), -EPERM);
                if (purpose != KEY_VAULT)
                        assert_int_equal(
                                keys->open(keys->data, purpose, place, sealed, arena, &opened), -EPERM);
                if (purpose != KEY_INDEX && purpose != KEY_RIGHTS)
                        assert_int_equal(keys->mac(keys->data, purpose, "x", 1, &again), -EPERM);
        }
        arena_free(arena);
}

static void test_software(void **state) {
        Folder *folder = *state;
        Keys keys, again;
        PublicKey first, second;
        Digest before, after;
        Bytes sealed, opened;
        Arena *arena = arena_new(1 << 20);

        assert_int_equal(keys_software_open(folder->keys, &keys), 0);
        expect_behaviour(&keys);
        assert_int_equal(keys.public_key(keys.data, &first), 0);
        assert_int_equal(first.algorithm, ALGORITHM_SM2_SM3);
        assert_int_equal(keys.mac(keys.data, KEY_INDEX, "x", 1, &before), 0);
        assert_int_equal(
                keys.seal(keys.data, KEY_VAULT, bytes_text("r"), bytes_text("p"), arena, &sealed), 0);
        keys_close(&keys);
        assert_null(keys.data);
        assert_int_equal(keys_software_open(folder->keys, &again), 0);
        assert_int_equal(again.public_key(again.data, &second), 0);
        assert_int_equal(again.mac(again.data, KEY_INDEX, "x", 1, &after), 0);
        assert_memory_equal(&first, &second, sizeof(first));
        assert_true(digest_equal(&before, &after));
        assert_int_equal(again.open(again.data, KEY_VAULT, bytes_text("r"), sealed, arena, &opened), 0);
        keys_close(&again);
        arena_free(arena);
}

static void test_profile(void **state) {
        Folder *folder = *state;
        Keys keys;
        PublicKey key;
        char text[256];

        assert_int_equal(keys_configure(folder->keys, ALGORITHM_SIMULATION, VAULT_AES_256_GCM), -EOPNOTSUPP);
        assert_int_equal(keys_configure(folder->keys, ALGORITHM_P256_SHA256, VAULT_AES_256_GCM), 0);
        assert_int_equal(keys_configure(folder->keys, ALGORITHM_SM2_SM3, VAULT_SM4_CTR_HMAC_SM3), 0);
        assert_int_equal(keys_software_open(folder->keys, &keys), 0);
        expect_behaviour(&keys);
        assert_int_equal(keys.public_key(keys.data, &key), 0);
        assert_int_equal(key.algorithm, ALGORITHM_P256_SHA256);
        file_text(folder, "vault.key", text, sizeof(text));
        assert_non_null(strstr(text, "vault aes-256-gcm"));
        keys_close(&keys);
}

static void test_lax_modes(void **state) {
        static const char *const names[] = { "identity.pem", "vault.key", "index.key", "rights.key" };
        Folder *folder = *state;
        Keys keys;

        assert_int_equal(keys_software_open(folder->keys, &keys), 0);
        keys_close(&keys);
        for (size_t i = 0; i < ELEMENTSOF(names); i++) {
                char path[160];
                struct stat info;

                snprintf(path, sizeof(path), "%s/%s", folder->keys, names[i]);
                assert_int_equal(stat(path, &info), 0);
                assert_int_equal(info.st_mode & 07777, 0600);
                file_mode(folder, names[i], 0640);
                assert_int_equal(keys_software_open(folder->keys, &keys), -EPERM);
                file_mode(folder, names[i], 0600);
        }
        file_mode(folder, "", 0750);
        assert_int_equal(keys_software_open(folder->keys, &keys), -EPERM);
        file_mode(folder, "", 0700);
        assert_int_equal(keys_software_open(folder->keys, &keys), 0);
        keys_close(&keys);
}

static void file_write(const Folder *folder, const char *name, const char *text) {
        char path[160];
        snprintf(path, sizeof(path), "%s/%s", folder->keys, name);
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

        assert_true(fd >= 0);
        assert_int_equal(write(fd, text, strlen(text)), (ssize_t) strlen(text));
        close(fd);
}

static void test_malformed_files(void **state) {
        static const char *const names[] = { "identity.pem", "vault.key", "index.key", "rights.key",
                "recovery.public", "profile" };
        Folder *folder = *state;
        char kept[4096], index[4096];
        Keys keys;

        assert_int_equal(keys_software_open(folder->keys, &keys), 0);
        keys_close(&keys);
        for (size_t i = 0; i < ELEMENTSOF(names); i++) {
                file_text(folder, names[i], kept, sizeof(kept));
                file_write(folder, names[i], "");
                assert_int_equal(keys_software_open(folder->keys, &keys), -EMALFORMED_);
                file_write(folder, names[i], kept);
        }
        /* one key file under the name of another */
        file_text(folder, "rights.key", kept, sizeof(kept));
        file_text(folder, "index.key", index, sizeof(index));
        file_write(folder, "rights.key", index);
        assert_int_equal(keys_software_open(folder->keys, &keys), -EMALFORMED_);
        file_write(folder, "rights.key", kept);
        assert_int_equal(keys_software_open(folder->keys, &keys), 0);
        keys_close(&keys);
}

static void test_credentials_first(void **state) {
        Folder *folder = *state;
        char path[120], text[256];
        Keys keys;
        Digest own, given;

        assert_int_equal(keys_software_open(folder->keys, &keys), 0);
        assert_int_equal(keys.mac(keys.data, KEY_INDEX, "x", 1, &own), 0);
        keys_close(&keys);
        snprintf(path, sizeof(path), "%s/credentials", folder->keys);
        assert_int_equal(mkdir(path, 0700), 0);
        file_write(folder, "credentials/vault.key", "fundnode-key-1 index");
        setenv("CREDENTIALS_DIRECTORY", path, 1);
        assert_int_equal(keys_software_open(folder->keys, &keys), -EMALFORMED_);
        file_text(folder, "vault.key", text, sizeof(text));
        file_write(folder, "credentials/vault.key", text);
        assert_int_equal(keys_software_open(folder->keys, &keys), 0);
        assert_int_equal(keys.mac(keys.data, KEY_INDEX, "x", 1, &given), 0);
        assert_true(digest_equal(&own, &given));
        keys_close(&keys);
        file_mode(folder, "credentials/vault.key", 0644);
        assert_int_equal(keys_software_open(folder->keys, &keys), -EPERM);
        unsetenv("CREDENTIALS_DIRECTORY");
}

/* The whole way of a restore: the node seals, forgets, and two of the papers open. */
static void test_backup(void **state) {
        Folder *folder = *state;
        char office[512], province[512];
        Arena *arena = arena_new(8 << 20);
        Bytes sealed, opened;
        RecoveryKey *key;
        Keys keys;

        assert_int_equal(keys_software_open(folder->keys, &keys), 0);
        assert_int_equal(
                keys.seal(keys.data, KEY_BACKUP, bytes_text("s1"), bytes_text("chain"), arena, &sealed), 0);
        keys_close(&keys);
        file_text(folder, "recovery-share-office.txt", office, sizeof(office));
        file_text(folder, "recovery-share-province.txt", province, sizeof(province));
        assert_int_equal(recovery_key_combine(office, province, &key), 0);
        assert_int_equal(recovery_key_open(key, bytes_text("s1"), sealed, arena, &opened), 0);
        assert_int_equal(opened.size, 5);
        assert_memory_equal(opened.data, "chain", 5);
        recovery_key_free(key);
        arena_free(arena);
}

static void test_simulation(void **state) {
        Keys a, b, c;
        Signature first, second;
        PublicKey key;
        Bytes one, two;
        Arena *arena = arena_new(1 << 20);

        assert_int_equal(keys_simulation(7, &a), 0);
        assert_int_equal(keys_simulation(7, &b), 0);
        assert_int_equal(keys_simulation(8, &c), 0);
        assert_int_equal(a.public_key(a.data, &key), 0);
        assert_int_equal(a.sign(a.data, KEY_IDENTITY, "m", 1, &first), 0);
        assert_int_equal(signature_verify(&key, "m", 1, &first), -EOPNOTSUPP);
        crypto_allow_simulation();
        expect_behaviour(&a);
        assert_int_equal(b.sign(b.data, KEY_IDENTITY, "m", 1, &second), 0);
        assert_memory_equal(&first, &second, sizeof(first));
        assert_int_equal(c.sign(c.data, KEY_IDENTITY, "m", 1, &second), 0);
        assert_memory_not_equal(&first, &second, sizeof(first));
        assert_int_equal(signature_verify(&key, "m", 1, &second), -EBADMSG);
        assert_int_equal(a.seal(a.data, KEY_VAULT, bytes_text("r"), bytes_text("p"), arena, &one), 0);
        assert_int_equal(b.seal(b.data, KEY_VAULT, bytes_text("r"), bytes_text("p"), arena, &two), 0);
        assert_int_equal(one.size, two.size);
        assert_memory_equal(one.data, two.data, one.size);
        arena_free(arena);
        keys_close(&a);
        keys_close(&b);
        keys_close(&c);
}

static void expect_end(pid_t pid, int code) {
        int status = 0;

        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), code);
}

static void test_process(void **state) {
        Folder *folder = *state;
        Keys keys, own;
        PublicKey theirs, ours;
        pid_t pid;

        assert_int_equal(keys_process_start(self_exe, folder->keys, &keys, &pid), 0);
        expect_behaviour(&keys);
        assert_int_equal(keys.public_key(keys.data, &theirs), 0);
        keys_close(&keys);
        expect_end(pid, 0);
        assert_int_equal(keys_software_open(folder->keys, &own), 0);
        assert_int_equal(own.public_key(own.data, &ours), 0);
        assert_memory_equal(&theirs, &ours, sizeof(ours));
        keys_close(&own);
}

static void test_process_large(void **state) {
        Folder *folder = *state;
        Arena *arena = arena_new(64 << 20);
        uint8_t *data = malloc(KEYS_MESSAGE_BYTES_MAX + 1);
        Bytes sealed, opened;
        Keys keys;
        pid_t pid;

        memset(data, 0x5a, KEYS_MESSAGE_BYTES_MAX + 1);
        assert_int_equal(keys_process_start(self_exe, folder->keys, &keys, &pid), 0);
        Bytes plain = { data, KEYS_MESSAGE_BYTES_MAX - 1000 };
        assert_int_equal(keys.seal(keys.data, KEY_VAULT, bytes_text("big"), plain, arena, &sealed), 0);
        assert_int_equal(keys.open(keys.data, KEY_VAULT, bytes_text("big"), sealed, arena, &opened), 0);
        assert_int_equal(opened.size, plain.size);
        assert_memory_equal(opened.data, data, plain.size);
        assert_int_equal(keys.seal(keys.data, KEY_BACKUP, bytes_text(""),
                                 (Bytes){ data, KEYS_MESSAGE_BYTES_MAX }, arena, &sealed),
                0);
        plain.size = KEYS_MESSAGE_BYTES_MAX + 1;
        assert_int_equal(keys.seal(keys.data, KEY_VAULT, bytes_text(""), plain, arena, &sealed), -E2BIG);
        expect_behaviour(&keys);
        keys_close(&keys);
        expect_end(pid, 0);
        free(data);
        arena_free(arena);
}

typedef struct Worker {
        const Keys *keys;
        int number, faults;
} Worker;

static void *worker_run(void *data) {
        Worker *worker = data;
        Arena *arena = arena_new(1 << 20);

        for (int i = 0; i < 200; i++) {
                char text[32];
                int size = snprintf(text, sizeof(text), "worker %d turn %d", worker->number, i);
                Bytes sealed, opened, plain = { (uint8_t *) text, (size_t) size };

                if (worker->keys->seal(worker->keys->data, KEY_VAULT, plain, plain, arena, &sealed) < 0 ||
                        worker->keys->open(worker->keys->data, KEY_VAULT, plain, sealed, arena, &opened) <
                                0 ||
                        opened.size != plain.size || memcmp(opened.data, text, plain.size) != 0)
                        worker->faults++;
                arena_reset(arena);
        }
        arena_free(arena);
        return NULL;
}

static void test_process_threads(void **state) {
        Folder *folder = *state;
        pthread_t threads[4];
        Worker workers[4];
        Keys keys;
        pid_t pid;

        assert_int_equal(keys_process_start(self_exe, folder->keys, &keys, &pid), 0);
        for (int i = 0; i < 4; i++) {
                workers[i] = (Worker){ &keys, i, 0 };
                assert_int_equal(pthread_create(&threads[i], NULL, worker_run, &workers[i]), 0);
        }
        for (int i = 0; i < 4; i++) {
                pthread_join(threads[i], NULL);
                assert_int_equal(workers[i].faults, 0);
        }
        keys_close(&keys);
        expect_end(pid, 0);
}

/* More than one burst takes, an answer that fails in the middle, and the stream is whole afterwards. */
static void test_process_many(void **state) {
        enum { TASKS = 1500 };
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        Folder *folder = *state;
        KeysTask tasks[TASKS] = { 0 };
        Digest mac;
        Bytes plain;
        Keys keys;
        pid_t pid;

        assert_int_equal(keys_process_start(self_exe, folder->keys, &keys, &pid), 0);
        for (size_t i = 0; i < TASKS; i++) {
                const char *text = arena_printf(arena, "number %zu", i);
                tasks[i] = (KeysTask){ .seal = i % 3 == 1,
                        .purpose = i % 3 == 1 ? KEY_VAULT : KEY_INDEX,
                        .associated = { (const uint8_t *) "row", i % 3 == 1 ? 3 : 0 },
                        .message = { (const uint8_t *) text, strlen(text) } };
        }
        assert_int_equal(keys_many(&keys, tasks, TASKS, arena), 0);
        for (size_t i = 0; i < TASKS; i++) {
                if (tasks[i].seal) {
                        assert_int_equal(keys.open(keys.data, KEY_VAULT, tasks[i].associated,
                                                 tasks[i].sealed, arena, &plain),
                                0);
                        assert_int_equal(plain.size, tasks[i].message.size);
                        assert_memory_equal(plain.data, tasks[i].message.data, plain.size);
                        continue;
                }
                assert_int_equal(
                        keys.mac(keys.data, KEY_INDEX, tasks[i].message.data, tasks[i].message.size, &mac),
                        0);
                assert_memory_equal(mac.bytes, tasks[i].mac.bytes, sizeof(mac.bytes));
        }
        tasks[7].purpose = KEY_IDENTITY; /* seals nothing, makes no MAC */
        assert_int_equal(keys_many(&keys, tasks, TASKS, arena), -EPERM);
        assert_int_equal(keys.mac(keys.data, KEY_INDEX, "x", 1, &mac), 0);
        keys_close(&keys);
        expect_end(pid, 0);
}

static void test_process_gone(void **state) {
        Folder *folder = *state;
        Signature signature;
        Keys keys;
        pid_t pid;
        int status;

        assert_int_equal(keys_process_start(self_exe, folder->keys, &keys, &pid), 0);
        assert_int_equal(kill(pid, SIGKILL), 0);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_int_equal(keys.sign(keys.data, KEY_IDENTITY, "m", 1, &signature), -EIO);
        assert_int_equal(keys.sign(keys.data, KEY_IDENTITY, "m", 1, &signature), -EIO);
        keys_close(&keys);
}

static void test_process_refuses_start(void **state) {
        Folder *folder = *state;
        Keys keys;
        pid_t pid;

        assert_int_equal(keys_software_open(folder->keys, &keys), 0);
        keys_close(&keys);
        file_mode(folder, "vault.key", 0644);
        assert_int_equal(keys_process_start(self_exe, folder->keys, &keys, &pid), -EPERM);
        file_mode(folder, "vault.key", 0600);
        assert_int_equal(keys_process_start("/nonexistent/fundnode", folder->keys, &keys, &pid), -ENOENT);
        assert_int_equal(keys_process_start("/bin/true", folder->keys, &keys, &pid), -EIO);
}

/* A bad frame ends the process: nobody but the node speaks to it, so the node is broken or taken over. */
static void test_process_bad_frame(void **state) {
        static const uint8_t frames[][KEYS_REQUEST_HEAD_BYTES] = {
                { 0, 0, 0, 7, KEYS_SIGN, KEY_IDENTITY },
                { 0xff, 0xff, 0xff, 0xff, KEYS_SIGN, KEY_IDENTITY },
                { 0, 0, 0, 8, KEYS_SIGN, KEY_IDENTITY, 0, 1 },
                { 0, 0, 0, 12, KEYS_SEAL, KEY_VAULT, 0, 0, 0, 0, 0, 5 },
        };
        Folder *folder = *state;

        for (size_t i = 0; i < ELEMENTSOF(frames); i++) {
                uint8_t answer[KEYS_ANSWER_HEAD_BYTES];
                FrameReader reader = { 0 };
                int pair[2];

                assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
                pid_t pid = fork();
                if (pid == 0) {
                        dup2(pair[1], 9);
                        execl(self_exe, self_exe, "keys", "9", folder->keys, NULL);
                        _exit(99);
                }
                close(pair[1]);
                reader.fd = pair[0];
                assert_int_equal(frame_take(&reader, answer, sizeof(answer)), 0);
                assert_int_equal(frame_get(answer + 4), 0);
                assert_int_equal(frame_write(pair[0], (Bytes[]){ { frames[i], sizeof(frames[i]) } }, 1), 0);
                assert_int_equal(frame_take(&reader, answer, 1), -EPIPE);
                close(pair[0]);
                expect_end(pid, 1);
        }
}

static long status_number(pid_t pid, const char *name) {
        char path[64], line[256];
        long value = -1;
        snprintf(path, sizeof(path), "/proc/%d/status", (int) pid);
        FILE *file = fopen(path, "r");

        assert_non_null(file);
        while (fgets(line, sizeof(line), file))
                if (strncmp(line, name, strlen(name)) == 0)
                        value = strtol(line + strlen(name) + 1, NULL, 10);
        fclose(file);
        return value;
}

static void test_process_shut(void **state) {
        Folder *folder = *state;
        Keys keys;
        pid_t pid;

        assert_int_equal(keys_process_start(self_exe, folder->keys, &keys, &pid), 0);
        assert_int_equal(status_number(pid, "Seccomp:"), 2);
        assert_int_equal(status_number(pid, "NoNewPrivs:"), 1);
        keys_close(&keys);
        expect_end(pid, 0);
}

#define WITH_FOLDER(name_, function_)                                                                       \
        { name_, function_, folder_make, folder_remove, NULL }

int main(int argc, char **argv) {
        if (argc == 4 && strcmp(argv[1], "keys") == 0)
                return keys_process_main(atoi(argv[2]), argv[3]);
        ssize_t size = readlink("/proc/self/exe", self_exe, sizeof(self_exe) - 1);
        if (size <= 0)
                return 1;

        const struct CMUnitTest tests[] = {
                WITH_FOLDER("software keys: uses, refusals, restart [14.3.1]", test_software),
                WITH_FOLDER("the profile decides once", test_profile),
                WITH_FOLDER("lax modes are refused [14.3.2]", test_lax_modes),
                WITH_FOLDER("malformed and exchanged files are refused", test_malformed_files),
                WITH_FOLDER("credentials go first", test_credentials_first),
                WITH_FOLDER("backup seal opens with two shares [14.2.4]", test_backup),
                cmocka_unit_test(test_simulation),
                WITH_FOLDER("keys process: same uses and refusals", test_process),
                WITH_FOLDER("keys process: largest messages", test_process_large),
                WITH_FOLDER("keys process: four threads", test_process_threads),
                WITH_FOLDER("keys process: many at once [14.3.1]", test_process_many),
                WITH_FOLDER("keys process: killed", test_process_gone),
                WITH_FOLDER("keys process: refuses to start", test_process_refuses_start),
                WITH_FOLDER("keys process: bad frames end it", test_process_bad_frame),
                WITH_FOLDER("keys process: filter and no new privileges [14.3.2]", test_process_shut),
        };

        return cmocka_run_group_tests_name("crypto::keys", tests, NULL, NULL);
}
