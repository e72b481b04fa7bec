/* SPDX-License-Identifier: Apache-2.0 */
/* A QR code as rows of 0 and 1, for a page that draws it itself: nothing secret goes into an image of its
 * own. */

#include <errno.h>
#include <qrencode.h>

#include <internal/papers.h>

int qr_rows(const char *text, Arena *arena, const char ***ret, size_t *ret_n) {
        QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

        if (!code)
                return errno == ENOMEM ? -ENOMEM : -EINVAL;
        size_t width = (size_t) code->width;
        const char **rows = ARENA_ARRAY(arena, const char *, width);
        for (size_t row = 0; rows && row < width; row++) {
                char *line = arena_alloc(arena, width + 1);
                for (size_t column = 0; line && column < width; column++)
                        line[column] = code->data[row * width + column] & 1 ? '1' : '0';
                if (!line) {
                        rows = NULL;
                        break;
                }
                line[width] = '\0';
                rows[row] = line;
        }
        QRcode_free(code);
        if (!rows)
                return -ENOMEM;
        *ret = rows;
        *ret_n = width;
        return 0;
}
