/* SPDX-License-Identifier: MIT
 *
 * One look at the pixels of a file. Bounded memory, whatever it holds.
 */
#include "set/file-facts.h"

#include "set/reading-survey.h"
#include "set/reading-wide.h"

/* Channels of a grey picture that JPEG made coloured differ by less. */
#define VIVID_DIFFERENCE 64
/* A picture of which one pixel in so many differs by more is a coloured one. */
#define VIVID_SHARE 1000

static GArray *
numbers_new(void)
{
  return g_array_new(FALSE, FALSE, sizeof(guint32));
}

static void
take_seen(GArray *values, const guint8 *seen, guint n_values)
{
  for (guint32 value = 0; value < n_values; value++)
    if (seen[value])
      g_array_append_val(values, value);
}

/* --- samples ---------------------------------------------------------------------------------- */

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

/* FALSE when some pixel's channels differ; nothing is noted then. */
static gboolean
note_values(const MsSamples *samples, gboolean alpha, GArray *values)
{
  guint n_values = samples->bytes == 1 ? 256 : 65536;
  g_autofree void *scratch = g_malloc((gsize)samples->width * samples->bytes);
  g_autofree guint8 *seen = g_malloc0(n_values);

  for (int y = 0; y < samples->height; y++) {
    const void *scalars = ms_scalar_row(samples, alpha, y, scratch);

    if (!scalars)
      return FALSE;
    mark_row(samples, scalars, seen);
  }
  take_seen(values, seen, n_values);
  return TRUE;
}

static void
note_numbers(MsFileFacts *facts, const MsSamples *samples)
{
  g_autofree guint8 *seen = g_malloc0(65536);
  g_autoptr(GHashTable) large = g_hash_table_new(NULL, NULL);
  g_autoptr(GArray) sorted = NULL;
  MsWideNumbers numbers = {.seen = seen, .large = large, .max_large = MS_SURVEY_MAX_LARGE};

  ms_wide_numbers_mark(&numbers, samples);
  take_seen(facts->values, seen, 65536);
  sorted = ms_wide_large_sorted(large);
  g_array_append_vals(facts->large, sorted->data, sorted->len);
  facts->is_negative = numbers.is_negative;
}

/* --- colours ---------------------------------------------------------------------------------- */

/* places: MsColorKey to where its count stands, and 1. */
static void
note_color(GArray *colors, GHashTable *places, MsColorKey key, guint64 n_pixels)
{
  guint place = GPOINTER_TO_UINT(g_hash_table_lookup(places, &key));
  MsColorCount count = {key, n_pixels};

  if (place > 0) {
    g_array_index(colors, MsColorCount, place - 1).n_pixels += n_pixels;
  } else if (colors->len < MS_SURVEY_MAX_COLORS) {
    g_array_append_val(colors, count);
    g_hash_table_insert(places, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(colors->len));
  }
}

static void
note_colors(GArray *colors, const MsSamples *samples)
{
  g_autoptr(GHashTable) places = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  MsColorKey last = ms_color_key_at(samples, samples->pixels);
  guint64 n_alike = 0;

  for (int y = 0; y < samples->height; y++) {
    const guint8 *pixel = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++, pixel += samples->channels * samples->bytes) {
      MsColorKey key = ms_color_key_at(samples, pixel);

      if (key != last) {
        note_color(colors, places, last, n_alike);
        n_alike = 0;
        last = key;
      }
      n_alike++;
    }
  }
  note_color(colors, places, last, n_alike);
}

static void
note_alpha(MsFileFacts *facts, const MsSamples *samples)
{
  facts->has_alpha = TRUE;
  facts->under_alpha = ms_color_key_at(samples, samples->pixels);
  note_values(samples, TRUE, facts->alphas);
  for (int y = 0; y < samples->height && !facts->color_varies; y++) {
    const guint8 *pixel = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++, pixel += samples->channels * samples->bytes)
      if (ms_color_key_at(samples, pixel) != facts->under_alpha) {
        facts->color_varies = TRUE;
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
      guint red = ms_sample_at(samples, pixel, 0), green = ms_sample_at(samples, pixel, 1);
      guint blue = ms_sample_at(samples, pixel, 2);

      n_vivid += MAX(MAX(red, green), blue) - MIN(MIN(red, green), blue) > VIVID_DIFFERENCE;
    }
  }
  return n_vivid * VIVID_SHARE >= (guint64)samples->width * (guint64)samples->height;
}

/* --- a file ----------------------------------------------------------------------------------- */

/* One channel of bytes, which the form tells all about. */
static void
take_form(MsFileFacts *facts)
{
  for (guint32 value = 0; value < 256; value++)
    if (ms_file_form_has(&facts->form, value))
      g_array_append_val(facts->values, value);
}

static void
note_scaled(MsFileFacts *facts, const MsSamples *samples)
{
  facts->three = samples->channels >= 3;
  facts->vivid = samples->lossy && is_vivid(samples);
  if (ms_samples_have_alpha(samples))
    note_alpha(facts, samples);
  if (samples->channels == 1 && samples->bytes == 1)
    take_form(facts);
  else
    facts->unequal = !note_values(samples, FALSE, facts->values);
  if (facts->unequal)
    note_colors(facts->colors, samples);
}

MsFileFacts *
ms_file_facts_new_empty(void)
{
  MsFileFacts *facts = g_new0(MsFileFacts, 1);

  facts->values = numbers_new();
  facts->alphas = numbers_new();
  facts->large = numbers_new();
  facts->colors = g_array_new(FALSE, FALSE, sizeof(MsColorCount));
  return facts;
}

MsFileFacts *
ms_file_facts_new(MsSamples *samples, const MsIdMap *ids)
{
  g_autoptr(MsSamples) mapped = ids ? ms_samples_map_ids(samples, ids, "", NULL) : NULL;
  const MsSamples *meant = mapped ? mapped : samples;
  MsFileFacts *facts = ms_file_facts_new_empty();

  facts->form = ms_file_form_of(meant, NULL);
  facts->kind = ms_samples_form(meant);
  facts->note = g_strdup(samples->note);
  if (meant->type == MS_SAMPLES_NUMBERS)
    note_numbers(facts, meant);
  else if (meant->type == MS_SAMPLES_SCALED)
    note_scaled(facts, meant);
  return facts;
}

void
ms_file_facts_free(MsFileFacts *facts)
{
  if (!facts)
    return;
  g_array_unref(facts->values);
  g_array_unref(facts->alphas);
  g_array_unref(facts->large);
  g_array_unref(facts->colors);
  g_free(facts->note);
  g_free(facts);
}
