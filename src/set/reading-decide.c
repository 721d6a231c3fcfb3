/* SPDX-License-Identifier: MIT
 *
 * How a folder of masks is read, decided from the survey of its first files. The rules stand in the
 * design's order; what the samples do not force is marked as guessed and said in words.
 *
 * Details that the design leaves open are decided so:
 * - Two values are a binary mask when one of them is 0; 1 and 2 are class ids.
 * - Files of 1, 2 or 4 bits, palettes, 8- and 16-bit files in one folder are looked at apart: 0 and
 *   1 beside 0 and 255 are one binary folder, not three ids.
 * - 255 is the ignored label only while no larger id occurs.
 * - A threshold asks for a binary actual mask, once what --ignore names is taken out: 0, 1 and 255
 *   is one with 255 ignored, a grey one is read at > 127, anything else needs --positive.
 * - --classes is obeyed: 0 and 255 are ids then. Where that leaves nothing but one id, because 255
 *   is no class and so ignored, it is an error that names --positive nonzero.
 * - --background none, or another id than 0, asks for class ids; so does a table of two classes
 *   that was found beside the masks and whose second one is called background.
 * - Floats with fractions are probabilities from 0 to 1. Where they are the actual masks they are
 *   soft ones, positive above 0.5, and must reach 1.
 * - Whole numbers of wide types have no largest value, so that they are no probability maps unless
 *   floats lie beside them; those below 0 count nowhere.
 * - Coloured files are no more than a quarter of a folder, and the others have one channel: those
 *   decide, and the coloured ones are refused one by one.
 * - Coloured JPEG pictures have lost their colours; only grey ones are masks.
 * - A manifest's rows are binary when each file is by itself; see reading-file.h for what follows.
 */
#include "set/reading-colors.h"
#include "set/set.h"

/* The rules in their order. */

/* Few coloured files among others of one channel are strangers there, and refused one by one. */
static gboolean
are_strangers(const MsReadingSurvey *survey)
{
  return !survey->per_file && survey->n_rgb == 0 && survey->n_color * 4 <= survey->n_files;
}

/* Each coloured row is told by itself, as long as it is a mask and no table tells ids. */
static gboolean
needs_color_decision(const MsReadingSurvey *survey, const MsClassTable *table, gboolean wants_ids)
{
  if (are_strangers(survey))
    return FALSE;
  if (!survey->per_file || (wants_ids && table && ms_class_table_has_colors(table)))
    return TRUE;
  for (guint i = 0; i < survey->forms->len; i++) {
    const MsFileForm *form = &g_array_index(survey->forms, MsFileForm, i);

    if (form->colored && !ms_file_form_is_binary(form, NULL))
      return TRUE;
  }
  return FALSE;
}

gboolean
ms_reading_survey_is_plain_mask(const MsReadingSurvey *survey)
{
  g_auto(MsEvidence) evidence = ms_evidence_gather(survey, NULL);
  guint32 largest = ms_evidence_largest(&evidence);

  return survey->n_color == 0 && survey->n_floats == 0 && !survey->is_negative &&
         evidence.values->len == 2 && ms_evidence_has(&evidence, 0) &&
         (largest == 1 || largest == 255);
}

/* 0, 1 and 255, which is void where it lies beside 1 in a file. */
static gboolean
has_void(const MsEvidence *evidence, const MsOptions *options)
{
  const GArray *forms = evidence->survey->forms;

  if (evidence->values->len != 3 || !ms_evidence_has(evidence, 0) ||
      !ms_evidence_has(evidence, 1) || ms_evidence_largest(evidence) != 255 ||
      options->ignore_choice != MS_CHOICE_AUTO)
    return FALSE;
  for (guint i = 0; i < forms->len; i++) {
    const MsFileForm *form = &g_array_index(forms, MsFileForm, i);

    if (ms_file_form_has(form, 1) && ms_file_form_has(form, 255))
      return TRUE;
  }
  return FALSE;
}

/* Beside predicted masks of two values nothing but binary masks can be meant. */
static gboolean
is_binary_with_void(const MsEvidence *evidence, const MsOptions *options)
{
  const MsReadingSurvey *survey = evidence->survey;

  return survey->hints.binary_beside && !survey->per_file && survey->n_palette == 0 &&
         !ms_asks_for_background(options) && has_void(evidence, options);
}

static MsReading *
decide_thresholded_actual(const MsEvidence *evidence, const MsOptions *options, const char *folder,
                          GError **error)
{
  if (ms_evidence_is_binary(evidence))
    return ms_read_as_binary(evidence, options, TRUE, NULL);
  if (ms_evidence_is_grey(evidence))
    return ms_read_as_grey(evidence, options);
  if (evidence->values->len == 3 && ms_evidence_value(evidence, 1) == 1 &&
      ms_evidence_largest(evidence) == 255 && ms_evidence_has(evidence, 0) &&
      options->ignore_choice == MS_CHOICE_AUTO)
    return ms_read_as_binary_with_void(evidence, options);
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
              "%s: a threshold needs binary actual masks, but these hold %u values; --ignore takes "
              "out those that count nowhere; without --threshold, --positive says which of them is "
              "positive",
              folder, evidence->values->len);
  return NULL;
}

static MsReading *
fail(const char *folder, const char *what, GError **error)
{
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: %s", folder, what);
  return NULL;
}

static MsReading *
refuse_fractions(const MsEvidence *evidence, const char *what, const char *folder, GError **error)
{
  g_autofree char *range = ms_evidence_describe_range(evidence);

  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: these hold fractions from %s, %s",
              folder, range, what);
  return NULL;
}

static MsReading *
decide_soft_actual(const MsEvidence *evidence, const MsOptions *options, const char *folder,
                   GError **error)
{
  const MsReadingSurvey *survey = evidence->survey;

  if (ms_evidence_is_probability(evidence) &&
      (survey->highest >= 1 || ms_evidence_has(evidence, 1)))
    return ms_read_as_grey(evidence, options);
  return refuse_fractions(evidence,
                          "which are neither ids nor masks from 0 to 1 with 1 in them; --positive "
                          "nonzero takes every value but 0 for positive",
                          folder, error);
}

/* The table was asked for; FALSE when it would leave nothing to compare. */
static gboolean
check_asked_table(const MsEvidence *evidence, const MsOptions *options, const MsClassTable *table,
                  const char *folder, GError **error)
{
  guint n = evidence->values->len;

  if (options->ignore_choice != MS_CHOICE_AUTO || ms_evidence_largest(evidence) != 255 || n > 2 ||
      (n == 2 && ms_evidence_value(evidence, 0) != 0) || evidence->survey->n_color ||
      ms_class_table_find(table, 255) ||
      (options->background_choice == MS_CHOICE_GIVEN && options->background == 255))
    return TRUE;
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
              "%s: these masks hold nothing but 0 and 255, and 255 is no class of %s; --positive "
              "nonzero reads them as binary masks, and the names of two classes are kept then",
              folder, table->source);
  return FALSE;
}

static gboolean
wants_classes(const MsEvidence *evidence, const MsOptions *options, const MsClassTable *table)
{
  if (ms_asks_for_background(options))
    return TRUE;
  return table && table->n_classes == 2 && table->background == (gint64)table->ids[1] &&
         ms_evidence_fits(table, evidence);
}

static MsReading *
decide_actual(const MsEvidence *evidence, const MsOptions *options, const MsClassTable *table,
              gboolean found_table, const char *folder, GError **error)
{
  if (options->positive_choice != MS_CHOICE_AUTO)
    return ms_read_as_binary(evidence, options, TRUE, NULL);
  if (evidence->survey->hints.plain)
    return ms_read_as_binary(evidence, options, TRUE, NULL);
  if (evidence->survey->n_floats > 0 && !evidence->survey->per_file)
    return decide_soft_actual(evidence, options, folder, error);
  if (evidence->survey->hints.classes)
    return ms_read_as_classes(evidence, options, table, NULL);
  if (options->has_threshold)
    return decide_thresholded_actual(evidence, options, folder, error);
  if (table && !found_table)
    return check_asked_table(evidence, options, table, folder, error)
               ? ms_read_as_classes(evidence, options, table, NULL)
               : NULL;
  if (table && found_table && table->n_classes > 2 && ms_evidence_fits(table, evidence))
    return ms_read_as_classes(evidence, options, table, NULL);
  if (ms_evidence_is_binary(evidence) && !wants_classes(evidence, options, table))
    return ms_read_as_binary(evidence, options, TRUE, NULL);
  if (!ms_evidence_is_binary(evidence) && ms_evidence_is_grey(evidence))
    return ms_read_as_grey(evidence, options);
  if (!wants_classes(evidence, options, table) && is_binary_with_void(evidence, options))
    return ms_read_as_binary_with_void(evidence, options);
  return ms_read_as_classes(evidence, options, table, NULL);
}

/* Whether some row is a probability map: the others are masks beside it. */
static gboolean
has_map(const MsReadingSurvey *survey)
{
  for (guint i = 0; i < survey->forms->len; i++) {
    const MsFileForm *form = &g_array_index(survey->forms, MsFileForm, i);

    if (form->type == MS_SAMPLES_FLOATS)
      return TRUE;
    if (!form->colored && form->color != MS_COLOR_PALETTE && form->type == MS_SAMPLES_SCALED &&
        ms_file_form_values(form, NULL).n > 2)
      return TRUE;
  }
  return FALSE;
}

/* Floats must be probabilities; whole numbers without a largest value are none. A manifest's rows
 * are refused one by one. */
static MsReading *
decide_map(const MsEvidence *evidence, const MsOptions *options, const char *folder, GError **error)
{
  const MsReadingSurvey *survey = evidence->survey;

  if (survey->per_file)
    return ms_read_as_probability(evidence, options);
  if (survey->n_floats > 0 && !ms_evidence_is_probability(evidence))
    return refuse_fractions(evidence,
                            "and probabilities are from 0 to 1; save them so: of logits the "
                            "sigmoid, of 0 to 255 a 255th",
                            folder, error);
  if (survey->n_floats == 0 && survey->n_wide == survey->n_files &&
      ms_evidence_largest(evidence) > 1)
    return fail(folder,
                "these hold whole numbers of a type that has no largest value, so they are no "
                "probability maps, and the actual masks are binary; --positive says which of them "
                "is positive, --classes reads both as class ids",
                error);
  return ms_read_as_probability(evidence, options);
}

static MsReading *
decide_predicted(const MsEvidence *evidence, const MsReading *actual, const MsOptions *options,
                 const MsClassTable *table, const char *folder, GError **error)
{
  gboolean palette = evidence->survey->n_palette == evidence->survey->n_files;

  if (ms_reading_has_classes(actual) && evidence->survey->n_floats > 0 &&
      !evidence->survey->per_file)
    return refuse_fractions(evidence,
                            "which are no class ids as the actual masks hold them; of a map for "
                            "each class, save which is the highest",
                            folder, error);
  if (ms_reading_has_classes(actual))
    return ms_read_as_classes(evidence, options, table, actual);
  if (options->positive_choice != MS_CHOICE_AUTO)
    return ms_read_as_binary(evidence, options, FALSE, NULL);
  if (evidence->survey->hints.plain)
    return ms_read_as_binary(evidence, options, FALSE, NULL);
  if (options->has_threshold && palette)
    return fail(folder,
                "palette images hold ids, which a threshold cannot be applied to; leave out "
                "--threshold",
                error);
  if (options->has_threshold)
    return decide_map(evidence, options, folder, error);
  if (evidence->survey->per_file)
    return has_map(evidence->survey) ? decide_map(evidence, options, folder, error)
                                     : ms_read_as_binary(evidence, options, FALSE, NULL);
  if (palette || ms_evidence_is_binary(evidence))
    return ms_read_as_binary(evidence, options, FALSE, NULL);
  if (evidence->values->len == 2 && evidence->survey->n_floats == 0)
    return ms_read_as_binary(evidence, options, FALSE, "no value is 0, so every pixel is positive");
  return decide_map(evidence, options, folder, error);
}

/* No file could be read: each of them will say why, and something has to stand here. */
static MsReading *
decide_blind(const MsReading *actual, const MsOptions *options)
{
  gboolean classes = actual && ms_reading_has_classes(actual);
  MsReading *reading = ms_reading_new(classes ? MS_ENCODING_CLASSES : MS_ENCODING_BINARY, NULL);

  if (options->positive_choice == MS_CHOICE_GIVEN)
    reading->positive = options->positive;
  reading->forced = options->positive_choice != MS_CHOICE_AUTO;
  reading->checked = !classes && !reading->forced;
  if (!actual)
    ms_reading_ignore(reading, options, NULL);
  reading->guessed = TRUE;
  reading->description = g_strdup("none of the files looked at could be read");
  return reading;
}

static gboolean
is_colored(const MsFileForm *form)
{
  return form->colored;
}

static gboolean
is_alpha(const MsFileForm *form)
{
  return form->alpha;
}

static void
append_rows(GString *text, const MsEvidence *evidence, MsFormTest test, const char *how)
{
  g_autofree char *files = ms_evidence_count(evidence, test);

  if (files)
    g_string_append_printf(text, "; %s, %s", files, how);
}

/* The rows of a manifest come down to the reading's encoding, each in its own way. */
static void
open_for_files(MsReading *reading, const MsEvidence *evidence, const MsOptions *options,
               gboolean predicted)
{
  GString *text = g_string_new(reading->description);
  gsize length;

  reading->per_file = TRUE;
  reading->alpha = FALSE;
  reading->forced |= options->positive_choice != MS_CHOICE_AUTO ||
                     (options->has_threshold && reading->encoding == MS_ENCODING_PROBABILITY);
  g_string_append(text, "; each file by itself");
  length = text->len;
  if (!reading->colors)
    append_rows(text, evidence, is_colored, "are of two colours: the darker one is background");
  append_rows(text, evidence, is_alpha, "are read by alpha, over one colour");
  if (!predicted && reading->encoding == MS_ENCODING_BINARY)
    append_rows(text, evidence, ms_file_form_is_grey,
                "are grey between black and white: positive above 127");
  reading->guessed |= text->len > length;
  g_free(reading->description);
  reading->description = g_string_free(text, FALSE);
  if (evidence->survey->n_color > 0)
    ms_evidence_two_colors(evidence, reading->dark, reading->bright);
}

/* JPEG's colours are no table's, nor is their luma anything that was meant. */
static gboolean
has_lost_colors(const MsEvidence *evidence, const MsOptions *options)
{
  return evidence->survey->n_vivid > 0 && options->positive_choice == MS_CHOICE_AUTO &&
         !options->has_threshold && !ms_evidence_is_grey(evidence);
}

MsReading *
ms_reading_decide(const MsReadingSurvey *survey, const MsReading *actual, const MsOptions *options,
                  const MsClassTable *table, gboolean found_table, const char *folder,
                  GError **error)
{
  MsReading *reading;
  g_auto(MsEvidence) evidence = {0};
  gboolean wants_samples, wants_ids;
  gboolean leaves_out = !actual && options->has_threshold;

  if (survey->n_files == 0) {
    reading = decide_blind(actual, options);
    reading->ids = ms_id_map_copy(survey->hints.ids);
    reading->per_file = survey->per_file;
    reading->checked &= !survey->per_file && !survey->hints.plain;
    reading->predicted = actual != NULL;
    return reading;
  }
  wants_ids = actual ? ms_reading_has_classes(actual)
                     : survey->hints.classes || (table && !found_table && table->n_classes > 2);
  wants_samples = options->positive_choice == MS_CHOICE_GIVEN || wants_ids ||
                  (actual && options->has_threshold);
  evidence = ms_evidence_gather(survey, leaves_out ? options->ignore : NULL);
  if (has_lost_colors(&evidence, options))
    return fail(folder,
                "these masks are coloured JPEG pictures, and JPEG changes colours, so that no "
                "class can be told by them; save masks as PNG",
                error);
  if (survey->n_color > 0 && !evidence.alpha && needs_color_decision(survey, table, wants_ids))
    reading = ms_decide_colors(&evidence, actual, options, table, found_table, wants_samples,
                               folder, error);
  else if (!actual)
    reading = decide_actual(&evidence, options, table, found_table, folder, error);
  else
    reading = decide_predicted(&evidence, actual, options, table, folder, error);
  if (reading)
    reading->predicted = actual != NULL;
  if (reading && survey->per_file)
    open_for_files(reading, &evidence, options, actual != NULL);
  return reading;
}
