/* SPDX-License-Identifier: MIT
 *
 * Runs of at most 255 pixels are counted in bytes, which compilers do sixteen or more at a time.
 */
#include "metric/offset.h"

#define RUN 255

static void
add_run(MsOverlap *overlap, const uint8_t *actual, const uint8_t *predicted, int n,
        uint8_t background)
{
  uint8_t right = 0, n_actual = 0, n_predicted = 0;

  for (int i = 0; i < n; i++) {
    uint8_t a = actual[i], p = predicted[i];
    uint8_t counts = a != MS_OFFSET_IGNORED;
    uint8_t is_class = (a != background) & counts;

    right += (a == p) & is_class;
    n_actual += is_class;
    n_predicted += (p != background) & counts;
  }
  overlap->right += right;
  overlap->actual += n_actual;
  overlap->predicted += n_predicted;
}

static bool
lies_in(const MsRaster *raster, MsWindow window, int dx, int dy)
{
  return window.first_x - dx >= 0 && window.last_x - dx <= raster->width &&
         window.first_y - dy >= 0 && window.last_y - dy <= raster->height;
}

MsStatus
ms_overlap_add(MsOverlap *overlap, const MsRaster *actual, const MsRaster *predicted,
               MsWindow window, int dx, int dy, uint8_t background)
{
  if (actual->bits != 8 || predicted->bits != 8 || window.first_x > window.last_x ||
      window.first_y > window.last_y || !lies_in(actual, window, 0, 0) ||
      !lies_in(predicted, window, dx, dy))
    return MS_STATUS_INVALID;
  for (int y = window.first_y; y < window.last_y; y++) {
    const uint8_t *actual_row = ms_raster_row(actual, y);
    const uint8_t *predicted_row = ms_raster_row(predicted, y - dy);

    for (int x = window.first_x; x < window.last_x; x += RUN)
      add_run(overlap, actual_row + x, predicted_row + x - dx,
              window.last_x - x < RUN ? window.last_x - x : RUN, background);
  }
  return MS_STATUS_OK;
}

bool
ms_overlap_iou(const MsOverlap *overlap, double *iou)
{
  uint64_t all = overlap->actual + overlap->predicted - overlap->right;

  if (all == 0)
    return false;
  *iou = (double)overlap->right / (double)all;
  return true;
}
