/* SPDX-License-Identifier: Apache-2.0 */
/* Small secret files: whole or absent, durable, readable by their owner only. */
#pragma once

#include <node/error.h>
#include <node/macro.h>
#include <node/types.h>

#define KEY_FILE_BYTES_MAX 4096

/* Makes the folder (0700) if it is not there. -EPERM when others may enter it or it is another user's. */
int key_folder_open(const char *path, int *ret_fd) _must_check_;
/* NUL behind the content. $CREDENTIALS_DIRECTORY first. -ENOENT, -EPERM (lax mode, foreign owner), -E2BIG.
 */
int key_file_read(int folder_fd, const char *name, char ret[static KEY_FILE_BYTES_MAX + 1],
        size_t *ret_size) _must_check_;
/* -EEXIST. Durable when it returns 0. */
int key_file_write(int folder_fd, const char *name, const char *data, size_t size_bytes) _must_check_;
