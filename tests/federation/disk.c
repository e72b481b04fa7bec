/* SPDX-License-Identifier: Apache-2.0 */
/* An SQLite VFS in memory. Only what SQLite needs with one connection per file (exclusive locking, no shared
 * memory). */
#include "disk.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR 512
#define FILES_MAX 256
#define NODES_MAX 16

typedef struct Image {
        uint8_t *data;
        size_t size, capacity;
} Image;

typedef struct DiskFile {
        char name[128];
        int node;
        Image written, durable;
        size_t dirty_from, dirty_to;
} DiskFile;

typedef struct Handle {
        sqlite3_file base;
        DiskFile *file;
        bool delete_on_close;
} Handle;

static DiskFile *files[FILES_MAX];
static int countdown[NODES_MAX];
static bool failed[NODES_MAX];
static DiskChance chance_of;
static void *chance_data;

static bool image_reserve(Image *image, size_t size) {
        size_t capacity = image->capacity ? image->capacity : 65536;
        uint8_t *more;

        if (size <= image->capacity)
                return true;
        while (capacity < size)
                capacity *= 2;
        more = realloc(image->data, capacity);
        if (!more)
                return false;
        memset(more + image->capacity, 0, capacity - image->capacity);
        image->data = more;
        image->capacity = capacity;
        return true;
}

static DiskFile *file_find(const char *name) {
        for (size_t i = 0; i < FILES_MAX; i++)
                if (files[i] && strcmp(files[i]->name, name) == 0)
                        return files[i];
        return NULL;
}

static DiskFile *file_make(const char *name) {
        for (size_t i = 0; i < FILES_MAX; i++)
                if (!files[i]) {
                        files[i] = calloc(1, sizeof *files[i]);
                        if (!files[i])
                                return NULL;
                        strncpy(files[i]->name, name, sizeof files[i]->name - 1);
                        files[i]->node = atoi(name[0] == '/' ? name + 1 : name) % NODES_MAX;
                        files[i]->dirty_from = SIZE_MAX;
                        return files[i];
                }
        return NULL;
}

static void file_free(DiskFile *file) {
        for (size_t i = 0; i < FILES_MAX; i++)
                if (files[i] == file)
                        files[i] = NULL;
        free(file->written.data);
        free(file->durable.data);
        free(file);
}

static bool broken(int node) {
        if (failed[node])
                return true;
        if (countdown[node] > 0 && --countdown[node] == 0)
                failed[node] = true;
        return failed[node];
}

static void dirty(DiskFile *file, size_t from, size_t to) {
        if (from < file->dirty_from)
                file->dirty_from = from;
        if (to > file->dirty_to)
                file->dirty_to = to;
}

/* --- file methods --- */

static int file_close(sqlite3_file *base) {
        Handle *handle = (Handle *) base;

        if (handle->delete_on_close && handle->file)
                file_free(handle->file);
        return SQLITE_OK;
}

static int file_read(sqlite3_file *base, void *buffer, int amount, sqlite3_int64 offset) {
        const Image *image = &((Handle *) base)->file->written;
        size_t at = (size_t) offset, n = (size_t) amount;

        if (at >= image->size) {
                memset(buffer, 0, n);
                return SQLITE_IOERR_SHORT_READ;
        }
        if (at + n <= image->size) {
                memcpy(buffer, image->data + at, n);
                return SQLITE_OK;
        }
        memcpy(buffer, image->data + at, image->size - at);
        memset((uint8_t *) buffer + (image->size - at), 0, n - (image->size - at));
        return SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *base, const void *buffer, int amount, sqlite3_int64 offset) {
        DiskFile *file = ((Handle *) base)->file;
        size_t at = (size_t) offset, n = (size_t) amount;

        if (broken(file->node))
                return SQLITE_IOERR_WRITE;
        if (!image_reserve(&file->written, at + n))
                return SQLITE_FULL;
        memcpy(file->written.data + at, buffer, n);
        if (at + n > file->written.size)
                file->written.size = at + n;
        dirty(file, at, at + n);
        return SQLITE_OK;
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size) {
        DiskFile *file = ((Handle *) base)->file;

        if (broken(file->node))
                return SQLITE_IOERR_TRUNCATE;
        if ((size_t) size < file->written.size) {
                memset(file->written.data + size, 0, file->written.size - (size_t) size);
                dirty(file, (size_t) size, file->written.size);
                file->written.size = (size_t) size;
        }
        return SQLITE_OK;
}

static int file_sync(sqlite3_file *base, int flags) {
        DiskFile *file = ((Handle *) base)->file;
        size_t to = file->dirty_to;

        (void) flags;
        if (broken(file->node))
                return SQLITE_IOERR_FSYNC;
        if (!image_reserve(&file->durable, to > file->written.size ? to : file->written.size) ||
                !image_reserve(&file->written, to))
                return SQLITE_FULL;
        if (file->dirty_from < to)
                memcpy(file->durable.data + file->dirty_from, file->written.data + file->dirty_from,
                        to - file->dirty_from);
        file->durable.size = file->written.size;
        file->dirty_from = SIZE_MAX;
        file->dirty_to = 0;
        return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *ret) {
        *ret = (sqlite3_int64) ((Handle *) base)->file->written.size;
        return SQLITE_OK;
}

static int file_lock(sqlite3_file *base, int level) {
        (void) base;
        (void) level;
        return SQLITE_OK;
}

static int file_reserved(sqlite3_file *base, int *ret) {
        (void) base;
        *ret = 0;
        return SQLITE_OK;
}

static int file_control(sqlite3_file *base, int operation, void *argument) {
        (void) base;
        (void) operation;
        (void) argument;
        return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *base) {
        (void) base;
        return SECTOR;
}

static int file_device(sqlite3_file *base) {
        (void) base;
        return 0;
}

/* Version 1: no shared memory, so WAL works with exclusive locking only. */
static const sqlite3_io_methods methods = {
        1,
        file_close,
        file_read,
        file_write,
        file_truncate,
        file_sync,
        file_size,
        file_lock,
        file_lock,
        file_reserved,
        file_control,
        file_sector,
        file_device,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
};

/* --- the VFS --- */

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *ret_flags) {
        Handle *handle = (Handle *) base;

        (void) vfs;
        memset(handle, 0, sizeof *handle);
        handle->file = name ? file_find(name) : NULL;
        if (!handle->file && name && !(flags & SQLITE_OPEN_CREATE))
                return SQLITE_CANTOPEN;
        if (!handle->file)
                handle->file = file_make(name ? name : "15/temporary");
        if (!handle->file)
                return SQLITE_NOMEM;
        handle->delete_on_close = flags & SQLITE_OPEN_DELETEONCLOSE;
        handle->base.pMethods = &methods;
        if (ret_flags)
                *ret_flags = flags;
        return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync) {
        DiskFile *file = file_find(name);

        (void) vfs;
        (void) sync;
        if (!file)
                return SQLITE_IOERR_DELETE_NOENT;
        if (broken(file->node))
                return SQLITE_IOERR_DELETE;
        file_free(file);
        return SQLITE_OK;
}

static int disk_access(sqlite3_vfs *vfs, const char *name, int flags, int *ret) {
        (void) vfs;
        (void) flags;
        *ret = file_find(name) != NULL;
        return SQLITE_OK;
}

static int disk_full_name(sqlite3_vfs *vfs, const char *name, int size, char *ret) {
        (void) vfs;
        sqlite3_snprintf(size, ret, "%s", name);
        return SQLITE_OK;
}

static int disk_randomness(sqlite3_vfs *vfs, int size, char *ret) {
        (void) vfs;
        for (int i = 0; i < size; i++)
                ret[i] = (char) chance_of(chance_data);
        return size;
}

static int disk_sleep(sqlite3_vfs *vfs, int microseconds) {
        (void) vfs;
        return microseconds;
}

static int disk_time(sqlite3_vfs *vfs, sqlite3_int64 *ret) {
        (void) vfs;
        *ret = INT64_C(212664000000000);
        return SQLITE_OK;
}

static int disk_last_error(sqlite3_vfs *vfs, int size, char *ret) {
        (void) vfs;
        (void) size;
        (void) ret;
        return 0;
}

int disk_register(DiskChance chance, void *data) {
        static sqlite3_vfs vfs;

        chance_of = chance;
        chance_data = data;
        if (vfs.zName)
                return SQLITE_OK;
        vfs = (sqlite3_vfs){
                .iVersion = 2,
                .szOsFile = sizeof(Handle),
                .mxPathname = 127,
                .zName = DISK_VFS,
                .xOpen = disk_open,
                .xDelete = disk_delete,
                .xAccess = disk_access,
                .xFullPathname = disk_full_name,
                .xRandomness = disk_randomness,
                .xSleep = disk_sleep,
                .xGetLastError = disk_last_error,
                .xCurrentTimeInt64 = disk_time,
        };
        return sqlite3_vfs_register(&vfs, 0);
}

static void crash_file(DiskFile *file) {
        size_t to = file->dirty_to < file->written.capacity ? file->dirty_to : file->written.capacity;
        size_t size = file->written.size > file->durable.size && chance_of(chance_data) % 2
                              ? file->written.size
                              : file->durable.size;

        if (file->dirty_from == SIZE_MAX)
                return;
        if (!image_reserve(&file->durable, to > size ? to : size))
                abort();
        for (size_t at = file->dirty_from / SECTOR * SECTOR; at < to; at += SECTOR) {
                size_t n = at + SECTOR <= to ? SECTOR : to - at;
                uint64_t fate = chance_of(chance_data) % 16;

                if (fate < 7)
                        memcpy(file->durable.data + at, file->written.data + at, n);
                else if (fate == 7)
                        memcpy(file->durable.data + at, file->written.data + at, n / 2);
        }
        file->durable.size = size;
        if (!image_reserve(&file->written, size))
                abort();
        memset(file->written.data, 0, file->written.capacity);
        memcpy(file->written.data, file->durable.data, size);
        file->written.size = size;
        file->dirty_from = SIZE_MAX;
        file->dirty_to = 0;
}

void disk_crash(int node) {
        for (size_t i = 0; i < FILES_MAX; i++)
                if (files[i] && files[i]->node == node)
                        crash_file(files[i]);
        failed[node] = false;
        countdown[node] = 0;
}

void disk_fail_after(int node, int operations) {
        countdown[node] = operations;
}

bool disk_failed(int node) {
        return failed[node];
}

void disk_forget_all(void) {
        for (size_t i = 0; i < FILES_MAX; i++)
                if (files[i])
                        file_free(files[i]);
        memset(failed, 0, sizeof failed);
        memset(countdown, 0, sizeof countdown);
}
