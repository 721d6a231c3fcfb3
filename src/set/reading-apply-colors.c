/* SPDX-License-Identifier: MIT
 *
 * Colours are matched exactly. Masks are runs, so a colour is looked up where it changes. An actual
 * mask with a colour that no class has is refused: what it means is not known, and what it covers
 * cannot be scored.
 */
#include "set/reading-apply.h"

#include <string.h>

#include "io/error.h"

/* --- two colours ---------------------------------------------------------------------------- */

/* FALSE at a third colour. */
static gboolean
map_two_colors(const MsReading *reading, const MsSamples *samples, const guint8 *row, guint8 *out)
{
  int step = samples->channels >= 3 ? 1 : 0; /* a grey sample stands for all three channels */
  guint strange = 0;

  for (int x = 0; x < samples->width; x++) {
    const guint8 *pixel = row + (gsize)x * samples->channels;
    guint from_dark = 0;
    guint from_bright = 0;

    for (int i = 0; i < 3; i++) {
      from_dark |= pixel[i * step] ^ reading->dark[i];
      from_bright |= pixel[i * step] ^ reading->bright[i];
    }
    out[x] = from_bright == 0;
    strange |= from_dark && from_bright;
  }
  return !strange;
}

gboolean
ms_reading_apply_two_colors(const MsReading *reading, const MsSamples *samples, const char *name,
                            MsRaster *raster, GError **error)
{
  if (samples->color == MS_COLOR_PALETTE || samples->depth != 8 || samples->lossy)
    return ms_reading_refuse(error, name,
                             "is not 8-bit colour as the other masks of its folder are");
  if (!ms_reading_init_raster(raster, samples, 8, name, error))
    return FALSE;
  for (int y = 0; y < samples->height; y++) {
    const guint8 *row = samples->pixels + (gsize)y * samples->stride;

    if (!map_two_colors(reading, samples, row, ms_raster_row_writable(raster, y))) {
      ms_raster_clear(raster);
      return ms_reading_refuse(error, name,
                               "has a third colour, but the masks of its folder have two; masks in "
                               "more colours need one channel that holds ids, or a class table "
                               "with their colours");
    }
  }
  return TRUE;
}

/* --- classes -------------------------------------------------------------------------------- */

/* The first pixel that is of no class, or of two. */
typedef struct {
  gboolean found;
  MsColorMeaning meaning;
  MsColorKey key;
  int x, y;
} Stranger;

static void
put(void *row, int bits, int x, guint32 id)
{
  if (bits == 8)
    ((guint8 *)row)[x] = (guint8)id;
  else if (bits == 16)
    ((guint16 *)row)[x] = (guint16)id;
  else
    ((guint32 *)row)[x] = id;
}

static void
map_row(const MsColorIds *colors, const MsSamples *samples, int y, MsRaster *raster,
        Stranger *stranger)
{
  const guint8 *pixel = samples->pixels + (gsize)y * samples->stride;
  void *out = ms_raster_row_writable(raster, y);
  MsColorKey last = 0;
  guint32 id = 0;

  for (int x = 0; x < samples->width; x++, pixel += samples->channels * samples->bytes) {
    MsColorKey key = ms_color_key_at(samples, pixel);

    if (x == 0 || key != last) {
      MsColorMeaning meaning = ms_color_ids_find(colors, key, &id);

      last = key;
      if (meaning != MS_COLOR_KNOWN && (!stranger->found || meaning < stranger->meaning))
        *stranger = (Stranger){TRUE, meaning, key, x, y};
    }
    put(out, raster->bits, x, id);
  }
}

static guint64
count_color(const MsSamples *samples, MsColorKey key)
{
  guint64 n = 0;

  for (int y = 0; y < samples->height; y++) {
    const guint8 *pixel = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++, pixel += samples->channels * samples->bytes)
      n += ms_color_key_at(samples, pixel) == key;
  }
  return n;
}

static gboolean
refuse_stranger(const MsReading *reading, const MsSamples *samples, const Stranger *stranger,
                const char *name, GError **error)
{
  g_autofree char *color = ms_color_key_describe(stranger->key);
  guint64 n = count_color(samples, stranger->key);

  return ms_reading_refuse(error, name,
                           "%" G_GUINT64_FORMAT " %s the colour %s, which is %s in %s; the first "
                           "one is at x %d, y %d",
                           n, n == 1 ? "pixel has" : "pixels have", color,
                           stranger->meaning == MS_COLOR_SHARED ? "that of two classes"
                                                                : "no class's",
                           ms_color_ids_source(reading->colors), stranger->x, stranger->y);
}

static gboolean
map_colors(const MsReading *reading, const MsSamples *samples, int bits, const char *name,
           MsRaster *raster, Stranger *stranger, GError **error)
{
  *stranger = (Stranger){0};
  if (!ms_reading_init_raster(raster, samples, bits, name, error))
    return FALSE;
  for (int y = 0; y < samples->height; y++)
    map_row(reading->colors, samples, y, raster, stranger);
  return TRUE;
}

static int
bits_of(const MsColorIds *colors)
{
  guint32 largest = ms_color_ids_largest(colors);

  if (ms_color_ids_have_none(colors) || largest > G_MAXUINT16)
    return 32;
  return largest > G_MAXUINT8 ? 16 : 8;
}

/* Indices are ids; a palette whose colours are other classes' was made by another order. */
static gboolean
apply_palette(const MsReading *reading, const MsSamples *samples, const char *name,
              MsRaster *raster, GError **error)
{
  gboolean checked[256] = {FALSE};

  if (ms_color_ids_are_mapped(reading->colors))
    return ms_reading_refuse(error, name,
                             "is a palette image, but the masks of its folder are coloured, and "
                             "ids are mapped; save it as they are");
  if (!ms_reading_init_raster(raster, samples, 8, name, error))
    return FALSE;
  for (int y = 0; y < samples->height; y++) {
    const guint8 *row = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++) {
      guint32 id;

      if (checked[row[x]])
        continue;
      checked[row[x]] = TRUE;
      if (ms_color_ids_find(reading->colors, ms_color_key_of_palette(samples, row[x]), &id) ==
              MS_COLOR_KNOWN &&
          id != row[x]) {
        ms_raster_clear(raster);
        return ms_reading_refuse(error, name,
                                 "is a palette image whose index %u has the colour of another "
                                 "class of %s; the other masks of its folder are coloured, so save "
                                 "it as they are",
                                 row[x], ms_color_ids_source(reading->colors));
      }
    }
    memcpy(ms_raster_row_writable(raster, y), row, (gsize)samples->width);
  }
  return TRUE;
}

gboolean
ms_reading_apply_colors(const MsReading *reading, const MsSamples *samples, const char *name,
                        MsRaster *raster, GError **error)
{
  int bits = bits_of(reading->colors);
  Stranger stranger;

  if (samples->type != MS_SAMPLES_SCALED)
    return ms_reading_refuse(error, name,
                             "holds numbers, but the masks of its folder are coloured");
  if (samples->lossy)
    return ms_reading_refuse(error, name,
                             "is a JPEG picture, which changes colours, so that no class can be "
                             "told by them; save masks as PNG");
  if (samples->color == MS_COLOR_PALETTE)
    return apply_palette(reading, samples, name, raster, error);
  if (!map_colors(reading, samples, bits, name, raster, &stranger, error))
    return FALSE;
  if (!stranger.found)
    return TRUE;
  if (!reading->predicted || stranger.meaning == MS_COLOR_SHARED) {
    ms_raster_clear(raster);
    return refuse_stranger(reading, samples, &stranger, name, error);
  }
  if (bits == 32)
    return TRUE;
  ms_raster_clear(raster);
  return map_colors(reading, samples, 32, name, raster, &stranger, error);
}
