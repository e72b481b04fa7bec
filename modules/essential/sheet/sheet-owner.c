/* SPDX-License-Identifier: Apache-2.0 */
/* Names and numbers of owners as written in one cell each. */

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include <node/identifier.h>
#include <node/text.h>

#include "sheet-owner.h"
#include <essential/sheet-text.h>

#define CITIZEN_ID_SIZE 18
#define CITIZEN_ID_OLD_SIZE 15

/* Splits in place at the separator of names, and at commas and semicolons; empty parts count. 0: there are
 * more than a dwelling may have, and nobody is left out silently. */
static size_t parts_split(char *text, char *ret_parts[static BUILDING_TABLE_OWNERS_MAX]) {
        size_t n = 0;

        while (n < BUILDING_TABLE_OWNERS_MAX) {
                ret_parts[n++] = text;
                char *mark = strstr(text, sheet_owner_separator), *other = strpbrk(text, ",;");
                size_t size = strlen(sheet_owner_separator);
                if (other && (!mark || other < mark)) {
                        mark = other;
                        size = 1;
                }
                if (!mark)
                        return n;
                *mark = 0;
                text = mark + size;
        }
        return 0;
}

/* "张 伟": the blank inside a name of two characters only fills the column. */
static int name_unpad(char *name, Arena *arena) {
        char *bare = arena_strdup(arena, name);

        if (!bare)
                return -ENOMEM;
        sheet_blanks_remove(bare);
        bool letters = false;
        for (const char *p = bare; *p; p++)
                letters |= (unsigned char) *p < 0x80;
        if (!letters && text_characters(bare) == 2)
                strcpy(name, bare);
        return 0;
}

static bool is_organization(const char *name, const char *number) {
        for (const SheetWord *word = sheet_organization_words; word->word; word++)
                if (strstr(name, word->word))
                        return true;
        return credit_code_check(number) == IDENTIFIER_OK &&
               strspn(number, "0123456789") < CITIZEN_ID_SIZE - 1;
}

static const char *identifier_code(IdentifierFault fault, const char *checksum) {
        switch (fault) {
        case IDENTIFIER_OK:
                return NULL;
        case IDENTIFIER_LENGTH:
                return "ID_LENGTH";
        case IDENTIFIER_CHARACTER:
                return "ID_CHARACTER";
        case IDENTIFIER_DATE:
                return "ID_DATE";
        case IDENTIFIER_CHECKSUM:
                return checksum;
        }
        return checksum;
}

/* Numbers of before 1999: the century goes in, the check digit goes behind. */
static int citizen_id_modern(const char *old, Arena *arena, char **ret) {
        static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
        char *number = arena_printf(arena, "%.6s19%.9s?", old, old + 6);
        int sum = 0;

        if (!number)
                return -ENOMEM;
        for (int i = 0; i < 17; i++)
                sum += weights[i] * (number[i] - '0');
        number[17] = "10X98765432"[sum % 11];
        *ret = number;
        return 0;
}

static int number_check(
        char *name, char *raw, Date today, Arena *arena, BuildingTableOwner *ret, SheetOwnerFault *fault) {
        char *number = arena_strdup(arena, raw);

        if (!number)
                return -ENOMEM;
        if (sheet_scientific(number)) {
                fault->code = "ID_SCIENTIFIC";
                return 0;
        }
        sheet_blanks_remove(number);
        identifier_normalise(number);
        if (strcmp(number, raw) != 0)
                fault->warning = "NORMALISED_ID_X";
        if (is_organization(name, number)) {
                ret->kind = OWNER_ORGANIZATION;
                fault->code = identifier_code(credit_code_check(number), "USCC_CHECKSUM");
        } else {
                if (strlen(number) == CITIZEN_ID_OLD_SIZE &&
                        strspn(number, "0123456789") == CITIZEN_ID_OLD_SIZE) {
                        fault->warning = "NORMALISED_ID_OLD";
                        int r = citizen_id_modern(number, arena, &number);
                        if (r < 0)
                                return r;
                }
                ret->kind = OWNER_CITIZEN;
                fault->code = identifier_code(citizen_id_check(number, today), "ID_CHECKSUM");
        }
        ret->name = name;
        ret->id_number = number;
        return 0;
}

int sheet_owners(const char *names, const char *numbers, Date today, Arena *arena, Lines *ret,
        SheetOwnerFault *ret_fault) {
        char *name_parts[BUILDING_TABLE_OWNERS_MAX], *number_parts[BUILDING_TABLE_OWNERS_MAX];
        char *names_copy = arena_strdup(arena, names), *numbers_copy = arena_strdup(arena, numbers);
        SheetOwnerFault fault = { 0 };

        if (!names_copy || !numbers_copy)
                return -ENOMEM;
        *ret_fault = fault;
        names_copy = sheet_trim(names_copy);
        numbers_copy = sheet_trim(numbers_copy);
        if (!*names_copy && !*numbers_copy) {
                ret_fault->code = "OWNER_MISSING";
                return 0;
        }
        size_t n = parts_split(names_copy, name_parts), n_numbers = parts_split(numbers_copy, number_parts);
        BuildingTableOwner *owners = ARENA_ARRAY(arena, BuildingTableOwner, n + 1);
        if (!owners)
                return -ENOMEM;
        if (n == 0 || n != n_numbers) {
                ret_fault->code = n == 0 || n_numbers == 0 ? "OWNER_COUNT" : "OWNER_ID_COUNT";
                return 0;
        }
        for (size_t i = 0; i < n; i++) {
                char *name = sheet_trim(name_parts[i]), *number = sheet_trim(number_parts[i]);
                int r = name_unpad(name, arena);
                if (r < 0)
                        return r;
                if (!*name || !*number) {
                        ret_fault->code = "OWNER_ID_COUNT";
                        return 0;
                }
                r = number_check(name, number, today, arena, &owners[i], &fault);
                if (r < 0)
                        return r;
                if (fault.warning)
                        ret_fault->warning = fault.warning;
                for (size_t k = 0; k < i && !fault.code; k++)
                        if (text_equal(owners[k].id_number, owners[i].id_number))
                                fault.code = "OWNER_TWICE";
                if (fault.code) {
                        ret_fault->code = fault.code;
                        return 0;
                }
        }
        *ret = (Lines){ owners, n };
        return 0;
}

int sheet_owner_numbers(
        const char *numbers, Date today, Arena *arena, const char **ret, SheetOwnerFault *ret_fault) {
        char *parts[BUILDING_TABLE_OWNERS_MAX], *copy = arena_strdup(arena, numbers), nobody[] = "";
        const char *joined = "";

        *ret_fault = (SheetOwnerFault){ 0 };
        if (!copy)
                return -ENOMEM;
        copy = sheet_trim(copy);
        size_t n = *copy ? parts_split(copy, parts) : 0;
        if (*copy && n == 0)
                ret_fault->code = "OWNER_COUNT";
        for (size_t i = 0; i < n && !ret_fault->code; i++) {
                BuildingTableOwner owner = { 0 };
                SheetOwnerFault fault = { 0 };
                int r = number_check(nobody, sheet_trim(parts[i]), today, arena, &owner, &fault);
                if (r < 0)
                        return r;
                ret_fault->code = fault.code;
                if (fault.warning)
                        ret_fault->warning = fault.warning;
                if (!fault.code)
                        joined = arena_printf(arena, "%s%s%s", joined, i > 0 ? sheet_owner_separator : "",
                                owner.id_number);
                if (!joined)
                        return -ENOMEM;
        }
        *ret = joined;
        return 0;
}
