/* SPDX-License-Identifier: MIT
 *
 * Adds up what a folder's first files hold: which samples and colours occur. Bounded memory,
 * whatever the files hold: one flag for every sample of 16 bits, so many larger ones and colours.
 */
#include "set/reading-survey.h"

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
    guint luma = ms_luma(ms_sample_at(samples, pixel, 0), ms_sample_at(samples, pixel, 1),
                         ms_sample_at(samples, pixel, 2));

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
    guint green = ms_sample_at(samples, pixel, 1);

    difference |=
        (ms_sample_at(samples, pixel, 0) ^ green) | (green ^ ms_sample_at(samples, pixel, 2));
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

/* --- files ---------------------------------------------------------------------------------- */

static void
add_values(MsSampleSet *set, MsSampleForm kind, const GArray *values)
{
  for (guint i = 0; i < values->len; i++)
    set->seen[kind][g_array_index(values, guint32, i)] = 1;
  if (values->len > 0)
    set->ends[kind] = MAX(set->ends[kind], g_array_index(values, guint32, values->len - 1) + 1);
}

static void
add_large(MsReadingSurvey *survey, const GArray *large)
{
  for (guint i = 0; i < large->len && g_hash_table_size(survey->large) < MS_SURVEY_MAX_LARGE; i++)
    g_hash_table_add(survey->large, GUINT_TO_POINTER(g_array_index(large, guint32, i)));
}

static void
add_color(MsReadingSurvey *survey, const MsColorCount *color)
{
  guint64 *count = g_hash_table_lookup(survey->colors, &color->key);

  if (count)
    *count += color->n_pixels;
  else if (g_hash_table_size(survey->colors) < MS_SURVEY_MAX_COLORS)
    g_hash_table_insert(survey->colors, g_memdup2(&color->key, sizeof color->key),
                        g_memdup2(&color->n_pixels, sizeof color->n_pixels));
}

static void
add_alpha(MsReadingSurvey *survey, const MsFileFacts *facts)
{
  if (survey->n_alpha++ == 0)
    survey->under_alpha = facts->under_alpha;
  survey->color_varies |= facts->color_varies || facts->under_alpha != survey->under_alpha;
  add_values(&survey->alphas, facts->kind, facts->alphas);
}

static void
add_floats(MsReadingSurvey *survey, const MsFileForm *form)
{
  survey->lowest = survey->n_floats ? MIN(survey->lowest, form->lowest) : form->lowest;
  survey->highest = survey->n_floats ? MAX(survey->highest, form->highest) : form->highest;
  survey->n_floats++;
}

static void
add_scaled(MsReadingSurvey *survey, const MsFileFacts *facts)
{
  survey->n_lossy += facts->form.lossy;
  survey->n_vivid += facts->vivid;
  survey->n_palette += facts->form.color == MS_COLOR_PALETTE;
  survey->n_color += facts->unequal;
  survey->n_rgb += facts->three && !facts->unequal && !facts->form.lossy;
  if (facts->has_alpha)
    add_alpha(survey, facts);
  for (guint i = 0; i < facts->colors->len; i++)
    add_color(survey, &g_array_index(facts->colors, MsColorCount, i));
}

void
ms_reading_survey_add_facts(MsReadingSurvey *survey, const MsFileFacts *facts, const char *name)
{
  MsFileForm form = facts->form;

  form.name = name;
  g_array_append_val(survey->forms, form);
  survey->n_files++;
  survey->depths |= (guint)form.depth;
  if (!survey->note)
    survey->note = g_strdup(facts->note);
  survey->n_wide += form.type == MS_SAMPLES_NUMBERS;
  survey->is_negative |= facts->is_negative;
  add_values(&survey->values, facts->kind, facts->values);
  add_large(survey, facts->large);
  if (form.type == MS_SAMPLES_FLOATS)
    add_floats(survey, &form);
  else if (form.type == MS_SAMPLES_SCALED)
    add_scaled(survey, facts);
}

void
ms_reading_survey_add(MsReadingSurvey *survey, MsSamples *samples, const char *name)
{
  g_autoptr(MsFileFacts) facts = ms_file_facts_new(samples, survey->hints.ids);

  ms_reading_survey_add_facts(survey, facts, name);
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
