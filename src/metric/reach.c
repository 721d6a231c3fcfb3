/* SPDX-License-Identifier: MIT
 *
 * Distances are looked for where something is wrong, and no further than the maximum: tile by tile,
 * the wrong pixels of a tile by what would forgive them (their sites). Of each such group, the box
 * that it fills, grown by the maximum, is gone through column by column (down and up) for distances
 * to the nearest site above or below, and then along rows. So memory is that of a tile however
 * large the image is, and time follows the wrong pixels and the classes among them, wherever
 * they lie.
 */
#include "metric/reach.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "metric/wrong-runs.h"

#define TILE  64
#define GROWN (TILE + 2 * MS_REACH_MAX)

/* One more than any distance that counts. */
#define FAR (MS_REACH_MAX + 1)

#define N_SQUARES (MS_REACH_MAX * MS_REACH_MAX + 1)
#define N_REACHES (MS_REACH_NONE + 1)

/* Shorter ones are gone through pixel by pixel. */
#define SHORT_RUN 8

static_assert(FAR * FAR + MS_REACH_MAX * MS_REACH_MAX <= INT16_MAX, "squares of distances fit");

/* Columns and rows of the image, begin <= i < end. */
typedef struct {
  int x_begin, x_end;
  int y_begin, y_end;
} Box;

typedef struct {
  MsWrongRun runs[2 * TILE * TILE]; /* of each pixel one, of a confused one at most two */
  size_t n_runs;
  uint8_t distances[TILE][GROWN]; /* from the pixels of the group's rows, up or down */
  uint8_t far[GROWN];             /* the distances of the row that is gone through */
  int16_t squares[GROWN];
  int16_t nearest[TILE];
} Tile;

typedef struct {
  const MsPlanes *planes;
  MsRaster *map; /* or NULL */
  uint8_t reach_of_square[N_SQUARES];
  MsMend exactly[MS_REACH_MAX + 1];
  MsMend *of_class; /* by class number; NULL: all classes together */
  unsigned k;       /* of those */
  Tile *tile;
} Finder;

/* The sites of an FN are actual pixels that are not of its number, else those that are. */
static bool
is_forgiven_outside(const MsWrongRun *run)
{
  return run->kind == MS_KIND_FN;
}

static uint32_t
number_of_sites(const MsWrongRun *run)
{
  return is_forgiven_outside(run) ? run->actual : run->predicted;
}

static bool
have_same_sites(const MsWrongRun *one, const MsWrongRun *two)
{
  return number_of_sites(one) == number_of_sites(two) &&
         is_forgiven_outside(one) == is_forgiven_outside(two);
}

static bool
are_mended_alike(const MsWrongRun *one, const MsWrongRun *two)
{
  return one->kind == two->kind && one->actual == two->actual && one->predicted == two->predicted;
}

static int
compare_numbers(uint32_t one, uint32_t two)
{
  return (one > two) - (one < two);
}

/* Runs that have the same sites come together, and of those the ones that are mended alike. */
static int
compare_runs(const void *a, const void *b)
{
  const MsWrongRun *one = a, *two = b;
  int order = is_forgiven_outside(one) - is_forgiven_outside(two);

  order = order ? order : compare_numbers(number_of_sites(one), number_of_sites(two));
  order = order ? order : compare_numbers(one->kind, two->kind);
  order = order ? order : compare_numbers(one->actual, two->actual);
  order = order ? order : compare_numbers(one->predicted, two->predicted);
  order = order ? order : one->y - two->y;
  return order ? order : one->x - two->x;
}

static void
add_run(Tile *tile, const MsWrongRun *run, bool *is_sorted)
{
  tile->runs[tile->n_runs++] = *run;
  *is_sorted = *is_sorted && are_mended_alike(run, &tile->runs[0]);
}

/* As each of its two classes sees it. */
static void
add_both(Tile *tile, const MsWrongRun *run, bool *is_sorted)
{
  MsWrongRun missed = *run, extra = *run;

  missed.kind = MS_KIND_FN;
  missed.predicted = 0;
  extra.kind = MS_KIND_FP;
  extra.actual = 0;
  add_run(tile, &missed, is_sorted);
  add_run(tile, &extra, is_sorted);
}

static void
collect(const Finder *finder, const Box *box)
{
  Tile *tile = finder->tile;
  bool is_sorted = true;

  tile->n_runs = 0;
  for (int y = box->y_begin; y < box->y_end; y++) {
    MsWrongRun run = {.x = box->x_begin};

    while (ms_wrong_run_find(finder->planes, y, run.x + run.length, box->x_end, &run)) {
      if (finder->of_class && run.kind == MS_KIND_CONFUSED)
        add_both(tile, &run, &is_sorted);
      else
        add_run(tile, &run, &is_sorted);
    }
  }
  if (!is_sorted)
    qsort(tile->runs, tile->n_runs, sizeof tile->runs[0], compare_runs);
}

/* A row further: nothing away where a site is, else one more than before, and whether there is a
 * site. Of pixels that are not the number, those that are ignored are no sites. */
#define DEFINE_STEP(name, type)                                                                    \
  static bool name(const void *row, const uint8_t *kinds, uint32_t number, bool outside, int n,    \
                   uint8_t *restrict far)                                                          \
  {                                                                                                \
    const type *restrict numbers = row;                                                            \
    const type wanted = (type)number;                                                              \
    uint8_t any = 0;                                                                               \
                                                                                                   \
    if (outside) {                                                                                 \
      for (int x = 0; x < n; x++) {                                                                \
        uint8_t further = far[x] < FAR ? far[x] + 1 : FAR;                                         \
                                                                                                   \
        far[x] = ((numbers[x] != wanted) & (kinds[x] != MS_KIND_IGNORED)) ? 0 : further;           \
        any |= far[x] == 0;                                                                        \
      }                                                                                            \
    } else {                                                                                       \
      for (int x = 0; x < n; x++) {                                                                \
        uint8_t further = far[x] < FAR ? far[x] + 1 : FAR;                                         \
                                                                                                   \
        far[x] = numbers[x] == wanted ? 0 : further;                                               \
        any |= far[x] == 0;                                                                        \
      }                                                                                            \
    }                                                                                              \
    return any;                                                                                    \
  }

DEFINE_STEP(step_8, uint8_t)
DEFINE_STEP(step_16, uint16_t)
DEFINE_STEP(step_32, uint32_t)

static bool
step(const MsPlanes *planes, const MsWrongRun *like, const Box *box, int y, uint8_t *far)
{
  const uint8_t *kinds = (const uint8_t *)ms_raster_row(&planes->kinds, y) + box->x_begin;
  const uint8_t *row = (const uint8_t *)ms_raster_row(&planes->actual, y) +
                       (ptrdiff_t)box->x_begin * (planes->actual.bits / 8);
  bool outside = is_forgiven_outside(like);
  uint32_t number = number_of_sites(like);
  int n = box->x_end - box->x_begin;

  switch (planes->actual.bits) {
  case 8:
    return step_8(row, kinds, number, outside, n, far);
  case 16:
    return step_16(row, kinds, number, outside, n, far);
  default:
    return step_32(row, kinds, number, outside, n, far);
  }
}

static Box
box_of_runs(const MsWrongRun *runs, size_t n_runs)
{
  Box box = {.x_begin = INT32_MAX, .y_begin = INT32_MAX};

  for (size_t i = 0; i < n_runs; i++) {
    int end = runs[i].x + runs[i].length;

    box.x_begin = runs[i].x < box.x_begin ? runs[i].x : box.x_begin;
    box.x_end = end > box.x_end ? end : box.x_end;
    box.y_begin = runs[i].y < box.y_begin ? runs[i].y : box.y_begin;
    box.y_end = runs[i].y + 1 > box.y_end ? runs[i].y + 1 : box.y_end;
  }
  return box;
}

static Box
box_grow(const Box *box, const MsPlanes *planes)
{
  Box grown = {.x_begin = box->x_begin > MS_REACH_MAX ? box->x_begin - MS_REACH_MAX : 0,
               .x_end = box->x_end + MS_REACH_MAX,
               .y_begin = box->y_begin > MS_REACH_MAX ? box->y_begin - MS_REACH_MAX : 0,
               .y_end = box->y_end + MS_REACH_MAX};

  grown.x_end = grown.x_end < planes->width ? grown.x_end : planes->width;
  grown.y_end = grown.y_end < planes->height ? grown.y_end : planes->height;
  return grown;
}

/* Where down distances are known, they tell the sites. */
static void
carry_up(uint8_t *restrict distances, size_t n, uint8_t *restrict far)
{
  for (size_t x = 0; x < n; x++) {
    uint8_t further = far[x] < FAR ? far[x] + 1 : FAR;

    far[x] = distances[x] < further ? distances[x] : further;
    distances[x] = far[x];
  }
}

/* Up and down distances of the group's rows, over the columns of the grown box. False: there is no
 * site in it. */
static bool
go_along_columns(const MsPlanes *planes, const MsWrongRun *like, const Box *box, const Box *grown,
                 Tile *tile)
{
  size_t n = (size_t)(grown->x_end - grown->x_begin);
  bool any = false;

  memset(tile->far, FAR, n);
  for (int y = grown->y_begin; y < box->y_end; y++) {
    any |= step(planes, like, grown, y, tile->far);
    if (y >= box->y_begin)
      memcpy(tile->distances[y - box->y_begin], tile->far, n);
  }
  memset(tile->far, FAR, n);
  for (int y = grown->y_end - 1; y >= box->y_end; y--)
    any |= step(planes, like, grown, y, tile->far);
  for (int y = box->y_end - 1; any && y >= box->y_begin; y--)
    carry_up(tile->distances[y - box->y_begin], n, tile->far);
  return any;
}

/* Squares of a row's distances along columns; squares[i] is that of column box->x_begin -
 * MS_REACH_MAX + i. No site lies in columns outside of the image. */
static void
square_row(const uint8_t *distances, const Box *box, const Box *grown, int16_t *squares)
{
  int16_t *inside = squares + (grown->x_begin - (box->x_begin - MS_REACH_MAX));
  int n = grown->x_end - grown->x_begin;

  for (int i = 0; i < GROWN; i++)
    squares[i] = FAR * FAR;
  for (int i = 0; i < n; i++)
    inside[i] = (int16_t)(distances[i] * distances[i]);
}

static int16_t
nearest_of_pixel(const int16_t *squares)
{
  int16_t nearest = INT16_MAX;

  for (int i = 0; i <= 2 * MS_REACH_MAX; i++) {
    int16_t sum = (int16_t)(squares[i] + (i - MS_REACH_MAX) * (i - MS_REACH_MAX));

    nearest = sum < nearest ? sum : nearest;
  }
  return nearest;
}

/* The squared distances of a run's pixels; squares begin the maximum left of it. */
static void
find_nearest(const int16_t *restrict squares, int length, int16_t *restrict nearest)
{
  if (length < SHORT_RUN) {
    for (int x = 0; x < length; x++)
      nearest[x] = nearest_of_pixel(squares + x);
    return;
  }
  for (int x = 0; x < length; x++)
    nearest[x] = INT16_MAX;
  for (int i = 0; i <= 2 * MS_REACH_MAX; i++) {
    const int16_t square = (int16_t)((i - MS_REACH_MAX) * (i - MS_REACH_MAX));

    for (int x = 0; x < length; x++) {
      int16_t sum = (int16_t)(squares[i + x] + square);

      nearest[x] = sum < nearest[x] ? sum : nearest[x];
    }
  }
}

static void
note_run(Finder *finder, const MsWrongRun *run, uint64_t *counts)
{
  uint8_t *map = finder->map ? ms_raster_row_writable(finder->map, run->y) : NULL;

  for (int i = 0; i < run->length; i++) {
    int16_t square = finder->tile->nearest[i];
    uint8_t reach = square < N_SQUARES ? finder->reach_of_square[square] : MS_REACH_NONE;

    counts[reach]++;
    if (map)
      map[run->x + i] |= (uint8_t)(reach << 3);
  }
}

static void
note_none(Finder *finder, const MsWrongRun *runs, size_t n_runs)
{
  for (size_t i = 0; finder->map && i < n_runs; i++) {
    uint8_t *map = ms_raster_row_writable(finder->map, runs[i].y);

    for (int x = runs[i].x; x < runs[i].x + runs[i].length; x++)
      map[x] |= MS_REACH_NONE << 3;
  }
}

static void
forgive(MsMend *mend, const MsWrongRun *like, uint64_t n)
{
  mend->pixels += n;
  *(is_forgiven_outside(like) ? &mend->fn : &mend->fp) += n;
}

static void
mend(Finder *finder, const MsWrongRun *like, uint64_t *counts)
{
  for (unsigned k = 0; k <= MS_REACH_MAX; k++) {
    if (counts[k] > 0 && finder->of_class && k <= finder->k)
      forgive(&finder->of_class[number_of_sites(like)], like, counts[k]);
    else if (counts[k] > 0 && !finder->of_class)
      ms_planes_mend(finder->planes, like->kind, like->actual, like->predicted, counts[k],
                     &finder->exactly[k]);
  }
  memset(counts, 0, N_REACHES * sizeof *counts);
}

/* Runs with the same sites. Number 0 is no class: no site forgives it. */
static void
settle_group(Finder *finder, const MsWrongRun *runs, size_t n_runs)
{
  Tile *tile = finder->tile;
  Box box = box_of_runs(runs, n_runs), grown = box_grow(&box, finder->planes);
  uint64_t counts[N_REACHES] = {0};
  int y = -1;

  if (number_of_sites(&runs[0]) == 0 ||
      !go_along_columns(finder->planes, &runs[0], &box, &grown, tile)) {
    note_none(finder, runs, n_runs);
    return;
  }
  for (size_t i = 0; i < n_runs; i++) {
    if (runs[i].y != y)
      square_row(tile->distances[runs[i].y - box.y_begin], &box, &grown, tile->squares);
    y = runs[i].y;
    find_nearest(tile->squares + (runs[i].x - box.x_begin), runs[i].length, tile->nearest);
    note_run(finder, &runs[i], counts);
    if (i + 1 == n_runs || !are_mended_alike(&runs[i], &runs[i + 1]))
      mend(finder, &runs[i], counts);
  }
}

static void
settle_tile(Finder *finder, const Box *box)
{
  Tile *tile = finder->tile;

  collect(finder, box);
  for (size_t begin = 0, end; begin < tile->n_runs; begin = end) {
    for (end = begin + 1; end < tile->n_runs; end++) {
      if (!have_same_sites(&tile->runs[begin], &tile->runs[end]))
        break;
    }
    settle_group(finder, &tile->runs[begin], end - begin);
  }
}

static MsStatus
settle(Finder *finder, const MsControl *control)
{
  int width = finder->planes->width, height = finder->planes->height;

  for (int y = 0; y < height; y += TILE) {
    int y_end = height - y > TILE ? y + TILE : height;

    for (int x = 0; x < width; x += TILE) {
      double n_rows = y + (y_end - y) * (double)x / width;

      if (!ms_control_go_on(control, n_rows / height))
        return MS_STATUS_CANCELLED;
      settle_tile(finder, &(Box){.x_begin = x,
                                 .x_end = width - x > TILE ? x + TILE : width,
                                 .y_begin = y,
                                 .y_end = y_end});
    }
  }
  return MS_STATUS_OK;
}

static void
fill_reaches(uint8_t *reach_of_square)
{
  int k = 0;

  for (int square = 0; square < N_SQUARES; square++) {
    if (square > k * k)
      k++;
    reach_of_square[square] = (uint8_t)k;
  }
}

static MsStatus
find(Finder *finder, const MsControl *control)
{
  MsStatus status;

  finder->tile = malloc(sizeof *finder->tile);
  if (!finder->tile)
    return MS_STATUS_NO_MEMORY;
  fill_reaches(finder->reach_of_square);
  status = settle(finder, control);
  free(finder->tile);
  return status;
}

MsStatus
ms_reach_find(const MsPlanes *planes, MsRaster *map, const MsControl *control, MsReach *reach)
{
  Finder finder = {.planes = planes, .map = map};
  MsStatus status = find(&finder, control);

  if (status != MS_STATUS_OK)
    return status;
  memset(reach, 0, sizeof *reach);
  for (int k = 0; k <= MS_REACH_MAX; k++) {
    if (k > 0)
      reach->within[k] = reach->within[k - 1];
    ms_mend_add(&reach->within[k], &finder.exactly[k]);
  }
  return MS_STATUS_OK;
}

MsStatus
ms_reach_find_classes(const MsPlanes *planes, unsigned k, const MsControl *control,
                      MsMend *forgiven)
{
  Finder finder = {.planes = planes, .of_class = forgiven, .k = k};

  if (k > MS_REACH_MAX)
    return MS_STATUS_INVALID;
  memset(forgiven, 0, planes->n_numbers * sizeof *forgiven);
  return find(&finder, control);
}
