/* SPDX-License-Identifier: MIT
 *
 * One pass over the samples, without memory of its own for 8-bit files: this runs for every file
 * of a manifest, not only for the first ones. Masks are mostly runs, so pixels after others like
 * them are skipped.
 */
#include "set/reading-file.h"

#include <string.h>

#include "io/error.h"
#include "set/reading-survey.h"
#include "set/reading-wide.h"

/* More distinct numbers above 65,535 are not told apart: nobody asks beyond three. */
#define MAX_LARGE 16u

/* --- what a file holds ---------------------------------------------------------------------- */

/* Samples at once that are skipped where they are as the ones before. */
#define STRETCH 32

void
ms_mark_bytes(const guint8 *bytes, int width, guint8 *seen)
{
  int x = 0;

  for (; x + STRETCH <= width; x += STRETCH) {
    if (x > 0 && memcmp(bytes + x, bytes + x - STRETCH, STRETCH) == 0)
      continue;
    for (int i = 0; i < STRETCH; i++)
      seen[bytes[x + i]] = 1;
  }
  for (; x < width; x++)
    seen[bytes[x]] = 1;
}

static void
mark_words(const guint16 *words, int width, guint8 *seen)
{
  for (int x = 0; x < width; x++)
    seen[words[x]] = 1;
}

static void
take_seen(MsFileForm *form, const guint8 *seen, gsize n_values)
{
  memset(form->seen, 0, sizeof form->seen);
  form->n_above = 0;
  form->largest = 0;
  for (gsize value = 0; value < n_values; value++) {
    if (!seen[value])
      continue;
    if (value < 256)
      form->seen[value / 64] |= G_GUINT64_CONSTANT(1) << (value % 64);
    else
      form->n_above++;
    form->largest = (guint32)value;
  }
}

static void
fill_numbers(MsFileForm *form, const MsSamples *samples)
{
  g_autofree guint8 *seen = g_malloc0(65536);
  g_autoptr(GHashTable) large = g_hash_table_new(NULL, NULL);
  MsWideNumbers numbers = {.seen = seen, .large = large, .max_large = MAX_LARGE};
  g_autoptr(GArray) sorted = NULL;

  ms_wide_numbers_mark(&numbers, samples);
  take_seen(form, seen, 65536);
  sorted = ms_wide_large_sorted(large);
  form->n_above += sorted->len;
  if (sorted->len > 0)
    form->largest = g_array_index(sorted, guint32, sorted->len - 1);
  form->is_negative = numbers.is_negative;
}

/* FALSE when the channels of some pixel differ. */
static gboolean
fill_values(MsFileForm *form, const MsSamples *samples, gboolean alpha)
{
  gsize n_values = samples->bytes == 2 ? 65536 : 256;
  g_autofree void *scratch =
      samples->channels == 1 ? NULL : g_malloc((gsize)samples->width * samples->bytes);
  g_autofree guint8 *wide = samples->bytes == 2 ? g_malloc0(n_values) : NULL;
  guint8 narrow[256] = {0};

  for (int y = 0; y < samples->height; y++) {
    const void *row = ms_scalar_row(samples, alpha, y, scratch);

    if (!row)
      return FALSE;
    if (wide)
      mark_words(row, samples->width, wide);
    else
      ms_mark_bytes(row, samples->width, narrow);
  }
  take_seen(form, wide ? wide : narrow, n_values);
  return TRUE;
}

static void
note_color(MsFileForm *form, const guint8 color[3])
{
  for (guint i = 0; i < form->n_colors; i++)
    if (memcmp(form->colors[i], color, 3) == 0)
      return;
  if (form->n_colors < MS_FILE_MAX_COLORS)
    memcpy(form->colors[form->n_colors++], color, 3);
}

/* Of 8-bit samples; grey ones stand for all three channels. */
static void
fill_colors(MsFileForm *form, const MsSamples *samples)
{
  int step = samples->channels >= 3 ? 1 : 0;
  const guint8 *last = NULL;

  for (int y = 0; y < samples->height && form->n_colors < MS_FILE_MAX_COLORS; y++) {
    const guint8 *pixel = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++, pixel += samples->channels) {
      if (last && memcmp(pixel, last, step ? 3 : 1) == 0)
        continue;
      note_color(form, (guint8[3]){pixel[0], pixel[step], pixel[2 * step]});
      last = pixel;
    }
  }
}

/* The alpha channel is the mask where all pixels have one colour and their alphas differ. */
static void
look_at_alpha(MsFileForm *form, const MsSamples *samples)
{
  MsFileForm alphas = *form;

  if (form->colored ? samples->bytes == 2 || form->n_colors != 1
                    : ms_file_form_values(form, NULL).n != 1)
    return;
  fill_values(&alphas, samples, TRUE);
  if (ms_file_form_values(&alphas, NULL).n < 2)
    return;
  *form = alphas;
  form->alpha = TRUE;
  form->colored = FALSE;
}

MsFileForm
ms_file_form_of(const MsSamples *samples, const char *name)
{
  MsFileForm form = {.type = samples->type,
                     .color = samples->color,
                     .depth = samples->depth,
                     .lossy = samples->lossy,
                     .name = name};

  if (samples->type == MS_SAMPLES_FLOATS)
    ms_floats_range(samples, &form.lowest, &form.highest);
  else if (samples->type == MS_SAMPLES_NUMBERS)
    fill_numbers(&form, samples);
  if (samples->type != MS_SAMPLES_SCALED)
    return form;
  form.colored = !fill_values(&form, samples, FALSE);
  if (form.colored && samples->bytes == 1)
    fill_colors(&form, samples);
  else if (form.colored)
    form.n_colors = MS_FILE_MAX_COLORS;
  if (ms_samples_have_alpha(samples))
    look_at_alpha(&form, samples);
  return form;
}

/* --- questions ------------------------------------------------------------------------------ */

gboolean
ms_file_form_has(const MsFileForm *form, guint32 value)
{
  if (value >= 256)
    return value == form->largest;
  return (form->seen[value / 64] >> (value % 64)) & 1;
}

static gboolean
is_left_out(const GArray *left_out, guint32 value)
{
  for (guint i = 0; left_out && i < left_out->len; i++)
    if (g_array_index(left_out, guint32, i) == value)
      return TRUE;
  return FALSE;
}

MsFileValues
ms_file_form_values(const MsFileForm *form, const GArray *left_out)
{
  MsFileValues values = {0};

  for (guint32 value = 0; value < 256; value++) {
    if (!ms_file_form_has(form, value) || is_left_out(left_out, value))
      continue;
    if (values.n++ == 0)
      values.smallest = value;
    values.largest = value;
  }
  if (form->n_above > 0 && !(form->n_above == 1 && is_left_out(left_out, form->largest))) {
    if (values.n == 0)
      values.smallest = form->largest;
    values.n += form->n_above;
    values.largest = form->largest;
  }
  return values;
}

guint32
ms_file_form_full_scale(const MsFileForm *form)
{
  if (form->type != MS_SAMPLES_SCALED)
    return 1;
  return form->color == MS_COLOR_PALETTE ? 255 : (1u << form->depth) - 1;
}

static gboolean
has_between(const MsFileForm *form, guint first, guint last)
{
  for (guint value = first; value <= last; value++)
    if (ms_file_form_has(form, value))
      return TRUE;
  return FALSE;
}

gboolean
ms_file_form_is_grey(const MsFileForm *form)
{
  if (form->colored || form->color == MS_COLOR_PALETTE || form->depth != 8)
    return FALSE;
  if (form->lossy && !has_between(form, 56, 199))
    return TRUE;
  return ms_file_form_has(form, 0) && ms_file_form_has(form, 255) && has_between(form, 200, 254);
}

gboolean
ms_file_form_is_binary(const MsFileForm *form, const GArray *left_out)
{
  MsFileValues values = ms_file_form_values(form, left_out);

  if (form->colored)
    return form->n_colors <= 2 && !form->lossy;
  return values.n <= 1 || (values.n == 2 && values.smallest == 0) || ms_file_form_is_grey(form);
}

gboolean
ms_file_form_is_hard(const MsFileForm *form)
{
  MsFileValues values = ms_file_form_values(form, NULL);

  if (form->color == MS_COLOR_PALETTE || form->colored)
    return TRUE;
  if (form->type == MS_SAMPLES_FLOATS || values.n > 2 || (values.n == 2 && values.smallest != 0) ||
      form->lossy)
    return FALSE;
  return values.largest <= 1 || values.largest == ms_file_form_full_scale(form) ||
         (values.n == 2 && values.largest == 128 && form->depth == 8);
}

gboolean
ms_file_form_is_probability(const MsFileForm *form)
{
  return form->type == MS_SAMPLES_FLOATS && form->lowest >= -MS_READING_FLOAT_SLACK &&
         form->highest <= 1 + MS_READING_FLOAT_SLACK;
}

gboolean
ms_file_form_is_255_alone(const MsFileForm *form)
{
  MsFileValues values = ms_file_form_values(form, NULL);

  return !form->colored && form->color != MS_COLOR_PALETTE && form->depth == 8 &&
         values.largest == 255 && (values.n == 1 || (values.n == 2 && values.smallest == 0));
}

/* --- how it is read ------------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *name, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static gboolean
refuse(GError **error, const char *name, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start(arguments, format);
  reason = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED, "%s: %s", name, reason);
  return FALSE;
}

static int
luma_of(const guint8 color[3])
{
  return 299 * color[0] + 587 * color[1] + 114 * color[2];
}

/* The darker of its two colours is background. One colour alone says nothing, unless it is one of
 * the two that the other rows have. */
static gboolean
read_colors(const MsReading *rows, const MsFileForm *form, const char *name, MsReading *reading,
            GError **error)
{
  const guint8 *dark = form->colors[0], *bright = form->colors[1];

  if (form->n_colors > 2 || form->lossy || form->depth != 8)
    return refuse(error, name,
                  "is coloured, and its ids would follow only from a class table with colours; "
                  "save it with one channel that holds ids");
  if (form->n_colors == 1) {
    if (memcmp(form->colors[0], rows->dark, 3) != 0 &&
        memcmp(form->colors[0], rows->bright, 3) != 0)
      return refuse(error, name,
                    "is of one colour all over, which could be background or not; save it with "
                    "one channel");
    dark = rows->dark;
    bright = rows->bright;
  } else if (luma_of(dark) > luma_of(bright) ||
             (luma_of(dark) == luma_of(bright) && memcmp(dark, bright, 3) > 0)) {
    dark = form->colors[1];
    bright = form->colors[0];
  }
  reading->encoding = MS_ENCODING_TWO_COLORS;
  memcpy(reading->dark, dark, 3);
  memcpy(reading->bright, bright, 3);
  return TRUE;
}

/* By colours where the file is coloured, or of the type that its coloured neighbours have. */
static gboolean
is_for_colors(const MsReading *rows, const MsFileForm *form)
{
  guint32 id;

  if (!rows->colors || form->lossy)
    return FALSE;
  if (form->colored)
    return TRUE;
  if (form->color != MS_COLOR_RGB && form->color != MS_COLOR_RGBA)
    return FALSE;
  for (guint value = 0; value < 256; value++)
    if (ms_file_form_has(form, value) &&
        ms_color_ids_find(rows->colors, ms_color_key_of_bytes(value, value, value), &id) !=
            MS_COLOR_KNOWN)
      return FALSE;
  return form->depth == 8;
}

static gboolean
read_for_classes(const MsReading *rows, const MsFileForm *form, const char *name,
                 MsReading *reading, GError **error)
{
  if (is_for_colors(rows, form)) {
    reading->encoding = MS_ENCODING_COLORS;
    return TRUE;
  }
  if (rows->doubts_255 && ms_file_form_is_255_alone(form))
    return refuse(error, name,
                  "holds nothing but 0 and 255, while the other rows hold class ids: if it is a "
                  "0/255 mask, it does not belong here; --ignore 255 says that 255 is void in it, "
                  "--positive nonzero reads all rows as binary");
  return TRUE;
}

static gboolean
read_for_threshold(const MsReading *rows, const MsFileForm *form, const char *name,
                   MsReading *reading, GError **error)
{
  if (rows->forced || !ms_file_form_is_hard(form))
    return TRUE;
  if (form->colored)
    return read_colors(rows, form, name, reading, error);
  reading->encoding = MS_ENCODING_BINARY;
  return TRUE;
}

/* Soft masks are cut in the middle where they are the actual ones. */
static gboolean
read_floats_for_binary(const MsReading *rows, const MsFileForm *form, const char *name,
                       MsReading *reading, GError **error)
{
  if (rows->predicted)
    return refuse(error, name,
                  "holds fractions, but the predicted masks of the first rows are binary; "
                  "--threshold reads all of them as probability maps");
  if (!ms_file_form_is_probability(form) || form->highest < 1)
    return refuse(error, name,
                  "holds fractions, which are no ids, and is no mask from 0 to 1 with 1 in it");
  reading->encoding = MS_ENCODING_GREY;
  return TRUE;
}

static gboolean
read_for_binary(const MsReading *rows, const MsFileForm *form, const char *name, MsReading *reading,
                GError **error)
{
  MsFileValues values = ms_file_form_values(form, rows->ignored);

  reading->encoding = MS_ENCODING_BINARY;
  if (form->colored && rows->positive < 0)
    return read_colors(rows, form, name, reading, error);
  if (rows->forced || (form->color == MS_COLOR_PALETTE && rows->predicted))
    return TRUE;
  if (form->type == MS_SAMPLES_FLOATS)
    return read_floats_for_binary(rows, form, name, reading, error);
  if (ms_file_form_is_binary(form, rows->ignored)) {
    if (values.n > 2 || form->lossy)
      reading->encoding = MS_ENCODING_GREY;
    if (reading->encoding == MS_ENCODING_BINARY || !rows->predicted || form->lossy)
      return TRUE;
  } else if (!rows->predicted && form->depth == 8 && form->color != MS_COLOR_PALETTE &&
             (rows->encoding == MS_ENCODING_GREY || form->lossy)) {
    reading->encoding = MS_ENCODING_GREY;
    return TRUE;
  }
  if (rows->predicted)
    return refuse(error, name,
                  "holds %u values, but the predicted masks of the first rows are binary; "
                  "--threshold reads all of them as probability maps",
                  values.n);
  return refuse(error, name,
                "holds %u values, but the actual masks of the first rows are binary; --positive "
                "says which of them is positive, --ignore which count nowhere",
                values.n);
}

gboolean
ms_reading_of_file(const MsReading *rows, const MsFileForm *form, const char *name,
                   MsReading *reading, GError **error)
{
  *reading = *rows;
  reading->per_file = FALSE;
  reading->alpha = form->alpha;
  switch (rows->encoding) {
  case MS_ENCODING_CLASSES:
    return read_for_classes(rows, form, name, reading, error);
  case MS_ENCODING_PROBABILITY:
    return read_for_threshold(rows, form, name, reading, error);
  default:
    return read_for_binary(rows, form, name, reading, error);
  }
}
