/* SPDX-License-Identifier: Apache-2.0 */
/* The small node as a program, for tests with a real nginx: web-site FOLDER ORIGIN; ends when its input
 * ends. */

#include <stdio.h>

#include "sample.h"

int main(int argc, char **argv) {
        Sample sample = { 0 };

        if (argc != 3) {
                fprintf(stderr, "usage: web-site FOLDER ORIGIN\n");
                return 2;
        }
        sample_start(&sample, argv[1], argv[2]);
        puts("ready");
        fflush(stdout);
        while (getchar() != EOF)
                ;
        sample_stop(&sample);
        return 0;
}
