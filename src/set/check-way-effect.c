/* SPDX-License-Identifier: MIT
 *
 * A pair counts before where it has a score as it is, and after where it has one laid that way: as
 * they do when the set is evaluated with and without it.
 */
#include "set/check-way-effect.h"

static MsValue
iou_of(const MsConfusion *confusion)
{
  return confusion ? ms_confusion_score(confusion, MS_METRIC_IOU) : (MsValue){0};
}

static void
add_scores(MsCheckWayEffect *effect, MsValue before, MsValue after)
{
  effect->n_before += before.defined;
  effect->n_after += after.defined;
  effect->n_only += after.defined && !before.defined;
  effect->before.value += before.defined ? before.value : 0;
  effect->after.value += after.defined ? after.value : 0;
  effect->n_changed += before.defined && after.defined && before.value != after.value;
  effect->n_better += before.defined && after.defined && before.value < after.value;
}

static void
add_errors(MsCheckWayEffect *effect, const MsConfusion *confusion)
{
  MsCounts counts = ms_confusion_counts(confusion);

  effect->fp += counts.fp;
  effect->fn += counts.fn;
}

void
ms_check_way_effect_init(MsCheckWayEffect *effect, const MsCheckEvidence *evidence, guint model,
                         const MsCheckTrial *way)
{
  *effect = (MsCheckWayEffect){0};
  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *pair = &evidence->examples[i].pairs[model];
    const MsCheckTrial *trial = ms_check_find_trial(pair, way->turn, way->shift_x, way->shift_y);

    if (!pair->again)
      continue;
    add_scores(effect, iou_of(pair->confusion), iou_of(trial ? trial->confusion : NULL));
    if (pair->confusion)
      add_errors(effect, pair->confusion);
  }
  effect->before.value /= MAX(effect->n_before, 1);
  effect->after.value /= MAX(effect->n_after, 1);
  effect->before.defined = effect->n_before > 0;
  effect->after.defined = effect->n_after > 0;
}

double
ms_check_way_effect_gain(const MsCheckWayEffect *effect)
{
  return effect->after.value - effect->before.value;
}

double
ms_check_way_effect_lopsidedness(const MsCheckWayEffect *effect)
{
  double fp = (double)effect->fp, fn = (double)effect->fn;

  return fp + fn > 0 ? ABS(fp - fn) / (fp + fn) : 0;
}
