/* SPDX-License-Identifier: MIT
 *
 * A run ends where the kind, the actual or the predicted number does.
 */
#include "metric/wrong-runs.h"

#include <string.h>

#include "metric/row-runs.h"

#define WRONG_BYTES (MS_KIND_WRONG * (UINT64_MAX / UINT8_MAX))

static int
skip_right(const uint8_t *kinds, int x, int end)
{
  uint64_t word;

  for (; x + (int)sizeof word <= end; x += (int)sizeof word) {
    memcpy(&word, kinds + x, sizeof word);
    if (word & WRONG_BYTES)
      break;
  }
  while (x < end && !(kinds[x] & MS_KIND_WRONG))
    x++;
  return x;
}

bool
ms_wrong_run_find(const MsPlanes *planes, int y, int x_begin, int x_end, MsWrongRun *run)
{
  const uint8_t *kinds = ms_raster_row(&planes->kinds, y);
  int x = skip_right(kinds, x_begin, x_end), end, bits = planes->actual.bits;

  if (x >= x_end)
    return false;
  end = ms_row_run_end_8(kinds, x, x_end);
  end = ms_row_run_end(ms_raster_row(&planes->actual, y), bits, x, end);
  end = ms_row_run_end(ms_raster_row(&planes->predicted, y), bits, x, end);
  *run = (MsWrongRun){.kind = (MsKind)kinds[x],
                      .actual = ms_raster_get(&planes->actual, x, y),
                      .predicted = ms_raster_get(&planes->predicted, x, y),
                      .x = x,
                      .y = y,
                      .length = end - x};
  return true;
}
