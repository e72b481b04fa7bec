/* SPDX-License-Identifier: Apache-2.0 */
/* A MAC over each row that gives rights (GB/T 39786 8.4 b): whoever writes into the database past the
 * program gains nothing, because the row is not believed. */

#include <stdio.h>
#include <string.h>

#include <node/text.h>

#include "identity-kernel.h"

static int mac_text(const Keys *keys, const char *text, int size, char ret[static RIGHTS_MAC_MAX]) {
        Digest digest;

        int r = keys->mac(keys->data, KEY_RIGHTS, text, (size_t) size, &digest);
        if (r == 0)
                hex_encode(digest.bytes, sizeof(digest.bytes), ret);
        return r;
}

/* Rows without a limit keep the MAC they had before there were limits. */
static const char *limit_text(Money limit, char ret[static 32]) {
        ret[0] = '\0';
        if (limit.fen != 0)
                snprintf(ret, 32, " max %lld", (long long) limit.fen);
        return ret;
}

/* Staff keep the MAC they had before there were others. */
static const char *organization_text(Id organization, char ret[static 32]) {
        ret[0] = '\0';
        if (organization.value != 0)
                snprintf(ret, 32, " of %lld", (long long) organization.value);
        return ret;
}

int rights_mac_holder(
        const Keys *keys, const PostHolder *row, Id organization, char ret[static RIGHTS_MAC_MAX]) {
        char text[256], limit[32], whose[32];
        int size = snprintf(text, sizeof(text), "post_holder %lld %lld %lld %d %d%s%s",
                (long long) row->head.office, (long long) row->person.value, (long long) row->post.value,
                row->valid_from.ymd, row->valid_to.ymd, limit_text(row->amount_max, limit),
                organization_text(organization, whose));

        return mac_text(keys, text, size, ret);
}

int rights_mac_grant(const Keys *keys, const RightGrant *row, char ret[static RIGHTS_MAC_MAX]) {
        char text[512], limit[32];
        int size = snprintf(text, sizeof(text), "right_grant %lld %lld %lld %lld %lld %d %d %.80s%s",
                (long long) row->head.office, (long long) row->person.value, (long long) row->post.value,
                (long long) row->at_office, (long long) row->book.value, row->valid_from.ymd,
                row->valid_to.ymd, row->function, limit_text(row->amount_max, limit));

        return mac_text(keys, text, size, ret);
}

/* A post that was never ruled has no MAC. */
int rights_mac_post(const Keys *keys, const Post *row, char ret[static RIGHTS_MAC_MAX]) {
        char text[256];

        if (row->amount_max.fen == 0 && text_empty(row->factors)) {
                ret[0] = '\0';
                return 0;
        }
        int size = snprintf(text, sizeof(text), "post %lld %.32s %lld %.40s", (long long) row->head.office,
                row->kind, (long long) row->amount_max.fen, row->factors);
        return mac_text(keys, text, size, ret);
}

int rights_mac_delegation(const Keys *keys, const Delegation *row, char ret[static RIGHTS_MAC_MAX]) {
        char text[512];
        int size = snprintf(text, sizeof(text), "delegation %lld %lld %lld %lld %lld %d %d %.80s",
                (long long) row->head.office, (long long) row->principal.value,
                (long long) row->delegate.value, (long long) row->post.value,
                (long long) row->amount_max.fen, row->valid_from.ymd, row->valid_to.ymd, row->function);

        return mac_text(keys, text, size, ret);
}

/* Changed past the program, who asked could approve himself. */
int rights_mac_factor_request(
        const Keys *keys, const FactorRequest *row, char ret[static RIGHTS_MAC_MAX]) {
        char text[400];
        int size = snprintf(text, sizeof(text), "factor_request %.16s %lld %lld %lld %lld %lld %.16s %.200s",
                row->change, (long long) row->login.value, (long long) row->person.value,
                (long long) row->factor.value, (long long) row->requested_by.value,
                (long long) row->requested_at.ms, row->kind, row->material);

        return mac_text(keys, text, size, ret);
}

int rights_mac_factor(const Keys *keys, const Factor *row, char ret[static RIGHTS_MAC_MAX]) {
        char text[320];
        int size = snprintf(text, sizeof(text), "factor %lld %.16s %.200s %d", (long long) row->login.value,
                row->kind, row->material ? row->material : "", row->revoked != 0);

        return mac_text(keys, text, size, ret);
}
