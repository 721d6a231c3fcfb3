/* SPDX-License-Identifier: MIT
 *
 * One part of a long computation: asks the control of the whole, with fractions of the whole.
 */
#pragma once

#include "metric/status.h"

#pragma GCC visibility push(hidden)

typedef struct {
  const MsControl *whole; /* NULL is fine */
  double begin;           /* 0 <= begin <= end <= 1 */
  double end;
} MsPart;

static inline bool
ms_part_go_on(void *user, double fraction)
{
  const MsPart *part = user;

  return ms_control_go_on(part->whole, part->begin + fraction * (part->end - part->begin));
}

/* The part must outlive the control. */
static inline MsControl
ms_part_control(MsPart *part)
{
  return (MsControl){.go_on = ms_part_go_on, .user = part};
}

#pragma GCC visibility pop
