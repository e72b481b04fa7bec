/* SPDX-License-Identifier: Apache-2.0 */
/* Opens a node in the one order that works: folder, registry, keys, stores, migrations, checks. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <federation/federation.h>
#include <federation/session.h>
#include <internal/desk.h>
#include <internal/audit.h>
#include <internal/keys-process.h>
#include <internal/log.h>
#include <internal/private.h>
#include <modules/modules.h>
#include <node/error.h>
#include <node/text.h>

#include "node.h"

#define MODULES_MAX 64

static const Module *all_modules[MODULES_MAX];

const Module *const *node_modules(size_t *ret_n) {
        const Module *const kernel[] = { &module_node, &module_identity, &module_audit, &module_documents,
                &module_desk, &module_private, &module_federation };
        size_t n = 0;

        for (size_t i = 0; i < ELEMENTSOF(kernel); i++)
                all_modules[n++] = kernel[i];
        for (size_t i = 0; i < n_modules && n < MODULES_MAX; i++)
                all_modules[n++] = modules[i];
        *ret_n = n;
        return all_modules;
}

static int stopped(const char *step, int r) {
        fprintf(stderr, "fundnode: %s: %s\n", step,
                r > -5000 ? strerror(-r) : "refused, see the line before");
        return r;
}

static int folders_make(Node *node) {
        const char *folder = node->config.folder;

        if (mkdir(folder, 0700) < 0 && errno != EEXIST)
                return -errno;
        if (snprintf(node->blobs, sizeof(node->blobs), "%s/blobs", folder) >= (int) sizeof(node->blobs) ||
                snprintf(node->key_folder, sizeof(node->key_folder), "%s/keys", folder) >=
                        (int) sizeof(node->key_folder))
                return -ENAMETOOLONG;
        if (mkdir(node->blobs, 0700) < 0 && errno != EEXIST)
                return -errno;
        if (mkdir(node->config.spool, 0700) < 0 && errno != EEXIST)
                return -errno;
        return 0;
}

static int keys_open(Node *node, NodeUse use) {
        VaultMethod method = VAULT_SM4_CTR_HMAC_SM3;
        char self[CONFIG_TEXT_MAX];

        int r = keys_configure(node->key_folder, (Algorithm) node->config.algorithm, method);
        if (r < 0)
                return r;
        if (use == NODE_TOOL)
                r = keys_software_open(node->key_folder, &node->keys);
        else {
                ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
                if (n < 0)
                        return -errno;
                self[n] = 0;
                r = keys_process_start(self, node->key_folder, &node->keys, &node->keys_process);
        }
        node->has_keys = r == 0;
        return r;
}

static int store_start(Node *node, StoreId id, const char *dsn, NodeUse use) {
        const StoreOptions options = { .id = id,
                .dsn = dsn,
                .clock = &clock_real,
                .readers = use == NODE_TOOL ? 1 : 4,
                .inline_writer = use == NODE_TOOL };

        int r = store_open(&options, &node->stores[id]);
        /* tables of landed rows come from the datasets' field lists; modules add views and indexes to them
         */
        if (r == 0 && id == STORE_REGULATORY)
                r = federation_landing_migrate(node->stores[id], node->registry);
        if (r == 0)
                r = engine_migrate(node->registry, node->stores[id]);
        /* a wrong query stops the start, not the first user who meets it */
        if (r == 0)
                r = engine_prepare_check(node->registry, node->stores[id]);
        return r == 0 ? engine_chain_kinds_fill(node->stores[id]) : r;
}

static int stores_open(Node *node, NodeUse use) {
        char system[CONFIG_TEXT_MAX + 32];
        unsigned capabilities = config_capabilities(&node->config);

        snprintf(system, sizeof(system), "sqlite:%s/system.db", node->config.folder);
        int r = store_start(node, STORE_SYSTEM, system, use);
        if (r < 0)
                return stopped("system store", r);
        if (capabilities & CAPABILITY_BUSINESS)
                r = store_start(node, STORE_BUSINESS, node->config.business, use);
        if (r < 0)
                return stopped("business store", r);
        if (capabilities & (CAPABILITY_DETAIL | CAPABILITY_FACTS))
                r = store_start(node, STORE_REGULATORY, node->config.regulatory, use);
        return r < 0 ? stopped("regulatory store", r) : 0;
}

/* The number lies beside the stores: one line, written once at enrolment. */
static int office_path(const Node *node, char ret[static CONFIG_TEXT_MAX]) {
        return snprintf(ret, CONFIG_TEXT_MAX, "%s/office", node->config.folder) >= CONFIG_TEXT_MAX
                       ? -ENAMETOOLONG
                       : 0;
}

static int office_read(Node *node) {
        char path[CONFIG_TEXT_MAX], text[32] = "";

        int r = office_path(node, path);
        if (r < 0)
                return r;
        FILE *file = fopen(path, "re");
        if (!file)
                return errno == ENOENT ? 0 : -errno;
        if (!fgets(text, sizeof(text), file))
                r = -EMALFORMED_;
        fclose(file);
        text[strcspn(text, "\n")] = 0;
        return r < 0 ? r : integer_parse(text, &node->office);
}

int node_office_write(Node *node, int64_t office) {
        char path[CONFIG_TEXT_MAX], temporary[CONFIG_TEXT_MAX + 8];

        int r = office_path(node, path);
        if (r < 0)
                return r;
        snprintf(temporary, sizeof(temporary), "%s.new", path);
        FILE *file = fopen(temporary, "we");
        if (!file)
                return -errno;
        if (fprintf(file, "%lld\n", (long long) office) < 0 || fflush(file) != 0 || fsync(fileno(file)) < 0)
                r = -errno;
        fclose(file);
        if (r == 0 && rename(temporary, path) < 0)
                r = -errno;
        if (r == 0)
                node->office = office;
        return r;
}

int node_open(const Config *config, NodeUse use, Node *ret) {
        size_t n;
        const Module *const *list = node_modules(&n);

        memset(ret, 0, sizeof(*ret));
        ret->config = *config;
        int r = registry_new(
                list, n, use == NODE_LOOK ? CAPABILITY_ANY : config_capabilities(config), &ret->registry);
        if (r < 0)
                return stopped("registry", r);
        if (use == NODE_LOOK)
                return 0;
        r = folders_make(ret);
        if (r < 0)
                return stopped(config->folder, r);
        r = office_read(ret);
        if (r < 0)
                return stopped("office", r);
        if (config->zone == ZONE_OUTER && ret->office != 0) {
                fprintf(stderr,
                        "fundnode: %s holds an office of the inner side; give the outer node a folder of "
                        "its own (3.0.4)\n",
                        config->folder);
                return -EEXIST;
        }
        r = keys_open(ret, use);
        if (r < 0)
                return stopped("keys", r);
        r = stores_open(ret, use);
        if (r < 0)
                return r;
        ret->engine = (Engine){ .registry = ret->registry,
                .keys = &ret->keys,
                .clock = &clock_real,
                .division = ret->config.division,
                .scratch = ret->config.folder,
                .digest_kind = config->algorithm == ALGORITHM_P256_SHA256 ? DIGEST_SHA256 : DIGEST_SM3 };
        memcpy(ret->engine.stores, ret->stores, sizeof(ret->stores));
        return 0;
}

void node_close(Node *node) {
        for (size_t i = 0; i < ELEMENTSOF(node->stores); i++)
                node->stores[i] = store_close(node->stores[i]);
        if (node->has_keys)
                keys_close(&node->keys);
        if (node->keys_process > 0)
                while (waitpid(node->keys_process, NULL, 0) < 0 && errno == EINTR)
                        ;
        node->registry = registry_free(node->registry);
        memset(node, 0, sizeof(*node));
}
