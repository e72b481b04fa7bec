/* SPDX-License-Identifier: Apache-2.0 */
/* What one person holds: by posts, by grants to the person or the post, and by delegation of somebody else's
 * post. Rows whose MAC is wrong are counted and left out. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <internal/log.h>
#include <node/date.h>

#include "identity-kernel.h"

#define GRANTS_FIRST 64u
/* Years of short delegations of a post with grants of its own come to hundreds; what is beyond this is a mistake. */
#define GRANTS_MAX 16384u

typedef struct Loaded {
        Grant grant;
        Id post; /* 0: not a post */
} Loaded;
typedef struct Loading {
        const Keys *keys;
        Tx *tx;
        Loaded *loaded;
        size_t n, capacity, broken;
} Loading;

static bool never(const Grant *grant) {
        return grant->to.ymd != 0 && grant->to.ymd < grant->from.ymd;
}

/* What runs on no day at all, as a grant to a post that was held at another time, is left out. */
static int grant_add(Loading *loading, const Grant *grant, Id post) {
        if (never(grant))
                return 0;
        if (loading->n == GRANTS_MAX)
                return -E2BIG;
        if (loading->n == loading->capacity) {
                size_t capacity = loading->capacity ? 2 * loading->capacity : GRANTS_FIRST;
                Loaded *loaded = reallocarray(loading->loaded, capacity, sizeof(*loaded));

                if (!loaded)
                        return -ENOMEM;
                loading->loaded = loaded;
                loading->capacity = capacity;
        }
        loading->loaded[loading->n++] = (Loaded){ *grant, post };
        return 0;
}

/* 0 is no limit. */
static Money limit_smaller(Money a, Money b) {
        return a.fen == 0 || (b.fen != 0 && b.fen < a.fen) ? b : a;
}

static void days_narrow(Grant *grant, Date from, Date to) {
        if (from.ymd > grant->from.ymd)
                grant->from = from;
        if (to.ymd != 0 && (grant->to.ymd == 0 || to.ymd < grant->to.ymd))
                grant->to = to;
}

/* 1 believed, 0 not. */
static int holder_believed(const Loading *loading, const Rows *rows, const PostHolder *row) {
        char mac[RIGHTS_MAC_MAX];
        Post post = { .head.office = rows_integer(rows, 8),
                .kind = rows_text(rows, 6),
                .amount_max = { rows_integer(rows, 9) },
                .factors = rows_text(rows, 10) };

        int r = rights_mac_holder(loading->keys, row, (Id){ rows_integer(rows, 12) }, mac);
        if (r < 0 || strcmp(mac, rows_text(rows, 5)) != 0)
                return r;
        r = rights_mac_post(loading->keys, &post, mac);
        return r < 0 ? r : strcmp(mac, rows_text(rows, 11)) == 0;
}

static int holders_load(Loading *loading, Id person, const Grant *delegated, Id only_post) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = tx_query(loading->tx, &query_holders_of_person, SQL_ARGS(value_id(person)), &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                PostHolder row = { .head.office = rows_integer(rows, 0),
                        .person = { rows_integer(rows, 1) },
                        .post = { rows_integer(rows, 2) },
                        .valid_from = { (int32_t) rows_integer(rows, 3) },
                        .valid_to = { (int32_t) rows_integer(rows, 4) },
                        .amount_max = { rows_integer(rows, 7) } };
                Grant grant = delegated ? *delegated : (Grant){ .office = row.head.office };

                if (only_post.value != 0 && row.post.value != only_post.value)
                        continue;
                r = holder_believed(loading, rows, &row);
                if (r < 0)
                        return r;
                grant.kind = post_kind_find(rows_text(rows, 6));
                grant.limit = limit_smaller(grant.limit, row.amount_max);
                grant.limit = limit_smaller(grant.limit, (Money){ rows_integer(rows, 9) });
                days_narrow(&grant, row.valid_from, row.valid_to);
                if (r == 0)
                        loading->broken++;
                else if (grant.kind && !(delegated && post_kind_exclusive(grant.kind)))
                        r = grant_add(loading, &grant, row.post);
                if (r < 0)
                        return r;
        }
        return r;
}

/* Of a grant to a post days and amount are those of the grant and of the holding together, and so is the
 * principal. */
static int grants_load(Loading *loading, const Query *query, Id subject, const Grant *holding) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char mac[RIGHTS_MAC_MAX];

        int r = tx_query(loading->tx, query, SQL_ARGS(value_id(subject)), &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                RightGrant row = { .head.office = rows_integer(rows, 0),
                        .person = { rows_integer(rows, 1) },
                        .post = { rows_integer(rows, 2) },
                        .function = rows_text(rows, 3),
                        .at_office = rows_integer(rows, 4),
                        .book = { rows_integer(rows, 5) },
                        .valid_from = { (int32_t) rows_integer(rows, 6) },
                        .valid_to = { (int32_t) rows_integer(rows, 7) },
                        .amount_max = { rows_integer(rows, 9) } };
                Grant grant = { .office = row.at_office,
                        .book = row.book,
                        .limit = row.amount_max,
                        .from = row.valid_from,
                        .to = row.valid_to };

                r = rights_mac_grant(loading->keys, &row, mac);
                if (r < 0)
                        return r;
                if (strcmp(mac, rows_text(rows, 8)) != 0) {
                        loading->broken++;
                        continue;
                }
                snprintf(grant.function, sizeof(grant.function), "%s", row.function);
                if (holding) {
                        days_narrow(&grant, holding->from, holding->to);
                        memcpy(grant.only, holding->only, sizeof(grant.only));
                        grant.principal = holding->principal;
                        grant.limit = limit_smaller(grant.limit, holding->limit);
                }
                r = grant_add(loading, &grant, (Id){ 0 });
                if (r < 0)
                        return r;
        }
        return r;
}

/* Only the principal's own posts can be delegated: what he holds by delegation himself goes no further. */
static int delegations_load(Loading *loading, Id person) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char mac[RIGHTS_MAC_MAX];

        int r = tx_query(loading->tx, &query_delegations_of_delegate, SQL_ARGS(value_id(person)), &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                Delegation row = { .head.office = rows_integer(rows, 0),
                        .principal = { rows_integer(rows, 1) },
                        .delegate = { rows_integer(rows, 2) },
                        .post = { rows_integer(rows, 3) },
                        .function = rows_text(rows, 4),
                        .amount_max = { rows_integer(rows, 5) },
                        .valid_from = { (int32_t) rows_integer(rows, 6) },
                        .valid_to = { (int32_t) rows_integer(rows, 7) } };
                Grant delegated = { .office = row.head.office,
                        .limit = row.amount_max,
                        .principal = row.principal,
                        .from = row.valid_from,
                        .to = row.valid_to };

                r = rights_mac_delegation(loading->keys, &row, mac);
                if (r < 0)
                        return r;
                if (strcmp(mac, rows_text(rows, 8)) != 0) {
                        loading->broken++;
                        continue;
                }
                snprintf(delegated.only, sizeof(delegated.only), "%s", row.function);
                r = holders_load(loading, row.principal, &delegated, row.post);
                if (r < 0)
                        return r;
        }
        return r;
}

/* None is left out: whoever is missing here would be taken for somebody else. */
static int alike_load(Tx *tx, Id person, Date today, Alike *ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t n = 0;

        int r = tx_query(
                tx, &query_delegations_alike, SQL_ARGS(value_id(person), value_integer(today.ymd)), &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                if (n == ALIKE_MAX)
                        return -E2BIG;
                ret[n++] = (Alike){ { rows_integer(rows, 0) }, { (int32_t) rows_integer(rows, 1) },
                        { (int32_t) rows_integer(rows, 2) } };
        }
        *ret_n = n;
        return r;
}

static int everything_load(Loading *loading, Id person) {
        int r = holders_load(loading, person, NULL, (Id){ 0 });

        if (r == 0)
                r = delegations_load(loading, person);
        size_t n_holdings = loading->n;
        for (size_t i = 0; i < n_holdings && r == 0; i++) {
                const Loaded holding = loading->loaded[i]; /* what is loaded may move */

                r = grants_load(loading, &query_grants_of_post, holding.post, &holding.grant);
        }
        return r < 0 ? r : grants_load(loading, &query_grants_of_person, person, NULL);
}

static int entry_make(const Loading *loading, Id person, Date today, Entry **ret) {
        int64_t usable = 0, organization = 0;
        Entry *entry;

        int r = tx_integer(loading->tx, &query_logins_usable, SQL_ARGS(value_id(person)), &usable);
        if (r == 0)
                r = tx_integer(
                        loading->tx, &query_person_organization, SQL_ARGS(value_id(person)), &organization);
        if (r < 0 && r != -ENOENT)
                return r;
        entry = calloc(1, sizeof(*entry) + loading->n * sizeof(Grant));
        if (!entry)
                return -ENOMEM;
        entry->person = person;
        entry->organization.value = organization;
        entry->usable = usable > 0;
        entry->broken = loading->broken > 0;
        entry->n = loading->n;
        for (size_t i = 0; i < loading->n; i++)
                entry->grants[i] = loading->loaded[i].grant;
        r = alike_load(loading->tx, person, today, entry->alike, &entry->n_alike);
        if (r < 0)
                free(entry);
        else
                *ret = entry;
        return r;
}

int rights_load(Identity *identity, Tx *tx, Id person, Entry **ret) {
        Loading *loading = calloc(1, sizeof(*loading));

        if (!loading)
                return -ENOMEM;
        loading->keys = identity->engine->keys;
        loading->tx = tx;
        int r = everything_load(loading, person);
        if (r == 0 && loading->broken > 0)
                log_error("rights of person %lld: %zu rows with a wrong MAC are not believed",
                        (long long) person.value, loading->broken);
        if (r == 0)
                r = entry_make(loading, person, date_of_instant(clock_now(identity->engine->clock)), ret);
        free(loading->loaded);
        free(loading);
        return r;
}
