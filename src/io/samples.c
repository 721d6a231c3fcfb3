/* SPDX-License-Identifier: MIT
 *
 * The counted block of raw samples; its sides are checked and its memory is taken here only.
 */
#include "io/samples.h"

#include "io/error.h"
#include "metric/raster.h"
#include "metric/size.h"

int
ms_color_channels(MsColorType color)
{
  switch (color) {
  case MS_COLOR_GREY:
  case MS_COLOR_PALETTE:
    return 1;
  case MS_COLOR_GREY_ALPHA:
    return 2;
  case MS_COLOR_RGB:
    return 3;
  case MS_COLOR_RGBA:
    return 4;
  }
  g_return_val_if_reached(1);
}

static gboolean
in_range(int side)
{
  return side >= 1 && side <= MS_RASTER_MAX_SIDE;
}

MsSamples *
ms_samples_new(int width, int height, MsColorType color, int depth, const char *name,
               GError **error)
{
  int channels = ms_color_channels(color);
  int bytes = depth == 16 ? 2 : 1;
  guint8 *pixels = NULL;
  gsize stride, size;
  MsSamples *samples;

  if (in_range(width) && in_range(height) &&
      ms_size_mul((gsize)width, (gsize)channels * bytes, &stride) &&
      ms_size_mul(stride, (gsize)height, &size))
    pixels = g_try_malloc0(size);
  if (pixels == NULL) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: no memory for %d x %d pixels (sides from 1 to %d are read)", name, width,
                height, MS_RASTER_MAX_SIDE);
    return NULL;
  }
  samples = g_atomic_rc_box_new0(MsSamples);
  samples->width = width;
  samples->height = height;
  samples->color = color;
  samples->depth = depth;
  samples->channels = channels;
  samples->bytes = bytes;
  samples->stride = stride;
  samples->pixels = pixels;
  return samples;
}

MsSamples *
ms_samples_ref(MsSamples *samples)
{
  return g_atomic_rc_box_acquire(samples);
}

static void
samples_clear(gpointer data)
{
  MsSamples *samples = data;

  g_free(samples->pixels);
}

void
ms_samples_unref(MsSamples *samples)
{
  g_atomic_rc_box_release_full(samples, samples_clear);
}

guint
ms_samples_maximum(const MsSamples *samples)
{
  return (1u << samples->depth) - 1;
}
