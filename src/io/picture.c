/* SPDX-License-Identifier: MIT
 *
 * From samples or a GdkPixbuf to a picture: alpha laid over white, palette to colours, turned as
 * EXIF says. Memory of a PNG's samples is taken over where it can be.
 */
#include "io/picture.h"

#include <string.h>

#include "io/error.h"
#include "io/pixbuf.h"
#include "io/png-header.h"
#include "io/png.h"

static MsPicture *
picture_new_take(int width, int height, int channels, int bytes, guint8 *pixels)
{
  MsPicture *picture = g_new0(MsPicture, 1);

  picture->width = width;
  picture->height = height;
  picture->channels = channels;
  picture->bytes = bytes;
  picture->stride = (gsize)width * channels * bytes;
  picture->pixels = pixels;
  return picture;
}

void
ms_picture_free(MsPicture *picture)
{
  g_free(picture->pixels);
  g_free(picture);
}

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
  return picture_new_take(samples->width, samples->height, 3, 1, pixels);
}

/* `samples` must not be known to anyone else: its memory is changed and taken over. */
static MsPicture *
picture_from_samples(MsSamples *samples, const char *name, GError **error)
{
  gsize n_pixels = (gsize)samples->width * samples->height;
  int channels = samples->channels;

  if (samples->color == MS_COLOR_PALETTE)
    return picture_from_palette(samples, name, error);
  if (samples->depth < 8)
    scale_to_8_bits(samples);
  if (samples->color == MS_COLOR_GREY_ALPHA || samples->color == MS_COLOR_RGBA) {
    channels--;
    drop_alpha(samples->pixels, n_pixels, channels, samples->bytes);
    samples->pixels = g_realloc(samples->pixels, n_pixels * channels * samples->bytes);
  }
  return picture_new_take(samples->width, samples->height, channels, samples->bytes,
                          g_steal_pointer(&samples->pixels));
}

static MsPicture *
picture_from_pixbuf(GdkPixbuf *pixbuf, const char *name, GError **error)
{
  int width = gdk_pixbuf_get_width(pixbuf), height = gdk_pixbuf_get_height(pixbuf);
  int channels = gdk_pixbuf_get_n_channels(pixbuf);
  gsize stride = (gsize)width * 3;
  guint8 *pixels = ms_pixels_new(width, height, 3, name, error);

  if (pixels == NULL)
    return NULL;
  for (int y = 0; y < height; y++) {
    const guint8 *from =
        gdk_pixbuf_read_pixels(pixbuf) + y * (gsize)gdk_pixbuf_get_rowstride(pixbuf);
    guint8 *to = pixels + y * stride;

    if (channels == 3) {
      memcpy(to, from, stride);
      continue;
    }
    for (int x = 0; x < width; x++, from += 4, to += 3)
      for (int c = 0; c < 3; c++)
        to[c] = over_white_8(from[c], from[3]);
  }
  return picture_new_take(width, height, 3, 1, pixels);
}

/* How EXIF orientations 1 to 8 walk through the picture as it was stored: whether its rows become
 * columns, and from which side each is read. */
static const struct {
  gboolean transpose, from_right, from_bottom;
} turns[9] = {
    [2] = {FALSE, TRUE, FALSE}, [3] = {FALSE, TRUE, TRUE}, [4] = {FALSE, FALSE, TRUE},
    [5] = {TRUE, FALSE, FALSE}, [6] = {TRUE, FALSE, TRUE}, [7] = {TRUE, TRUE, TRUE},
    [8] = {TRUE, TRUE, FALSE},
};

static void
copy_turned(const MsPicture *picture, int orientation, guint8 *to)
{
  gsize pixel = (gsize)picture->channels * picture->bytes;
  gboolean transpose = turns[orientation].transpose;
  int columns = transpose ? picture->height : picture->width;
  int rows = transpose ? picture->width : picture->height;

  for (int y = 0; y < rows; y++) {
    for (int x = 0; x < columns; x++, to += pixel) {
      int from_x = transpose ? y : x;
      int from_y = transpose ? x : y;

      if (turns[orientation].from_right)
        from_x = picture->width - 1 - from_x;
      if (turns[orientation].from_bottom)
        from_y = picture->height - 1 - from_y;
      memcpy(to, picture->pixels + from_y * picture->stride + from_x * pixel, pixel);
    }
  }
}

/* Takes `picture` over; NULL stays NULL. */
static MsPicture *
turn(MsPicture *picture, int orientation, const char *name, GError **error)
{
  g_autoptr(MsPicture) stored = picture;
  gboolean transpose = turns[orientation].transpose;
  guint8 *pixels;

  if (stored == NULL || orientation == 1)
    return g_steal_pointer(&stored);
  pixels = ms_pixels_new(stored->width, stored->height, (gsize)stored->channels * stored->bytes,
                         name, error);
  if (pixels == NULL)
    return NULL;
  copy_turned(stored, orientation, pixels);
  return picture_new_take(transpose ? stored->height : stored->width,
                          transpose ? stored->width : stored->height, stored->channels,
                          stored->bytes, pixels);
}

MsPicture *
ms_picture_decode(GBytes *bytes, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autofree char *format = NULL;

  if (ms_png_sniff(bytes)) {
    g_autoptr(MsSamples) samples = ms_png_decode(bytes, name, cancellable, error);

    if (samples == NULL)
      return NULL;
    return turn(picture_from_samples(samples, name, error), ms_png_orientation(bytes), name, error);
  }
  pixbuf = ms_pixbuf_decode(bytes, name, cancellable, &format, error);
  if (pixbuf == NULL)
    return NULL;
  return turn(picture_from_pixbuf(pixbuf, name, error), ms_pixbuf_orientation(pixbuf), name, error);
}

/* gdk-pixbuf gives 8 bits a sample whatever the file holds. A mask is read only from formats whose
 * samples come through that unchanged. */
static gboolean
check_mask_format(GdkPixbuf *pixbuf, const char *format, const char *name, GError **error)
{
  static const char *const exact[] = {"jpeg", "webp", "bmp", "gif", "tga", "tiff", NULL};

  if (g_strv_contains(exact, format) && ms_pixbuf_bits_per_sample(pixbuf) <= 8)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
              "%s: a mask in this form (%s, %d bits a sample) would lose values; save it as PNG",
              name, format, ms_pixbuf_bits_per_sample(pixbuf));
  return FALSE;
}

MsSamples *
ms_picture_decode_samples(GBytes *bytes, const char *name, GCancellable *cancellable,
                          GError **error)
{
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autofree char *format = NULL;
  MsSamples *samples;

  if (ms_png_sniff(bytes))
    return ms_png_decode(bytes, name, cancellable, error);
  pixbuf = ms_pixbuf_decode(bytes, name, cancellable, &format, error);
  if (pixbuf == NULL || !check_mask_format(pixbuf, format, name, error))
    return NULL;
  samples = ms_samples_new(gdk_pixbuf_get_width(pixbuf), gdk_pixbuf_get_height(pixbuf),
                           gdk_pixbuf_get_has_alpha(pixbuf) ? MS_COLOR_RGBA : MS_COLOR_RGB, 8, name,
                           error);
  if (samples == NULL)
    return NULL;
  samples->lossy = ms_pixbuf_format_is_lossy(format, bytes);
  for (int y = 0; y < samples->height; y++)
    memcpy(samples->pixels + y * samples->stride,
           gdk_pixbuf_read_pixels(pixbuf) + y * (gsize)gdk_pixbuf_get_rowstride(pixbuf),
           samples->stride);
  return samples;
}
