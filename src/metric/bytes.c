/* SPDX-License-Identifier: MIT
 *
 * See the header. All counters of the table add up to at most table_limit, so 32 bits suffice
 * between pourings.
 */
#include "metric/bytes.h"

#include <stdlib.h>
#include <string.h>

/* Small enough to be still in the cache when the kernel gives up and the table goes over it again.
 */
#define SLICE 32640

/* Where the kernel meets noise, this many pixels are counted one by one, and twice as many each
 * time it meets noise again at once. */
#define MIN_STRETCH 32
#define MAX_STRETCH 1024

void
ms_bytes_init(MsBytes *bytes, const MsKernels *kernels)
{
  *bytes = (MsBytes){.kernels = kernels, .table_limit = UINT32_MAX, .state = MS_BYTES_NEW};
}

static void
empty_table(MsByteTable *table)
{
  table->n_pixels = 0;
  memset(table->has_row, 0, sizeof table->has_row);
}

void
ms_bytes_empty(MsBytes *bytes)
{
  if (bytes->table)
    empty_table(bytes->table);
  bytes->state = MS_BYTES_NEW;
  memset(bytes->counts, 0, sizeof bytes->counts);
}

void
ms_bytes_clear(MsBytes *bytes)
{
  free(bytes->table);
  bytes->table = NULL;
  ms_bytes_empty(bytes);
}

/* The first of n samples that is not `value`; `value` itself when there is none. */
static uint8_t
other_value(const uint8_t *samples, size_t n, uint8_t value)
{
  size_t run = samples[0] == value ? ms_run_finder(8, 8)(samples, samples, n) : 0;

  return run < n ? samples[run] : value;
}

/* Gives sides that showed one value a second one; false when that changes nothing. */
static bool
learn_values(MsBytes *bytes, const uint8_t *actual, const uint8_t *predicted, size_t n)
{
  MsTwoValues *values = &bytes->values;
  uint64_t(*counts)[2] = bytes->counts;
  MsTwoValues before = *values;

  /* While both values are one, everything is counted as the second: it turns out to be the first.
   */
  if (values->actual[0] == values->actual[1]) {
    values->actual[1] = other_value(actual, n, values->actual[0]);
    for (int i = 0; i < 2 && values->actual[1] != before.actual[1]; i++) {
      counts[0][i] += counts[1][i];
      counts[1][i] = 0;
    }
  }
  if (values->predicted[0] == values->predicted[1]) {
    values->predicted[1] = other_value(predicted, n, values->predicted[0]);
    for (int i = 0; i < 2 && values->predicted[1] != before.predicted[1]; i++) {
      counts[i][0] += counts[i][1];
      counts[i][1] = 0;
    }
  }
  return memcmp(values, &before, sizeof before) != 0;
}

static bool
add_two_valued(MsBytes *bytes, const uint8_t *actual, const uint8_t *predicted, size_t n)
{
  MsTwoCounts counts;

  while (!bytes->kernels->two_valued(actual, predicted, n, &bytes->values, &counts)) {
    if (!learn_values(bytes, actual, predicted, n))
      return false;
  }
  bytes->counts[0][0] += n - counts.actual - counts.predicted + counts.both;
  bytes->counts[0][1] += counts.predicted - counts.both;
  bytes->counts[1][0] += counts.actual - counts.both;
  bytes->counts[1][1] += counts.both;
  return true;
}

static void
count_each(MsByteTable *table, const uint8_t *actual, const uint8_t *predicted, size_t n)
{
  size_t i = 0;

  for (; i + MS_BYTE_LANES <= n; i += MS_BYTE_LANES) {
    for (unsigned lane = 0; lane < MS_BYTE_LANES; lane++)
      ms_byte_table_add(table, actual[i + lane], predicted[i + lane], lane, 1);
  }
  for (; i < n; i++)
    ms_byte_table_add(table, actual[i], predicted[i], 0, 1);
}

static void
count_slice(const MsBytes *bytes, const uint8_t *actual, const uint8_t *predicted, size_t n)
{
  size_t stretch = MIN_STRETCH;

  for (size_t i = 0; i < n;) {
    size_t done = bytes->kernels->count(actual + i, predicted + i, n - i, bytes->table);
    size_t each;

    i += done;
    stretch = done > MIN_STRETCH ? MIN_STRETCH : stretch;
    each = stretch < n - i ? stretch : n - i;
    count_each(bytes->table, actual + i, predicted + i, each);
    i += each;
    stretch = stretch < MAX_STRETCH ? 2 * stretch : MAX_STRETCH;
  }
}

static size_t
gather_table(const MsByteTable *table, MsCell *cells)
{
  size_t n_cells = 0;

  for (uint32_t a = 0; a < MS_N_BYTES; a++) {
    for (uint32_t p = 0; table->has_row[a] && p < MS_N_BYTES; p++) {
      const uint32_t *lanes = table->counts[a][p];
      uint64_t count = (uint64_t)lanes[0] + lanes[1] + lanes[2] + lanes[3];

      if (count > 0)
        cells[n_cells++] = (MsCell){a, p, count};
    }
  }
  return n_cells;
}

/* Moves the table's counts to pairs; on an error they stay. */
static MsStatus
pour_table(MsByteTable *table, MsPairs *pairs)
{
  MsCell *cells = malloc(sizeof *cells * MS_N_BYTES * MS_N_BYTES);
  size_t n_cells;
  MsStatus status;

  if (!cells)
    return MS_STATUS_NO_MEMORY;
  n_cells = gather_table(table, cells);
  status = ms_pairs_reserve(pairs, n_cells);
  for (size_t i = 0; i < n_cells && status == MS_STATUS_OK; i++)
    status = ms_pairs_add(pairs, cells[i].actual, cells[i].predicted, cells[i].count);
  free(cells);
  if (status == MS_STATUS_OK)
    empty_table(table);
  return status;
}

static MsStatus
add_to_table(MsBytes *bytes, MsPairs *pairs, const uint8_t *actual, const uint8_t *predicted,
             size_t n)
{
  if (!bytes->table) {
    bytes->table = malloc(sizeof *bytes->table);
    if (!bytes->table)
      return MS_STATUS_NO_MEMORY;
    empty_table(bytes->table);
  }
  if (bytes->table->n_pixels + n > bytes->table_limit) {
    MsStatus status = pour_table(bytes->table, pairs);

    if (status != MS_STATUS_OK)
      return status;
  }
  bytes->table->n_pixels += n;
  count_slice(bytes, actual, predicted, n);
  return MS_STATUS_OK;
}

static MsStatus
add_slice(MsBytes *bytes, MsPairs *pairs, const uint8_t *actual, const uint8_t *predicted, size_t n)
{
  if (bytes->state == MS_BYTES_NEW) {
    bytes->values = (MsTwoValues){{actual[0], actual[0]}, {predicted[0], predicted[0]}};
    bytes->state = MS_BYTES_TWO_VALUED;
  }
  if (bytes->state == MS_BYTES_TWO_VALUED) {
    if (add_two_valued(bytes, actual, predicted, n))
      return MS_STATUS_OK;
    bytes->state = MS_BYTES_TABLE;
  }
  return add_to_table(bytes, pairs, actual, predicted, n);
}

MsStatus
ms_bytes_add(MsBytes *bytes, MsPairs *pairs, const uint8_t *actual, const uint8_t *predicted,
             size_t n)
{
  MsStatus status = MS_STATUS_OK;

  for (size_t i = 0; i < n && status == MS_STATUS_OK; i += SLICE)
    status = add_slice(bytes, pairs, actual + i, predicted + i, n - i < SLICE ? n - i : SLICE);
  return status;
}

size_t
ms_bytes_max_cells(const MsBytes *bytes)
{
  size_t n_rows = 0;

  for (int a = 0; bytes->table && a < MS_N_BYTES; a++)
    n_rows += bytes->table->has_row[a];
  return 4 + n_rows * MS_N_BYTES;
}

size_t
ms_bytes_gather(const MsBytes *bytes, MsCell *cells)
{
  size_t n_cells = bytes->table ? gather_table(bytes->table, cells) : 0;

  for (int a = 0; a < 2; a++) {
    for (int p = 0; p < 2; p++) {
      if (bytes->counts[a][p] > 0)
        cells[n_cells++] =
            (MsCell){bytes->values.actual[a], bytes->values.predicted[p], bytes->counts[a][p]};
    }
  }
  return n_cells;
}
