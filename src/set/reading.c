/* SPDX-License-Identifier: MIT
 *
 * Applies a decided reading to one file. Pixels are copied or looked up, row by row, and nothing
 * but the reading and the file's own form decides what a sample becomes: files of fewer bits than
 * the folder's maps are scaled to them exactly, files of more bits are refused.
 */
#include "set/reading.h"

#include <string.h>

#include "io/error.h"
#include "set/reading-survey.h"

MsReading *
ms_reading_copy(const MsReading *reading)
{
  MsReading *copy = g_memdup2(reading, sizeof *reading);

  copy->ignored = g_array_copy(reading->ignored);
  copy->values = g_array_copy(reading->values);
  copy->description = g_strdup(reading->description);
  return copy;
}

void
ms_reading_free(MsReading *reading)
{
  if (!reading)
    return;
  g_array_unref(reading->ignored);
  g_array_unref(reading->values);
  g_free(reading->description);
  g_free(reading);
}

static gboolean
refuse(GError **error, const char *name, const char *reason)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED, "%s: %s", name, reason);
  return FALSE;
}

static gboolean
refuse_color(GError **error, const char *name)
{
  return refuse(error, name,
                "is coloured, but the other masks of its folder have one channel; save it with one "
                "channel");
}

static gboolean
init_raster(MsRaster *raster, const MsSamples *samples, int bits, const char *name, GError **error)
{
  MsStatus status = ms_raster_init(raster, samples->width, samples->height, bits);

  if (status == MS_STATUS_OK)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: %d x %d pixels: %s", name,
              samples->width, samples->height, ms_status_string(status));
  return FALSE;
}

/* What becomes of the samples of a row. */

typedef struct {
  const guint8 *lookup; /* one result a sample value; NULL: see factor */
  guint factor;         /* 1: copied; 0: every value but 0 becomes 1 */
  int bits;             /* of a result */
} Mapping;

static void
map_to_bytes(const Mapping *mapping, const void *scalars, int sample_bytes, guint8 *out, int width)
{
  const guint8 *bytes = scalars;
  const guint16 *words = scalars;

  if (mapping->lookup && sample_bytes == 1) {
    for (int x = 0; x < width; x++)
      out[x] = mapping->lookup[bytes[x]];
  } else if (mapping->lookup) {
    for (int x = 0; x < width; x++)
      out[x] = mapping->lookup[words[x]];
  } else if (mapping->factor == 0 && sample_bytes == 1) {
    for (int x = 0; x < width; x++)
      out[x] = bytes[x] != 0;
  } else if (mapping->factor == 0) {
    for (int x = 0; x < width; x++)
      out[x] = words[x] != 0;
  } else {
    for (int x = 0; x < width; x++)
      out[x] = bytes[x] * mapping->factor;
  }
}

static void
map_to_words(const Mapping *mapping, const void *scalars, int sample_bytes, guint16 *out, int width)
{
  const guint8 *bytes = scalars;

  if (sample_bytes == 2) {
    memcpy(out, scalars, (gsize)width * 2);
    return;
  }
  for (int x = 0; x < width; x++)
    out[x] = bytes[x] * mapping->factor;
}

static gboolean
map_scalars(const MsReading *reading, const MsSamples *samples, const Mapping *mapping,
            const char *name, MsRaster *raster, GError **error)
{
  g_autofree void *scratch = g_malloc((gsize)samples->width * samples->bytes);

  if (!init_raster(raster, samples, mapping->bits, name, error))
    return FALSE;
  for (int y = 0; y < samples->height; y++) {
    const void *scalars = ms_scalar_row(samples, reading->alpha, y, scratch);
    void *out = ms_raster_row_writable(raster, y);

    if (!scalars) {
      ms_raster_clear(raster);
      return refuse_color(error, name);
    }
    if (mapping->bits == 8)
      map_to_bytes(mapping, scalars, samples->bytes, out, samples->width);
    else
      map_to_words(mapping, scalars, samples->bytes, out, samples->width);
  }
  return TRUE;
}

/* The samples' own depth, as far as it scales: a palette has none. */
static guint
scale_to(const MsSamples *samples, guint maximum)
{
  return maximum / ms_samples_maximum(samples);
}

static gboolean
apply_binary(const MsReading *reading, const MsSamples *samples, const char *name, MsRaster *raster,
             GError **error)
{
  gsize n_values = samples->bytes == 2 ? 65536 : 256;
  g_autofree guint8 *lookup = NULL;
  Mapping mapping = {.factor = 0, .bits = 8};

  if (reading->positive < 0 && reading->ignored->len == 0 && reading->encoding != MS_ENCODING_GREY)
    return map_scalars(reading, samples, &mapping, name, raster, error);
  lookup = g_malloc(n_values);
  for (gsize value = 0; value < n_values; value++) {
    if (reading->encoding == MS_ENCODING_GREY)
      lookup[value] = value * scale_to(samples, 255) > 127;
    else
      lookup[value] = reading->positive < 0 ? value != 0 : (gint64)value == reading->positive;
  }
  for (guint i = 0; i < reading->ignored->len; i++) {
    guint32 value = g_array_index(reading->ignored, guint32, i);

    if (value < n_values)
      lookup[value] = MS_READING_IGNORED;
  }
  mapping.lookup = lookup;
  return map_scalars(reading, samples, &mapping, name, raster, error);
}

static gboolean
apply_grey(const MsReading *reading, const MsSamples *samples, const char *name, MsRaster *raster,
           GError **error)
{
  if (samples->color == MS_COLOR_PALETTE)
    return refuse(error, name, "is a palette image, but the masks of its folder are grey");
  if (samples->bytes == 2)
    return refuse(error, name, "has 16 bits a sample, but the masks of its folder have 8");
  return apply_binary(reading, samples, name, raster, error);
}

static gboolean
apply_probability(const MsReading *reading, const MsSamples *samples, const char *name,
                  MsRaster *raster, GError **error)
{
  Mapping mapping = {.bits = reading->maximum == 255 ? 8 : 16};

  if (samples->color == MS_COLOR_PALETTE)
    return refuse(error, name,
                  "is a palette image, but the masks of its folder are probability maps");
  if (samples->bytes * 8 > mapping.bits)
    return refuse(error, name,
                  "has 16 bits a sample, but the probability maps of its folder have 8; save them "
                  "alike");
  mapping.factor = scale_to(samples, reading->maximum);
  return map_scalars(reading, samples, &mapping, name, raster, error);
}

static gboolean
apply_classes(const MsReading *reading, const MsSamples *samples, const char *name,
              MsRaster *raster, GError **error)
{
  Mapping mapping = {.factor = 1, .bits = samples->bytes * 8};

  return map_scalars(reading, samples, &mapping, name, raster, error);
}

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

static gboolean
apply_two_colors(const MsReading *reading, const MsSamples *samples, const char *name,
                 MsRaster *raster, GError **error)
{
  if (samples->color == MS_COLOR_PALETTE || samples->depth != 8 || samples->lossy)
    return refuse(error, name, "is not 8-bit colour as the other masks of its folder are");
  if (!init_raster(raster, samples, 8, name, error))
    return FALSE;
  for (int y = 0; y < samples->height; y++) {
    const guint8 *row = samples->pixels + (gsize)y * samples->stride;

    if (!map_two_colors(reading, samples, row, ms_raster_row_writable(raster, y))) {
      ms_raster_clear(raster);
      return refuse(error, name,
                    "has a third colour, but the masks of its folder have two; masks in more "
                    "colours need one channel that holds ids");
    }
  }
  return TRUE;
}

static gboolean
apply_encoding(const MsReading *reading, const MsSamples *samples, const char *name,
               MsRaster *raster, GError **error)
{
  switch (reading->encoding) {
  case MS_ENCODING_BINARY:
    return apply_binary(reading, samples, name, raster, error);
  case MS_ENCODING_GREY:
    return apply_grey(reading, samples, name, raster, error);
  case MS_ENCODING_TWO_COLORS:
    return apply_two_colors(reading, samples, name, raster, error);
  case MS_ENCODING_PROBABILITY:
    return apply_probability(reading, samples, name, raster, error);
  case MS_ENCODING_CLASSES:
    return apply_classes(reading, samples, name, raster, error);
  case MS_ENCODING_STACKS:
  case MS_ENCODING_LABELS:
  case MS_ENCODING_LABEL_SCORES:
    break; /* no files of masks */
  }
  g_return_val_if_reached(FALSE);
}

/* A mask of 0 and 1 as the probability map that says the same. */
static gboolean
scale_to_maximum(MsRaster *raster, guint maximum, const MsSamples *samples, const char *name,
                 GError **error)
{
  MsRaster scaled = {0};

  if (!init_raster(&scaled, samples, maximum == 255 ? 8 : 16, name, error)) {
    ms_raster_clear(raster);
    return FALSE;
  }
  for (int y = 0; y < raster->height; y++) {
    const guint8 *from = ms_raster_row(raster, y);
    guint8 *bytes = ms_raster_row_writable(&scaled, y);
    guint16 *words = ms_raster_row_writable(&scaled, y);

    for (int x = 0; x < raster->width; x++) {
      if (scaled.bits == 8)
        bytes[x] = from[x] ? 255 : 0;
      else
        words[x] = from[x] ? 65535 : 0;
    }
  }
  ms_raster_clear(raster);
  *raster = scaled;
  return TRUE;
}

/* A row of a manifest: this file decides how it comes down to what all rows are. */
static gboolean
apply_by_itself(const MsReading *rows, const MsSamples *samples, const char *name, MsRaster *raster,
                GError **error)
{
  MsFileForm form = ms_file_form_of(samples, name);
  MsReading reading;

  if (!ms_reading_of_file(rows, &form, name, &reading, error) ||
      !apply_encoding(&reading, samples, name, raster, error))
    return FALSE;
  return rows->encoding != MS_ENCODING_PROBABILITY || reading.encoding == MS_ENCODING_PROBABILITY ||
         scale_to_maximum(raster, rows->maximum, samples, name, error);
}

gboolean
ms_reading_apply(const MsReading *reading, MsSamples *samples, const char *name, MsRaster *raster,
                 GError **error)
{
  if (reading->per_file)
    return apply_by_itself(reading, samples, name, raster, error);
  if (reading->alpha && !ms_samples_have_alpha(samples))
    return refuse(error, name,
                  "has no alpha channel, but in the other masks of its folder alpha is the mask");
  return apply_encoding(reading, samples, name, raster, error);
}
