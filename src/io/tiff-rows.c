/* SPDX-License-Identifier: MIT
 *
 * Piece by piece, strips or tiles, through a buffer of one: libtiff unpacks, here samples get their
 * place in the image. Pieces are unpacked whole, as libtiff then looks at deflate's checksums.
 */
#include "io/tiff-rows.h"

#include <string.h>

#include "metric/size.h"

typedef struct {
  MsTiffFile *file;
  const MsTiffForm *form;
  const MsTiffTarget *target;
  GCancellable *cancellable;
} Reader;

/* Where in the image a row of the buffer lies. */
typedef struct {
  int x;
  int y;
  int n_pixels;
  int plane; /* 0 unless the image is planar */
} Place;

static void
unpack_bits(const guint8 *row, int bits, int n, guint8 *to)
{
  guint mask = (1u << bits) - 1;

  for (int i = 0; i < n; i++) {
    gsize at = (gsize)i * (gsize)bits;

    to[i] = (guint8)(row[at / 8] >> (8 - bits - (int)(at % 8)) & mask);
  }
}

static void
put_row(const Reader *reader, const guint8 *row, Place place)
{
  const MsTiffTarget *target = reader->target;
  gsize bytes = target->sample_bytes, step = target->pixel_bytes;
  guint8 *to = target->pixels + (gsize)place.y * target->stride + (gsize)place.x * step +
               (gsize)place.plane * bytes;

  if (reader->form->bits < 8) {
    unpack_bits(row, reader->form->bits, place.n_pixels, to);
  } else if (!reader->form->planar) {
    memcpy(to, row, (gsize)place.n_pixels * step);
  } else {
    for (int i = 0; i < place.n_pixels; i++)
      memcpy(to + (gsize)i * step, row + (gsize)i * bytes, bytes);
  }
}

static gboolean
unpack_piece(const Reader *reader, Place corner, guint8 *buffer, gsize size)
{
  TIFF *tiff = reader->file->tiff;
  guint32 x = (guint32)corner.x, y = (guint32)corner.y;
  guint16 plane = (guint16)corner.plane;
  tmsize_t n, wanted = (tmsize_t)size;

  if (reader->form->tiled)
    n = TIFFReadEncodedTile(tiff, TIFFComputeTile(tiff, x, y, 0, plane), buffer, wanted);
  else
    n = TIFFReadEncodedStrip(tiff, TIFFComputeStrip(tiff, y, plane), buffer, wanted);
  return n == wanted && reader->file->message == NULL;
}

static gboolean
read_piece(const Reader *reader, Place corner, guint8 *buffer, GError **error)
{
  const MsTiffForm *form = reader->form;
  int n_rows = MIN(form->piece_height, form->height - corner.y);
  gsize size = (gsize)(form->tiled ? form->piece_height : n_rows) * form->row_bytes;
  Place place = corner;

  if (g_cancellable_set_error_if_cancelled(reader->cancellable, error))
    return FALSE;
  if (!unpack_piece(reader, corner, buffer, size))
    return ms_tiff_file_fail_damaged(reader->file, corner.y, error);
  place.n_pixels = MIN(form->piece_width, form->width - corner.x);
  for (int i = 0; i < n_rows; i++, place.y++)
    put_row(reader, buffer + (gsize)i * form->row_bytes, place);
  return TRUE;
}

static gboolean
read_pieces(const Reader *reader, guint8 *buffer, GError **error)
{
  const MsTiffForm *form = reader->form;
  int n_planes = form->planar ? form->channels : 1;

  for (int plane = 0; plane < n_planes; plane++)
    for (int y = 0; y < form->height; y += form->piece_height)
      for (int x = 0; x < form->width; x += form->piece_width)
        if (!read_piece(reader, (Place){x, y, 0, plane}, buffer, error))
          return FALSE;
  return TRUE;
}

gboolean
ms_tiff_read_rows(MsTiffFile *file, const MsTiffForm *form, const MsTiffTarget *target,
                  GCancellable *cancellable, GError **error)
{
  Reader reader = {file, form, target, cancellable};
  g_autofree guint8 *buffer = NULL;
  gsize size;

  if (ms_size_mul(form->row_bytes, (gsize)form->piece_height, &size))
    buffer = g_try_malloc0(size);
  if (buffer == NULL)
    return ms_tiff_file_fail(file, MS_IO_ERROR_TOO_LARGE, error, "not enough memory");
  g_clear_pointer(&file->message, g_free);
  return read_pieces(&reader, buffer, error);
}
