/* SPDX-License-Identifier: Apache-2.0 */
/* Private values: sealed into the vault, found by blind index, opened only for a named purpose that is
 * recorded. The ciphertext is bound to its row: store, office and vault id are its associated data. */
#include <stdio.h>
#include <string.h>

#include "request.h"

#define VAULT_KEY_VERSION 1
#define SEALED_FOUND_MAX 1000
#define MASK_BYTES_MAX 256u
#define PLAIN_BYTES_MAX 4096u
#define SEALED_FIELDS_MAX 16 /* of one record */

static int place_bytes(const Request *q, Id vault, char ret_text[static 64], Bytes *ret) {
        int n = snprintf(ret_text, 64, "%d/%lld/%lld", (int) tx_store(q->tx), (long long) q->office,
                (long long) vault.value);

        *ret = (Bytes){ (const uint8_t *) ret_text, (size_t) n };
        return 0;
}

struct IndexKnown {
        const char *message;
        Digest mac;
};

/* Length of the kind stands before it, so that no two (kind, scope, value) give the same bytes. */
static int index_message(Request *q, const char *kind, Id scope, const char *plain, const char **ret) {
        if (!q->kernel->keys)
                return -EOPNOTSUPP;
        if (strlen(plain) > PLAIN_BYTES_MAX)
                return -E2BIG;
        *ret = arena_printf(q->arena, "%zu:%s/%lld/%lld/%s", strlen(kind), kind, (long long) q->office,
                (long long) scope.value, plain);
        return *ret ? 0 : -ENOMEM;
}

static const Digest *index_known(const Request *q, const char *message) {
        for (size_t i = q->kernel->n_indexes; i > 0; i--)
                if (strcmp(q->kernel->indexes[i - 1].message, message) == 0)
                        return &q->kernel->indexes[i - 1].mac;
        return NULL;
}

static int index_keep(Request *q, const char *message, const Digest *mac) {
        RequestKernel *kernel = q->kernel;

        if (kernel->n_indexes == kernel->indexes_capacity) {
                size_t capacity = kernel->indexes_capacity ? 2 * kernel->indexes_capacity : 128;
                struct IndexKnown *larger = ARENA_ARRAY(q->arena, struct IndexKnown, capacity);
                if (!larger)
                        return -ENOMEM;
                if (kernel->n_indexes)
                        memcpy(larger, kernel->indexes, kernel->n_indexes * sizeof(*larger));
                kernel->indexes = larger;
                kernel->indexes_capacity = capacity;
        }
        kernel->indexes[kernel->n_indexes++] = (struct IndexKnown){ message, *mac };
        return 0;
}

static KeysTask index_task(const char *message) {
        return (KeysTask){ .purpose = KEY_INDEX, .message = { (const uint8_t *) message, strlen(message) } };
}

static int blind_index(Request *q, const char *kind, Id scope, const char *plain, Digest *ret) {
        const char *message;

        int r = index_message(q, kind, scope, plain, &message);
        if (r < 0)
                return r;
        const Digest *known = index_known(q, message);
        if (known) {
                *ret = *known;
                return 0;
        }
        KeysTask task = index_task(message);
        r = keys_many(q->kernel->keys, &task, 1, q->arena);
        if (r >= 0)
                r = index_keep(q, message, &task.mac);
        if (r >= 0)
                *ret = task.mac;
        return r;
}

int sealed_prepare(Request *q, const char *kind, Id scope, const char *const *plains, size_t n) {
        KeysTask *tasks = ARENA_ARRAY(q->arena, KeysTask, n + 1);
        size_t n_tasks = 0;
        int r = tasks ? 0 : -ENOMEM;

        for (size_t i = 0; r >= 0 && i < n; i++) {
                const char *message;
                r = index_message(q, kind, scope, plains[i], &message);
                if (r >= 0 && !index_known(q, message))
                        tasks[n_tasks++] = index_task(message);
        }
        if (r >= 0)
                r = keys_many(q->kernel->keys, tasks, n_tasks, q->arena);
        for (size_t i = 0; r >= 0 && i < n_tasks; i++)
                r = index_keep(q, (const char *) tasks[i].message.data, &tasks[i].mac);
        return r;
}

static bool kind_is_name(const char *kind) {
        size_t size = strlen(kind);

        return size >= 4 && strcmp(kind + size - 4, "name") == 0;
}

/* A private field of the row at hand on its way into the vault. */
typedef struct Sealing {
        Sealed *sealed;
        const char *kind, *plain, *message;
        char place[64];
        Bytes associated;
        Digest mac;
        Id id;
} Sealing;

static int vault_write(Request *q, const Sealing *sealing, Bytes bytes) {
        char mask[MASK_BYTES_MAX];

        if (kind_is_name(sealing->kind))
                text_mask_name(sealing->plain, mask, sizeof(mask));
        else
                text_mask_number(sealing->plain, mask, sizeof(mask));
        int r = tx_exec(q->tx, &query_vault_insert,
                SQL_ARGS(value_id(sealing->id), value_integer(q->office), value_text(sealing->kind),
                        value_integer(VAULT_KEY_VERSION), value_blob(bytes.data, bytes.size),
                        value_blob(sealing->mac.bytes, sizeof(sealing->mac.bytes)), value_text(mask)),
                NULL);
        if (r < 0)
                return r;
        *sealing->sealed = (Sealed){ .vault = sealing->id, .mask = arena_strdup(q->arena, mask) };
        return sealing->sealed->mask ? 0 : -ENOMEM;
}

/* Indexes and seals of all fields of a row by one exchange with the keys. */
static int sealings_write(Request *q, Sealing *sealings, size_t n) {
        KeysTask tasks[2 * SEALED_FIELDS_MAX];
        size_t n_tasks = n;
        int r = 0;

        for (size_t i = 0; i < n; i++) {
                const Digest *known = index_known(q, sealings[i].message);
                tasks[i] = (KeysTask){ .seal = true,
                        .purpose = KEY_VAULT,
                        .associated = sealings[i].associated,
                        .message = { (const uint8_t *) sealings[i].plain, strlen(sealings[i].plain) } };
                if (known)
                        sealings[i].mac = *known;
                else
                        tasks[n_tasks++] = index_task(sealings[i].message);
        }
        r = keys_many(q->kernel->keys, tasks, n_tasks, q->arena);
        for (size_t i = n; r >= 0 && i < n_tasks; i++) {
                const char *message = (const char *) tasks[i].message.data;
                for (size_t k = 0; k < n; k++)
                        if (sealings[k].message == message)
                                sealings[k].mac = tasks[i].mac;
                r = index_keep(q, message, &tasks[i].mac);
        }
        for (size_t i = 0; r >= 0 && i < n; i++)
                r = vault_write(q, &sealings[i], tasks[i].sealed);
        return r;
}

int row_seal(Request *q, const Record *record, void *row) {
        Sealing sealings[SEALED_FIELDS_MAX];
        size_t n = 0;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                if (field->kind != KIND_SEALED)
                        continue;
                Sealed *sealed = field_sealed(field, row);
                if (!sealed->plain_input)
                        continue;
                if (sealed->plain_input[0] == 0) {
                        *sealed = (Sealed){ 0 };
                        continue;
                }
                if (n == SEALED_FIELDS_MAX)
                        return -E2BIG;
                Sealing *sealing = &sealings[n++];
                const Field *scope_field =
                        field->references ? record_field(record, field->references) : NULL;
                Id scope = { scope_field ? field_integer(scope_field, row) : 0 };
                *sealing = (Sealing){ .sealed = sealed,
                        .kind = field->codes ? field->codes : field->name,
                        .plain = sealed->plain_input };
                r = index_message(q, sealing->kind, scope, sealing->plain, &sealing->message);
                if (r >= 0)
                        r = request_ids(q, NULL, 1, &sealing->id);
                if (r >= 0)
                        r = place_bytes(q, sealing->id, sealing->place, &sealing->associated);
        }
        return r >= 0 && n > 0 ? sealings_write(q, sealings, n) : r;
}

static int opening_record(Request *q, Sealed sealed, const char *purpose) {
        SealedOpening opening = {
                .vault = sealed.vault, .person = q->person, .instant = q->now, .purpose = purpose
        };

        return record_insert(q, record_opening[tx_store(q->tx)], &opening);
}

int sealed_open(Request *q, Sealed sealed, const char *purpose, const char **ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const Keys *keys = q->kernel->keys;
        Bytes associated, stored, plain;
        char place[64], *text;
        int r;

        if (!keys)
                return -EOPNOTSUPP;
        r = tx_query(q->tx, &query_vault_select, SQL_ARGS(value_id(sealed.vault), value_integer(q->office)),
                &rows);
        if (r >= 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        stored = rows_blob(rows, 0);
        stored.data = arena_copy(q->arena, stored.data, stored.size);
        if (!stored.data)
                return -ENOMEM;
        r = opening_record(q, sealed, purpose);
        if (r >= 0)
                r = place_bytes(q, sealed.vault, place, &associated);
        if (r >= 0)
                r = keys->open(keys->data, KEY_VAULT, associated, stored, q->arena, &plain);
        if (r < 0)
                return r;
        text = arena_strndup(q->arena, (const char *) plain.data, plain.size);
        if (!text)
                return -ENOMEM;
        *ret = text;
        return 0;
}

int sealed_find(
        Request *q, const char *kind, Id scope, const char *plain, Id **ret_vault_ids, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Digest mac;
        size_t n = 0;
        Id *found;
        int r;

        found = ARENA_ARRAY(q->arena, Id, SEALED_FOUND_MAX);
        if (!found)
                return -ENOMEM;
        r = blind_index(q, kind, scope, plain, &mac);
        if (r < 0)
                return r;
        r = tx_query(q->tx, &query_vault_find,
                SQL_ARGS(value_integer(q->office), value_text(kind),
                        value_blob(mac.bytes, sizeof(mac.bytes)), value_integer(SEALED_FOUND_MAX)),
                &rows);
        while (r >= 0 && n < SEALED_FOUND_MAX && (r = rows_next(rows)) > 0)
                found[n++].value = rows_integer(rows, 0);
        if (r < 0)
                return r;
        *ret_vault_ids = found;
        *ret_n = n;
        return 0;
}
