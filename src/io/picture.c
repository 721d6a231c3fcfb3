/* SPDX-License-Identifier: MIT
 *
 * From a file's bytes to a picture: who decodes it, and how it is turned. What samples look like is
 * in picture-samples.c.
 */
#include "io/picture.h"

#include <string.h>

#include "io/error.h"
#include "io/picture-private.h"
#include "io/pixbuf.h"
#include "io/png-header.h"
#include "io/png.h"

MsPicture *
ms_picture_new_take(int width, int height, int channels, int bytes, guint8 *pixels)
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
  return ms_picture_new_take(transpose ? stored->height : stored->width,
                             transpose ? stored->width : stored->height, stored->channels,
                             stored->bytes, pixels);
}

/* --- decoding --------------------------------------------------------------------------------- */

static MsSamples *
samples_from_pixbuf(GdkPixbuf *pixbuf, const char *name, GError **error)
{
  MsColorType color = gdk_pixbuf_get_has_alpha(pixbuf) ? MS_COLOR_RGBA : MS_COLOR_RGB;
  MsSamples *samples = ms_samples_new(gdk_pixbuf_get_width(pixbuf), gdk_pixbuf_get_height(pixbuf),
                                      color, 8, name, error);

  if (samples == NULL)
    return NULL;
  for (int y = 0; y < samples->height; y++)
    memcpy(samples->pixels + y * samples->stride,
           gdk_pixbuf_read_pixels(pixbuf) + y * (gsize)gdk_pixbuf_get_rowstride(pixbuf),
           samples->stride);
  return samples;
}

static MsPicture *
decode_png(GBytes *bytes, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsSamples) samples = ms_png_decode(bytes, name, cancellable, error);

  if (samples == NULL)
    return NULL;
  return turn(ms_picture_take_samples(samples, name, error), ms_png_orientation(bytes), name,
              error);
}

static MsPicture *
decode_pixbuf(GBytes *bytes, const char *name, GCancellable *cancellable, GError **error)
{
  g_autofree char *format = NULL;
  g_autoptr(GdkPixbuf) pixbuf = ms_pixbuf_decode(bytes, name, cancellable, &format, error);
  g_autoptr(MsSamples) samples = NULL;
  int orientation;

  if (pixbuf == NULL)
    return NULL;
  orientation = ms_pixbuf_orientation(pixbuf);
  samples = samples_from_pixbuf(pixbuf, name, error);
  g_clear_object(&pixbuf);
  if (samples == NULL)
    return NULL;
  return turn(ms_picture_take_samples(samples, name, error), orientation, name, error);
}

static inline guint
divide_by_alpha(guint value, guint alpha, guint most)
{
  return alpha == 0 ? most : (guint)MIN(((guint64)value * most + alpha / 2) / alpha, most);
}

static void
undo_premultiplication(MsSamples *samples)
{
  gsize n_pixels = (gsize)samples->width * samples->height;
  int colors = samples->channels - 1;

  for (gsize i = 0; i < n_pixels; i++) {
    guint8 *at = samples->pixels + i * samples->channels * samples->bytes;
    guint16 *at_16 = (guint16 *)(void *)at;

    for (int c = 0; c < colors; c++) {
      if (samples->bytes == 2)
        at_16[c] = (guint16)divide_by_alpha(at_16[c], at_16[colors], 65535);
      else
        at[c] = (guint8)divide_by_alpha(at[c], at[colors], 255);
    }
  }
}

static void
invert(MsPicture *picture)
{
  gsize n = picture->stride * picture->height;

  for (gsize i = 0; i < n; i++)
    picture->pixels[i] = (guint8)~picture->pixels[i];
}

MsPicture *
ms_picture_decode_page(const MsTiffPages *pages, guint number, const char *name,
                       GCancellable *cancellable, GError **error)
{
  g_auto(MsTiffPage) page = {0};
  MsPicture *picture;

  if (!ms_tiff_pages_read(pages, number, name, &page, cancellable, error))
    return NULL;
  if (page.premultiplied)
    undo_premultiplication(page.samples);
  picture = page.values != NULL ? ms_picture_from_values(page.values, name, error)
                                : ms_picture_take_samples(page.samples, name, error);
  if (picture != NULL && page.white_is_zero)
    invert(picture);
  return turn(picture, page.orientation, name, error);
}

static MsPicture *
decode_tiff(GBytes *bytes, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsTiffPages) pages = ms_tiff_pages_new(bytes, name, error);
  g_autoptr(GError) cause = NULL;
  MsPicture *picture;

  if (pages == NULL)
    return NULL;
  picture = ms_picture_decode_page(pages, 0, name, cancellable, &cause);
  if (picture != NULL)
    return picture;
  if (g_error_matches(cause, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED))
    picture = decode_pixbuf(bytes, name, cancellable, NULL);
  if (picture == NULL)
    g_propagate_error(error, g_steal_pointer(&cause));
  return picture;
}

MsPicture *
ms_picture_decode(GBytes *bytes, const char *name, GCancellable *cancellable, GError **error)
{
  if (ms_png_sniff(bytes))
    return decode_png(bytes, name, cancellable, error);
  if (ms_tiff_sniff(bytes))
    return decode_tiff(bytes, name, cancellable, error);
  return decode_pixbuf(bytes, name, cancellable, error);
}

/* gdk-pixbuf gives 8 bits a sample whatever the file holds. A mask is read only from formats whose
 * samples come through that unchanged. */
static gboolean
check_mask_format(const char *format, const char *name, GError **error)
{
  static const char *const exact[] = {"jpeg", "webp", "bmp", "gif", "tga", NULL};

  if (g_strv_contains(exact, format))
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
              "%s: a mask in this form (%s) could lose values; save it as PNG", name, format);
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
  if (ms_tiff_sniff(bytes))
    return ms_tiff_decode(bytes, 0, name, cancellable, error);
  pixbuf = ms_pixbuf_decode(bytes, name, cancellable, &format, error);
  if (pixbuf == NULL || !check_mask_format(format, name, error))
    return NULL;
  samples = samples_from_pixbuf(pixbuf, name, error);
  if (samples != NULL)
    samples->lossy = ms_pixbuf_format_is_lossy(format, bytes);
  return samples;
}
