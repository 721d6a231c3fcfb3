/* SPDX-License-Identifier: MIT
 *
 * Predictions in which everything is positive but what should be. A model that predicts little of
 * large objects would score higher the other way round too; so what is asked is whether positive
 * pixels are rarer inside of the objects than outside, by much, and in nearly every example.
 */
#include "set/check-private.h"
#include "set/pair.h"

/* Recall less the share of background that is predicted: 1 for perfect masks, 0 for any that know
 * nothing, -1 for perfect ones inverted. */
#define INVERTED_BELOW (-0.5)
#define INVERTED_SHARE 0.75

/* FALSE: there is nothing inside, or nothing outside. */
static gboolean
informedness(const MsConfusion *confusion, double *value)
{
  MsCounts counts = ms_confusion_counts(confusion);
  double inside = (double)(counts.tp + counts.fn), outside = (double)(counts.fp + counts.tn);

  if (inside == 0 || outside == 0)
    return FALSE;
  *value = (double)counts.tp / inside - (double)counts.fp / outside;
  return TRUE;
}

/* The sample that means 1. */
static guint32
maximum_of(const MsCheckEvidence *evidence, guint model)
{
  const MsRuleset *rules = ms_set_get_rules(evidence->set, model);

  return rules->rules.comparison == MS_COMPARE_THRESHOLD ? rules->maximum : 1;
}

static MsConfusion *
recount(const MsCheckEvidence *evidence, const MsCheckPair *pair, gpointer user)
{
  guint32 maximum = maximum_of(evidence, pair->model);
  g_autoptr(MsConfusion) confusion = NULL;
  const MsCell *cells;
  MsCell *inverted;
  size_t n_cells;
  MsStatus status;

  if (!pair->joint || ms_joint_cells(pair->joint, &cells, &n_cells) != MS_STATUS_OK ||
      ms_confusion_new(&ms_set_get_rules(evidence->set, pair->model)->rules, &confusion) !=
          MS_STATUS_OK)
    return NULL;
  inverted = g_memdup2(cells, n_cells * sizeof *cells);
  for (size_t i = 0; i < n_cells; i++)
    inverted[i].predicted = maximum - MIN(inverted[i].predicted, maximum);
  status = ms_cells_sort(inverted, &n_cells);
  if (status == MS_STATUS_OK)
    status = ms_confusion_add_cells(confusion, inverted, n_cells, NULL);
  g_free(inverted);
  return status == MS_STATUS_OK ? g_steal_pointer(&confusion) : NULL;
}

static gboolean
looks_inverted(const MsCheckEvidence *evidence, guint model)
{
  guint n = 0, n_inverted = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *pair = &evidence->examples[i].pairs[model];
    double value;

    if (pair->status != MS_RESULT_OK || !informedness(pair->confusion, &value))
      continue;
    n++;
    n_inverted += value <= INVERTED_BELOW;
  }
  return n > 0 && n_inverted >= INVERTED_SHARE * n;
}

void
ms_check_inverted(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  MsComparison comparison = ms_set_get_rules(evidence->set, model)->rules.comparison;
  g_auto(MsCheckEffect) effect = {0};
  MsCheckFinding *finding;
  MsAdjustment *adjustment;

  if ((comparison != MS_COMPARE_BINARY && comparison != MS_COMPARE_THRESHOLD) ||
      !looks_inverted(evidence, model))
    return;
  ms_check_effect_init(&effect, evidence, model, recount, NULL);
  if (!ms_check_effect_helps(&effect, MS_CHECK_GAIN))
    return;
  finding = ms_check_add(
      findings, MS_CHECK_INVERTED, ms_check_sureness(effect.n_changed), model,
      g_strdup("Predictions are inverted"),
      g_strdup("What should be background is predicted as positive, and the other way round"));
  ms_check_effect_tell(&effect, evidence, finding);
  adjustment = ms_adjustment_new(NULL);
  adjustment->inverted = TRUE;
  ms_check_finding_adjust(evidence, finding, adjustment,
                          g_strdup("Take what is predicted as positive for background, and what is "
                                   "not for positive"));
}
