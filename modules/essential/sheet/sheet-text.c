/* SPDX-License-Identifier: Apache-2.0 */
/* How offices write numbers, dates, floors and addresses. Every form was seen in the field; none needs
 * floating point. */

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <node/date.h>
#include <node/money.h>
#include <node/text.h>

#include <essential/sheet-text.h>

#define EXCEL_SERIAL_MIN 20000 /* 1954-10-03 */
#define EXCEL_SERIAL_MAX 80000 /* 2119-01-10 */
#define EXCEL_1904_DAYS 1462
#define DATE_YEAR_MIN 1998

static size_t blank_at(const char *text) {
        switch (*text) {
        case ' ':
        case '\t':
        case '\r':
        case '\n':
                return 1;
        case '\xc2':
                return text[1] == '\xa0' ? 2 : 0;
        case '\xe3':
                return text[1] == '\x80' && text[2] == '\x80' ? 3 : 0;
        default:
                return 0;
        }
}

char *sheet_trim(char *text) {
        size_t n;

        while ((n = blank_at(text)) > 0)
                text += n;
        if (*text == '\'')
                text++;
        size_t size = strlen(text);
        for (n = 1; n > 0; size -= n) {
                n = 0;
                for (size_t back = 1; back <= 3 && back <= size && n == 0; back++)
                        n = blank_at(text + size - back) == back ? back : 0;
        }
        text[size] = 0;
        return text;
}

bool sheet_starts(const char *text, const char *prefix) {
        while (*prefix && *text == *prefix) {
                text++;
                prefix++;
        }
        return !*prefix;
}

bool sheet_cut_end(char *text, const char *suffix) {
        size_t size = strlen(text), cut = strlen(suffix);

        if (size < cut || strcmp(text + size - cut, suffix) != 0)
                return false;
        text[size - cut] = 0;
        return true;
}

const SheetWord *sheet_word(const SheetWord *words, const char *text) {
        for (; words->word; words++)
                if (*words->word == *text && strcmp(words->word, text) == 0)
                        return words;
        return NULL;
}

const SheetWord *sheet_word_start(const SheetWord *words, const char *text) {
        for (; words->word; words++)
                if (sheet_starts(text, words->word))
                        return words;
        return NULL;
}

const SheetWord *sheet_total_word(const char *text) {
        const SheetWord *word = sheet_word_start(sheet_total_words, text);
        size_t size = strlen(text);

        /* 1幢小计 */
        for (const SheetWord *end = sheet_total_words; !word && end->word; end++)
                if (size >= strlen(end->word) && strcmp(text + size - strlen(end->word), end->word) == 0)
                        word = end;
        return word;
}

bool sheet_number(const char *text, int64_t *ret) {
        int64_t tens = 0, ones = 0;

        if (isdigit((unsigned char) *text)) {
                char *end;
                long value = strtol(text, &end, 10);
                if (*end || value > 9999)
                        return false;
                *ret = value;
                return true;
        }
        const SheetWord *digit = sheet_word_start(sheet_numerals, text);
        if (digit) {
                ones = digit->value;
                text += strlen(digit->word);
        }
        if (sheet_starts(text, sheet_ten)) {
                tens = digit ? ones : 1;
                ones = 0;
                text += strlen(sheet_ten);
                digit = sheet_word_start(sheet_numerals, text);
                if (digit) {
                        ones = digit->value;
                        text += strlen(digit->word);
                }
        }
        if (*text || tens + ones == 0)
                return false;
        *ret = 10 * tens + ones;
        return true;
}

void sheet_blanks_remove(char *text) {
        char *to = text;

        while (*text) {
                size_t blank = blank_at(text);
                if (blank)
                        text += blank;
                else
                        *to++ = *text++;
        }
        *to = 0;
}

/* 1,289.37: commas stand before groups of three digits, or the text is no number. */
static bool thousands_remove(char *text) {
        char *to = text + (*text == '-');
        size_t lead = strspn(to, "0123456789");

        if (!strchr(text, ','))
                return true;
        if (lead == 0 || lead > 3)
                return false;
        const char *from = to + lead;
        to += lead;
        for (; *from == ','; from += 4) {
                if (strspn(from + 1, "0123456789") < 3)
                        return false;
                memmove(to, from + 1, 3);
                to += 3;
        }
        if (isdigit((unsigned char) *from) || strchr(from, ','))
                return false;
        memmove(to, from, strlen(from) + 1);
        return true;
}

/* Digits behind the second decimal: 0 nothing there, 1 noise above, -1 noise below, of less than 0.000001;
 * -2 a part of 0.01. */
static int decimals_rest(const char *rest, size_t n) {
        const char *const end = rest + n;
        bool rises = n > 4 && strncmp(rest, "9999", 4) == 0;

        for (const char *p = rest; p < end && !rises; p++)
                if (*p != '0')
                        return n > 4 && p - rest >= 4 ? 1 : -2;
        if (!rises)
                return 0;
        for (const char *p = rest + 4; p < end; p++)
                if (*p != '0')
                        return -1;
        return -2;
}

typedef enum NumberFault { NUMBER_OK, NUMBER_MISSING, NUMBER_BAD, NUMBER_PRECISION } NumberFault;

/* Hundredths of a text without its unit; it is changed. *ret_noise: a spreadsheet's noise was taken off. */
static NumberFault hundredths_read(char *text, int64_t *ret, bool *ret_noise) {
        if (!*text)
                return NUMBER_MISSING;
        if (!thousands_remove(text))
                return NUMBER_BAD;
        bool negative = *text == '-';
        const char *digits = text + negative;
        size_t whole = strspn(digits, "0123456789"), decimals = 0;
        if (digits[whole] == '.')
                decimals = strspn(digits + whole + 1, "0123456789");
        if (whole == 0 || whole > 12 || digits[whole + (digits[whole] == '.') + decimals])
                return NUMBER_BAD;
        const char *fraction = digits + whole + 1;
        int64_t value = strtoll(digits, NULL, 10) * 100;
        value += decimals > 0 ? 10 * (fraction[0] - '0') : 0;
        value += decimals > 1 ? fraction[1] - '0' : 0;
        int rest = decimals > 2 ? decimals_rest(fraction + 2, decimals - 2) : 0;
        if (rest == -2)
                return NUMBER_PRECISION;
        value += rest == -1;
        *ret_noise = rest != 0;
        *ret = negative ? -value : value;
        return NUMBER_OK;
}

const char *sheet_area(const char *text, Arena *arena, Area *ret, const char **ret_warning) {
        static const char *const codes[] = { NULL, "AREA_MISSING", "AREA_NOT_NUMERIC", "AREA_PRECISION" };
        char *copy = arena_strdup(arena, text);
        bool unit = false, noise = false;
        int64_t value;

        *ret_warning = NULL;
        if (!copy)
                return "AREA_NOT_NUMERIC";
        for (const SheetWord *word = sheet_area_units; word->word && !unit; word++)
                unit = sheet_cut_end(copy, word->word);
        NumberFault fault = hundredths_read(sheet_trim(copy), &value, &noise);
        if (fault != NUMBER_OK)
                return codes[fault];
        *ret_warning = unit ? "NORMALISED_UNIT" : noise ? "NORMALISED_NOISE" : NULL;
        *ret = (Area){ value };
        return NULL;
}

bool sheet_scientific(const char *text) {
        size_t digits = strspn(text, "0123456789.");

        return digits > 0 && (text[digits] == 'E' || text[digits] == 'e') && text[digits + 1];
}

/* 0.7166, four places: 7166. Thousands stand no longer where the point has moved: they go first. */
static char *point_moved(char *text, int places, Arena *arena) {
        if (!thousands_remove(text))
                return text;
        char *point = strchr(text, '.');
        const char *decimals = point ? point + 1 : "";
        size_t n = strlen(decimals);

        if (point)
                *point = 0;
        size_t taken = n < (size_t) places ? n : (size_t) places;
        char *moved = arena_printf(
                arena, "%s%.*s%.*s", text, (int) taken, decimals, places - (int) taken, "00000000");
        return moved && n > taken ? arena_printf(arena, "%s.%s", moved, decimals + taken) : moved;
}

const char *sheet_amount(const char *text, int places, Arena *arena, Money *ret, const char **ret_warning) {
        static const char *const codes[] = { NULL, "AMT_MISSING", "AMT_NOT_NUMERIC", "AMT_PRECISION" };
        char *copy = arena_strdup(arena, text);
        bool unit = false, noise = false;
        int64_t value;

        *ret_warning = NULL;
        if (!copy)
                return "AMT_NOT_NUMERIC";
        copy = sheet_trim(copy);
        const SheetWord *sign = sheet_word_start(sheet_money_signs, copy);
        copy += sign ? strlen(sign->word) : 0;
        unit = sign != NULL;
        for (const SheetWord *word = sheet_money_units; word->word; word++)
                if (sheet_cut_end(copy, word->word)) {
                        places = (int) word->value;
                        unit = true;
                        break;
                }
        copy = sheet_trim(copy);
        if (strcmp(copy, "-") == 0)
                return "AMT_MISSING";
        if (sheet_scientific(*copy == '-' ? copy + 1 : copy))
                return "AMT_SCIENTIFIC";
        if (places > 0 && *copy && !(copy = point_moved(copy, places, arena)))
                return "AMT_NOT_NUMERIC";
        NumberFault fault = hundredths_read(copy, &value, &noise);
        if (fault != NUMBER_OK)
                return codes[fault];
        *ret_warning = unit ? "NORMALISED_UNIT" : noise ? "NORMALISED_NOISE" : NULL;
        *ret = (Money){ value };
        return NULL;
}

static bool date_parts(const char *text, long ret[static 3]) {
        const char *const separators[][3] = { { "-", "-", "" }, { "/", "/", "" }, { ".", ".", "" },
                { sheet_year, sheet_month, sheet_day } };
        size_t digits = strspn(text, "0123456789");

        if (digits == 0 || digits > 4 || !text[digits]) /* most texts are no dates */
                return false;
        for (size_t form = 0; form < ELEMENTSOF(separators); form++) {
                const char *at = text;
                size_t part;
                for (part = 0; part < 3; part++) {
                        char *end;
                        if (!isdigit((unsigned char) *at))
                                break;
                        ret[part] = strtol(at, &end, 10);
                        if (end - at > 4 || !sheet_starts(end, separators[form][part]))
                                break;
                        at = end + strlen(separators[form][part]);
                }
                /* a time of midnight behind the date is a spreadsheet's own addition */
                if (part == 3 && (*at == 0 || strcmp(at, " 0:00:00") == 0 || strcmp(at, " 00:00:00") == 0 ||
                                         strcmp(at, " 0:00") == 0))
                        return true;
        }
        return false;
}

const char *sheet_any_date(const char *text, bool dates_1904, Date *ret) {
        Date base, date;
        long parts[3];
        int r;

        if (!*text) {
                *ret = (Date){ 0 };
                return NULL;
        }
        size_t digits = strspn(text, "0123456789");
        long number = digits && !text[digits] && digits <= 8 ? strtol(text, NULL, 10) : 0;
        if (digits == 8 && !text[8])
                r = date_make(
                        (int) (number / 10000), (int) (number / 100 % 100), (int) (number % 100), &date);
        else if (digits == 5 && !text[5] && number >= EXCEL_SERIAL_MIN && number <= EXCEL_SERIAL_MAX) {
                r = date_make(1900, 1, 1, &base);
                /* day 1 is 1900-01-01, and day 60 is a leap day that never was */
                date = date_add_days(base, (int32_t) number - 2 + (dates_1904 ? EXCEL_1904_DAYS : 0));
        } else if (date_parts(text, parts) && parts[0] > 999 && parts[0] < 9999)
                r = date_make((int) parts[0], (int) parts[1], (int) parts[2], &date);
        else
                r = -EINVAL;
        if (r < 0)
                return "DATE_INVALID";
        *ret = date;
        return NULL;
}

const char *sheet_date(const char *text, bool dates_1904, Date today, Date *ret) {
        Date date;
        const char *code = sheet_any_date(text, dates_1904, &date);

        if (code)
                return code;
        if (date.ymd && (date_year(date) < DATE_YEAR_MIN || date.ymd > today.ymd))
                return "DATE_RANGE";
        *ret = date;
        return NULL;
}

#define FLOOR_NAME_CHARACTERS 20 /* of the field */

const char *sheet_floor(const char *text, int64_t *ret) {
        char copy[32];
        int64_t sign = 1, value;
        const char *at = copy;

        if (!*text) {
                *ret = 0;
                return NULL;
        }
        if (strlen(text) >= sizeof(copy))
                return "FLOOR_RANGE";
        strcpy(copy, text);
        const SheetWord *basement = sheet_word(sheet_basement_words, copy);
        if (basement) {
                *ret = basement->value;
                return NULL;
        }
        if (!sheet_cut_end(copy, sheet_storey) && !sheet_cut_end(copy, "F"))
                sheet_cut_end(copy, "f");
        if (*at == '-' || *at == 'B' || *at == 'b') {
                sign = -1;
                at++;
        } else if (sheet_starts(at, sheet_minus)) {
                sign = -1;
                at += strlen(sheet_minus);
        }
        if (!sheet_number(at, &value) || value == 0 || value > 200 || (sign < 0 && value > 9))
                return "FLOOR_RANGE";
        *ret = sign * value;
        return NULL;
}

const char *sheet_floor_named(const char *text, Arena *arena, int64_t *ret, const char **ret_name) {
        char *before = arena_strdup(arena, text);
        const SheetWord *name = sheet_floor_names;

        *ret_name = NULL;
        if (!before)
                return "FLOOR_RANGE";
        while (name->word && !sheet_cut_end(before, name->word))
                name++;
        if (!name->word || text_characters(text) > FLOOR_NAME_CHARACTERS)
                return sheet_floor(text, ret);
        /* the storey it stands over or under, where the name says so */
        if (!*before || sheet_floor(before, ret))
                *ret = 0;
        *ret_name = text;
        return NULL;
}

/* "三" and "3" are one label; other texts stay as they are. */
static char *label_plain(char *text, Arena *arena) {
        int64_t number;

        if (!isdigit((unsigned char) *text) && sheet_number(text, &number))
                return arena_printf(arena, "%lld", (long long) number);
        return text;
}

char *sheet_building(char *text, Arena *arena) {
        text = sheet_trim(text);
        for (const SheetWord *mark = sheet_building_marks; mark->word; mark++)
                if (sheet_cut_end(text, mark->word))
                        break;
        for (char *p = text; *p; p++)
                *p = *p >= 'a' && *p <= 'z' ? (char) (*p - 'a' + 'A') : *p;
        return label_plain(sheet_trim(text), arena);
}

char *sheet_unit(char *text, Arena *arena) {
        text = sheet_trim(text);
        if (strcmp(text, "/") == 0 || strcmp(text, "-") == 0 || strcmp(text, "\\") == 0)
                *text = 0;
        sheet_cut_end(text, sheet_unit_mark);
        return *text ? label_plain(sheet_trim(text), arena) : text;
}

static bool month_abbreviated(const char *text) {
        static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
                "Oct", "Nov", "Dec" };

        for (size_t i = 0; i < ELEMENTSOF(months); i++)
                if (strncasecmp(text, months[i], 3) == 0)
                        return true;
        return false;
}

bool sheet_date_mangled(const char *text) {
        long parts[3];

        if (date_parts(text, parts) && parts[0] >= 1900 && parts[0] < 2100 && parts[1] <= 12 &&
                parts[2] <= 31)
                return true;
        size_t digits = strspn(text, "0123456789");
        if (digits > 0 && sheet_starts(text + digits, sheet_month))
                return true;
        /* 12-Jan, 12-Jan-26, Jan-12 */
        if (digits > 0 && text[digits] == '-' && month_abbreviated(text + digits + 1)) {
                const char *rest = text + digits + 4;
                return !*rest || (*rest == '-' && rest[1] && !rest[1 + strspn(rest + 1, "0123456789")]);
        }
        return strnlen(text, 5) == 5 && text[3] == '-' && month_abbreviated(text) &&
               !text[4 + strspn(text + 4, "0123456789")];
}

bool sheet_cell_error(const char *text) {
        static const char *const errors[] = { "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!",
                "#NULL!" };

        for (size_t i = 0; *text == '#' && i < ELEMENTSOF(errors); i++)
                if (strcmp(text, errors[i]) == 0)
                        return true;
        return false;
}

/* Splits at the first place of a mark: what stands before, what after (without a leading hyphen). */
static bool split_at(char *text, const char *mark, char **ret_before, char **ret_after) {
        char *at = strstr(text, mark);

        if (!at)
                return false;
        *at = 0;
        *ret_before = text;
        *ret_after = at + strlen(mark);
        if (**ret_after == '-')
                (*ret_after)++;
        return true;
}

static void address_hyphens(char *text, SheetAddress *ret) {
        char *rest = text, *before;
        size_t hyphens = 0;

        for (const char *p = text; *p; p++)
                hyphens += *p == '-';
        if (hyphens >= 1 && split_at(rest, "-", &before, &rest))
                ret->building = before;
        if (hyphens >= 2 && split_at(rest, "-", &before, &rest))
                ret->unit = before;
        ret->room = rest;
}

/* B1车位 and B1层 are below ground; B1-2-301 and B12幢 are buildings. */
static const SheetWord *address_basement(const char *text) {
        const SheetWord *word = sheet_word_start(sheet_basement_words, text);

        if (!word || (unsigned char) *word->word >= 0x80)
                return word;
        const char *rest = text + strlen(word->word);
        return sheet_starts(rest, sheet_parking) || sheet_starts(rest, sheet_storey) ? word : NULL;
}

int sheet_address(const char *text, Arena *arena, SheetAddress *ret) {
        char *rest = arena_strdup(arena, text), *before, *none = arena_strdup(arena, "");

        if (!rest || !none)
                return -ENOMEM;
        *ret = (SheetAddress){ none, none, none, 0 };
        const SheetWord *basement = address_basement(rest);
        if (basement) {
                ret->building = arena_strdup(arena, sheet_basement);
                ret->floor = basement->value;
                rest += strlen(basement->word);
                rest += sheet_starts(rest, sheet_storey) ? strlen(sheet_storey) : 0;
                rest += sheet_starts(rest, sheet_parking) ? strlen(sheet_parking) : 0;
                ret->room = rest + (*rest == '-');
                return ret->building ? 0 : -ENOMEM;
        }
        bool marked = false;
        for (const SheetWord *mark = sheet_building_marks; mark->word && !marked; mark++)
                marked = split_at(rest, mark->word, &ret->building, &rest);
        if (marked) {
                if (split_at(rest, sheet_unit_mark, &before, &rest))
                        ret->unit = before;
                else if (strchr(rest, '-') && split_at(rest, "-", &before, &rest))
                        ret->unit = before;
                if (split_at(rest, sheet_storey, &before, &rest) && sheet_floor(before, &ret->floor) != NULL)
                        ret->floor = 0;
                ret->room = rest;
        } else
                address_hyphens(rest, ret);
        sheet_cut_end(ret->room, sheet_room_mark);
        ret->building = label_plain(ret->building, arena);
        ret->unit = label_plain(ret->unit, arena);
        return ret->building && ret->unit ? 0 : -ENOMEM;
}
