/* SPDX-License-Identifier: MIT
 *
 * Looks at a folder's first files and notes which samples and colours occur. Bounded memory,
 * whatever the files hold: one flag for every sample of 16 bits, so many larger ones and colours.
 */
#include "set/reading-survey.h"

#include "set/reading-wide.h"

/* Channels of a grey picture that JPEG made coloured differ by less. */
#define VIVID_DIFFERENCE 64
/* A picture of which one pixel in so many differs by more is a coloured one. */
#define VIVID_SHARE 1000

MsReadingSurvey *
ms_reading_survey_new(gboolean per_file)
{
  MsReadingSurvey *survey = g_new0(MsReadingSurvey, 1);

  survey->per_file = per_file;
  survey->forms = g_array_new(FALSE, FALSE, sizeof(MsFileForm));
  survey->large = g_hash_table_new(NULL, NULL);
  survey->colors = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  return survey;
}

void
ms_reading_survey_set_hints(MsReadingSurvey *survey, const MsIdHints *hints)
{
  if (survey->hints.ids != hints->ids)
    ms_id_map_free(survey->hints.ids);
  survey->hints = *hints;
}

void
ms_reading_survey_free(MsReadingSurvey *survey)
{
  if (!survey)
    return;
  ms_id_map_free(survey->hints.ids);
  g_array_unref(survey->forms);
  g_hash_table_unref(survey->large);
  g_hash_table_unref(survey->colors);
  g_free(survey->note);
  g_free(survey);
}

gboolean
ms_samples_have_alpha(const MsSamples *samples)
{
  return samples->color == MS_COLOR_GREY_ALPHA || samples->color == MS_COLOR_RGBA;
}

static guint
sample_at(const MsSamples *samples, const guint8 *pixel, int channel)
{
  return samples->bytes == 2 ? ((const guint16 *)(const void *)pixel)[channel] : pixel[channel];
}

static void
pick_channel(const MsSamples *samples, const guint8 *row, int channel, void *out)
{
  guint8 *bytes = out;
  guint16 *words = out;
  const guint16 *wide = (const void *)row;

  if (samples->bytes == 1) {
    for (int x = 0; x < samples->width; x++)
      bytes[x] = row[(gsize)x * samples->channels + channel];
  } else {
    for (int x = 0; x < samples->width; x++)
      words[x] = wide[(gsize)x * samples->channels + channel];
  }
}

static void
luma_row(const MsSamples *samples, const guint8 *row, void *out)
{
  guint8 *bytes = out;
  guint16 *words = out;

  for (int x = 0; x < samples->width; x++) {
    const guint8 *pixel = row + (gsize)x * samples->channels * samples->bytes;
    guint luma = ms_luma(sample_at(samples, pixel, 0), sample_at(samples, pixel, 1),
                         sample_at(samples, pixel, 2));

    if (samples->bytes == 1)
      bytes[x] = luma;
    else
      words[x] = luma;
  }
}

static gboolean
channels_equal(const MsSamples *samples, const guint8 *row)
{
  guint difference = 0;

  for (int x = 0; x < samples->width; x++) {
    const guint8 *pixel = row + (gsize)x * samples->channels * samples->bytes;
    guint green = sample_at(samples, pixel, 1);

    difference |= (sample_at(samples, pixel, 0) ^ green) | (green ^ sample_at(samples, pixel, 2));
  }
  return difference == 0;
}

const void *
ms_scalar_row(const MsSamples *samples, gboolean alpha, int y, void *scratch)
{
  const guint8 *row = samples->pixels + (gsize)y * samples->stride;

  if (samples->channels == 1)
    return row;
  if (alpha)
    pick_channel(samples, row, samples->channels - 1, scratch);
  else if (samples->channels >= 3 && samples->lossy)
    luma_row(samples, row, scratch);
  else if (samples->channels >= 3 && !channels_equal(samples, row))
    return NULL;
  else
    pick_channel(samples, row, 0, scratch);
  return scratch;
}

MsSampleForm
ms_samples_form(const MsSamples *samples)
{
  if (samples->type == MS_SAMPLES_NUMBERS)
    return MS_SAMPLES_WIDE;
  if (samples->color == MS_COLOR_PALETTE)
    return MS_SAMPLES_PALETTE;
  if (samples->bytes == 2)
    return MS_SAMPLES_SIXTEEN;
  return samples->depth < 8 ? MS_SAMPLES_LOW : MS_SAMPLES_EIGHT;
}

gboolean
ms_sample_is_full_scale(guint32 value, MsSampleForm form)
{
  switch (form) {
  case MS_SAMPLES_LOW:
    return value == 3 || value == 15;
  case MS_SAMPLES_SIXTEEN:
    return value == 65535;
  case MS_SAMPLES_WIDE:
    return FALSE;
  default:
    return value == 255;
  }
}

static void
mark_row(const MsSamples *samples, const void *scalars, guint8 *seen)
{
  const guint16 *words = scalars;

  if (samples->bytes == 1) {
    ms_mark_bytes(scalars, samples->width, seen);
  } else {
    for (int x = 0; x < samples->width; x++)
      seen[words[x]] = 1;
  }
}

/* FALSE when some pixel's channels differ; nothing is marked then. */
static gboolean
mark_values(const MsSamples *samples, gboolean alpha, MsSampleSet *set)
{
  g_autofree void *scratch = g_malloc((gsize)samples->width * samples->bytes);
  MsSampleForm form = ms_samples_form(samples);
  g_autofree guint8 *seen = g_malloc0(65536);

  for (int y = 0; y < samples->height; y++) {
    const void *scalars = ms_scalar_row(samples, alpha, y, scratch);

    if (!scalars)
      return FALSE;
    mark_row(samples, scalars, seen);
  }
  for (gsize value = 0; value < 65536; value++)
    set->seen[form][value] |= seen[value];
  return TRUE;
}

static void
note_color(MsReadingSurvey *survey, MsColorKey key, guint64 n_pixels)
{
  guint64 *count = g_hash_table_lookup(survey->colors, &key);

  if (count)
    *count += n_pixels;
  else if (g_hash_table_size(survey->colors) < MS_SURVEY_MAX_COLORS)
    g_hash_table_insert(survey->colors, g_memdup2(&key, sizeof key),
                        g_memdup2(&n_pixels, sizeof n_pixels));
}

static void
mark_colors(MsReadingSurvey *survey, const MsSamples *samples)
{
  MsColorKey last = ms_color_key_at(samples, samples->pixels);
  guint64 n_alike = 0;

  for (int y = 0; y < samples->height; y++) {
    const guint8 *pixel = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++, pixel += samples->channels * samples->bytes) {
      MsColorKey key = ms_color_key_at(samples, pixel);

      if (key != last) {
        note_color(survey, last, n_alike);
        n_alike = 0;
        last = key;
      }
      n_alike++;
    }
  }
  note_color(survey, last, n_alike);
}

static void
mark_alpha(MsReadingSurvey *survey, const MsSamples *samples)
{
  if (survey->n_alpha++ == 0)
    survey->under_alpha = ms_color_key_at(samples, samples->pixels);
  mark_values(samples, TRUE, &survey->alphas);
  for (int y = 0; y < samples->height && !survey->color_varies; y++) {
    const guint8 *pixel = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++, pixel += samples->channels * samples->bytes)
      if (ms_color_key_at(samples, pixel) != survey->under_alpha) {
        survey->color_varies = TRUE;
        break;
      }
  }
}

/* Whether a lossy picture is coloured in earnest. */
static gboolean
is_vivid(const MsSamples *samples)
{
  guint64 n_vivid = 0;

  if (samples->channels < 3)
    return FALSE;
  for (int y = 0; y < samples->height; y++) {
    const guint8 *pixel = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++, pixel += samples->channels * samples->bytes) {
      guint red = sample_at(samples, pixel, 0), green = sample_at(samples, pixel, 1);
      guint blue = sample_at(samples, pixel, 2);

      n_vivid += MAX(MAX(red, green), blue) - MIN(MIN(red, green), blue) > VIVID_DIFFERENCE;
    }
  }
  return n_vivid * VIVID_SHARE >= (guint64)samples->width * (guint64)samples->height;
}

static void
mark_floats(MsReadingSurvey *survey, const MsSamples *samples)
{
  float lowest, highest;

  ms_floats_range(samples, &lowest, &highest);
  survey->lowest = survey->n_floats ? MIN(survey->lowest, lowest) : lowest;
  survey->highest = survey->n_floats ? MAX(survey->highest, highest) : highest;
  survey->n_floats++;
}

static void
mark_numbers(MsReadingSurvey *survey, const MsSamples *samples)
{
  MsWideNumbers numbers = {.seen = survey->values.seen[MS_SAMPLES_WIDE],
                           .large = survey->large,
                           .max_large = MS_SURVEY_MAX_LARGE,
                           .is_negative = survey->is_negative};

  ms_wide_numbers_mark(&numbers, samples);
  survey->is_negative = numbers.is_negative;
  survey->n_wide++;
}

static void
mark_scaled(MsReadingSurvey *survey, const MsSamples *samples)
{
  if (samples->lossy) {
    survey->n_lossy++;
    survey->n_vivid += is_vivid(samples);
  }
  if (samples->color == MS_COLOR_PALETTE)
    survey->n_palette++;
  if (ms_samples_have_alpha(samples))
    mark_alpha(survey, samples);
  if (!mark_values(samples, FALSE, &survey->values)) {
    survey->n_color++;
    mark_colors(survey, samples);
  } else if (samples->channels >= 3 && !samples->lossy) {
    survey->n_rgb++;
  }
}

void
ms_reading_survey_add(MsReadingSurvey *survey, MsSamples *samples, const char *name)
{
  g_autoptr(MsSamples) mapped =
      survey->hints.ids ? ms_samples_map_ids(samples, survey->hints.ids, "", NULL) : NULL;
  const MsSamples *meant = mapped ? mapped : samples;
  MsFileForm form = ms_file_form_of(meant, name);

  g_array_append_val(survey->forms, form);
  survey->n_files++;
  survey->depths |= meant->depth;
  if (!survey->note)
    survey->note = g_strdup(samples->note);
  if (meant->type == MS_SAMPLES_FLOATS)
    mark_floats(survey, meant);
  else if (meant->type == MS_SAMPLES_NUMBERS)
    mark_numbers(survey, meant);
  else
    mark_scaled(survey, meant);
}

/* --- ids that become others ----------------------------------------------------------------- */

static void
map_row(const MsIdMap *ids, const void *scalars, int sample_bytes, guint32 *out, int width)
{
  const guint8 *bytes = scalars;
  const guint16 *words = scalars;
  const guint32 *numbers = scalars;
  guint32 last = 0, mapped = ms_id_map_get(ids, 0);

  for (int x = 0; x < width; x++) {
    guint32 id = sample_bytes == 1 ? bytes[x] : sample_bytes == 2 ? words[x] : numbers[x];

    if (id != last) {
      last = id;
      mapped = ms_id_map_get(ids, id);
    }
    out[x] = mapped;
  }
}

MsSamples *
ms_samples_map_ids(const MsSamples *samples, const MsIdMap *ids, const char *name, GError **error)
{
  g_autoptr(MsSamples) mapped = NULL;
  g_autofree void *scratch = NULL;

  if (samples->type == MS_SAMPLES_FLOATS)
    return NULL;
  mapped = ms_samples_new_numbers(samples->width, samples->height, name, error);
  if (!mapped)
    return NULL;
  scratch = g_malloc((gsize)samples->width * samples->bytes);
  for (int y = 0; y < samples->height; y++) {
    const void *scalars = ms_scalar_row(samples, FALSE, y, scratch);

    if (!scalars)
      return NULL;
    map_row(ids, scalars, samples->bytes,
            (guint32 *)(void *)(mapped->pixels + (gsize)y * mapped->stride), samples->width);
  }
  return ms_samples_settle(mapped, name, error) ? g_steal_pointer(&mapped) : NULL;
}
