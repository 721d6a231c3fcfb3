/* SPDX-License-Identifier: MIT
 *
 * Eight resamples at a time, each a lane. A resample is a list of weights, how often each unit was
 * drawn, and its sums are those of the units times their weights: the units are read in order, once
 * for eight resamples, in tiles that stay in the cache, and no sum depends on the width of vectors.
 * Shaped for 100,000 units of a few classes, and not slow for five.
 */
#include "metric/bootstrap.h"

#include <assert.h>
#include <stdlib.h>

#include "metric/draws.h"
#include "metric/sample-private.h"
#include "metric/size.h"

#define N_LANES 8
#define TILE    256

static_assert(MS_N_RESAMPLES % N_LANES == 0, "every batch of resamples is full");
static_assert(MS_SAMPLE_MAX_UNITS <= UINT32_MAX, "units are drawn by 32-bit numbers");

typedef double Lanes[N_LANES];

/* A class that a unit holds. */
typedef struct {
  uint32_t index; /* in ms_sample_classes() */
  double tp;
  double in_union;
} Cell;

typedef struct {
  Lanes tp;
  Lanes in_union;
} ClassSums;

/* The units of a sample, made ready to be weighed, and what is weighed of one batch. */
typedef struct {
  const MsSample *sample;
  size_t n_units;
  size_t n_columns; /* sums that differ between units */
  MsSum columns[MS_N_SUMS];
  double *values; /* a column after the other, n_units each */
  bool by_class;
  size_t n_classes;
  uint32_t *first_cells; /* n_units + 1 */
  Cell *cells;           /* unit after unit */
  uint16_t *weights;     /* a lane after the other, n_units each */
  Lanes sums[MS_N_SUMS];
  ClassSums *class_sums;
} Scales;

static void
clear(Scales *scales)
{
  free(scales->values);
  free(scales->first_cells);
  free(scales->cells);
  free(scales->weights);
  free(scales->class_sums);
}

/* Room for n items, never NULL for none. */
static void *
room(size_t n, size_t item_size)
{
  size_t size;

  return ms_size_add(n, 1, &n) && ms_size_mul(n, item_size, &size) ? malloc(size) : NULL;
}

static const MsUnit *
next_unit(const MsSample *sample, size_t *place)
{
  while (sample->units[*place].sums[MS_SUM_SCORED] == 0)
    (*place)++;
  return &sample->units[(*place)++];
}

/* A sum that is the same in all units is the same in all resamples. */
static void
settle_column(Scales *scales, MsSum sum)
{
  double *values = scales->values + scales->n_columns * scales->n_units;
  size_t place = 0;
  bool differs = false;

  for (size_t i = 0; i < scales->n_units; i++) {
    values[i] = next_unit(scales->sample, &place)->sums[sum];
    differs |= values[i] != values[0];
  }
  if (differs)
    scales->columns[scales->n_columns++] = sum;
  for (int lane = 0; !differs && lane < N_LANES; lane++)
    scales->sums[sum][lane] = values[0] * (double)scales->n_units;
}

static void
list_cells(Scales *scales)
{
  const MsClassCounts *classes = ms_sample_classes(scales->sample, &scales->n_classes);
  size_t place = 0;
  Cell *cell = scales->cells;

  for (size_t i = 0; i < scales->n_units; i++) {
    MsClassTallies tallies =
        ms_sample_unit_classes(scales->sample, next_unit(scales->sample, &place));
    size_t from = 0;

    scales->first_cells[i] = (uint32_t)(cell - scales->cells);
    for (size_t k = 0; k < tallies.n_items; k++) {
      const MsClassTally *tally = &tallies.items[k];
      size_t index = ms_sample_class_index(classes, scales->n_classes, from, tally->id);

      *cell++ = (Cell){.index = (uint32_t)index,
                       .tp = (double)tally->tp,
                       .in_union = (double)(tally->tp + tally->fp + tally->fn)};
      from = index + 1;
    }
  }
  scales->first_cells[scales->n_units] = (uint32_t)(cell - scales->cells);
}

static MsStatus
prepare(const MsSample *sample, bool by_class, Scales *scales)
{
  *scales = (Scales){.sample = sample,
                     .n_units = sample->n_units,
                     .values = room(sample->n_units, MS_N_SUMS * sizeof *scales->values),
                     .by_class = by_class,
                     .weights = room(sample->n_units, N_LANES * sizeof *scales->weights)};
  if (!scales->values || !scales->weights)
    return MS_STATUS_NO_MEMORY;
  for (int sum = 0; sum < MS_N_SUMS; sum++)
    settle_column(scales, (MsSum)sum);
  if (!by_class)
    return MS_STATUS_OK;

  ms_sample_classes(sample, &scales->n_classes);
  scales->first_cells = room(sample->n_units, sizeof *scales->first_cells);
  scales->cells = room(sample->n_cells, sizeof *scales->cells);
  scales->class_sums = room(scales->n_classes, sizeof *scales->class_sums);
  if (!scales->first_cells || !scales->cells || !scales->class_sums)
    return MS_STATUS_NO_MEMORY;
  list_cells(scales);
  return MS_STATUS_OK;
}

static void
weigh_column(const Lanes *weights, const double *values, size_t n, double *sums)
{
  Lanes sum;

  memcpy(sum, sums, sizeof sum);
  for (size_t i = 0; i < n; i++) {
    for (int lane = 0; lane < N_LANES; lane++)
      sum[lane] += weights[i][lane] * values[i];
  }
  memcpy(sums, sum, sizeof sum);
}

static void
weigh_cells(Scales *scales, const Lanes *weights, size_t first, size_t n)
{
  for (size_t i = 0; i < n; i++) {
    const Cell *cell = scales->cells + scales->first_cells[first + i];
    const Cell *end = scales->cells + scales->first_cells[first + i + 1];

    for (; cell < end; cell++) {
      ClassSums *to = &scales->class_sums[cell->index];

      for (int lane = 0; lane < N_LANES; lane++)
        to->tp[lane] += weights[i][lane] * cell->tp;
      for (int lane = 0; lane < N_LANES; lane++)
        to->in_union[lane] += weights[i][lane] * cell->in_union;
    }
  }
}

static void
weigh_tile(Scales *scales, size_t first, size_t n)
{
  Lanes weights[TILE];

  for (size_t i = 0; i < n; i++) {
    for (int lane = 0; lane < N_LANES; lane++)
      weights[i][lane] = scales->weights[(size_t)lane * scales->n_units + first + i];
  }
  for (size_t k = 0; k < scales->n_columns; k++)
    weigh_column(weights, scales->values + k * scales->n_units + first, n,
                 scales->sums[scales->columns[k]]);
  if (scales->by_class)
    weigh_cells(scales, weights, first, n);
}

static void
weigh(Scales *scales)
{
  for (size_t k = 0; k < scales->n_columns; k++)
    memset(scales->sums[scales->columns[k]], 0, sizeof(Lanes));
  if (scales->by_class)
    memset(scales->class_sums, 0, scales->n_classes * sizeof *scales->class_sums);
  for (size_t first = 0; first < scales->n_units; first += TILE) {
    size_t left = scales->n_units - first;

    weigh_tile(scales, first, left < TILE ? left : TILE);
  }
}

static void
record(MsReplicates *replicates, MsSetMetric metric, size_t resample, MsValue value)
{
  replicates->values[metric][resample] = value.value;
  replicates->exists[metric][resample] = value.defined;
}

/* A score from a resample's sums, as MsTotals would have it. */
static MsValue
score(const double *sums, MsSetMetric metric, MsEmptyRule empty)
{
  MsRatio ratio = ms_sums_ratio(sums, metric);
  bool is_overlap = metric == MS_SET_METRIC_IOU_POOLED || metric == MS_SET_METRIC_DICE_POOLED ||
                    metric == MS_SET_METRIC_MIOU;

  if (ratio.denominator > 0)
    return (MsValue){.value = ratio.numerator / ratio.denominator, .defined = true};
  return (MsValue){.value = empty == MS_EMPTY_ONE ? 1 : 0,
                   .defined = is_overlap && sums[MS_SUM_COUNTED] > 0 && empty != MS_EMPTY_SKIP};
}

static void
record_scores(const Scales *scales, size_t resample, int lane, MsReplicates *replicates)
{
  double sums[MS_N_SUMS];

  for (int sum = 0; sum < MS_N_SUMS; sum++)
    sums[sum] = scales->sums[sum][lane];
  for (int metric = 0; metric < MS_N_SET_METRICS; metric++)
    record(replicates, (MsSetMetric)metric, resample,
           score(sums, (MsSetMetric)metric, scales->sample->empty));
}

/* Mean IoU over the classes that occur, of all lanes at once. */
static void
record_class_means(const Scales *scales, size_t first, MsReplicates *replicates)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_sample_classes(scales->sample, &n_classes);
  Lanes sum = {0}, n = {0};

  for (size_t i = 0; i < n_classes; i++) {
    const ClassSums *of = &scales->class_sums[i];

    if (!ms_sample_takes_in(scales->sample, &classes[i]))
      continue;
    for (int lane = 0; lane < N_LANES; lane++) {
      double occurs = of->in_union[lane] > 0 ? 1 : 0;

      sum[lane] += of->tp[lane] / (of->in_union[lane] + (1 - occurs));
      n[lane] += occurs;
    }
  }
  for (int lane = 0; lane < N_LANES; lane++)
    record(replicates, MS_SET_METRIC_MIOU, first + (size_t)lane,
           (MsValue){.value = n[lane] > 0 ? sum[lane] / n[lane] : 0, .defined = n[lane] > 0});
}

static void
draw_batch(Scales *scales, uint64_t seed, size_t first, MsReplicates *replicates)
{
  for (size_t lane = 0; lane < N_LANES; lane++)
    ms_draws_weigh(seed, first + lane, (uint32_t)scales->n_units,
                   scales->weights + lane * scales->n_units);
  weigh(scales);
  for (int lane = 0; lane < N_LANES; lane++)
    record_scores(scales, first + (size_t)lane, lane, replicates);
  if (scales->by_class)
    record_class_means(scales, first, replicates);
}

MsStatus
ms_bootstrap(const MsSample *sample, uint64_t seed, bool by_class, const MsControl *control,
             MsReplicates *replicates)
{
  Scales scales;
  MsStatus status = prepare(sample, by_class, &scales);

  for (size_t first = 0; status == MS_STATUS_OK && first < MS_N_RESAMPLES; first += N_LANES) {
    if (ms_control_go_on(control, (double)first / MS_N_RESAMPLES))
      draw_batch(&scales, seed, first, replicates);
    else
      status = MS_STATUS_CANCELLED;
  }
  clear(&scales);
  return status;
}
