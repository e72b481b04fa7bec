/* SPDX-License-Identifier: Apache-2.0 */
/* Check digits and forms of public identifiers. Whether an identifier was really issued is not known here.
 */
#include <string.h>

#include <node/date.h>
#include <node/identifier.h>
#include <node/text.h>

static bool digit(char c) {
        return c >= '0' && c <= '9';
}

/* True if every character of text[from, to) is a digit. */
static bool digits(const char *text, size_t from, size_t to) {
        for (size_t i = from; i < to; i++)
                if (!digit(text[i]))
                        return false;
        return true;
}

static int number(const char *text, size_t from, size_t to) {
        int value = 0;
        for (size_t i = from; i < to; i++)
                value = value * 10 + (text[i] - '0');
        return value;
}

void identifier_normalise(char *text) {
        text_fold_width(text);
        char *to = text;
        for (const char *from = text; *from; from++) {
                if (*from == ' ' || *from == '\t')
                        continue;
                *to++ = *from >= 'a' && *from <= 'z' ? (char) (*from - 'a' + 'A') : *from;
        }
        *to = 0;
}

IdentifierFault citizen_id_check(const char *text, Date today) {
        static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
        static const char checks[] = "10X98765432";

        if (strlen(text) != 18)
                return IDENTIFIER_LENGTH;
        if (text[0] == '0' || !digits(text, 0, 17) || (!digit(text[17]) && text[17] != 'X'))
                return IDENTIFIER_CHARACTER;
        /* Born before our calendar begins, in the 19th century: its leap years are those of the 20th. */
        int year = number(text, 6, 10), shift = year >= 1800 && year < 1900 ? 100 : 0;
        Date birth;
        if (date_make(year + shift, number(text, 10, 12), number(text, 12, 14), &birth) < 0)
                return IDENTIFIER_DATE;
        if (birth.ymd - shift * 10000 > today.ymd)
                return IDENTIFIER_DATE;
        int sum = 0;
        for (size_t i = 0; i < 17; i++)
                sum += (text[i] - '0') * weights[i];
        return text[17] == checks[sum % 11] ? IDENTIFIER_OK : IDENTIFIER_CHECKSUM;
}

IdentifierFault credit_code_check(const char *text) {
        static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        unsigned sum = 0, weight = 1, last = 0;

        if (strlen(text) != 18)
                return IDENTIFIER_LENGTH;
        for (size_t i = 0; i < 18; i++) {
                const char *found = strchr(alphabet, text[i]);
                if (!found)
                        return IDENTIFIER_CHARACTER;
                last = (unsigned) (found - alphabet);
                if (i < 17)
                        sum += last * weight;
                weight = weight * 3 % 31;
        }
        if (!digits(text, 2, 8))
                return IDENTIFIER_CHARACTER; /* the region is a number */
        return last == (31 - sum % 31) % 31 ? IDENTIFIER_OK : IDENTIFIER_CHECKSUM;
}

IdentifierFault cnaps_check(const char *text) {
        if (strlen(text) != 12)
                return IDENTIFIER_LENGTH;
        if (!digits(text, 0, 12))
                return IDENTIFIER_CHARACTER;
        unsigned product = 10;
        for (size_t i = 0; i < 11; i++) {
                unsigned sum = (product + (unsigned) (text[i] - '0')) % 10;
                product = (sum ? sum : 10) * 2 % 11;
        }
        return (unsigned) (text[11] - '0') == (11 - product) % 10 ? IDENTIFIER_OK : IDENTIFIER_CHECKSUM;
}

IdentifierFault real_estate_unit_check(const char *text) {
        if (strlen(text) != 28)
                return IDENTIFIER_LENGTH;
        if (!digits(text, 0, 12) || !strchr("GJZ", text[12]) || !strchr("ABCDEFGHSWXYZ", text[13]))
                return IDENTIFIER_CHARACTER;
        if (!digits(text, 14, 19) || !strchr("FLQW", text[19]) || !digits(text, 20, 28))
                return IDENTIFIER_CHARACTER;
        return IDENTIFIER_OK;
}
