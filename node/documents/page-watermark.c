/* SPDX-License-Identifier: Apache-2.0 */
/* The copy of an archived paper that is given out: the archived bytes untouched, and behind them an addition
 * as PDF knows it (incremental update) that lays name, post and time under every page. Whoever cuts the
 * addition off has the original again, byte by byte. Floating point here is ink. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <zlib.h>

#include <internal/papers.h>
#include <node/error.h>

#define FONT_FAMILY "Noto Sans CJK SC"
#define OBJECTS_MAX 4096
#define PAGES_MAX 64
#define CONTENT_BYTES_MAX (4u << 20)
#define XREF_ENTRY 20
#define TAIL_BYTES 1024
#define PAGE_OBJECT_MAX 2048
#define DIAGONAL_SIZE 20
#define LINE_SIZE 7

typedef struct PdfPage {
        long object;
        const char *text; /* from "<<" */
        size_t size;      /* up to "endobj" */
        double width, height;
} PdfPage;

typedef struct Pdf {
        const char *bytes;
        size_t size;
        long xref, n_objects, root, info;
        PdfPage pages[PAGES_MAX];
        size_t n_pages;
} Pdf;

static const char *find(const char *from, const char *end, const char *word) {
        return from && from < end ? memmem(from, (size_t) (end - from), word, strlen(word)) : NULL;
}

static int number_after(const char *from, const char *end, const char *word, long *ret) {
        const char *at = find(from, end, word);

        if (!at)
                return -EMALFORMED_;
        *ret = strtol(at + strlen(word), NULL, 10);
        return 0;
}

static int tail_read(Pdf *pdf) {
        const char *end = pdf->bytes + pdf->size;
        const char *tail = pdf->size > TAIL_BYTES ? end - TAIL_BYTES : pdf->bytes;
        const char *trailer = find(tail, end, "trailer");

        if (number_after(tail, end, "startxref", &pdf->xref) < 0 ||
                number_after(trailer, end, "/Size", &pdf->n_objects) < 0 ||
                number_after(trailer, end, "/Root", &pdf->root) < 0)
                return -EMALFORMED_;
        if (number_after(trailer, end, "/Info", &pdf->info) < 0)
                pdf->info = 0;
        return pdf->xref > 0 && (size_t) pdf->xref < pdf->size && pdf->n_objects > 0 &&
                               pdf->n_objects < OBJECTS_MAX
                       ? 0
                       : -EMALFORMED_;
}

static int page_read(Pdf *pdf, long object, long offset) {
        static const char head[] = "<< /Type /Page %", box[] = "/MediaBox [ 0 0 ";
        const char *end = pdf->bytes + pdf->size, *text = find(pdf->bytes + offset, end, "obj\n");
        const char *stop = text ? find(text, end, "endobj") : NULL;

        if (!stop)
                return -EMALFORMED_;
        text += strlen("obj\n");
        if ((size_t) (stop - text) < sizeof(head) || memcmp(text, head, sizeof(head) - 1) != 0)
                return 0;
        const char *sizes = find(text, stop, box);
        PdfPage page = { .object = object, .text = text, .size = (size_t) (stop - text) };
        if (!sizes || page.size > PAGE_OBJECT_MAX || pdf->n_pages == PAGES_MAX)
                return -EMALFORMED_;
        char *next = NULL;
        page.width = strtod(sizes + strlen(box), &next);
        page.height = strtod(next, NULL);
        pdf->pages[pdf->n_pages++] = page;
        return 0;
}

/* "xref\n0 16\n" and then 20 bytes for each object. */
static int pages_read(Pdf *pdf) {
        const char *end = pdf->bytes + pdf->size, *line = pdf->bytes + pdf->xref;
        const char *first = find(line, end, "\n") ? find(find(line, end, "\n") + 1, end, "\n") : NULL;
        int r = first && first + 1 + pdf->n_objects * XREF_ENTRY < end ? 0 : -EMALFORMED_;

        for (long i = 1; i < pdf->n_objects && r == 0; i++) {
                long offset = strtol(first + 1 + i * XREF_ENTRY, NULL, 10);
                r = offset > 0 && (size_t) offset < pdf->size ? page_read(pdf, i, offset) : -EMALFORMED_;
        }
        return r == 0 && pdf->n_pages == 0 ? -EMALFORMED_ : r;
}

/* --- ink --- */

static void path_put(const cairo_path_t *path, Buffer *out) {
        for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
                const cairo_path_data_t *at = &path->data[i];

                switch (at->header.type) {
                case CAIRO_PATH_MOVE_TO:
                        buffer_printf(out, "%.1f %.1f m\n", at[1].point.x, -at[1].point.y);
                        break;
                case CAIRO_PATH_LINE_TO:
                        buffer_printf(out, "%.1f %.1f l\n", at[1].point.x, -at[1].point.y);
                        break;
                case CAIRO_PATH_CURVE_TO:
                        buffer_printf(out, "%.1f %.1f %.1f %.1f %.1f %.1f c\n", at[1].point.x,
                                -at[1].point.y, at[2].point.x, -at[2].point.y, at[3].point.x,
                                -at[3].point.y);
                        break;
                case CAIRO_PATH_CLOSE_PATH:
                        buffer_text(out, "h\n");
                        break;
                }
        }
}

/* Outlines of one line of text, its top left at the origin: no font is added to the file. */
static int text_outline(const char *text, int size, Buffer *out) {
        cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
        cairo_t *cairo = cairo_create(surface);
        PangoLayout *layout = pango_cairo_create_layout(cairo);
        PangoFontDescription *font = pango_font_description_new();

        pango_font_description_set_family(font, FONT_FAMILY);
        pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
        pango_layout_set_font_description(layout, font);
        pango_layout_set_text(layout, text, -1);
        pango_cairo_layout_path(cairo, layout);
        cairo_path_t *path = cairo_copy_path(cairo);
        int r = path->status == CAIRO_STATUS_SUCCESS ? 0 : -ENOMEM;
        if (r == 0)
                path_put(path, out);
        cairo_path_destroy(path);
        pango_font_description_free(font);
        g_object_unref(layout);
        cairo_destroy(cairo);
        cairo_surface_destroy(surface);
        return r < 0 ? r : buffer_error(out);
}

static int content_make(const PdfPage *page, const char *text, Buffer *out) {
        static const double places[] = { 0.25, 0.55, 0.85 };
        Buffer outline = BUFFER_INIT(CONTENT_BYTES_MAX);

        int r = text_outline(text, DIAGONAL_SIZE, &outline);
        for (size_t i = 0; i < ELEMENTSOF(places) && r == 0; i++) {
                buffer_printf(out, "q 0.91 g 0.906 0.423 -0.423 0.906 %.1f %.1f cm\n", page->width * 0.1,
                        page->height * places[i] - page->height * 0.15);
                buffer_append(out, outline.data, outline.size);
                buffer_text(out, "f Q\n");
        }
        buffer_reset(&outline);
        if (r == 0)
                r = text_outline(text, LINE_SIZE, &outline);
        if (r == 0) {
                buffer_text(out, "q 0.45 g 1 0 0 1 20 16 cm\n");
                buffer_append(out, outline.data, outline.size);
                buffer_text(out, "f Q\n");
        }
        buffer_done(&outline);
        return r < 0 ? r : buffer_error(out);
}

/* --- the addition --- */

typedef struct Update {
        const Pdf *pdf;
        Buffer *out;
        long objects[2 * PAGES_MAX], offsets[2 * PAGES_MAX];
        size_t n;
} Update;

static void object_begin(Update *update, long object) {
        update->objects[update->n] = object;
        update->offsets[update->n++] = (long) update->out->size;
        buffer_printf(update->out, "%ld 0 obj\n", object);
}

static int stream_put(Update *update, long object, const Buffer *content) {
        uLongf size = compressBound(content->size);
        uint8_t *packed = malloc(size);

        if (!packed || compress2(packed, &size, content->data, content->size, Z_BEST_COMPRESSION) != Z_OK) {
                free(packed);
                return -ENOMEM;
        }
        object_begin(update, object);
        buffer_printf(update->out, "<< /Length %lu /Filter /FlateDecode >>\nstream\n", size);
        buffer_append(update->out, packed, size);
        buffer_text(update->out, "\nendstream\nendobj\n");
        free(packed);
        return buffer_error(update->out);
}

/* The page again, with the watermark's stream before its own. */
static int page_put(Update *update, const PdfPage *page, long watermark) {
        static const char word[] = "/Contents ";
        const char *at = find(page->text, page->text + page->size, word);
        char *rest = NULL;

        if (!at)
                return -EMALFORMED_;
        long content = strtol(at + strlen(word), &rest, 10);
        const char *after = find(rest, page->text + page->size, "R");
        if (!after)
                return -EMALFORMED_;
        object_begin(update, page->object);
        buffer_append(update->out, page->text, (size_t) (at - page->text));
        buffer_printf(update->out, "/Contents [ %ld 0 R %ld 0 R ]", watermark, content);
        buffer_append(update->out, after + 1, (size_t) (page->text + page->size - after - 1));
        buffer_text(update->out, "endobj\n");
        return buffer_error(update->out);
}

static int tail_put(Update *update) {
        const Pdf *pdf = update->pdf;
        long at = (long) update->out->size;

        buffer_text(update->out, "xref\n");
        for (size_t i = 0; i < update->n; i++)
                buffer_printf(
                        update->out, "%ld 1\n%010ld 00000 n \n", update->objects[i], update->offsets[i]);
        buffer_printf(update->out, "trailer\n<< /Size %ld /Root %ld 0 R /Prev %ld",
                pdf->n_objects + (long) pdf->n_pages, pdf->root, pdf->xref);
        if (pdf->info)
                buffer_printf(update->out, " /Info %ld 0 R", pdf->info);
        buffer_printf(update->out, " >>\nstartxref\n%ld\n%%%%EOF\n", at);
        return buffer_error(update->out);
}

int paper_copy(Bytes archived, const char *text, Buffer *ret) {
        Pdf pdf = { .bytes = (const char *) archived.data, .size = archived.size };
        Update update = { .pdf = &pdf, .out = ret };

        int r = tail_read(&pdf);
        if (r == 0)
                r = pages_read(&pdf);
        if (r < 0)
                return r;
        buffer_append(ret, archived.data, archived.size);
        buffer_text(ret, "\n");
        for (size_t i = 0; i < pdf.n_pages && r == 0; i++) {
                Buffer content = BUFFER_INIT(CONTENT_BYTES_MAX);
                long watermark = pdf.n_objects + (long) i;

                r = content_make(&pdf.pages[i], text, &content);
                if (r == 0)
                        r = stream_put(&update, watermark, &content);
                if (r == 0)
                        r = page_put(&update, &pdf.pages[i], watermark);
                buffer_done(&content);
        }
        return r < 0 ? r : tail_put(&update);
}
