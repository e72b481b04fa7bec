/* SPDX-License-Identifier: Apache-2.0 */
/* Build tool: writes a text file as C string literals, one per line, so that a migration is embedded by
 *      static const char business_001[] =
 *      #include "business-001-first.sql.h"
 *      ;
 * The text is embedded byte for byte: its digest is what the store remembers. */

#include <stdio.h>

static int put_byte(FILE *out, int byte) {
        if (byte == '"' || byte == '\\')
                return fprintf(out, "\\%c", byte);
        if (byte == '\n')
                return fputs("\\n\"\n\"", out);
        if (byte == '\t')
                return fputs("\\t", out);
        if (byte < 0x20 || byte == 0x7f || byte == '?')
                return fprintf(out, "\\%03o", (unsigned) byte);
        return fputc(byte, out);
}

int main(int argc, char **argv) {
        if (argc != 3) {
                fprintf(stderr, "usage: embed-text INPUT OUTPUT\n");
                return 2;
        }
        FILE *in = fopen(argv[1], "rb");
        FILE *out = in ? fopen(argv[2], "wb") : NULL;
        if (!in || !out) {
                perror(in ? argv[2] : argv[1]);
                return 1;
        }
        int byte, failed = fputc('"', out) == EOF;
        while (!failed && (byte = getc(in)) != EOF)
                failed = put_byte(out, byte) < 0;
        failed |= fputs("\"\n", out) < 0;
        failed |= ferror(in) != 0;
        failed |= fclose(out) != 0;
        fclose(in);
        return failed ? 1 : 0;
}
