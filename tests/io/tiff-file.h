/* SPDX-License-Identifier: MIT
 *
 * TIFF files for tests, written straight through libtiff and not through the code under test.
 * Samples are given as they stand in memory: 8, 16, 32 or 64 bits each, one pixel behind the other;
 * those of fewer bits one a byte.
 */
#pragma once

#include <string.h>

#include <glib.h>
#include <tiffio.h>

#include "io/error.h"
#include "io/tiff.h"

typedef struct {
  guint32 width;
  guint32 height;
  guint16 bits;        /* 0: 8 */
  guint16 channels;    /* 0: 1 */
  guint16 format;      /* 0: SAMPLEFORMAT_UINT */
  guint16 photometric; /* 0: PHOTOMETRIC_MINISWHITE, as TIFF has it */
  guint16 compression; /* 0: none */
  guint16 predictor;   /* 0: none */
  guint16 alpha;       /* EXTRASAMPLE_ of the last channel; 0: not said */
  guint16 orientation; /* 0: not said */
  guint32 subfile;     /* FILETYPE_ */
  guint32 rows;        /* a strip; 0: one strip */
  guint32 tile;        /* side; 0: strips */
  gboolean planar;
  gboolean lsb_first; /* bits fill bytes from the lowest */
} TestTiff;

static inline void test_tiff_printed(const char *module, const char *format, va_list arguments)
    G_GNUC_PRINTF(2, 0);

static inline void
test_tiff_printed(const char *module, const char *format, va_list arguments)
{
  g_autofree char *message = g_strdup_vprintf(format, arguments);

  g_error("libtiff prints: %s", message);
}

/* What reaches the handlers of the process fails the test. */
static inline void
test_tiff_forbid_printing(void)
{
  TIFFSetErrorHandler(test_tiff_printed);
  TIFFSetWarningHandler(test_tiff_printed);
}

typedef struct {
  GByteArray *bytes;
  guint64 offset;
} TestTiffMemory;

static inline tmsize_t
test_tiff_read(thandle_t handle, void *buffer, tmsize_t size)
{
  TestTiffMemory *memory = handle;
  guint64 n = memory->offset < memory->bytes->len
                  ? MIN((guint64)size, memory->bytes->len - memory->offset)
                  : 0;

  if (n > 0)
    memcpy(buffer, memory->bytes->data + memory->offset, n);
  memory->offset += n;
  return (tmsize_t)n;
}

static inline tmsize_t
test_tiff_write(thandle_t handle, void *buffer, tmsize_t size)
{
  TestTiffMemory *memory = handle;
  guint64 end = memory->offset + (guint64)size;
  guint old = memory->bytes->len;

  if (end > old) {
    g_byte_array_set_size(memory->bytes, (guint)end);
    memset(memory->bytes->data + old, 0, end - old);
  }
  memcpy(memory->bytes->data + memory->offset, buffer, (gsize)size);
  memory->offset = end;
  return size;
}

static inline toff_t
test_tiff_seek(thandle_t handle, toff_t offset, int whence)
{
  TestTiffMemory *memory = handle;

  memory->offset = offset + (whence == SEEK_CUR   ? memory->offset
                             : whence == SEEK_END ? memory->bytes->len
                                                  : 0);
  return memory->offset;
}

static inline toff_t
test_tiff_size(thandle_t handle)
{
  return ((TestTiffMemory *)handle)->bytes->len;
}

static inline int
test_tiff_close(thandle_t handle)
{
  return 0;
}

/* Opens for writing; mode as TIFFOpen() has it: "w", "wb" big-endian, "w8" BigTIFF. */
static inline TIFF *
test_tiff_begin(TestTiffMemory *memory, const char *mode)
{
  TIFF *tiff;

  *memory = (TestTiffMemory){g_byte_array_new(), 0};
  tiff = TIFFClientOpen("test", mode, memory, test_tiff_read, test_tiff_write, test_tiff_seek,
                        test_tiff_close, test_tiff_size, NULL, NULL);
  g_assert_nonnull(tiff);
  return tiff;
}

static inline GBytes *
test_tiff_end(TIFF *tiff, TestTiffMemory *memory)
{
  TIFFClose(tiff);
  return g_byte_array_free_to_bytes(memory->bytes);
}

static inline void
test_tiff_set_tags(TIFF *tiff, const TestTiff *form, const guint16 (*palette)[256])
{
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, form->width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, form->height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, form->bits > 0 ? form->bits : 8);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, form->channels > 0 ? form->channels : 1);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION,
               form->compression > 0 ? form->compression : COMPRESSION_NONE);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, form->photometric);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG,
               form->planar ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
  if (form->lsb_first)
    TIFFSetField(tiff, TIFFTAG_FILLORDER, FILLORDER_LSB2MSB);
  if (form->format > 0)
    TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, form->format);
  if (form->predictor > 0)
    TIFFSetField(tiff, TIFFTAG_PREDICTOR, form->predictor);
  if (form->alpha > 0)
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &form->alpha);
  if (form->orientation > 0)
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, form->orientation);
  if (form->subfile > 0)
    TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, form->subfile);
  if (palette != NULL)
    TIFFSetField(tiff, TIFFTAG_COLORMAP, palette[0], palette[1], palette[2]);
  if (form->compression == COMPRESSION_JPEG)
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  if (form->tile > 0) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, form->tile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, form->tile);
  } else {
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, form->rows > 0 ? form->rows : form->height);
  }
}

/* Samples of a rectangle, packed as the file has them; what lies beyond the image is 0. */
static inline guint8 *
test_tiff_pack(const TestTiff *form, const guint8 *samples, guint32 x0, guint32 y0, guint32 width,
               guint32 height, guint plane)
{
  guint bits = form->bits > 0 ? form->bits : 8, bytes = bits < 8 ? 1 : bits / 8;
  guint channels = form->channels > 0 ? form->channels : 1;
  guint in_row = form->planar ? 1 : channels;
  gsize stride = ((gsize)width * in_row * bits + 7) / 8;
  guint8 *packed = g_malloc0(stride * height);

  for (guint32 y = y0; y < MIN(y0 + height, form->height); y++)
    for (guint32 x = x0; x < MIN(x0 + width, form->width); x++)
      for (guint c = 0; c < in_row; c++) {
        const guint8 *from =
            samples + (((gsize)y * form->width + x) * channels + plane + c) * bytes;
        gsize bit = ((gsize)(x - x0) * in_row + c) * bits;
        guint8 *to = packed + (y - y0) * stride + bit / 8;

        if (bits < 8)
          *to |= (guint8)(*from << (8 - bits - bit % 8));
        else
          memcpy(to, from, bytes);
      }
  return packed;
}

/* Adds an image. palette: 256 each of red, green, blue, or NULL. */
static inline void
test_tiff_add(TIFF *tiff, const TestTiff *form, const void *samples, const guint16 (*palette)[256])
{
  guint n_planes = form->planar ? form->channels : 1;

  test_tiff_set_tags(tiff, form, palette);
  for (guint plane = 0; plane < n_planes; plane++) {
    if (form->tile == 0) {
      g_autofree guint8 *packed =
          test_tiff_pack(form, samples, 0, 0, form->width, form->height, plane);

      for (guint32 y = 0; y < form->height; y++)
        g_assert_cmpint(
            TIFFWriteScanline(tiff, packed + y * (gsize)TIFFScanlineSize(tiff), y, (guint16)plane),
            ==, 1);
      continue;
    }
    for (guint32 y = 0; y < form->height; y += form->tile)
      for (guint32 x = 0; x < form->width; x += form->tile) {
        g_autofree guint8 *packed =
            test_tiff_pack(form, samples, x, y, form->tile, form->tile, plane);

        g_assert_cmpint(TIFFWriteTile(tiff, packed, x, y, 0, (guint16)plane), >, 0);
      }
  }
  g_assert_cmpint(TIFFWriteDirectory(tiff), ==, 1);
}

static inline GBytes *
test_tiff_file(const char *mode, const TestTiff *form, const void *samples,
               const guint16 (*palette)[256])
{
  TestTiffMemory memory;
  TIFF *tiff = test_tiff_begin(&memory, mode);

  test_tiff_add(tiff, form, samples, palette);
  return test_tiff_end(tiff, &memory);
}

/* Holds that masks/a.tif of these bytes ends in that error. */
static inline void
test_tiff_fails(GBytes *bytes, guint page, MsIoError code, const char *message)
{
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_tiff_decode(bytes, page, "masks/a.tif", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, (int)code);
  g_assert_cmpstr(error->message, ==, message);
}
