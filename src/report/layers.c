/* SPDX-License-Identifier: MIT
 *
 * Kinds are painted in bands of rows, so that the control is asked between them.
 */
#include "report/layers.h"

#include "metric/kinds.h"

#define BAND_ROWS 256

static MsPyramid *
finish(MsPyramid *pyramid, const MsControl *control)
{
  if (ms_pyramid_reduce(pyramid, control) == MS_STATUS_OK)
    return pyramid;
  ms_pyramid_free(pyramid);
  return NULL;
}

MsPyramid *
ms_layers_image(const MsFrame *frame, MsDisplayRange range, const MsControl *control)
{
  MsPyramid *pyramid;

  if (!frame->image || !ms_control_go_on(control, 0))
    return NULL;
  pyramid = ms_pyramid_new(frame->image->width, frame->image->height, 4);
  if (!pyramid)
    return NULL;
  ms_picture_to_rgb24(frame->image, range, pyramid->levels[0].pixels,
                      (gsize)pyramid->levels[0].stride);
  return finish(pyramid, control);
}

static MsDisplayRange
shown_range(const MsFrame *frame, gboolean stretch)
{
  return stretch ? ms_picture_wanted_range(frame->image) : ms_picture_full_range(frame->image);
}

MsPyramid *
ms_layers_shown_image(const MsFrame *frame, gboolean stretch, const MsControl *control)
{
  if (!frame->image)
    return NULL;
  return ms_layers_image(frame, shown_range(frame, stretch), control);
}

cairo_surface_t *
ms_layers_picture(const MsFrame *frame, gboolean stretch)
{
  cairo_surface_t *surface;

  if (!frame->image)
    return NULL;
  surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, frame->image->width, frame->image->height);
  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy(surface);
    return NULL;
  }
  ms_picture_to_rgb24(frame->image, shown_range(frame, stretch),
                      cairo_image_surface_get_data(surface),
                      (gsize)cairo_image_surface_get_stride(surface));
  cairo_surface_mark_dirty(surface);
  return surface;
}

static gboolean
paint_kinds(const MsFrame *frame, const MsRules *rules, const MsLevel *level,
            const MsControl *control)
{
  for (int y = 0; y < level->height; y += BAND_ROWS) {
    int n_rows = MIN(BAND_ROWS, level->height - y);

    if (!ms_control_go_on(control, (double)y / level->height) ||
        ms_kinds_paint(rules, &frame->actual, &frame->predicted, y, n_rows,
                       level->pixels + y * level->stride, level->stride) != MS_STATUS_OK)
      return FALSE;
  }
  return TRUE;
}

MsPyramid *
ms_layers_kinds(const MsFrame *frame, const MsRules *rules, const MsControl *control)
{
  MsPyramid *pyramid;

  if (frame->result->status != MS_RESULT_OK || !frame->has_actual || !frame->has_predicted)
    return NULL;
  pyramid = ms_pyramid_new(frame->actual.width, frame->actual.height, 1);
  if (!pyramid)
    return NULL;
  if (!paint_kinds(frame, rules, &pyramid->levels[0], control)) {
    ms_pyramid_free(pyramid);
    return NULL;
  }
  return finish(pyramid, control);
}
