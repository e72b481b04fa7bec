/* SPDX-License-Identifier: Apache-2.0 */
/* Opening and closing SQLite databases. What SQLite forgives silently is made strict here: the
 * synchronisation of the directory after creating files, errors of checkpoints, double-quoted texts, schemas
 * that are not to be trusted. */
#include <fcntl.h>
#include <libgen.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sqlite.h"

#define SCHEME "sqlite:"
#define BUSY_MS 5000
#define PROGRESS_OPERATIONS 4000

static int run(SqliteConnection *c, const char *sql) {
        int rc = sqlite3_exec(c->db, sql, NULL, NULL, NULL);

        return rc == SQLITE_OK ? 0 : sqlite_failure(c, rc);
}

static int lock_file(SqliteConnection *c) {
        char *name = NULL;

        if (asprintf(&name, "%s-lock", c->path) < 0)
                return -ENOMEM;
        c->lock_fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        free(name);
        if (c->lock_fd < 0)
                return -errno;
        if (flock(c->lock_fd, LOCK_EX | LOCK_NB) < 0)
                return errno == EWOULDBLOCK ? -EBUSY : -errno;
        return 0;
}

/* Our own hand makes the file, so that it and what SQLite puts beside it are private from the first byte. */
static int make_file(const char *path) {
        int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

        if (fd < 0)
                return errno == EEXIST ? 0 : -errno;
        return close(fd) < 0 ? -errno : 0;
}

/* SQLite 3.40 ignores a failure of this after making the WAL. */
static int sync_directory(const char *path) {
        char *copy = strdup(path);
        int fd, r = 0;

        if (!copy)
                return -ENOMEM;
        fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        free(copy);
        if (fd < 0)
                return -errno;
        if (fsync(fd) < 0)
                r = -errno;
        close(fd);
        return r;
}

static int authorize(
        void *data, int action, const char *a, const char *b, const char *database, const char *trigger) {
        switch (action) {
        case SQLITE_SELECT:
        case SQLITE_READ:
        case SQLITE_RECURSIVE:
        case SQLITE_TRANSACTION:
                return SQLITE_OK;
        case SQLITE_FUNCTION:
                return b && sqlite3_stricmp(b, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
        default:
                return SQLITE_DENY;
        }
}

static int progress(void *data) {
        const SqliteConnection *c = data;

        return c->base.deadline_ms > 0 &&
               c->base.clock->monotonic_ms(c->base.clock->data) > c->base.deadline_ms;
}

static int committed(void *data, sqlite3 *db, const char *name, int pages) {
        SqliteConnection *c = data;

        if (pages < c->wal_pages)
                c->checkpoint_at = CHECKPOINT_PAGES;
        c->wal_pages = pages;
        return SQLITE_OK;
}

static int journal_mode(SqliteConnection *c) {
        sqlite3_stmt *statement = NULL;
        const char *want = strcmp(c->path, ":memory:") == 0 ? "memory" : "wal";
        int rc, r;

        rc = sqlite3_prepare_v2(c->db, "PRAGMA journal_mode=WAL", -1, &statement, NULL);
        if (rc != SQLITE_OK)
                return sqlite_failure(c, rc);
        rc = sqlite3_step(statement);
        if (rc != SQLITE_ROW)
                r = sqlite_failure(c, rc);
        else
                r = strcmp((const char *) sqlite3_column_text(statement, 0), want) == 0 ? 0 : -EOPNOTSUPP;
        sqlite3_finalize(statement);
        return r;
}

static int configure(SqliteConnection *c) {
        static const struct {
                int option, value;
        } options[] = {
                { SQLITE_DBCONFIG_DQS_DML, 0 },
                { SQLITE_DBCONFIG_DQS_DDL, 0 },
                { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
                { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
                { SQLITE_DBCONFIG_DEFENSIVE, 1 },
                { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
                { SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 },
        };
        int r;

        sqlite3_extended_result_codes(c->db, 1);
        sqlite3_busy_timeout(c->db, BUSY_MS);
        for (size_t i = 0; i < ELEMENTSOF(options); i++) {
                int now = -1;
                int rc = sqlite3_db_config(c->db, options[i].option, options[i].value, &now);
                if (rc != SQLITE_OK || now != options[i].value)
                        return -EOPNOTSUPP;
        }
        r = run(c, "PRAGMA cell_size_check=ON; PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY;"
                   "PRAGMA mmap_size=0; PRAGMA case_sensitive_like=ON");
        return r;
}

static int configure_writer(SqliteConnection *c) {
        int keep = 1;
        int r;

        if (c->exclusive) {
                r = run(c, "PRAGMA locking_mode=EXCLUSIVE");
                if (r < 0)
                        return r;
        }
        r = journal_mode(c);
        if (r < 0)
                return r;
        r = run(c, "PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; PRAGMA wal_autocheckpoint=0;"
                   "PRAGMA journal_size_limit=67108864");
        if (r < 0)
                return r;
        /* the WAL stays allocated: no file is made or removed in daily work */
        (void) sqlite3_file_control(c->db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
        sqlite3_wal_hook(c->db, committed, c);
        return 0;
}

static int configure_reader(SqliteConnection *c) {
        int r = run(c, "PRAGMA query_only=ON; PRAGMA cache_size=-2000");

        if (r < 0)
                return r;
        sqlite3_progress_handler(c->db, PROGRESS_OPERATIONS, progress, c);
        return sqlite3_set_authorizer(c->db, authorize, NULL) == SQLITE_OK ? 0 : -EIO;
}

static int open_handle(SqliteConnection *c, const StoreOptions *options) {
        int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        bool real = !options->sqlite_vfs && strcmp(c->path, ":memory:") != 0;
        int r, rc;

        if (c->base.role == ROLE_WRITER) {
                flags |= SQLITE_OPEN_READWRITE | (real ? 0 : SQLITE_OPEN_CREATE);
                r = real ? lock_file(c) : 0;
                if (r < 0)
                        return r;
                r = real ? make_file(c->path) : 0;
                if (r < 0)
                        return r;
        } else
                flags |= SQLITE_OPEN_READONLY;
        rc = sqlite3_open_v2(c->path, &c->db, flags, options->sqlite_vfs);
        if (rc != SQLITE_OK)
                return sqlite_failure(c, rc);
        r = configure(c);
        if (r < 0)
                return r;
        return c->base.role == ROLE_WRITER ? configure_writer(c) : configure_reader(c);
}

/* Its account of memory, which nobody reads, takes a lock of the whole process at each allocation, some eight for each
 * row written. Refused once SQLite is at work, which is no harm. */
static void forgo_memory_account(void) {
        (void) sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int sqlite_open(const StoreOptions *options, Role role, Connection **ret) {
        static pthread_once_t once = PTHREAD_ONCE_INIT;
        SqliteConnection *c = calloc(1, sizeof(*c));
        int r;

        if (!c)
                return -ENOMEM;
        pthread_once(&once, forgo_memory_account);
        c->base.driver = &driver_sqlite;
        c->base.clock = options->clock;
        c->base.role = role;
        c->lock_fd = -1;
        c->checkpoint_at = CHECKPOINT_PAGES;
        c->exclusive = options->readers == 0;
        c->path = strdup(options->dsn + strlen(SCHEME));
        if (c->path && options->sqlite_vfs)
                c->vfs = strdup(options->sqlite_vfs);
        if (!c->path || (options->sqlite_vfs && !c->vfs))
                r = -ENOMEM;
        else if (!c->path[0] || (strcmp(c->path, ":memory:") == 0 && options->readers > 0))
                r = -EINVAL;
        else
                r = open_handle(c, options);
        if (r < 0) {
                if (c->base.error[0])
                        fprintf(stderr, "<3>store %d: %s: %s\n", (int) options->id, options->dsn,
                                c->base.error);
                sqlite_close(&c->base);
                return r;
        }
        *ret = &c->base;
        return 0;
}

int sqlite_checkpoint(SqliteConnection *c) {
        int rc;

        /* By our own hand: the built-in checkpoint after commits and at close drops its errors, and a failed
         * fsync of the database file must never be tried again on the same handle. */
        rc = sqlite3_wal_checkpoint_v2(c->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
        if (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
                return 0;
        return sqlite_failure(c, rc);
}

/* What a killed process left in the WAL may not be durable yet although it is visible; the checkpoint
 * synchronises it before anything is answered from it. Then the names of the files. */
int sqlite_settle_open(Connection *connection) {
        SqliteConnection *c = (SqliteConnection *) connection;
        int r;

        if (strcmp(c->path, ":memory:") == 0)
                return 0;
        r = sqlite_checkpoint(c);
        if (r < 0)
                return r;
        return c->vfs ? 0 : sync_directory(c->path);
}

void sqlite_abandon(SqliteConnection *c) {
        cache_clear(&c->base);
        sqlite3_close_v2(c->db);
        c->db = NULL;
}

Connection *sqlite_close(Connection *connection) {
        SqliteConnection *c = (SqliteConnection *) connection;

        if (!c)
                return NULL;
        if (c->db && c->base.role == ROLE_WRITER && !c->base.broken && sqlite3_get_autocommit(c->db))
                (void) sqlite_checkpoint(c);
        if (c->db)
                sqlite_abandon(c);
        if (c->lock_fd >= 0)
                close(c->lock_fd);
        free(c->path);
        free(c->vfs);
        free(c);
        return NULL;
}
