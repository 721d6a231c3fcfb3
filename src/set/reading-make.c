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
  reading->ids = ms_id_map_copy(evidence->survey->hints.ids);
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

static gboolean
maps_to_none(const MsReading *reading)
{
  return reading->ids && ms_id_map_ignores(reading->ids);
}

static char *
describe_ignored(const MsReading *reading)
{
  GString *text = g_string_new(NULL);

  for (guint i = 0; i < reading->ignored->len; i++) {
    guint32 id = g_array_index(reading->ignored, guint32, i);

    g_string_append(text, i == 0 ? "; ignored: " : ", ");
    if (id == MS_ID_NONE)
      g_string_append(text, maps_to_none(reading) ? "what becomes \"ignore\"" : "ids below 0");
    else
      g_string_append_printf(text, "%u", id);
  }
  return g_string_free(text, FALSE);
}

void
ms_add_oddity(GPtrArray *oddities, const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  g_ptr_array_add(oddities, g_strdup_vprintf(format, arguments));
  va_end(arguments);
}

/* What becomes of ids before they are looked at. */
static char *
describe_mapping(const MsReading *reading)
{
  GString *text = g_string_new(NULL);
  guint n_ranges = reading->ids ? ms_id_map_n_ranges(reading->ids) : 0;

  if (reading->ids && ms_id_map_divisor(reading->ids) > 0)
    g_string_append_printf(text, "; of instances: the class is id / %u",
                           ms_id_map_divisor(reading->ids));
  if (n_ranges > 0)
    g_string_append_printf(text, "; %u %s to other ids as the set asks", n_ranges,
                           n_ranges == 1 ? "range is mapped" : "ranges are mapped");
  return g_string_free(text, FALSE);
}

static gboolean
has_strangers(const MsReading *reading, const MsReadingSurvey *survey)
{
  return survey->n_color > 0 && !survey->per_file && !reading->alpha &&
         reading->encoding != MS_ENCODING_COLORS;
}

/* What the files say about themselves, whatever they are read as. */
static void
append_common_oddities(GString *text, MsReading *reading, const MsReadingSurvey *survey)
{
  if (survey->is_negative && !maps_to_none(reading))
    g_string_append(text, !reading->predicted ? "; some are below 0, as void labels are"
                          : ms_reading_has_classes(reading) ? "; those below 0 are of no class"
                                                            : "; those below 0 are not positive");
  if (survey->hints.guessed)
    g_string_append(text, "; told by their names; --instances none reads the ids as they are");
  if (has_strangers(reading, survey))
    g_string_append_printf(text, "; %u of %u files are coloured, and not scored", survey->n_color,
                           survey->n_files);
  if (survey->note)
    g_string_append_printf(text, "; %s", survey->note);
  reading->guessed |= has_strangers(reading, survey) ||
                      (survey->is_negative && !maps_to_none(reading)) || survey->hints.guessed ||
                      survey->note != NULL;
}

MsReading *
ms_reading_conclude(MsReading *reading, const MsEvidence *evidence, const char *seen,
                    const char *meaning, const GPtrArray *oddities)
{
  g_autofree char *held = seen ? g_strdup(seen) : ms_evidence_describe(evidence);
  g_autofree char *mapping = describe_mapping(reading);
  g_autofree char *ignored = describe_ignored(reading);
  GString *text = g_string_new(NULL);

  g_string_append_printf(text, "%s: %s%s%s", held, meaning, mapping, ignored);
  for (guint i = 0; oddities && i < oddities->len; i++)
    g_string_append_printf(text, "; %s", (const char *)g_ptr_array_index(oddities, i));
  append_common_oddities(text, reading, evidence->survey);
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
    ms_add_oddity(oddities, "--background means nothing for a binary mask");
}

/* What each encoding is decided with. */

static void
add_ignored(GArray *ignored, guint32 id)
{
  guint at = 0;

  if (MS_SAMPLE_IS_NEGATIVE(id))
    id = MS_ID_NONE;

  while (at < ignored->len && g_array_index(ignored, guint32, at) < id)
    at++;
  if (at == ignored->len || g_array_index(ignored, guint32, at) != id)
    g_array_insert_val(ignored, at, id);
}

void
ms_reading_ignore(MsReading *reading, const MsOptions *options, const MsClassTable *table)
{
  for (guint i = 0; options->ignore_choice == MS_CHOICE_GIVEN && i < options->ignore->len; i++)
    add_ignored(reading->ignored, g_array_index(options->ignore, guint32, i));
  if (options->ignore_choice == MS_CHOICE_AUTO && table && table->ignored >= 0)
    add_ignored(reading->ignored, (guint32)table->ignored);
  if (reading->outsiders)
    add_ignored(reading->ignored, MS_ID_NONE);
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
  reading->predicted = !actual;
  reading->forced = options->positive_choice != MS_CHOICE_AUTO || evidence->survey->hints.plain;
  reading->numbered =
      evidence->survey->hints.plain && reading->positive < 0 &&
      !(ms_evidence_largest(evidence) == 255 && ms_reading_survey_is_plain_mask(evidence->survey));
  reading->outsiders = evidence->survey->is_negative;
  if (actual)
    ms_reading_ignore(reading, options, NULL);
  if (reading->positive >= 0)
    meaning = g_strdup_printf("binary, value %u alone is positive", options->positive);
  else if (evidence->survey->hints.plain)
    meaning = g_strdup("numbered objects of one class, every value but 0 is positive");
  else
    meaning = g_strdup("binary, every value but 0 is positive");
  if (oddity)
    ms_add_oddity(oddities, "%s", oddity);
  if (reading->positive >= 0 && evidence->survey->n_floats == 0 &&
      !ms_evidence_has(evidence, (guint)reading->positive))
    ms_add_oddity(oddities, "%u, which --positive names, occurs in none of the files looked at",
                  options->positive);
  note_background(oddities, options, actual);
  if (!reading->forced && !evidence->survey->per_file &&
      (actual || evidence->survey->n_palette < evidence->survey->n_files))
    ms_reading_check_by(reading, evidence);
  return ms_reading_conclude(reading, evidence, NULL, meaning, oddities);
}

MsReading *
ms_read_as_binary_with_void(const MsEvidence *evidence, const MsOptions *options)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_BINARY, evidence);
  g_autoptr(GPtrArray) oddities = g_ptr_array_new_with_free_func(g_free);

  reading->outsiders = evidence->survey->is_negative;
  ms_reading_ignore(reading, options, NULL);
  add_ignored(reading->ignored, 255);
  if (!evidence->survey->per_file)
    ms_reading_check_by(reading, evidence);
  ms_add_oddity(oddities, "255 is taken for the void label");
  note_background(oddities, options, TRUE);
  return ms_reading_conclude(reading, evidence, NULL, "binary, 1 is positive", oddities);
}

MsReading *
ms_read_as_grey(const MsEvidence *evidence, const MsOptions *options)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_GREY, evidence);
  g_autoptr(GPtrArray) oddities = g_ptr_array_new_with_free_func(g_free);

  ms_reading_ignore(reading, options, NULL);
  reading->guessed = TRUE;
  note_background(oddities, options, TRUE);
  return ms_reading_conclude(reading, evidence, NULL,
                             evidence->survey->n_floats > 0
                                 ? "soft masks, positive above 0.5"
                                 : "grey between black and white, positive above 127",
                             oddities);
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
  ms_reading_ignore(reading, options, table);
  if (options->ignore_choice == MS_CHOICE_AUTO && reading->largest <= 255 &&
      !is_255_an_id(reading, options, table))
    add_ignored(reading->ignored, 255);
}

/* Ids that a table which ignores them does not even name. */
static void
note_unlisted(GPtrArray *oddities, const MsReading *reading, const MsClassTable *table)
{
  guint n = 0;
  guint32 first = 0;

  for (guint i = 0; table && table->ignore_unlisted && i < reading->values->len; i++) {
    guint32 id = g_array_index(reading->values, guint32, i);

    if (ms_class_table_find_any(table, id) || holds(reading->ignored, id))
      continue;
    if (n++ == 0)
      first = id;
  }
  if (n > 0)
    ms_add_oddity(oddities, "%s does not know %u of the ids, such as %u: they are ignored",
                  table->source, n, first);
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
    ms_add_oddity(oddities,
                  "%s, hold nothing but 0 and 255 and are not scored: they look like 0/255 masks "
                  "among class ids; --positive nonzero reads all rows as binary",
                  files);
  else if (reading->values->len == 3 && holds(reading->values, 1) && holds(reading->values, 0))
    ms_add_oddity(
        oddities,
        "%s, hold nothing but 0 and 255: this looks like a mixture of 0/1 and 0/255 masks; "
        "--positive nonzero reads both",
        files);
  else if (!table || reading->values->len <= 2)
    ms_add_oddity(oddities,
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
  gboolean one_valued =
      n_values <= 1 + (guint)holds(reading->values, 0) && holds(actual->values, 0);

  if (n_ids <= 1 && !table && evidence->survey->n_palette == 0 && n_values > MAX_FEW_IDS)
    ms_add_oddity(oddities,
                  "%u values, where the actual masks hold one class: if they are probability maps, "
                  "--threshold 0.5 reads them so",
                  reading->values->len);
  else if (n_shared == 0 && n_ids > 0 && reading->largest > 0)
    ms_add_oddity(oddities, "no id%s occurs in the actual masks too%s%s",
                  holds(actual->values, 0) ? " but 0" : "",
                  one_valued ? "; if these are binary masks, --positive nonzero" : "",
                  !one_valued ? ""
                  : holds(actual->ignored, 255) && holds(actual->values, 255)
                      ? " --ignore 255 reads both as binary, with 255 as void"
                      : " reads both as binary");
  else if (!table && reading->largest > actual->largest && reading->largest != 255)
    ms_add_oddity(oddities, "ids go up to %u, those of the actual masks to %u", reading->largest,
                  actual->largest);
  else if (table && !ms_evidence_fits(table, evidence))
    ms_add_oddity(oddities, "some of them are no classes of the table");
}

MsReading *
ms_read_as_classes(const MsEvidence *evidence, const MsOptions *options, const MsClassTable *table,
                   const MsReading *actual)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_CLASSES, evidence);
  g_autoptr(GPtrArray) oddities = g_ptr_array_new_with_free_func(g_free);

  reading->per_file = evidence->survey->per_file;
  reading->predicted = actual != NULL;
  reading->outsiders = evidence->survey->is_negative || maps_to_none(reading);
  if (!actual)
    fill_ignored_classes(reading, options, table);
  reading->doubts_255 = reading->per_file && options->ignore_choice == MS_CHOICE_AUTO &&
                        holds(actual ? actual->ignored : reading->ignored, 255);
  if (evidence->survey->n_lossy)
    ms_add_oddity(oddities, "JPEG changes ids, so PNG is what class ids should be kept in");
  else if (actual)
    note_foreign_ids(oddities, reading, actual, evidence, table);
  else if (!table && evidence->values->len == 2 && !ms_asks_for_background(options))
    ms_add_oddity(oddities, "--positive would read them as binary");
  if (!actual)
    note_unlisted(oddities, reading, table);
  if (reading->doubts_255 || !actual)
    note_255(oddities, reading, evidence, options, table);
  return ms_reading_conclude(reading, evidence, NULL, "class ids", oddities);
}

static gboolean
is_map_like_mask(const MsFileForm *form)
{
  MsFileValues values = ms_file_form_values(form, NULL);

  return !form->colored && form->color != MS_COLOR_PALETTE && form->depth >= 8 &&
         values.largest > 0 && values.largest < ms_file_form_full_scale(form) &&
         ms_file_form_is_hard(form);
}

/* The sample that means 1: floats have their own, and so have whole numbers of types that have
 * none, of which only 0 and 1 can be meant. */
static guint32
maximum_of(const MsReadingSurvey *survey)
{
  if (survey->n_floats > 0 || survey->n_wide == survey->n_files)
    return MS_READING_FLOAT_MAXIMUM;
  return survey->depths & 16 ? 65535 : 255;
}

/* Whether nothing in the files is above the threshold, as far as their one form tells. */
static gboolean
is_below(const MsEvidence *evidence, double threshold, guint full)
{
  const MsReadingSurvey *survey = evidence->survey;

  if (!ms_evidence_is_one_depth(survey->depths))
    return FALSE;
  if (survey->n_floats > 0)
    return survey->highest <= (float)threshold && ms_evidence_largest(evidence) == 0;
  if (survey->n_wide > 0)
    return ms_evidence_largest(evidence) == 0;
  return ms_evidence_largest(evidence) <= threshold * full;
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

  reading->predicted = TRUE;
  reading->maximum = maximum_of(evidence->survey);
  reading->threshold = options->threshold;
  full = ms_evidence_is_one_depth(depths) && depths < 8 ? (1u << depths) - 1 : reading->maximum;
  if (is_below(evidence, options->threshold, full))
    ms_add_oddity(oddities,
                  "no value is above the threshold; if they are class ids or a binary mask, "
                  "--classes or --positive says so");
  if (evidence->survey->per_file && !options->has_threshold)
    hard = ms_evidence_count(evidence, is_map_like_mask);
  if (hard)
    ms_add_oddity(oddities,
                  "%s, hold two values alone and are taken for masks, not for maps; --threshold "
                  "reads all as maps",
                  hard);
  if (reading->maximum == MS_READING_FLOAT_MAXIMUM)
    meaning = g_strdup("a probability map");
  else
    meaning = g_strdup_printf("a probability map, %u means 1", full);
  return ms_reading_conclude(reading, evidence, NULL, meaning, oddities);
}
