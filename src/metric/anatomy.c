/* SPDX-License-Identifier: MIT
 *
 * The five kinds of error. A side (actual, predicted) is only looked at where it decides: the
 * actual one when there are false negatives, the predicted one when there are false positives. Its
 * objects are found first, and which of them the other side meets; then rows are gone through once
 * more, together with the inner band of the objects.
 */
#include "metric/anatomy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric/band.h"
#include "metric/components.h"
#include "metric/control-part.h"
#include "metric/wrong-runs.h"

/* Pixels between two questions whether to go on. */
#define STRIPE_PIXELS (1 << 18)

#define BERNHARD                                                                                   \
  "Bernhard et al.: \"What's Outside the Intersection? Fine-Grained Error Analysis for Semantic "  \
  "Segmentation Beyond IoU\", WACV 2024"

static const MsErrorInfo infos[MS_N_ERRORS] = {
    [MS_ERROR_BOUNDARY] = {.id = "boundary",
                           .label = "Boundary",
                           .definition = "Wrong, within 2 % of the image's diagonal (at least 1 "
                                         "px) of its object's border.",
                           .source = BERNHARD},
    [MS_ERROR_EXTENT] = {.id = "extent",
                         .label = "Extent",
                         .definition = "Wrong, further from the border, of an object that was "
                                       "found in part.",
                         .source = BERNHARD},
    [MS_ERROR_MISSED] = {.id = "missed",
                         .label = "Missed",
                         .definition = "Of an actual object of which no pixel was predicted.",
                         .source = BERNHARD},
    [MS_ERROR_SPURIOUS] = {.id = "spurious",
                           .label = "Spurious",
                           .definition = "Of a predicted object of which no pixel is actual.",
                           .source = BERNHARD},
    [MS_ERROR_CONFUSED] = {.id = "confused",
                           .label = "Confused",
                           .definition = "Of one class, taken for another.",
                           .source = "Off-diagonal of the confusion matrix, background left out"},
};

const MsErrorInfo *
ms_error_info(MsError error)
{
  return &infos[error];
}

bool
ms_error_from_id(const char *id, MsError *error)
{
  for (int i = 0; i < MS_N_ERRORS; i++) {
    if (strcmp(infos[i].id, id) == 0) {
      *error = (MsError)i;
      return true;
    }
  }
  return false;
}

int
ms_boundary_width(int width, int height)
{
  double d = rint(0.02 * sqrt((double)width * width + (double)height * height));

  return d > 1 ? (int)d : 1;
}

uint64_t
ms_anatomy_wrong(const MsAnatomy *anatomy)
{
  uint64_t wrong = 0;

  for (int error = 0; error < MS_N_ERRORS; error++)
    wrong += anatomy->errors[error].pixels;
  return wrong;
}

/* Zeroed where no pixel asks for it. */
typedef struct {
  MsComponents objects;
  uint8_t *is_met; /* by object */
  MsBand band;
  size_t run; /* of the objects' runs, at most the one that is looked for next */
} Side;

static void
side_clear(Side *side)
{
  ms_components_clear(&side->objects);
  ms_band_clear(&side->band);
  free(side->is_met);
}

/* Whether any pixel of both rows is alike. */
#define DEFINE_MEET(name, type)                                                                    \
  static bool name(const void *row, const void *other, int x, int length)                          \
  {                                                                                                \
    const type *numbers = (const type *)row + x, *others = (const type *)other + x;                \
                                                                                                   \
    for (int i = 0; i < length; i++) {                                                             \
      if (numbers[i] == others[i])                                                                 \
        return true;                                                                               \
    }                                                                                              \
    return false;                                                                                  \
  }

DEFINE_MEET(meet_8, uint8_t)
DEFINE_MEET(meet_16, uint16_t)
DEFINE_MEET(meet_32, uint32_t)

typedef bool (*Meet)(const void *row, const void *other, int x, int length);

static bool
go_on(const MsControl *control, const MsRaster *raster, int y)
{
  int stripe = STRIPE_PIXELS / raster->width + 1;

  return y % stripe != 0 || ms_control_go_on(control, (double)y / raster->height);
}

static MsStatus
find_met(Side *side, const MsRaster *numbers, const MsRaster *others, const MsControl *control)
{
  static const Meet meets[3] = {meet_8, meet_16, meet_32};
  Meet meet = meets[numbers->bits / 16];
  const MsComponents *objects = &side->objects;

  for (int y = 0; y < numbers->height; y++) {
    const void *row = ms_raster_row(numbers, y), *other = ms_raster_row(others, y);

    if (!go_on(control, numbers, y))
      return MS_STATUS_CANCELLED;
    for (size_t i = objects->rows[y]; i < objects->rows[y + 1]; i++) {
      const MsComponentRun *run = &objects->runs[i];

      if (!side->is_met[run->component])
        side->is_met[run->component] = meet(row, other, run->x, run->length);
    }
  }
  return MS_STATUS_OK;
}

static MsStatus
side_init(Side *side, const MsRaster *numbers, const MsRaster *others, MsControlPart part)
{
  MsControlPart objects = {part.whole, part.from, 0.7 * part.share};
  MsControlPart rest = {part.whole, part.from + 0.7 * part.share, 0.3 * part.share};
  MsControl control = ms_control_part(&objects), rest_control = ms_control_part(&rest);
  MsStatus status = ms_components_init(&side->objects, numbers, UINT32_MAX, &control);

  if (status == MS_STATUS_OK)
    status = ms_band_init(&side->band, numbers, ms_boundary_width(numbers->width, numbers->height));
  if (status != MS_STATUS_OK)
    return status;
  side->is_met = calloc((size_t)side->objects.n_components + 1, sizeof *side->is_met);
  if (!side->is_met)
    return MS_STATUS_NO_MEMORY;
  return find_met(side, numbers, others, &rest_control);
}

/* To the next row, if the side is looked at. */
static void
side_next(Side *side, int y)
{
  if (!side->is_met)
    return;
  ms_band_next(&side->band);
  side->run = side->objects.rows[y];
}

/* Of a run, which is of one object as its number is; runs grow from call to call within a row. */
static bool
side_meets(Side *side, const MsWrongRun *run)
{
  const MsComponentRun *runs = side->objects.runs;

  while (runs[side->run].x + runs[side->run].length <= run->x)
    side->run++;
  return side->is_met[runs[side->run].component];
}

typedef struct {
  const MsPlanes *planes;
  MsRaster *map; /* or NULL */
  Side actual;
  Side predicted;
  MsAnatomy anatomy;
} Finder;

static void
add(Finder *finder, const MsWrongRun *run, MsError error, int n_pixels)
{
  ms_planes_mend(finder->planes, run->kind, run->actual, run->predicted, (uint64_t)n_pixels,
                 &finder->anatomy.errors[error]);
}

static void
add_run(Finder *finder, const MsWrongRun *run, MsError error)
{
  uint8_t *map = finder->map ? ms_raster_row_writable(finder->map, run->y) : NULL;

  add(finder, run, error, run->length);
  for (int x = run->x; map && x < run->x + run->length; x++)
    map[x] |= (uint8_t)(1 + error);
}

static void
add_by_band(Finder *finder, const MsWrongRun *run, const MsBand *band)
{
  uint8_t *map = finder->map ? ms_raster_row_writable(finder->map, run->y) : NULL;
  int n_boundary = 0;

  for (int x = run->x; x < run->x + run->length; x++)
    n_boundary += ms_band_holds(band, x);
  for (int x = run->x; map && x < run->x + run->length; x++)
    map[x] |= 1 + (ms_band_holds(band, x) ? MS_ERROR_BOUNDARY : MS_ERROR_EXTENT);
  add(finder, run, MS_ERROR_BOUNDARY, n_boundary);
  add(finder, run, MS_ERROR_EXTENT, run->length - n_boundary);
}

static void
settle_run(Finder *finder, const MsWrongRun *run)
{
  bool is_missed = run->kind == MS_KIND_FN;
  Side *side = is_missed ? &finder->actual : &finder->predicted;

  if (run->kind == MS_KIND_CONFUSED)
    add_run(finder, run, MS_ERROR_CONFUSED);
  else if ((is_missed ? run->actual : run->predicted) == 0)
    add_run(finder, run, MS_ERROR_EXTENT);
  else if (!side_meets(side, run))
    add_run(finder, run, is_missed ? MS_ERROR_MISSED : MS_ERROR_SPURIOUS);
  else
    add_by_band(finder, run, &side->band);
}

static void
settle_row(Finder *finder, int y)
{
  MsWrongRun run = {.x = 0};

  side_next(&finder->actual, y);
  side_next(&finder->predicted, y);
  while (ms_wrong_run_find(finder->planes, y, run.x + run.length, finder->planes->width, &run))
    settle_run(finder, &run);
}

static MsStatus
settle(Finder *finder, const MsControl *control)
{
  for (int y = 0; y < finder->planes->height; y++) {
    if (!go_on(control, &finder->planes->kinds, y))
      return MS_STATUS_CANCELLED;
    settle_row(finder, y);
  }
  return MS_STATUS_OK;
}

/* All kinds that occur. */
static unsigned int
gather_kinds(const MsRaster *kinds)
{
  uint8_t all = 0;

  for (int y = 0; y < kinds->height; y++) {
    const uint8_t *row = ms_raster_row(kinds, y);

    for (int x = 0; x < kinds->width; x++)
      all |= row[x];
  }
  return all;
}

static MsStatus
find(Finder *finder, const MsControl *control)
{
  const MsPlanes *planes = finder->planes;
  unsigned int kinds = gather_kinds(&planes->kinds);
  MsControlPart rest = {control, 0.7, 0.3};
  MsControl rest_control = ms_control_part(&rest);
  MsStatus status = MS_STATUS_OK;

  if (kinds & MS_KIND_FN)
    status = side_init(&finder->actual, &planes->actual, &planes->predicted,
                       (MsControlPart){control, 0, 0.35});
  if (status == MS_STATUS_OK && (kinds & MS_KIND_FP))
    status = side_init(&finder->predicted, &planes->predicted, &planes->actual,
                       (MsControlPart){control, 0.35, 0.35});
  if (status == MS_STATUS_OK && (kinds & MS_KIND_WRONG))
    status = settle(finder, &rest_control);
  return status;
}

MsStatus
ms_anatomy_find(const MsPlanes *planes, MsRaster *map, const MsControl *control, MsAnatomy *anatomy)
{
  Finder finder = {.planes = planes, .map = map};
  MsStatus status = find(&finder, control);

  side_clear(&finder.actual);
  side_clear(&finder.predicted);
  if (status == MS_STATUS_OK)
    *anatomy = finder.anatomy;
  return status;
}
