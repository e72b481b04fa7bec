/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures of the simulator: anyone can make them, equal seeds give equal bytes. Refused by the product.
 */
#pragma once

#include <node/crypto.h>
#include <node/error.h>

int simulation_verify(const PublicKey *key, Bytes message, const Signature *signature) _must_check_;
