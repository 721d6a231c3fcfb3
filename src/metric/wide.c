/* SPDX-License-Identifier: MIT
 *
 * See the header. One counting loop a pair of sample types, so that in noise, where every run is
 * one pixel, nothing but the counter's cache line is waited for.
 */
#include "metric/wide.h"

#include <stdlib.h>
#include <string.h>

#define N_COLUMNS  65536
#define MANY_PAIRS 4096

void
ms_wide_clear(MsWide *wide)
{
  for (size_t i = 0; i < wide->n_rows; i++)
    free(wide->rows[i].counts);
  memset(wide, 0, sizeof *wide);
}

/* The counters of an actual id; NULL when there are MS_WIDE_MAX_ROWS others, or no memory. */
static uint64_t *
find_row(MsWide *wide, uint32_t actual)
{
  uint64_t *counts;

  for (size_t i = 0; i < wide->n_rows; i++) {
    if (wide->rows[i].actual == actual)
      return wide->rows[i].counts;
  }
  if (wide->n_rows == MS_WIDE_MAX_ROWS)
    return NULL;
  counts = calloc(N_COLUMNS, sizeof *counts);
  if (counts)
    wide->rows[wide->n_rows++] = (MsWideRow){actual, counts};
  return counts;
}

static MsStatus
add_run(MsWide *wide, MsPairs *pairs, bool may_use_rows, uint32_t actual, uint32_t predicted,
        size_t run)
{
  uint64_t *row = NULL;

  if (may_use_rows && (wide->n_rows > 0 || pairs->n_used >= MANY_PAIRS))
    row = find_row(wide, actual);
  if (!row)
    return ms_pairs_add(pairs, actual, predicted, run);
  row[predicted] += run;
  return MS_STATUS_OK;
}

#define DEFINE_ADD(name, actual_type, predicted_type)                                              \
  static MsStatus name(MsWide *wide, MsPairs *pairs, MsRunFinder find_run, const void *actual,     \
                       const void *predicted, size_t n)                                            \
  {                                                                                                \
    const actual_type *a = actual;                                                                 \
    const predicted_type *p = predicted;                                                           \
    const bool may_use_rows = sizeof *p == 2;                                                      \
    MsStatus status = MS_STATUS_OK;                                                                \
                                                                                                   \
    for (size_t i = 0; i < n && status == MS_STATUS_OK;) {                                         \
      bool alone = i + 1 < n && (a[i] != a[i + 1] || p[i] != p[i + 1]);                            \
      size_t run = alone ? 1 : find_run(a + i, p + i, n - i);                                      \
                                                                                                   \
      status = add_run(wide, pairs, may_use_rows, a[i], p[i], run);                                \
      i += run;                                                                                    \
    }                                                                                              \
    return status;                                                                                 \
  }

DEFINE_ADD(add_8_16, uint8_t, uint16_t)
DEFINE_ADD(add_8_32, uint8_t, uint32_t)
DEFINE_ADD(add_16_8, uint16_t, uint8_t)
DEFINE_ADD(add_16_16, uint16_t, uint16_t)
DEFINE_ADD(add_16_32, uint16_t, uint32_t)
DEFINE_ADD(add_32_8, uint32_t, uint8_t)
DEFINE_ADD(add_32_16, uint32_t, uint16_t)
DEFINE_ADD(add_32_32, uint32_t, uint32_t)

typedef MsStatus (*Adder)(MsWide *wide, MsPairs *pairs, MsRunFinder find_run, const void *actual,
                          const void *predicted, size_t n);

MsStatus
ms_wide_add(MsWide *wide, MsPairs *pairs, const void *actual, int actual_bits,
            const void *predicted, int predicted_bits, size_t n)
{
  static const Adder adders[3][3] = {
      {NULL, add_8_16, add_8_32}, /* two rasters of 8 bits: metric/bytes.h */
      {add_16_8, add_16_16, add_16_32},
      {add_32_8, add_32_16, add_32_32},
  };
  MsRunFinder find_run = ms_run_finder(actual_bits, predicted_bits);

  return adders[actual_bits / 16][predicted_bits / 16](wide, pairs, find_run, actual, predicted, n);
}

size_t
ms_wide_max_cells(const MsWide *wide)
{
  return wide->n_rows * N_COLUMNS;
}

size_t
ms_wide_gather(const MsWide *wide, MsCell *cells)
{
  size_t n_cells = 0;

  for (size_t i = 0; i < wide->n_rows; i++) {
    for (uint32_t p = 0; p < N_COLUMNS; p++) {
      if (wide->rows[i].counts[p] > 0)
        cells[n_cells++] = (MsCell){wide->rows[i].actual, p, wide->rows[i].counts[p]};
    }
  }
  return n_cells;
}
