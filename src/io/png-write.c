/* SPDX-License-Identifier: MIT
 *
 * The writer. As in the reader, everything that libpng's jumps must not lose sits in PngWriter.
 */
#include "io/png.h"

#include <png.h>

#include "io/error.h"
#include "io/png-text.h"
#include "metric/size.h"

typedef struct {
  int width;
  int height;
  int depth;
  int color; /* PNG_COLOR_TYPE_... */
  const guint8 *pixels;
  gsize stride;
  const MsSamples *palette_of; /* NULL: no palette */
  int level;                   /* of compression */
  const GArray *text;          /* of png_text */

  png_structp png;
  png_infop info;
  GByteArray *bytes;
  char message[128];
} PngWriter;

static void G_GNUC_NORETURN
on_error(png_structp png, png_const_charp message)
{
  PngWriter *writer = png_get_error_ptr(png);

  g_strlcpy(writer->message, message, sizeof writer->message);
  png_longjmp(png, 1);
}

static void
on_warning(png_structp png, png_const_charp message)
{
}

static void
on_write(png_structp png, png_bytep data, size_t size)
{
  PngWriter *writer = png_get_io_ptr(png);

  g_byte_array_append(writer->bytes, data, size);
}

static void
on_flush(png_structp png)
{
}

static void
set_palette(PngWriter *writer)
{
  const MsSamples *samples = writer->palette_of;
  png_color colors[256] = {{0}};
  png_byte alphas[256] = {0};
  int n_alphas = 0;

  for (int i = 0; i < samples->n_palette; i++) {
    colors[i] = (png_color){samples->palette[i][0], samples->palette[i][1], samples->palette[i][2]};
    alphas[i] = samples->palette[i][3];
    if (alphas[i] != 255)
      n_alphas = i + 1;
  }
  png_set_PLTE(writer->png, writer->info, colors, samples->n_palette);
  if (n_alphas > 0)
    png_set_tRNS(writer->png, writer->info, alphas, n_alphas, NULL);
}

static void
set_transforms(PngWriter *writer)
{
  if (writer->depth < 8)
    png_set_packing(writer->png);
  if (writer->depth == 16 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
    png_set_swap(writer->png);
}

/* The only function of the writer that libpng jumps back to. */
static gboolean
write_image(PngWriter *writer)
{
  png_structp png = writer->png;

  if (setjmp(png_jmpbuf(png)) != 0)
    return FALSE;

  png_set_write_fn(png, writer, on_write, on_flush);
  png_set_check_for_invalid_index(png, 0);
  png_set_compression_level(png, writer->level);
  png_set_IHDR(png, writer->info, writer->width, writer->height, writer->depth, writer->color,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (writer->palette_of != NULL)
    set_palette(writer);
  if (writer->text->len > 0)
    png_set_text(png, writer->info, (png_const_textp)(const void *)writer->text->data,
                 writer->text->len);
  png_write_info(png, writer->info);
  set_transforms(writer);
  for (int y = 0; y < writer->height; y++)
    png_write_row(png, writer->pixels + y * writer->stride);
  png_write_end(png, NULL);
  return TRUE;
}

GArray *
ms_png_collect_text(const char *const *text)
{
  GArray *items = g_array_new(FALSE, TRUE, sizeof(png_text));

  for (; text != NULL && text[0] != NULL && text[1] != NULL; text += 2) {
    png_text item = {.key = (char *)text[0], .text = (char *)text[1]};

    item.compression =
        g_str_is_ascii(text[1]) ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE;
    g_array_append_val(items, item);
  }
  return items;
}

static gboolean
check_size(const PngWriter *writer, int channels, GError **error)
{
  gsize size;

  if (writer->width >= 1 && writer->height >= 1 &&
      ms_size_mul((gsize)writer->width * channels * (writer->depth == 16 ? 2 : 1), writer->height,
                  &size) &&
      size <= MS_PNG_MAX_DECODED_BYTES)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
              "a PNG of %d x %d pixels is not written: up to %" G_GUINT64_FORMAT
              " bytes of samples are",
              writer->width, writer->height, MS_PNG_MAX_DECODED_BYTES);
  return FALSE;
}

static GBytes *
encode(PngWriter *writer, int channels, const char *const *text, GError **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  g_autoptr(GArray) items = ms_png_collect_text(text);
  gboolean complete = FALSE;

  if (!check_size(writer, channels, error))
    return NULL;
  writer->bytes = bytes;
  writer->text = items;
  writer->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, writer, on_error, on_warning);
  if (writer->png != NULL)
    writer->info = png_create_info_struct(writer->png);
  if (writer->info != NULL)
    complete = write_image(writer);
  else
    g_strlcpy(writer->message, "no memory", sizeof writer->message);
  png_destroy_write_struct(&writer->png, &writer->info);
  if (!complete) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE, "the PNG could not be made: %s",
                writer->message);
    return NULL;
  }
  return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

GBytes *
ms_png_encode(const MsSamples *samples, int level, const char *const *text, GError **error)
{
  static const int colors[] = {
      [MS_COLOR_GREY] = PNG_COLOR_TYPE_GRAY,
      [MS_COLOR_GREY_ALPHA] = PNG_COLOR_TYPE_GRAY_ALPHA,
      [MS_COLOR_RGB] = PNG_COLOR_TYPE_RGB,
      [MS_COLOR_RGBA] = PNG_COLOR_TYPE_RGB_ALPHA,
      [MS_COLOR_PALETTE] = PNG_COLOR_TYPE_PALETTE,
  };
  PngWriter writer = {
      .width = samples->width,
      .height = samples->height,
      .depth = samples->depth,
      .color = colors[samples->color],
      .pixels = samples->pixels,
      .stride = samples->stride,
      .palette_of = samples->color == MS_COLOR_PALETTE ? samples : NULL,
      .level = level,
  };

  return encode(&writer, samples->channels, text, error);
}
