/* SPDX-License-Identifier: Apache-2.0 */
/* Private values: sealed into the vault, found by blind index, opened only for a named purpose that is
 * recorded. The ciphertext is bound to its row: store, office and vault id are its associated data. */
#include <stdio.h>
#include <string.h>

#include "request.h"

#define VAULT_KEY_VERSION 1
#define SEALED_FOUND_MAX 1000
#define VAULT_LOOK_MAX 32 /* indexes of query_vault_find_many */
#define MASK_BYTES_MAX 256u
#define PLAIN_BYTES_MAX 4096u

static int place_bytes(const Request *q, Id vault, char ret_text[static 64], Bytes *ret) {
        int n = snprintf(ret_text, 64, "%d/%lld/%lld", (int) tx_store(q->tx), (long long) q->office,
                (long long) vault.value);

        *ret = (Bytes){ (const uint8_t *) ret_text, (size_t) n };
        return 0;
}

/* A blind index this command has asked for, and where it has looked, the vault's rows that carry it. */
struct IndexKnown {
        uint64_t hash;
        const char *message;
        Digest mac;
        bool looked;
        Id *found;
        size_t n_found;
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

static uint64_t message_hash(const char *message) {
        uint64_t hash = UINT64_C(0xcbf29ce484222325);

        for (; *message; message++)
                hash = (hash ^ (uint8_t) *message) * UINT64_C(0x100000001b3);
        return hash;
}

static struct IndexKnown *index_known(const Request *q, const char *message) {
        uint64_t hash = message_hash(message);

        for (size_t i = q->kernel->n_indexes; i > 0; i--) {
                struct IndexKnown *known = &q->kernel->indexes[i - 1];
                if (known->hash == hash && strcmp(known->message, message) == 0)
                        return known;
        }
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
        kernel->indexes[kernel->n_indexes++] =
                (struct IndexKnown){ .hash = message_hash(message), .message = message, .mac = *mac };
        return 0;
}

static KeysTask index_task(const char *message) {
        return (KeysTask){ .purpose = KEY_INDEX, .message = { (const uint8_t *) message, strlen(message) } };
}

static int blind_index(Request *q, const char *kind, Id scope, const char *plain, struct IndexKnown **ret) {
        const char *message;

        int r = index_message(q, kind, scope, plain, &message);
        if (r < 0)
                return r;
        *ret = index_known(q, message);
        if (*ret)
                return 0;
        KeysTask task = index_task(message);
        r = keys_many(q->kernel->keys, &task, 1, q->arena);
        if (r >= 0)
                r = index_keep(q, message, &task.mac);
        if (r >= 0)
                *ret = index_known(q, message);
        return r;
}

static int found_add(Request *q, struct IndexKnown *known, Id id) {
        Id *larger = ARENA_ARRAY(q->arena, Id, known->n_found + 1);

        if (!larger)
                return -ENOMEM;
        if (known->n_found)
                memcpy(larger, known->found, known->n_found * sizeof(Id));
        larger[known->n_found++] = id;
        known->found = larger;
        return 0;
}

/* What the vault has of these indexes, by one statement; where it has very much, each is looked up by
 * itself. */
static int indexes_look(Request *q, const char *kind, struct IndexKnown *const *known, size_t n) {
        Value values[3 + VAULT_LOOK_MAX] = { value_integer(q->office), value_text(kind),
                value_integer(SEALED_FOUND_MAX) };
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t n_rows = 0;
        int r;

        /* the rest is equal to no index */
        for (size_t i = 0; i < VAULT_LOOK_MAX; i++)
                values[3 + i] = i < n ? value_blob(known[i]->mac.bytes, sizeof(known[i]->mac.bytes))
                                      : value_blob("", 0);
        r = tx_query(q->tx, &query_vault_find_many, values, ELEMENTSOF(values), &rows);
        for (; r >= 0 && (r = rows_next(rows)) > 0; n_rows++) {
                Bytes mac = rows_blob(rows, 1);
                for (size_t i = 0; r >= 0 && i < n; i++)
                        if (mac.size == sizeof(Digest) &&
                                memcmp(mac.data, known[i]->mac.bytes, mac.size) == 0)
                                r = found_add(q, known[i], (Id){ rows_integer(rows, 0) });
        }
        for (size_t i = 0; i < n; i++) {
                known[i]->looked = r >= 0 && n_rows < SEALED_FOUND_MAX;
                if (!known[i]->looked)
                        known[i]->n_found = 0;
        }
        return r;
}

static int indexes_look_all(Request *q, const char *kind, const char *const *messages, size_t n) {
        struct IndexKnown *known[VAULT_LOOK_MAX];
        size_t n_known = 0;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < n; i++) {
                struct IndexKnown *one = index_known(q, messages[i]);
                bool asked = one->looked;
                for (size_t k = 0; !asked && k < n_known; k++)
                        asked = known[k] == one;
                if (!asked)
                        known[n_known++] = one;
                if (n_known == VAULT_LOOK_MAX || (i + 1 == n && n_known > 0)) {
                        r = indexes_look(q, kind, known, n_known);
                        n_known = 0;
                }
        }
        return r;
}

int sealed_prepare(Request *q, const char *kind, Id scope, const char *const *plains, size_t n) {
        KeysTask *tasks = ARENA_ARRAY(q->arena, KeysTask, n + 1);
        const char **messages = ARENA_ARRAY(q->arena, const char *, n + 1);
        size_t n_tasks = 0;
        int r = tasks && messages ? 0 : -ENOMEM;

        for (size_t i = 0; r >= 0 && i < n; i++) {
                r = index_message(q, kind, scope, plains[i], &messages[i]);
                if (r >= 0 && !index_known(q, messages[i]))
                        tasks[n_tasks++] = index_task(messages[i]);
        }
        if (r >= 0)
                r = keys_many(q->kernel->keys, tasks, n_tasks, q->arena);
        for (size_t i = 0; r >= 0 && i < n_tasks; i++)
                r = index_keep(q, (const char *) tasks[i].message.data, &tasks[i].mac);
        return r < 0 ? r : indexes_look_all(q, kind, messages, n);
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
        size_t task; /* that makes the mac; 0: known before */
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
        if (!sealing->sealed->mask)
                return -ENOMEM;
        struct IndexKnown *known = index_known(q, sealing->message);
        return known && known->looked ? found_add(q, known, sealing->id) : 0;
}

/* Indexes and seals of all fields of the rows by one exchange with the keys. */
static int sealings_write(Request *q, Sealing *sealings, size_t n) {
        KeysTask *tasks = ARENA_ARRAY(q->arena, KeysTask, 2 * n);
        size_t n_tasks = n;
        int r;

        if (!tasks)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++) {
                const struct IndexKnown *known = index_known(q, sealings[i].message);
                tasks[i] = (KeysTask){ .seal = true,
                        .purpose = KEY_VAULT,
                        .associated = sealings[i].associated,
                        .message = { (const uint8_t *) sealings[i].plain, strlen(sealings[i].plain) } };
                if (known) {
                        sealings[i].mac = known->mac;
                        continue;
                }
                sealings[i].task = n_tasks;
                tasks[n_tasks++] = index_task(sealings[i].message);
        }
        r = keys_many(q->kernel->keys, tasks, n_tasks, q->arena);
        for (size_t i = 0; r >= 0 && i < n; i++) {
                if (sealings[i].task == 0)
                        continue;
                sealings[i].mac = tasks[sealings[i].task].mac;
                r = index_keep(q, sealings[i].message, &sealings[i].mac);
        }
        for (size_t i = 0; r >= 0 && i < n; i++)
                r = vault_write(q, &sealings[i], tasks[i].sealed);
        return r;
}

static int sealing_begin(Request *q, const Record *record, const Field *field, void *row, Sealing *sealing) {
        Sealed *sealed = field_sealed(field, row);
        const Field *scope_field = field->references ? record_field(record, field->references) : NULL;
        Id scope = { scope_field ? field_integer(scope_field, row) : 0 };
        int r;

        *sealing = (Sealing){ .sealed = sealed,
                .kind = field->codes ? field->codes : field->name,
                .plain = sealed->plain_input };
        r = index_message(q, sealing->kind, scope, sealing->plain, &sealing->message);
        if (r >= 0)
                r = request_ids(q, NULL, 1, &sealing->id);
        return r < 0 ? r : place_bytes(q, sealing->id, sealing->place, &sealing->associated);
}

/* Whether there is something to seal; an empty input is nothing. */
static bool sealing_wanted(const Field *field, void *row) {
        Sealed *sealed;

        if (field->kind != KIND_SEALED)
                return false;
        sealed = field_sealed(field, row);
        if (!sealed->plain_input)
                return false;
        if (sealed->plain_input[0] != 0)
                return true;
        *sealed = (Sealed){ 0 };
        return false;
}

int rows_seal(Request *q, const Record *record, void *rows, size_t n) {
        Sealing *sealings;
        size_t n_fields = record_private_fields(record), n_sealings = 0;
        int r = 0;

        if (n_fields == 0)
                return 0;
        sealings = ARENA_ARRAY(q->arena, Sealing, n * n_fields);
        if (!sealings)
                return -ENOMEM;
        for (size_t k = 0; k < n; k++) {
                void *row = (char *) rows + k * record->size;
                for (size_t i = 0; r >= 0 && i < record->n_fields; i++)
                        if (sealing_wanted(&record->fields[i], row))
                                r = sealing_begin(
                                        q, record, &record->fields[i], row, &sealings[n_sealings++]);
        }
        return r >= 0 && n_sealings > 0 ? sealings_write(q, sealings, n_sealings) : r;
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
        struct IndexKnown *known;
        size_t n = 0;
        int r;

        r = blind_index(q, kind, scope, plain, &known);
        if (r < 0)
                return r;
        if (known->looked) {
                *ret_vault_ids = known->found;
                *ret_n = known->n_found;
                return 0;
        }
        Id *found = ARENA_ARRAY(q->arena, Id, SEALED_FOUND_MAX);
        if (!found)
                return -ENOMEM;
        r = tx_query(q->tx, &query_vault_find,
                SQL_ARGS(value_integer(q->office), value_text(kind),
                        value_blob(known->mac.bytes, sizeof(known->mac.bytes)),
                        value_integer(SEALED_FOUND_MAX)),
                &rows);
        while (r >= 0 && n < SEALED_FOUND_MAX && (r = rows_next(rows)) > 0)
                found[n++].value = rows_integer(rows, 0);
        if (r < 0)
                return r;
        *ret_vault_ids = found;
        *ret_n = n;
        return 0;
}
