/* SPDX-License-Identifier: MIT
 *
 * What a TIFF's directory says about its pixels, once it has been found to be a form that is read
 * and of a size that the file's bytes can hold. Private to the files of the TIFF reader.
 */
#pragma once

#include "io/samples.h"
#include "io/tiff-file.h"
#include "io/tiff.h"

G_BEGIN_DECLS

typedef struct {
  int width;
  int height;
  MsColorType color;
  int channels;
  int bits;              /* a sample in the file */
  guint16 sample_format; /* SAMPLEFORMAT_UINT, _INT or _IEEEFP */
  gboolean wide;         /* not samples that are SCALED */
  guint16 compression;
  gboolean planar; /* a plane for each channel */
  gboolean tiled;
  int piece_width; /* of a tile, or of a strip, which is as wide as the image */
  int piece_height;
  int row_channels; /* samples a pixel in one row of the file: 1 if planar */
  gsize row_bytes;  /* of a row of a piece */
  int orientation;  /* these as in MsTiffPage */
  gboolean white_is_zero;
  gboolean premultiplied;
} MsTiffForm;

/* Describes the directory that the file stands on; sets libtiff up to give RGB for JPEG's YCbCr. */
gboolean ms_tiff_form_describe(MsTiffFile *file, MsTiffForm *page, GError **error);

G_END_DECLS
