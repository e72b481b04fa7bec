/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing ever leaves its box; the same bytes come back; changed bytes are noticed. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <internal/papers.h>
#include <node/error.h>

#include "../page-draw.h"

/* clang-format off */
#define LONG_NAME \
        "示范市样例区某某街道某某社区某某大道一千二百三十四号某某某某国际花园（样例）第三期第十二组团商业" \
        "及住宅综合楼" \
        "附属配套用房及地下室连通部分东侧二号楼三单元十二层一二零一室（原某某厂家属区）"
/* clang-format on */

static const Instant made = { INT64_C(1795432283000) };

static bool inside(Box ink, Box box) {
        /* one tenth of a millimetre for rounding */
        return ink.x >= box.x - 1 && ink.y >= box.y - 1 && ink.x + ink.width <= box.x + box.width + 1 &&
               ink.y + ink.height <= box.y + box.height + 1;
}

static void test_overflow(void **state) {
        static const char *const texts[] = { "张三", LONG_NAME, LONG_NAME LONG_NAME LONG_NAME,
                "88888888888888888888888888888888", "㵲龘㿥", "" };
        static const Box boxes[] = { { 200, 200, 1200, 100 }, { 200, 400, 300, 60 },
                { 200, 600, 150, 150 } };
        Buffer pdf = BUFFER_INIT(PAPER_BYTES_MAX);
        Page *page;

        assert_int_equal(page_new(&pdf, PAGE_A4_WIDTH, PAGE_A4_HEIGHT, made, &page), 0);
        for (size_t t = 0; t < ELEMENTSOF(texts); t++)
                for (size_t b = 0; b < ELEMENTSOF(boxes); b++)
                        for (int fit = FIT_SHRINK; fit <= FIT_WRAP; fit++)
                                for (int align = ALIGN_LEFT; align <= ALIGN_RIGHT; align++) {
                                        const TextStyle style = { 110, (Align) align, (Fit) fit, false };
                                        assert_int_equal(page_text(page, boxes[b], &style, texts[t]), 0);
                                        if (*texts[t])
                                                assert_true(inside(page_last_ink(page), boxes[b]));
                                }
        assert_true(page_cuts(page) > 0);
        assert_int_equal(page_finish(page), 0);
        page_free(page);
        assert_memory_equal(pdf.data, "%PDF", 4);
        buffer_done(&pdf);
}

static int page_make(Buffer *pdf) {
        const FormRow rows[] = { { "房屋坐落", LONG_NAME }, { "金额", "￥ 7,149.60", ALIGN_RIGHT } };
        Page *page;

        int r = page_new(pdf, PAGE_A4_WIDTH, PAGE_A4_HEIGHT, made, &page);
        if (r < 0)
                return r;
        r = page_form(page, (Box){ 200, 200, 1700, 240 }, 300, rows, ELEMENTSOF(rows));
        if (r == 0)
                r = page_qr(page, (Box){ 200, 600, 400, 400 }, "2026-000001|714960");
        if (r == 0)
                r = page_finish(page);
        page_free(page);
        return r;
}

/* Output of a shell line, or NULL when it fails. */
static char *output_of(const char *line) {
        static char text[4096];
        FILE *pipe = popen(line, "r");
        size_t n = fread(text, 1, sizeof(text) - 1, pipe);

        text[n] = 0;
        return pclose(pipe) == 0 ? text : NULL;
}

static void test_readable(void **state) {
        char folder[] = "/tmp/test-page-XXXXXX", line[256];
        Buffer pdf = BUFFER_INIT(PAPER_BYTES_MAX);

        if (system("command -v pdftotext zbarimg pdftoppm >/dev/null") != 0)
                skip();
        assert_non_null(mkdtemp(folder));
        assert_int_equal(page_make(&pdf), 0);
        snprintf(line, sizeof(line), "%s/page.pdf", folder);
        FILE *file = fopen(line, "w");
        assert_int_equal(fwrite(pdf.data, 1, pdf.size, file), pdf.size);
        fclose(file);
        snprintf(line, sizeof(line), "pdftotext -layout %s/page.pdf -", folder);
        char *text = output_of(line);
        assert_non_null(text);
        assert_non_null(strstr(text, "房屋坐落"));
        assert_non_null(strstr(text, "7,149.60"));
        snprintf(line, sizeof(line),
                "pdftoppm -r 150 -png %s/page.pdf %s/page && zbarimg -q --raw %s/page*.png", folder, folder,
                folder);
        text = output_of(line);
        assert_non_null(text);
        assert_string_equal(text, "2026-000001|714960\n");
        snprintf(line, sizeof(line), "rm -r %s", folder);
        assert_int_equal(system(line), 0);
        buffer_done(&pdf);
}

/* Dark pixels of a page that holds one character in its upper left corner. */
static long ink_of(const char *folder, const char *character) {
        const TextStyle style = { .size = 400, .fit = FIT_SHRINK };
        Buffer pdf = BUFFER_INIT(PAPER_BYTES_MAX);
        char line[512];
        Page *page;

        assert_int_equal(page_new(&pdf, 400, 400, made, &page), 0);
        assert_int_equal(page_text(page, (Box){ 100, 100, 200, 200 }, &style, character), 0);
        assert_int_equal(page_finish(page), 0);
        page_free(page);
        snprintf(line, sizeof(line), "%s/ink.pdf", folder);
        FILE *file = fopen(line, "w");
        assert_int_equal(fwrite(pdf.data, 1, pdf.size, file), pdf.size);
        fclose(file);
        buffer_done(&pdf);
        snprintf(line, sizeof(line),
                "pdftoppm -gray -r 72 %s/ink.pdf 2>/dev/null | tail -c 10000 | tr -cd '\\000-\\100' | wc -c",
                folder);
        char *text = output_of(line);
        assert_non_null(text);
        return strtol(text, NULL, 10);
}

/* 如 alone was blank in the PDF although it could be searched. */
static void test_ink(void **state) {
        static const char *const characters[] = { "如", "张", "㵲", "柒", "8" };
        char folder[] = "/tmp/test-ink-XXXXXX", line[64];

        if (system("command -v pdftoppm >/dev/null") != 0)
                skip();
        assert_non_null(mkdtemp(folder));
        for (size_t i = 0; i < ELEMENTSOF(characters); i++)
                assert_true(ink_of(folder, characters[i]) > 20);
        assert_true(ink_of(folder, " ") == 0);
        snprintf(line, sizeof(line), "rm -r %s", folder);
        assert_int_equal(system(line), 0);
}

static void test_blob(void **state) {
        char folder[] = "/tmp/test-blob-XXXXXX", path[256], hex[65];
        Buffer back = BUFFER_INIT(65536);
        Digest digest, again;

        assert_non_null(mkdtemp(folder));
        const Bytes bytes = { (const uint8_t *) "paper", 5 };
        assert_int_equal(blob_put(folder, DIGEST_SM3, bytes, &digest), 0);
        assert_int_equal(blob_put(folder, DIGEST_SM3, bytes, &again), 0);
        assert_memory_equal(&digest, &again, sizeof(digest));
        assert_int_equal(blob_get(folder, DIGEST_SM3, &digest, &back), 0);
        assert_int_equal(back.size, 5);

        hex_encode(digest.bytes, sizeof(digest.bytes), hex);
        snprintf(path, sizeof(path), "%s/%.2s/%s", folder, hex, hex + 2);
        int fd = open(path, O_WRONLY);
        assert_int_equal(write(fd, "P", 1), 1);
        close(fd);
        assert_int_equal(blob_get(folder, DIGEST_SM3, &digest, &back), -EBADMSG);
        assert_int_equal(unlink(path), 0);
        assert_int_equal(blob_get(folder, DIGEST_SM3, &digest, &back), -ENOENT);
        snprintf(path, sizeof(path), "rm -r %s", folder);
        assert_int_equal(system(path), 0);
        buffer_done(&back);
}

static bool shell(const char *folder, const char *script) {
        char command[512];

        snprintf(command, sizeof(command), "cd %s && %s", folder, script);
        return system(command) == 0;
}

static void file_put(const char *path, const Buffer *buffer) {
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

        assert_int_equal(write(fd, buffer->data, buffer->size), buffer->size);
        close(fd);
}

/* Poppler reads the copy without a word, both pages bear the mark, and the original is its beginning. */
static void test_copy(void **state) {
        Buffer original = BUFFER_INIT(PAPER_BYTES_MAX), copy = BUFFER_INIT(PAPER_BYTES_MAX),
               other = BUFFER_INIT(64);
        char folder[] = "/tmp/fundnode-copy-XXXXXX", path[64];
        const TextStyle style = { 120, ALIGN_LEFT, FIT_WRAP, false };
        Page *page;

        assert_non_null(mkdtemp(folder));
        assert_int_equal(page_new(&original, PAGE_A4_WIDTH, PAGE_A4_HEIGHT, made, &page), 0);
        assert_int_equal(page_text(page, (Box){ 200, 200, 1200, 100 }, &style, "张三"), 0);
        assert_int_equal(page_break(page), 0);
        assert_int_equal(page_text(page, (Box){ 200, 200, 1200, 100 }, &style, "李四"), 0);
        assert_int_equal(page_finish(page), 0);
        page_free(page);
        assert_int_equal(paper_copy((Bytes){ original.data, original.size },
                                 "王五 经办  试验县  2026-11-27 21:00", &copy),
                0);
        assert_true(copy.size > original.size);
        assert_memory_equal(copy.data, original.data, original.size);
        snprintf(path, sizeof(path), "%s/a.pdf", folder);
        file_put(path, &original);
        snprintf(path, sizeof(path), "%s/b.pdf", folder);
        file_put(path, &copy);
        assert_true(shell(folder, "pdftoppm -r 40 a.pdf a 2>a.err && pdftoppm -r 40 b.pdf b 2>b.err && ! "
                                  "test -s b.err"));
        assert_true(
                shell(folder, "test -f b-2.ppm && ! cmp -s a-1.ppm b-1.ppm && ! cmp -s a-2.ppm b-2.ppm"));
        assert_true(shell(folder, "test \"$(pdftotext a.pdf -)\" = \"$(pdftotext b.pdf -)\""));
        assert_int_equal(paper_copy((Bytes){ (const uint8_t *) "%PDF-1.5", 8 }, "x", &other), -EMALFORMED_);
        snprintf(path, sizeof(path), "rm -r %s", folder);
        assert_int_equal(system(path), 0);
        buffer_done(&original);
        buffer_done(&copy);
        buffer_done(&other);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "long names stay in their box [5.2.1.4]", test_overflow, NULL, NULL, NULL },
                { "text can be searched, the code can be scanned [3.0.6 5.2.1.4]", test_readable, NULL, NULL,
                        NULL },
                { "what is written is also drawn [5.2.1.4]", test_ink, NULL, NULL, NULL },
                { "a copy bears who took it, the archived bytes are its beginning [14.2.3]", test_copy, NULL,
                        NULL, NULL },
                { "a blob gives back what its name promises [14.3.2]", test_blob, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
