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
 * - A threshold asks for a binary actual mask: 0, 1 and 255 is one with 255 ignored, a grey one is
 *   read at > 127, anything else needs --positive.
 * - An asked-for table of two classes names a binary mask whose values are not ids of the table.
 */
#include <string.h>

#include "set/reading-evidence.h"
#include "set/set.h"

static MsReading *
reading_new(MsEncoding encoding, const MsEvidence *evidence)
{
  MsReading *reading = g_new0(MsReading, 1);

  reading->encoding = encoding;
  reading->positive = -1;
  reading->ignored = g_array_new(FALSE, FALSE, sizeof(guint32));
  if (evidence) {
    reading->alpha = evidence->alpha;
    reading->guessed = evidence->alpha;
    reading->largest = ms_evidence_largest(evidence);
  }
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

/* Ends a decision: what was seen, how it is read, what is ignored, and what is odd about it. */
static MsReading *
conclude(MsReading *reading, const MsEvidence *evidence, const char *meaning, const char *oddity)
{
  g_autofree char *seen = ms_evidence_describe(evidence);
  g_autofree char *ignored = describe_ignored(reading);

  reading->description = g_strdup_printf("%s: %s%s%s%s", seen, meaning, ignored, oddity ? "; " : "",
                                         oddity ? oddity : "");
  reading->guessed |= oddity != NULL;
  return reading;
}

/* What each encoding is decided with. */

static MsReading *
read_as_binary(const MsEvidence *evidence, const MsOptions *options, gboolean actual,
               const char *oddity)
{
  MsReading *reading = reading_new(MS_ENCODING_BINARY, evidence);
  g_autofree char *meaning = NULL;

  if (options->positive_choice == MS_CHOICE_GIVEN)
    reading->positive = options->positive;
  if (actual && options->ignore_choice == MS_CHOICE_GIVEN)
    g_array_append_vals(reading->ignored, options->ignore->data, options->ignore->len);
  if (reading->positive >= 0)
    meaning = g_strdup_printf("binary, value %u alone is positive", options->positive);
  else
    meaning = g_strdup("binary, every value but 0 is positive");
  return conclude(reading, evidence, meaning, oddity);
}

static MsReading *
read_as_grey(const MsEvidence *evidence, const MsOptions *options)
{
  MsReading *reading = reading_new(MS_ENCODING_GREY, evidence);

  if (options->ignore_choice == MS_CHOICE_GIVEN)
    g_array_append_vals(reading->ignored, options->ignore->data, options->ignore->len);
  reading->guessed = TRUE;
  return conclude(reading, evidence, "grey between black and white, positive above 127", NULL);
}

static void
add_ignored(GArray *ignored, guint32 id)
{
  guint at = 0;

  while (at < ignored->len && g_array_index(ignored, guint32, at) < id)
    at++;
  if (at == ignored->len || g_array_index(ignored, guint32, at) != id)
    g_array_insert_val(ignored, at, id);
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
  if (reading->largest <= 255 && !(table && ms_class_table_find(table, 255)))
    add_ignored(reading->ignored, 255);
}

static MsReading *
read_as_classes(const MsEvidence *evidence, const MsOptions *options, const MsClassTable *table,
                const MsReading *actual)
{
  MsReading *reading = reading_new(MS_ENCODING_CLASSES, evidence);
  g_autofree char *oddity = NULL;

  if (!actual)
    fill_ignored_classes(reading, options, table);
  if (evidence->survey->n_lossy)
    oddity = g_strdup("JPEG changes ids, so PNG is what class ids should be kept in");
  else if (actual && !table && reading->largest > actual->largest && reading->largest != 255)
    oddity = g_strdup_printf("ids go up to %u, those of the actual masks to %u", reading->largest,
                             actual->largest);
  else if (actual && table && !ms_evidence_fits(table, evidence))
    oddity = g_strdup("some of them are no classes of the table");
  else if (!actual && !table && evidence->values->len == 2)
    oddity = g_strdup("--positive would read them as binary");
  return conclude(reading, evidence, "class ids", oddity);
}

static MsReading *
read_as_probability(const MsEvidence *evidence, const MsOptions *options)
{
  MsReading *reading = reading_new(MS_ENCODING_PROBABILITY, evidence);
  g_autofree char *meaning = NULL;
  const char *oddity = NULL;
  guint depths = evidence->survey->depths;
  guint full; /* what the largest value would be if it meant 1 */

  reading->maximum = depths & 16 ? 65535 : 255;
  full = ms_evidence_is_one_depth(depths) && depths < 8 ? (1u << depths) - 1 : reading->maximum;
  if (ms_evidence_is_one_depth(depths) && reading->largest <= options->threshold * full)
    oddity = "no value is above the threshold; if they are class ids or a binary mask, --classes "
             "or --positive says so";
  meaning = g_strdup_printf("a probability map, %u means 1", full);
  return conclude(reading, evidence, meaning, oddity);
}

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
  MsReading *reading = reading_new(MS_ENCODING_TWO_COLORS, NULL);
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

static gboolean
names_two_classes(const MsClassTable *table, const MsEvidence *evidence)
{
  return table->n_classes == 2 && ms_evidence_is_binary(evidence) &&
         !ms_evidence_fits(table, evidence);
}

static MsReading *
decide_thresholded_actual(const MsEvidence *evidence, const MsOptions *options, const char *folder,
                          GError **error)
{
  MsReading *reading;
  guint32 void_label = 255;

  if (ms_evidence_is_binary(evidence))
    return read_as_binary(evidence, options, TRUE, NULL);
  if (ms_evidence_is_grey(evidence))
    return read_as_grey(evidence, options);
  if (evidence->values->len == 3 && ms_evidence_value(evidence, 1) == 1 &&
      ms_evidence_largest(evidence) == 255 && ms_evidence_has(evidence, 0) &&
      options->ignore_choice == MS_CHOICE_AUTO) {
    reading = reading_new(MS_ENCODING_BINARY, evidence);
    g_array_append_val(reading->ignored, void_label);
    return conclude(reading, evidence, "binary, 1 is positive", "255 is taken for the void label");
  }
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
              "%s: a threshold needs binary actual masks, but these hold %u values; --positive "
              "says which of them is positive",
              folder, evidence->values->len);
  return NULL;
}

static MsReading *
decide_actual(const MsEvidence *evidence, const MsOptions *options, const MsClassTable *table,
              gboolean found_table, const char *folder, GError **error)
{
  if (options->positive_choice != MS_CHOICE_AUTO)
    return read_as_binary(evidence, options, TRUE, NULL);
  if (options->has_threshold)
    return decide_thresholded_actual(evidence, options, folder, error);
  if (table && !found_table && !names_two_classes(table, evidence))
    return read_as_classes(evidence, options, table, NULL);
  if (table && found_table && table->n_classes > 2 && ms_evidence_fits(table, evidence))
    return read_as_classes(evidence, options, table, NULL);
  if (ms_evidence_is_binary(evidence))
    return read_as_binary(evidence, options, TRUE, NULL);
  if (ms_evidence_is_grey(evidence))
    return read_as_grey(evidence, options);
  return read_as_classes(evidence, options, table, NULL);
}

static MsReading *
decide_predicted(const MsEvidence *evidence, const MsReading *actual, const MsOptions *options,
                 const MsClassTable *table, const char *folder, GError **error)
{
  gboolean palette = evidence->survey->n_palette == evidence->survey->n_files;

  if (actual->encoding == MS_ENCODING_CLASSES)
    return read_as_classes(evidence, options, table, actual);
  if (options->positive_choice != MS_CHOICE_AUTO)
    return read_as_binary(evidence, options, FALSE, NULL);
  if (options->has_threshold && palette) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
                "%s: palette images hold ids, which a threshold cannot be applied to; leave out "
                "--threshold",
                folder);
    return NULL;
  }
  if (options->has_threshold)
    return read_as_probability(evidence, options);
  if (palette || ms_evidence_is_binary(evidence))
    return read_as_binary(evidence, options, FALSE, NULL);
  if (evidence->values->len == 2)
    return read_as_binary(evidence, options, FALSE, "no value is 0, so every pixel is positive");
  return read_as_probability(evidence, options);
}

/* No file could be read: each of them will say why, and something has to stand here. */
static MsReading *
decide_blind(const MsReading *actual)
{
  gboolean classes = actual && actual->encoding == MS_ENCODING_CLASSES;
  MsReading *reading = reading_new(classes ? MS_ENCODING_CLASSES : MS_ENCODING_BINARY, NULL);

  reading->guessed = TRUE;
  reading->description = g_strdup("none of the files looked at could be read");
  return reading;
}

MsReading *
ms_reading_decide(const MsReadingSurvey *survey, const MsReading *actual, const MsOptions *options,
                  const MsClassTable *table, gboolean found_table, const char *folder,
                  GError **error)
{
  MsReading *reading;
  g_auto(MsEvidence) evidence = {0};
  gboolean wants_samples;

  if (survey->n_files == 0)
    return decide_blind(actual);
  wants_samples = options->positive_choice == MS_CHOICE_GIVEN ||
                  (actual ? actual->encoding == MS_ENCODING_CLASSES || options->has_threshold
                          : table && !found_table && table->n_classes > 2);
  evidence = ms_evidence_gather(survey);
  if (survey->n_color > 0 && !evidence.alpha)
    reading = decide_colors(survey, wants_samples, folder, error);
  else if (!actual)
    reading = decide_actual(&evidence, options, table, found_table, folder, error);
  else
    reading = decide_predicted(&evidence, actual, options, table, folder, error);
  return reading;
}
