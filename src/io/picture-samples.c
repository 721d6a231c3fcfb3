/* SPDX-License-Identifier: MIT
 *
 * From samples to a picture: alpha laid over white, palette to colours, few bits to eight, numbers
 * to grey. Memory of samples is taken over where it can be.
 */
#include "io/picture-private.h"

#include <math.h>
#include <string.h>

static guint8
over_white_8(guint value, guint alpha)
{
  return (value * alpha + 255 * (255 - alpha) + 127) / 255;
}

static guint16
over_white_16(guint value, guint alpha)
{
  return (value * alpha + 65535u * (65535u - alpha) + 32767u) / 65535u;
}

/* Lays alpha over white in place: a pixel only shrinks, so writing never overtakes reading. */
static void
drop_alpha(guint8 *pixels, gsize n_pixels, int colors, int bytes)
{
  const guint8 *from_8 = pixels;
  const guint16 *from_16 = (const guint16 *)(const void *)pixels;
  guint16 *to_16 = (guint16 *)(void *)pixels;
  guint8 *to_8 = pixels;

  for (gsize i = 0; i < n_pixels; i++) {
    guint alpha = bytes == 2 ? from_16[colors] : from_8[colors];

    for (int c = 0; c < colors; c++) {
      if (bytes == 2)
        *to_16++ = over_white_16(from_16[c], alpha);
      else
        *to_8++ = over_white_8(from_8[c], alpha);
    }
    from_16 += colors + 1;
    from_8 += colors + 1;
  }
}

static void
scale_to_8_bits(MsSamples *samples)
{
  gsize n = samples->stride * samples->height;
  guint factor = 255 / ms_samples_maximum(samples);

  for (gsize i = 0; i < n; i++)
    samples->pixels[i] *= factor;
}

static MsPicture *
picture_from_palette(const MsSamples *samples, const char *name, GError **error)
{
  gsize n = samples->stride * samples->height;
  guint8 *pixels = ms_pixels_new(samples->width, samples->height, 3, name, error);
  guint8 colors[256][3] = {{0}}; /* an index without an entry is black */

  if (pixels == NULL)
    return NULL;
  for (int i = 0; i < samples->n_palette; i++)
    for (int c = 0; c < 3; c++)
      colors[i][c] = over_white_8(samples->palette[i][c], samples->palette[i][3]);
  for (gsize i = 0; i < n; i++)
    memcpy(pixels + 3 * i, colors[samples->pixels[i]], 3);
  return ms_picture_new_take(samples->width, samples->height, 3, 1, pixels);
}

static MsPicture *
picture_from_scaled(MsSamples *samples)
{
  gsize n_pixels = (gsize)samples->width * samples->height;
  int channels = samples->channels;

  if (samples->depth < 8)
    scale_to_8_bits(samples);
  if (samples->color == MS_COLOR_GREY_ALPHA || samples->color == MS_COLOR_RGBA) {
    channels--;
    drop_alpha(samples->pixels, n_pixels, channels, samples->bytes);
    samples->pixels = g_realloc(samples->pixels, n_pixels * channels * samples->bytes);
  }
  return ms_picture_new_take(samples->width, samples->height, channels, samples->bytes,
                             g_steal_pointer(&samples->pixels));
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* Of the finite ones; low > high when there are none. */
static void
find_range(const MsNpy *values, double *row, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize y = 0; y < values->shape[0]; y++) {
    ms_npy_read_row(values, y, row);
    for (gsize x = 0; x < values->shape[1]; x++) {
      if (isfinite(row[x])) {
        *low = MIN(*low, row[x]);
        *high = MAX(*high, row[x]);
      }
    }
  }
}

/* Both ends are halved, as the distance of two doubles may be more than a double holds. */
static guint16
grey_of(double value, double low, double high)
{
  double share;

  if (isnan(value) || value <= low || low >= high)
    return 0;
  if (value >= high)
    return 65535;
  share = (value / 2 - low / 2) / (high / 2 - low / 2);
  return (guint16)(share * 65535 + 0.5);
}

MsPicture *
ms_picture_from_values(const MsNpy *values, const char *name, GError **error)
{
  int width = (int)values->shape[1], height = (int)values->shape[0];
  guint8 *pixels = ms_pixels_new(width, height, 2, name, error);
  guint16 *to = (guint16 *)(void *)pixels;
  g_autofree double *row = NULL;
  double low, high;

  if (pixels == NULL)
    return NULL;
  row = g_new(double, width);
  find_range(values, row, &low, &high);
  for (gsize y = 0; y < values->shape[0]; y++) {
    ms_npy_read_row(values, y, row);
    for (int x = 0; x < width; x++)
      *to++ = grey_of(row[x], low, high);
  }
  return ms_picture_new_take(width, height, 1, 2, pixels);
}

/* As if they were an array of NumPy's; in 4 bytes a number that is negative is held as such. */
static MsPicture *
picture_from_wide(const MsSamples *samples, const char *name, GError **error)
{
  MsNpy values = {.n_dimensions = 2, .data = samples->pixels};

  values.shape[0] = (gsize)samples->height;
  values.shape[1] = (gsize)samples->width;
  values.strides[0] = samples->stride;
  values.strides[1] = values.item_size = (guint)samples->bytes;
  values.n_items = values.shape[0] * values.shape[1];
  values.type = samples->type == MS_SAMPLES_FLOATS ? MS_NPY_FLOAT
                : samples->bytes == 4              ? MS_NPY_INT
                                                   : MS_NPY_UINT;
  return ms_picture_from_values(&values, name, error);
}

MsPicture *
ms_picture_from_samples(const MsSamples *samples, const char *name, GError **error)
{
  MsSamples copy = *samples;

  if (samples->type != MS_SAMPLES_SCALED)
    return picture_from_wide(samples, name, error);
  if (samples->color == MS_COLOR_PALETTE)
    return picture_from_palette(samples, name, error);
  copy.pixels = ms_pixels_new(samples->width, samples->height,
                              (gsize)samples->channels * samples->bytes, name, error);
  if (copy.pixels == NULL)
    return NULL;
  memcpy(copy.pixels, samples->pixels, samples->stride * samples->height);
  return picture_from_scaled(&copy);
}

MsPicture *
ms_picture_take_samples(MsSamples *samples, const char *name, GError **error)
{
  if (samples->type == MS_SAMPLES_SCALED && samples->color != MS_COLOR_PALETTE)
    return picture_from_scaled(samples);
  return ms_picture_from_samples(samples, name, error);
}
