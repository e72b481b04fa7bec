/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of organizations as offices keep them: each row is judged by itself, and by the rows before it. */

#include <errno.h>
#include <string.h>

#include <node/identifier.h>

#include <essential/sheet-index.h>
#include "../sheet/sheet-list.h"
#include <essential/sheet-text.h>
#include "organization-codes.h"
#include "organization-domain.h"
#include "organization-records.h"

typedef struct Walk {
        SheetList list;
        SheetIndex codes;
        OrganizationRow item;
} Walk;

static int text_fit(Walk *walk, int column, char *text, size_t max, const char *code, const char **ret) {
        if (!text)
                return -ENOMEM;
        *ret = text;
        return text_characters(text) > max ? sheet_list_reject(&walk->list, code, column) : 0;
}

static int text_read(Walk *walk, int column, size_t max, const char *code, const char **ret) {
        return text_fit(walk, column, sheet_list_text(&walk->list, column), max, code, ret);
}

static int code_read(Walk *walk, int column, size_t max, const char *code, const char **ret) {
        return text_fit(walk, column, sheet_list_cell(&walk->list, column), max, code, ret);
}

static int name_read(Walk *walk) {
        int r = text_read(walk, ORGANIZATION_NAME, 100, "NAME_LONG", &walk->item.name);

        return r == 0 && text_empty(walk->item.name)
                       ? sheet_list_reject(&walk->list, "NAME_MISSING", ORGANIZATION_NAME)
                       : r;
}

static int kind_read(Walk *walk) {
        char *text = sheet_list_cell(&walk->list, ORGANIZATION_KIND);

        if (!text)
                return -ENOMEM;
        sheet_blanks_remove(text);
        const SheetWord *word = sheet_word(organization_kinds, text);
        if (word)
                text = arena_printf(walk->list.arena, "%lld", (long long) word->value);
        if (!text)
                return -ENOMEM;
        const char *own = sheet_code(walk->list.sheet, "organization_kind", text);
        walk->item.kind = own ? own : text;
        return own || word || essential_code_known("organization_kind", text)
                       ? 0
                       : sheet_list_reject(&walk->list, "KIND_UNKNOWN", ORGANIZATION_KIND);
}

static const char *code_fault(const char *credit_code, const char *local_code) {
        static const char *const codes[][2] = {
                { "essential.organization_code_missing", "CODE_MISSING" },
                { "essential.credit_code_length", "USCC_LENGTH" },
                { "essential.credit_code_character", "USCC_CHARACTER" },
                { "essential.credit_code_checksum", "USCC_CHECKSUM" },
        };
        const char *fault = organization_code_fault(credit_code, local_code);

        for (size_t i = 0; fault && i < ELEMENTSOF(codes); i++)
                if (text_equal(fault, codes[i][0]))
                        return codes[i][1];
        return NULL;
}

static bool scientific(const char *text) {
        size_t digits = strspn(text, "0123456789.");

        return digits > 0 && strchr(text, '.') && (text[digits] == 'E' || text[digits] == 'e') &&
               text[digits + 1] == '+';
}

static int codes_read(Walk *walk) {
        char *code = sheet_list_cell(&walk->list, ORGANIZATION_CREDIT_CODE);
        char *given = code ? arena_strdup(walk->list.arena, code) : NULL;
        int r = code_read(walk, ORGANIZATION_LOCAL_CODE, 32, "TEXT_LONG", &walk->item.local_code);

        if (!given)
                return -ENOMEM;
        if (r < 0)
                return r;
        if (scientific(code))
                return sheet_list_reject(&walk->list, "CODE_SCIENTIFIC", ORGANIZATION_CREDIT_CODE);
        sheet_blanks_remove(code);
        identifier_normalise(code);
        if (sheet_word(organization_nothing, code))
                *code = 0;
        else if (strcmp(code, given) != 0)
                r = sheet_list_warn(&walk->list, "NORMALISED_CODE", ORGANIZATION_CREDIT_CODE);
        walk->item.credit_code = code;
        const char *fault = code_fault(code, walk->item.local_code);
        if (r == 0 && fault)
                r = sheet_list_reject(&walk->list, fault, ORGANIZATION_CREDIT_CODE);
        return r;
}

static int codes_once(Walk *walk) {
        const OrganizationRow *item = &walk->item;
        const char *const codes[] = { item->credit_code, item->local_code };

        for (size_t i = 0; i < ELEMENTSOF(codes) && !walk->list.rejected; i++) {
                int64_t *seen;
                bool is_new = true;
                const char *key = arena_printf(walk->list.arena, "%zu/%s", i, codes[i]);
                if (!key)
                        return -ENOMEM;
                int r = text_empty(codes[i]) ? 0 : sheet_index_at(&walk->codes, key, &seen, &is_new);
                if (r == 0 && !is_new)
                        r = sheet_list_reject(&walk->list, "DUP_CODE",
                                i == 0 ? ORGANIZATION_CREDIT_CODE : ORGANIZATION_LOCAL_CODE);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int rest_read(Walk *walk) {
        OrganizationRow *item = &walk->item;
        int r = code_read(walk, ORGANIZATION_DIVISION, 12, "DIVISION_INVALID", &item->division);

        if (r == 0 && !text_empty(item->division) && !essential_division_valid(item->division))
                r = sheet_list_reject(&walk->list, "DIVISION_INVALID", ORGANIZATION_DIVISION);
        if (r == 0)
                r = text_read(walk, ORGANIZATION_ADDRESS, 200, "TEXT_LONG", &item->address);
        if (r == 0)
                r = text_read(walk, ORGANIZATION_LEGAL_PERSON, 50, "TEXT_LONG", &item->legal_person);
        if (r == 0)
                r = text_read(walk, ORGANIZATION_CONTACT, 50, "TEXT_LONG", &item->contact);
        if (r == 0)
                r = code_read(walk, ORGANIZATION_PHONE, 30, "TEXT_LONG", &item->phone);
        return r;
}

static int row_judge(Walk *walk) {
        walk->item = (OrganizationRow){ .source_line = walk->list.sheet->rows[walk->list.at].line };
        int r = name_read(walk);

        if (r == 0)
                r = kind_read(walk);
        if (r == 0)
                r = codes_read(walk);
        if (r == 0)
                r = rest_read(walk);
        if (r == 0)
                r = codes_once(walk);
        if (r == 0)
                sheet_list_take(&walk->list, &walk->item);
        return r;
}

static int organizations_check(const Sheet *sheet, Date today, Arena *arena, ImportResult *ret) {
        Walk walk = {
                .list = { .sheet = sheet,
                        .arena = arena,
                        .headings = organization_headings,
                        .fields = organization_fields_taken,
                        .required = 1u << ORGANIZATION_NAME | 1u << ORGANIZATION_KIND,
                        .item_size = sizeof(OrganizationRow) },
                .codes.arena = arena,
        };
        int r = sheet_list_open(&walk.list);

        while (r >= 0 && (r = sheet_list_next(&walk.list)) > 0)
                r = row_judge(&walk);
        return r < 0 ? r : sheet_list_close(&walk.list, ret);
}

static int organizations_fill(const void *items, size_t n, Arena *arena, void **ret_input) {
        OrganizationTable *table = ARENA_NEW(arena, OrganizationTable);

        if (!table)
                return -ENOMEM;
        table->rows = (Lines){ (void *) items, n };
        *ret_input = table;
        return 0;
}

const Importer essential_organization_list = {
        .name = "organizations",
        .label = organization_list_label,
        .clause = "4.2.3",
        .item_size = sizeof(OrganizationRow),
        .texts = organization_texts,
        .check = organizations_check,
        .command = &essential_import_organizations,
        .rehearsal = &essential_try_organizations,
        .chunk_items_max = ORGANIZATION_TABLE_ROWS_MAX,
        .fill = organizations_fill,
        .tally = list_tally,
        .faults = list_faults,
};
