/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue (4.2.2.1): a tree for common parts and a tree for facilities, kept by the office, begun from
 * the preset one. What was cancelled stays readable where it was used. */

#include <stdio.h>
#include <string.h>

#include "facility-query.h"
#include "facility-records.h"

#define LEVEL_MAX 5
#define CODE_STEP 2 /* digits of one level in a preset code */

static int category_query(
        Request *q, const Query *query, const Value *args, size_t n, FacilityCategory *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, query, args, n, &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return record_from_rows(&record_facility_category, rows, q->arena, ret);
}

/* Refuses a name that another category of the same place bears. */
static int name_check(Request *q, const FacilityCategory *category) {
        FacilityCategory other;
        int r = category_query(q, &essential_category_by_name,
                SQL_ARGS(value_integer(q->office), value_integer(category->scope),
                        value_id(category->parent_id), value_text(category->name)),
                &other);

        if (r == -ENOENT || (r == 0 && other.head.id.value == category->head.id.value))
                return 0;
        return r < 0 ? r : refuse(q, "essential.category_exists", "name", category->name, NULL);
}

int run_create_facility_category(Request *q, const void *input, void *ret_output) {
        const CreateFacilityCategory *in = input;
        FacilityCategory parent, category = { .scope = in->scope,
                .parent_id = in->parent_id,
                .level = 1,
                .name = in->name,
                .code = in->code };
        char limit[24];
        int r = 0;

        if (in->parent_id.value) {
                r = record_load(q, &record_facility_category, in->parent_id, &parent);
                if (r < 0)
                        return r;
                if (parent.cancelled)
                        return refuse(q, "essential.category_cancelled", "parent_id", parent.name, NULL);
                /* an unsaid category is the first one, so only the second can contradict */
                if (in->scope != parent.scope && in->scope != 0)
                        return refuse(q, "essential.category_other_scope", "scope", parent.name, NULL);
                snprintf(limit, sizeof(limit), "%d", LEVEL_MAX);
                if (parent.level >= LEVEL_MAX)
                        return refuse(q, "essential.category_deep", "parent_id", limit, NULL);
                category.scope = parent.scope;
                category.level = parent.level + 1;
        }
        r = name_check(q, &category);
        if (r == 0)
                r = record_insert(q, &record_facility_category, &category);
        if (r == 0)
                *(FacilitySaved *) ret_output = (FacilitySaved){ .id = category.head.id };
        return r;
}

int run_change_facility_category(Request *q, const void *input, void *ret_output) {
        const ChangeFacilityCategory *in = input;
        FacilityCategory category;
        int r = record_load(q, &record_facility_category, in->id, &category);

        if (r < 0)
                return r;
        if (category.cancelled)
                return refuse(q, "essential.category_cancelled", "id", category.name, NULL);
        category.head.version = in->version;
        category.name = in->name;
        category.code = in->code;
        r = name_check(q, &category);
        if (r == 0)
                r = record_update(q, &record_facility_category, &category, in->reason);
        if (r == 0)
                *(FacilitySaved *) ret_output = (FacilitySaved){ .id = category.head.id };
        return r;
}

int run_cancel_facility_category(Request *q, const void *input, void *ret_output) {
        const CancelFacilityCategory *in = input;
        FacilityCategory category;
        int64_t used;
        int r = record_load(q, &record_facility_category, in->id, &category);

        if (r == 0)
                r = tx_integer(q->tx, &essential_category_in_use,
                        SQL_ARGS(value_integer(q->office), value_id(in->id)), &used);
        if (r < 0)
                return r;
        if (category.cancelled)
                return refuse(q, "essential.category_cancelled", "id", category.name, NULL);
        if (used > 0)
                return refuse(q, "essential.category_in_use", "id", NULL);
        category.head.version = in->version;
        category.cancelled = 1;
        r = record_update(q, &record_facility_category, &category, in->reason);
        if (r == 0)
                *(FacilitySaved *) ret_output = (FacilitySaved){ .id = category.head.id };
        return r;
}

/* Makes the preset's category where neither its number nor its name is there. */
static int preset_place(Request *q, const CataloguePreset *preset, int64_t *created) {
        FacilityCategory parent = { 0 }, category;
        size_t size = strlen(preset->code);
        int r = category_query(q, &essential_category_by_code,
                SQL_ARGS(value_integer(q->office), value_integer(preset->scope), value_text(preset->code)),
                &category);

        if (r != -ENOENT)
                return r;
        if (size > CODE_STEP) {
                const char *code = arena_strndup(q->arena, preset->code, size - CODE_STEP);
                if (!code)
                        return -ENOMEM;
                r = category_query(q, &essential_category_by_code,
                        SQL_ARGS(value_integer(q->office), value_integer(preset->scope), value_text(code)),
                        &parent);
                if (r == -ENOENT)
                        return 0; /* the office took this branch out */
                if (r < 0)
                        return r;
        }
        category = (FacilityCategory){ .scope = preset->scope,
                .parent_id = parent.head.id,
                .level = parent.level + 1,
                .name = preset->name,
                .code = preset->code };
        FacilityCategory other;
        r = category_query(q, &essential_category_by_name,
                SQL_ARGS(value_integer(q->office), value_integer(category.scope),
                        value_id(category.parent_id), value_text(category.name)),
                &other);
        if (r != -ENOENT)
                return r;
        r = record_insert(q, &record_facility_category, &category);
        if (r == 0)
                *created += 1;
        return r;
}

int run_preset_facility_catalogue(Request *q, const void *input, void *ret_output) {
        const PresetCatalogue *in = input;
        PresetResult result = { 0 };
        int r = 0;

        for (const CataloguePreset *preset = facility_catalogue; r == 0 && preset->name; preset++)
                if ((int64_t) preset->scope == in->scope)
                        r = preset_place(q, preset, &result.created);
        if (r == 0)
                *(PresetResult *) ret_output = result;
        return r;
}
