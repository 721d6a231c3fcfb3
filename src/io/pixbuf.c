/* SPDX-License-Identifier: MIT
 *
 * Drives GdkPixbufLoader. It stops before memory is taken when the size is over the limits, and
 * after decoding it checks that all rows were there, which several loaders do not.
 */
#include "io/pixbuf.h"

#include <string.h>

#include "io/error.h"
#include "io/magic.h"
#include "io/png.h"
#include "metric/raster.h"

/* Between two looks at the cancellable. */
#define FEED_AT_ONCE 65536

/* More than the formats that are read so can hold in a byte, but for WebP's one-coloured ones. */
#define MAX_PIXELS_A_BYTE 65536u

typedef struct {
  gsize n_bytes; /* of the file */
  int width;     /* as the header says */
  int height;
  gboolean too_large;
  gboolean animated;
  guint64 n_decoded; /* pixels that were reported as filled */
} Progress;

/* A size of 0 x 0 tells every loader to stop before it takes memory. */
static void
on_size_prepared(GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Progress *progress = data;

  progress->width = width;
  progress->height = height;
  progress->too_large = width > MS_RASTER_MAX_SIDE || height > MS_RASTER_MAX_SIDE ||
                        (guint64)width * height * 4 > MS_PNG_MAX_DECODED_BYTES ||
                        (guint64)width * height / MAX_PIXELS_A_BYTE > progress->n_bytes;
  if (progress->too_large)
    gdk_pixbuf_loader_set_size(loader, 0, 0);
}

static void
on_area_updated(GdkPixbufLoader *loader, int x, int y, int width, int height, gpointer data)
{
  Progress *progress = data;

  progress->n_decoded += (guint64)width * height;
}

/* Whether there is more than one frame in what was fed so far. */
static gboolean
is_animated(GdkPixbufLoader *loader)
{
  GdkPixbufAnimation *animation = gdk_pixbuf_loader_get_animation(loader);

  return animation && !gdk_pixbuf_animation_is_static_image(animation);
}

/* Feeds until the end, the first error, a size that is too large, or a cancellation. */
static gboolean
feed(GdkPixbufLoader *loader, GBytes *bytes, Progress *progress, GCancellable *cancellable,
     GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);

  for (gsize offset = 0; offset < size && !progress->too_large && !progress->animated;
       offset += FEED_AT_ONCE) {
    if (g_cancellable_set_error_if_cancelled(cancellable, error))
      return FALSE;
    if (!gdk_pixbuf_loader_write(loader, data + offset, MIN(size - offset, FEED_AT_ONCE), error))
      return FALSE;
    progress->animated = is_animated(loader);
  }
  return !progress->too_large && !progress->animated;
}

static gboolean
is_webp(GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data(bytes, &size);

  return size >= 12 && memcmp(data, "RIFF", 4) == 0 && memcmp(data + 8, "WEBP", 4) == 0;
}

static void
set_decode_error(GError **error, GError *cause, GBytes *bytes, const char *name,
                 const Progress *progress)
{
  g_autoptr(GError) owned = cause;
  g_autofree char *found = ms_magic_describe(bytes);

  if (progress->too_large)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: %d x %d pixels; sides up to %d and %" G_GUINT64_FORMAT
                " bytes of pixels are read, and %u pixels for each byte of the file",
                name, progress->width, progress->height, MS_RASTER_MAX_SIDE,
                MS_PNG_MAX_DECODED_BYTES, MAX_PIXELS_A_BYTE);
  else if (progress->animated && !g_error_matches(cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
                "%s: an animation of several frames, where one picture is wanted; save the frames "
                "as files",
                name);
  else if (g_error_matches(cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error(error, g_steal_pointer(&owned));
  else if (g_error_matches(cause, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE) &&
           is_webp(bytes))
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
                "%s: a WebP picture, for which no loader of gdk-pixbuf is installed (in Debian it "
                "is the package webp-pixbuf-loader)",
                name);
  else if (g_error_matches(cause, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE))
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_FORMAT,
                "%s: not a picture that can be read (begins with %s)", name, found);
  else if (g_error_matches(cause, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY))
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: not enough memory to decode it",
                name);
  else
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT, "%s: damaged picture (%s)", name,
                cause != NULL ? cause->message : "it holds no pixels");
}

/* These loaders report each row once, and call a file that breaks off complete. */
static gboolean
check_all_rows(const char *format, const Progress *progress, const char *name, GError **error)
{
  guint64 n_pixels = (guint64)progress->width * progress->height;

  if ((!g_str_equal(format, "bmp") && !g_str_equal(format, "pnm")) ||
      progress->n_decoded >= n_pixels)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
              "%s: truncated picture (%" G_GUINT64_FORMAT " of %d rows are there)", name,
              progress->n_decoded / progress->width, progress->height);
  return FALSE;
}

static gboolean
is_jpeg(const guint8 *data, gsize size)
{
  return size >= 3 && memcmp(data, "\xff\xd8\xff", 3) == 0;
}

/* Where the next marker begins; inside entropy-coded data FF 00 and FF D0 to D7 are none. */
static gsize
next_marker(const guint8 *data, gsize size, gsize offset)
{
  for (; offset + 1 < size; offset++) {
    guint8 code = data[offset + 1];

    if (data[offset] == 0xff && code != 0 && code != 0xff && (code < 0xd0 || code > 0xd7))
      return offset;
  }
  return size;
}

/* Whether the marker that ends a JPEG is there. */
static gboolean
jpeg_is_complete(const guint8 *data, gsize size)
{
  gsize offset = 2;

  while ((offset = next_marker(data, size, offset)) + 1 < size) {
    guint8 code = data[offset + 1];

    if (code == 0xd9)
      return TRUE;
    offset += 2;
    if (code != 0x01 && size - offset >= 2) /* all others but TEM carry a length */
      offset += (gsize)data[offset] << 8 | data[offset + 1];
    if (offset >= size)
      break;
  }
  return FALSE;
}

static guint32
get_32(const guint8 *p)
{
  return (guint32)p[0] | (guint32)p[1] << 8 | (guint32)p[2] << 16 | (guint32)p[3] << 24;
}

/* The loader takes memory for as many bytes as a BMP says that its headers have. */
static gboolean
bmp_headers_fit(const guint8 *data, gsize size)
{
  if (size < 18 || memcmp(data, "BM", 2) != 0)
    return TRUE;
  return get_32(data + 10) <= size && get_32(data + 14) <= size;
}

static gboolean
check_bytes(GBytes *bytes, const char *name, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);

  if (size == 0) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_EMPTY, "%s: empty (0 bytes)", name);
    return FALSE;
  }
  if (is_jpeg(data, size) && !jpeg_is_complete(data, size)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: truncated JPEG (its end marker is missing)", name);
    return FALSE;
  }
  if (!bmp_headers_fit(data, size)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: truncated BMP (its headers are longer than the file)", name);
    return FALSE;
  }
  return TRUE;
}

GdkPixbuf *
ms_pixbuf_decode(GBytes *bytes, const char *name, GCancellable *cancellable, char **format,
                 GError **error)
{
  g_autoptr(GdkPixbufLoader) loader = NULL;
  g_autofree char *found = NULL;
  GError *cause = NULL;
  Progress progress = {.n_bytes = g_bytes_get_size(bytes)};
  GdkPixbuf *pixbuf;
  gboolean complete;

  if (!check_bytes(bytes, name, error))
    return NULL;
  loader = gdk_pixbuf_loader_new();
  g_signal_connect(loader, "size-prepared", G_CALLBACK(on_size_prepared), &progress);
  g_signal_connect(loader, "area-updated", G_CALLBACK(on_area_updated), &progress);
  complete = feed(loader, bytes, &progress, cancellable, &cause);
  /* Closing is due in every case; its own error counts only when nothing failed before. */
  complete = gdk_pixbuf_loader_close(loader, cause == NULL ? &cause : NULL) && complete;
  progress.animated =
      progress.animated || is_animated(loader); /* small files are kept to the end */
  pixbuf = complete && !progress.animated ? gdk_pixbuf_loader_get_pixbuf(loader) : NULL;
  if (pixbuf == NULL) {
    set_decode_error(error, cause, bytes, name, &progress);
    return NULL;
  }
  found = gdk_pixbuf_format_get_name(gdk_pixbuf_loader_get_format(loader));
  if (!check_all_rows(found, &progress, name, error))
    return NULL;
  *format = g_steal_pointer(&found);
  return g_object_ref(pixbuf);
}

int
ms_pixbuf_orientation(GdkPixbuf *pixbuf)
{
  const char *text = gdk_pixbuf_get_option(pixbuf, "orientation");
  gint64 value;

  if (text == NULL || !g_ascii_string_to_signed(text, 10, 1, 8, &value, NULL))
    return 1;
  return (int)value;
}

/* A lossless WebP has a VP8L chunk as its first, or behind the VP8X header. */
static gboolean
webp_is_lossless(GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);

  for (gsize offset = 12; offset + 8 <= size;) {
    const guint8 *chunk = data + offset;
    gsize length = get_32(chunk + 4);

    if (memcmp(chunk, "VP8L", 4) == 0)
      return TRUE;
    if (memcmp(chunk, "VP8 ", 4) == 0)
      return FALSE;
    offset += 8 + length + (length & 1);
  }
  return FALSE;
}

gboolean
ms_pixbuf_format_is_lossy(const char *format, GBytes *bytes)
{
  return g_str_equal(format, "jpeg") || (g_str_equal(format, "webp") && !webp_is_lossless(bytes));
}
