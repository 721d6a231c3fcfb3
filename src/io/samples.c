/* SPDX-License-Identifier: MIT
 *
 * The block of raw samples. Sides of pictures are checked and memory for pixels is taken here only.
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

guint8 *
ms_pixels_new(int width, int height, gsize pixel_bytes, const char *name, GError **error)
{
  guint8 *pixels = NULL;
  gsize size;

  if (in_range(width) && in_range(height) && ms_size_mul((gsize)width, pixel_bytes, &size) &&
      ms_size_mul(size, (gsize)height, &size))
    pixels = g_try_malloc0(size);
  if (pixels == NULL)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: no memory for %d x %d pixels (sides from 1 to %d are read)", name, width,
                height, MS_RASTER_MAX_SIDE);
  return pixels;
}

MsSamples *
ms_samples_new(int width, int height, MsColorType color, int depth, const char *name,
               GError **error)
{
  int channels = ms_color_channels(color);
  int bytes = depth == 16 ? 2 : 1;
  guint8 *pixels = ms_pixels_new(width, height, (gsize)channels * bytes, name, error);
  MsSamples *samples;

  if (pixels == NULL)
    return NULL;
  samples = g_new0(MsSamples, 1);
  samples->width = width;
  samples->height = height;
  samples->color = color;
  samples->depth = depth;
  samples->channels = channels;
  samples->bytes = bytes;
  samples->stride = (gsize)width * channels * bytes;
  samples->pixels = pixels;
  return samples;
}

void
ms_samples_free(MsSamples *samples)
{
  g_free(samples->pixels);
  g_free(samples);
}

guint
ms_samples_maximum(const MsSamples *samples)
{
  return (1u << samples->depth) - 1;
}
