/* SPDX-License-Identifier: Apache-2.0 */
/* The files this module reads, besides building tables. */
#pragma once

#include <node/importer.h>

extern const Importer essential_ownership_file, essential_facility_file;
