/* SPDX-License-Identifier: Apache-2.0 */
/* The hand-over sheet: what waits for who leaves, and room for three signatures. */

#include <stdio.h>
#include <string.h>

#include <node/date.h>

#include "identity-kernel.h"

#define MARGIN 200
#define WIDTH (PAGE_A4_WIDTH - 2 * MARGIN)
#define ROW_HEIGHT 110
#define LABEL_WIDTH 420
#define COUNT_WIDTH 200
#define BOTTOM (PAGE_A4_HEIGHT - 200)
#define SIGNATURES_HEIGHT 420
#define CELL_MAX 1000

static const TextStyle title_style = { .size = 200, .align = ALIGN_CENTER, .bold = true };
static const TextStyle head_style = { .size = 105, .align = ALIGN_CENTER, .bold = true };
static const TextStyle cell_style = { .size = 100, .align = ALIGN_LEFT, .fit = FIT_WRAP };
static const TextStyle count_style = { .size = 100, .align = ALIGN_RIGHT };
static const TextStyle note_style = { .size = 95, .align = ALIGN_LEFT, .fit = FIT_WRAP };

static const char *kind_label(const char *code) {
        for (const CodeValue *value = module_identity.codes; value->set; value++)
                if (strcmp(value->set, "departure_kind") == 0 && strcmp(value->code, code) == 0)
                        return value->label;
        return code;
}

static int cell(Page *page, Box box, const TextStyle *style, const char *text) {
        int r = page_frame(page, box);

        return r < 0 ? r
                     : page_text(page, (Box){ box.x + 15, box.y + 10, box.width - 30, box.height - 20 },
                               style, text);
}

static int item_draw(Page *page, int32_t y, const char *const parts[3], const TextStyle *const styles[3]) {
        const int32_t widths[] = { LABEL_WIDTH, COUNT_WIDTH, WIDTH - LABEL_WIDTH - COUNT_WIDTH };
        int32_t x = MARGIN;
        int r = 0;

        for (size_t i = 0; r == 0 && i < 3; i++) {
                r = cell(page, (Box){ x, y, widths[i], ROW_HEIGHT }, styles[i], parts[i]);
                x += widths[i];
        }
        return r;
}

/* One line of the items: label TAB count TAB first ones. */
static int line_draw(Page *page, int32_t y, const char *line, size_t size) {
        char text[CELL_MAX], *rest = text;
        const char *parts[3] = { "", "", "" };

        snprintf(text, sizeof(text), "%.*s", (int) size, line);
        for (size_t i = 0; rest && i < ELEMENTSOF(parts); i++)
                parts[i] = strsep(&rest, "\t");
        return item_draw(
                page, y, parts, (const TextStyle *const[]){ &cell_style, &count_style, &cell_style });
}

static int items_draw(Page *page, const char *items, int32_t *y) {
        int r = item_draw(page, *y, (const char *const[]){ "移交事项", "件数", "其中" },
                (const TextStyle *const[]){ &head_style, &head_style, &head_style });

        *y += ROW_HEIGHT;
        if (r == 0 && !*items) {
                r = cell(page, (Box){ MARGIN, *y, WIDTH, ROW_HEIGHT }, &cell_style, "系统中没有待办事项");
                *y += ROW_HEIGHT;
        }
        while (r == 0 && *items) {
                size_t size = strcspn(items, "\n");

                if (*y + ROW_HEIGHT > BOTTOM) {
                        r = page_break(page);
                        *y = MARGIN;
                }
                if (r == 0)
                        r = line_draw(page, *y, items, size);
                *y += ROW_HEIGHT;
                items += size + (items[size] == '\n');
        }
        return r;
}

static int signatures_draw(Page *page, const Rows *row, int32_t y) {
        static const char *const labels[] = { "移交人", "接收人", "监交人" };
        const char *names[] = { rows_text(row, 1), rows_text(row, 3), rows_text(row, 4) };
        int32_t width = WIDTH / 3;
        char text[CELL_MAX];
        int r = 0;

        if (y + SIGNATURES_HEIGHT > BOTTOM) {
                r = page_break(page);
                y = MARGIN;
        }
        for (size_t i = 0; r == 0 && i < ELEMENTSOF(labels); i++) {
                Box box = { MARGIN + (int32_t) i * width, y, width, SIGNATURES_HEIGHT };

                snprintf(text, sizeof(text), "%s：%s\n\n签字：\n\n日期：      年    月    日", labels[i],
                        names[i]);
                r = cell(page, box, &cell_style, text);
        }
        return r;
}

static int handover_draw(Page *page, const Rows *row) {
        char last_day[DATE_TEXT_MAX], prepared[DATE_TEXT_MAX], person[CELL_MAX];
        int32_t y = 330;

        date_format((Date){ (int32_t) rows_integer(row, 7) }, last_day);
        date_format((Date){ (int32_t) rows_integer(row, 8) }, prepared);
        snprintf(person, sizeof(person), "%s  %s", rows_text(row, 1), rows_text(row, 2));
        const FormRow rows[] = {
                { "移交人及工号", person },
                { "离岗类别", kind_label(rows_text(row, 6)) },
                { "最后工作日", last_day },
                { "原因", rows_text(row, 9) },
                { "编制人及日期", NULL },
        };
        FormRow shown[ELEMENTSOF(rows)];
        char made[CELL_MAX];

        memcpy(shown, rows, sizeof(rows));
        snprintf(made, sizeof(made), "%s  %s", rows_text(row, 5), prepared);
        shown[ELEMENTSOF(rows) - 1].value = made;
        int r = page_text(page, (Box){ MARGIN, 180, WIDTH, 110 }, &title_style, "工作移交清册");
        if (r == 0)
                r = page_form(page, (Box){ MARGIN, y, WIDTH, 100 * (int32_t) ELEMENTSOF(rows) }, LABEL_WIDTH,
                        shown, ELEMENTSOF(rows));
        y += 100 * (int32_t) ELEMENTSOF(rows) + 60;
        if (r == 0)
                r = items_draw(page, rows_text(row, 10), &y);
        y += 60;
        if (r == 0)
                r = signatures_draw(page, row, y);
        y += SIGNATURES_HEIGHT + 40;
        if (r < 0 || y + 160 > BOTTOM)
                return r;
        return page_text(page, (Box){ MARGIN, y, WIDTH, 160 }, &note_style,
                "本清册一式三份，由移交人、接收人、监交人签字后各存一份，并各自以本人登录名在系统中确认。"
                "离岗办理后，移交人的岗位、权限、委托、登录名和会话同时终止。");
}

static const Paper paper_handover = {
        .name = "identity.handover",
        .label = "移交清册",
        .clause = "14.4.3",
        .view = "identity.departures",
        .store = STORE_SYSTEM,
        .query = &query_paper_handover,
        .width = PAGE_A4_WIDTH,
        .height = PAGE_A4_HEIGHT,
        .draw = handover_draw,
};

const Paper *const identity_papers[] = { &paper_handover, NULL };
