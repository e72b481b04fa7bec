/* SPDX-License-Identifier: Apache-2.0 */
/* The archive of a year holds every entry of the chains, also those that change no field. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include <node/date.h>

#include "audit-private.h"
#include "world.h"

#define FILE_BYTES_MAX (4u << 20)

/* One file of the archive, as text; freed by the caller. */
static char *file_of(int fd, const char *name) {
        struct archive *archive = archive_read_new();
        struct archive_entry *entry;
        char *text = calloc(1, FILE_BYTES_MAX);
        size_t size = 0;

        assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
        archive_read_support_format_tar(archive);
        archive_read_support_filter_gzip(archive);
        assert_int_equal(archive_read_open_fd(archive, fd, 65536), ARCHIVE_OK);
        while (archive_read_next_header(archive, &entry) == ARCHIVE_OK)
                if (strcmp(archive_entry_pathname(entry), name) == 0)
                        for (la_ssize_t n = 1; n > 0; size += (size_t) n)
                                n = archive_read_data(archive, text + size, FILE_BYTES_MAX - 1 - size);
        archive_read_free(archive);
        assert_true(size > 0);
        return text;
}

static char *year_of(World *w, const char *name) {
        const Seer auditor = world_seer(3);
        char path[96], number[EXPORT_NUMBER_MAX];

        snprintf(path, sizeof(path), "%s/year.tar.gz", w->folder);
        int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
        const YearCall call = { .seer = &auditor, .year = 2026, .folder = w->folder, .fd = fd };
        assert_int_equal(audit_year(w->audit, &call, number), 0);
        char *text = file_of(fd, name);
        close(fd);
        return text;
}

/* Every number of the chain begins a line. */
static void every_entry(void **state) {
        World *w = *state;
        const Command *reset = registry_command(w->registry, "identity.reset_password");
        Caller caller = { .office = OFFICE };
        char begin[32];
        Reply reply;

        json_t *input = json_pack("{s:o, s:s}", "login",
                json_sprintf("%lld", (long long) world_count(w, "system", "SELECT MIN(id) FROM login")), "reason",
                "本人当面申请");
        command_execute_json(&w->engine, &caller, reset, input, w->arena, &reply);
        json_decref(input);
        assert_int_equal(reply.result, 0);

        char *text = year_of(w, "changes-system.csv");
        int64_t last = world_count(w, "system", "SELECT seq FROM chain WHERE command = 'identity.reset_password'");
        for (int64_t seq = 1; seq <= last; seq++) {
                snprintf(begin, sizeof(begin), "\r\n%lld,", (long long) seq);
                assert_non_null(strstr(text, begin));
        }
        assert_non_null(strstr(text, "identity.reset_password"));
        assert_non_null(strstr(text, "本人当面申请"));
        free(text);
}

/* Whoever takes the whole year away takes much. */
static void much_taken(void **state) {
        World *w = *state;
        Limits limits = limits_standard();

        limits.export_rows = 10;
        w->audit->limits[0] = (OfficeLimits){ OFFICE, w->engine.clock->monotonic_ms(w->engine.clock->data), limits,
                date_of_instant(w->now), DAY_AS_WEEK };
        free(year_of(w, "changes-system.csv"));
        assert_int_equal(world_count(w, "system",
                                 "SELECT COUNT(*) FROM security_event WHERE kind = 'mass_export' AND detail LIKE "
                                 "'%audit.year' AND address <> ''"),
                1);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "a year's archive leaves out no entry [14.2.3 14.4.4]", every_entry, world_setup, world_teardown,
                        NULL },
                { "a year that is taken away is a large export [14.2.3]", much_taken, world_setup, world_teardown,
                        NULL },
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests_name("audit::year", tests, NULL, NULL);
}
