/* SPDX-License-Identifier: MIT
 *
 * See the header. The table keeps four counters a pair, side by side: in noise, neighbouring pixels
 * of one pair would otherwise wait for each other's store. A pair's counters add up to at most
 * table_limit, so 32 bits suffice between pourings.
 */
#include "metric/bytes.h"

#include <stdlib.h>
#include <string.h>

/* Small enough to be still in the cache when the kernel gives up and the table goes over it again.
 */
#define SLICE 32640

#define LANES       4
#define N_VALUES    256
#define ROW         (N_VALUES + 20) /* rows 4 KiB apart would share a few lines of the cache */
#define SHORT_RUN   4               /* a run below it says noise ... */
#define MIN_STRETCH 16              /* ... so count this many pixels one by one, */
#define MAX_STRETCH 1024            /* and twice as many each time it happens again */

struct MsByteTable {
  uint64_t n_pixels;
  uint8_t seen[N_VALUES]; /* actual samples that occurred, so that only their rows are read */
  uint32_t counts[N_VALUES][ROW][LANES];
};

void
ms_bytes_init(MsBytes *bytes, const MsKernels *kernels)
{
  *bytes = (MsBytes){.kernels = kernels, .table_limit = UINT32_MAX, .state = MS_BYTES_NEW};
}

void
ms_bytes_clear(MsBytes *bytes)
{
  free(bytes->table);
  bytes->table = NULL;
  bytes->state = MS_BYTES_NEW;
  memset(bytes->counts, 0, sizeof bytes->counts);
}

/* The first of n samples that is not `value`; `value` itself when there is none. */
static uint8_t
other_value(const MsBytes *bytes, const uint8_t *samples, size_t n, uint8_t value)
{
  size_t run = samples[0] == value ? bytes->kernels->run8(samples, samples, n) : 0;

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
    values->actual[1] = other_value(bytes, actual, n, values->actual[0]);
    for (int i = 0; i < 2 && values->actual[1] != before.actual[1]; i++) {
      counts[0][i] += counts[1][i];
      counts[1][i] = 0;
    }
  }
  if (values->predicted[0] == values->predicted[1]) {
    values->predicted[1] = other_value(bytes, predicted, n, values->predicted[0]);
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

  for (; i + LANES <= n; i += LANES) {
    for (int lane = 0; lane < LANES; lane++) {
      table->counts[actual[i + lane]][predicted[i + lane]][lane]++;
      table->seen[actual[i + lane]] = 1;
    }
  }
  for (; i < n; i++) {
    table->counts[actual[i]][predicted[i]][0]++;
    table->seen[actual[i]] = 1;
  }
}

static void
count_runs(MsByteTable *table, MsRunFinder find_run, const uint8_t *actual,
           const uint8_t *predicted, size_t n)
{
  size_t stretch = MIN_STRETCH;

  for (size_t i = 0; i < n;) {
    size_t run = find_run(actual + i, predicted + i, n - i);

    table->counts[actual[i]][predicted[i]][0] += (uint32_t)run;
    table->seen[actual[i]] = 1;
    i += run;
    if (run >= SHORT_RUN) {
      stretch = MIN_STRETCH;
    } else {
      size_t each = stretch < n - i ? stretch : n - i;

      count_each(table, actual + i, predicted + i, each);
      i += each;
      stretch = stretch < MAX_STRETCH ? 2 * stretch : MAX_STRETCH;
    }
  }
}

static size_t
gather_table(const MsByteTable *table, MsCell *cells)
{
  size_t n_cells = 0;

  for (uint32_t a = 0; a < N_VALUES; a++) {
    for (uint32_t p = 0; table->seen[a] && p < N_VALUES; p++) {
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
  MsCell *cells = malloc(sizeof *cells * N_VALUES * N_VALUES);
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
    memset(table, 0, sizeof *table);
  return status;
}

static MsStatus
add_to_table(MsBytes *bytes, MsPairs *pairs, const uint8_t *actual, const uint8_t *predicted,
             size_t n)
{
  if (!bytes->table) {
    bytes->table = calloc(1, sizeof *bytes->table);
    if (!bytes->table)
      return MS_STATUS_NO_MEMORY;
  }
  if (bytes->table->n_pixels + n > bytes->table_limit) {
    MsStatus status = pour_table(bytes->table, pairs);

    if (status != MS_STATUS_OK)
      return status;
  }
  bytes->table->n_pixels += n;
  count_runs(bytes->table, bytes->kernels->run8, actual, predicted, n);
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

  for (int a = 0; bytes->table && a < N_VALUES; a++)
    n_rows += bytes->table->seen[a];
  return 4 + n_rows * N_VALUES;
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
