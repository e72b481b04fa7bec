/* SPDX-License-Identifier: Apache-2.0 */
/* Where a node's secrets live. The product talks to `fundnode keys`, a process of its own that can sign,
 * seal, open and mac and nothing else; command line tools and tests may hold the same keys in process; the
 * simulator invents its own.
 *
 * Files in the key folder (0700, files 0600, made at the first start, never overwritten; a file of the same
 * name in $CREDENTIALS_DIRECTORY goes first): profile, identity.pem, vault.key, index.key, rights.key,
 * recovery.public, and once, for hand-over, recovery-share-office.txt, -city.txt, -province.txt. */
#pragma once

#include <sys/types.h>

#include <node/crypto.h>

#define KEYS_MESSAGE_BYTES_MAX (8u << 20) /* one operation: associated and message together */

typedef enum VaultMethod {          /* stored: never change */
        VAULT_SM4_CTR_HMAC_SM3 = 1, /* default; the national profile has no other */
        VAULT_AES_256_GCM = 2,
} VaultMethod;

/* Says what the first start is to make; does nothing when the folder has a profile already. Makes the
 * folder. */
int keys_configure(const char *key_dir, Algorithm algorithm, VaultMethod method) _must_check_;

/* The keys of the folder, made where they are missing, in this very process. -EPERM: modes or owner too lax,
 * -EMALFORMED_: a file that is not what it should be. Thread safe. */
int keys_software_open(const char *key_dir, Keys *ret) _must_check_;
/* Equal seeds give equal keys, signatures and seals. Thread safe. */
int keys_simulation(uint64_t seed, Keys *ret) _must_check_;

/* Starts `self_exe keys 3 key_dir` with the socket as descriptor 3 and waits until it holds its keys.
 * Failures of keys_software_open() come back as they are. Thread safe; -EIO once the process has gone. */
int keys_process_start(const char *self_exe, const char *key_dir, Keys *ret, pid_t *ret_pid) _must_check_;
/* What the started program calls. Ends when the other end closes; never returns after a good start. */
int keys_process_main(int socket_fd, const char *key_dir);

/* Any of the three; the keys process ends by itself, its pid is the caller's to wait for. */
void keys_close(Keys *keys);
