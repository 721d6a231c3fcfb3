/* SPDX-License-Identifier: MIT
 *
 * Images and kinds are painted in bands of rows, so that the control is asked between them.
 */
#include "report/layers.h"

#define BAND_ROWS 256

static MsPyramid *
finish(MsPyramid *pyramid, const MsControl *control)
{
  if (ms_pyramid_reduce(pyramid, control) == MS_STATUS_OK)
    return pyramid;
  ms_pyramid_free(pyramid);
  return NULL;
}

static void
show_band(const MsPicture *picture, MsDisplayRange range, const MsPyramid *pyramid, int y,
          int n_rows)
{
  const MsLevel *level = &pyramid->levels[0];
  guint8 *pixels = level->pixels + y * level->stride;
  MsPicture band = *picture;

  band.pixels += (gsize)y * band.stride;
  band.height = n_rows;
  if (pyramid->content == MS_PYRAMID_GREY)
    ms_picture_to_grey(&band, range, pixels, (gsize)level->stride);
  else
    ms_picture_to_rgb24(&band, range, pixels, (gsize)level->stride);
}

static gboolean
show_picture(const MsPicture *picture, MsDisplayRange range, const MsPyramid *pyramid,
             const MsControl *control)
{
  for (int y = 0; y < picture->height; y += BAND_ROWS) {
    if (!ms_control_go_on(control, (double)y / picture->height))
      return FALSE;
    show_band(picture, range, pyramid, y, MIN(BAND_ROWS, picture->height - y));
  }
  return TRUE;
}

MsPyramid *
ms_layers_image(const MsFrame *frame, MsDisplayRange range, const MsControl *control)
{
  const MsPicture *picture = frame->image;
  MsPyramid *pyramid;

  if (!picture || !ms_control_go_on(control, 0))
    return NULL;
  pyramid = ms_pyramid_new(picture->width, picture->height,
                           picture->channels == 1 ? MS_PYRAMID_GREY : MS_PYRAMID_IMAGE);
  if (!pyramid)
    return NULL;
  if (!show_picture(picture, range, pyramid, control)) {
    ms_pyramid_free(pyramid);
    return NULL;
  }
  return finish(pyramid, control);
}

MsDisplayRange
ms_layers_shown_range(const MsFrame *frame, gboolean stretch)
{
  return stretch ? ms_picture_wanted_range(frame->image) : ms_picture_full_range(frame->image);
}

MsPyramid *
ms_layers_shown_image(const MsFrame *frame, gboolean stretch, const MsControl *control)
{
  if (!frame->image)
    return NULL;
  return ms_layers_image(frame, ms_layers_shown_range(frame, stretch), control);
}

gboolean
ms_layers_kinds_source(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                       MsKindsSource *source)
{
  *source = (MsKindsSource){
      .rules = rules,
      .actual = &frame->actual,
      .predicted = &frame->predicted,
      .actual_stacks = frame->result->actual_stacks,
      .predicted_stacks = frame->result->predicted_stacks,
      .focus = ms_class_focus_get(focus),
  };
  return frame->result->status == MS_RESULT_OK && frame->has_actual && frame->has_predicted;
}

static gboolean
paint_kinds(const MsKindsSource *source, const MsLevel *level, const MsControl *control)
{
  for (int y = 0; y < level->height; y += BAND_ROWS) {
    int n_rows = MIN(BAND_ROWS, level->height - y);

    if (!ms_control_go_on(control, (double)y / level->height) ||
        ms_kinds_paint(source, y, n_rows, level->pixels + y * level->stride, level->stride) !=
            MS_STATUS_OK)
      return FALSE;
  }
  return TRUE;
}

MsPyramid *
ms_layers_kinds(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                const MsControl *control)
{
  MsKindsSource source;
  MsPyramid *pyramid;

  if (!ms_layers_kinds_source(frame, rules, focus, &source))
    return NULL;
  pyramid = ms_pyramid_new(frame->actual.width, frame->actual.height, MS_PYRAMID_KINDS);
  if (!pyramid)
    return NULL;
  if (!paint_kinds(&source, &pyramid->levels[0], control)) {
    ms_pyramid_free(pyramid);
    return NULL;
  }
  return finish(pyramid, control);
}

gboolean
ms_layers_count_kinds(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                      MsKindCounts *counts)
{
  MsKindsSource source;

  return ms_layers_kinds_source(frame, rules, focus, &source) && frame->result->joint &&
         ms_kinds_count(&source, frame->result->joint, counts) == MS_STATUS_OK;
}
