/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the tree and reports what the compiler cannot refuse: wrong includes, SQL out of place, floats,
 * other clocks, long lines, functions and files, missing licence lines, unfinished work, Chinese texts in
 * code. It reads lines, not syntax trees: comments and literals are told apart, macros are not expanded.
 * usage: tidy ROOT; exit 0 nothing found, 1 findings, 2 the tree could not be read. */
#include <ctype.h>
#include <fnmatch.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LINE_MAX_BYTES 8192
#define COLUMNS_MAX 120
#define FUNCTION_LINES_MAX 70
#define FILE_LINES_MAX 600

/* Lowest first: a module may include the public headers of those before it. */
static const char *const modules[] = { "essential", "accounting", "deposit", "utilizing", "returns",
        "statistics", "warning", "archives", "public", "acquisition", "monitoring", "decision" };
static const char *const node_folders[] = { "base", "store", "chain", "command", "identity", "audit", "desk",
        "private", "crypto", "web", "documents", "jobs", "notify", "config", "log", "console", "main" };

typedef struct File {
        const char *path; /* from the root */
        char unit[512];   /* the folder whose private headers it may use: node/store, modules/deposit,
                             federation */
        bool c, header, test, in_comment;
        int line, depth, function_line, column0_line;
        bool directive;
        char raw[LINE_MAX_BYTES], code[LINE_MAX_BYTES], literals[LINE_MAX_BYTES];
} File;

static unsigned findings, files_read;

static bool matches(const char *path, const char *const *patterns, size_t n) {
        for (size_t i = 0; i < n; i++)
                if (fnmatch(patterns[i], path, 0) == 0)
                        return true;
        return false;
}

#define MATCHES(path, ...)                                                                                  \
        matches((path), (const char *const[]){ __VA_ARGS__ }, COUNT(((const char *const[]){ __VA_ARGS__ })))

static void report(const File *f, int line, const char *what) {
        printf("%s:%d: %s\n", f->path, line, what);
        findings++;
}

static bool ends_with(const char *text, const char *end) {
        size_t a = strlen(text), b = strlen(end);
        return a >= b && strcmp(text + a - b, end) == 0;
}

static bool word_character(char c) {
        return isalnum((unsigned char) c) || c == '_';
}

/* Finds the whole word; with call, only where a parenthesis follows and it is no member of a struct. */
static bool has_word(const char *text, const char *word, bool call) {
        size_t n = strlen(word);
        for (const char *p = text; (p = strstr(p, word)); p += n) {
                if (p > text && word_character(p[-1]))
                        continue;
                if (word_character(p[n]))
                        continue;
                bool member = p > text && (p[-1] == '.' || (p > text + 1 && p[-1] == '>' && p[-2] == '-'));
                if (!call || (!member && p[n + strspn(p + n, " ")] == '('))
                        return true;
        }
        return false;
}

static int index_of(const char *name, size_t size, const char *const *names, size_t n) {
        for (size_t i = 0; i < n; i++)
                if (strlen(names[i]) == size && strncmp(names[i], name, size) == 0)
                        return (int) i;
        return -1;
}

/* Splits raw into code (literals and comments blanked) and literals (all else blanked), columns kept. */
static void split(File *f) {
        size_t n = strlen(f->raw);
        char quote = 0;
        memset(f->code, ' ', n);
        memset(f->literals, ' ', n);
        f->code[n] = f->literals[n] = 0;
        for (size_t i = 0; i < n; i++) {
                const char *p = f->raw + i;
                if (f->in_comment) {
                        if (p[0] == '*' && p[1] == '/') {
                                f->in_comment = false;
                                i++;
                        }
                } else if (quote) {
                        if (*p == quote)
                                quote = 0;
                        else {
                                f->literals[i] = *p;
                                if (*p == '\\' && p[1])
                                        f->literals[++i] = ' ';
                        }
                } else if (p[0] == '/' && p[1] == '*') {
                        f->in_comment = true;
                        i++;
                } else if (p[0] == '/' && p[1] == '/')
                        return;
                else if (*p == '"' || *p == '\'')
                        quote = *p;
                else
                        f->code[i] = *p;
        }
}

static bool under(const char *path, const char *folder) {
        size_t n = strlen(folder);
        return strncmp(path, folder, n) == 0 && path[n] == '/';
}

/* A quoted header must lie in the own unit: beside the file, at the unit's top or in its public folder. */
static bool quoted_allowed(const File *f, const char *name) {
        char folder[512], candidate[1400], real[4096], unit[4096];
        if (ends_with(name, ".pb-c.h") || ends_with(name, ".sql.h") || ends_with(name, ".sql.inc"))
                return !strchr(name, '/'); /* generated into the build directory of the own library */
        snprintf(folder, sizeof(folder), "%.*s", (int) (strrchr(f->path, '/') - f->path), f->path);
        const char *const places[] = { folder, f->unit };
        if (!realpath(f->unit, unit))
                return false;
        for (size_t i = 0; i < COUNT(places); i++) {
                snprintf(candidate, sizeof(candidate), "%s/%s", places[i], name);
                if (realpath(candidate, real) && under(real, unit))
                        return true;
        }
        return false;
}

static bool angle_allowed(const File *f, const char *name) {
        size_t size = strcspn(name, "/");
        bool everything = under(f->path, "node/main") || under(f->path, "tests");
        if (!name[size] || strncmp(name, "node/", 5) == 0)
                return true;
        if (strncmp(name, "internal/", 9) == 0)
                return under(f->path, "node") || under(f->path, "tests") || under(f->path, "federation");
        if (strncmp(name, "federation/", 11) == 0)
                return everything || under(f->path, "federation");
        int module = index_of(name, size, modules, COUNT(modules));
        if (module >= 0) {
                if (everything)
                        return true;
                if (!under(f->path, "modules"))
                        return false;
                const char *own = f->path + strlen("modules/");
                int self = index_of(own, strcspn(own, "/"), modules, COUNT(modules));
                return module <= self;
        }
        return index_of(name, size, node_folders, COUNT(node_folders)) < 0;
}

static void check_include(const File *f) {
        const char *p = f->raw + strspn(f->raw, " \t");
        if (*p++ != '#')
                return;
        p += strspn(p, " \t");
        if (strncmp(p, "include", 7) != 0)
                return;
        p += 7 + strspn(p + 7, " \t");
        char name[512];
        size_t size = strcspn(p + (*p != 0), "\">");
        if ((*p != '"' && *p != '<') || size >= sizeof(name))
                return;
        memcpy(name, p + 1, size);
        name[size] = 0;
        if (*p == '"' && !quoted_allowed(f, name))
                report(f, f->line, "include: quotes are for headers of the own folder");
        if (*p == '<' && !angle_allowed(f, name))
                report(f, f->line, "include: this header is not public to this folder");
}

static bool has_chinese(const char *text) {
        for (const unsigned char *p = (const unsigned char *) text; *p; p++)
                if (p[0] >= 0xe2 && p[0] <= 0xef && p[1] && p[2]) {
                        unsigned code = (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
                        if ((code >= 0x2e80 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) ||
                                (code >= 0xff00 && code <= 0xffef))
                                return true;
                }
        return false;
}

static void check_words(const File *f) {
        static const char *const clocks[] = { "time", "rand", "srand", "random", "gettimeofday",
                "clock_gettime", "localtime", "localtime_r" };
        static const char *const sql[] = { "SELECT", "INSERT", "UPDATE" };
        static const char *const unfinished[] = { "TO"
                                                  "DO",
                "FIX"
                "ME",
                "X"
                "XX" };
        bool product = MATCHES(f->path, "node/*", "federation/*", "modules/*");

        for (size_t i = 0; i < COUNT(unfinished); i++)
                if (has_word(f->raw, unfinished[i], false))
                        report(f, f->line, "unfinished work is named");
        if (!f->c)
                return;
        if (product && !MATCHES(f->path, "node/documents/draw-*.c", "node/documents/page*.c") &&
                (has_word(f->code, "float", false) || has_word(f->code, "double", false)))
                report(f, f->line, "float or double");
        for (size_t i = 0; i < COUNT(clocks); i++)
                if (!under(f->path, "node/base") && !under(f->path, "tests/bench") &&
                        has_word(f->code, clocks[i], true))
                        report(f, f->line, "time and chance come from node/clock.h");
        bool sql_found = has_word(f->literals, "DELETE FROM", false);
        for (size_t i = 0; i < COUNT(sql); i++)
                sql_found = sql_found || has_word(f->literals, sql[i], false);
        if (sql_found && !f->test && !MATCHES(f->path, "*-query.c", "node/store/*"))
                report(f, f->line, "SQL outside *-query.c and node/store");
        if (!f->header && !f->test && has_chinese(f->literals) &&
                !MATCHES(f->path, "*-codes.c", "*/module.c", "*-labels.c", "*-records.c", "*-view.c",
                        "*-paper.c", "node/base/money.c", "node/base/text.c"))
                report(f, f->line, "Chinese text in code; it belongs in .def files and data tables");
}

static void check_columns(const File *f) {
        int columns = 0;
        for (const char *p = f->raw; *p; p++)
                columns += ((unsigned char) *p & 0xc0) != 0x80;
        if (columns > COLUMNS_MAX)
                report(f, f->line, "line over 120 columns");
}

/* A function opens with ") {" at depth 0 and ends where the depth is 0 again. */
static void check_function(File *f) {
        bool directive = f->directive || f->raw[strspn(f->raw, " \t")] == '#';
        f->directive = directive && ends_with(f->raw, "\\");
        if (directive)
                return;
        size_t n = strlen(f->code);
        while (n > 0 && f->code[n - 1] == ' ')
                n--;
        if (f->depth == 0 && n > 0 && f->code[0] != ' ' && f->code[0] != '{')
                f->column0_line = f->line;
        if (f->depth == 0 && n > 2 && f->code[n - 1] == '{' && strchr(f->code, ')')) {
                size_t before = n - 1;
                while (before > 0 && f->code[before - 1] == ' ')
                        before--;
                if (before > 0 && f->code[before - 1] == ')')
                        f->function_line = f->column0_line;
        }
        if (f->depth == 0 && n == 1 && f->code[0] == '{')
                f->function_line = f->column0_line;
        for (const char *p = f->code; *p; p++)
                f->depth += (*p == '{') - (*p == '}');
        if (f->depth == 0 && f->function_line > 0 && memchr(f->code, '}', n)) {
                if (f->line - f->function_line + 1 > FUNCTION_LINES_MAX)
                        report(f, f->function_line, "function over 70 lines");
                f->function_line = 0;
        }
}

static void check_line(File *f) {
        bool comment_before = f->in_comment;
        split(f);
        check_words(f);
        if (!f->c)
                return;
        if (f->line == 1 && !strstr(f->raw, "SPDX-License-Identifier: Apache-2.0"))
                report(f, 1, "no SPDX licence line");
        check_columns(f);
        if (!comment_before)
                check_include(f);
        check_function(f);
}

/* node/store, modules/deposit, tests/tidy; federation is one unit. */
static void unit_of(const char *path, char *ret, size_t max) {
        size_t n = strcspn(path, "/");
        if (!under(path, "federation"))
                n += 1 + strcspn(path + n + 1, "/");
        snprintf(ret, max, "%.*s", (int) n, path);
}

static int check_file(const char *path) {
        static File f;
        FILE *stream = fopen(path, "re");
        if (!stream) {
                perror(path);
                return -1;
        }
        f = (File){ .path = path, .header = ends_with(path, ".h") };
        f.c = f.header || ends_with(path, ".c");
        f.test = under(path, "tests") || strstr(path, "/tests/");
        unit_of(path, f.unit, sizeof(f.unit));
        while (fgets(f.raw, sizeof(f.raw), stream)) {
                f.line++;
                f.raw[strcspn(f.raw, "\r\n")] = 0;
                check_line(&f);
        }
        if (f.c && f.line == 0)
                report(&f, 1, "empty file");
        if (f.c && f.line > FILE_LINES_MAX)
                report(&f, f.line, "file over 600 lines");
        files_read++;
        bool failed = ferror(stream);
        fclose(stream);
        return failed ? -1 : 0;
}

static int visit(const char *path, const struct stat *st, int type, struct FTW *ftw) {
        static const char *const kinds[] = { "*.c", "*.h", "*.def", "*.sql", "*.js", "*.mjs", "*.vue",
                "*.sh", "*.proto", "*/meson.build" };
        const char *name = path + ftw->base;
        if (type == FTW_D && (MATCHES(name, "node_modules", "build*", "dist", "vendor", ".*") ||
                                     strcmp(path, "tests/tidy/fixture") == 0))
                return FTW_SKIP_SUBTREE;
        if (type == FTW_DNR || type == FTW_NS)
                return -1;
        if (type != FTW_F || !matches(path, kinds, COUNT(kinds)))
                return FTW_CONTINUE;
        return check_file(path) < 0 ? -1 : FTW_CONTINUE;
}

int main(int argc, char **argv) {
        static const char *const folders[] = { "node", "federation", "modules", "images", "provisioning",
                "tests" };

        if (argc != 2 || chdir(argv[1]) < 0) {
                fprintf(stderr, "usage: tidy ROOT\n");
                return 2;
        }
        for (size_t i = 0; i < COUNT(folders); i++)
                if (access(folders[i], F_OK) == 0 &&
                        nftw(folders[i], visit, 16, FTW_PHYS | FTW_ACTIONRETVAL) != 0) {
                        fprintf(stderr, "tidy: cannot read %s\n", folders[i]);
                        return 2;
                }
        printf("tidy: %u findings in %u files\n", findings, files_read);
        return findings > 0 ? 1 : files_read == 0 ? 2 : 0;
}
