/* SPDX-License-Identifier: MIT
 *
 * The joint histogram: sorted cells, plus counters for what came since they were sorted. 8-bit
 * pairs go to metric/bytes.h, all others run by run to metric/pairs.h; compacting joins everything.
 */
#include "metric/joint.h"

#include <stdlib.h>
#include <string.h>

#include "metric/bytes.h"
#include "metric/pairs.h"
#include "metric/paths.h"
#include "metric/size.h"
#include "metric/wide.h"

/* How many pixels are counted between two questions whether to go on. */
#define PIXELS_A_STEP (1 << 20)

struct MsJoint {
  uint64_t total;
  MsCell *cells;
  size_t n_cells;
  bool is_compact; /* nothing is in the counters below */
  MsBytes bytes;
  MsWide wide;
  MsPairs pairs;
};

MsStatus
ms_joint_new(MsJoint **joint)
{
  MsJoint *made = calloc(1, sizeof *made);

  if (!made)
    return MS_STATUS_NO_MEMORY;
  made->is_compact = true;
  ms_bytes_init(&made->bytes, ms_kernels_best());
  *joint = made;
  return MS_STATUS_OK;
}

static bool
is_before(const MsCell *a, const MsCell *b)
{
  return a->actual < b->actual || (a->actual == b->actual && a->predicted < b->predicted);
}

static MsStatus
add_up(const MsCell *cells, size_t n_cells, uint64_t *total)
{
  *total = 0;
  for (size_t i = 0; i < n_cells; i++)
    if (cells[i].count == 0 || (i > 0 && !is_before(&cells[i - 1], &cells[i])) ||
        __builtin_add_overflow(*total, cells[i].count, total))
      return MS_STATUS_INVALID;
  return MS_STATUS_OK;
}

MsStatus
ms_joint_new_of_cells(const MsCell *cells, size_t n_cells, MsJoint **joint)
{
  MsJoint *made;
  uint64_t total;
  size_t size;
  MsStatus status = add_up(cells, n_cells, &total);

  if (status == MS_STATUS_OK && !ms_size_mul(n_cells, sizeof *cells, &size))
    status = MS_STATUS_TOO_LARGE;
  if (status == MS_STATUS_OK)
    status = ms_joint_new(&made);
  if (status != MS_STATUS_OK)
    return status;
  made->cells = n_cells > 0 ? malloc(size) : NULL;
  if (n_cells > 0 && !made->cells) {
    ms_joint_free(made);
    return MS_STATUS_NO_MEMORY;
  }
  if (n_cells > 0)
    memcpy(made->cells, cells, size);
  made->n_cells = n_cells;
  made->total = total;
  *joint = made;
  return MS_STATUS_OK;
}

void
ms_joint_free(MsJoint *joint)
{
  if (!joint)
    return;
  ms_bytes_clear(&joint->bytes);
  ms_wide_clear(&joint->wide);
  ms_pairs_clear(&joint->pairs);
  free(joint->cells);
  free(joint);
}

void
ms_joint_use(MsJoint *joint, const MsKernels *kernels, uint32_t table_limit)
{
  joint->bytes.kernels = kernels;
  joint->bytes.table_limit = table_limit;
}

/* n pixels that lie side by side in both rasters, from the start of row y on. */
static MsStatus
add_stretch(MsJoint *joint, const MsRaster *actual, const MsRaster *predicted, int y, size_t n)
{
  const void *a = ms_raster_row(actual, y), *p = ms_raster_row(predicted, y);

  if (actual->bits == 8 && predicted->bits == 8)
    return ms_bytes_add(&joint->bytes, &joint->pairs, a, p, n);
  return ms_wide_add(&joint->wide, &joint->pairs, a, actual->bits, p, predicted->bits, n);
}

static bool
is_gapless(const MsRaster *raster)
{
  return raster->stride == (ptrdiff_t)raster->width * (raster->bits / 8);
}

static MsStatus
check_pair(const MsRaster *actual, const MsRaster *predicted)
{
  if (actual->width != predicted->width || actual->height != predicted->height)
    return MS_STATUS_SIZE_MISMATCH;
  return MS_STATUS_OK;
}

MsStatus
ms_joint_add_rows(MsJoint *joint, const MsRaster *actual, const MsRaster *predicted, int first_row,
                  int n_rows)
{
  MsStatus status = check_pair(actual, predicted);
  size_t width = (size_t)actual->width;

  if (status != MS_STATUS_OK)
    return status;
  if (first_row < 0 || n_rows < 0 || n_rows > actual->height - first_row)
    return MS_STATUS_INVALID;
  if (n_rows == 0)
    return MS_STATUS_OK;

  joint->is_compact = false;
  if (is_gapless(actual) && is_gapless(predicted)) {
    status = add_stretch(joint, actual, predicted, first_row, width * (size_t)n_rows);
  } else {
    for (int y = first_row; y < first_row + n_rows && status == MS_STATUS_OK; y++)
      status = add_stretch(joint, actual, predicted, y, width);
  }
  if (status == MS_STATUS_OK)
    joint->total += (uint64_t)width * (uint64_t)n_rows;
  return status;
}

static void
count_bit_rows(const MsKernels *kernels, const uint8_t *actual, const uint8_t *predicted, int width,
               int n_rows, MsTwoCounts *counts)
{
  size_t whole = (size_t)width / 8, row_bytes = ((size_t)width + 7) / 8;
  uint8_t last = (uint8_t)(0xff00u >> width % 8);

  if (whole == row_bytes) {
    kernels->bits(actual, predicted, row_bytes * (size_t)n_rows, counts);
    return;
  }
  for (int y = 0; y < n_rows; y++, actual += row_bytes, predicted += row_bytes) {
    uint8_t a = actual[whole] & last, p = predicted[whole] & last;

    kernels->bits(actual, predicted, whole, counts);
    kernels->bits(&a, &p, 1, counts);
  }
}

MsStatus
ms_joint_add_bits(MsJoint *joint, const uint8_t *actual, const uint8_t *predicted, int width,
                  int n_rows)
{
  const uint64_t total = (uint64_t)width * (uint64_t)n_rows;
  MsTwoCounts counts = {0};
  uint64_t cells[2][2];
  MsStatus status = ms_pairs_reserve(&joint->pairs, 4);

  if (status != MS_STATUS_OK)
    return status;
  count_bit_rows(joint->bytes.kernels, actual, predicted, width, n_rows, &counts);
  cells[1][1] = counts.both;
  cells[1][0] = counts.actual - counts.both;
  cells[0][1] = counts.predicted - counts.both;
  cells[0][0] = total - counts.actual - cells[0][1];
  joint->is_compact = false;
  for (uint32_t i = 0; i < 4 && status == MS_STATUS_OK; i++)
    if (cells[i / 2][i % 2] > 0)
      status = ms_pairs_add(&joint->pairs, i / 2, i % 2, cells[i / 2][i % 2]);
  if (status == MS_STATUS_OK)
    joint->total += total;
  return status;
}

MsStatus
ms_joint_add(MsJoint *joint, const MsRaster *actual, const MsRaster *predicted,
             const MsControl *control)
{
  MsStatus status = check_pair(actual, predicted);
  int rows_a_step = PIXELS_A_STEP / actual->width + 1;

  for (int y = 0; y < actual->height && status == MS_STATUS_OK; y += rows_a_step) {
    int n_rows = actual->height - y < rows_a_step ? actual->height - y : rows_a_step;

    if (!ms_control_go_on(control, (double)y / actual->height))
      return MS_STATUS_CANCELLED;
    status = ms_joint_add_rows(joint, actual, predicted, y, n_rows);
  }
  return status;
}

/* All counts as sorted cells, the caller's to free; NULL with no cells. */
static MsStatus
gather_cells(const MsJoint *joint, MsCell **cells, size_t *n_cells)
{
  size_t size, n = joint->n_cells;
  MsCell *made;
  MsStatus status;

  *cells = NULL;
  *n_cells = 0;
  if (!ms_size_add(n, joint->pairs.n_used, &size) ||
      !ms_size_add(size, ms_bytes_max_cells(&joint->bytes), &size) ||
      !ms_size_add(size, ms_wide_max_cells(&joint->wide), &size) ||
      !ms_size_mul(size, sizeof *made, &size))
    return MS_STATUS_TOO_LARGE;
  made = malloc(size);
  if (!made)
    return MS_STATUS_NO_MEMORY;

  if (n > 0)
    memcpy(made, joint->cells, n * sizeof *made);
  n += ms_bytes_gather(&joint->bytes, made + n);
  n += ms_wide_gather(&joint->wide, made + n);
  n += ms_pairs_gather(&joint->pairs, made + n);
  status = ms_cells_sort(made, &n);
  if (status != MS_STATUS_OK || n == 0) {
    free(made);
    return status;
  }
  *cells = made;
  *n_cells = n;
  return MS_STATUS_OK;
}

MsStatus
ms_joint_merge(MsJoint *joint, const MsJoint *other)
{
  uint64_t more = other->total;
  MsCell *cells;
  size_t n_cells;
  MsStatus status = gather_cells(other, &cells, &n_cells);

  if (status == MS_STATUS_OK)
    status = ms_pairs_reserve(&joint->pairs, n_cells);
  for (size_t i = 0; i < n_cells && status == MS_STATUS_OK; i++)
    status = ms_pairs_add(&joint->pairs, cells[i].actual, cells[i].predicted, cells[i].count);
  free(cells);
  if (status == MS_STATUS_OK) {
    joint->total += more;
    joint->is_compact = false;
  }
  return status;
}

void
ms_joint_empty(MsJoint *joint)
{
  free(joint->cells);
  joint->cells = NULL;
  joint->n_cells = 0;
  joint->total = 0;
  ms_bytes_empty(&joint->bytes);
  ms_wide_clear(&joint->wide);
  ms_pairs_clear(&joint->pairs);
  joint->is_compact = true;
}

MsStatus
ms_joint_drain(MsJoint *joint, MsCell **cells, size_t *n_cells)
{
  MsStatus status = gather_cells(joint, cells, n_cells);

  if (status == MS_STATUS_OK)
    ms_joint_empty(joint);
  return status;
}

MsStatus
ms_joint_compact(MsJoint *joint)
{
  MsCell *cells, *trimmed;
  size_t n_cells;
  MsStatus status;

  if (joint->is_compact)
    return MS_STATUS_OK;
  status = gather_cells(joint, &cells, &n_cells);
  if (status != MS_STATUS_OK)
    return status;
  trimmed = n_cells > 0 ? realloc(cells, n_cells * sizeof *cells) : NULL;

  free(joint->cells);
  joint->cells = trimmed ? trimmed : cells;
  joint->n_cells = n_cells;
  ms_bytes_clear(&joint->bytes);
  ms_wide_clear(&joint->wide);
  ms_pairs_clear(&joint->pairs);
  joint->is_compact = true;
  return MS_STATUS_OK;
}

MsStatus
ms_joint_cells(MsJoint *joint, const MsCell **cells, size_t *n_cells)
{
  MsStatus status = ms_joint_compact(joint);

  if (status != MS_STATUS_OK)
    return status;
  *cells = joint->cells;
  *n_cells = joint->n_cells;
  return MS_STATUS_OK;
}

uint64_t
ms_joint_total(const MsJoint *joint)
{
  return joint->total;
}
