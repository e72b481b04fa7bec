/* SPDX-License-Identifier: Apache-2.0 */
/* A node's configuration: one file of "key = value" lines, read once at start against one table of keys. */
#pragma once

#include <node/command.h>
#include <node/crypto.h>

#define CONFIG_TEXT_MAX 512

typedef enum Level { LEVEL_COUNTY = 1, LEVEL_CITY, LEVEL_PROVINCE, LEVEL_NATION } Level;

/* Which side of the gap a node stands on (3.0.4, 14.2.6). The government extranet is inside. */
typedef enum Zone { ZONE_INNER = 1, ZONE_OUTER } Zone;

typedef struct Config {
        char name[CONFIG_TEXT_MAX];     /* shown to people: 大邑县 */
        char division[CONFIG_TEXT_MAX]; /* division code, a label and never a key */
        char folder[CONFIG_TEXT_MAX];   /* all state of the node */
        char business[CONFIG_TEXT_MAX]; /* DSN; empty: SQLite in the folder */
        char regulatory[CONFIG_TEXT_MAX];
        char web_socket[CONFIG_TEXT_MAX]; /* SCGI; empty: folder/web.socket */
        char spool[CONFIG_TEXT_MAX];      /* where nginx leaves uploads; empty: folder/spool */
        char origin[CONFIG_TEXT_MAX];     /* https://host:port of the console, for the Origin check */
        char listen[CONFIG_TEXT_MAX];     /* host:port for child nodes; empty: none */
        char parent[CONFIG_TEXT_MAX];     /* host:port of the parent node; empty: none */
        char tree[CONFIG_TEXT_MAX];       /* identity key of the root, hexadecimal; empty at the root */
        char syslog[CONFIG_TEXT_MAX];     /* host:port of a collector for security events; empty: none */
        char syslog_ca[CONFIG_TEXT_MAX];
        char syslog_pin[CONFIG_TEXT_MAX];
        int64_t zone;                     /* Zone */
        int64_t level;                    /* Level */
        int64_t capabilities;             /* 0: the level's own */
        int64_t algorithm;                /* Algorithm of the identity key */
        int64_t password_method;          /* PasswordMethod */
        int64_t workers;
} Config;

/* -ENOENT, -EMALFORMED_ with a line on stderr that names file, line and reason. */
int config_load(const char *path, Config *ret) _must_check_;
/* Capabilities by level where the file names none. */
unsigned config_capabilities(const Config *config);
const char *level_name(int64_t level);
/* Prints the table of keys: name, default, meaning. */
void config_describe(
        void (*line)(void *data, const char *name, const char *standard, const char *meaning), void *data);
