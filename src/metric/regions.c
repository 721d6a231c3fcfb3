/* SPDX-License-Identifier: MIT
 *
 * Components of the kinds, put in order by their sizes; then each is described from its own runs.
 * They are gone through in the order of the image, so that small ones, of which there may be
 * hundreds of thousands, are read from where the last one was.
 */
#include "metric/regions.h"

#include <stdlib.h>
#include <string.h>

#include "metric/components.h"
#include "metric/control-part.h"
#include "metric/pair-counter.h"

/* What is done between two questions whether to go on: runs that are put in order, pixels that are
 * counted, of which each may be of another pair. */
#define ASK_EVERY  ((size_t)1 << 17)
#define ASK_PIXELS ((size_t)1 << 14)

#define DIGIT_BITS 11
#define N_DIGITS   (1u << DIGIT_BITS)

struct MsRegions {
  MsRegion *regions;
  size_t n_regions;
  MsComponents components;
  uint32_t *regions_of; /* by component */
  uint32_t *order;      /* components, by region */
  MsRun *runs;          /* component by component */
  uint32_t *starts;     /* component i has the runs starts[i] to starts[i + 1] - 1 */
};

void
ms_regions_free(MsRegions *regions)
{
  if (!regions)
    return;
  ms_components_clear(&regions->components);
  free(regions->regions);
  free(regions->regions_of);
  free(regions->order);
  free(regions->runs);
  free(regions->starts);
  free(regions);
}

static MsStatus
allocate(MsRegions *regions)
{
  size_t n_components = regions->components.n_components, n_runs = regions->components.n_runs;

  regions->n_regions = n_components;
  regions->regions = calloc(n_components + 1, sizeof *regions->regions);
  regions->regions_of = calloc(n_components + 1, sizeof *regions->regions_of);
  regions->order = calloc(n_components + 1, sizeof *regions->order);
  regions->runs = calloc(n_runs + 1, sizeof *regions->runs);
  regions->starts = calloc(n_components + 2, sizeof *regions->starts);
  return regions->regions && regions->regions_of && regions->order && regions->runs &&
                 regions->starts
             ? MS_STATUS_OK
             : MS_STATUS_NO_MEMORY;
}

/* How much of several passes is done. */
typedef struct {
  const MsControl *control;
  size_t n_done;
  size_t n_all;
} Passes;

static inline bool
pass_on(Passes *passes)
{
  return ++passes->n_done % ASK_EVERY != 0 ||
         ms_control_go_on(passes->control, (double)passes->n_done / (double)passes->n_all);
}

/* Stable, so that the runs of a component stay in row order. */
static MsStatus
group_runs(MsRegions *regions, Passes *passes)
{
  const MsComponents *components = &regions->components;
  uint32_t *next = regions->starts + 1;

  for (size_t i = 0; i < components->n_runs; i++) {
    if (!pass_on(passes))
      return MS_STATUS_CANCELLED;
    next[components->runs[i].component + 1]++;
  }
  for (size_t i = 1; i <= regions->n_regions; i++)
    next[i] += next[i - 1];
  for (int y = 0; y < components->height; y++) {
    for (size_t i = components->rows[y]; i < components->rows[y + 1]; i++) {
      const MsComponentRun *run = &components->runs[i];

      if (!pass_on(passes))
        return MS_STATUS_CANCELLED;
      regions->runs[next[run->component]++] = (MsRun){run->x, y, run->length};
    }
  }
  return MS_STATUS_OK;
}

static uint64_t
count_pixels(const MsRegions *regions, size_t component)
{
  uint64_t n_pixels = 0;

  for (size_t i = regions->starts[component]; i < regions->starts[component + 1]; i++)
    n_pixels += (uint64_t)regions->runs[i].length;
  return n_pixels;
}

static size_t
digit_of(uint64_t size, unsigned shift)
{
  return N_DIGITS - 1 - (size >> shift) % N_DIGITS;
}

/* A stable pass of a radix sort, largest first. */
static MsStatus
sort_by_digit(const uint64_t *sizes, unsigned shift, const uint32_t *from, uint32_t *to, size_t n,
              Passes *passes)
{
  size_t next[N_DIGITS + 1] = {0};

  for (size_t i = 0; i < n; i++) {
    if (!pass_on(passes))
      return MS_STATUS_CANCELLED;
    next[digit_of(sizes[i], shift) + 1]++;
  }
  for (size_t digit = 1; digit < N_DIGITS; digit++)
    next[digit] += next[digit - 1];
  for (size_t i = 0; i < n; i++) {
    if (!pass_on(passes))
      return MS_STATUS_CANCELLED;
    to[next[digit_of(sizes[from[i]], shift)]++] = from[i];
  }
  return MS_STATUS_OK;
}

/* Sorted from one array into the other and back; which one holds the order at last is open. */
static MsStatus
sort_sizes(MsRegions *regions, const uint64_t *sizes, uint64_t largest, Passes *passes)
{
  MsStatus status = MS_STATUS_OK;

  for (size_t i = 0; i < regions->n_regions; i++)
    regions->order[i] = (uint32_t)i;
  for (unsigned shift = 0; shift < 64 && largest >> shift && status == MS_STATUS_OK;
       shift += DIGIT_BITS) {
    uint32_t *sorted = regions->regions_of;

    status = sort_by_digit(sizes, shift, regions->order, sorted, regions->n_regions, passes);
    regions->regions_of = regions->order;
    regions->order = sorted;
  }
  for (size_t i = 0; i < regions->n_regions && status == MS_STATUS_OK; i++)
    regions->regions_of[regions->order[i]] = (uint32_t)i;
  return status;
}

static MsStatus
count_sizes(const MsRegions *regions, uint64_t *sizes, uint64_t *largest, Passes *passes)
{
  for (size_t i = 0; i < regions->n_regions; i++) {
    if (!pass_on(passes))
      return MS_STATUS_CANCELLED;
    sizes[i] = count_pixels(regions, i);
    *largest = sizes[i] > *largest ? sizes[i] : *largest;
  }
  return MS_STATUS_OK;
}

/* A size is sorted by at most four digits, in two passes each. */
static MsStatus
put_in_order(MsRegions *regions, const MsControl *control)
{
  Passes passes = {control, 0, 2 * regions->components.n_runs + 9 * regions->n_regions};
  uint64_t *sizes = calloc(regions->n_regions + 1, sizeof *sizes), largest = 0;
  MsStatus status = sizes ? group_runs(regions, &passes) : MS_STATUS_NO_MEMORY;

  if (status == MS_STATUS_OK)
    status = count_sizes(regions, sizes, &largest, &passes);
  if (status == MS_STATUS_OK)
    status = sort_sizes(regions, sizes, largest, &passes);
  free(sizes);
  return status;
}

/* Bounds and inside point. */
static void
measure(const MsRun *runs, size_t n_runs, MsRegion *region)
{
  const MsRun *longest = &runs[0];
  int left = runs[0].x, right = runs[0].x + runs[0].length;

  for (size_t i = 1; i < n_runs; i++) {
    int end = runs[i].x + runs[i].length;

    left = runs[i].x < left ? runs[i].x : left;
    right = end > right ? end : right;
    longest = runs[i].length > longest->length ? &runs[i] : longest;
  }
  region->x = left;
  region->y = runs[0].y;
  region->width = right - left;
  region->height = runs[n_runs - 1].y + 1 - runs[0].y;
  region->inside_x = longest->x + longest->length / 2;
  region->inside_y = longest->y;
}

/* Pairs of a run: the stretches of one pair. */
#define DEFINE_COUNT_RUN(name, type)                                                               \
  static MsStatus name(const MsPlanes *planes, const MsRun *run, MsPairCounter *counter)           \
  {                                                                                                \
    const type *actual = ms_raster_row(&planes->actual, run->y);                                   \
    const type *predicted = ms_raster_row(&planes->predicted, run->y);                             \
    int end = run->x + run->length;                                                                \
    MsStatus status = MS_STATUS_OK;                                                                \
                                                                                                   \
    for (int x = run->x, next; x < end && status == MS_STATUS_OK; x = next) {                      \
      for (next = x + 1;                                                                           \
           next < end && actual[next] == actual[x] && predicted[next] == predicted[x];)            \
        next++;                                                                                    \
      status = ms_pair_counter_add(counter, actual[x], predicted[x], (uint64_t)(next - x));        \
    }                                                                                              \
    return status;                                                                                 \
  }

DEFINE_COUNT_RUN(count_run_8, uint8_t)
DEFINE_COUNT_RUN(count_run_16, uint16_t)
DEFINE_COUNT_RUN(count_run_32, uint32_t)

typedef MsStatus (*CountRun)(const MsPlanes *planes, const MsRun *run, MsPairCounter *counter);

static bool
is_before(const MsPairCount *pair, const MsPairCount *other)
{
  if (pair->count != other->count)
    return pair->count > other->count;
  if (pair->actual != other->actual)
    return pair->actual < other->actual;
  return pair->predicted < other->predicted;
}

/* What its pairs are worth, and the most frequent one; the counter is empty afterwards. */
static MsStatus
weigh(const MsPlanes *planes, MsPairCounter *counter, MsRegion *region)
{
  const MsPairCount *most = &counter->pairs[0];

  for (size_t i = 0; i < counter->n_pairs; i++) {
    const MsPairCount *pair = &counter->pairs[i];

    if (i % ASK_EVERY == ASK_EVERY - 1 && !ms_control_go_on(counter->control, counter->fraction))
      return MS_STATUS_CANCELLED;
    ms_planes_mend(planes, region->kind, pair->actual, pair->predicted, pair->count, &region->mend);
    most = is_before(pair, most) ? pair : most;
  }
  region->actual = ms_planes_id(planes, most->actual);
  region->predicted = ms_planes_id(planes, most->predicted);
  region->n_of_pair = most->count;
  ms_pair_counter_forget(counter);
  return MS_STATUS_OK;
}

/* n_pixels: how many since it was last asked. */
static bool
count_on(MsPairCounter *counter, size_t *n_pixels)
{
  if (*n_pixels < ASK_PIXELS)
    return true;
  *n_pixels = 0;
  return ms_control_go_on(counter->control, counter->fraction);
}

static MsStatus
describe(const MsRegions *regions, const MsPlanes *planes, size_t component, size_t *n_pixels,
         MsPairCounter *counter)
{
  static const CountRun count_runs[3] = {count_run_8, count_run_16, count_run_32};
  CountRun count_run = count_runs[planes->actual.bits / 16];
  MsRegion *region = &regions->regions[regions->regions_of[component]];
  size_t first = regions->starts[component], end = regions->starts[component + 1];
  MsStatus status = MS_STATUS_OK;

  measure(regions->runs + first, end - first, region);
  region->kind = (MsKind)ms_raster_get(&planes->kinds, region->inside_x, region->inside_y);
  for (size_t i = first; i < end && status == MS_STATUS_OK; i++) {
    counter->fraction = (double)i / (double)regions->components.n_runs;
    if (!count_on(counter, n_pixels))
      return MS_STATUS_CANCELLED;
    *n_pixels += (size_t)regions->runs[i].length;
    status = count_run(planes, &regions->runs[i], counter);
  }
  return status == MS_STATUS_OK ? weigh(planes, counter, region) : status;
}

static MsStatus
describe_all(const MsRegions *regions, const MsPlanes *planes, const MsControl *control)
{
  MsPairCounter counter;
  MsStatus status = ms_pair_counter_init(&counter);
  size_t n_pixels = ASK_PIXELS;

  counter.control = control;
  for (size_t i = 0; i < regions->n_regions && status == MS_STATUS_OK; i++)
    status = describe(regions, planes, i, &n_pixels, &counter);
  ms_pair_counter_clear(&counter);
  return status;
}

static MsStatus
find_regions(MsRegions *regions, const MsPlanes *planes, const MsControl *control)
{
  MsControlPart finding = {control, 0, 0.4}, ordering = {control, 0.4, 0.2};
  MsControlPart describing = {control, 0.6, 0.4};
  MsControl find = ms_control_part(&finding), order = ms_control_part(&ordering);
  MsControl describe_control = ms_control_part(&describing);
  MsStatus status = ms_components_init(&regions->components, &planes->kinds, MS_KIND_WRONG, &find);

  if (status == MS_STATUS_OK)
    status = allocate(regions);
  if (status == MS_STATUS_OK)
    status = put_in_order(regions, &order);
  return status == MS_STATUS_OK ? describe_all(regions, planes, &describe_control) : status;
}

MsStatus
ms_regions_new(const MsPlanes *planes, const MsControl *control, MsRegions **regions)
{
  MsRegions *made = calloc(1, sizeof *made);
  MsStatus status = made ? find_regions(made, planes, control) : MS_STATUS_NO_MEMORY;

  if (status == MS_STATUS_OK)
    *regions = made;
  else
    ms_regions_free(made);
  return status;
}

size_t
ms_regions_bytes(const MsRegions *regions)
{
  size_t a_region = sizeof *regions->regions + sizeof *regions->regions_of +
                    sizeof *regions->order + sizeof *regions->starts;

  return sizeof *regions + ms_components_bytes(&regions->components) +
         regions->n_regions * a_region + regions->components.n_runs * sizeof *regions->runs;
}

const MsRegion *
ms_regions_get(const MsRegions *regions, size_t *n_regions)
{
  *n_regions = regions->n_regions;
  return regions->regions;
}

ptrdiff_t
ms_regions_find(const MsRegions *regions, int x, int y)
{
  ptrdiff_t run = ms_components_find(&regions->components, x, y);

  return run < 0 ? -1 : (ptrdiff_t)regions->regions_of[regions->components.runs[run].component];
}

const MsRun *
ms_regions_runs(const MsRegions *regions, size_t region, size_t *n_runs)
{
  size_t component = regions->order[region], first = regions->starts[component];

  *n_runs = regions->starts[component + 1] - first;
  return regions->runs + first;
}
