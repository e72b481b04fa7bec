/* SPDX-License-Identifier: Apache-2.0 */
/* Building tables made by chance: each row knows what it means, a rule then writes it as somebody in the
 * field did and says what must become of it. */
#pragma once

#include <stdint.h>

#include <node/arena.h>
#include <node/importer.h>

#include "workbook.h"

typedef enum MessyColumn {
        M_SERIAL,
        M_AREA,
        M_BUILDING,
        M_UNIT,
        M_ROOM,
        M_ADDRESS,
        M_FLOOR,
        M_TOTAL,
        M_BOTH,
        M_COVERED,
        M_INNER,
        M_USE,
        M_LIFT,
        M_OWNER,
        M_NUMBER,
        M_DATE,
        M_NOTE,
        M_COLUMNS,
} MessyColumn;

typedef enum MessyFormat { MESSY_UTF8, MESSY_GB18030, MESSY_XLSX, MESSY_FORMATS } MessyFormat;
enum { IN_CSV = 1 << MESSY_UTF8 | 1 << MESSY_GB18030, IN_XLSX = 1 << MESSY_XLSX, IN_ALL = IN_CSV | IN_XLSX };
/* Which columns a rule is about: a table has the key in three columns or in one, floors in two or in one. */
enum { WITH_PARTS = 1, WITH_ADDRESS = 2, WITH_FLOORS = 4, WITH_BOTH = 8 };

typedef struct MessyRow {
        Arena *arena;
        uint64_t *random;
        /* what it means */
        const char *building, *unit, *room, *use;
        int64_t floor, total, covered, inner, ymd;
        size_t n_owners;
        const char *names[3], *numbers[3];
        /* how it is written */
        const char *cells[M_COLUMNS];
        WorkbookKind kinds[M_COLUMNS];
        int fields_more;  /* of a CSV line: too many or too few */
        bool broken;      /* bytes of no encoding go into the owner's name */
        const char *code; /* of its rejection, or NULL */
        const char *rule;
        int64_t line;
} MessyRow;

typedef struct MessyRule {
        const char *name, *code;
        unsigned formats, layouts; /* layouts 0: any */
        void (*write)(MessyRow *row);
} MessyRule;

extern const MessyRule messy_rules[];                  /* ends with an empty row */
extern const char *const messy_headings[M_COLUMNS][8]; /* spellings, each list ends with NULL */

uint64_t messy_random(uint64_t *random, uint64_t below);
/* Number of a person that belongs to nobody, and of a company. */
const char *messy_citizen(Arena *arena, uint64_t *random);
const char *messy_company(Arena *arena, uint64_t *random);
/* 0.01 units as 84.82 */
const char *messy_decimal(Arena *arena, int64_t value);
const char *messy_wide(Arena *arena, const char *text);
