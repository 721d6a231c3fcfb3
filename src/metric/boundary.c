/* SPDX-License-Identifier: MIT
 *
 * A class against the rest has the band of its objects, so one walk over both rasters serves all
 * classes.
 */
#include "metric/boundary.h"

#include <stdlib.h>
#include <string.h>

#include "metric/anatomy.h"
#include "metric/band.h"

typedef struct {
  const MsRaster *raster;
  MsBand band;
  uint32_t *row; /* number of each pixel of the row that is in its band; 0: none is */
} Side;

static MsStatus
side_init(Side *side, const MsRaster *raster, int d)
{
  *side = (Side){.raster = raster};
  side->row = malloc((size_t)raster->width * sizeof *side->row);
  return side->row ? ms_band_init(&side->band, raster, d) : MS_STATUS_NO_MEMORY;
}

static void
side_clear(Side *side)
{
  ms_band_clear(&side->band);
  free(side->row);
}

static void
side_next(Side *side, int y)
{
  const void *row = ms_raster_row(side->raster, y);

  ms_band_next(&side->band);
  for (int x = 0; x < side->raster->width; x++) {
    uint32_t number = side->raster->bits == 8    ? ((const uint8_t *)row)[x]
                      : side->raster->bits == 16 ? ((const uint16_t *)row)[x]
                                                 : ((const uint32_t *)row)[x];

    side->row[x] = ms_band_holds(&side->band, x) ? number : 0;
  }
}

static void
count_row(const Side *actual, const Side *predicted, MsBands *bands)
{
  for (int x = 0; x < actual->raster->width; x++) {
    uint32_t a = actual->row[x], p = predicted->row[x];

    if ((a | p) == 0)
      continue;
    bands[a].actual++;
    bands[p].predicted++;
    bands[a].both += a == p;
  }
}

static MsStatus
count_rows(Side *actual, Side *predicted, const MsControl *control, MsBands *bands)
{
  int height = actual->raster->height;

  for (int y = 0; y < height; y++) {
    if (!ms_control_go_on(control, (double)y / height))
      return MS_STATUS_CANCELLED;
    side_next(actual, y);
    side_next(predicted, y);
    count_row(actual, predicted, bands);
  }
  return MS_STATUS_OK;
}

/* Where no class lies there is no band. */
static void
put_bands(const MsBands *counted, uint32_t n_numbers, int d, MsBands *bands)
{
  memcpy(bands, counted, n_numbers * sizeof *bands);
  bands[0] = (MsBands){0};
  for (uint32_t i = 0; i < n_numbers; i++)
    bands[i].width = d;
}

MsStatus
ms_bands_count(const MsPlanes *planes, const MsControl *control, MsBands *bands)
{
  int d = ms_boundary_width(planes->width, planes->height);
  MsBands *counted = calloc(planes->n_numbers, sizeof *counted);
  Side actual = {0}, predicted = {0};
  MsStatus status = counted ? side_init(&actual, &planes->actual, d) : MS_STATUS_NO_MEMORY;

  if (status == MS_STATUS_OK)
    status = side_init(&predicted, &planes->predicted, d);
  if (status == MS_STATUS_OK)
    status = count_rows(&actual, &predicted, control, counted);
  side_clear(&actual);
  side_clear(&predicted);
  if (status == MS_STATUS_OK)
    put_bands(counted, planes->n_numbers, d, bands);
  free(counted);
  return status;
}

MsValue
ms_score_boundary_iou(const MsBands *bands, MsEmptyRule empty)
{
  /* A band is empty where its mask is. */
  MsCounts counts = {
      .tp = bands->both, .fp = bands->predicted - bands->both, .fn = bands->actual - bands->both};

  return ms_score_iou(&counts, empty);
}
