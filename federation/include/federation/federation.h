/* SPDX-License-Identifier: Apache-2.0 */
/* The federation as a module: its tables, commands and views stand in the registry like those of any other.
 */
#pragma once

#include <node/module.h>

extern const Module module_federation;

/* Wire numbers of rows that are not records of a module. Frozen. */
#define FEDERATION_ROW_FACT 60001
#define FEDERATION_ROW_ATTESTATION 60002
#define FEDERATION_ROW_CHAIN 60003
