/* SPDX-License-Identifier: MIT
 *
 * Rows of cells are made one before columns are looked at. Where fewer cells overlap than there are
 * taps the last one repeats: united twice it is the same, of colours it counts once.
 */
#include "render/overlay-sampler.h"

#include <string.h>

#include "render/majority.h"

static void
unite_row(uint8_t *restrict united, const uint8_t *restrict row, int n)
{
  for (int i = 0; i < n; i++)
    united[i] |= row[i];
}

/* The rows of cells under device row y as one; lent from the level where there is but one. */
static const uint8_t *
unite_rows(const MsSampler *sampler, int y, uint8_t *united)
{
  const uint8_t *row = ms_sampler_row(sampler, y, 0, 1);
  int n = ms_sampler_n_columns(sampler);

  if (sampler->rows.taps == 1)
    return row;
  memcpy(united, row, (size_t)n);
  for (int tap = 1; tap < sampler->rows.taps; tap++)
    unite_row(united, ms_sampler_row(sampler, y, tap, 1), n);
  return united;
}

/* `taps` is a constant wherever this is called with few, so that the inner loop unrolls. */
static inline void
unite_columns(const MsAxis *columns, int taps, const uint8_t *row, uint8_t *kinds)
{
  int first = columns->cells[0];

  for (int x = 0; x < columns->length; x++) {
    const int *cells = columns->cells + (size_t)x * (size_t)taps;
    unsigned united = 0;

    for (int tap = 0; tap < taps; tap++)
      united |= row[cells[tap] - first];
    kinds[x] = (uint8_t)united;
  }
}

size_t
ms_sample_kinds_scratch(const MsSampler *sampler)
{
  return (size_t)ms_sampler_n_columns(sampler);
}

void
ms_sample_kinds_row(const MsSampler *sampler, int y, void *scratch, uint8_t *kinds)
{
  const MsAxis *columns = &sampler->columns;
  const uint8_t *row = unite_rows(sampler, y, scratch);

  if (columns->taps == 1)
    unite_columns(columns, 1, row, kinds);
  else if (columns->taps == 2)
    unite_columns(columns, 2, row, kinds);
  else if (columns->taps == 3)
    unite_columns(columns, 3, row, kinds);
  else
    unite_columns(columns, columns->taps, row, kinds);
}

/* ---- class colours ---- */

size_t
ms_sample_colors_scratch(const MsSampler *sampler)
{
  size_t taps = (size_t)sampler->rows.taps;

  return taps * sizeof(uint32_t *) + taps * (size_t)sampler->columns.taps * sizeof(uint32_t);
}

static int
list_rows(const MsSampler *sampler, int y, const uint32_t **rows)
{
  int n = 0;

  for (int tap = 0; tap < sampler->rows.taps; tap++) {
    const uint32_t *row = (const uint32_t *)ms_sampler_row(sampler, y, tap, 4);

    if (n == 0 || row != rows[n - 1])
      rows[n++] = row;
  }
  return n;
}

/* The cells under a device pixel, row by row; their number. */
static inline int
gather(const MsAxis *columns, const uint32_t *const *rows, int n_rows, int x, uint32_t *cells)
{
  const int *places = columns->cells + (size_t)x * (size_t)columns->taps;
  int first = columns->cells[0], n = 0;

  for (int row = 0; row < n_rows; row++)
    for (int tap = 0; tap < columns->taps; tap++)
      if (tap == 0 || places[tap] != places[tap - 1])
        cells[n++] = rows[row][places[tap] - first];
  return n;
}

/* Most device pixels lie inside one class. */
static inline bool
are_all(const MsAxis *columns, const uint32_t *const *rows, int n_rows, int x, uint32_t color)
{
  const int *places = columns->cells + (size_t)x * (size_t)columns->taps;
  int first = columns->cells[0];
  uint32_t differ = 0;

  for (int row = 0; row < n_rows; row++)
    for (int tap = 0; tap < columns->taps; tap++)
      differ |= rows[row][places[tap] - first] ^ color;
  return differ == 0;
}

static inline uint32_t
choose_color(const MsAxis *columns, const uint32_t *const *rows, int n_rows, int x, uint32_t *cells)
{
  uint32_t first = rows[0][columns->cells[(size_t)x * (size_t)columns->taps] - columns->cells[0]];

  if (are_all(columns, rows, n_rows, x, first))
    return first;
  return ms_majority(cells, gather(columns, rows, n_rows, x, cells));
}

void
ms_sample_colors_row(const MsSampler *sampler, int y, void *scratch, uint32_t *colors)
{
  const uint32_t **rows = scratch;
  uint32_t *cells = (uint32_t *)(rows + sampler->rows.taps);
  int n_rows = list_rows(sampler, y, rows);

  if (n_rows == 1 && sampler->columns.taps == 1) {
    for (int x = 0; x < sampler->columns.length; x++)
      colors[x] = rows[0][sampler->columns.cells[x] - sampler->columns.cells[0]];
    return;
  }
  for (int x = 0; x < sampler->columns.length; x++)
    colors[x] = choose_color(&sampler->columns, rows, n_rows, x, cells);
}
