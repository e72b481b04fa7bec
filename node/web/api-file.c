/* SPDX-License-Identifier: Apache-2.0 */
/* Files in and out: uploads that nginx has spooled become durable blobs, papers leave as attachments, runs
 * tell their progress. A path never comes from a browser. */

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "web-private.h"

#define UPLOAD_PREFIX "upload-"
#define COPY_BYTES (64u << 10)
#define NAME_CHARACTERS_MAX 200
#define PURPOSE_MAX 32

char *web_blob_path(const char *blobs, const Digest *digest, Arena *arena) {
        char hex[2 * sizeof(digest->bytes) + 1];

        hex_encode(digest->bytes, sizeof(digest->bytes), hex);
        return arena_printf(arena, "%s/%.2s/%s", blobs, hex, hex + 2);
}

/* What a crash left half copied. */
void uploads_sweep(const char *blobs) {
        DIR *folder = opendir(blobs);

        if (!folder)
                return;
        for (struct dirent *entry; (entry = readdir(folder));)
                if (strncmp(entry->d_name, UPLOAD_PREFIX, strlen(UPLOAD_PREFIX)) == 0)
                        unlinkat(dirfd(folder), entry->d_name, 0);
        closedir(folder);
}

/* Opens what nginx left: a plain file directly in our spool, by a name of letters and digits. */
static int spooled_open(const WebRequest *request, int *ret_fd, int64_t *ret_bytes) {
        const char *spool = request->web->options.spool, *path = request->upload_file;
        size_t size = strlen(spool);
        struct stat st;

        if (!path || strncmp(path, spool, size) != 0 || path[size] != '/' || !path[size + 1] ||
                strspn(path + size + 1, "0123456789") != strlen(path + size + 1))
                return -EMALFORMED_;
        int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
        if (fd < 0)
                return errno == ENOENT || errno == ELOOP ? -EMALFORMED_ : -errno;
        if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size > WEB_UPLOAD_BYTES_MAX ||
                st.st_size == 0) {
                int r = st.st_size > WEB_UPLOAD_BYTES_MAX ? -E2BIG : -EMALFORMED_;
                close(fd);
                return r;
        }
        *ret_fd = fd;
        *ret_bytes = st.st_size;
        return 0;
}

/* Copies and digests in one pass: the spooled file belongs to nginx, the blob to us. */
static int copy_digested(int from, int to, int64_t bytes, DigestKind kind, Digest *ret) {
        _cleanup_(digest_freep) DigestState *state = digest_new(kind);
        char *chunk = malloc(COPY_BYTES);
        int64_t copied = 0;
        int r = state && chunk ? 0 : -ENOMEM;

        while (r == 0) {
                ssize_t n = read(from, chunk, COPY_BYTES);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        r = -errno;
                if (n <= 0)
                        break;
                digest_update(state, chunk, (size_t) n);
                copied += n;
                r = copied > bytes ? -EIO : all_written(to, chunk, (size_t) n);
        }
        free(chunk);
        if (r == 0 && copied != bytes)
                r = -EIO;
        if (r == 0 && fsync(to) < 0)
                r = -errno;
        if (r == 0)
                digest_final(state, ret);
        return r;
}

static int folder_sync(const char *path) {
        int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        int r = fsync(fd) < 0 ? -errno : 0;
        close(fd);
        return r;
}

/* Gives the written file its name by digest, durably. */
static int blob_name(
        const WebRequest *request, const char *written, const Digest *digest, const char **ret_path) {
        const char *blobs = request->web->options.blobs;
        char *path = web_blob_path(blobs, digest, request->arena);
        char *folder = path ? arena_strndup(request->arena, path, strlen(blobs) + 3) : NULL;

        if (!folder)
                return -ENOMEM;
        if (mkdir(folder, 0750) < 0 && errno != EEXIST)
                return -errno;
        if (rename(written, path) < 0)
                return -errno;
        int r = folder_sync(folder);
        if (r == 0)
                r = folder_sync(blobs);
        *ret_path = path;
        return r;
}

static int blob_take(const WebRequest *request, WebUpload *upload) {
        int from = -1;

        int r = spooled_open(request, &from, &upload->bytes);
        if (r < 0)
                return r;
        char *written =
                arena_printf(request->arena, "%s/" UPLOAD_PREFIX "XXXXXX", request->web->options.blobs);
        int to = written ? mkostemp(written, O_CLOEXEC) : -1;
        if (to < 0)
                r = written ? -errno : -ENOMEM;
        else {
                r = copy_digested(from, to, upload->bytes, request->engine->digest_kind, &upload->digest);
                close(to);
                if (r == 0)
                        r = blob_name(request, written, &upload->digest, &upload->path);
                if (r < 0)
                        unlink(written);
        }
        close(from);
        return r;
}

/* What the browser says the file is called: for people only, never a path. */
static const char *upload_name(const WebRequest *request) {
        const char *name = web_parameter(request, "name");

        if (!name)
                return "";
        for (const char *p; (p = strpbrk(name, "/\\"));)
                name = p + 1;
        return text_characters(name) <= NAME_CHARACTERS_MAX ? name : NULL;
}

static void upload(WebRequest *request, WebReply *reply) {
        const WebUploads *uploads = request->web->options.uploads;
        const char *purpose = web_parameter(request, "purpose"), *known = NULL;
        WebUpload taken = { .purpose = purpose, .name = upload_name(request) };
        char hex[2 * sizeof(taken.digest.bytes) + 1];

        if (!purpose || !*purpose || strspn(purpose, "abcdefghijklmnopqrstuvwxyz_") != strlen(purpose) ||
                strlen(purpose) > PURPOSE_MAX || !taken.name) {
                reply_code(request, reply, 400, "node.bad_form", taken.name ? "purpose" : "name");
                return;
        }
        int r = uploads && uploads->permit ? uploads->permit(uploads->data, request) : 0;
        if (r == 0)
                r = blob_take(request, &taken);
        if (r == 0 && uploads)
                r = uploads->keep(uploads->data, &request->caller, &taken, request->arena, &known);
        if (r < 0) {
                web_reply_error(request, reply, r, NULL);
                return;
        }
        hex_encode(taken.digest.bytes, sizeof(taken.digest.bytes), hex);
        web_reply_json(reply, json_pack("{s:s,s:s,s:I,s:s}", "upload", known ? known : hex, "name",
                                      taken.name, "size", (json_int_t) taken.bytes, "digest", hex));
}

static void paper(WebRequest *request, WebReply *reply) {
        const WebPapers *papers = request->web->options.papers;
        Buffer pdf = BUFFER_INIT(WEB_REPLY_BYTES_MAX);
        const char *name = NULL;
        Id id;

        int r = papers && web_id_parse(request->captures[1], &id) == 0
                        ? papers->read(papers->data, request, request->captures[0], id, &pdf, &name)
                        : -ENOENT;
        if (r == 0 && !name)
                name = arena_printf(request->arena, "%s-%s.pdf", request->captures[0], request->captures[1]);
        if (r < 0 || !name)
                web_reply_error(request, reply, r < 0 ? r : -ENOMEM, NULL);
        else
                web_reply_bytes(request, reply, (Bytes){ pdf.data, pdf.size }, "application/pdf", name);
        buffer_done(&pdf);
}

static int run_of(const WebRequest *request, Id *ret_id, json_t **ret) {
        const WebRuns *runs = request->web->options.runs;

        if (!runs || web_id_parse(request->captures[0], ret_id) < 0)
                return -ENOENT;
        return runs->read(runs->data, &request->caller, *ret_id, ret);
}

static void run_state(WebRequest *request, WebReply *reply) {
        json_t *run = NULL;
        Id id;

        int r = run_of(request, &id, &run);
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_json(reply, run);
}

/* Begins with where the run stands; the loop sends what follows. A run that has ended is one event. */
static void run_events(WebRequest *request, WebReply *reply) {
        json_t *run = NULL;
        Id id;

        int r = run_of(request, &id, &run);
        if (r < 0) {
                web_reply_error(request, reply, r, NULL);
                return;
        }
        const char *state = json_string_value(json_object_get(run, "state"));
        const char *message = json_string_value(json_object_get(run, "message"));
        reply->status = 200;
        reply->type = "text/event-stream; charset=utf-8";
        progress_event(&reply->body, state ? state : "", json_integer_value(json_object_get(run, "done")),
                json_integer_value(json_object_get(run, "total")), message);
        if (!text_equal(state, "done") && !text_equal(state, "failed"))
                reply->stream = id.value;
        json_decref(run);
}

const WebRoute web_file_routes[] = {
        { "POST", "/api/upload", WEB_UPLOAD | WEB_ORGANIZATION, 0, upload,
                "Keep a file; its body arrives through nginx's spool" },
        { "GET", "/api/paper/{kind}/{id}.pdf", 0, 0, paper, "The archived bytes of a paper" },
        { "GET", "/api/runs/{id}/events", WEB_ORGANIZATION, 0, run_events,
                "Progress of long work as server-sent events" },
        { "GET", "/api/runs/{id}", WEB_ORGANIZATION, 0, run_state, "State and result of long work" },
};
const size_t web_file_routes_n = ELEMENTSOF(web_file_routes);
