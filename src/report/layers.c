/* SPDX-License-Identifier: MIT
 *
 * Levels are filled in bands of rows, on several threads.
 */
#include "report/layers.h"

/* Takes the pyramid over; NULL: there was none, or it could not be filled. */
static MsPyramid *
fill(MsPyramid *pyramid, MsPyramidFill band, gpointer user, const MsControl *control)
{
  if (pyramid && ms_pyramid_fill(pyramid, band, user, control) == MS_STATUS_OK)
    return pyramid;
  ms_pyramid_free(pyramid);
  return NULL;
}

typedef struct {
  const MsPicture *picture;
  const guint8 *shades;
} Shown;

static MsStatus
show_band(void *user, const MsLevel *level, int first_row, int n_rows)
{
  const Shown *shown = user;
  guint8 *pixels = level->pixels + first_row * level->stride;
  MsPicture band = *shown->picture;

  band.pixels += (gsize)first_row * band.stride;
  band.height = n_rows;
  if (band.channels == 1)
    ms_picture_to_grey(&band, shown->shades, pixels, (gsize)level->stride);
  else
    ms_picture_to_rgb24(&band, shown->shades, pixels, (gsize)level->stride);
  return MS_STATUS_OK;
}

MsPyramid *
ms_layers_image(const MsFrame *frame, MsDisplayRange range, const MsControl *control)
{
  const MsPicture *picture = frame->image;
  g_autofree guint8 *shades = NULL;
  Shown shown;

  if (!picture || !ms_control_go_on(control, 0))
    return NULL;
  shades = ms_picture_shades(picture, range);
  shown = (Shown){picture, shades};
  return fill(ms_pyramid_new(picture->width, picture->height,
                             picture->channels == 1 ? MS_PYRAMID_GREY : MS_PYRAMID_IMAGE),
              show_band, &shown, control);
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

static MsStatus
paint_band(void *source, const MsLevel *level, int first_row, int n_rows)
{
  return ms_kinds_paint(source, first_row, n_rows, level->pixels + first_row * level->stride,
                        level->stride);
}

MsPyramid *
ms_layers_kinds(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                const MsControl *control)
{
  MsKindsSource source;

  if (!ms_layers_kinds_source(frame, rules, focus, &source))
    return NULL;
  return fill(ms_pyramid_new(frame->actual.width, frame->actual.height, MS_PYRAMID_KINDS),
              paint_band, &source, control);
}

gboolean
ms_layers_count_kinds(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                      MsKindCounts *counts)
{
  MsKindsSource source;

  return ms_layers_kinds_source(frame, rules, focus, &source) && frame->result->joint &&
         ms_kinds_count(&source, frame->result->joint, counts) == MS_STATUS_OK;
}
