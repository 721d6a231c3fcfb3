/* SPDX-License-Identifier: MIT
 *
 * One pass over the rows finds runs and unites each with those of the row above that it touches:
 * union-find, in which a run's parent is never after it, so that a last pass in row order gives
 * every run its component.
 */
#include "metric/components.h"

#include <stdlib.h>
#include <string.h>

#include "metric/size.h"

#define MAX_RUNS   ((size_t)INT32_MAX)
#define FIRST_ROOM 4096

/* Pixels, and runs, between two questions whether to go on. */
#define STRIPE_PIXELS ((size_t)1 << 18)
#define STRIPE_RUNS   ((size_t)1 << 20)

/* Samples looked at one by one before whole words are. */
#define SHORT_RUN 8

typedef struct {
  MsComponents *components;
  size_t room;
  const MsRaster *raster;
  uint32_t mask;
} Finder;

/* The first place from x on whose sample is another. */
#define DEFINE_SKIP(name, type)                                                                    \
  static inline int name(const type *row, int x, int n, type mask, type value)                     \
  {                                                                                                \
    const int n_lanes = 4 * (int)(sizeof(uint64_t) / sizeof(type));                                \
    const uint64_t ones = UINT64_MAX / (type)-1;                                                   \
    const uint64_t masks = mask * ones, values = value * ones;                                     \
    int soon = n - x < SHORT_RUN ? n : x + SHORT_RUN;                                              \
                                                                                                   \
    for (; x < soon; x++) {                                                                        \
      if ((row[x] & mask) != value)                                                                \
        return x;                                                                                  \
    }                                                                                              \
    for (; n - x >= n_lanes; x += n_lanes) {                                                       \
      uint64_t words[4];                                                                           \
                                                                                                   \
      memcpy(words, row + x, sizeof words);                                                        \
      if (((words[0] ^ values) | (words[1] ^ values) | (words[2] ^ values) |                       \
           (words[3] ^ values)) &                                                                  \
          masks)                                                                                   \
        break;                                                                                     \
    }                                                                                              \
    while (x < n && (row[x] & mask) == value)                                                      \
      x++;                                                                                         \
    return x;                                                                                      \
  }

DEFINE_SKIP(skip_8, uint8_t)
DEFINE_SKIP(skip_16, uint16_t)
DEFINE_SKIP(skip_32, uint32_t)

/* Room for as many runs as a row can have. */
static MsStatus
make_room(Finder *finder)
{
  MsComponents *components = finder->components;
  size_t needed = components->n_runs + (size_t)finder->raster->width, room, size;
  MsComponentRun *grown;

  if (needed <= finder->room)
    return MS_STATUS_OK;
  if (components->n_runs > MAX_RUNS)
    return MS_STATUS_TOO_LARGE;
  room = 2 * finder->room > needed ? 2 * finder->room : needed + FIRST_ROOM;
  if (!ms_size_mul(room, sizeof *grown, &size))
    return MS_STATUS_TOO_LARGE;
  grown = realloc(components->runs, size);
  if (!grown)
    return MS_STATUS_NO_MEMORY;
  components->runs = grown;
  finder->room = room;
  return MS_STATUS_OK;
}

/* While runs are found, `component` is the parent. */
static uint32_t
find_root(MsComponentRun *runs, uint32_t run)
{
  while (runs[run].component != run) {
    runs[run].component = runs[runs[run].component].component;
    run = runs[run].component;
  }
  return run;
}

static void
unite(MsComponentRun *runs, uint32_t a, uint32_t b)
{
  a = find_root(runs, a);
  b = find_root(runs, b);
  if (a < b)
    runs[b].component = a;
  else
    runs[a].component = b;
}

/* Appends the runs of a row, each its own parent, and unites them with those of the row above,
 * `above` to `first` - 1, with whose samples they touch. */
#define DEFINE_FIND_ROW(name, type, skip)                                                          \
  static size_t name(const Finder *finder, int y, size_t above, size_t first)                      \
  {                                                                                                \
    MsComponentRun *runs = finder->components->runs;                                               \
    const type *row = ms_raster_row(finder->raster, y);                                            \
    const type *row_above = ms_raster_row(finder->raster, y > 0 ? y - 1 : 0);                      \
    const type mask = (type)finder->mask;                                                          \
    const int n = finder->raster->width;                                                           \
    size_t n_runs = first;                                                                         \
                                                                                                   \
    for (int x = skip(row, 0, n, mask, 0); x < n;) {                                               \
      type value = (type)(row[x] & mask);                                                          \
      int end = skip(row, x + 1, n, mask, value);                                                  \
                                                                                                   \
      runs[n_runs] = (MsComponentRun){.x = x, .length = end - x, .component = (uint32_t)n_runs};   \
      while (above < first && runs[above].x + runs[above].length < x)                              \
        above++;                                                                                   \
      for (size_t i = above; i < first && runs[i].x <= end; i++) {                                 \
        if ((row_above[runs[i].x] & mask) == value)                                                \
          unite(runs, (uint32_t)i, (uint32_t)n_runs);                                              \
      }                                                                                            \
      n_runs++;                                                                                    \
      x = end < n && !(row[end] & mask) ? skip(row, end, n, mask, 0) : end;                        \
    }                                                                                              \
    return n_runs;                                                                                 \
  }

DEFINE_FIND_ROW(find_row_8, uint8_t, skip_8)
DEFINE_FIND_ROW(find_row_16, uint16_t, skip_16)
DEFINE_FIND_ROW(find_row_32, uint32_t, skip_32)

typedef size_t (*FindRow)(const Finder *finder, int y, size_t above, size_t first);

static MsStatus
find_runs(Finder *finder, const MsControl *control)
{
  static const FindRow find_rows[3] = {find_row_8, find_row_16, find_row_32};
  MsComponents *components = finder->components;
  const MsRaster *raster = finder->raster;
  FindRow find_row = find_rows[raster->bits / 16];
  int stripe = (int)(STRIPE_PIXELS / (size_t)raster->width) + 1;

  for (int y = 0; y < raster->height; y++) {
    MsStatus status;

    if (y % stripe == 0 && !ms_control_go_on(control, (double)y / raster->height))
      return MS_STATUS_CANCELLED;
    status = make_room(finder);
    if (status != MS_STATUS_OK)
      return status;
    components->rows[y] = (uint32_t)components->n_runs;
    components->n_runs =
        find_row(finder, y, components->rows[y > 0 ? y - 1 : 0], components->n_runs);
  }
  components->rows[raster->height] = (uint32_t)components->n_runs;
  return components->n_runs > MAX_RUNS ? MS_STATUS_TOO_LARGE : MS_STATUS_OK;
}

static MsStatus
number_components(MsComponents *components, const MsControl *control)
{
  MsComponentRun *runs = components->runs;

  for (size_t i = 0; i < components->n_runs; i++) {
    if (i % STRIPE_RUNS == STRIPE_RUNS - 1 && !ms_control_go_on(control, 1))
      return MS_STATUS_CANCELLED;
    runs[i].component =
        runs[i].component == i ? components->n_components++ : runs[runs[i].component].component;
  }
  return MS_STATUS_OK;
}

/* The room that was not needed goes back. */
static void
trim(MsComponents *components)
{
  MsComponentRun *trimmed =
      realloc(components->runs, (components->n_runs + 1) * sizeof *components->runs);

  components->runs = trimmed ? trimmed : components->runs;
}

MsStatus
ms_components_init(MsComponents *components, const MsRaster *raster, uint32_t mask,
                   const MsControl *control)
{
  MsComponents made = {.height = raster->height};
  Finder finder = {.components = &made, .raster = raster, .mask = mask};
  MsStatus status = MS_STATUS_NO_MEMORY;

  memset(components, 0, sizeof *components);
  made.rows = calloc((size_t)raster->height + 1, sizeof *made.rows);
  if (made.rows)
    status = find_runs(&finder, control);
  if (status == MS_STATUS_OK)
    status = number_components(&made, control);
  if (status != MS_STATUS_OK) {
    ms_components_clear(&made);
    return status;
  }
  trim(&made);
  *components = made;
  return MS_STATUS_OK;
}

void
ms_components_clear(MsComponents *components)
{
  free(components->runs);
  free(components->rows);
  memset(components, 0, sizeof *components);
}

size_t
ms_components_bytes(const MsComponents *components)
{
  return components->n_runs * sizeof *components->runs +
         ((size_t)components->height + 1) * sizeof *components->rows;
}

ptrdiff_t
ms_components_find(const MsComponents *components, int x, int y)
{
  size_t low = components->rows[y], high = components->rows[y + 1];

  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const MsComponentRun *run = &components->runs[middle];

    if (x < run->x)
      high = middle;
    else if (x >= run->x + run->length)
      low = middle + 1;
    else
      return (ptrdiff_t)middle;
  }
  return -1;
}
