/* SPDX-License-Identifier: MIT
 *
 * The band, row by row. A row is cut into runs of one number; inside those the columns that stay as
 * they were in the row above, nearly all of them, cost a comparison.
 */
#include "metric/band.h"

#include <stdlib.h>
#include <string.h>

#include "metric/row-runs.h"

static void
fill(int *since, int begin, int end, int row)
{
  for (int x = begin; x < end; x++)
    since[x] = row;
}

#define DEFINE_FEED(name, type, run_end)                                                           \
  static void name(MsBand *band, const void *row, const void *above, int y)                        \
  {                                                                                                \
    const type *now = row, *before = above;                                                        \
    const int n = band->numbers.width, d = band->width;                                            \
    int *since = band->since;                                                                      \
                                                                                                   \
    for (int begin = 0, end; begin < n; begin = end) {                                             \
      int inner, outer;                                                                            \
                                                                                                   \
      end = run_end(now, begin, n);                                                                \
      inner = end - begin > d ? begin + d : end;                                                   \
      outer = end - inner > d ? end - d : inner;                                                   \
      fill(since, begin, inner, y + 1);                                                            \
      for (int x = inner; x < outer; x++)                                                          \
        since[x] = now[x] == before[x] ? since[x] : y;                                             \
      fill(since, outer, end, y + 1);                                                              \
    }                                                                                              \
  }

DEFINE_FEED(feed_8, uint8_t, ms_row_run_end_8)
DEFINE_FEED(feed_16, uint16_t, ms_row_run_end_16)
DEFINE_FEED(feed_32, uint32_t, ms_row_run_end_32)

static void
feed(MsBand *band, int y)
{
  const void *row = ms_raster_row(&band->numbers, y);
  const void *above = y > 0 ? ms_raster_row(&band->numbers, y - 1) : row;

  switch (band->numbers.bits) {
  case 8:
    feed_8(band, row, above, y);
    break;
  case 16:
    feed_16(band, row, above, y);
    break;
  default:
    feed_32(band, row, above, y);
  }
}

MsStatus
ms_band_init(MsBand *band, const MsRaster *numbers, int width)
{
  int longest = numbers->width > numbers->height ? numbers->width : numbers->height;
  int *since = calloc((size_t)numbers->width, sizeof *since);

  if (!since)
    return MS_STATUS_NO_MEMORY;
  *band = (MsBand){
      .numbers = *numbers, .width = width < longest ? width : longest, .y = -1, .since = since};
  return MS_STATUS_OK;
}

void
ms_band_clear(MsBand *band)
{
  free(band->since);
  memset(band, 0, sizeof *band);
}

void
ms_band_next(MsBand *band)
{
  int height = band->numbers.height;

  if (band->y + 1 >= height)
    return;
  band->y++;
  while (band->n_fed < height && band->n_fed <= band->y + band->width)
    feed(band, band->n_fed++);
  band->limit = band->y + band->width < height ? band->y - band->width : -1;
}
