/* SPDX-License-Identifier: MIT
 *
 * The wrong pixels of a row, as runs that are alike in all that matters. Right ones are passed over
 * eight at a time.
 */
#pragma once

#include "metric/planes.h"

#pragma GCC visibility push(hidden)

typedef struct {
  MsKind kind;
  uint32_t actual; /* class numbers */
  uint32_t predicted;
  int x, y;
  int length;
} MsWrongRun;

/* The first one within x_begin <= x < x_end of a row, to which it is cut; false: there is none. */
bool ms_wrong_run_find(const MsPlanes *planes, int y, int x_begin, int x_end, MsWrongRun *run);

#pragma GCC visibility pop
