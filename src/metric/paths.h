/* SPDX-License-Identifier: MIT
 *
 * Doors for the tests: the public functions choose the fastest code for the processor they run on,
 * these take it by name, so that every path can be held to the same integers on one machine.
 */
#pragma once

#include "metric/joint.h"
#include "metric/kernels.h"
#include "metric/kinds.h"

#pragma GCC visibility push(hidden)

/* Before anything is counted. table_limit: see metric/bytes.h; UINT32_MAX is usual. */
void ms_joint_use(MsJoint *joint, const MsKernels *kernels, uint32_t table_limit);

/* ms_kinds_paint() with the kernels given. */
MsStatus ms_kinds_paint_with(const MsKernels *kernels, const MsKindsSource *source, int first_row,
                             int n_rows, uint8_t *kinds, ptrdiff_t stride);

#pragma GCC visibility pop
