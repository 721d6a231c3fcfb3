/* SPDX-License-Identifier: MIT
 *
 * The block of raw samples. Sides of pictures are checked and memory for pixels is taken here only.
 */
#include "io/samples.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

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

#define HUGE_PAGE ((gsize)2 << 20)

/* Large ones in huge pages: in pages of 4 KiB the kernel would take a good part of the time that it
 * takes to decode into them. */
guint8 *
ms_pixels_take(gsize size)
{
  gsize whole = size - size % HUGE_PAGE;
  void *pixels;

  if (whole < 2 * HUGE_PAGE)
    return g_try_malloc(size);
  if (posix_memalign(&pixels, HUGE_PAGE, size) != 0)
    return NULL;
#ifdef MADV_HUGEPAGE
  madvise(pixels, whole, MADV_HUGEPAGE);
#endif
  return pixels;
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

static MsSamples *
samples_new_of(int width, int height, MsColorType color, int bytes, guint8 *pixels)
{
  MsSamples *samples = g_new0(MsSamples, 1);

  samples->width = width;
  samples->height = height;
  samples->color = color;
  samples->channels = ms_color_channels(color);
  samples->bytes = bytes;
  samples->stride = (gsize)width * samples->channels * bytes;
  samples->pixels = pixels;
  return samples;
}

static MsSamples *
samples_new(int width, int height, MsColorType color, int bytes, const char *name, GError **error)
{
  guint8 *pixels =
      ms_pixels_new(width, height, (gsize)ms_color_channels(color) * bytes, name, error);

  return pixels ? samples_new_of(width, height, color, bytes, pixels) : NULL;
}

MsSamples *
ms_samples_new_of(int width, int height, MsColorType color, int depth, guint8 *pixels)
{
  MsSamples *samples = samples_new_of(width, height, color, depth == 16 ? 2 : 1, pixels);

  samples->depth = depth;
  return samples;
}

MsSamples *
ms_samples_new(int width, int height, MsColorType color, int depth, const char *name,
               GError **error)
{
  MsSamples *samples = samples_new(width, height, color, depth == 16 ? 2 : 1, name, error);

  if (samples)
    samples->depth = depth;
  return samples;
}

static MsSamples *
samples_new_wide(MsSampleType type, int width, int height, const char *name, GError **error)
{
  MsSamples *samples = samples_new(width, height, MS_COLOR_GREY, 4, name, error);

  if (samples == NULL)
    return NULL;
  samples->type = type;
  samples->depth = 32;
  return samples;
}

MsSamples *
ms_samples_new_numbers(int width, int height, const char *name, GError **error)
{
  return samples_new_wide(MS_SAMPLES_NUMBERS, width, height, name, error);
}

MsSamples *
ms_samples_new_floats(int width, int height, const char *name, GError **error)
{
  return samples_new_wide(MS_SAMPLES_FLOATS, width, height, name, error);
}

void
ms_samples_free(MsSamples *samples)
{
  g_free(samples->pixels);
  g_free(samples->note);
  g_free(samples);
}

guint
ms_samples_maximum(const MsSamples *samples)
{
  return (1u << samples->depth) - 1;
}

/* --- settling what came from wider types ------------------------------------------------------ */

static gboolean
check_finite(const MsSamples *samples, gsize n_pixels, const char *name, GError **error)
{
  const float *values = (const float *)(const void *)samples->pixels;

  for (gsize i = 0; i < n_pixels; i++)
    if (!isfinite(values[i])) {
      g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
                  "%s: the value at x %" G_GSIZE_FORMAT ", y %" G_GSIZE_FORMAT
                  " is %s, which is neither an id nor a probability",
                  name, i % (gsize)samples->width, i / (gsize)samples->width,
                  isnan(values[i]) ? "not a number" : "infinite");
      return FALSE;
    }
  return TRUE;
}

static gboolean
are_whole(const float *values, gsize n_pixels)
{
  for (gsize i = 0; i < n_pixels; i++)
    if (values[i] < -2147483648.0f || values[i] >= 4294967296.0f || values[i] != truncf(values[i]))
      return FALSE;
  return TRUE;
}

/* In place: a float and a number are of one size. */
static void
make_numbers(MsSamples *samples, gsize n_pixels)
{
  guint8 *pixels = samples->pixels;

  for (gsize i = 0; i < n_pixels; i++) {
    float value;
    guint32 number;

    memcpy(&value, pixels + 4 * i, 4);
    number = value < 0 ? (guint32)(gint32)value : (guint32)value;
    memcpy(pixels + 4 * i, &number, 4);
  }
  samples->type = MS_SAMPLES_NUMBERS;
}

static void
narrow_to_bytes(guint8 *pixels, gsize n_pixels)
{
  for (gsize i = 0; i < n_pixels; i++) {
    guint32 number;

    memcpy(&number, pixels + 4 * i, 4);
    pixels[i] = (guint8)number;
  }
}

static void
narrow_to_words(guint8 *pixels, gsize n_pixels)
{
  for (gsize i = 0; i < n_pixels; i++) {
    guint32 number;
    guint16 word;

    memcpy(&number, pixels + 4 * i, 4);
    word = (guint16)number;
    memcpy(pixels + 2 * i, &word, 2);
  }
}

static void
narrow_numbers(MsSamples *samples, gsize n_pixels)
{
  const guint32 *numbers = (const guint32 *)(const void *)samples->pixels;
  guint32 bits = 0;

  for (gsize i = 0; i < n_pixels; i++)
    bits |= numbers[i];
  if (bits > G_MAXUINT16)
    return;
  samples->bytes = bits > G_MAXUINT8 ? 2 : 1;
  if (samples->bytes == 1)
    narrow_to_bytes(samples->pixels, n_pixels);
  else
    narrow_to_words(samples->pixels, n_pixels);
  samples->stride = (gsize)samples->width * samples->bytes;
  samples->pixels = g_realloc(samples->pixels, samples->stride * (gsize)samples->height);
}

gboolean
ms_samples_settle(MsSamples *samples, const char *name, GError **error)
{
  gsize n_pixels = (gsize)samples->width * (gsize)samples->height;

  g_return_val_if_fail(samples->type != MS_SAMPLES_SCALED && samples->bytes == 4, FALSE);
  if (samples->type == MS_SAMPLES_FLOATS) {
    if (!check_finite(samples, n_pixels, name, error))
      return FALSE;
    if (are_whole((const float *)(const void *)samples->pixels, n_pixels))
      make_numbers(samples, n_pixels);
  }
  if (samples->type == MS_SAMPLES_NUMBERS)
    narrow_numbers(samples, n_pixels);
  return TRUE;
}
