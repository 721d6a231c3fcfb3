/* SPDX-License-Identifier: MIT
 *
 * Applies a decided reading to one file. Pixels are copied or looked up, row by row, and nothing
 * but the reading and the file's own form decides what a sample becomes: files of fewer bits than
 * the folder's maps are scaled to them exactly, files of more bits are refused.
 */
#include "set/reading-apply.h"

#include <string.h>

#include "io/error.h"
#include "set/reading-adjust.h"
#include "set/reading-survey.h"

MsReading *
ms_reading_copy(const MsReading *reading)
{
  MsReading *copy = g_memdup2(reading, sizeof *reading);

  copy->ignored = g_array_copy(reading->ignored);
  copy->values = g_array_copy(reading->values);
  copy->description = g_strdup(reading->description);
  copy->ids = ms_id_map_copy(reading->ids);
  copy->adjustment = ms_adjustment_copy(reading->adjustment);
  copy->colors = reading->colors ? ms_color_ids_ref(reading->colors) : NULL;
  return copy;
}

void
ms_reading_free(MsReading *reading)
{
  if (!reading)
    return;
  g_array_unref(reading->ignored);
  g_array_unref(reading->values);
  ms_id_map_free(reading->ids);
  ms_adjustment_free(reading->adjustment);
  ms_color_ids_unref(reading->colors);
  g_free(reading->description);
  g_free(reading);
}

gboolean
ms_reading_has_classes(const MsReading *reading)
{
  return reading->encoding == MS_ENCODING_CLASSES || reading->encoding == MS_ENCODING_COLORS ||
         reading->encoding == MS_ENCODING_STACKS;
}

gboolean
ms_reading_refuse(GError **error, const char *name, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start(arguments, format);
  reason = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED, "%s: %s", name, reason);
  return FALSE;
}

gboolean
ms_reading_refuse_color(GError **error, const char *name)
{
  return ms_reading_refuse(error, name,
                           "is coloured, but the other masks of its folder have one channel; save "
                           "it with one channel");
}

gboolean
ms_reading_init_raster(MsRaster *raster, const MsSamples *samples, int bits, const char *name,
                       GError **error)
{
  MsStatus status = ms_raster_init(raster, samples->width, samples->height, bits);

  if (status == MS_STATUS_OK)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: %d x %d pixels: %s", name,
              samples->width, samples->height, ms_status_string(status));
  return FALSE;
}

/* --- rows ----------------------------------------------------------------------------------- */

/* Takes a row of samples to one of the raster; FALSE: they hold a negative number, which the
 * reading does not know of. */
typedef gboolean (*MapRow)(const void *data, const void *scalars, int sample_bytes, void *out,
                           int width);

static gboolean
map_rows(const MsReading *reading, const MsSamples *samples, int bits, MapRow map, const void *data,
         const char *name, MsRaster *raster, GError **error)
{
  g_autofree void *scratch = g_malloc((gsize)samples->width * samples->bytes);

  if (!ms_reading_init_raster(raster, samples, bits, name, error))
    return FALSE;
  for (int y = 0; y < samples->height; y++) {
    const void *scalars = ms_scalar_row(samples, reading->alpha, y, scratch);

    if (scalars &&
        map(data, scalars, samples->bytes, ms_raster_row_writable(raster, y), samples->width))
      continue;
    ms_raster_clear(raster);
    if (!scalars)
      return ms_reading_refuse_color(error, name);
    return ms_reading_refuse(error, name,
                             "holds ids below 0 (the first in row %d), but the first masks of its "
                             "folder hold none; --map-actual -1=ignore says that they count "
                             "nowhere",
                             y);
  }
  return TRUE;
}

/* --- binary --------------------------------------------------------------------------------- */

/* What stands in a row where the folder's first files held no such sample. */
#define STRANGE 2

typedef struct {
  const guint8 *lookup;     /* of samples of 8 and 16 bits; NULL: every value but 0 is positive */
  const MsReading *reading; /* of larger ones */
  gboolean *strange;        /* becomes TRUE where a sample was not expected */
} Binary;

gboolean
ms_reading_ignores(const MsReading *reading, guint32 value)
{
  for (guint i = 0; i < reading->ignored->len; i++)
    if (g_array_index(reading->ignored, guint32, i) == value)
      return TRUE;
  return FALSE;
}

static guint8
binary_of(const MsReading *reading, guint32 value)
{
  if (MS_SAMPLE_IS_NEGATIVE(value))
    return reading->predicted ? 0 : MS_READING_IGNORED;
  if (ms_reading_ignores(reading, value))
    return MS_READING_IGNORED;
  return reading->positive < 0 ? value != 0 : (gint64)value == reading->positive;
}

static guint8
checked_binary_of(const MsReading *reading, MsSampleForm form, guint32 value)
{
  if (reading->checked && !MS_SAMPLE_IS_NEGATIVE(value) &&
      !ms_reading_expects(reading, form, value))
    return STRANGE;
  return binary_of(reading, value);
}

static void
map_numbers(const Binary *binary, const guint32 *numbers, guint8 *out, int width)
{
  guint32 last = 0;
  guint8 result = 0;

  for (int x = 0; x < width; x++) {
    if (x == 0 || numbers[x] != last) {
      last = numbers[x];
      result = checked_binary_of(binary->reading, MS_SAMPLES_WIDE, last);
      *binary->strange |= result == STRANGE;
    }
    out[x] = result;
  }
}

static gboolean
has_negative(const guint32 *numbers, int width)
{
  guint32 all = 0;

  for (int x = 0; x < width; x++)
    all |= numbers[x];
  return MS_SAMPLE_IS_NEGATIVE(all);
}

static gboolean
map_to_binary(const void *data, const void *scalars, int sample_bytes, void *row, int width)
{
  const Binary *binary = data;
  const guint8 *bytes = scalars;
  const guint16 *words = scalars;
  guint8 *out = row;
  gboolean strange = FALSE;

  if (sample_bytes == 4) {
    if (!binary->reading->outsiders && has_negative(scalars, width))
      return FALSE;
    map_numbers(binary, scalars, out, width);
  } else if (binary->lookup && sample_bytes == 1) {
    for (int x = 0; x < width; x++) {
      out[x] = binary->lookup[bytes[x]];
      strange |= out[x] == STRANGE;
    }
  } else if (binary->lookup) {
    for (int x = 0; x < width; x++) {
      out[x] = binary->lookup[words[x]];
      strange |= out[x] == STRANGE;
    }
  } else if (sample_bytes == 1) {
    for (int x = 0; x < width; x++)
      out[x] = bytes[x] != 0;
  } else {
    for (int x = 0; x < width; x++)
      out[x] = words[x] != 0;
  }
  *binary->strange |= strange;
  return TRUE;
}

static gboolean
apply_lookup(const MsReading *reading, const MsSamples *samples, const guint8 *lookup,
             const char *name, MsRaster *raster, GError **error)
{
  gboolean strange = FALSE;
  const Binary binary = {lookup, reading, &strange};

  if (!map_rows(reading, samples, 8, map_to_binary, &binary, name, raster, error))
    return FALSE;
  if (!strange)
    return TRUE;
  ms_raster_clear(raster);
  return ms_reading_refuse_strangers(reading, samples, name, error);
}

/* Of samples of 8 and 16 bits; 0: of others. */
static gsize
count_values(const MsSamples *samples)
{
  return samples->bytes == 1 ? 256 : samples->bytes == 2 ? 65536 : 0;
}

static gboolean
apply_binary_floats(const MsReading *reading, const MsSamples *samples, const char *name,
                    MsRaster *raster, GError **error)
{
  if (!ms_reading_init_raster(raster, samples, 8, name, error))
    return FALSE;
  for (int y = 0; y < samples->height; y++) {
    const float *row = (const float *)(const void *)(samples->pixels + (gsize)y * samples->stride);
    guint8 *out = ms_raster_row_writable(raster, y);

    for (int x = 0; x < samples->width; x++)
      out[x] = reading->encoding == MS_ENCODING_GREY ? row[x] > 0.5f
               : reading->positive < 0               ? row[x] != 0
                                                     : row[x] == (float)reading->positive;
  }
  return TRUE;
}

/* Of a few pixels, only what they hold is looked up. */
static void
fill_lookup(const MsReading *reading, const MsSamples *samples, guint8 *lookup, gsize n_values)
{
  gsize n_bytes = samples->stride * (gsize)samples->height;
  gboolean few = samples->bytes == 1 && samples->channels == 1 && n_bytes < n_values;

  for (gsize i = 0; i < (few ? n_bytes : n_values); i++) {
    guint32 value = few ? samples->pixels[i] : (guint32)i;

    lookup[value] = checked_binary_of(reading, ms_samples_form(samples), value);
  }
}

static gboolean
apply_binary(const MsReading *reading, const MsSamples *samples, const char *name, MsRaster *raster,
             GError **error)
{
  gsize n_values = count_values(samples);
  g_autofree guint8 *lookup = NULL;

  if (samples->type == MS_SAMPLES_FLOATS) {
    if (reading->forced)
      return apply_binary_floats(reading, samples, name, raster, error);
    return ms_reading_refuse(error, name,
                             "holds fractions, but the first masks of its folder are binary; "
                             "--threshold reads predicted ones as probability maps");
  }
  if (!ms_reading_check_kind(reading, samples, name, error))
    return FALSE;
  if (reading->positive < 0 && reading->ignored->len == 0 && !reading->checked)
    return apply_lookup(reading, samples, NULL, name, raster, error);
  lookup = g_malloc(n_values);
  fill_lookup(reading, samples, lookup, n_values);
  return apply_lookup(reading, samples, lookup, name, raster, error);
}

static guint8
largest_byte(const MsSamples *samples)
{
  gsize n_bytes = samples->stride * (gsize)samples->height;
  guint8 largest = 0;

  for (gsize i = 0; i < n_bytes; i++)
    largest = MAX(largest, samples->pixels[i]);
  return largest;
}

/* Takes a sample to 255: grey of fewer bits is scaled, whole numbers of wide types that are 0 and 1
 * alone are a mask. */
static guint
grey_factor(const MsSamples *samples)
{
  if (samples->type == MS_SAMPLES_NUMBERS)
    return largest_byte(samples) <= 1 ? 255 : 1;
  return 255 / ms_samples_maximum(samples);
}

static gboolean
has_positive(const MsRaster *raster)
{
  for (int y = 0; y < raster->height; y++)
    if (memchr(ms_raster_row(raster, y), 1, (gsize)raster->width))
      return TRUE;
  return FALSE;
}

static gboolean
apply_grey(const MsReading *reading, const MsSamples *samples, const char *name, MsRaster *raster,
           GError **error)
{
  guint8 lookup[256];
  guint factor;

  if (samples->color == MS_COLOR_PALETTE)
    return ms_reading_refuse(error, name,
                             "is a palette image, but the masks of its folder are grey");
  if (samples->type == MS_SAMPLES_FLOATS)
    return apply_binary_floats(reading, samples, name, raster, error);
  if (samples->bytes != 1)
    return ms_reading_refuse(error, name, "has %s a sample, but the masks of its folder have 8",
                             samples->bytes == 2 ? "16 bits" : "32 bits");
  factor = grey_factor(samples);
  for (guint value = 0; value < 256; value++)
    lookup[value] = value * factor > 127;
  for (guint i = 0; i < reading->ignored->len; i++)
    if (g_array_index(reading->ignored, guint32, i) < 256)
      lookup[g_array_index(reading->ignored, guint32, i)] = MS_READING_IGNORED;
  if (!apply_lookup(reading, samples, lookup, name, raster, error))
    return FALSE;
  if (samples->lossy || has_positive(raster) ||
      ms_reading_check_black(reading, samples, name, error))
    return TRUE;
  ms_raster_clear(raster);
  return FALSE;
}

/* --- class ids ------------------------------------------------------------------------------ */

static gboolean
copy_ids(const void *data, const void *scalars, int sample_bytes, void *out, int width)
{
  const MsReading *reading = data;
  guint32 *ids = out;

  memcpy(out, scalars, (gsize)width * sample_bytes);
  if (sample_bytes != 4 || !has_negative(scalars, width))
    return TRUE;
  for (int x = 0; x < width; x++)
    if (MS_SAMPLE_IS_NEGATIVE(ids[x]))
      ids[x] = MS_ID_NONE;
  return reading->outsiders;
}

static gboolean
apply_classes(const MsReading *reading, const MsSamples *samples, const char *name,
              MsRaster *raster, GError **error)
{
  if (samples->type == MS_SAMPLES_FLOATS)
    return ms_reading_refuse(error, name, "holds fractions, which are no class ids");
  return map_rows(reading, samples, samples->bytes * 8, copy_ids, reading, name, raster, error);
}

/* --- all of them ---------------------------------------------------------------------------- */

static gboolean
apply_as_it_is(const MsReading *reading, const MsSamples *samples, const char *name,
               MsRaster *raster, GError **error)
{
  switch (reading->encoding) {
  case MS_ENCODING_BINARY:
    return apply_binary(reading, samples, name, raster, error);
  case MS_ENCODING_GREY:
    return apply_grey(reading, samples, name, raster, error);
  case MS_ENCODING_TWO_COLORS:
    return ms_reading_apply_two_colors(reading, samples, name, raster, error);
  case MS_ENCODING_PROBABILITY:
    return ms_reading_apply_probability(reading, samples, name, raster, error);
  case MS_ENCODING_CLASSES:
    return apply_classes(reading, samples, name, raster, error);
  case MS_ENCODING_COLORS:
    return ms_reading_apply_colors(reading, samples, name, raster, error);
  case MS_ENCODING_STACKS:
  case MS_ENCODING_LABELS:
  case MS_ENCODING_LABEL_SCORES:
    break; /* no files of masks */
  }
  g_return_val_if_reached(FALSE);
}

/* Probabilities have been turned round before they became steps, so that a threshold cuts them
 * where it says. */
static gboolean
apply_encoding(const MsReading *reading, const MsSamples *samples, const char *name,
               MsRaster *raster, GError **error)
{
  if (!apply_as_it_is(reading, samples, name, raster, error))
    return FALSE;
  if (ms_reading_is_inverted(reading) && reading->encoding != MS_ENCODING_PROBABILITY)
    ms_raster_invert_binary(raster);
  return TRUE;
}

/* A mask of 0 and 1 as the probability map that says the same. */
static gboolean
scale_to_maximum(MsRaster *raster, guint maximum, const MsSamples *samples, const char *name,
                 GError **error)
{
  MsRaster scaled = {0};

  if (!ms_reading_init_raster(&scaled, samples, maximum <= G_MAXUINT8 ? 8 : 16, name, error)) {
    ms_raster_clear(raster);
    return FALSE;
  }
  for (int y = 0; y < raster->height; y++) {
    const guint8 *from = ms_raster_row(raster, y);
    guint8 *bytes = ms_raster_row_writable(&scaled, y);
    guint16 *words = ms_raster_row_writable(&scaled, y);

    for (int x = 0; x < raster->width; x++) {
      if (scaled.bits == 8)
        bytes[x] = from[x] ? maximum : 0;
      else
        words[x] = from[x] ? maximum : 0;
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
  g_autoptr(GError) cause = NULL;
  g_autoptr(MsSamples) mapped =
      reading->ids ? ms_samples_map_ids(samples, reading->ids, name, &cause) : NULL;
  const MsSamples *meant = mapped ? mapped : samples;

  if (cause) {
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
  }
  if (reading->per_file)
    return apply_by_itself(reading, meant, name, raster, error);
  if (!ms_reading_check_alpha(reading, samples, name, error))
    return FALSE;
  return apply_encoding(reading, meant, name, raster, error);
}
