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

static int place_bytes(const Request *q, Id vault, char ret_text[static 64], Bytes *ret) {
        int n = snprintf(ret_text, 64, "%d/%lld/%lld", (int) tx_store(q->tx), (long long) q->office,
                (long long) vault.value);

        *ret = (Bytes){ (const uint8_t *) ret_text, (size_t) n };
        return 0;
}

/* Length of the kind stands before it, so that no two (kind, scope, value) give the same bytes. */
static int blind_index(Request *q, const char *kind, Id scope, const char *plain, Digest *ret) {
        const Keys *keys = q->kernel->keys;
        char *message;

        if (!keys)
                return -EOPNOTSUPP;
        if (strlen(plain) > PLAIN_BYTES_MAX)
                return -E2BIG;
        message = arena_printf(q->arena, "%zu:%s/%lld/%lld/%s", strlen(kind), kind, (long long) q->office,
                (long long) scope.value, plain);
        if (!message)
                return -ENOMEM;
        return keys->mac(keys->data, KEY_INDEX, message, strlen(message), ret);
}

static bool kind_is_name(const char *kind) {
        size_t size = strlen(kind);

        return size >= 4 && strcmp(kind + size - 4, "name") == 0;
}

static int vault_write(Request *q, const char *kind, Id scope, const char *plain, Sealed *ret) {
        const Keys *keys = q->kernel->keys;
        char mask[MASK_BYTES_MAX], place[64];
        Bytes associated, sealed;
        Digest mac;
        Id id;
        int r;

        r = blind_index(q, kind, scope, plain, &mac);
        if (r >= 0)
                r = request_ids(q, NULL, 1, &id);
        if (r >= 0)
                r = place_bytes(q, id, place, &associated);
        if (r >= 0)
                r = keys->seal(keys->data, KEY_VAULT, associated,
                        (Bytes){ (const uint8_t *) plain, strlen(plain) }, q->arena, &sealed);
        if (r < 0)
                return r;
        if (kind_is_name(kind))
                text_mask_name(plain, mask, sizeof(mask));
        else
                text_mask_number(plain, mask, sizeof(mask));
        r = tx_exec(q->tx, &query_vault_insert,
                SQL_ARGS(value_id(id), value_integer(q->office), value_text(kind),
                        value_integer(VAULT_KEY_VERSION), value_blob(sealed.data, sealed.size),
                        value_blob(mac.bytes, sizeof(mac.bytes)), value_text(mask)),
                NULL);
        if (r < 0)
                return r;
        *ret = (Sealed){ .vault = id, .mask = arena_strdup(q->arena, mask) };
        return ret->mask ? 0 : -ENOMEM;
}

int row_seal(Request *q, const Record *record, void *row) {
        for (size_t i = 0; i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                const Field *scope_field;
                Sealed *sealed;
                Id scope = { 0 };
                int r;

                if (field->kind != KIND_SEALED)
                        continue;
                sealed = field_sealed(field, row);
                if (!sealed->plain_input)
                        continue;
                if (sealed->plain_input[0] == 0) {
                        *sealed = (Sealed){ 0 };
                        continue;
                }
                scope_field = field->references ? record_field(record, field->references) : NULL;
                if (scope_field)
                        scope.value = field_integer(scope_field, row);
                r = vault_write(
                        q, field->codes ? field->codes : field->name, scope, sealed->plain_input, sealed);
                if (r < 0)
                        return r;
        }
        return 0;
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
