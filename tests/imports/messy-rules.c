/* SPDX-License-Identifier: Apache-2.0 */
/* Every rule of a building table: what is put right, what is left out, and how headings are spelt. One
 * function a rule. */

#include <stdlib.h>
#include <string.h>

#include <node/identifier.h>

#include "messy.h"

const char *const messy_headings[M_COLUMNS][8] = {
        [M_SERIAL] = { "序号", NULL },
        [M_AREA] = { "小区名称", " 小区名称 ", NULL },
        [M_BUILDING] = { "幢号", "楼栋", "栋号", "幢", "楼号", NULL },
        [M_UNIT] = { "单元", "单元号", NULL },
        [M_ROOM] = { "房号", "房间号", "室号", "房 号", NULL },
        [M_ADDRESS] = { "房屋坐落", "坐落", NULL },
        [M_FLOOR] = { "楼层", "所在层", "所在楼层", "层", NULL },
        [M_TOTAL] = { "总层数", NULL },
        [M_BOTH] = { "层/总层", "层／总层", NULL },
        [M_COVERED] = { "建筑面积(㎡)", "建筑面积", "面积", "面积（平方米）", "建筑面积（m²）", "建筑面积㎡",
                NULL },
        [M_INNER] = { "套内面积(㎡)", "套内面积", NULL },
        [M_USE] = { "房屋用途", "规划用途", "用途", NULL },
        [M_LIFT] = { "有无电梯", NULL },
        [M_OWNER] = { "业主姓名", "权利人", "产权人", "姓名", NULL },
        [M_NUMBER] = { "证件号码", "身份证号", "证件号", "权利人证件号", NULL },
        [M_DATE] = { "交付日期", "交房日期", "签约日期", NULL },
        [M_NOTE] = { "备注", NULL },
};

uint64_t messy_random(uint64_t *random, uint64_t below) {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        return *random % below;
}

const char *messy_decimal(Arena *arena, int64_t value) {
        return arena_printf(arena, "%lld.%02lld", (long long) value / 100, (long long) value % 100);
}

const char *messy_wide(Arena *arena, const char *text) {
        char *wide = arena_alloc(arena, 3 * strlen(text) + 1), *to = wide;

        for (; *text; text++) {
                if ((unsigned char) *text <= ' ' || (unsigned char) *text >= 0x7f) {
                        *to++ = *text;
                        continue;
                }
                unsigned c = (unsigned) *text + 0xfee0;
                *to++ = (char) (0xe0 | c >> 12);
                *to++ = (char) (0x80 | (c >> 6 & 0x3f));
                *to++ = (char) (0x80 | (c & 0x3f));
        }
        return wide;
}

const char *messy_citizen(Arena *arena, uint64_t *random) {
        int year = 1950 + (int) messy_random(random, 55), month = 1 + (int) messy_random(random, 12),
            day = 1 + (int) messy_random(random, 28), serial = (int) messy_random(random, 1000);
        static const char checks[] = "0123456789X";

        char *number = arena_printf(arena, "990000%04d%02d%02d%03d?", year, month, day, serial);
        for (const char *check = checks; *check; check++) {
                number[17] = *check;
                if (citizen_id_check(number, (Date){ 20261123 }) == IDENTIFIER_OK)
                        return number;
        }
        abort();
}

const char *messy_company(Arena *arena, uint64_t *random) {
        static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        char *code = arena_strdup(arena, "91990000MA????????");

        do
                for (int i = 10; i < 18; i++)
                        code[i] = letters[messy_random(random, 31)];
        while (credit_code_check(code) != IDENTIFIER_OK);
        return code;
}

/* --- small words for the rules --- */
#define TEXT(...) arena_printf(row->arena, __VA_ARGS__)
#define RULE(name_) static void rule_##name_(MessyRow *row)
#define COVERED_AS(...)                                                                                     \
        do {                                                                                                \
                row->cells[M_COVERED] = TEXT(__VA_ARGS__);                                                  \
                row->kinds[M_COVERED] = WORKBOOK_TEXT;                                                      \
        } while (0)
#define DATE_AS(...)                                                                                        \
        do {                                                                                                \
                row->cells[M_DATE] = TEXT(__VA_ARGS__);                                                     \
                row->kinds[M_DATE] = WORKBOOK_INLINE;                                                       \
        } while (0)
#define ADDRESS_AS(...) row->cells[M_ADDRESS] = TEXT(__VA_ARGS__)
#define COVERED messy_decimal(row->arena, row->covered)
#define YEAR (int) (row->ymd / 10000)
#define MONTH (int) (row->ymd / 100 % 100)
#define DAY (int) (row->ymd % 100)

static void floor_as(MessyRow *row, const char *text, int64_t floor) {
        row->cells[M_FLOOR] = text;
        row->kinds[M_FLOOR] = WORKBOOK_TEXT;
        row->floor = floor;
}

static void owner_as(MessyRow *row, const char *name, const char *number) {
        row->cells[M_OWNER] = name;
        row->cells[M_NUMBER] = number;
}

RULE(plain) {
}
RULE(area_wide) {
        COVERED_AS("%s", messy_wide(row->arena, COVERED));
}
RULE(area_square) {
        COVERED_AS("%s㎡", COVERED);
}
RULE(area_m2) {
        COVERED_AS("%s m²", COVERED);
}
RULE(area_metres) {
        COVERED_AS("%s平方米", COVERED);
}
RULE(area_blanks) {
        COVERED_AS("\xe3\x80\x80%s\xc2\xa0 ", COVERED);
}
RULE(area_apostrophe) {
        COVERED_AS("'%s", COVERED);
}
RULE(area_text) {
        COVERED_AS("%s", COVERED);
}
RULE(area_noise) {
        COVERED_AS("%s0000000000001", COVERED);
        row->kinds[M_COVERED] = WORKBOOK_NUMBER;
}
RULE(area_noise_below) {
        row->covered += row->covered % 10 == 0;
        int64_t below = row->covered - 1;
        COVERED_AS("%s99999999999999", messy_decimal(row->arena, below));
        row->kinds[M_COVERED] = WORKBOOK_NUMBER;
}
RULE(area_formula) {
        COVERED_AS("%s", COVERED);
        row->kinds[M_COVERED] = WORKBOOK_FORMULA;
}
RULE(area_scientific_number) {
        row->covered = 12000;
        row->inner = 0;
        row->cells[M_INNER] = "";
        COVERED_AS("1.2E+2");
        row->kinds[M_COVERED] = WORKBOOK_NUMBER;
}
RULE(area_large_shop) {
        row->use = "02";
        row->cells[M_USE] = "商铺";
        row->covered = 123456;
        COVERED_AS("1,234.56");
}
RULE(dwelling_words) {
        row->cells[M_USE] = "成套住宅";
}
RULE(shop) {
        row->cells[M_USE] = "商业";
        row->use = "02";
}
RULE(name_padded) {
        row->names[0] = "王伟";
        row->cells[M_OWNER] = "王　伟";
}
RULE(number_blanks) {
        const char *n = row->numbers[0];
        row->cells[M_NUMBER] = TEXT("%.6s %.8s %s", n, n + 6, n + 14);
}
RULE(number_small_x) {
        const char *n;
        do
                n = messy_citizen(row->arena, row->random);
        while (n[17] != 'X');
        row->numbers[0] = n;
        row->cells[M_NUMBER] = TEXT("%.17s%s", n, messy_random(row->random, 2) ? "x" : "Ｘ");
}
RULE(number_apostrophe) {
        row->cells[M_NUMBER] = TEXT("'%s", row->numbers[0]);
}
RULE(number_wide) {
        row->cells[M_NUMBER] = messy_wide(row->arena, row->numbers[0]);
}
RULE(two_owners) {
        row->n_owners = 2;
        row->names[1] = "赵样例";
        row->numbers[1] = messy_citizen(row->arena, row->random);
        owner_as(row, TEXT("%s、%s", row->names[0], row->names[1]),
                TEXT("%s、%s", row->numbers[0], row->numbers[1]));
}
RULE(company) {
        row->names[0] = "样例置业有限公司";
        row->numbers[0] = messy_company(row->arena, row->random);
        owner_as(row, row->names[0], row->numbers[0]);
}
RULE(rare_name) {
        row->names[0] = "王㵲";
        row->cells[M_OWNER] = row->names[0];
}
RULE(date_slashes) {
        DATE_AS("%d/%d/%d", YEAR, MONTH, DAY);
}
RULE(date_dots) {
        DATE_AS("%d.%d.%d", YEAR, MONTH, DAY);
}
RULE(date_words) {
        DATE_AS("%d年%d月%d日", YEAR, MONTH, DAY);
}
RULE(date_digits) {
        DATE_AS("%08d", (int) row->ymd);
}
RULE(date_midnight) {
        DATE_AS("%d/%d/%d 0:00:00", YEAR, MONTH, DAY);
}
RULE(date_wide) {
        DATE_AS("%s", messy_wide(row->arena, TEXT("%d-%d-%d", YEAR, MONTH, DAY)));
}
RULE(date_serial) {
        row->ymd = 20130401;
        DATE_AS("41365");
}
RULE(date_serial_number) {
        row->ymd = 20130401;
        row->cells[M_DATE] = "2013-04-01";
        row->kinds[M_DATE] = WORKBOOK_NUMBER; /* the writer knows the base */
}
RULE(floor_minus) {
        floor_as(row, "-1", -1);
}
RULE(floor_word) {
        floor_as(row, "负一层", -1);
}
RULE(floor_b1) {
        floor_as(row, "B1", -1);
}
RULE(floor_f) {
        floor_as(row, "-1F", -1);
}
RULE(floor_storey) {
        floor_as(row, "2层", 2);
}
RULE(both) {
        row->cells[M_BOTH] = TEXT("%lld／%lld", (long long) row->floor, (long long) row->total);
}
RULE(building_zhuang) {
        row->cells[M_BUILDING] = TEXT("%s幢", row->building);
}
RULE(building_dong) {
        row->cells[M_BUILDING] = TEXT("%s栋", row->building);
}
RULE(building_lou) {
        row->cells[M_BUILDING] = TEXT("%s号楼", row->building);
}
RULE(building_zuo) {
        row->cells[M_BUILDING] = TEXT("%s座", row->building);
}
RULE(building_wide) {
        row->cells[M_BUILDING] = messy_wide(row->arena, row->building);
}
RULE(building_letter) {
        row->building = "A";
        row->unit = "1";
        row->cells[M_BUILDING] = "A座";
        row->cells[M_UNIT] = "1";
}
RULE(unit_mark) {
        row->cells[M_UNIT] = TEXT("%s单元", row->unit);
}
RULE(unit_none_shop) {
        rule_shop(row);
        row->unit = "";
        row->cells[M_UNIT] = messy_random(row->random, 2) ? "/" : "";
}
RULE(room_mark) {
        row->cells[M_ROOM] = TEXT("%s室", row->room);
}
RULE(address_zhuang) {
        ADDRESS_AS("%s幢%s单元%s室", row->building, row->unit, row->room);
}
RULE(address_wide) {
        static const char *const words[] = { "", "一", "二", "三" };
        ADDRESS_AS("%s号楼%s单元%s", messy_wide(row->arena, row->building), words[atoi(row->unit)],
                messy_wide(row->arena, row->room));
}
RULE(address_storey) {
        ADDRESS_AS("%s栋%s单元%lld层%s", row->building, row->unit, (long long) row->floor, row->room);
}
RULE(address_hash) {
        ADDRESS_AS("%s#-%s-%s", row->building, row->unit, row->room);
}
RULE(address_shop) {
        rule_shop(row);
        row->unit = "";
        row->room = TEXT("S%s", row->room);
        ADDRESS_AS("%s幢%s", row->building, row->room);
}
static void basement(MessyRow *row, const char *before) {
        row->use = "04";
        row->cells[M_USE] = "车位";
        row->building = "地下";
        row->unit = "";
        row->room = TEXT("A-%s", row->room);
        row->floor = -1;
        row->cells[M_FLOOR] = row->cells[M_BOTH] = row->cells[M_TOTAL] = "";
        row->total = 0;
        ADDRESS_AS("%s%s", before, row->room);
}
RULE(address_parking) {
        basement(row, "负一层车位");
}
RULE(address_b1) {
        basement(row, "B1车位");
}
RULE(address_cellar) {
        basement(row, "地下室-");
}
RULE(ignored_fault) {
        row->cells[M_NOTE] = "#N/A";
        row->kinds[M_NOTE] = WORKBOOK_FAULT;
}

/* --- left out --- */
RULE(bad_no_building) {
        row->cells[M_BUILDING] = " ";
}
RULE(bad_no_room) {
        row->cells[M_ROOM] = "";
}
RULE(bad_no_unit) {
        row->cells[M_UNIT] = messy_random(row->random, 2) ? "" : "/";
}
RULE(bad_address_no_unit) {
        ADDRESS_AS("%s幢%s", row->building, row->room);
}
RULE(bad_address_empty) {
        ADDRESS_AS("　");
}
RULE(bad_room_date) {
        row->cells[M_ROOM] = "12月1日";
}
RULE(bad_room_month) {
        row->cells[M_ROOM] = "3-Jan";
}
RULE(bad_room_day) {
        row->cells[M_ROOM] = "2026-12-01";
        row->kinds[M_ROOM] = WORKBOOK_DAY;
}
RULE(bad_address_date) {
        ADDRESS_AS("2001/3/12");
}
RULE(bad_area_missing) {
        COVERED_AS("%s", messy_random(row->random, 2) ? "" : "　");
}
RULE(bad_area_words) {
        COVERED_AS("待测");
}
RULE(bad_area_zero) {
        COVERED_AS("0.00");
}
RULE(bad_area_negative) {
        COVERED_AS("-%s", COVERED);
}
RULE(bad_area_dwelling) {
        COVERED_AS("1,000.01");
}
RULE(bad_area_precision) {
        COVERED_AS("%s5", COVERED);
        row->kinds[M_COVERED] = WORKBOOK_NUMBER;
}
RULE(bad_inner) {
        row->cells[M_INNER] = messy_decimal(row->arena, row->covered + 1);
}
RULE(bad_floor) {
        floor_as(row, "A层", 0);
}
RULE(bad_floor_zero) {
        floor_as(row, "0", 0);
}
RULE(bad_floor_over) {
        floor_as(row, TEXT("%lld", (long long) row->total + 1), 0);
}
RULE(bad_both) {
        row->cells[M_BOTH] = TEXT("%lld/%lld", (long long) row->total + 2, (long long) row->total);
}
RULE(bad_use) {
        row->cells[M_USE] = "花园";
}
RULE(bad_use_empty) {
        row->cells[M_USE] = "";
}
RULE(bad_number_short) {
        row->cells[M_NUMBER] = TEXT("%.17s", row->numbers[0]);
}
RULE(bad_number_long) {
        row->cells[M_NUMBER] = TEXT("%s1", row->numbers[0]);
}
RULE(bad_number_date) {
        row->cells[M_NUMBER] = TEXT("%.10s1332%s", row->numbers[0], row->numbers[0] + 14);
}
RULE(bad_number_check) {
        char *number = arena_strdup(row->arena, row->numbers[0]);
        number[17] = number[17] == '1' ? '2' : '1';
        row->cells[M_NUMBER] = number;
}
RULE(bad_company) {
        rule_company(row);
        char *code = arena_strdup(row->arena, row->numbers[0]);
        code[17] = code[17] == 'T' ? 'R' : 'T';
        row->cells[M_NUMBER] = code;
}
RULE(bad_number_scientific) {
        row->cells[M_NUMBER] = "9.90000E+17";
}
RULE(bad_number_number) {
        row->cells[M_NUMBER] = "9.90000196909122E+17";
        row->kinds[M_NUMBER] = WORKBOOK_NUMBER;
}
RULE(bad_owner_count) {
        row->cells[M_OWNER] = TEXT("%s、李样例", row->names[0]);
}
RULE(bad_number_count) {
        row->cells[M_NUMBER] = TEXT("%s、%s", row->numbers[0], messy_citizen(row->arena, row->random));
}
RULE(bad_date) {
        DATE_AS("2018-13-01");
}
RULE(bad_date_words) {
        DATE_AS("已交付");
}
RULE(bad_date_leap) {
        DATE_AS("2019年2月29日");
}
RULE(bad_date_old) {
        DATE_AS("1997-12-31");
}
RULE(bad_date_future) {
        DATE_AS("2026-11-24");
}
RULE(bad_fields_more) {
        row->fields_more = 2;
}
RULE(bad_fields_less) {
        row->fields_more = -1;
}
RULE(bad_bytes) {
        row->broken = true;
}
RULE(bad_fault) {
        row->cells[M_COVERED] = "#REF!";
        row->kinds[M_COVERED] = WORKBOOK_FAULT;
}
RULE(bad_fault_key) {
        row->cells[M_OWNER] = "#N/A";
        row->kinds[M_OWNER] = WORKBOOK_FAULT;
}
RULE(bad_unstored) {
        row->cells[M_COVERED] = "";
        row->kinds[M_COVERED] = WORKBOOK_UNSTORED;
}

#define ACCEPT(name_, formats_, layouts_)                                                                   \
        { #name_, NULL, formats_, layouts_, rule_##name_ }
#define REJECT(name_, code_, formats_, layouts_)                                                            \
        { #name_, code_, formats_, layouts_, rule_##name_ }
const MessyRule messy_rules[] = {
        ACCEPT(plain, IN_ALL, 0),
        ACCEPT(area_wide, IN_ALL, 0),
        ACCEPT(area_square, IN_ALL, 0),
        ACCEPT(area_m2, IN_ALL, 0),
        ACCEPT(area_metres, IN_ALL, 0),
        ACCEPT(area_blanks, IN_ALL, 0),
        ACCEPT(area_apostrophe, IN_ALL, 0),
        ACCEPT(area_text, IN_XLSX, 0),
        ACCEPT(area_noise, IN_ALL, 0),
        ACCEPT(area_noise_below, IN_ALL, 0),
        ACCEPT(area_formula, IN_XLSX, 0),
        ACCEPT(area_scientific_number, IN_XLSX, 0),
        ACCEPT(area_large_shop, IN_ALL, 0),
        ACCEPT(dwelling_words, IN_ALL, 0),
        ACCEPT(shop, IN_ALL, 0),
        ACCEPT(name_padded, IN_ALL, 0),
        ACCEPT(number_blanks, IN_ALL, 0),
        ACCEPT(number_small_x, IN_ALL, 0),
        ACCEPT(number_apostrophe, IN_ALL, 0),
        ACCEPT(number_wide, IN_ALL, 0),
        ACCEPT(two_owners, IN_ALL, 0),
        ACCEPT(company, IN_ALL, 0),
        ACCEPT(rare_name, IN_ALL, 0),
        ACCEPT(date_slashes, IN_ALL, 0),
        ACCEPT(date_dots, IN_ALL, 0),
        ACCEPT(date_words, IN_ALL, 0),
        ACCEPT(date_digits, IN_ALL, 0),
        ACCEPT(date_midnight, IN_ALL, 0),
        ACCEPT(date_wide, IN_ALL, 0),
        ACCEPT(date_serial, IN_CSV, 0),
        ACCEPT(date_serial_number, IN_XLSX, 0),
        ACCEPT(floor_minus, IN_ALL, WITH_FLOORS),
        ACCEPT(floor_word, IN_ALL, WITH_FLOORS),
        ACCEPT(floor_b1, IN_ALL, WITH_FLOORS),
        ACCEPT(floor_f, IN_ALL, WITH_FLOORS),
        ACCEPT(floor_storey, IN_ALL, WITH_FLOORS),
        ACCEPT(both, IN_ALL, WITH_BOTH),
        ACCEPT(building_zhuang, IN_ALL, WITH_PARTS),
        ACCEPT(building_dong, IN_ALL, WITH_PARTS),
        ACCEPT(building_lou, IN_ALL, WITH_PARTS),
        ACCEPT(building_zuo, IN_ALL, WITH_PARTS),
        ACCEPT(building_wide, IN_ALL, WITH_PARTS),
        ACCEPT(building_letter, IN_ALL, WITH_PARTS),
        ACCEPT(unit_mark, IN_ALL, WITH_PARTS),
        ACCEPT(unit_none_shop, IN_ALL, WITH_PARTS),
        ACCEPT(room_mark, IN_ALL, WITH_PARTS),
        ACCEPT(address_zhuang, IN_ALL, WITH_ADDRESS),
        ACCEPT(address_wide, IN_ALL, WITH_ADDRESS),
        ACCEPT(address_storey, IN_ALL, WITH_ADDRESS),
        ACCEPT(address_hash, IN_ALL, WITH_ADDRESS),
        ACCEPT(address_shop, IN_ALL, WITH_ADDRESS),
        ACCEPT(address_parking, IN_ALL, WITH_ADDRESS),
        ACCEPT(address_b1, IN_ALL, WITH_ADDRESS),
        ACCEPT(address_cellar, IN_ALL, WITH_ADDRESS),
        ACCEPT(ignored_fault, IN_ALL, 0),
        REJECT(bad_no_building, "KEY_MISSING", IN_ALL, WITH_PARTS),
        REJECT(bad_no_room, "KEY_MISSING", IN_ALL, WITH_PARTS),
        REJECT(bad_no_unit, "KEY_AMBIGUOUS", IN_ALL, WITH_PARTS),
        REJECT(bad_address_no_unit, "KEY_AMBIGUOUS", IN_ALL, WITH_ADDRESS),
        REJECT(bad_address_empty, "KEY_MISSING", IN_ALL, WITH_ADDRESS),
        REJECT(bad_room_date, "KEY_DATE_MANGLED", IN_ALL, WITH_PARTS),
        REJECT(bad_room_month, "KEY_DATE_MANGLED", IN_ALL, WITH_PARTS),
        REJECT(bad_room_day, "KEY_DATE_MANGLED", IN_ALL, WITH_PARTS),
        REJECT(bad_address_date, "KEY_DATE_MANGLED", IN_ALL, WITH_ADDRESS),
        REJECT(bad_area_missing, "AREA_MISSING", IN_ALL, 0),
        REJECT(bad_area_words, "AREA_NOT_NUMERIC", IN_ALL, 0),
        REJECT(bad_area_zero, "AREA_RANGE", IN_ALL, 0),
        REJECT(bad_area_negative, "AREA_RANGE", IN_ALL, 0),
        REJECT(bad_area_dwelling, "AREA_RANGE", IN_ALL, 0),
        REJECT(bad_area_precision, "AREA_PRECISION", IN_ALL, 0),
        REJECT(bad_inner, "INNER_GT_GROSS", IN_ALL, 0),
        REJECT(bad_floor, "FLOOR_RANGE", IN_ALL, WITH_FLOORS),
        REJECT(bad_floor_zero, "FLOOR_RANGE", IN_ALL, WITH_FLOORS),
        REJECT(bad_floor_over, "FLOOR_RANGE", IN_ALL, WITH_FLOORS),
        REJECT(bad_both, "FLOOR_RANGE", IN_ALL, WITH_BOTH),
        REJECT(bad_use, "USE_UNKNOWN", IN_ALL, 0),
        REJECT(bad_use_empty, "USE_UNKNOWN", IN_ALL, 0),
        REJECT(bad_number_short, "ID_LENGTH", IN_ALL, 0),
        REJECT(bad_number_long, "ID_LENGTH", IN_ALL, 0),
        REJECT(bad_number_date, "ID_DATE", IN_ALL, 0),
        REJECT(bad_number_check, "ID_CHECKSUM", IN_ALL, 0),
        REJECT(bad_company, "USCC_CHECKSUM", IN_ALL, 0),
        REJECT(bad_number_scientific, "ID_SCIENTIFIC", IN_ALL, 0),
        REJECT(bad_number_number, "ID_PRECISION", IN_XLSX, 0),
        REJECT(bad_owner_count, "OWNER_ID_COUNT", IN_ALL, 0),
        REJECT(bad_number_count, "OWNER_ID_COUNT", IN_ALL, 0),
        REJECT(bad_date, "DATE_INVALID", IN_ALL, 0),
        REJECT(bad_date_words, "DATE_INVALID", IN_ALL, 0),
        REJECT(bad_date_leap, "DATE_INVALID", IN_ALL, 0),
        REJECT(bad_date_old, "DATE_RANGE", IN_ALL, 0),
        REJECT(bad_date_future, "DATE_RANGE", IN_ALL, 0),
        REJECT(bad_fields_more, "COLS", IN_CSV, 0),
        REJECT(bad_fields_less, "COLS", IN_CSV, 0),
        REJECT(bad_bytes, "ENCODING", IN_CSV, 0),
        REJECT(bad_fault, "CELL_ERROR", IN_ALL, 0),
        REJECT(bad_fault_key, "CELL_ERROR", IN_ALL, 0),
        REJECT(bad_unstored, "NO_CACHED_VALUE", IN_XLSX, 0),
        { 0 },
};
