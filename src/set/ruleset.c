/* SPDX-License-Identifier: MIT
 *
 * One allocation holds the struct, its count and the arrays it points to, so that handing a ruleset
 * to a thread is one reference and freeing it is one free.
 */
#include "set/ruleset.h"

#include <string.h>

/* The arrays live in the same allocation, behind the struct. */
typedef struct {
  MsRuleset ruleset;
  gatomicrefcount ref_count;
  guint32 arrays[];
} OwnedRuleset;

static MsRuleset *
make(const MsRules *rules, gboolean has_threshold, double threshold, guint32 maximum)
{
  gsize n_ids = rules->n_ignored + rules->n_classes;
  OwnedRuleset *owned = g_malloc0(sizeof *owned + n_ids * sizeof(guint32));
  MsRuleset *ruleset = &owned->ruleset;

  g_atomic_ref_count_init(&owned->ref_count);
  ruleset->rules = *rules;
  ruleset->has_threshold = has_threshold;
  ruleset->threshold = threshold;
  ruleset->maximum = maximum;
  if (rules->ignored)
    ruleset->rules.ignored =
        memcpy(owned->arrays, rules->ignored, rules->n_ignored * sizeof(guint32));
  if (rules->classes)
    ruleset->rules.classes = memcpy(owned->arrays + rules->n_ignored, rules->classes,
                                    rules->n_classes * sizeof(guint32));
  if (rules->comparison == MS_COMPARE_THRESHOLD || rules->comparison == MS_COMPARE_STACKS)
    ruleset->rules.threshold = ms_threshold_sample(threshold, maximum);
  return ruleset;
}

MsRuleset *
ms_ruleset_new(const MsRules *rules, double threshold)
{
  return make(rules, FALSE, threshold, 0);
}

MsRuleset *
ms_ruleset_new_of_scores(const MsRules *rules, double threshold)
{
  return make(rules, TRUE, threshold, 0);
}

MsRuleset *
ms_ruleset_new_of_values(const MsRules *rules, double threshold, guint32 maximum)
{
  return make(rules, TRUE, threshold, maximum);
}

gboolean
ms_ruleset_has_threshold(const MsRuleset *ruleset)
{
  return ruleset->has_threshold;
}

MsRuleset *
ms_ruleset_with_threshold(const MsRuleset *ruleset, double threshold)
{
  return make(&ruleset->rules, ruleset->has_threshold, threshold, ruleset->maximum);
}

static gboolean
has_same_ids(const guint32 *a, gsize n_a, const guint32 *b, gsize n_b)
{
  return !a == !b && n_a == n_b && (n_a == 0 || memcmp(a, b, n_a * sizeof *a) == 0);
}

gboolean
ms_ruleset_is_same_but_threshold(const MsRuleset *a, const MsRuleset *b)
{
  const MsRules *x = &a->rules, *y = &b->rules;

  return a == b || (a->has_threshold == b->has_threshold && a->maximum == b->maximum &&
                    x->comparison == y->comparison && x->background == y->background &&
                    x->ignore_unlisted == y->ignore_unlisted && x->empty == y->empty &&
                    has_same_ids(x->ignored, x->n_ignored, y->ignored, y->n_ignored) &&
                    has_same_ids(x->classes, x->n_classes, y->classes, y->n_classes));
}

MsRuleset *
ms_ruleset_ref(MsRuleset *ruleset)
{
  g_atomic_ref_count_inc(&((OwnedRuleset *)ruleset)->ref_count);
  return ruleset;
}

void
ms_ruleset_unref(MsRuleset *ruleset)
{
  if (ruleset && g_atomic_ref_count_dec(&((OwnedRuleset *)ruleset)->ref_count))
    g_free(ruleset);
}
