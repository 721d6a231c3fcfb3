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
#include "metric/part.h"

/* Pixels between two questions whether to go on. */
#define STRIPE_PIXELS (1 << 20)

#define BERNHARD                                                                                   \
  "after Bernhard et al., \"What's Outside the Intersection? Fine-Grained Error Analysis for "     \
  "Semantic Segmentation Beyond IoU\", WACV 2024"

static const MsErrorInfo infos[MS_N_ERRORS] = {
    [MS_ERROR_BOUNDARY] = {.id = "boundary",
                           .label = "Boundary",
                           .definition =
                               "Wrong pixels within width d of the border of the object that they "
                               "belong to: d is 2 % of the image's diagonal, at least 1 pixel, "
                               "counted as a king moves on a chessboard.",
                           .source = BERNHARD ", with the band of boundary IoU"},
    [MS_ERROR_EXTENT] = {.id = "extent",
                         .label = "Extent",
                         .definition =
                             "Wrong pixels further inside an object that the other side also has, "
                             "at least in part; also background taken for an id that is no class.",
                         .source = BERNHARD},
    [MS_ERROR_MISSED] = {.id = "missed",
                         .label = "Missed",
                         .definition = "Pixels of actual objects (pixels of one class that touch) "
                                       "of which no pixel was predicted.",
                         .source = BERNHARD ", there a segment error"},
    [MS_ERROR_SPURIOUS] = {.id = "spurious",
                           .label = "Spurious",
                           .definition = "Pixels of predicted objects (pixels of one class that "
                                         "touch) of which no pixel is actual.",
                           .source = BERNHARD ", there a segment error"},
    [MS_ERROR_CONFUSED] = {.id = "confused",
                           .label = "Confused",
                           .definition = "Pixels of one class that were taken for another.",
                           .source = "the off-diagonal of the confusion matrix, background left "
                                     "out"},
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

/* Zeroed where no pixel asks for it. */
typedef struct {
  MsComponents objects;
  uint8_t *is_met; /* by object */
  MsBand band;
  size_t run; /* no run of its row ends before the pixel that is looked at */
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
side_init(Side *side, const MsRaster *numbers, const MsRaster *others, MsPart part)
{
  double middle = part.begin + 0.7 * (part.end - part.begin);
  MsPart objects = {.whole = part.whole, .begin = part.begin, .end = middle};
  MsPart rest = {.whole = part.whole, .begin = middle, .end = part.end};
  MsControl control = ms_part_control(&objects), rest_control = ms_part_control(&rest);
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

/* Of a pixel of an object; x grows from call to call within a row. */
static MsError
side_error(Side *side, int x, MsError unmet)
{
  const MsComponentRun *runs = side->objects.runs;

  while (runs[side->run].x + runs[side->run].length <= x)
    side->run++;
  if (!side->is_met[runs[side->run].component])
    return unmet;
  return ms_band_holds(&side->band, x) ? MS_ERROR_BOUNDARY : MS_ERROR_EXTENT;
}

/* Wrong pixels, one after the other, that are alike in all that matters. */
typedef struct {
  MsKind kind;
  MsError error;
  uint32_t actual;
  uint32_t predicted;
  uint64_t n_pixels;
} Stretch;

typedef struct {
  const MsPlanes *planes;
  MsRaster *map; /* or NULL */
  Side actual;
  Side predicted;
  Stretch stretch;
  MsAnatomy anatomy;
} Finder;

static MsError
find_error(Finder *finder, const Stretch *pixel, int x)
{
  if (pixel->kind == MS_KIND_CONFUSED)
    return MS_ERROR_CONFUSED;
  if (pixel->kind == MS_KIND_FN && pixel->actual != 0)
    return side_error(&finder->actual, x, MS_ERROR_MISSED);
  if (pixel->kind == MS_KIND_FP && pixel->predicted != 0)
    return side_error(&finder->predicted, x, MS_ERROR_SPURIOUS);
  return MS_ERROR_EXTENT;
}

static void
flush(Finder *finder)
{
  const Stretch *stretch = &finder->stretch;

  if (stretch->n_pixels > 0)
    ms_planes_mend(finder->planes, stretch->kind, stretch->actual, stretch->predicted,
                   stretch->n_pixels, &finder->anatomy.errors[stretch->error]);
  finder->stretch.n_pixels = 0;
}

static void
add(Finder *finder, const Stretch *pixel)
{
  const Stretch *last = &finder->stretch;

  if (last->kind != pixel->kind || last->error != pixel->error || last->actual != pixel->actual ||
      last->predicted != pixel->predicted) {
    flush(finder);
    finder->stretch = *pixel;
  }
  finder->stretch.n_pixels++;
}

static void
settle_row(Finder *finder, int y)
{
  const MsPlanes *planes = finder->planes;
  const uint8_t *kinds = ms_raster_row(&planes->kinds, y);
  uint8_t *map = finder->map ? ms_raster_row_writable(finder->map, y) : NULL;

  side_next(&finder->actual, y);
  side_next(&finder->predicted, y);
  for (int x = 0; x < planes->width; x++) {
    Stretch pixel;

    if (!(kinds[x] & MS_KIND_WRONG))
      continue;
    pixel = (Stretch){.kind = (MsKind)kinds[x],
                      .actual = ms_raster_get(&planes->actual, x, y),
                      .predicted = ms_raster_get(&planes->predicted, x, y)};
    pixel.error = find_error(finder, &pixel, x);
    add(finder, &pixel);
    if (map)
      map[x] |= (uint8_t)(1 + pixel.error);
  }
}

static MsStatus
settle(Finder *finder, const MsControl *control)
{
  for (int y = 0; y < finder->planes->height; y++) {
    if (!go_on(control, &finder->planes->kinds, y))
      return MS_STATUS_CANCELLED;
    settle_row(finder, y);
  }
  flush(finder);
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
  MsPart rest = {.whole = control, .begin = 0.7, .end = 1};
  MsControl rest_control = ms_part_control(&rest);
  MsStatus status = MS_STATUS_OK;

  if (kinds & MS_KIND_FN)
    status = side_init(&finder->actual, &planes->actual, &planes->predicted,
                       (MsPart){.whole = control, .begin = 0, .end = 0.35});
  if (status == MS_STATUS_OK && (kinds & MS_KIND_FP))
    status = side_init(&finder->predicted, &planes->predicted, &planes->actual,
                       (MsPart){.whole = control, .begin = 0.35, .end = 0.7});
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
