/* SPDX-License-Identifier: MIT
 *
 * Samples are noted in tables, eight bytes that are all alike at once. Where a table would be too
 * large they are gathered first, at every change along a row, and sorted.
 */
#include "metric/places.h"

#include <stdlib.h>

#include "metric/control-part.h"
#include "metric/words.h"

/* Pixels between two questions whether to go on. */
#define STRIPE_PIXELS ((size_t)1 << 22)

/* Samples of 32 bits below it are their own places. */
#define MAX_DIRECT_SAMPLES ((size_t)1 << 20)

/* Notes which samples occur; kinds (may be NULL): those of pixels that are ignored do not. */
#define DEFINE_MARK(name, type)                                                                    \
  static void name(const void *row, size_t n, const uint8_t *kinds, uint8_t *occurs)               \
  {                                                                                                \
    const type *samples = row;                                                                     \
    const size_t n_lanes = sizeof(uint64_t) / sizeof(type);                                        \
                                                                                                   \
    for (size_t i = 0; i < n;) {                                                                   \
      size_t end = n - i < n_lanes ? n : i + n_lanes;                                              \
      uint64_t word = 1;                                                                           \
                                                                                                   \
      if (end - i == n_lanes)                                                                      \
        memcpy(&word, samples + i, sizeof word);                                                   \
      if (!kinds && MS_IS_UNIFORM(type, word)) {                                                   \
        occurs[samples[i]] = 1;                                                                    \
        i = end;                                                                                   \
      }                                                                                            \
      for (; i < end; i++) {                                                                       \
        if (!kinds || kinds[i] != MS_KIND_IGNORED)                                                 \
          occurs[samples[i]] = 1;                                                                  \
      }                                                                                            \
    }                                                                                              \
  }

DEFINE_MARK(mark_8, uint8_t)
DEFINE_MARK(mark_16, uint16_t)
DEFINE_MARK(mark_32, uint32_t)

typedef void (*Mark)(const void *row, size_t n, const uint8_t *kinds, uint8_t *occurs);

typedef struct {
  const MsKindsSource *source;
  const MsRaster *sides[2]; /* actual, predicted */
  const MsRaster *kinds;
  const MsControl *control;
  MsPlaces *places;
} Finder;

static MsStatus
go_on(const Finder *finder, int y, double from, double share)
{
  int stripe = (int)(STRIPE_PIXELS / (size_t)finder->kinds->width) + 1;
  MsControlPart part = {finder->control, from, share};

  if (y % stripe != 0 || ms_control_part_go_on(&part, (double)y / finder->kinds->height))
    return MS_STATUS_OK;
  return MS_STATUS_CANCELLED;
}

void
ms_places_clear(MsPlaces *places)
{
  for (int side = 0; side < 2; side++) {
    free(places->occurs[side]);
    free(places->numbers[side]);
  }
  free(places->samples);
  memset(places, 0, sizeof *places);
}

/* samples: taken over, also on error. */
static MsStatus
allocate(MsPlaces *places, uint32_t *samples, size_t n_places)
{
  MsPlaces made = {.samples = samples, .n_places = n_places};

  for (int side = 0; side < 2; side++) {
    made.occurs[side] = calloc(n_places, sizeof *made.occurs[side]);
    made.numbers[side] = calloc(n_places, sizeof *made.numbers[side]);
    if (!made.occurs[side] || !made.numbers[side]) {
      ms_places_clear(&made);
      return MS_STATUS_NO_MEMORY;
    }
  }
  *places = made;
  return MS_STATUS_OK;
}

size_t
ms_places_find(const MsPlaces *places, uint32_t sample)
{
  size_t low = 0, high = places->n_places;

  if (!places->samples)
    return sample;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;

    if (places->samples[middle] <= sample)
      low = middle;
    else
      high = middle;
  }
  return low;
}

uint32_t
ms_places_sample(const MsPlaces *places, size_t place)
{
  return places->samples ? places->samples[place] : (uint32_t)place;
}

static int
compare_samples(const void *a, const void *b)
{
  uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;

  return (first > second) - (first < second);
}

/* Sorted, each once; how many are left. */
static size_t
sort_samples(uint32_t *samples, size_t n_samples)
{
  size_t n_left = 0;

  qsort(samples, n_samples, sizeof *samples, compare_samples);
  for (size_t i = 0; i < n_samples; i++) {
    if (i == 0 || samples[i] != samples[i - 1])
      samples[n_left++] = samples[i];
  }
  return n_left;
}

typedef struct {
  uint32_t *samples;
  size_t n_samples;
  size_t room;
} Collection;

/* Duplicates go when there is no room; where few were any, there is then twice as much. */
static MsStatus
collect(Collection *collection, uint32_t sample)
{
  if (collection->n_samples == collection->room) {
    size_t room = collection->room ? collection->room : 4096;
    uint32_t *grown = collection->samples;

    if (grown)
      collection->n_samples = sort_samples(grown, collection->n_samples);
    if (collection->n_samples > room / 2)
      room *= 2;
    if (room > collection->room) {
      grown = realloc(grown, room * sizeof *grown);
      if (!grown)
        return MS_STATUS_NO_MEMORY;
    }
    collection->samples = grown;
    collection->room = room;
  }
  collection->samples[collection->n_samples++] = sample;
  return MS_STATUS_OK;
}

static MsStatus
collect_side(const Finder *finder, const MsRaster *side, Collection *collection)
{
  uint32_t last = ms_raster_get(side, 0, 0);
  MsStatus status = collect(collection, last);

  for (int y = 0; y < side->height && status == MS_STATUS_OK; y++) {
    status = go_on(finder, y, 0, 0);
    for (int x = 0; x < side->width && status == MS_STATUS_OK; x++) {
      uint32_t sample = ms_raster_get(side, x, y);

      if (sample != last)
        status = collect(collection, sample);
      last = sample;
    }
  }
  return status;
}

static MsStatus
find_sparse_places(Finder *finder)
{
  Collection collection = {0};
  MsStatus status = collect_side(finder, finder->sides[0], &collection);

  if (status == MS_STATUS_OK)
    status = collect_side(finder, finder->sides[1], &collection);
  if (status != MS_STATUS_OK) {
    free(collection.samples);
    return status;
  }
  collection.n_samples = sort_samples(collection.samples, collection.n_samples);
  return allocate(finder->places, collection.samples, collection.n_samples);
}

/* More than any sample of the side: of small samples, by their depth. */
static size_t
samples_end(const MsRaster *side)
{
  uint32_t largest = 0;

  if (side->bits < 32)
    return (size_t)1 << side->bits;
  for (int y = 0; y < side->height; y++) {
    const uint32_t *row = ms_raster_row(side, y);

    for (int x = 0; x < side->width; x++)
      largest = row[x] > largest ? row[x] : largest;
  }
  return (size_t)largest + 1;
}

static MsStatus
find_places(Finder *finder)
{
  size_t actual = samples_end(finder->sides[0]), predicted = samples_end(finder->sides[1]);
  size_t end = actual > predicted ? actual : predicted;

  /* Stacks are numbered from 0 without gaps. */
  if (finder->source->rules->comparison == MS_COMPARE_STACKS) {
    actual = ms_stacks_count(finder->source->actual_stacks);
    predicted = ms_stacks_count(finder->source->predicted_stacks);
    return allocate(finder->places, NULL, actual > predicted ? actual : predicted);
  }
  if (end > MAX_DIRECT_SAMPLES)
    return find_sparse_places(finder);
  return allocate(finder->places, NULL, end);
}

static void
mark_sparse(const Finder *finder, int side, int y, const uint8_t *kinds)
{
  const MsRaster *raster = finder->sides[side];
  uint32_t last = ms_raster_get(raster, 0, y);
  size_t place = ms_places_find(finder->places, last);

  for (int x = 0; x < raster->width; x++) {
    uint32_t sample = ms_raster_get(raster, x, y);

    if (sample != last)
      place = ms_places_find(finder->places, sample);
    last = sample;
    if (!kinds || kinds[x] != MS_KIND_IGNORED)
      finder->places->occurs[side][place] = 1;
  }
}

static MsStatus
mark_side(const Finder *finder, int side)
{
  static const Mark marks[3] = {mark_8, mark_16, mark_32};
  const MsRaster *raster = finder->sides[side];
  Mark mark = marks[raster->bits / 16];
  MsStatus status = MS_STATUS_OK;

  for (int y = 0; y < raster->height && status == MS_STATUS_OK; y++) {
    const uint8_t *kinds = ms_row_with_ignored(finder->kinds, y);

    status = go_on(finder, y, 0.5 * side, 0.5);
    if (finder->places->samples)
      mark_sparse(finder, side, y, kinds);
    else
      mark(ms_raster_row(raster, y), (size_t)raster->width, kinds, finder->places->occurs[side]);
  }
  return status;
}

MsStatus
ms_places_init(MsPlaces *places, const MsKindsSource *source, const MsRaster *kinds,
               const MsControl *control)
{
  MsPlaces made = {.samples = NULL};
  Finder finder = {.source = source,
                   .sides = {source->actual, source->predicted},
                   .kinds = kinds,
                   .control = control,
                   .places = &made};
  MsStatus status = find_places(&finder);

  for (int side = 0; side < 2 && status == MS_STATUS_OK; side++)
    status = mark_side(&finder, side);
  if (status == MS_STATUS_OK)
    *places = made;
  else
    ms_places_clear(&made);
  return status;
}
