/* SPDX-License-Identifier: MIT
 *
 * Everything that was packed: for curves of stacks (set/curves.c) and for the tests. Others ask a
 * histogram for what they need of it.
 */
#pragma once

#include "set/packed.h"

G_BEGIN_DECLS

/* Everything, the caller's. Without stacks both are NULL. Errors: INVALID, NO_MEMORY. */
MsStatus ms_packed_unpack(const MsPacked *packed, MsJoint **joint, MsStacks **actual,
                          MsStacks **predicted);

G_END_DECLS
