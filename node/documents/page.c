/* SPDX-License-Identifier: Apache-2.0 */
/* Pages drawn with pango and cairo. The only place with floating point: lengths of ink, never amounts.
 * Papers see integers (0.1 mm), so another back end (OFD) can take this file's place. */

#include <errno.h>
#include <string.h>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include <node/date.h>

#include "page-draw.h"

#define POINTS_PER_UNIT (72.0 / 254.0) /* 0.1 mm */
#define TEXT_SIZE_MIN 50               /* 5 point */
#define FONT_FAMILY "Noto Sans CJK SC"
#define CELL_PADDING 15
#define LINE_WIDTH 0.5

struct Page {
        cairo_surface_t *surface;
        cairo_t *cairo;
        Buffer *buffer;
        int pages, cuts;
        Box last_ink;
};

static double points(int32_t units) {
        return units * POINTS_PER_UNIT;
}

static cairo_status_t page_write(void *data, const unsigned char *bytes, unsigned int size) {
        Buffer *buffer = data;

        buffer_append(buffer, bytes, size);
        return buffer_error(buffer) == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

int page_new(Buffer *buffer, int32_t width, int32_t height, Instant created, Page **ret) {
        _cleanup_(page_freep) Page *page = calloc(1, sizeof(Page));
        char stamp[INSTANT_TEXT_MAX], iso[INSTANT_TEXT_MAX + 8];

        if (!page)
                return -ENOMEM;
        page->buffer = buffer;
        page->pages = 1;
        page->surface =
                cairo_pdf_surface_create_for_stream(page_write, buffer, points(width), points(height));
        page->cairo = cairo_create(page->surface);
        if (cairo_status(page->cairo) != CAIRO_STATUS_SUCCESS)
                return -ENOMEM;

        instant_format(created, stamp);
        snprintf(iso, sizeof(iso), "%.10sT%.8s+08:00", stamp, stamp + 11);
        cairo_pdf_surface_set_metadata(page->surface, CAIRO_PDF_METADATA_CREATE_DATE, iso);
        cairo_set_line_width(page->cairo, LINE_WIDTH);
        *ret = TAKE_PTR(page);
        return 0;
}

Page *page_free(Page *page) {
        if (!page)
                return NULL;
        if (page->cairo)
                cairo_destroy(page->cairo);
        if (page->surface)
                cairo_surface_destroy(page->surface);
        free(page);
        return NULL;
}

int page_finish(Page *page) {
        cairo_surface_finish(page->surface);
        if (buffer_error(page->buffer) < 0)
                return buffer_error(page->buffer);
        return cairo_surface_status(page->surface) == CAIRO_STATUS_SUCCESS ? 0 : -EIO;
}

int page_count(const Page *page) {
        return page->pages;
}

int page_cuts(const Page *page) {
        return page->cuts;
}

Box page_last_ink(const Page *page) {
        return page->last_ink;
}

static void layout_font(PangoLayout *layout, int32_t size, bool bold) {
        PangoFontDescription *font = pango_font_description_from_string(FONT_FAMILY);

        pango_font_description_set_absolute_size(font, size / 10.0 * PANGO_SCALE);
        pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(layout, font);
        pango_font_description_free(font);
}

static bool layout_fits(PangoLayout *layout, Box box) {
        int width, height;

        pango_layout_get_size(layout, &width, &height);
        return width <= points(box.width) * PANGO_SCALE && height <= points(box.height) * PANGO_SCALE;
}

/* Largest size, from the wanted one down, at which the text stays in the box; false when none does. */
static bool layout_shrink(PangoLayout *layout, Box box, const TextStyle *style) {
        for (int32_t size = style->size; size >= TEXT_SIZE_MIN; size -= 5) {
                layout_font(layout, size, style->bold);
                if (layout_fits(layout, box))
                        return true;
        }
        return false;
}

static void layout_wrap(PangoLayout *layout, Box box) {
        pango_layout_set_width(layout, (int) (points(box.width) * PANGO_SCALE));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
}

/* The last resort: as many lines of the smallest size as the box holds, then an ellipsis. */
static void layout_cut(PangoLayout *layout, Box box, const TextStyle *style) {
        layout_font(layout, TEXT_SIZE_MIN, style->bold);
        layout_wrap(layout, box);
        pango_layout_set_height(layout, (int) (points(box.height) * PANGO_SCALE));
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
}

static void layout_draw(Page *page, PangoLayout *layout, Box box, Align align) {
        PangoRectangle ink, logical;

        pango_layout_get_extents(layout, &ink, &logical);
        double width = (double) logical.width / PANGO_SCALE, height = (double) logical.height / PANGO_SCALE;
        double left = points(box.x) - (double) logical.x / PANGO_SCALE;
        if (align == ALIGN_CENTER)
                left += (points(box.width) - width) / 2;
        else if (align == ALIGN_RIGHT)
                left += points(box.width) - width;
        double top = points(box.y) + (points(box.height) - height) / 2;

        /* What is seen are outlines: cairo 1.16 loses glyphs when it embeds a part of a CFF font (如 of Noto
         * Sans CJK comes out blank). Beneath them, in white, the same text as text, so that it can be
         * searched and copied. */
        cairo_set_source_rgb(page->cairo, 1, 1, 1);
        cairo_move_to(page->cairo, left, top);
        pango_cairo_show_layout(page->cairo, layout);
        cairo_set_source_rgb(page->cairo, 0, 0, 0);
        cairo_move_to(page->cairo, left, top);
        pango_cairo_layout_path(page->cairo, layout);
        cairo_fill(page->cairo);
        page->last_ink = (Box){
                .x = (int32_t) ((left + (double) ink.x / PANGO_SCALE) / POINTS_PER_UNIT),
                .y = (int32_t) ((top + (double) ink.y / PANGO_SCALE) / POINTS_PER_UNIT),
                .width = (int32_t) ((double) ink.width / PANGO_SCALE / POINTS_PER_UNIT),
                .height = (int32_t) ((double) ink.height / PANGO_SCALE / POINTS_PER_UNIT),
        };
}

int page_text(Page *page, Box box, const TextStyle *style, const char *text) {
        PangoLayout *layout = pango_cairo_create_layout(page->cairo);

        if (!layout)
                return -ENOMEM;
        pango_layout_set_text(layout, text, -1);
        pango_layout_set_alignment(layout, style->align == ALIGN_CENTER  ? PANGO_ALIGN_CENTER
                                           : style->align == ALIGN_RIGHT ? PANGO_ALIGN_RIGHT
                                                                         : PANGO_ALIGN_LEFT);
        if (style->fit == FIT_WRAP)
                layout_wrap(layout, box);
        bool fits = layout_shrink(layout, box, style);
        if (!fits && style->fit == FIT_SHRINK) {
                layout_wrap(layout, box);
                fits = layout_shrink(layout, box, style);
        }
        if (!fits) {
                layout_cut(layout, box, style);
                page->cuts++;
        }
        layout_draw(page, layout, box, style->align);
        g_object_unref(layout);
        return cairo_status(page->cairo) == CAIRO_STATUS_SUCCESS ? 0 : -ENOMEM;
}

int page_line(Page *page, int32_t x1, int32_t y1, int32_t x2, int32_t y2) {
        cairo_move_to(page->cairo, points(x1), points(y1));
        cairo_line_to(page->cairo, points(x2), points(y2));
        cairo_stroke(page->cairo);
        return cairo_status(page->cairo) == CAIRO_STATUS_SUCCESS ? 0 : -ENOMEM;
}

int page_frame(Page *page, Box box) {
        cairo_rectangle(page->cairo, points(box.x), points(box.y), points(box.width), points(box.height));
        cairo_stroke(page->cairo);
        return cairo_status(page->cairo) == CAIRO_STATUS_SUCCESS ? 0 : -ENOMEM;
}

int page_qr(Page *page, Box box, const char *text) {
        QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
        int32_t side = box.width < box.height ? box.width : box.height;

        if (!code)
                return errno == ENOMEM ? -ENOMEM : -EINVAL;
        /* four modules of quiet zone on each side, as the code's standard asks */
        double module = points(side) / (code->width + 8);
        cairo_set_antialias(page->cairo, CAIRO_ANTIALIAS_NONE);
        for (int row = 0; row < code->width; row++)
                for (int column = 0; column < code->width; column++)
                        if (code->data[row * code->width + column] & 1)
                                cairo_rectangle(page->cairo, points(box.x) + (column + 4) * module,
                                        points(box.y) + (row + 4) * module, module, module);
        cairo_fill(page->cairo);
        cairo_set_antialias(page->cairo, CAIRO_ANTIALIAS_DEFAULT);
        QRcode_free(code);
        return cairo_status(page->cairo) == CAIRO_STATUS_SUCCESS ? 0 : -ENOMEM;
}

int page_break(Page *page) {
        cairo_show_page(page->cairo);
        page->pages++;
        return cairo_status(page->cairo) == CAIRO_STATUS_SUCCESS ? 0 : -ENOMEM;
}

static Box box_padded(Box box) {
        return (Box){ box.x + CELL_PADDING, box.y, box.width - 2 * CELL_PADDING, box.height };
}

int page_form(Page *page, Box box, int32_t label_width, const FormRow *rows, size_t n) {
        const TextStyle label_style = { .size = 100, .align = ALIGN_LEFT, .fit = FIT_SHRINK };
        int32_t height = box.height / (int32_t) n;

        for (size_t i = 0; i < n; i++) {
                Box label = { box.x, box.y + (int32_t) i * height, label_width, height };
                Box value = { box.x + label_width, label.y, box.width - label_width, height };
                TextStyle value_style = { .size = 105, .align = rows[i].align, .fit = FIT_SHRINK };
                int r = page_frame(page, label);
                if (r == 0)
                        r = page_frame(page, value);
                if (r == 0)
                        r = page_text(page, box_padded(label), &label_style, rows[i].label);
                if (r == 0)
                        r = page_text(page, box_padded(value), &value_style, rows[i].value);
                if (r < 0)
                        return r;
        }
        return 0;
}
