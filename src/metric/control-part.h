/* SPDX-License-Identifier: MIT
 *
 * A part of a long computation asks as if it were the whole, and its caller hears of its share.
 */
#pragma once

#include "metric/status.h"

typedef struct {
  const MsControl *whole; /* NULL never stops */
  double from;
  double share;
} MsControlPart;

static inline bool
ms_control_part_go_on(void *user, double fraction)
{
  const MsControlPart *part = user;

  return ms_control_go_on(part->whole, part->from + part->share * fraction);
}

/* Borrows the part. */
static inline MsControl
ms_control_part(MsControlPart *part)
{
  return (MsControl){.go_on = ms_control_part_go_on, .user = part};
}
