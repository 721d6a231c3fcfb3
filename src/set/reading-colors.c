/* SPDX-License-Identifier: MIT
 *
 * A class table's colours say exactly what is meant, so they go before the guess that the darker of
 * two colours is background, wherever they fit.
 */
#include "set/reading-colors.h"

#include <string.h>

#include "set/set.h"

/* --- two colours ---------------------------------------------------------------------------- */

static gboolean
add_color(guint8 colors[2][3], guint *n_colors, const guint8 color[3])
{
  for (guint i = 0; i < *n_colors; i++)
    if (memcmp(colors[i], color, 3) == 0)
      return TRUE;
  if (*n_colors == 2)
    return FALSE;
  memcpy(colors[(*n_colors)++], color, 3);
  return TRUE;
}

/* The colours of all files, grey ones too; FALSE when there are more than two. */
static gboolean
collect_two(const MsReadingSurvey *survey, guint8 colors[2][3], guint *n_colors)
{
  GHashTableIter iter;
  gpointer key;

  if (survey->n_palette || survey->n_lossy || survey->depths != 8)
    return FALSE;
  g_hash_table_iter_init(&iter, survey->colors);
  while (g_hash_table_iter_next(&iter, &key, NULL)) {
    MsColorKey color = *(MsColorKey *)key;

    if (!add_color(colors, n_colors,
                   (guint8[3]){color >> 40 & 255, color >> 24 & 255, color >> 8 & 255}))
      return FALSE;
  }
  for (guint value = 0; value < 256; value++)
    if (survey->values.seen[MS_SAMPLES_EIGHT][value] &&
        !add_color(colors, n_colors, (guint8[3]){value, value, value}))
      return FALSE;
  return TRUE;
}

static int
compare_luma(const guint8 *a, const guint8 *b)
{
  int luma_a = 299 * a[0] + 587 * a[1] + 114 * a[2];
  int luma_b = 299 * b[0] + 587 * b[1] + 114 * b[2];

  return luma_a != luma_b ? luma_a - luma_b : memcmp(a, b, 3);
}

gboolean
ms_evidence_two_colors(const MsEvidence *evidence, guint8 dark[3], guint8 bright[3])
{
  guint8 colors[2][3] = {0}; /* one colour alone: the other is black */
  guint n_colors = 0;
  gboolean swap;

  if (!collect_two(evidence->survey, colors, &n_colors))
    return FALSE;
  swap = compare_luma(colors[0], colors[1]) > 0;
  memcpy(dark, colors[swap], 3);
  memcpy(bright, colors[!swap], 3);
  return TRUE;
}

/* Whether a table of two classes says that the bright colour is its background. */
static gboolean
table_swaps(const MsReading *reading, const MsColorIds *colors, const MsClassTable *table)
{
  guint32 dark, bright;

  return colors && table->n_classes == 2 && table->background >= 0 &&
         ms_color_ids_find(
             colors, ms_color_key_of_bytes(reading->dark[0], reading->dark[1], reading->dark[2]),
             &dark) == MS_COLOR_KNOWN &&
         ms_color_ids_find(
             colors,
             ms_color_key_of_bytes(reading->bright[0], reading->bright[1], reading->bright[2]),
             &bright) == MS_COLOR_KNOWN &&
         (gint64)bright == table->background;
}

static MsReading *
read_as_two_colors(const MsEvidence *evidence, const MsColorIds *colors, const MsClassTable *table)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_TWO_COLORS, NULL);
  const char *why = "the darker one";

  ms_evidence_two_colors(evidence, reading->dark, reading->bright);
  if (table_swaps(reading, colors, table)) {
    guint8 dark[3];

    memcpy(dark, reading->dark, 3);
    memcpy(reading->dark, reading->bright, 3);
    memcpy(reading->bright, dark, 3);
    why = "by the class table that";
  }
  reading->guessed = TRUE;
  reading->description = g_strdup_printf(
      "colour, #%02x%02x%02x and #%02x%02x%02x: %s, #%02x%02x%02x, is background", reading->dark[0],
      reading->dark[1], reading->dark[2], reading->bright[0], reading->bright[1],
      reading->bright[2], why, reading->dark[0], reading->dark[1], reading->dark[2]);
  return reading;
}

/* --- classes -------------------------------------------------------------------------------- */

/* What the colours that were seen mean. */
typedef struct {
  const MsColorIds *colors;
  GArray *ids; /* guint32: those of known ones, ascending, each once */
  guint n_known;
  guint n_unknown;
  MsColorKey unknown; /* the one with the most pixels */
  guint64 unknown_pixels;
  gboolean has_shared;
  MsColorKey shared;
} Meanings;

static void
add_id(GArray *ids, guint32 id)
{
  guint at = 0;

  while (at < ids->len && g_array_index(ids, guint32, at) < id)
    at++;
  if (at == ids->len || g_array_index(ids, guint32, at) != id)
    g_array_insert_val(ids, at, id);
}

static void
add_meaning(Meanings *meanings, MsColorKey key, guint64 n_pixels)
{
  guint32 id;

  switch (ms_color_ids_find(meanings->colors, key, &id)) {
  case MS_COLOR_KNOWN:
    meanings->n_known++;
    if (id != MS_ID_NONE)
      add_id(meanings->ids, id);
    break;
  case MS_COLOR_SHARED:
    meanings->n_known++;
    meanings->has_shared = TRUE;
    meanings->shared = key;
    break;
  case MS_COLOR_UNKNOWN:
    if (meanings->n_unknown++ == 0 || n_pixels > meanings->unknown_pixels ||
        (n_pixels == meanings->unknown_pixels && key < meanings->unknown)) {
      meanings->unknown = key;
      meanings->unknown_pixels = n_pixels;
    }
    break;
  }
}

/* Grey files among coloured ones are colours too; how many pixels they have is not known. */
static void
look_up_colors(Meanings *meanings, const MsReadingSurvey *survey)
{
  GHashTableIter iter;
  gpointer key, count;

  meanings->ids = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_hash_table_iter_init(&iter, survey->colors);
  while (g_hash_table_iter_next(&iter, &key, &count))
    add_meaning(meanings, *(MsColorKey *)key, *(guint64 *)count);
  for (guint value = 0; !survey->per_file && value < 256; value++) {
    MsColorKey grey = ms_color_key_of_bytes(value, value, value);

    if (survey->values.seen[MS_SAMPLES_EIGHT][value] &&
        !g_hash_table_contains(survey->colors, &grey))
      add_meaning(meanings, grey, 0);
  }
}

static void
note_unknown(GPtrArray *oddities, const Meanings *meanings, gboolean actual)
{
  g_autofree char *color = ms_color_key_describe(meanings->unknown);

  if (meanings->n_unknown == 0)
    return;
  ms_add_oddity(oddities,
                "%u %s no class's, such as %s (%" G_GUINT64_FORMAT " pixels in the files looked "
                "at): %s",
                meanings->n_unknown, meanings->n_unknown == 1 ? "colour is" : "colours are", color,
                meanings->unknown_pixels,
                actual ? "masks that hold such colours are not scored"
                       : "such pixels are of no class");
}

static MsReading *
read_as_colors(const MsEvidence *evidence, const Meanings *meanings, const MsReading *actual,
               const MsOptions *options, const MsClassTable *table)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_COLORS, NULL);
  g_autoptr(GPtrArray) oddities = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *seen = NULL;
  g_autofree char *meaning = NULL;

  reading->colors = ms_color_ids_ref((MsColorIds *)meanings->colors);
  reading->predicted = actual != NULL;
  reading->outsiders = actual || ms_color_ids_have_none(meanings->colors);
  g_array_append_vals(reading->values, meanings->ids->data, meanings->ids->len);
  if (meanings->ids->len > 0)
    reading->largest = g_array_index(meanings->ids, guint32, meanings->ids->len - 1);
  if (!actual)
    ms_reading_ignore(reading, options, table);
  note_unknown(oddities, meanings, !actual);
  seen = g_strdup_printf("coloured masks with %u colours", meanings->n_known + meanings->n_unknown);
  meaning = g_strdup_printf("class ids by the colours of %s", table->source);
  return ms_reading_conclude(reading, evidence, seen, meaning, oddities);
}

/* A manifest's rows are class ids, the coloured ones by their colours. */
static MsReading *
read_rows(const MsEvidence *evidence, const Meanings *meanings, const MsReading *actual,
          const MsOptions *options, const MsClassTable *table)
{
  MsReading *reading = ms_read_as_classes(evidence, options, table, actual);
  GString *text = g_string_new(reading->description);
  g_autoptr(GPtrArray) oddities = g_ptr_array_new_with_free_func(g_free);

  reading->colors = ms_color_ids_ref((MsColorIds *)meanings->colors);
  reading->outsiders |= actual || ms_color_ids_have_none(meanings->colors);
  if (!actual)
    ms_reading_ignore(reading, options, table);
  note_unknown(oddities, meanings, !actual);
  g_string_append_printf(text, "; coloured files by the colours of %s", table->source);
  if (oddities->len > 0)
    g_string_append_printf(text, "; %s", (const char *)g_ptr_array_index(oddities, 0));
  reading->guessed |= oddities->len > 0;
  g_free(reading->description);
  reading->description = g_string_free(text, FALSE);
  return reading;
}

/* --- which it is ---------------------------------------------------------------------------- */

static MsReading *
refuse_colors(const MsClassTable *table, const char *folder, GError **error)
{
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
              "%s: these masks are coloured, so their ids follow only from a class table with "
              "colours%s%s: --classes FILE with the columns id,name,r,g,b, or one of the names %s; "
              "or save them with one channel (grey or palette) that holds the ids",
              folder, table ? ", and there are none in " : "", table ? table->source : "",
              ms_class_table_known_names());
  return NULL;
}

static MsReading *
refuse_shared(const Meanings *meanings, const MsClassTable *table, const char *folder,
              GError **error)
{
  g_autofree char *color = ms_color_key_describe(meanings->shared);

  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
              "%s: these masks hold %s, which is the colour of two classes in %s", folder, color,
              table->source);
  return NULL;
}

static MsReading *
refuse_foreign(const Meanings *meanings, const MsClassTable *table, const char *folder,
               GError **error)
{
  g_autofree char *color = ms_color_key_describe(meanings->unknown);

  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
              "%s: these masks are coloured, and none of their colours, such as %s, is a class's "
              "in %s; --classes names a class table with their colours",
              folder, color, table->source);
  return NULL;
}

MsReading *
ms_decide_colors(const MsEvidence *evidence, const MsReading *actual, const MsOptions *options,
                 const MsClassTable *table, gboolean found_table, gboolean wants_samples,
                 const char *folder, GError **error)
{
  const MsReadingSurvey *survey = evidence->survey;
  gboolean ids = actual ? ms_reading_has_classes(actual) : survey->hints.classes;
  guint8 dark[3], bright[3];
  gboolean two = !ids && !survey->per_file && ms_evidence_two_colors(evidence, dark, bright);
  g_autoptr(MsColorIds) colors = NULL;
  g_autoptr(GArray) known = NULL;
  Meanings meanings = {0};

  if (table && ms_class_table_has_colors(table) && options->positive_choice == MS_CHOICE_AUTO &&
      !options->has_threshold && (ids || !actual))
    colors = ms_color_ids_new(table, survey->hints.ids);
  if (two && !wants_samples && (!colors || table->n_classes <= 2))
    return read_as_two_colors(evidence, colors, table);
  if (!colors)
    return refuse_colors(table, folder, error);
  meanings.colors = colors;
  look_up_colors(&meanings, survey);
  known = meanings.ids;
  if (meanings.has_shared)
    return refuse_shared(&meanings, table, folder, error);
  if (two && found_table && meanings.n_unknown > 0)
    return read_as_two_colors(evidence, NULL, table);
  if (meanings.n_known == 0 && !survey->per_file)
    return refuse_foreign(&meanings, table, folder, error);
  return survey->per_file ? read_rows(evidence, &meanings, actual, options, table)
                          : read_as_colors(evidence, &meanings, actual, options, table);
}
