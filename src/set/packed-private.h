/* SPDX-License-Identifier: MIT
 *
 * A door for the tests: programs ask a histogram for what they need of it.
 */
#pragma once

#include "set/packed.h"

G_BEGIN_DECLS

/* Everything, the caller's. Without stacks both are NULL. Errors: INVALID, NO_MEMORY. */
MsStatus ms_packed_unpack(const MsPacked *packed, MsJoint **joint, MsStacks **actual,
                          MsStacks **predicted);

G_END_DECLS
