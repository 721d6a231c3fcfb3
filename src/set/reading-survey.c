/* SPDX-License-Identifier: MIT
 *
 * Looks at a folder's first files and notes which samples and colours occur. Constant memory,
 * whatever the files hold: one flag for every possible sample, a handful of colours.
 */
#include "set/reading-survey.h"

#include <string.h>

MsReadingSurvey *
ms_reading_survey_new(gboolean per_file)
{
  MsReadingSurvey *survey = g_new0(MsReadingSurvey, 1);

  survey->per_file = per_file;
  survey->forms = g_array_new(FALSE, FALSE, sizeof(MsFileForm));
  return survey;
}

void
ms_reading_survey_free(MsReadingSurvey *survey)
{
  if (!survey)
    return;
  g_array_unref(survey->forms);
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

static MsSampleForm
form_of(const MsSamples *samples)
{
  if (samples->color == MS_COLOR_PALETTE)
    return MS_SAMPLES_PALETTE;
  if (samples->bytes == 2)
    return MS_SAMPLES_SIXTEEN;
  return samples->depth < 8 ? MS_SAMPLES_LOW : MS_SAMPLES_EIGHT;
}

static void
mark_row(const MsSamples *samples, const void *scalars, guint8 *seen)
{
  const guint8 *bytes = scalars;
  const guint16 *words = scalars;

  if (samples->bytes == 1) {
    for (int x = 0; x < samples->width; x++)
      seen[bytes[x]] = 1;
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
  MsSampleForm form = form_of(samples);
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

static MsSurveyColor
color_at(const MsSamples *samples, const guint8 *pixel)
{
  MsSurveyColor color;

  for (int i = 0; i < 3; i++)
    color.channels[i] = sample_at(samples, pixel, samples->channels >= 3 ? i : 0);
  return color;
}

static gboolean
same_color(const MsSurveyColor *a, const MsSurveyColor *b)
{
  return memcmp(a, b, sizeof *a) == 0;
}

static void
note_color(MsReadingSurvey *survey, const MsSurveyColor *color)
{
  for (guint i = 0; i < survey->n_colors; i++)
    if (same_color(&survey->colors[i], color))
      return;
  if (survey->n_colors < MS_SURVEY_MAX_COLORS)
    survey->colors[survey->n_colors++] = *color;
}

static void
mark_colors(MsReadingSurvey *survey, const MsSamples *samples)
{
  MsSurveyColor last = color_at(samples, samples->pixels);

  note_color(survey, &last);
  for (int y = 0; y < samples->height && survey->n_colors < MS_SURVEY_MAX_COLORS; y++) {
    const guint8 *row = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++) {
      MsSurveyColor color = color_at(samples, row + (gsize)x * samples->channels * samples->bytes);

      if (same_color(&color, &last))
        continue;
      note_color(survey, &color);
      last = color;
    }
  }
}

static void
mark_alpha(MsReadingSurvey *survey, const MsSamples *samples)
{
  if (survey->n_alpha++ == 0)
    survey->under_alpha = color_at(samples, samples->pixels);
  mark_values(samples, TRUE, &survey->alphas);
  for (int y = 0; y < samples->height && !survey->color_varies; y++) {
    const guint8 *row = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++) {
      MsSurveyColor color = color_at(samples, row + (gsize)x * samples->channels * samples->bytes);

      if (!same_color(&color, &survey->under_alpha)) {
        survey->color_varies = TRUE;
        break;
      }
    }
  }
}

void
ms_reading_survey_add(MsReadingSurvey *survey, MsSamples *samples, const char *name)
{
  MsFileForm form = ms_file_form_of(samples, name);

  g_array_append_val(survey->forms, form);
  survey->n_files++;
  survey->depths |= samples->depth;
  if (samples->lossy)
    survey->n_lossy++;
  if (samples->color == MS_COLOR_PALETTE)
    survey->n_palette++;
  if (ms_samples_have_alpha(samples))
    mark_alpha(survey, samples);
  if (!mark_values(samples, FALSE, &survey->values)) {
    survey->n_color++;
    survey->deep_color |= samples->bytes == 2;
    mark_colors(survey, samples);
  } else if (samples->channels >= 3 && !samples->lossy) {
    survey->n_rgb++;
  }
}
