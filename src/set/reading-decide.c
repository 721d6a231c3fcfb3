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
 * - A manifest's rows are binary when each file is by itself; see reading-file.h for what follows.
 */
#include <string.h>

#include "set/reading-make.h"
#include "set/set.h"

/* Colours. */

static gboolean
add_color(guint8 colors[3][3], guint *n_colors, const guint8 color[3])
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
collect_colors(const MsReadingSurvey *survey, guint8 colors[3][3], guint *n_colors)
{
  if (survey->deep_color || survey->n_palette || survey->n_lossy || survey->depths != 8)
    return FALSE;
  for (guint i = 0; i < survey->n_colors; i++) {
    const guint16 *wide = survey->colors[i].channels;

    if (!add_color(colors, n_colors, (guint8[3]){wide[0], wide[1], wide[2]}))
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

static MsReading *
read_as_two_colors(guint8 colors[3][3], guint n_colors)
{
  static const guint8 black[3] = {0};
  MsReading *reading = ms_reading_new(MS_ENCODING_TWO_COLORS, NULL);
  const guint8 *other = n_colors == 2 ? colors[1] : black;
  gboolean swap = compare_luma(colors[0], other) > 0;

  memcpy(reading->dark, swap ? other : colors[0], 3);
  memcpy(reading->bright, swap ? colors[0] : other, 3);
  reading->guessed = TRUE;
  reading->description = g_strdup_printf(
      "colour, #%02x%02x%02x and #%02x%02x%02x: the darker one, #%02x%02x%02x, is background",
      reading->dark[0], reading->dark[1], reading->dark[2], reading->bright[0], reading->bright[1],
      reading->bright[2], reading->dark[0], reading->dark[1], reading->dark[2]);
  return reading;
}

/* wants_samples: something forces samples that a colour does not have. */
static MsReading *
decide_colors(const MsReadingSurvey *survey, gboolean wants_samples, const char *folder,
              GError **error)
{
  guint8 colors[3][3];
  guint n_colors = 0;

  if (!wants_samples && collect_colors(survey, colors, &n_colors))
    return read_as_two_colors(colors, n_colors);
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
              "%s: these masks are coloured, so their ids follow only from a class table with "
              "colours, which is not read yet; save them with one channel (grey or palette) that "
              "holds the ids",
              folder);
  return NULL;
}

/* The rules in their order. */

/* Each coloured row is told by itself, as long as it is a mask. */
static gboolean
needs_color_decision(const MsReadingSurvey *survey)
{
  if (!survey->per_file)
    return TRUE;
  for (guint i = 0; i < survey->forms->len; i++) {
    const MsFileForm *form = &g_array_index(survey->forms, MsFileForm, i);

    if (form->colored && !ms_file_form_is_binary(form, NULL))
      return TRUE;
  }
  return FALSE;
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
  return ms_read_as_classes(evidence, options, table, NULL);
}

/* Whether some row is a probability map: the others are masks beside it. */
static gboolean
has_map(const MsReadingSurvey *survey)
{
  for (guint i = 0; i < survey->forms->len; i++) {
    const MsFileForm *form = &g_array_index(survey->forms, MsFileForm, i);

    if (!form->colored && form->color != MS_COLOR_PALETTE && ms_file_form_values(form, NULL).n > 2)
      return TRUE;
  }
  return FALSE;
}

static MsReading *
decide_predicted(const MsEvidence *evidence, const MsReading *actual, const MsOptions *options,
                 const MsClassTable *table, const char *folder, GError **error)
{
  gboolean palette = evidence->survey->n_palette == evidence->survey->n_files;

  if (actual->encoding == MS_ENCODING_CLASSES)
    return ms_read_as_classes(evidence, options, table, actual);
  if (options->positive_choice != MS_CHOICE_AUTO)
    return ms_read_as_binary(evidence, options, FALSE, NULL);
  if (options->has_threshold && palette) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
                "%s: palette images hold ids, which a threshold cannot be applied to; leave out "
                "--threshold",
                folder);
    return NULL;
  }
  if (options->has_threshold)
    return ms_read_as_probability(evidence, options);
  if (evidence->survey->per_file)
    return has_map(evidence->survey) ? ms_read_as_probability(evidence, options)
                                     : ms_read_as_binary(evidence, options, FALSE, NULL);
  if (palette || ms_evidence_is_binary(evidence))
    return ms_read_as_binary(evidence, options, FALSE, NULL);
  if (evidence->values->len == 2)
    return ms_read_as_binary(evidence, options, FALSE, "no value is 0, so every pixel is positive");
  return ms_read_as_probability(evidence, options);
}

/* No file could be read: each of them will say why, and something has to stand here. */
static MsReading *
decide_blind(const MsReading *actual)
{
  gboolean classes = actual && actual->encoding == MS_ENCODING_CLASSES;
  MsReading *reading = ms_reading_new(classes ? MS_ENCODING_CLASSES : MS_ENCODING_BINARY, NULL);

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
  guint8 colors[3][3];
  guint n_colors = 0;

  reading->per_file = TRUE;
  reading->predicted = predicted;
  reading->alpha = FALSE;
  reading->forced = options->positive_choice != MS_CHOICE_AUTO ||
                    (options->has_threshold && reading->encoding == MS_ENCODING_PROBABILITY);
  g_string_append(text, "; each file by itself");
  length = text->len;
  append_rows(text, evidence, is_colored, "are of two colours: the darker one is background");
  append_rows(text, evidence, is_alpha, "are read by alpha, over one colour");
  if (!predicted && reading->encoding == MS_ENCODING_BINARY)
    append_rows(text, evidence, ms_file_form_is_grey,
                "are grey between black and white: positive above 127");
  reading->guessed |= text->len > length;
  g_free(reading->description);
  reading->description = g_string_free(text, FALSE);
  if (evidence->survey->n_color && collect_colors(evidence->survey, colors, &n_colors) &&
      n_colors == 2) {
    gboolean swap = compare_luma(colors[0], colors[1]) > 0;

    memcpy(reading->dark, colors[swap], 3);
    memcpy(reading->bright, colors[!swap], 3);
  }
}

MsReading *
ms_reading_decide(const MsReadingSurvey *survey, const MsReading *actual, const MsOptions *options,
                  const MsClassTable *table, gboolean found_table, const char *folder,
                  GError **error)
{
  MsReading *reading;
  g_auto(MsEvidence) evidence = {0};
  gboolean wants_samples;
  gboolean leaves_out = !actual && options->has_threshold;

  if (survey->n_files == 0) {
    reading = decide_blind(actual);
    reading->per_file = survey->per_file;
    reading->predicted = actual != NULL;
    return reading;
  }
  wants_samples = options->positive_choice == MS_CHOICE_GIVEN ||
                  (actual ? actual->encoding == MS_ENCODING_CLASSES || options->has_threshold
                          : table && !found_table && table->n_classes > 2);
  evidence = ms_evidence_gather(survey, leaves_out ? options->ignore : NULL);
  if (survey->n_color > 0 && !evidence.alpha && needs_color_decision(survey))
    reading = decide_colors(survey, wants_samples, folder, error);
  else if (!actual)
    reading = decide_actual(&evidence, options, table, found_table, folder, error);
  else
    reading = decide_predicted(&evidence, actual, options, table, folder, error);
  if (reading && survey->per_file)
    open_for_files(reading, &evidence, options, actual != NULL);
  return reading;
}
