/* SPDX-License-Identifier: Apache-2.0 */
/* The directory in memory, verified link by link from the pinned root when it is read. */
#include "directory.h"

#include <assert.h>
#include <node/error.h>
#include <stdlib.h>
#include <string.h>

#include "federation-query.h"

#define DIRECTORY_BYTES_MAX (64u << 20)
#define DIRECTORY_ENTRIES_MAX 100000

struct Directory {
        int references; /* atomic */
        PublicKey root;
        Digest tree;
        Arena *arena;
        Entry *entries; /* by office, then version */
        size_t n_entries, capacity;
        size_t *newest; /* indexes of the newest version of each office */
        size_t n_newest;
        int64_t serial;
};

int tree_of(const PublicKey *root, Digest *ret) {
        uint8_t bytes[1 + sizeof root->point];

        bytes[0] = root->algorithm;
        memcpy(bytes + 1, root->point, sizeof root->point);
        return digest_compute(DIGEST_SM3, bytes, sizeof bytes, ret);
}

Directory *directory_new(const PublicKey *root) {
        Directory *directory = calloc(1, sizeof *directory);

        if (!directory)
                return NULL;
        directory->references = 1;
        directory->root = *root;
        directory->arena = arena_new(DIRECTORY_BYTES_MAX);
        if (!directory->arena || tree_of(root, &directory->tree) < 0)
                return directory_unref(directory);
        return directory;
}

Directory *directory_ref(Directory *directory) {
        __atomic_add_fetch(&directory->references, 1, __ATOMIC_RELAXED);
        return directory;
}

Directory *directory_unref(Directory *directory) {
        if (!directory || __atomic_sub_fetch(&directory->references, 1, __ATOMIC_ACQ_REL) > 0)
                return NULL;
        if (directory->arena)
                arena_free(directory->arena);
        free(directory->entries);
        free(directory->newest);
        free(directory);
        return NULL;
}

/* Index of the first entry that is not before (office, version). */
static size_t lower_bound(const Directory *directory, int64_t office, int64_t version) {
        size_t low = 0, high = directory->n_entries;

        while (low < high) {
                size_t middle = low + (high - low) / 2;
                const Entry *entry = &directory->entries[middle];

                if (entry->office < office || (entry->office == office && entry->version < version))
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static const Entry *entry_version(const Directory *directory, int64_t office, int64_t version) {
        size_t at = lower_bound(directory, office, version);

        if (at == directory->n_entries || directory->entries[at].office != office ||
                directory->entries[at].version != version)
                return NULL;
        return &directory->entries[at];
}

const Entry *directory_entry(const Directory *directory, int64_t office) {
        size_t after = lower_bound(directory, office, INT64_MAX);

        if (after == 0 || directory->entries[after - 1].office != office)
                return NULL;
        return &directory->entries[after - 1];
}

static bool key_equal(const PublicKey *a, const PublicKey *b) {
        return a->algorithm == b->algorithm && memcmp(a->point, b->point, sizeof a->point) == 0;
}

/* The block and number of an office lie within what its parent was given, and no sister has them. */
static bool block_fits(const Directory *directory, const Entry *entry, const Entry *parent) {
        if (entry->office < parent->block_first || entry->office > parent->block_last ||
                entry->office == parent->office)
                return false;
        if (entry->block_last == 0)
                return true;
        if (entry->block_first < parent->block_first || entry->block_last > parent->block_last ||
                entry->office < entry->block_first || entry->office > entry->block_last)
                return false;
        for (size_t i = 0; i < directory->n_entries; i++) {
                const Entry *other = &directory->entries[i];

                if (other->parent != entry->parent || other->office == entry->office ||
                        other->office == other->parent || other->block_last == 0)
                        continue;
                if (entry->block_first <= other->block_last && other->block_first <= entry->block_last)
                        return false;
        }
        return true;
}

static int verify_root(const Directory *directory, const Entry *entry, const Signature *signature) {
        const Entry *before = directory_entry(directory, entry->office);

        if (entry->signer != entry->office || entry->revoked)
                return -EBADMSG;
        if (!before) {
                if (directory->n_entries > 0 || entry->version != 1 ||
                        !key_equal(&entry->key, &directory->root))
                        return -EBADMSG;
                return signature_verify(
                        &directory->root, entry->content.data, entry->content.size, signature);
        }
        /* A change of the root itself is signed by the key it had. */
        if (before->parent != before->office || entry->version != before->version + 1 ||
                entry->signer_version != before->version)
                return -EBADMSG;
        return signature_verify(&before->key, entry->content.data, entry->content.size, signature);
}

static int verify_follows(const Directory *directory, const Entry *entry, const Signature *signature) {
        const Entry *before = directory_entry(directory, entry->office), *signer;

        if (memcmp(&entry->tree, &directory->tree, sizeof entry->tree) != 0)
                return -EBADMSG;
        if (entry->parent == entry->office)
                return verify_root(directory, entry, signature);
        if (entry->signer != entry->parent || entry->version != (before ? before->version + 1 : 1))
                return -EBADMSG;
        signer = directory_entry(directory, entry->signer);
        if (!signer)
                return -ENOENT;
        /* Only the signer's newest key counts for what is new here; entries come in the order they were
         * made. */
        if (signer->revoked || signer->version != entry->signer_version)
                return -EBADMSG;
        /* An office that moves keeps its number; only a first entry must lie in the block of who gives it. A
         * later one comes from whoever already stands above the office: nobody takes another's, or the root.
         */
        if (!before && !block_fits(directory, entry, signer))
                return -EBADMSG;
        if (before && directory_towards(directory, entry->parent, entry->office) == 0)
                return -EBADMSG;
        if (before && (before->block_first != entry->block_first || before->block_last != entry->block_last))
                return -EBADMSG;
        return signature_verify(&signer->key, entry->content.data, entry->content.size, signature);
}

static int newest_rebuild(Directory *directory) {
        size_t *newest = realloc(directory->newest, directory->capacity * sizeof *newest);

        if (!newest)
                return -ENOMEM;
        directory->newest = newest;
        directory->n_newest = 0;
        for (size_t i = 0; i < directory->n_entries; i++)
                if (i + 1 == directory->n_entries ||
                        directory->entries[i + 1].office != directory->entries[i].office)
                        newest[directory->n_newest++] = i;
        return 0;
}

static int insert(Directory *directory, const Entry *entry) {
        size_t at = lower_bound(directory, entry->office, entry->version);

        if (directory->n_entries == directory->capacity) {
                size_t capacity = directory->capacity ? 2 * directory->capacity : 64;
                Entry *more;

                if (directory->n_entries >= DIRECTORY_ENTRIES_MAX)
                        return -E2BIG;
                more = realloc(directory->entries, capacity * sizeof *more);
                if (!more)
                        return -ENOMEM;
                directory->entries = more;
                directory->capacity = capacity;
        }
        memmove(directory->entries + at + 1, directory->entries + at,
                (directory->n_entries - at) * sizeof *directory->entries);
        directory->entries[at] = *entry;
        directory->n_entries++;
        if (entry->serial > directory->serial)
                directory->serial = entry->serial;
        return newest_rebuild(directory);
}

int directory_add(Directory *directory, Bytes content, const Signature *signature, int64_t serial) {
        const Entry *same;
        Entry entry;
        uint8_t *copy;
        int r;

        copy = arena_copy(directory->arena, content.data, content.size);
        if (!copy)
                return -ENOMEM;
        r = entry_decode((Bytes){ copy, content.size }, directory->arena, &entry);
        if (r < 0)
                return r;
        same = entry_version(directory, entry.office, entry.version);
        if (same)
                return same->content.size == content.size &&
                                       memcmp(same->content.data, content.data, content.size) == 0
                               ? -EEXIST
                               : -ESTALE;
        r = verify_follows(directory, &entry, signature);
        if (r < 0)
                return r;
        entry.signature = *signature;
        entry.serial = serial;
        return insert(directory, &entry);
}

int directory_load(Store *system, const PublicKey *root, Directory **ret) {
        _cleanup_(directory_unrefp) Directory *directory = directory_new(root);
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        if (!directory)
                return -ENOMEM;
        r = store_read_begin(system, &tx);
        if (r < 0)
                return r;
        r = tx_query(tx, &query_entry_list, SQL_NO_ARGS, &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                Bytes raw = rows_blob(rows, 2);
                Signature signature;

                if (raw.size != sizeof signature.bytes)
                        return -EBADMSG;
                memcpy(signature.bytes, raw.data, sizeof signature.bytes);
                r = directory_add(directory, rows_blob(rows, 1), &signature, rows_integer(rows, 0));
                if (r < 0)
                        return r == -EEXIST ? -EBADMSG : r;
        }
        if (r < 0)
                return r;
        *ret = TAKE_PTR(directory);
        return 0;
}

const Digest *directory_tree(const Directory *directory) {
        return &directory->tree;
}

int64_t directory_serial(const Directory *directory) {
        return directory->serial;
}

size_t directory_count(const Directory *directory) {
        return directory->n_newest;
}

const Entry *directory_at(const Directory *directory, size_t index) {
        return index < directory->n_newest ? &directory->entries[directory->newest[index]] : NULL;
}

const Entry *directory_by_fingerprint(const Directory *directory, const char *fingerprint) {
        if (text_empty(fingerprint))
                return NULL;
        for (size_t i = 0; i < directory->n_newest; i++) {
                const Entry *entry = &directory->entries[directory->newest[i]];

                if (!entry->revoked && strcmp(entry->fingerprint, fingerprint) == 0)
                        return entry;
        }
        return NULL;
}

/* Does this version already rule at that position? */
static bool rules(const Entry *entry, int64_t stream, Position position) {
        for (size_t i = 0; i < entry->n_since; i++)
                if (entry->since[i].stream == stream)
                        return position_compare(position, entry->since[i].position) >= 0;
        return true;
}

int directory_key(
        const Directory *directory, int64_t office, int64_t stream, Position position, PublicKey *ret) {
        size_t after = lower_bound(directory, office, INT64_MAX);

        for (size_t i = after; i > 0 && directory->entries[i - 1].office == office; i--) {
                const Entry *entry = &directory->entries[i - 1];

                if (!rules(entry, stream, position))
                        continue;
                if (entry->revoked)
                        return -EACCES;
                *ret = entry->key;
                return 0;
        }
        return -ENOENT;
}

int directory_verify(const Directory *directory, int64_t office, Bytes content, const Signature *signature) {
        size_t after = lower_bound(directory, office, INT64_MAX);
        int result = -ENOENT;

        for (size_t i = after; i > 0 && directory->entries[i - 1].office == office; i--) {
                const Entry *entry = &directory->entries[i - 1];

                if (entry->revoked)
                        return -EACCES;
                result = signature_verify(&entry->key, content.data, content.size, signature);
                if (result == 0)
                        return 0;
        }
        return result;
}

bool directory_below(const Directory *directory, int64_t office, int64_t ancestor) {
        return office == ancestor || directory_towards(directory, ancestor, office) != 0;
}

int64_t directory_towards(const Directory *directory, int64_t self, int64_t office) {
        for (int steps = 0; steps < 16; steps++) {
                const Entry *entry = directory_entry(directory, office);

                if (!entry || entry->parent == office)
                        return 0;
                if (entry->parent == self)
                        return office;
                office = entry->parent;
        }
        return 0;
}
