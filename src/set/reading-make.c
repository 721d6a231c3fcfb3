/* SPDX-License-Identifier: MIT
 *
 * Everything odd about a reading is said in its description, with the option that would help, and
 * makes it a guess: what is guessed is reported wherever the set is.
 */
#include "set/reading-make.h"

/* More ids than this are too many where actual masks hold one class. */
#define MAX_FEW_IDS 8

MsReading *
ms_reading_new(MsEncoding encoding, const MsEvidence *evidence)
{
  MsReading *reading = g_new0(MsReading, 1);

  reading->encoding = encoding;
  reading->positive = -1;
  reading->ignored = g_array_new(FALSE, FALSE, sizeof(guint32));
  if (!evidence) {
    reading->values = g_array_new(FALSE, FALSE, sizeof(guint32));
    return reading;
  }
  reading->alpha = evidence->alpha;
  reading->guessed = evidence->alpha;
  reading->values = g_array_copy(evidence->values);
  reading->largest = ms_evidence_largest(evidence);
  return reading;
}

MsReading *
ms_reading_new_labels(gboolean scores, gboolean guessed, const char *description)
{
  MsReading *reading = ms_reading_new(scores ? MS_ENCODING_LABEL_SCORES : MS_ENCODING_LABELS, NULL);
  reading->description = g_strdup(description);
  reading->guessed = guessed;
  return reading;
}

static char *
describe_ignored(const MsReading *reading)
{
  GString *text = g_string_new(NULL);

  for (guint i = 0; i < reading->ignored->len; i++)
    g_string_append_printf(text, "%s%u", i == 0 ? "; ignored: " : ", ",
                           g_array_index(reading->ignored, guint32, i));
  return g_string_free(text, FALSE);
}

/* What is odd about a decision, in sentences; each makes it a guess. */
static void add_oddity(GPtrArray *oddities, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
add_oddity(GPtrArray *oddities, const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  g_ptr_array_add(oddities, g_strdup_vprintf(format, arguments));
  va_end(arguments);
}

/* Ends a decision: what was seen, how it is read, what is ignored, and what is odd about it. */
static MsReading *
conclude(MsReading *reading, const MsEvidence *evidence, const char *meaning,
         const GPtrArray *oddities)
{
  g_autofree char *seen = ms_evidence_describe(evidence);
  g_autofree char *ignored = describe_ignored(reading);
  GString *text = g_string_new(NULL);

  g_string_append_printf(text, "%s: %s%s", seen, meaning, ignored);
  for (guint i = 0; oddities && i < oddities->len; i++)
    g_string_append_printf(text, "; %s", (const char *)g_ptr_array_index(oddities, i));
  reading->description = g_string_free(text, FALSE);
  reading->guessed |= oddities && oddities->len > 0;
  return reading;
}

gboolean
ms_asks_for_background(const MsOptions *options)
{
  return options->background_choice == MS_CHOICE_NONE ||
         (options->background_choice == MS_CHOICE_GIVEN && options->background != 0);
}

static void
note_background(GPtrArray *oddities, const MsOptions *options, gboolean actual)
{
  if (actual && ms_asks_for_background(options))
    add_oddity(oddities, "--background means nothing for a binary mask");
}

/* What each encoding is decided with. */

static void
add_ignored(GArray *ignored, guint32 id)
{
  guint at = 0;

  while (at < ignored->len && g_array_index(ignored, guint32, at) < id)
    at++;
  if (at == ignored->len || g_array_index(ignored, guint32, at) != id)
    g_array_insert_val(ignored, at, id);
}

MsReading *
ms_read_as_binary(const MsEvidence *evidence, const MsOptions *options, gboolean actual,
                  const char *oddity)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_BINARY, evidence);
  g_autoptr(GPtrArray) oddities = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *meaning = NULL;

  if (options->positive_choice == MS_CHOICE_GIVEN)
    reading->positive = options->positive;
  if (actual && options->ignore_choice == MS_CHOICE_GIVEN)
    g_array_append_vals(reading->ignored, options->ignore->data, options->ignore->len);
  if (reading->positive >= 0)
    meaning = g_strdup_printf("binary, value %u alone is positive", options->positive);
  else
    meaning = g_strdup("binary, every value but 0 is positive");
  if (oddity)
    add_oddity(oddities, "%s", oddity);
  if (reading->positive > 65535 ||
      (reading->positive >= 0 && !ms_evidence_has(evidence, (guint)reading->positive)))
    add_oddity(oddities, "%u, which --positive names, occurs in none of the files looked at",
               options->positive);
  note_background(oddities, options, actual);
  return conclude(reading, evidence, meaning, oddities);
}

MsReading *
ms_read_as_binary_with_void(const MsEvidence *evidence, const MsOptions *options)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_BINARY, evidence);
  g_autoptr(GPtrArray) oddities = g_ptr_array_new_with_free_func(g_free);

  add_ignored(reading->ignored, 255);
  add_oddity(oddities, "255 is taken for the void label");
  note_background(oddities, options, TRUE);
  return conclude(reading, evidence, "binary, 1 is positive", oddities);
}

MsReading *
ms_read_as_grey(const MsEvidence *evidence, const MsOptions *options)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_GREY, evidence);
  g_autoptr(GPtrArray) oddities = g_ptr_array_new_with_free_func(g_free);

  if (options->ignore_choice == MS_CHOICE_GIVEN)
    g_array_append_vals(reading->ignored, options->ignore->data, options->ignore->len);
  reading->guessed = TRUE;
  note_background(oddities, options, TRUE);
  return conclude(reading, evidence, "grey between black and white, positive above 127", oddities);
}

static gboolean
holds(const GArray *values, guint32 value)
{
  for (guint i = 0; i < values->len; i++)
    if (g_array_index(values, guint32, i) == value)
      return TRUE;
  return FALSE;
}

/* Whether 255 is an id like others: a class, the background, or all there is besides 0. */
static gboolean
is_255_an_id(const MsReading *reading, const MsOptions *options, const MsClassTable *table)
{
  if (table && ms_class_table_find(table, 255))
    return TRUE;
  if (options->background_choice == MS_CHOICE_GIVEN && options->background == 255)
    return TRUE;
  return ms_asks_for_background(options) && !table && reading->values->len == 2;
}

static void
fill_ignored_classes(MsReading *reading, const MsOptions *options, const MsClassTable *table)
{
  if (options->ignore_choice == MS_CHOICE_GIVEN)
    g_array_append_vals(reading->ignored, options->ignore->data, options->ignore->len);
  if (options->ignore_choice != MS_CHOICE_AUTO)
    return;
  if (table && table->ignored >= 0)
    add_ignored(reading->ignored, table->ignored);
  if (reading->largest <= 255 && !is_255_an_id(reading, options, table))
    add_ignored(reading->ignored, 255);
}

/* Files of 0 and 255 among others: all of them is ignored but the background. */
static void
note_255(GPtrArray *oddities, const MsReading *reading, const MsEvidence *evidence,
         const MsOptions *options, const MsClassTable *table)
{
  g_autofree char *files = ms_evidence_count(evidence, ms_file_form_is_255_alone);

  if (!files || options->ignore_choice != MS_CHOICE_AUTO || !holds(reading->ignored, 255))
    return;
  if (reading->per_file)
    add_oddity(oddities,
               "%s, hold nothing but 0 and 255 and are not scored: they look like 0/255 masks "
               "among class ids; --positive nonzero reads all rows as binary",
               files);
  else if (reading->values->len == 3 && holds(reading->values, 1) && holds(reading->values, 0))
    add_oddity(oddities,
               "%s, hold nothing but 0 and 255: this looks like a mixture of 0/1 and 0/255 masks; "
               "--positive nonzero reads both",
               files);
  else if (!table || reading->values->len <= 2)
    add_oddity(oddities,
               "%s, hold nothing but 0 and 255, which is ignored; if these are binary masks, "
               "--positive nonzero reads all as binary",
               files);
}

/* The ids of actual masks that are neither 0 nor ignored. */
static guint
count_actual_ids(const MsReading *actual, const MsReading *predicted, guint *n_shared)
{
  guint n = 0;

  *n_shared = 0;
  for (guint i = 0; i < actual->values->len; i++) {
    guint32 value = g_array_index(actual->values, guint32, i);

    if (value == 0 || holds(actual->ignored, value))
      continue;
    n++;
    *n_shared += holds(predicted->values, value);
  }
  return n;
}

/* Predicted masks that are no class ids of the actual ones. */
static void
note_foreign_ids(GPtrArray *oddities, const MsReading *reading, const MsReading *actual,
                 const MsEvidence *evidence, const MsClassTable *table)
{
  guint n_shared;
  guint n_ids = count_actual_ids(actual, reading, &n_shared);
  guint n_values = reading->values->len - holds(reading->values, 255);
  gboolean one_valued = n_values <= 1 + (guint)holds(reading->values, 0);

  if (n_ids <= 1 && !table && evidence->survey->n_palette == 0 && n_values > MAX_FEW_IDS)
    add_oddity(oddities,
               "%u values, where the actual masks hold one class: if they are probability maps, "
               "--threshold 0.5 reads them so",
               reading->values->len);
  else if (n_shared == 0 && n_ids > 0 && reading->largest > 0)
    add_oddity(oddities, "no id but 0 occurs in the actual masks too%s",
               one_valued ? "; if these are binary masks, --positive nonzero reads both as binary"
                          : "");
  else if (!table && reading->largest > actual->largest && reading->largest != 255)
    add_oddity(oddities, "ids go up to %u, those of the actual masks to %u", reading->largest,
               actual->largest);
  else if (table && !ms_evidence_fits(table, evidence))
    add_oddity(oddities, "some of them are no classes of the table");
}

MsReading *
ms_read_as_classes(const MsEvidence *evidence, const MsOptions *options, const MsClassTable *table,
                   const MsReading *actual)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_CLASSES, evidence);
  g_autoptr(GPtrArray) oddities = g_ptr_array_new_with_free_func(g_free);

  reading->per_file = evidence->survey->per_file;
  if (!actual)
    fill_ignored_classes(reading, options, table);
  reading->doubts_255 = reading->per_file && options->ignore_choice == MS_CHOICE_AUTO &&
                        holds(actual ? actual->ignored : reading->ignored, 255);
  if (evidence->survey->n_lossy)
    add_oddity(oddities, "JPEG changes ids, so PNG is what class ids should be kept in");
  else if (actual)
    note_foreign_ids(oddities, reading, actual, evidence, table);
  else if (!table && evidence->values->len == 2 && !ms_asks_for_background(options))
    add_oddity(oddities, "--positive would read them as binary");
  if (reading->doubts_255 || !actual)
    note_255(oddities, reading, evidence, options, table);
  return conclude(reading, evidence, "class ids", oddities);
}

static gboolean
is_map_like_mask(const MsFileForm *form)
{
  MsFileValues values = ms_file_form_values(form, NULL);

  return !form->colored && form->color != MS_COLOR_PALETTE && form->depth >= 8 &&
         values.largest > 0 && values.largest < ms_file_form_full_scale(form) &&
         ms_file_form_is_hard(form);
}

MsReading *
ms_read_as_probability(const MsEvidence *evidence, const MsOptions *options)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_PROBABILITY, evidence);
  g_autoptr(GPtrArray) oddities = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *meaning = NULL;
  g_autofree char *hard = NULL;
  guint depths = evidence->survey->depths;
  guint full; /* what the largest value would be if it meant 1 */

  reading->maximum = depths & 16 ? 65535 : 255;
  full = ms_evidence_is_one_depth(depths) && depths < 8 ? (1u << depths) - 1 : reading->maximum;
  if (ms_evidence_is_one_depth(depths) && reading->largest <= options->threshold * full)
    add_oddity(oddities, "no value is above the threshold; if they are class ids or a binary mask, "
                         "--classes or --positive says so");
  if (evidence->survey->per_file && !options->has_threshold)
    hard = ms_evidence_count(evidence, is_map_like_mask);
  if (hard)
    add_oddity(oddities,
               "%s, hold two values alone and are taken for masks, not for maps; --threshold reads "
               "all as maps",
               hard);
  meaning = g_strdup_printf("a probability map, %u means 1", full);
  return conclude(reading, evidence, meaning, oddities);
}
