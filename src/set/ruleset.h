/* SPDX-License-Identifier: MIT
 *
 * MsRules together with the arrays it borrows, counted and immutable: what is handed between
 * threads when something is to be scored or painted.
 */
#pragma once

#include <glib.h>

#include "metric/rules.h"

G_BEGIN_DECLS

typedef struct {
  MsRules rules; /* points into this very struct */
  gboolean has_threshold;
  double threshold; /* as a fraction, 0 to 1 */
  guint32 maximum;  /* THRESHOLD, STACKS of scores: the sample that means 1; else 0 */
} MsRuleset;

/* Copies the arrays. Without a threshold: what is predicted says yes or no. */
MsRuleset *ms_ruleset_new(const MsRules *rules, double threshold);
/* LABELS, where a threshold decides on scores. */
MsRuleset *ms_ruleset_new_of_scores(const MsRules *rules, double threshold);
/* THRESHOLD, or STACKS of objects with scores, whose samples mean 1 at `maximum`. */
MsRuleset *ms_ruleset_new_of_values(const MsRules *rules, double threshold, guint32 maximum);
/* Whether a threshold makes masks or label sets of what is predicted. */
gboolean ms_ruleset_has_threshold(const MsRuleset *ruleset);
/* The same with another threshold. */
MsRuleset *ms_ruleset_with_threshold(const MsRuleset *ruleset, double threshold);
/* Whether they differ by their thresholds at most. */
gboolean ms_ruleset_is_same_but_threshold(const MsRuleset *a, const MsRuleset *b);
MsRuleset *ms_ruleset_ref(MsRuleset *ruleset);
void ms_ruleset_unref(MsRuleset *ruleset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsRuleset, ms_ruleset_unref)

G_END_DECLS
