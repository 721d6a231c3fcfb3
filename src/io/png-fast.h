/* SPDX-License-Identifier: MIT
 *
 * The common PNGs, read without libpng: masks in grey of up to 8 bits and palettes, images of 8
 * bits in colours or with alpha; not interlaced, inflated in one go by libdeflate. Whatever is odd
 * in the least about a file (a chunk out of place, a wrong checksum, a byte too many) is not read
 * here but left to libpng, which decides what it is and words the error: what is read here gives
 * the very samples that libpng gives.
 *
 * One thing is taken that zlib refuses: a stream whose checksum is right but whose code tables have
 * gaps, or symbols that mean nothing.
 */
#pragma once

#include "io/png-header.h"
#include "io/scratch.h"
#include "io/unfilter.h"

G_BEGIN_DECLS

/* A file whose data are inflated and whose rows are given out. */
typedef struct {
  MsPngHeader header;
  int n_palette;
  guint8 palette[256][4]; /* as in MsSamples */

  /* Own. */
  const MsUnfilter *unfilter;
  const guint8
      *filtered;       /* the rows not given out yet, each behind the byte that names its filter */
  guint8 *undone;      /* where the next row goes, so long as it is not spread */
  const guint8 *above; /* the row given out last, not spread; NULL: none */
  gsize row_bytes;
  int pixel_bytes; /* 1 where a pixel is less */
  MsScratch *scratch;
  guint side;
} MsPngRows;

/* The bytes of memory in which a file of that form, with a sample a pixel, is inflated; 0: it is
 * none for this reader. */
gsize ms_png_rows_size(const MsPngHeader *header);

/* The same of files with several samples a pixel. */
gsize ms_png_color_rows_size(const MsPngHeader *header);

/* header: of these bytes, and within the limits; one of its sizes above is not 0. Inflates into
 * `room`, which holds so many bytes. side: 0 or 1, whose room for spread samples is used in the
 * scratch. FALSE: not for this reader, or there is no memory. */
gboolean ms_png_rows_open(MsPngRows *rows, const MsPngHeader *header, GBytes *bytes, guint8 *room,
                          MsScratch *scratch, guint side);

/* The next rows, a byte a sample, without gaps; lent: those of 8 bits as long as the room, others
 * until the next call. They lie in the room from its start on, or in the scratch. NULL: there is no
 * memory. */
const guint8 *ms_png_rows_next(MsPngRows *rows, int n_rows);

/* The same of any depth, as the file packs them: whole bytes a row, whose last bits may be
 * anything. Lent as long as the room. */
const guint8 *ms_png_rows_next_packed(MsPngRows *rows, int n_rows);

G_END_DECLS
