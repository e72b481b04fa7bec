/* SPDX-License-Identifier: Apache-2.0 */
/* The words that offices write in their files: data of the import's rules, in the order in which they are
 * tried. */
#pragma once

#include <node/importer.h>

typedef enum SheetColumn {
        COLUMN_NONE = 0,
        COLUMN_AREA_NAME,
        COLUMN_BUILDING,
        COLUMN_UNIT,
        COLUMN_FLOOR,
        COLUMN_FLOORS_TOTAL,
        COLUMN_FLOOR_OF_TOTAL,
        COLUMN_ROOM,
        COLUMN_ADDRESS,
        COLUMN_COVERED,
        COLUMN_INNER,
        COLUMN_USE,
        COLUMN_ELEVATOR,
        COLUMN_OWNER,
        COLUMN_ID_NUMBER,
        COLUMN_DELIVERY,
        COLUMN_IGNORED,
        /* ownership changes */
        COLUMN_SHARE,
        COLUMN_FROM,
        COLUMN_REASON,
        /* common parts and facilities */
        COLUMN_SCOPE,
        COLUMN_CATEGORY,
        COLUMN_NAME,
        COLUMN_MODEL,
        COLUMN_MAKER,
        COLUMN_MANUFACTURED,
        COLUMN_WARRANTY_FROM,
        COLUMN_WARRANTY_TO,
        COLUMN_POSITION,
        COLUMN_BENEFIT,
        COLUMN_ROOMS,
        SHEET_COLUMNS, /* the first of a form's own: SHEET_COLUMNS + place in SheetForm.own_fields */
} SheetColumn;

typedef struct SheetWord {
        const char *word;
        int64_t value;
} SheetWord;

/* Each ends with a NULL word. */
extern const SheetWord sheet_headings[]; /* heading without unit -> SheetColumn */
extern const SheetWord sheet_ownership_headings[], sheet_facility_headings[]; /* of such files alone */
extern const char *const sheet_fields[SHEET_COLUMNS]; /* SheetColumn -> name of the field, for the preview */
extern const SheetWord sheet_uses[];                  /* use -> code, as a number */
extern const SheetWord sheet_elevators[];             /* 有 -> 1 */
extern const SheetWord sheet_numerals[];              /* 一 -> 1 … 九 -> 9 */
extern const SheetWord sheet_building_marks[]; /* 幢, 栋, 号楼, 座, #: end of a building's label */
extern const SheetWord sheet_area_units[];     /* ㎡, m², 平方米 */
extern const SheetWord sheet_money_units[];    /* 元, 万元 -> how many places the point moves */
extern const SheetWord sheet_money_signs[];    /* ￥ before an amount */
extern const char sheet_yuan[], sheet_ten_thousand_yuan[];
extern const SheetWord sheet_unit_starts[];    /* what stands before the unit of a table */
extern const SheetWord sheet_total_words[];    /* 小计, 合计, 总计: 0 partial, 1 whole */
extern const SheetWord sheet_skip_words[]; /* 以下为, 制表人: such lines say nothing about a dwelling */
extern const SheetWord sheet_title_starts[];   /* 小区名称: before the area's name */
extern const SheetWord sheet_title_ends[];     /* 楼盘表: what a title says after the area's name */
extern const SheetWord sheet_floor_names[];    /* 夹层, 阁楼: storeys without a number of their own */
extern const SheetWord sheet_basement_words[]; /* 负一层, B1, 地下室 -> floor */
extern const SheetWord sheet_organization_words[];
extern const char sheet_ten[], sheet_minus[], sheet_storey[], sheet_unit_mark[], sheet_room_mark[],
        sheet_basement[], sheet_parking[], sheet_owner_separator[], sheet_year[], sheet_month[], sheet_day[];
extern const SheetWord sheet_joint_words[]; /* 共同共有: equal shares */
extern const SheetWord sheet_scopes[], sheet_benefits[];
extern const char sheet_importer_label[], sheet_ownership_label[], sheet_facility_label[];
extern const FindingText sheet_finding_texts[];
