/* SPDX-License-Identifier: MIT
 *
 * How masks are read, where their files speak against it: values in between that come from JPEG or
 * smoothing, scales that differ, everything the other way round; and readings that are guesses.
 */
#include <string.h>

#include "set/check-private.h"
#include "set/describe.h"

/* The values that only smoothing or JPEG put between 0 and 255; 1 may be a class beside 255, void.
 */
#define BETWEEN_FIRST 2u
#define BETWEEN_LAST  253u

/* A side: the actual masks (MS_SET_ACTUAL), or a model's. */
static const MsCheckFile *
file_of(const MsCheckEvidence *evidence, guint example, guint side)
{
  const MsCheckExample *read = &evidence->examples[example];

  return side == MS_SET_ACTUAL ? &read->actual : &read->pairs[side].predicted;
}

static const MsReading *
reading_of(const MsCheckEvidence *evidence, guint side)
{
  return side == MS_SET_ACTUAL ? ms_set_get_actual_reading(evidence->set)
                               : ms_set_get_predicted_reading(evidence->set, side);
}

static const char *
name_of(guint side)
{
  return side == MS_SET_ACTUAL ? "Actual" : "Predicted";
}

/* --- values in between ---------------------------------------------------------------------- */

static gboolean
has_between(const MsCheckFile *file)
{
  for (guint i = 0; file->values && i < file->values->len; i++) {
    guint32 value = g_array_index(file->values, guint32, i);

    if (value >= BETWEEN_FIRST && value <= BETWEEN_LAST)
      return TRUE;
  }
  return file->lossy && !file->values;
}

/* Maps are meant to hold them, and class ids are numbers; JPEG spoils either. */
static gboolean
is_between(const MsReading *reading, const MsCheckFile *file)
{
  return file->has_form && has_between(file) &&
         (file->lossy || reading->encoding == MS_ENCODING_GREY);
}

static char *
describe_between(const MsReading *reading, guint n, guint n_lossy, guint n_files)
{
  g_autofree char *files = ms_describe_count(n), *all = ms_describe_count(n_files);
  const char *effect = reading->encoding == MS_ENCODING_PROBABILITY
                           ? "probabilities near the threshold may fall on its other side"
                       : ms_reading_has_classes(reading) ? "an id that is changed is another class"
                                                         : "edges lie where a value passes 127";

  return g_strdup_printf("%s of %s files that were read hold values between 0 and 255%s: %s", files,
                         all,
                         n_lossy == 0   ? ", as smoothing leaves them"
                         : n_lossy == n ? ", as JPEG makes them"
                                        : ", as JPEG or smoothing leaves them",
                         effect);
}

static void
check_between(const MsCheckEvidence *evidence, guint side, GPtrArray *findings)
{
  const MsReading *reading = reading_of(evidence, side);
  g_autoptr(GArray) examples = g_array_new(FALSE, FALSE, sizeof(guint));
  guint n_lossy = 0, n_files = 0;
  MsCheckFinding *finding;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckFile *file = file_of(evidence, i, side);

    n_files += file->is_read;
    if (!is_between(reading, file))
      continue;
    n_lossy += file->lossy;
    g_array_append_val(examples, evidence->examples[i].example);
  }
  if (examples->len == 0)
    return;
  finding = ms_check_add(findings, MS_CHECK_IN_BETWEEN,
                         reading->encoding == MS_ENCODING_PROBABILITY ? MS_SURENESS_POSSIBLE
                                                                      : MS_SURENESS_LIKELY,
                         side, g_strdup_printf("%s masks hold values in between", name_of(side)),
                         describe_between(reading, examples->len, n_lossy, n_files));
  finding->n_looked = evidence->n_examples;
  finding->remedy = g_strdup(n_lossy > 0 ? "Save masks as PNG: JPEG changes values"
                                         : "Save masks without smoothing: resize them by nearest "
                                           "neighbour, draw them without anti-aliasing");
  for (guint i = 0; i < examples->len; i++)
    ms_check_finding_add_example(finding, g_array_index(examples, guint, i));
}

/* --- guesses -------------------------------------------------------------------------------- */

static gboolean
is_quoted(const GPtrArray *findings, guint side, const char *description)
{
  for (guint i = 0; i < findings->len; i++) {
    const MsCheckFinding *finding = findings->pdata[i];

    if (finding->model == side && finding->detail && strstr(finding->detail, description))
      return TRUE;
  }
  return FALSE;
}

/* Whether what makes a reading a guess was told as something surer. */
static gboolean
is_told(const GPtrArray *findings, guint side, const char *description)
{
  static const MsCheckKind kinds[] = {
      MS_CHECK_IN_BETWEEN,   MS_CHECK_SCALE,       MS_CHECK_PALETTE,  MS_CHECK_OUTSIDE_TABLE,
      MS_CHECK_DISJOINT_IDS, MS_CHECK_SHIFTED_IDS, MS_CHECK_TRAIN_IDS};

  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
    if (ms_check_has(findings, kinds[i], side))
      return TRUE;
  return is_quoted(findings, side, description);
}

/* What masks that are read as nobody meant do not come to. */
#define AGREEING_IOU 0.5

/* Whether there is something to disagree about: positive everywhere agrees by itself. */
static gboolean
could_disagree(const MsCheckPair *pair, const MsRuleset *rules)
{
  return !pair->predicted.flat && (rules->rules.comparison != MS_COMPARE_BINARY ||
                                   ms_confusion_counts(pair->confusion).tn > 0);
}

/* Every pair of the model is scored, and most say that both sides mean the same. */
static gboolean
model_agrees(const MsCheckEvidence *evidence, guint model)
{
  const MsRuleset *rules = ms_set_get_rules(evidence->set, model);
  guint n = 0, n_telling = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *pair = &evidence->examples[i].pairs[model];

    if (!pair->predicted.is_there || !evidence->examples[i].actual.is_there)
      continue;
    if (pair->status != MS_RESULT_OK)
      return FALSE;
    n++;
    n_telling += could_disagree(pair, rules);
  }
  return n_telling > 0 && 2 * n_telling >= n &&
         ms_check_mean_iou(evidence, model, NULL, NULL, NULL).value >= AGREEING_IOU;
}

/* Whether the scores bear a guess out: predicted masks are read as the actual ones, which leave no
 * choice, and agree with them. */
static gboolean
is_borne_out(const MsCheckEvidence *evidence, guint side)
{
  const MsReading *actual = ms_set_get_actual_reading(evidence->set);
  MsEncoding encoding = reading_of(evidence, side)->encoding;

  return side != MS_SET_ACTUAL && actual && !actual->guessed && actual->encoding == encoding &&
         (encoding == MS_ENCODING_BINARY || encoding == MS_ENCODING_CLASSES) &&
         model_agrees(evidence, side);
}

static gboolean
holds(const GArray *values, guint32 value)
{
  for (guint i = 0; i < values->len; i++)
    if (g_array_index(values, guint32, i) == value)
      return TRUE;
  return FALSE;
}

/* Most predicted ids are actual ones: that some go up higher is what a model may predict. */
#define SHARE_KNOWN 0.75

static gboolean
are_known_ids(const MsCheckEvidence *evidence, guint side)
{
  const MsReading *actual = ms_set_get_actual_reading(evidence->set);
  const MsReading *reading = reading_of(evidence, side);
  guint n_known = 0;

  if (side == MS_SET_ACTUAL || !actual || actual->guessed || reading->largest == 255 ||
      actual->encoding != MS_ENCODING_CLASSES || reading->encoding != MS_ENCODING_CLASSES ||
      reading->largest <= actual->largest || ms_set_get_classes(evidence->set))
    return FALSE;
  for (guint i = 0; i < reading->values->len; i++)
    n_known += holds(actual->values, g_array_index(reading->values, guint32, i));
  return n_known > 2 && n_known >= SHARE_KNOWN * reading->values->len;
}

static void
check_guess(const MsCheckEvidence *evidence, guint side, GPtrArray *findings)
{
  const MsReading *reading = reading_of(evidence, side);
  gboolean borne_out;
  MsCheckFinding *finding;

  if (!reading || !reading->guessed || is_told(findings, side, reading->description))
    return;
  borne_out = is_borne_out(evidence, side);
  finding = ms_check_add(findings, MS_CHECK_GUESSED, MS_SURENESS_POSSIBLE, side,
                         g_strdup_printf("How %s masks are read is a guess",
                                         side == MS_SET_ACTUAL ? "actual" : "predicted"),
                         g_strdup_printf("%s masks: %s%s", name_of(side), reading->description,
                                         borne_out ? ". Read so, both sides agree" : ""));
  finding->is_note = borne_out || are_known_ids(evidence, side);
  finding->n_looked = evidence->n_examples;
  for (guint i = 0; i < evidence->n_examples; i++)
    if (file_of(evidence, i, side)->is_there)
      ms_check_finding_add_example(finding, evidence->examples[i].example);
}

void
ms_check_guesses(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  check_guess(evidence, MS_SET_ACTUAL, findings);
  for (guint model = 0; model < evidence->n_models; model++)
    check_guess(evidence, model, findings);
}

void
ms_check_readings(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  if (evidence->n_examples == 0)
    return;
  check_between(evidence, MS_SET_ACTUAL, findings);
  for (guint model = 0; model < evidence->n_models; model++) {
    check_between(evidence, model, findings);
    ms_check_scale(evidence, model, findings);
    ms_check_two_values(evidence, model, findings);
    ms_check_inverted(evidence, model, findings);
  }
}
