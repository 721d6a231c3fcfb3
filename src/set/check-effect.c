/* SPDX-License-Identifier: MIT
 *
 * Every pair that counts before counts after, or neither does.
 */
#include "set/check-effect.h"

#include "set/pair.h"

/* What a pair must gain to be helped clearly: more than the last digits, less than what an id that
 * few pixels have can add. */
#define CLEARLY 0.02

/* Of the pairs that change, so many must be helped: a mistake in how masks were written is in all
 * of them, but for a few that hold little of what it concerns. */
#define SHARE_HELPED 0.75

void
ms_check_effect_begin(MsCheckEffect *effect)
{
  *effect = (MsCheckEffect){.better = g_array_new(FALSE, FALSE, sizeof(guint))};
}

void
ms_check_effect_add(MsCheckEffect *effect, guint example, const MsConfusion *before,
                    const MsConfusion *after)
{
  ms_check_effect_add_values(effect, example, ms_confusion_score(before, MS_METRIC_IOU),
                             ms_confusion_score(after, MS_METRIC_IOU));
}

void
ms_check_effect_add_values(MsCheckEffect *effect, guint example, MsValue before, MsValue after)
{
  if (!before.defined || !after.defined)
    return;
  effect->n_scored++;
  effect->before.value += before.value;
  effect->after.value += after.value;
  effect->n_changed += before.value != after.value;
  if (after.value >= before.value + CLEARLY)
    g_array_append_val(effect->better, example);
}

void
ms_check_effect_end(MsCheckEffect *effect)
{
  if (effect->n_scored == 0)
    return;
  effect->before = (MsValue){effect->before.value / effect->n_scored, .defined = TRUE};
  effect->after = (MsValue){effect->after.value / effect->n_scored, .defined = TRUE};
}

void
ms_check_effect_init(MsCheckEffect *effect, const MsCheckEvidence *evidence, guint model,
                     MsCheckRecount recount, gpointer user)
{
  ms_check_effect_begin(effect);
  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *pair = &evidence->examples[i].pairs[model];
    g_autoptr(MsConfusion) other = NULL;

    if (pair->status != MS_RESULT_OK)
      continue;
    other = recount(evidence, pair, user);
    if (other)
      ms_check_effect_add(effect, pair->example, pair->confusion, other);
  }
  ms_check_effect_end(effect);
}

static MsConfusion *
remap(const MsCheckEvidence *evidence, const MsCheckPair *pair, gpointer map)
{
  return ms_check_remap(evidence, pair, map);
}

void
ms_check_effect_init_map(MsCheckEffect *effect, const MsCheckEvidence *evidence, guint model,
                         const MsIdMap *map)
{
  ms_check_effect_init(effect, evidence, model, remap, (gpointer)map);
}

void
ms_check_effect_clear(MsCheckEffect *effect)
{
  g_clear_pointer(&effect->better, g_array_unref);
}

double
ms_check_effect_gain(const MsCheckEffect *effect)
{
  return effect->after.defined ? effect->after.value - effect->before.value : 0;
}

gboolean
ms_check_effect_helps(const MsCheckEffect *effect, double gain)
{
  return effect->n_changed > 0 && ms_check_effect_gain(effect) >= gain &&
         effect->better->len >= SHARE_HELPED * effect->n_changed;
}

void
ms_check_effect_tell(const MsCheckEffect *effect, const MsCheckEvidence *evidence,
                     MsCheckFinding *finding)
{
  finding->before = effect->before;
  finding->after = effect->after;
  finding->n_scored = effect->n_scored;
  finding->n_looked = evidence->n_examples;
  for (guint i = 0; i < effect->better->len; i++)
    ms_check_finding_add_example(finding, g_array_index(effect->better, guint, i));
}
