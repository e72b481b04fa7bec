/* SPDX-License-Identifier: Apache-2.0 */
/* Printed papers. A module lays out one paper from one committed row; the kernel renders it outside the writer, keeps
 * the bytes by digest and gives the same bytes ever after. All lengths in 0.1 mm, font sizes in 0.1 point. */
#pragma once

#include <node/macro.h>
#include <node/store.h>
#include <node/types.h>

typedef struct Page Page;

#define PAGE_A4_WIDTH 2100
#define PAGE_A4_HEIGHT 2970

typedef enum Align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT } Align;

/* What happens to text larger than its box: nothing ever leaves the box. */
typedef enum Fit {
        FIT_SHRINK,    /* one line, smaller down to 5 point, then wrapped, then cut with an ellipsis */
        FIT_WRAP,      /* several lines, smaller when they do not fit, then an ellipsis */
} Fit;

typedef struct Box {
        int32_t x, y, width, height;
} Box;

typedef struct TextStyle {
        int32_t size;
        Align align;
        Fit fit;
        bool bold;
} TextStyle;

/* 0, -ENOMEM. Where text had to be cut, page_cuts() counts it. */
int page_text(Page *page, Box box, const TextStyle *style, const char *text) _must_check_;
int page_line(Page *page, int32_t x1, int32_t y1, int32_t x2, int32_t y2) _must_check_;
int page_frame(Page *page, Box box) _must_check_;
/* Square, as large as the box allows, error correction M. -EINVAL: text too long for a code. */
int page_qr(Page *page, Box box, const char *text) _must_check_;
int page_break(Page *page) _must_check_;
int page_count(const Page *page);
int page_cuts(const Page *page);

/* Rows of a two-column form: label left, value right, each in its cell with frames; heights in 0.1 mm. */
typedef struct FormRow {
        const char *label, *value;
        Align align;
} FormRow;
int page_form(Page *page, Box box, int32_t label_width, const FormRow *rows, size_t n) _must_check_;

typedef struct Paper {
        const char *name;          /* "deposit.slip": also the last part of its address */
        const char *label, *clause;
        const char *view;          /* whoever may read this view may have the paper */
        StoreId store;
        const Query *query;        /* $1 = id of the subject, $2 = office: one row, or none where it may not be had */
        int32_t width, height;
        int (*draw)(Page *page, const Rows *row);
} Paper;
