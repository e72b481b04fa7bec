/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "all.h"

void offer_references(const Registry *registry, const Module *module);
