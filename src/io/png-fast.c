/* SPDX-License-Identifier: MIT
 *
 * Chunks in the order that every writer keeps: IHDR, palette, its alphas, the image data in one
 * row of chunks, the end; any others that may be skipped in between, but not between image data.
 */
#include "io/png-fast.h"

#include <string.h>

#include <libdeflate.h>

#include "metric/size.h"

/* libpng refuses larger chunks, but for image data. */
#define MAX_CHUNK_BYTES 8000000

#define MAX_WINDOW 32768

typedef struct {
  const guint8 *data;
  gsize size;
  MsPngRows *rows;
  guint n_streams;      /* chunks of image data that hold any */
  const guint8 *stream; /* the last one's */
  gsize stream_bytes;   /* of all of them */
  gsize first_stream;   /* where the first chunk of image data begins; 0: none yet */
  gsize end_of_streams; /* where the last one ends */
  gboolean has_alphas;
} Walk;

/* 0: they do not fit into memory. */
static gsize
room_size(const MsPngHeader *header)
{
  gsize bits = (gsize)ms_color_channels(header->color) * (gsize)header->depth;
  gsize row_bytes = ((gsize)header->width * bits + 7) / 8, size;

  return ms_size_mul(row_bytes + 1, (gsize)header->height, &size) ? size + MS_UNFILTER_SLACK : 0;
}

gsize
ms_png_rows_size(const MsPngHeader *header)
{
  if (header->interlaced || header->depth > 8 || ms_color_channels(header->color) > 1)
    return 0;
  return room_size(header);
}

gsize
ms_png_color_rows_size(const MsPngHeader *header)
{
  if (header->interlaced || header->depth != 8 || ms_color_channels(header->color) == 1)
    return 0;
  return room_size(header);
}

/* --- chunks ----------------------------------------------------------------------------------- */

static gboolean
take_palette(Walk *walk, const guint8 *colors, gsize length)
{
  MsPngRows *rows = walk->rows;

  if (rows->header.color != MS_COLOR_PALETTE || rows->n_palette > 0 || walk->first_stream ||
      length == 0 || length % 3 != 0 || length / 3 > 1u << rows->header.depth)
    return FALSE;
  rows->n_palette = (int)(length / 3);
  for (int i = 0; i < rows->n_palette; i++) {
    memcpy(rows->palette[i], colors + (gsize)i * 3, 3);
    rows->palette[i][3] = 255;
  }
  return TRUE;
}

static gboolean
take_alphas(Walk *walk, const guint8 *alphas, gsize length)
{
  if (walk->has_alphas || walk->first_stream || length == 0 ||
      length > (gsize)walk->rows->n_palette)
    return FALSE;
  walk->has_alphas = TRUE;
  for (gsize i = 0; i < length; i++)
    walk->rows->palette[i][3] = alphas[i];
  return TRUE;
}

static gboolean
take_image_data(Walk *walk, gsize offset, gsize length)
{
  if (!walk->first_stream)
    walk->first_stream = offset;
  else if (offset != walk->end_of_streams)
    return FALSE;
  walk->end_of_streams = offset + MS_PNG_CHUNK_OVERHEAD + length;
  if (length > 0) {
    walk->n_streams++;
    walk->stream = walk->data + offset + 8;
    walk->stream_bytes += length;
  }
  return TRUE;
}

/* A chunk that may be skipped has four letters for a name: the first is small, the third is not. */
static gboolean
may_skip(const guint8 *type)
{
  for (int i = 0; i < 4; i++)
    if (!g_ascii_isalpha(type[i]))
      return FALSE;
  return g_ascii_islower(type[0]) && g_ascii_isupper(type[2]);
}

static gboolean
take_chunk(Walk *walk, gsize offset, gsize length)
{
  const guint8 *type = walk->data + offset + 4;

  if (memcmp(type, "IDAT", 4) == 0)
    return take_image_data(walk, offset, length);
  if (length > MAX_CHUNK_BYTES)
    return FALSE;
  if (memcmp(type, "PLTE", 4) == 0)
    return take_palette(walk, type + 4, length);
  if (memcmp(type, "tRNS", 4) == 0)
    return take_alphas(walk, type + 4, length);
  return may_skip(type);
}

/* From behind IHDR to IEND. */
static gboolean
walk_chunks(Walk *walk)
{
  gsize offset = MS_PNG_HEADER_BYTES;

  while (walk->size - offset >= MS_PNG_CHUNK_OVERHEAD) {
    const guint8 *chunk = walk->data + offset;
    gsize length = ms_png_number(chunk);

    if (length > walk->size - offset - MS_PNG_CHUNK_OVERHEAD ||
        !ms_png_chunk_is_sound(chunk, length))
      return FALSE;
    if (memcmp(chunk + 4, "IEND", 4) == 0)
      return length == 0 && walk->stream_bytes > 0;
    if (!take_chunk(walk, offset, length))
      return FALSE;
    offset += MS_PNG_CHUNK_OVERHEAD + length;
  }
  return FALSE;
}

/* --- the stream ------------------------------------------------------------------------------- */

/* The data of all chunks side by side. */
static const guint8 *
join_streams(const Walk *walk)
{
  guint8 *joined = ms_scratch_take(walk->rows->scratch, MS_SCRATCH_STREAM, walk->stream_bytes);
  gsize n = 0;

  for (gsize offset = walk->first_stream; joined && offset < walk->end_of_streams;) {
    gsize length = ms_png_number(walk->data + offset);

    memcpy(joined + n, walk->data + offset + 8, length);
    n += length;
    offset += MS_PNG_CHUNK_OVERHEAD + length;
  }
  return joined;
}

/* Of a window smaller than the data, zlib would have to tell whether it is kept to. */
static gboolean
has_wide_window(const guint8 *stream, gsize size)
{
  return (256u << (stream[0] >> 4)) >= MIN(size, MAX_WINDOW);
}

static gboolean
inflate(const Walk *walk, guint8 *room, gsize size)
{
  struct libdeflate_decompressor *decompressor = ms_scratch_decompressor(walk->rows->scratch);
  const guint8 *stream = walk->n_streams == 1 ? walk->stream : join_streams(walk);
  gsize n_read, n_written;

  return decompressor && stream && has_wide_window(stream, size) &&
         libdeflate_zlib_decompress_ex(decompressor, stream, walk->stream_bytes, room, size,
                                       &n_read, &n_written) == LIBDEFLATE_SUCCESS &&
         n_read == walk->stream_bytes && n_written == size;
}

static gboolean
has_known_filters(const MsPngRows *rows)
{
  const guint8 *row = rows->filtered;
  guint8 largest = 0;

  for (int y = 0; y < rows->header.height; y++, row += rows->row_bytes + 1)
    largest = MAX(largest, *row);
  return largest < MS_N_FILTERS;
}

gboolean
ms_png_rows_open(MsPngRows *rows, const MsPngHeader *header, GBytes *bytes, guint8 *room,
                 MsScratch *scratch, guint side)
{
  gsize size = room_size(header) - MS_UNFILTER_SLACK;
  Walk walk = {.rows = rows};

  walk.data = g_bytes_get_data(bytes, &walk.size);
  rows->header = *header;
  rows->n_palette = 0;
  memset(rows->palette, 0, sizeof rows->palette);
  rows->unfilter = ms_unfilter_best();
  rows->filtered = room + MS_UNFILTER_SLACK;
  rows->undone = room;
  rows->above = NULL;
  rows->scratch = scratch;
  rows->side = side;
  if (!walk_chunks(&walk) || (header->color == MS_COLOR_PALETTE && rows->n_palette == 0) ||
      !inflate(&walk, room + MS_UNFILTER_SLACK, size))
    return FALSE;
  rows->row_bytes = size / (gsize)header->height - 1;
  rows->pixel_bytes = ms_color_channels(header->color);
  return has_known_filters(rows);
}

/* --- rows ------------------------------------------------------------------------------------- */

/* Returns where it lies. */
static const guint8 *
undo_row(MsPngRows *rows)
{
  guint8 *row = rows->undone;

  ms_unfilter_pixels(rows->unfilter, (MsFilter)rows->filtered[0], rows->pixel_bytes,
                     rows->filtered + 1, rows->above, row, rows->row_bytes);
  rows->filtered += rows->row_bytes + 1;
  rows->undone += rows->row_bytes;
  rows->above = row;
  return row;
}

const guint8 *
ms_png_rows_next_packed(MsPngRows *rows, int n_rows)
{
  const guint8 *first = rows->undone;

  for (int y = 0; y < n_rows; y++)
    undo_row(rows);
  return first;
}

const guint8 *
ms_png_rows_next(MsPngRows *rows, int n_rows)
{
  gsize width = (gsize)rows->header.width;
  guint8 *spread;

  if (rows->header.depth == 8)
    return ms_png_rows_next_packed(rows, n_rows);
  spread = ms_scratch_take(rows->scratch, MS_SCRATCH_ROWS + rows->side, width * (gsize)n_rows);
  for (int y = 0; spread && y < n_rows; y++)
    ms_spread_row(rows->unfilter, rows->header.depth, undo_row(rows), spread + (gsize)y * width,
                  width);
  return spread;
}
