/* SPDX-License-Identifier: Apache-2.0 */
/* Disks of the simulator: SQLite files in memory with two images each, what was written and what is durable.
 * A crash keeps what was synchronised; of the rest each sector is lost, kept or torn by chance. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DISK_VFS "simulated"

/* All chance of disks comes from here. */
typedef uint64_t (*DiskChance)(void *data);
int disk_register(DiskChance chance, void *data);
/* Files are named "NODE/…": the number before the slash says whose they are. */
void disk_crash(int node);
/* After so many more writes and synchronisations of this node everything fails until disk_crash(); 0 =
 * never. */
void disk_fail_after(int node, int operations);
bool disk_failed(int node);
void disk_forget_all(void);
