/* SPDX-License-Identifier: Apache-2.0 */
/* One table of keys is the parser, the default and the documentation of the configuration file. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <internal/config.h>
#include <node/error.h>
#include <node/text.h>

#define CONFIG_LINE_BYTES_MAX 2048

typedef struct Word {
        const char *word;
        int64_t value;
} Word;

static const Word level_words[] = {
        { "county", LEVEL_COUNTY },
        { "city", LEVEL_CITY },
        { "province", LEVEL_PROVINCE },
        { "nation", LEVEL_NATION },
        { NULL, 0 },
};
static const Word zone_words[] = {
        { "inner", ZONE_INNER },
        { "outer", ZONE_OUTER },
        { NULL, 0 },
};
static const Word capability_words[] = {
        { "business", CAPABILITY_BUSINESS },
        { "detail", CAPABILITY_DETAIL },
        { "facts", CAPABILITY_FACTS },
        { "public", CAPABILITY_PUBLIC },
        { NULL, 0 },
};
static const Word algorithm_words[] = {
        { "sm2", ALGORITHM_SM2_SM3 },
        { "p256", ALGORITHM_P256_SHA256 },
        { NULL, 0 },
};
static const Word profile_words[] = {
        { "standard", PASSWORD_SCRYPT },
        { "national", PASSWORD_PBKDF2_SM3 },
        { NULL, 0 },
};

typedef enum KeyForm { FORM_TEXT, FORM_WORD, FORM_WORDS, FORM_NUMBER } KeyForm;

typedef struct ConfigKey {
        const char *name, *standard, *meaning;
        KeyForm form;
        size_t offset;
        const Word *words;
        int64_t min, max;
} ConfigKey;

#define TEXT(field, standard_, meaning_)                                                                    \
        { .name = #field, .standard = standard_, .meaning = meaning_, .offset = offsetof(Config, field) }

static const ConfigKey keys[] = {
        TEXT(name, "", "name of the office as people read it"),
        TEXT(division, "", "division code, shown only"),
        TEXT(folder, "", "folder of all state; required"),
        TEXT(business, "",
                "database of the business store: sqlite:PATH or postgresql:...; empty: SQLite in the "
                "folder"),
        TEXT(regulatory, "", "database of the regulatory store, likewise"),
        TEXT(web_socket, "", "SCGI socket for nginx; empty: web.socket in the folder"),
        TEXT(spool, "", "folder where nginx leaves uploads; empty: spool in the folder"),
        TEXT(origin, "", "https://host:port under which browsers see the console; required to serve pages"),
        TEXT(listen, "", "host:port for child nodes; empty: none"),
        TEXT(parent, "", "host:port of the parent node; empty: none"),
        TEXT(tree, "",
                "identity key of the tree's root, as fundnode init prints it there; empty at the root"),
        TEXT(syslog, "",
                "host:port of a collector that takes security events by syslog over TLS; empty: none"),
        TEXT(syslog_ca, "", "PEM file of who issued the collector's certificate"),
        TEXT(syslog_pin, "", "SHA-256 of the collector's certificate, hexadecimal; then no issuer is asked"),
        { "level", "county", "county, city, province or nation", FORM_WORD, offsetof(Config, level),
                level_words, 0, 0 },
        { "zone", "inner",
                "inner, or outer: a node towards the internet, which has public alone and no console, "
                "parent, "
                "children or database but its own",
                FORM_WORD, offsetof(Config, zone), zone_words, 0, 0 },
        { "capabilities", "",
                "business, detail, facts on an inner node in any combination, public on an outer one; "
                "empty: "
                "those of the level, public on an outer node",
                FORM_WORDS, offsetof(Config, capabilities), capability_words, 0, 0 },
        { "algorithm", "sm2", "of the identity key made at first start: sm2 or p256", FORM_WORD,
                offsetof(Config, algorithm), algorithm_words, 0, 0 },
        { "profile", "standard", "standard (scrypt) or national (only SM algorithms)", FORM_WORD,
                offsetof(Config, password_method), profile_words, 0, 0 },
        { "workers", "32", "threads that answer requests", FORM_NUMBER, offsetof(Config, workers), NULL, 1,
                256 },
};

static int word_value(const Word *words, const char *text, size_t size, int64_t *ret) {
        for (const Word *w = words; w->word; w++)
                if (strlen(w->word) == size && memcmp(w->word, text, size) == 0) {
                        *ret = w->value;
                        return 0;
                }
        return -EMALFORMED_;
}

static int words_value(const Word *words, const char *text, int64_t *ret) {
        int64_t sum = 0;

        while (*text) {
                size_t size = strcspn(text, " ,");
                int64_t one;
                if (size > 0 && word_value(words, text, size, &one) < 0)
                        return -EMALFORMED_;
                if (size > 0)
                        sum |= one;
                text += size + strspn(text + size, " ,");
        }
        *ret = sum;
        return 0;
}

static int key_set(const ConfigKey *key, Config *config, const char *text) {
        void *at = (char *) config + key->offset;
        int64_t number;

        switch (key->form) {
        case FORM_TEXT:
                if (strlen(text) >= CONFIG_TEXT_MAX || !text_is_utf8(text, strlen(text)))
                        return -EMALFORMED_;
                strcpy(at, text);
                return 0;
        case FORM_WORD:
                return word_value(key->words, text, strlen(text), at);
        case FORM_WORDS:
                return words_value(key->words, text, at);
        case FORM_NUMBER:
                if (integer_parse(text, &number) < 0 || number < key->min || number > key->max)
                        return -EMALFORMED_;
                *(int64_t *) at = number;
                return 0;
        }
        return -EINVAL;
}

static char *trimmed(char *text) {
        text += strspn(text, " \t");
        size_t size = strlen(text);
        while (size > 0 && strchr(" \t\r\n", text[size - 1]))
                text[--size] = 0;
        return text;
}

static int line_apply(char *line, Config *config, const char **ret_reason) {
        char *text = trimmed(line);
        if (!*text || *text == '#')
                return 0;

        char *equals = strchr(text, '=');
        if (!equals) {
                *ret_reason = "no '=' in the line";
                return -EMALFORMED_;
        }
        *equals = 0;
        char *name = trimmed(text), *value = trimmed(equals + 1);
        for (size_t i = 0; i < ELEMENTSOF(keys); i++)
                if (text_equal(keys[i].name, name)) {
                        *ret_reason = keys[i].meaning;
                        return key_set(&keys[i], config, value);
                }
        *ret_reason = "unknown key";
        return -EMALFORMED_;
}

/* What leads from an outer node to the inner side, or shows the inner side's pages there. */
static const struct {
        const char *name, *why;
        size_t offset;
} inner_keys[] = {
        { "origin", "the staff's console and the partners' port are of the inner side",
                offsetof(Config, origin) },
        { "parent", "nothing crosses but signed bundles", offsetof(Config, parent) },
        { "listen", "nothing crosses but signed bundles", offsetof(Config, listen) },
        { "business", "the business store is of the inner side", offsetof(Config, business) },
        { "regulatory", "the regulatory store is of the inner side", offsetof(Config, regulatory) },
        { "syslog", "the collector of security events is of the inner side", offsetof(Config, syslog) },
};

/* 3.0.4, 14.2.6: refused at the start, so that no mistake in a file joins the two networks. */
static int zone_check(const Config *config, const char *path) {
        unsigned public = CAPABILITY_PUBLIC, has = config_capabilities(config);

        if (config->zone == ZONE_INNER && has & public) {
                fprintf(stderr,
                        "%s: an inner node never has 'public': take it out of 'capabilities', or say "
                        "'zone = outer' on a node of its own (3.0.4)\n",
                        path);
                return -EMALFORMED_;
        }
        if (config->zone == ZONE_INNER)
                return 0;
        for (const Word *w = capability_words; w->word; w++)
                if (has & (unsigned) w->value & ~public) {
                        fprintf(stderr,
                                "%s: an outer node has 'public' alone: take '%s' out of "
                                "'capabilities' (3.0.4)\n",
                                path, w->word);
                        return -EMALFORMED_;
                }
        for (size_t i = 0; i < ELEMENTSOF(inner_keys); i++)
                if (!text_empty((const char *) config + inner_keys[i].offset)) {
                        fprintf(stderr, "%s: an outer node has no '%s': %s; take the line out (14.2.6)\n",
                                path, inner_keys[i].name, inner_keys[i].why);
                        return -EMALFORMED_;
                }
        return 0;
}

static void path_default(char *text, const char *prefix, const char *folder, const char *file) {
        if (text_empty(text) &&
                snprintf(text, CONFIG_TEXT_MAX, "%s%s/%s", prefix, folder, file) >= CONFIG_TEXT_MAX)
                text[0] = 0; /* an over-long folder is refused by its own check below */
}

int config_load(const char *path, Config *ret) {
        Config config = { 0 };
        char line[CONFIG_LINE_BYTES_MAX];

        for (size_t i = 0; i < ELEMENTSOF(keys); i++)
                if (key_set(&keys[i], &config, keys[i].standard) < 0)
                        return -EINVAL;

        FILE *file = fopen(path, "re");
        if (!file)
                return -errno;
        int r = 0;
        for (int number = 1; r == 0 && fgets(line, sizeof(line), file); number++) {
                const char *reason = "";
                r = line_apply(line, &config, &reason);
                if (r < 0)
                        fprintf(stderr, "%s:%d: %s\n", path, number, reason);
        }
        fclose(file);
        if (r < 0)
                return r;
        if (text_empty(config.folder) || strlen(config.folder) > CONFIG_TEXT_MAX - 64) {
                fprintf(stderr, "%s: 'folder' is missing or too long\n", path);
                return -EMALFORMED_;
        }
        r = zone_check(&config, path);
        if (r < 0)
                return r;
        path_default(config.business, "sqlite:", config.folder, "business.db");
        path_default(config.regulatory, "sqlite:", config.folder, "regulatory.db");
        path_default(config.web_socket, "", config.folder, "web.socket");
        path_default(config.spool, "", config.folder, "spool");
        *ret = config;
        return 0;
}

unsigned config_capabilities(const Config *config) {
        if (config->capabilities)
                return (unsigned) config->capabilities;
        if (config->zone == ZONE_OUTER)
                return CAPABILITY_PUBLIC;
        switch (config->level) {
        case LEVEL_COUNTY:
                return CAPABILITY_BUSINESS;
        case LEVEL_CITY:
                return CAPABILITY_DETAIL | CAPABILITY_FACTS;
        default:
                return CAPABILITY_FACTS;
        }
}

const char *level_name(int64_t level) {
        for (const Word *w = level_words; w->word; w++)
                if (w->value == level)
                        return w->word;
        return "";
}

void config_describe(
        void (*line)(void *data, const char *name, const char *standard, const char *meaning), void *data) {
        for (size_t i = 0; i < ELEMENTSOF(keys); i++)
                line(data, keys[i].name, keys[i].standard, keys[i].meaning);
}
