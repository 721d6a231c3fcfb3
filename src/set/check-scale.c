/* SPDX-License-Identifier: MIT
 *
 * Masks of 0 and 1 on one side and of 0 and 255 on the other. Read as binary masks they mean the
 * same; as class ids 255 is another class or none, and as probabilities 1 of 255 is next to none.
 * And predictions of 0 and 255 where actual masks have ids, of classes or of objects.
 */
#include "set/check-private.h"
#include "set/option-values.h"
#include "set/pair.h"

/* What is lost must show; else both sides are read as they are meant. */
#define SCALE_GAIN 0.02

typedef enum { SCALE_EMPTY, SCALE_UNIT, SCALE_FULL, SCALE_OTHER } Scale;

static Scale
scale_of(const MsCheckFile *file)
{
  guint32 largest;

  if (!file->has_form || file->color != MS_COLOR_GREY || file->type != MS_SAMPLES_SCALED ||
      file->depth != 8 || !file->values || file->values->len == 0)
    return SCALE_OTHER;
  largest = g_array_index(file->values, guint32, file->values->len - 1);
  if (largest == 0)
    return SCALE_EMPTY;
  if (file->values->len > 2 ||
      (file->values->len == 2 && g_array_index(file->values, guint32, 0) != 0))
    return SCALE_OTHER;
  return largest == 1 ? SCALE_UNIT : largest == 255 ? SCALE_FULL : SCALE_OTHER;
}

/* Of all files of a side that were read. */
static Scale
scale_of_side(const MsCheckEvidence *evidence, guint model, gboolean actual)
{
  Scale all = SCALE_EMPTY;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckExample *example = &evidence->examples[i];
    const MsCheckFile *file = actual ? &example->actual : &example->pairs[model].predicted;
    Scale scale = file->is_read ? scale_of(file) : SCALE_EMPTY;

    if (scale == SCALE_EMPTY || scale == all)
      continue;
    if (all != SCALE_EMPTY)
      return SCALE_OTHER;
    all = scale;
  }
  return all;
}

/* Every sample but 0 is positive on both sides. */
static MsConfusion *
recount(const MsCheckEvidence *evidence, const MsCheckPair *pair, gpointer user)
{
  g_autoptr(MsConfusion) confusion = NULL;
  MsRules rules;

  ms_rules_init(&rules);
  rules.empty = ms_set_get_rules(evidence->set, pair->model)->rules.empty;
  if (!pair->joint || ms_confusion_new(&rules, &confusion) != MS_STATUS_OK ||
      ms_confusion_add_joint(confusion, pair->joint, NULL) != MS_STATUS_OK)
    return NULL;
  return g_steal_pointer(&confusion);
}

static char *
describe(gboolean actual_full, const char *loss)
{
  return g_strdup_printf("Actual masks hold 0 and %s, predicted ones 0 and %s. %s",
                         actual_full ? "255" : "1", actual_full ? "1" : "255", loss);
}

static MsCheckFinding *
add(const MsCheckEvidence *evidence, guint model, const MsCheckEffect *effect, MsSureness sureness,
    gboolean actual_full, const char *loss, GPtrArray *findings)
{
  MsCheckFinding *finding =
      ms_check_add(findings, MS_CHECK_SCALE, sureness, model,
                   g_strdup(actual_full ? "Actual masks are 0 and 255, predicted ones 0 and 1"
                                        : "Actual masks are 0 and 1, predicted ones 0 and 255"),
                   describe(actual_full, loss));

  ms_check_effect_tell(effect, evidence, finding);
  return finding;
}

/* Read as binary masks they agree; nothing is lost. */
static void
add_harmless(const MsCheckEvidence *evidence, guint model, const MsCheckEffect *effect,
             gboolean actual_full, GPtrArray *findings)
{
  MsCheckFinding *finding =
      add(evidence, model, effect, MS_SURENESS_POSSIBLE, actual_full,
          "Here every value but 0 is positive, so nothing is lost; a program that compares values "
          "finds nothing in common",
          findings);

  finding->is_note = TRUE;
  finding->before = finding->after = (MsValue){0};
  for (guint i = 0; i < evidence->n_examples; i++)
    if (scale_of(&evidence->examples[i].pairs[model].predicted) ==
        (actual_full ? SCALE_UNIT : SCALE_FULL))
      ms_check_finding_add_example(finding, evidence->examples[i].example);
}

static void
offer_binary(const MsCheckEvidence *evidence, MsCheckFinding *finding)
{
  g_autoptr(MsOptions) options = ms_options_copy(ms_set_get_options(evidence->set));

  options->has_threshold = FALSE;
  g_clear_pointer(&options->classes, g_free);
  g_clear_pointer(&options->table, ms_class_table_free);
  if (ms_options_set_positive(options, "--positive", "nonzero", NULL))
    ms_check_finding_set_option(finding, g_steal_pointer(&options), "--positive", "Positive",
                                "nonzero",
                                g_strdup("Read all masks as binary: every value but 0 is "
                                         "positive"));
}

static void
add_harmful(const MsCheckEvidence *evidence, guint model, const MsCheckEffect *effect,
            gboolean actual_full, GPtrArray *findings)
{
  MsCheckFinding *finding =
      add(evidence, model, effect, ms_check_sureness(effect->n_changed), actual_full,
          ms_set_get_rules(evidence->set, model)->rules.comparison == MS_COMPARE_CLASSES
              ? "Read as class ids these are two classes"
              : "Read as a probability 1 is a 255th",
          findings);

  offer_binary(evidence, finding);
}

/* --- binary masks against ids --------------------------------------------------------------- */

/* Whether an actual mask has background and ids, none of which is 255: that may be void. */
static gboolean
has_ids_on_background(const MsCheckFile *actual)
{
  guint n = actual->values ? actual->values->len : 0;

  return n > 0 && g_array_index(actual->values, guint32, 0) == 0 &&
         g_array_index(actual->values, guint32, n - 1) != 255;
}

/* Of most actual masks; there are two such ids at least. */
static gboolean
are_ids_on_background(const MsCheckEvidence *evidence)
{
  guint n_read = 0, n = 0;
  guint32 id = 0;
  gboolean differ = FALSE;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckFile *actual = &evidence->examples[i].actual;

    n_read += actual->is_read;
    if (!actual->is_read || !has_ids_on_background(actual))
      continue;
    n++;
    for (guint j = 1; j < actual->values->len; j++) {
      guint32 value = g_array_index(actual->values, guint32, j);

      differ |= id != 0 && value != id;
      id = value;
    }
  }
  return differ && 2 * n > n_read;
}

static void
check_ids(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  g_auto(MsCheckEffect) effect = {0};
  MsCheckFinding *finding;

  if (ms_set_get_classes(evidence->set) || !are_ids_on_background(evidence))
    return;
  ms_check_effect_init(&effect, evidence, model, recount, NULL);
  if (!ms_check_effect_helps(&effect, MS_CHECK_GAIN))
    return;
  finding = ms_check_add(
      findings, MS_CHECK_SCALE, ms_check_sureness(effect.n_changed), model,
      g_strdup("Predictions are binary, actual masks hold ids"),
      g_strdup("Predicted masks hold 0 and 255 alone, and say of no pixel which id it is; what is "
               "255 lies where actual masks hold ids other than 0"));
  ms_check_effect_tell(&effect, evidence, finding);
  offer_binary(evidence, finding);
}

void
ms_check_scale(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  MsComparison comparison = ms_set_get_rules(evidence->set, model)->rules.comparison;
  Scale actual = scale_of_side(evidence, model, TRUE);
  Scale predicted = scale_of_side(evidence, model, FALSE);
  g_auto(MsCheckEffect) effect = {0};

  if (actual == SCALE_OTHER && predicted == SCALE_FULL && comparison == MS_COMPARE_CLASSES)
    check_ids(evidence, model, findings);
  if (!((actual == SCALE_UNIT && predicted == SCALE_FULL) ||
        (actual == SCALE_FULL && predicted == SCALE_UNIT)) ||
      comparison == MS_COMPARE_STACKS)
    return;
  ms_check_effect_init(&effect, evidence, model, recount, NULL);
  if (comparison == MS_COMPARE_BINARY)
    add_harmless(evidence, model, &effect, actual == SCALE_FULL, findings);
  else if (ms_check_effect_helps(&effect, SCALE_GAIN))
    add_harmful(evidence, model, &effect, actual == SCALE_FULL, findings);
}
